// `timeline`: a body's history on a time axis, above the table that says the same and gives the values.
//
//   <div class="picture" data-island="timeline" data-table="entries" hidden>… <ol hidden><li data-lane="made">…</li></ol> …</div>
//
// What is pinned stands in the address as `entry`.

import { drawAtWidth, type Frame, frameOf, inAddress, keepInAddress, keyboard, showPinned } from "../lib/picture";
import { measureIn, svg } from "../lib/svg";
import { drawTime, type TimeDrawing } from "../lib/timeline-drawing";
import { entriesOf, type Entry, type PlacedEntry, timeLayout } from "../lib/timeline-layout";

export function timeline(root: HTMLElement): void {
  const frame = frameOf(root, "mandates");
  const lanes = [...frame.field.querySelectorAll<HTMLElement>("[data-lane]")].map(
    (line) => [line.dataset["lane"] ?? "", line.textContent ?? ""] as const,
  );
  const picture = new Timeline(frame, entriesOf(frame.table), lanes);
  drawAtWidth(frame.field, (width) => picture.draw(width));
  root.addEventListener("keydown", (event) => event.key === "Escape" && picture.letGo());
  picture.pinFromAddress();
}

class Timeline {
  private drawing: TimeDrawing | undefined;
  private placed: readonly PlacedEntry[] = [];
  private readonly things = new WeakMap<SVGElement, Entry>();
  private pinned: Entry | undefined;

  constructor(
    private readonly frame: Frame,
    private readonly entries: readonly Entry[],
    private readonly lanes: readonly (readonly [string, string])[],
  ) {}

  draw(width: number): void {
    const probe = svg("svg", { class: "picture-svg" }, svg("text", { class: "short" }, "x"));
    this.frame.field.replaceChildren(probe);
    const layout = timeLayout(this.entries, this.lanes, width, measureIn(probe.firstElementChild as Element));
    const drawing = drawTime(layout);
    for (const [entry, element] of drawing.marks) this.things.set(element, entry);
    this.frame.field.replaceChildren(drawing.picture);
    this.drawing = drawing;
    this.placed = layout.entries;
    keyboard(drawing.picture, this.elementOf(this.pinned) ?? this.elementOf(this.inLane(this.firstLane())[0]?.entry), {
      next: (from, key) => this.elementOf(this.next(this.things.get(from), key)),
      act: (on) => this.pin(this.things.get(on)),
      letGo: () => this.letGo(),
      point: (on) => this.point(on && this.things.get(on)),
    });
    this.point(undefined);
  }

  private point(entry: Entry | undefined): void {
    const shown = entry ?? this.pinned;
    this.drawing?.picture.classList.toggle("pointing", shown !== undefined);
    for (const [each, element] of this.drawing?.marks ?? []) {
      // One action may stand in two lanes.
      element.classList.toggle("on", each === shown || (shown !== undefined && keyOf(each) === keyOf(shown)));
      element.setAttribute("aria-pressed", String(each === this.pinned));
    }
    this.frame.name.textContent = shown ? `${shown.window ? shown.when : "Not dated"}: ${shown.short}` : "";
  }

  private pin(entry: Entry | undefined): void {
    if (!entry || entry === this.pinned) return this.letGo();
    this.pinned = entry;
    this.point(entry);
    keepInAddress({ entry: entry.id });
    const mentions = entry.row.querySelector(".mentions")?.cloneNode(true);
    const href = entry.row.querySelector("td:nth-child(2) a")?.getAttribute("href");
    const note = entry.row.querySelector<HTMLElement>("td")?.innerText.trim().replace(/\s*\n\s*/g, " · ") ?? "";
    const pinned = { heading: entry.short, ...(href ? { href } : {}), sections: [{ note, mentions }] };
    showPinned(this.frame, pinned, () => this.giveBack());
  }

  letGo(): void {
    if (!this.pinned) return;
    this.pinned = undefined;
    keepInAddress({ entry: undefined });
    showPinned(this.frame, undefined, () => undefined);
    this.point(undefined);
  }

  pinFromAddress(): void {
    const [id] = inAddress(["entry"]);
    const entry = this.entries.find((each) => each.id === id);
    if (entry) this.pin(entry);
  }

  private giveBack(): void {
    const element = this.elementOf(this.pinned);
    this.letGo();
    element?.focus();
  }

  /** Left and right along the lane, up and down to the nearest thing of the next lane that has any. */
  private next(from: Entry | undefined, key: string): Entry | undefined {
    const at = this.placed.find(({ entry }) => entry === from);
    if (!at) return undefined;
    const lane = this.inLane(at.entry.lane);
    const index = lane.indexOf(at);
    const along = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: lane.length - 1 }[key];
    if (along !== undefined) return lane[along]?.entry;
    const down = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (down === undefined) return undefined;
    const names = this.lanes.map(([name]) => name);
    for (let to = names.indexOf(at.entry.lane) + down; to >= 0 && to < names.length; to += down) {
      const nearest = [...this.inLane(names[to] ?? "")].sort((a, b) => Math.abs(a.from - at.from) - Math.abs(b.from - at.from))[0];
      if (nearest) return nearest.entry;
    }
    return undefined;
  }

  private inLane(name: string): PlacedEntry[] {
    return this.placed.filter(({ entry }) => entry.lane === name).sort((a, b) => a.from - b.from || a.y - b.y);
  }

  private firstLane(): string {
    return this.lanes.find(([name]) => this.inLane(name).length > 0)?.[0] ?? "";
  }

  private elementOf(entry: Entry | undefined): SVGGElement | undefined {
    return entry && this.drawing?.marks.get(entry);
  }
}

function keyOf(entry: Entry): string {
  return entry.row.dataset["key"] ?? "";
}
