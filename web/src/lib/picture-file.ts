// A picture as a file: SVG with its colours resolved, or PNG painted from it.
//
// The PNG is painted on a canvas shape by shape: a picture of the SVG would have to be loaded from a blob, and the
// pages' policy has images from our own address alone.

const PAINT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-opacity", "opacity"] as const;
const TEXT = ["font-family", "font-size", "font-weight", "font-style", "text-anchor"] as const;
const MARGIN = 16;

/** The SVG as a file of its own: no class, no variable, a ground of its own. */
export function svgFile(picture: SVGSVGElement, title: string): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const originals = [picture, ...picture.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, index) => {
    const target = copies[index];
    if (target) resolve(original, target);
  });
  for (const each of [...copy.querySelectorAll(".hit")]) each.remove();
  for (const each of copies) each.removeAttribute("class");
  const { width, height } = sizeOf(picture);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`);
  copy.setAttribute("width", String(width + 2 * MARGIN));
  copy.setAttribute("height", String(height + 2 * MARGIN));
  copy.prepend(element("title", title), ground(picture, width, height));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

function resolve(original: SVGElement, target: SVGElement): void {
  const style = getComputedStyle(original);
  const names = original.localName === "text" || original.localName === "tspan" ? [...PAINT, ...TEXT] : PAINT;
  if (original.localName !== "g" && original.localName !== "svg") {
    for (const name of names) target.setAttribute(name, style.getPropertyValue(name));
  } else if (style.opacity !== "1") {
    target.setAttribute("opacity", style.opacity);
  }
  for (const { name } of [...target.attributes]) {
    if (name.startsWith("data-") || name.startsWith("aria-") || name === "tabindex" || name === "role") target.removeAttribute(name);
  }
}

function ground(picture: SVGSVGElement, width: number, height: number): SVGElement {
  const rect = element("rect", "");
  const colour = getComputedStyle(picture.ownerDocument.body).backgroundColor;
  const at = { x: -MARGIN, y: -MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN, fill: colour };
  for (const [name, value] of Object.entries(at)) rect.setAttribute(name, String(value));
  return rect;
}

function element(name: string, text: string): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
  made.textContent = text;
  return made;
}

function sizeOf(picture: SVGSVGElement): { width: number; height: number } {
  return { width: Number(picture.getAttribute("width")), height: Number(picture.getAttribute("height")) };
}

/** The picture as PNG, at twice its size. */
export async function pngFile(picture: SVGSVGElement): Promise<Blob> {
  const { width, height } = sizeOf(picture);
  const scale = Math.min(2, 16_000 / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil((width + 2 * MARGIN) * scale);
  canvas.height = Math.ceil((height + 2 * MARGIN) * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser has no canvas to paint a PNG on; save as SVG");
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.translate(MARGIN, MARGIN);
  paint(picture, context, 1);
  return await new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("the PNG could not be made"))), "image/png"),
  );
}

function paint(parent: SVGElement, context: CanvasRenderingContext2D, opacity: number): void {
  for (const child of parent.children) {
    if (!(child instanceof SVGElement) || child.classList.contains("hit")) continue;
    const style = getComputedStyle(child);
    if (style.display === "none" || style.visibility === "hidden") continue;
    const within = opacity * Number(style.opacity || 1);
    context.save();
    move(child, context);
    if (child instanceof SVGTextElement) text(child, context, within);
    else if (child instanceof SVGGElement) paint(child, context, within);
    else shape(child, style, context, within);
    context.restore();
  }
}

/** Our pictures move things by `translate(x y)` alone. */
function move(child: SVGElement, context: CanvasRenderingContext2D): void {
  const [, x, y] = /^translate\(([-\d.]+)[ ,]+([-\d.]+)\)$/.exec(child.getAttribute("transform") ?? "") ?? [];
  if (x !== undefined && y !== undefined) context.translate(Number(x), Number(y));
}

function shape(child: SVGElement, style: CSSStyleDeclaration, context: CanvasRenderingContext2D, opacity: number): void {
  const path = pathOf(child);
  if (!path) return;
  if (style.fill !== "none") {
    context.globalAlpha = opacity * Number(style.fillOpacity || 1);
    context.fillStyle = style.fill;
    context.fill(path);
  }
  if (style.stroke !== "none") {
    context.globalAlpha = opacity * Number(style.strokeOpacity || 1);
    context.strokeStyle = style.stroke;
    context.lineWidth = Number.parseFloat(style.strokeWidth) || 1;
    context.lineCap = style.strokeLinecap as CanvasLineCap;
    context.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat));
    context.stroke(path);
  }
}

function pathOf(child: SVGElement): Path2D | undefined {
  const number = (name: string) => Number(child.getAttribute(name) ?? "0");
  const path = new Path2D(child.localName === "path" ? (child.getAttribute("d") ?? "") : undefined);
  switch (child.localName) {
    case "path":
      return path;
    case "rect":
      path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
      return path;
    case "circle":
      path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
      return path;
    case "line":
      path.moveTo(number("x1"), number("y1"));
      path.lineTo(number("x2"), number("y2"));
      return path;
    default:
      return undefined;
  }
}

/** A text of tspans: each line begins at its own x, and its pieces follow one another. */
function text(element: SVGTextElement, context: CanvasRenderingContext2D, opacity: number): void {
  const runs = [...element.childNodes].flatMap((node, index) => runOf(node, element, index === 0));
  let from = 0;
  while (from < runs.length) {
    let to = from + 1;
    while (to < runs.length && runs[to]?.x === undefined) to += 1;
    line(runs.slice(from, to), element, context, opacity);
    from = to;
  }
}

interface Run {
  readonly words: string;
  readonly style: CSSStyleDeclaration;
  readonly x?: number;
  readonly y?: number;
}

function runOf(node: ChildNode, parent: SVGTextElement, first: boolean): Run[] {
  const words = node.textContent ?? "";
  if (words === "") return [];
  const holder = node instanceof SVGTSpanElement ? node : parent;
  const run = { words, style: getComputedStyle(holder) };
  const own = holder !== parent && holder.hasAttribute("x");
  const at = (name: string) => Number((own ? holder.getAttribute(name) : null) ?? parent.getAttribute(name));
  return [own || first ? { ...run, x: at("x"), y: at("y") } : run];
}

function line(runs: readonly Run[], element: SVGTextElement, context: CanvasRenderingContext2D, opacity: number): void {
  const font = ({ style }: Run) => `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const widths = runs.map((run) => {
    context.font = font(run);
    return context.measureText(run.words).width;
  });
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const anchor = getComputedStyle(element).textAnchor;
  const first = runs[0];
  let x = (first?.x ?? 0) - (anchor === "end" ? whole : anchor === "middle" ? whole / 2 : 0);
  const y = first?.y ?? Number(element.getAttribute("y") ?? "0");
  runs.forEach((run, index) => {
    context.font = font(run);
    context.fillStyle = run.style.fill;
    context.globalAlpha = opacity * Number(run.style.fillOpacity || 1);
    context.fillText(run.words, x, y);
    x += widths[index] ?? 0;
  });
}

/** Gives a file to the reader. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
