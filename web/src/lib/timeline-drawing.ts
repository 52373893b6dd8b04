// The placed things of a body's history as SVG.

import { svg } from "./svg";
import type { Entry, PlacedEntry, TimeLayout } from "./timeline-layout";

const SIZE = 6;

export interface TimeDrawing {
  readonly picture: SVGSVGElement;
  readonly marks: Map<Entry, SVGGElement>;
}

/** Draws the picture; each thing is a group with `data-at`, a button for the keyboard and for screen readers. */
export function drawTime(layout: TimeLayout): TimeDrawing {
  const marks = new Map(layout.entries.map((placed) => [placed.entry, drawEntry(placed)]));
  const { width, height } = layout;
  const label = "Time from left to right, lanes of what made the body and what it did; the table below says the same";
  const picture = svg(
    "svg",
    { class: "picture-svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label },
    svg("g", { class: "grid" }, ...grid(layout)),
    svg("g", { class: "lanes" }, ...layout.lanes.flatMap((lane) => laneHead(lane, layout.width))),
    svg("g", { class: "marks" }, ...marks.values()),
  );
  return { picture, marks };
}

function grid({ ticks, height, end, width, undated }: TimeLayout): SVGElement[] {
  const lines = ticks.map(({ x }) => svg("line", { class: "tick", x1: x, x2: x, y1: 20, y2: height - 20 }));
  const words = ticks.flatMap(({ year, x }) => {
    const anchor = x < 16 ? "start" : x > width - 16 ? "end" : "middle";
    return [14, height - 6].map((y) => svg("text", { class: "year", x, y, "text-anchor": anchor }, String(year)));
  });
  if (!undated) return [...lines, ...words];
  const x = end + 14;
  return [
    ...lines,
    ...words.filter((text) => Number(text.getAttribute("x")) < end - 8),
    svg("line", { class: "break", x1: x, x2: x, y1: 4, y2: height - 4 }),
    svg("text", { class: "year", x: x + 10, y: 14 }, "not dated"),
  ];
}

function laneHead({ words, top }: TimeLayout["lanes"][number], width: number): SVGElement[] {
  return [
    svg("line", { class: "lane", x1: 0, x2: width, y1: top, y2: top }),
    svg("text", { class: "heading", x: 2, y: top + 19 }, words),
  ];
}

function drawEntry({ entry, y, from, to, point, outer, label }: PlacedEntry): SVGGElement {
  const met = entry.lane === "met";
  const known = entry.window !== undefined;
  const kind = `mark mark-${met ? "happening" : "act"}${known ? "" : " mark-undated"}`;
  const hitFrom = label.before ? label.x - label.width - 4 : Math.min(from, outer?.[0] ?? from) - 8;
  const hitTo = label.before ? to + 8 : label.x + label.width + 4;
  const differ = entry.outer ? "; sources differ" : "";
  // First the words that are seen, which may be cut short, then all of them.
  const name = label.text === entry.short ? entry.short : `${label.text}, ${entry.short}`;
  return svg(
    "g",
    { class: "thing", "data-at": "thing", role: "button", tabindex: -1, "aria-pressed": "false", "aria-label": `${name}: ${known ? entry.when : "not dated"}${differ}` },
    svg("rect", { class: "hit", x: hitFrom, y: y - 11, width: Math.max(16, hitTo - hitFrom), height: 22, rx: 3 }),
    ...(outer ? [svg("path", { class: "whisker", d: `M${outer[0]} ${y}H${outer[1]}M${outer[0]} ${y - 4}V${y + 4}M${outer[1]} ${y - 4}V${y + 4}` })] : []),
    shape(kind, met, point, from, to, y),
    svg("text", { class: "short", x: label.x, y: y + 4.5, "text-anchor": label.before ? "end" : undefined }, label.text),
  );
}

function shape(kind: string, met: boolean, point: boolean, from: number, to: number, y: number): SVGElement {
  if (!point) return svg("rect", { class: kind, x: from, y: y - 5, width: to - from, height: 10, rx: 5 });
  if (met) return svg("circle", { class: kind, cx: from, cy: y, r: SIZE - 0.5 });
  return svg("path", { class: kind, d: `M${from} ${y - SIZE}L${from + SIZE} ${y}L${from} ${y + SIZE}L${from - SIZE} ${y}Z` });
}
