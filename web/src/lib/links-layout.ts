// Where the nodes and links of the picture stand: both columns in their own order, spread so that the curves are short.

import type { Link, Model, Node } from "./links-model";
import { shorten, type Measure, wrap } from "./svg";
import { spread } from "./spread";

export interface PlacedNode {
  readonly node: Node;
  /** Middle, and height of the bar that its links come to. */
  readonly y: number;
  readonly bar: number;
  readonly height: number;
  /** A provision's name and heading; the lines of an item, of which the first begins with its number. */
  readonly lines: readonly string[];
  /** The name of the group above its first node, and where it stands. */
  readonly heading?: { readonly text: string; readonly y: number };
}

export interface PlacedLink {
  readonly link: Link;
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Right end of the left column, and left end of the right one. */
  readonly left: number;
  readonly right: number;
  readonly dense: boolean;
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
}

const LINE = 17;
const PAD = 7;
/** A link with the gap after it, by its width. */
const GAP = 1.7;
const HEADING = 30;
const STACK_MOST = 150;
const NARROW = 520;
/** From so many links on a picture is dense: thin lines, one line of words, more room between the columns. */
const DENSE = 80;
const DENSE_STACK_MOST = 26;
const ROUNDS = 24;

/** The places for a picture of that width in pixels; `measure` gives the width of its text. */
export function layout(model: Model, width: number, measure: Measure): Layout {
  const narrow = width < NARROW;
  const dense = isDense(model);
  const left = Math.round(width * (narrow ? 0.3 : dense ? 0.27 : 0.35));
  const right = Math.round(width * (narrow ? 0.58 : dense ? 0.63 : 0.56));
  const widths = thickness(model);
  const columns = [
    column(model.provisions, widths, (node) => provisionLines(node, left - 16, narrow, measure)),
    column(model.items, widths, (node) => itemLines(node, width - right - 16, narrow || dense ? 1 : 2, measure)),
  ] as const;
  const height = Math.max(...columns.map((each) => each.reduce((sum, box) => sum + box.size, 0)), 60);
  settle(columns, height);
  // Headings are bold and stand beside their mark.
  const rooms = { provision: left * 0.88 - 20, item: (width - right) * 0.88 - 20 };
  const nodes = columns.flatMap((each) => each.map((box) => placed(box, (text) => shorten(text, rooms[box.node.side], measure))));
  return { width, height, left, right, dense, nodes, links: ports(model, columns, widths) };
}

/** The width of each link: it grows with the root of its mentions, and shrinks where a node has very many. */
export function thickness(model: Model): Map<Link, number> {
  const raw = new Map(model.links.map((link) => [link, Math.min(12, 2 + 2.4 * (Math.sqrt(Math.max(1, link.mentions)) - 1))]));
  const most = isDense(model) ? DENSE_STACK_MOST : STACK_MOST;
  const stacks = [...model.provisions, ...model.items].map((node) => stackOf(node, raw));
  const scale = Math.min(1, most / Math.max(1, ...stacks));
  return new Map([...raw].map(([link, width]) => [link, Math.max(0.8, width * scale)]));
}

function isDense(model: Model): boolean {
  return model.links.length >= DENSE;
}

/** The room that the links of a node take on its bar, with the gaps between them. */
function stackOf(node: Node, widths: ReadonlyMap<Link, number>): number {
  return node.links.reduce((sum, link) => sum + (widths.get(link) ?? 0) * GAP, 0);
}

/** The name, and as much of the heading as has room before it. */
function provisionLines(node: Node, room: number, narrow: boolean, measure: Measure): string[] {
  const name = narrow ? node.name.replace(/^Article /, "Art. ").replace(/, paragraph /, ", para. ") : node.name;
  return [shorten(name, room, measure), narrow ? "" : shorten(node.title, room - measure(`${name}   `), measure)];
}

/** The number and the title, wrapped. */
function itemLines(node: Node, room: number, most: number, measure: Measure): string[] {
  return wrap(`${node.name}  ${node.title}`, room, most, measure);
}

interface Box {
  readonly node: Node;
  readonly lines: readonly string[];
  readonly before: number;
  readonly size: number;
  readonly bar: number;
  y: number;
}

function column(nodes: readonly Node[], widths: ReadonlyMap<Link, number>, words: (node: Node) => string[]): Box[] {
  return nodes.map((node, index) => {
    const lines = words(node);
    const bar = Math.max(8, stackOf(node, widths));
    const before = node.group !== nodes[index - 1]?.group ? HEADING : 0;
    return { node, lines, before, bar, size: before + Math.max((node.side === "item" ? lines.length : 1) * LINE, bar) + PAD, y: 0 };
  });
}

/** Moves both columns towards each other until the curves are short. */
function settle([left, right]: readonly [Box[], Box[]], height: number): void {
  const boxes = new Map([...left, ...right].map((box) => [box.node, box]));
  for (const each of [left, right]) {
    const taken = each.reduce((sum, box) => sum + box.size, 0);
    const gap = (height - taken) / Math.max(1, each.length);
    let at = gap / 2;
    for (const box of each) {
      box.y = at + middle(box);
      at += box.size + gap;
    }
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const each of round % 2 ? [left, right] : [right, left]) place(each, boxes, height);
  }
}

function place(boxes: readonly Box[], all: ReadonlyMap<Node, Box>, height: number): void {
  const wanted = boxes.map((box) => ({ size: box.size, ideal: ideal(box, all) - middle(box) + box.size / 2 }));
  spread(wanted, height).forEach((edge, index) => {
    const box = boxes[index];
    if (box) box.y = edge + middle(box);
  });
}

/** From the upper edge of a box to the middle of its node. */
function middle(box: Box): number {
  return box.before + (box.size - box.before) / 2;
}

function ideal(box: Box, all: ReadonlyMap<Node, Box>): number {
  const others = box.node.links.map((link) => all.get(box.node.side === "provision" ? link.item : link.provision)?.y ?? box.y);
  return others.length === 0 ? box.y : others.reduce((sum, y) => sum + y, 0) / others.length;
}

function placed(box: Box, short: (text: string) => string): PlacedNode {
  const { node, lines, bar, y, size, before } = box;
  const base = { node, y, bar, height: size - before, lines };
  return before ? { ...base, heading: { text: short(node.group), y: y - (size - before) / 2 - 8 } } : base;
}

/** The ends of the links on the bars of their nodes, in the order of what they lead to, so that none cross there. */
function ports(model: Model, [left, right]: readonly [Box[], Box[]], widths: ReadonlyMap<Link, number>): PlacedLink[] {
  const place = new Map([...left, ...right].map((box, index) => [box.node, { box, index }]));
  const ends = { provision: new Map<Link, number>(), item: new Map<Link, number>() };
  for (const { node, y } of [...left, ...right]) {
    const other: "provision" | "item" = node.side === "provision" ? "item" : "provision";
    const sorted = [...node.links].sort((a, b) => (place.get(a[other])?.index ?? 0) - (place.get(b[other])?.index ?? 0));
    let at = y - stackOf(node, widths) / 2;
    for (const link of sorted) {
      const width = widths.get(link) ?? 1;
      ends[node.side].set(link, at + (width * GAP) / 2);
      at += width * GAP;
    }
  }
  return model.links.map((link) => ({
    link,
    width: widths.get(link) ?? 1,
    from: ends.provision.get(link) ?? 0,
    to: ends.item.get(link) ?? 0,
  }));
}

/** The curve of a link: level at both ends. */
export function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = (x2 - x1) * 0.5;
  const [a, b, c, d] = [y1, y2, x1 + bend, x2 - bend].map((value) => Math.round(value * 10) / 10);
  return `M${x1} ${a}C${c} ${a} ${d} ${b} ${x2} ${b}`;
}
