// The placed nodes and links as SVG. Colours, weights and dashes' hues are classes in pictures.css.

import { curve, type Layout, type PlacedLink, type PlacedNode } from "./links-layout";
import { type Kind, type Link, linkName, type Node } from "./links-model";
import { svg } from "./svg";

const BAR = 4;
const MARKS = { provision: "§", item: "●" } as const;

/** Dashes by kind, for a line of one pixel; a thick line has longer ones. */
const DASHES: Readonly<Record<Kind, readonly number[]>> = {
  title: [],
  annotation: [9, 4],
  programme: [9, 3, 2, 3],
  documentation: [2, 3],
};

/** The words for a place in an agenda. */
export function placeWords(place: string): string {
  return place === "programme" ? "programme of work" : place;
}

export interface Drawing {
  readonly picture: SVGSVGElement;
  readonly nodes: Map<Node, SVGGElement>;
  readonly links: Map<Link, SVGGElement>;
}

/** Draws the picture; each node and link is a group with `data-at`, a button for the keyboard and for screen readers. */
export function draw(layout: Layout): Drawing {
  const links = new Map(layout.links.map((placed) => [placed.link, drawLink(placed, layout)]));
  const nodes = new Map(layout.nodes.map((placed) => [placed.node, drawNode(placed, layout)]));
  const headings = layout.nodes.flatMap((placed) => drawHeading(placed, layout));
  const { width, height } = layout;
  const label = "Provisions on the left, agenda items on the right, lines between them; the table below says the same";
  const picture = svg(
    "svg",
    { class: `picture-svg${layout.dense ? " dense" : ""}`, width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label },
    svg("g", { class: "links" }, ...links.values()),
    svg("g", { class: "headings" }, ...headings),
    svg("g", { class: "nodes" }, ...nodes.values()),
  );
  return { picture, nodes, links };
}

function drawLink({ link, width, from, to }: PlacedLink, { left, right }: Layout): SVGGElement {
  const d = curve(left + BAR, from, right - BAR, to);
  const scale = Math.max(1, Math.sqrt(width / 2));
  const dashes = DASHES[link.kind].map((length) => Math.round(length * scale * 10) / 10).join(" ");
  return svg(
    "g",
    { class: "link-at", "data-at": "link", role: "button", tabindex: -1, "aria-pressed": "false", "aria-label": linkName(link, placeWords) },
    svg("path", { class: "hit", d, "stroke-width": width + 9 }),
    svg("path", { class: `link kind-${link.kind}`, d, "stroke-width": width, "stroke-dasharray": dashes || undefined }),
  );
}

function drawNode(placed: PlacedNode, layout: Layout): SVGGElement {
  const { node, y, bar, height } = placed;
  const provision = node.side === "provision";
  const x = provision ? layout.left : layout.right - BAR;
  const hit = provision ? { x: 0, width: layout.left + BAR } : { x, width: layout.width - x };
  return svg(
    "g",
    {
      class: `node ${provision ? "of-provision" : "of-item"}${node.links.length ? "" : " unlinked"}`,
      "data-at": "node",
      role: "button",
      tabindex: -1,
      "aria-pressed": "false",
      "aria-label": spoken(placed),
    },
    svg("rect", { class: "hit", ...hit, y: y - height / 2, height, rx: 3 }),
    svg("rect", { class: "bar", x, y: y - bar / 2, width: BAR, height: bar, rx: 2 }),
    provision ? provisionText(placed, layout) : itemText(placed, layout),
  );
}

/** The name of a node for those who hear it: first the words that are seen, which may be cut short, then the rest. */
function spoken({ node, lines }: PlacedNode): string {
  const shown = (node.side === "provision" ? [lines[1], lines[0]] : ["Item", ...lines]).filter(Boolean).join(" ");
  const rest = [node.title, node.group].filter((words) => words && !shown.includes(words));
  const count = `${node.links.length} ${node.links.length === 1 ? "link" : "links"}`;
  return `${[shown, ...rest].join(", ")}: ${node.links.length ? count : "no link held"}`;
}

function provisionText({ lines, y }: PlacedNode, { left }: Layout): SVGTextElement {
  const [name = "", title = ""] = lines;
  const pieces = [svg("tspan", { class: "name" }, name)];
  if (title) pieces.unshift(svg("tspan", { class: "title" }, `${title}\u2002`));
  return svg("text", { x: left - 10, y: y + 4.5, "text-anchor": "end" }, ...pieces);
}

function itemText({ node, lines, y }: PlacedNode, { right }: Layout): SVGTextElement {
  const x = right + 10;
  const pieces = lines.flatMap((line, index) => {
    const at = y + 4.5 + (index - (lines.length - 1) / 2) * 17;
    const name = index === 0 && line.startsWith(node.name) ? node.name : "";
    // The space at the end keeps the words of two lines apart for those who hear them.
    const words = index < lines.length - 1 ? `${line} ` : line;
    const rest = name ? words.slice(name.length).replace(/^ /, "\u2002") : words;
    const place = { x, y: at };
    return name
      ? [svg("tspan", { class: "name", ...place }, name), ...(rest ? [svg("tspan", { class: "title" }, rest)] : [])]
      : [svg("tspan", { class: "title", ...place }, rest)];
  });
  return svg("text", { x, y }, ...pieces);
}

function drawHeading({ node, heading }: PlacedNode, { left, right }: Layout): SVGTextElement[] {
  if (!heading) return [];
  const provision = node.side === "provision";
  const at = { x: provision ? left + BAR : right - BAR, y: heading.y, "text-anchor": provision ? "end" : undefined };
  const mark = svg("tspan", { class: provision ? "sign-provision" : "sign-happening" }, MARKS[node.side]);
  const words = provision ? [`${heading.text} `, mark] : [mark, ` ${heading.text}`];
  return [svg("text", { class: "heading", ...at }, ...words)];
}
