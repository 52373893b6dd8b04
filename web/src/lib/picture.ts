// What both pictures have in common: the frame on the page, what is pointed at and pinned, its words, the address.

import { download, pngFile, svgFile } from "./picture-file";

/** The parts of the frame that the page brings. */
export interface Frame {
  readonly root: HTMLElement;
  readonly field: HTMLElement;
  readonly name: HTMLElement;
  readonly legend: HTMLElement;
  readonly pinned: HTMLElement;
  readonly table: HTMLTableElement;
}

/** Finds the frame's parts, shows it, and starts its buttons. */
export function frameOf(root: HTMLElement, fileName: string): Frame {
  const frame = {
    root,
    field: part(root, ".picture-field"),
    name: part(root, ".picture-name"),
    legend: part(root, ".picture-legend"),
    pinned: part(root, ".picture-pinned"),
    table: tableOf(root),
  };
  root.hidden = false;
  const open = part<HTMLButtonElement>(root, ".picture-open");
  open.addEventListener("click", () => {
    const opened = root.classList.toggle("open");
    open.setAttribute("aria-expanded", String(opened));
    open.textContent = opened ? "Close the picture" : "Open the picture";
  });
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-save]")) {
    button.addEventListener("click", () => void save(frame, button.dataset["save"] === "png", fileName));
  }
  return frame;
}

function part<T extends HTMLElement = HTMLElement>(root: HTMLElement, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`a picture needs ${selector} inside it`);
  return found;
}

function tableOf(root: HTMLElement): HTMLTableElement {
  const found = root.ownerDocument.getElementById(root.dataset["table"] ?? "");
  if (!(found instanceof HTMLTableElement)) throw new Error(`a picture names its table; "${root.dataset["table"]}" is none`);
  return found;
}

async function save(frame: Frame, asPng: boolean, name: string): Promise<void> {
  const picture = frame.field.querySelector("svg");
  if (!picture) return;
  const title = document.querySelector("h1")?.textContent?.trim() ?? name;
  const blob = asPng ? await pngFile(picture) : new Blob([svgFile(picture, title)], { type: "image/svg+xml" });
  download(blob, `${name}.${asPng ? "png" : "svg"}`);
}

/** Calls `draw` with the width of the field now and whenever it changes by more than a hair. */
export function drawAtWidth(field: HTMLElement, draw: (width: number) => void): void {
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(field.clientWidth);
    if (width === 0 || Math.abs(width - drawn) < 4) return;
    drawn = width;
    // Drawing changes heights, which this observer must not see before its next turn.
    requestAnimationFrame(() => draw(width));
  }).observe(field);
}

/** The parameters that the address has now. */
export function inAddress(names: readonly string[]): (string | undefined)[] {
  const parameters = new URL(location.href).searchParams;
  return names.map((name) => parameters.get(name) ?? undefined);
}

/** Sets parameters of the address, and takes away those without a value; the page is not loaded again. */
export function keepInAddress(values: Readonly<Record<string, string | undefined>>): void {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  history.replaceState(history.state, "", address.href.replaceAll("%2F", "/"));
}

/** The words of one thing that is pinned: a heading, and the mentions as the page shows them. */
export interface Pinned {
  readonly heading: string;
  readonly href?: string;
  readonly sections: readonly {
    readonly heading?: string;
    readonly href?: string;
    readonly note?: string;
    readonly mentions: Node | undefined;
  }[];
}

/** Shows what is pinned beside the picture, in place of the legend; `letGo` is called by its button. */
export function showPinned(frame: Frame, pinned: Pinned | undefined, letGo: () => void): void {
  frame.pinned.replaceChildren();
  frame.pinned.hidden = pinned === undefined;
  frame.legend.hidden = pinned !== undefined;
  if (!pinned) return;
  const button = html("button", { type: "button", class: "quiet" }, "Let go (Esc)");
  button.addEventListener("click", letGo);
  frame.pinned.append(html("h2", { dir: "auto" }, linked(pinned.heading, pinned.href)), html("p", {}, button));
  for (const { heading, href, note, mentions } of pinned.sections) {
    if (heading) frame.pinned.append(html("h3", { dir: "auto" }, linked(heading, href)));
    if (note) frame.pinned.append(html("p", { class: "soft" }, note));
    frame.pinned.append(mentions ?? html("p", { class: "not-known" }, "The words could not be fetched."));
  }
}

function linked(words: string, href: string | undefined): Node | string {
  return href ? html("a", { href }, words) : words;
}

/** An HTML element with attributes and children. */
export function html<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (globalThis.Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/**
 * One stop for the tabulator in a picture: the arrow keys move the focus, which the element remembers.
 *
 * `next` gives the element that a key leads to from another; `act` is called on Enter, space and click; `letGo` on Escape;
 * `point` with what the pointer or the focus is on.
 */
export function keyboard(
  picture: SVGSVGElement,
  first: SVGElement | undefined,
  handlers: {
    next: (from: SVGElement, key: string) => SVGElement | undefined;
    act: (on: SVGElement) => void;
    letGo: () => void;
    point: (on: SVGElement | undefined) => void;
  },
): { focus: (on: SVGElement) => void } {
  let stop = first;
  stop?.setAttribute("tabindex", "0");
  const moveStop = (to: SVGElement) => {
    stop?.setAttribute("tabindex", "-1");
    stop = to;
    to.setAttribute("tabindex", "0");
  };
  const target = (event: Event) => (event.target as Element).closest<SVGElement>("[data-at]") ?? undefined;
  picture.addEventListener("keydown", (event) => {
    const from = target(event);
    if (event.key === "Escape") handlers.letGo();
    if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") handlers.act(from);
    const to = handlers.next(from, event.key);
    if (to) {
      moveStop(to);
      to.focus();
    }
    if (to || event.key === "Enter" || event.key === " ") event.preventDefault();
  });
  picture.addEventListener("click", (event) => {
    const on = target(event);
    if (!on) return handlers.letGo();
    moveStop(on);
    handlers.act(on);
  });
  // On each thing, not on the picture: Chromium lets the pointer focus an SVG element that listens for focus.
  for (const thing of picture.querySelectorAll("[data-at]")) {
    thing.addEventListener("focus", (event) => handlers.point(target(event)));
    thing.addEventListener("blur", () => handlers.point(undefined));
  }
  picture.addEventListener("pointerover", (event) => handlers.point(target(event)));
  picture.addEventListener("pointerleave", () => handlers.point(undefined));
  return {
    focus: (on) => {
      moveStop(on);
      on.focus({ preventScroll: true });
    },
  };
}
