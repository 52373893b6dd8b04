// Days on a line: from dates to pixels, years to mark, and marks packed into rows so that none covers another.

const DAY_MS = 86_400_000;
const STEPS = [1, 2, 5, 10, 20, 50, 100] as const;

/** A day of ISO 8601 as a number of days; undefined for what is none. */
export function dayOf(iso: string | undefined): number | undefined {
  const at = iso ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at / DAY_MS;
}

/** A stretch of days, its last one included. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface Scale {
  readonly first: number;
  readonly last: number;
  /** The pixel of the beginning of a day. */
  readonly x: (day: number) => number;
}

/** A scale of whole years that holds all windows, between two pixels. */
export function scaleOf(windows: readonly Window[], left: number, right: number): Scale {
  const first = yearOf(Math.min(...windows.map(({ from }) => from)));
  const last = yearOf(Math.max(...windows.map(({ to }) => to))) + 1;
  const [start, end] = [startOf(first), startOf(last)];
  return { first, last, x: (day) => left + ((day - start) / (end - start)) * (right - left) };
}

function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** The day on which a year begins. */
export function startOf(year: number): number {
  return Date.UTC(year, 0, 1) / DAY_MS;
}

/** The years to mark, at least `apart` pixels from one another, multiples of 1, 2, 5, 10 … */
export function years(scale: Scale, apart: number): number[] {
  const wide = scale.x(startOf(scale.first + 1)) - scale.x(startOf(scale.first));
  const step = STEPS.find((each) => each * wide >= apart) ?? 100;
  const from = Math.ceil(scale.first / step) * step;
  return Array.from({ length: Math.floor((scale.last - from) / step) + 1 }, (_, index) => from + index * step);
}

/** The row of each stretch of pixels: the first in which it has room, in the order given. */
export function pack(stretches: readonly Window[], gap: number): number[] {
  const ends: number[] = [];
  return stretches.map(({ from, to }) => {
    const free = ends.findIndex((end) => end + gap <= from);
    const row = free < 0 ? ends.length : free;
    ends[row] = to;
    return row;
  });
}
