import { expect, test } from "vitest";
import { dayOf, pack, scaleOf, startOf, years } from "./time-scale";
import { drawTime } from "./timeline-drawing";
import { entriesOf, timeLayout } from "./timeline-layout";

const measure = (text: string) => text.length * 7;
const LANES = [
  ["made", "Established"],
  ["met", "Met"],
] as const;

function table(...rows: string[]): HTMLTableElement {
  document.body.innerHTML = `<table><tbody>${rows.join("")}</tbody></table>`;
  return document.querySelector("table") as HTMLTableElement;
}

function row(lane: string, short: string, days = "", more = ""): string {
  const [earliest, latest] = days.split("/");
  const dates = earliest ? `data-earliest="${earliest}" data-latest="${latest}"` : "";
  return `<tr data-lane="${lane}" data-key="${short}" data-short="${short}" data-when="${days}" ${dates} ${more}><td></td></tr>`;
}

test("days count from the epoch, and what is none is no day", () => {
  expect(dayOf("1970-01-02")).toBe(1);
  expect(dayOf("2016-13-45")).toBeUndefined();
  expect(dayOf(undefined)).toBeUndefined();
});

test("the scale has whole years, marked as often as there is room", () => {
  const scale = scaleOf([{ from: startOf(2005) + 280, to: startOf(2016) + 290 }], 0, 600);
  expect([scale.first, scale.last]).toEqual([2005, 2017]);
  expect(scale.x(startOf(2005))).toBe(0);
  expect(scale.x(startOf(2017))).toBe(600);
  expect(years(scale, 40)).toEqual([2005, 2006, 2007, 2008, 2009, 2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017]);
  expect(years(scale, 60)).toEqual([2006, 2008, 2010, 2012, 2014, 2016]);
});

test("what would cover another goes to the next row, what has room to the first", () => {
  const stretches = [
    { from: 0, to: 50 },
    { from: 40, to: 90 },
    { from: 60, to: 80 },
  ];
  expect(pack(stretches, 8)).toEqual([0, 1, 0]);
});

test("a day is a point, a year is a bar, no date stands beyond the scale", () => {
  const entries = entriesOf(table(row("met", "a", "2010-05-02/2010-05-03"), row("met", "b", "2012-01-01/2012-12-31"), row("met", "c")));
  const { entries: placed, end, undated } = timeLayout(entries, LANES, 800, measure);
  const [a, b, c] = ["a", "b", "c"].map((name) => placed.find(({ entry }) => entry.short === name)!);
  expect(undated).toBe(true);
  expect([a!.point, b!.point]).toEqual([true, false]);
  expect(b!.to - b!.from).toBeGreaterThan(100);
  expect(c!.from).toBeGreaterThan(end);
});

test("what sources tell against one another is drawn as wide as it is told", () => {
  const told = 'data-outer-earliest="2005-10-01" data-outer-latest="2006-10-21"';
  const entries = entriesOf(table(row("made", "a", "2005-10-10/2005-10-21", told)));
  const { entries: placed } = timeLayout(entries, LANES, 800, measure);
  const [from, to] = placed[0]!.outer!;
  expect(from).toBeLessThan(placed[0]!.from);
  expect(to).toBeGreaterThan(placed[0]!.to + 100);
});

test("a window with one end alone is known to a day", () => {
  const entries = entriesOf(table('<tr data-lane="met" data-key="k" data-short="s" data-earliest="2031-05-02"><td></td></tr>'));
  expect(entries[0]?.window).toEqual({ from: dayOf("2031-05-02"), to: (dayOf("2031-05-02") ?? 0) + 1 });
});

test("no label leaves the picture, however narrow it is", () => {
  const rows = Array.from({ length: 12 }, (_, index) => row("met", `The meeting with number ${index}`, `${2005 + index}-05-02/${2005 + index}-05-03`));
  for (const width of [320, 500, 900]) {
    const { entries: placed, end } = timeLayout(entriesOf(table(...rows)), LANES, width, measure);
    for (const { label } of placed) {
      expect(label.before ? label.x - label.width : label.x).toBeGreaterThanOrEqual(0);
      expect(label.before ? label.x : label.x + label.width).toBeLessThanOrEqual(end + 1);
    }
  }
});

test("each thing is a button that says what and when; an act and a meeting differ in shape", () => {
  const entries = entriesOf(table(row("made", "Decision 2/2", "2005-10-10/2005-10-21"), row("met", "7th meeting", "2016-10-19/2016-10-21"), row("met", "1st meeting")));
  const { picture } = drawTime(timeLayout(entries, LANES, 800, measure));
  const names = [...picture.querySelectorAll("[role=button]")].map((button) => button.getAttribute("aria-label"));
  expect(names).toEqual(["Decision 2/2: 2005-10-10/2005-10-21", "7th meeting: 2016-10-19/2016-10-21", "1st meeting: not dated"]);
  expect(picture.querySelectorAll("path.mark-act").length).toBe(1);
  expect(picture.querySelectorAll("circle.mark-happening").length).toBe(2);
});

test("a name that is cut short is heard as it is seen, then whole", () => {
  const long = "established · the decision on the protection of all wells, springs and fountains of the northern hills";
  const { picture } = drawTime(timeLayout(entriesOf(table(row("made", long))), LANES, 500, measure));
  const seen = picture.querySelector("text.short")?.textContent ?? "";
  const heard = picture.querySelector("[role=button]")?.getAttribute("aria-label") ?? "";
  expect(seen).not.toBe(long);
  expect(heard.startsWith(seen)).toBe(true);
  expect(heard).toContain(long);
});
