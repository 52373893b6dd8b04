// SVG elements by attributes and classes: the pages' policy allows no inline style.

const SVG = "http://www.w3.org/2000/svg";

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An SVG element with attributes (undefined ones are left out) and children. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, typeof value === "number" ? String(round(value)) : value);
  }
  element.append(...children);
  return element;
}

/** A hundredth of a pixel is enough, and keeps a saved picture small. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** How wide a text is in pixels. */
export type Measure = (text: string) => number;

/** Measures texts in the font that `element` has; by the number of characters where there is no canvas. */
export function measureIn(element: Element): Measure {
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
  const context = document.createElement("canvas").getContext("2d");
  const pixels = Number.parseFloat(fontSize) || 14;
  if (!context) return (text) => text.length * pixels * 0.55;
  context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return (text) => context.measureText(text).width;
}

/** The words in at most `most` lines of that width; what does not fit ends in an ellipsis. */
export function wrap(text: string, width: number, most: number, measure: Measure): string[] {
  const lines: string[] = [];
  let rest = text.trim().split(/\s+/).filter(Boolean);
  while (rest.length > 0 && lines.length < most) {
    let count = 1;
    while (count < rest.length && measure(rest.slice(0, count + 1).join(" ")) <= width) count += 1;
    const last = lines.length === most - 1 && count < rest.length;
    lines.push(shorten(rest.slice(0, last ? rest.length : count).join(" "), width, measure));
    rest = last ? [] : rest.slice(count);
  }
  return lines;
}

/** The text, or as much of its beginning as is no wider than that, with an ellipsis. */
export function shorten(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const characters = [...text];
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${characters.slice(0, middle).join("").trimEnd()}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "" : `${characters.slice(0, low).join("").trimEnd()}…`;
}
