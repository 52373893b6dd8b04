// Where the things of a body's history stand: lanes from top to bottom, time from left to right, the undated at the end.

import { shorten, type Measure } from "./svg";
import { dayOf, pack, type Scale, scaleOf, startOf, type Window, years } from "./time-scale";

/** One thing, as the table gives it. */
export interface Entry {
  readonly id: string;
  readonly lane: string;
  readonly short: string;
  readonly when: string;
  readonly window: Window | undefined;
  /** All that sources tell, where they differ. */
  readonly outer: Window | undefined;
  readonly row: HTMLElement;
}

export interface PlacedEntry {
  readonly entry: Entry;
  readonly y: number;
  /** The ends of the mark; a point has both at its middle. */
  readonly from: number;
  readonly to: number;
  readonly point: boolean;
  readonly outer?: readonly [number, number];
  readonly label: { readonly text: string; readonly x: number; readonly width: number; readonly before: boolean };
}

export interface Lane {
  readonly name: string;
  readonly words: string;
  readonly top: number;
  readonly bottom: number;
}

export interface TimeLayout {
  readonly width: number;
  readonly height: number;
  /** The right end of the scale; the undated stand beyond. */
  readonly end: number;
  readonly undated: boolean;
  readonly ticks: readonly { readonly year: number; readonly x: number }[];
  readonly lanes: readonly Lane[];
  readonly entries: readonly PlacedEntry[];
}

const ROW = 24;
const LANE_HEAD = 30;
const LANE_FOOT = 10;
const AXIS = 24;
const POINT = 12;
const LABEL_MOST = 300;
const NO_DATE = 180;
const EDGE = 10;

/** The entries of a table of the page. */
export function entriesOf(table: HTMLTableElement): Entry[] {
  return [...table.querySelectorAll<HTMLElement>("tbody tr[data-lane]")].map((row) => {
    const data = row.dataset;
    const window = windowOf(data["earliest"], data["latest"]);
    const told = windowOf(data["outerEarliest"], data["outerLatest"]);
    return {
      id: `${data["lane"]}:${data["key"]}`,
      lane: data["lane"] ?? "",
      short: data["short"] ?? "",
      when: data["when"] ?? "",
      window,
      outer: told && window ? { from: Math.min(told.from, window.from), to: Math.max(told.to, window.to) } : undefined,
      row,
    };
  });
}

function windowOf(earliest: string | undefined, latest: string | undefined): Window | undefined {
  const [from, to] = [dayOf(earliest), dayOf(latest)];
  if (from === undefined && to === undefined) return undefined;
  return { from: (from ?? to) as number, to: ((to ?? from) as number) + 1 };
}

/** The places for a picture of that width; `lanes` are names and words from top to bottom, the empty ones kept. */
export function timeLayout(
  entries: readonly Entry[],
  lanes: readonly (readonly [string, string])[],
  width: number,
  measure: Measure,
): TimeLayout {
  const dated = entries.flatMap(({ window, outer }) => [window, outer].filter((each) => each !== undefined));
  const undated = entries.some(({ window }) => window === undefined);
  const end = width - EDGE - (undated ? Math.min(NO_DATE, width * 0.3) : 0);
  const scale = dated.length > 0 ? scaleOf(dated, EDGE, end) : undefined;
  const placed: PlacedEntry[] = [];
  const placedLanes: Lane[] = [];
  let top = AXIS;
  for (const [name, words] of lanes) {
    const within = entries.filter(({ lane }) => lane === name);
    const rows = placeLane(within, scale, { end, width, top: top + LANE_HEAD, undated }, measure);
    placed.push(...rows.placed);
    const bottom = top + LANE_HEAD + Math.max(1, rows.count) * ROW + LANE_FOOT;
    placedLanes.push({ name, words, top, bottom });
    top = bottom;
  }
  const ticks = scale ? years(scale, 52).map((year) => ({ year, x: scale.x(startOf(year)) })) : [];
  return { width, height: top + AXIS, end, undated, ticks, lanes: placedLanes, entries: placed };
}

interface Room {
  readonly end: number;
  readonly width: number;
  readonly top: number;
  readonly undated: boolean;
}

function placeLane(
  entries: readonly Entry[],
  scale: Scale | undefined,
  room: Room,
  measure: Measure,
): { placed: PlacedEntry[]; count: number } {
  const timed = scale ? entries.filter(({ window }) => window) : [];
  const marks = timed.map((entry) => mark(entry, scale as Scale, room, measure));
  const rows = pack(
    marks.map(({ taken }) => taken),
    8,
  );
  const placed = marks.map((each, index) => ({ ...each.placed, y: room.top + (rows[index] ?? 0) * ROW + ROW / 2 }));
  const loose = entries.filter((entry) => !timed.includes(entry));
  const column = loose.map((entry, index) => {
    const x = room.end + 24;
    const text = shorten(entry.short, room.width - x - 14, measure);
    return { entry, y: room.top + index * ROW + ROW / 2, from: x, to: x, point: true, label: { text, x: x + 12, width: measure(text), before: false } };
  });
  return { placed: [...placed, ...column], count: Math.max(0, ...rows.map((row) => row + 1), loose.length) };
}

function mark(entry: Entry, scale: Scale, room: Room, measure: Measure): { placed: Omit<PlacedEntry, "y">; taken: Window } {
  const window = entry.window as Window;
  let [from, to] = [scale.x(window.from), scale.x(window.to)];
  const point = to - from < POINT;
  if (point) from = to = (from + to) / 2;
  const outer = entry.outer && ([scale.x(entry.outer.from), scale.x(entry.outer.to)] as const);
  const [first, last] = [Math.min(from - 6, outer?.[0] ?? from), Math.max(to + 6, outer?.[1] ?? to)];
  const [behind, ahead] = [room.end - last - 6, first - 6];
  const wanted = Math.min(LABEL_MOST, measure(entry.short));
  const before = wanted > behind && ahead > behind;
  const text = shorten(entry.short, Math.min(wanted, before ? ahead : behind), measure);
  const long = measure(text);
  const label = { text, x: before ? first - 4 : last + 5, width: long, before };
  const taken = before ? { from: first - 6 - long, to: last } : { from: first, to: last + 6 + long };
  return { placed: { entry, from, to, point, label, ...(outer ? { outer } : {}) }, taken };
}
