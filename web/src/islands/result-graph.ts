// `result-graph`: a small drawing of the graph that a CONSTRUCT or DESCRIBE gave, above its Turtle.
//
//   <figure data-island="result-graph" data-source="/sparql?query=…&format=ntriples" hidden></figure>

import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { SimulationLinkDatum, SimulationNodeDatum } from "d3-force";

import { type Statement, marksOf, shortName, statements } from "../lib/ntriples";

const SVG = "http://www.w3.org/2000/svg";
const MOST_NODES = 60;
const WIDTH = 960;
const HEIGHT = 560;
const TICKS = 300;
// Beside the outermost circles there is room for a name.
const ROOM = 230;
const THINGS = "https://w3id.org/treatygraph/id/";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const LONGEST_NAME = 34;

interface Node extends SimulationNodeDatum {
  readonly id: string;
  readonly name: string;
}

interface Line extends SimulationLinkDatum<Node> {
  readonly words: string;
}

export async function resultGraph(figure: HTMLElement): Promise<void> {
  const answer = await fetch(figure.dataset["source"] ?? "");
  if (!answer.ok) throw new Error(`the graph did not come: ${answer.status}`);
  const all = statements(await answer.text());
  const { nodes, lines, left } = network(all, namesOn(figure));
  if (lines.length === 0) return;
  settle(nodes, lines);
  figure.replaceChildren(picture(nodes, lines), caption(nodes.length, lines.length, left));
  figure.hidden = false;
}

/** What the list on the page calls each thing, by the address of its page. */
function namesOn(figure: HTMLElement): Map<string, string> {
  const list = document.getElementById(figure.dataset["names"] ?? "");
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>("a") ?? [])];
  return new Map(links.map((link) => [link.getAttribute("href") ?? "", link.textContent ?? ""]));
}

/** Things and the lines between them; values and classes stay in the Turtle. The best linked things first, at most 60. */
export function network(
  all: readonly Statement[],
  names: ReadonlyMap<string, string>,
): { nodes: Node[]; lines: Line[]; left: number } {
  const links = all.filter((each) => each.object.kind !== "literal" && each.subject !== each.object.value && each.predicate !== TYPE);
  const degree = new Map<string, number>();
  for (const { subject, object } of links) {
    for (const end of [subject, object.value]) degree.set(end, (degree.get(end) ?? 0) + 1);
  }
  const chosen = [...degree.keys()].sort((a, b) => (degree.get(b) ?? 0) - (degree.get(a) ?? 0)).slice(0, MOST_NODES);
  const nodes = new Map(chosen.map((id) => [id, { id, name: names.get(pageOf(id) ?? "") ?? shortName(id) } as Node]));
  const pairs = new Map<string, { source: Node; target: Node; words: Set<string> }>();
  for (const { subject, predicate, object } of links) {
    const source = nodes.get(subject);
    const target = nodes.get(object.value);
    if (!source || !target) continue;
    const key = `${subject} ${object.value}`;
    const pair = pairs.get(key) ?? { source, target, words: new Set<string>() };
    pair.words.add(shortName(predicate));
    pairs.set(key, pair);
  }
  const lines = [...pairs.values()].map(({ source, target, words }) => ({ source, target, words: [...words].join(", ") }));
  return { nodes: [...nodes.values()], lines, left: degree.size - nodes.size };
}

function settle(nodes: Node[], lines: Line[]): void {
  forceSimulation(nodes)
    .force("line", forceLink<Node, Line>(lines).distance(190).strength(0.4))
    .force("apart", forceManyBody().strength(-900))
    .force("collide", forceCollide(42))
    .force("middle", forceCenter(WIDTH / 2, HEIGHT / 2))
    .force("x", forceX(WIDTH / 2).strength(0.04))
    .force("y", forceY(HEIGHT / 2).strength(0.12))
    .stop()
    .tick(TICKS);
}

function picture(nodes: readonly Node[], lines: readonly Line[]): SVGElement {
  const xs = nodes.map((node) => node.x ?? 0);
  const ys = nodes.map((node) => node.y ?? 0);
  const [left, top] = [Math.min(...xs) - ROOM, Math.min(...ys) - 30];
  const [width, height] = [Math.max(...xs) - left + ROOM, Math.max(...ys) - top + 30];
  const middle = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const svg = shape("svg", { viewBox: `${left} ${top} ${width} ${height}`, role: "group" });
  svg.setAttribute("aria-label", `${nodes.length} things and the lines between them; the Turtle below says the same`);
  svg.append(arrow(), ...lines.map(lineShape), ...nodes.map((node) => nodeShape(node, middle)));
  return svg;
}

function arrow(): SVGElement {
  const marker = shape("marker", { id: "arrow", viewBox: "0 0 8 8", refX: "16", refY: "4", markerWidth: "7", markerHeight: "7", orient: "auto" });
  marker.append(shape("path", { d: "M0 0 8 4 0 8z", class: "line" }));
  const defs = shape("defs", {});
  defs.append(marker);
  return defs;
}

function lineShape(line: Line): SVGElement {
  const [from, to] = [line.source as Node, line.target as Node];
  const [x1, y1, x2, y2] = [from.x ?? 0, from.y ?? 0, to.x ?? 0, to.y ?? 0];
  const group = shape("g", {});
  const said = shape("text", { class: "said", x: String((x1 + x2) / 2), y: String((y1 + y2) / 2 + 3) });
  said.textContent = line.words;
  group.append(shape("path", { class: "line", d: `M${x1} ${y1}L${x2} ${y2}`, "marker-end": "url(#arrow)" }), said);
  return group;
}

/** A name stands on the outer side of its circle, of a thing in the middle above it. */
function nodeShape(node: Node, middle: number): SVGElement {
  const href = pageOf(node.id);
  const off = (node.x ?? 0) - middle;
  const side = Math.abs(off) < 60 ? "middle" : off < 0 ? "start" : "end";
  const group = shape(href ? "a" : "g", { class: `node ${side} ${marksOf(node.id)}`, transform: `translate(${node.x ?? 0} ${node.y ?? 0})` });
  if (href) group.setAttribute("href", href);
  const text = shape("text", side === "middle" ? { x: "0", y: "-12" } : { x: off < 0 ? "-11" : "11", y: "4" });
  text.textContent = node.name.length > LONGEST_NAME ? `${node.name.slice(0, LONGEST_NAME - 1)}…` : node.name;
  const title = shape("title", {});
  title.textContent = node.name;
  group.append(shape("circle", { r: "7" }), text, title);
  return group;
}

function caption(things: number, lines: number, left: number): HTMLElement {
  const words = document.createElement("figcaption");
  words.textContent = `${things} things, ${lines} lines between them${left > 0 ? `; ${left} less linked things are not drawn` : ""}. Values and classes stand in the Turtle below.`;
  return words;
}

function pageOf(iri: string): string | null {
  return iri.startsWith(THINGS) ? `/doc/${encodeURI(iri.slice(THINGS.length)).replaceAll("&", "%26")}` : null;
}

function shape(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
