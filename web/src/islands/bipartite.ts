// `bipartite`: the picture of provisions and agenda items, above the table that says the same.
//
//   <div class="picture" data-island="bipartite" data-rows="/sparql?…" data-evidence="/views/evidence?…" data-table="links" hidden>…
//
// The links are the rows of the query at `data-rows`; the words come from the table, or from the page at `data-evidence`
// where the table does not hold them. What is pinned stands in the address as `provision` and `item`.

import { draw, type Drawing, placeWords } from "../lib/links-drawing";
import { layout } from "../lib/links-layout";
import { fetchRows, type Link, linkName, type Model, modelOf, type Node, type Row } from "../lib/links-model";
import { drawAtWidth, type Frame, frameOf, inAddress, keepInAddress, keyboard, showPinned } from "../lib/picture";
import { measureIn, svg } from "../lib/svg";

type Thing = { readonly node: Node } | { readonly link: Link };

export async function bipartite(root: HTMLElement): Promise<void> {
  const frame = frameOf(root, "articles-agenda");
  const model = modelOf(await fetchRows(root.dataset["rows"] ?? ""), articlesOn(root.ownerDocument));
  const kinds = new Set(model.links.map((link) => link.kind as string));
  for (const line of frame.legend.querySelectorAll<HTMLElement>("[data-kind]")) line.hidden = !kinds.has(line.dataset["kind"] ?? "");
  const picture = new Picture(frame, model);
  drawAtWidth(frame.field, (width) => picture.draw(width));
  root.addEventListener("keydown", (event) => event.key === "Escape" && picture.letGo());
  picture.pinFromAddress();
}

/** All articles of the treaty, where the page lists them. */
function articlesOn(page: Document): Row[] {
  return [...page.querySelectorAll<HTMLElement>("#articles [data-provision]")].map((line) => ({
    provision: line.dataset["provision"] ?? "",
    provisionLabel: line.querySelector("a")?.textContent ?? "",
    provisionTitle: line.querySelector(".soft[dir]")?.textContent ?? "",
    treatyLabel: line.dataset["treaty"] ?? "",
  }));
}

class Picture {
  private drawing: Drawing | undefined;
  private readonly things = new WeakMap<SVGElement, Thing>();
  private pinned: Thing | undefined;
  private origin: Node | undefined;

  constructor(
    private readonly frame: Frame,
    private readonly model: Model,
  ) {}

  draw(width: number): void {
    const probe = svg("svg", { class: "picture-svg" }, svg("text", {}, "x"));
    this.frame.field.replaceChildren(probe);
    const drawing = draw(layout(this.model, width, measureIn(probe.firstElementChild as Element)));
    for (const [node, element] of drawing.nodes) this.things.set(element, { node });
    for (const [link, element] of drawing.links) this.things.set(element, { link });
    this.frame.field.replaceChildren(drawing.picture);
    this.drawing = drawing;
    keyboard(drawing.picture, this.elementOf(this.pinned) ?? drawing.nodes.values().next().value, {
      next: (from, key) => this.elementOf(this.next(this.things.get(from), key)),
      act: (on) => this.pin(this.things.get(on)),
      letGo: () => this.letGo(),
      point: (on) => this.point(on && this.things.get(on)),
    });
    this.point(undefined);
  }

  /** Dims all but what is pointed at, or else what is pinned, and names it. */
  private point(thing: Thing | undefined): void {
    const shown = thing ?? this.pinned;
    const on = new Set(shown ? around(shown).map((each) => this.elementOf(each)) : []);
    const pinned = this.elementOf(this.pinned);
    this.drawing?.picture.classList.toggle("pointing", shown !== undefined);
    for (const element of this.elements()) {
      element.classList.toggle("on", on.has(element));
      element.setAttribute("aria-pressed", String(element === pinned));
    }
    this.frame.name.textContent = shown ? nameOf(shown) : "";
  }

  private pin(thing: Thing | undefined): void {
    if (!thing || same(thing, this.pinned)) return this.letGo();
    this.pinned = thing;
    this.point(thing);
    const [provision, item] = "link" in thing ? [thing.link.provision, thing.link.item] : thing.node.side === "provision" ? [thing.node] : [undefined, thing.node];
    keepInAddress({ provision: provision?.key, item: item?.key });
    void this.show(thing, { provision, item });
  }

  letGo(): void {
    if (!this.pinned) return;
    this.pinned = undefined;
    keepInAddress({ provision: undefined, item: undefined });
    showPinned(this.frame, undefined, () => undefined);
    this.point(undefined);
  }

  pinFromAddress(): void {
    const [provision, item] = inAddress(["provision", "item"]);
    if (!provision && !item) return;
    const node = (nodes: readonly Node[], key?: string) => nodes.find((each) => each.key === key);
    const [left, right] = [node(this.model.provisions, provision), node(this.model.items, item)];
    const link = left?.links.find((each) => each.item === right);
    const thing = link ? { link } : provision && item ? undefined : (left ?? right);
    if (thing) this.pin("link" in thing ? thing : { node: thing });
  }

  private async show(thing: Thing, pin: { provision: Node | undefined; item: Node | undefined }): Promise<void> {
    const links = linksOf(thing);
    const held = links.map((link) => this.inTable(link));
    const found = held.every(Boolean) ? held : await this.fetched(links, pin);
    if (!same(thing, this.pinned)) return;
    const node = "node" in thing ? thing.node : undefined;
    const sections = links.map((link, index) => ({
      ...(node ? { heading: otherName(node, link), href: pageOf(node.side === "provision" ? link.item : link.provision) } : {}),
      note: [...link.places].map(([place, count]) => `${placeWords(place)}: ${count}`).join(" · "),
      mentions: found[index],
    }));
    const ends = node ? [] : [links[0]?.provision, links[0]?.item].flatMap((end) => (end ? [{ heading: fullName(end), href: pageOf(end), mentions: document.createTextNode("") }] : []));
    const heading = node ? fullName(node) : headingOf(links[0]);
    showPinned(this.frame, { heading, ...(node ? { href: pageOf(node) } : {}), sections: [...ends, ...sections] }, () => this.giveBack());
  }

  /** Lets go by the button of the words, and gives the focus back to the picture. */
  private giveBack(): void {
    const element = this.elementOf(this.pinned);
    this.letGo();
    element?.focus();
  }

  private inTable({ provision, item }: Link): globalThis.Node | undefined {
    return wordsIn(this.frame.table, provision.key, item.key);
  }

  private async fetched(links: readonly Link[], pin: { provision: Node | undefined; item: Node | undefined }): Promise<(globalThis.Node | undefined)[]> {
    const address = new URL(this.frame.root.dataset["evidence"] ?? "", location.href);
    for (const [name, node] of Object.entries(pin)) if (node) address.searchParams.set(name, node.key);
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return links.map(() => undefined);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return links.map((link) => wordsIn(page, link.provision.key, link.item.key));
  }

  private next(from: Thing | undefined, key: string): Thing | undefined {
    if (!from) return undefined;
    return "node" in from ? this.nextOfNode(from.node, key) : this.nextOfLink(from.link, key);
  }

  private nextOfNode(node: Node, key: string): Thing | undefined {
    const column = node.side === "provision" ? this.model.provisions : this.model.items;
    const inward = node.side === "provision" ? "ArrowRight" : "ArrowLeft";
    if (key === inward) {
      this.origin = node;
      const link = sortedLinks(node, this.model)[0];
      return link && { link };
    }
    const to = step(column, node, key);
    return to && { node: to };
  }

  private nextOfLink(link: Link, key: string): Thing | undefined {
    if (key === "ArrowLeft") return { node: link.provision };
    if (key === "ArrowRight") return { node: link.item };
    const origin = this.origin === link.item ? link.item : link.provision;
    const to = step(sortedLinks(origin, this.model), link, key);
    return to && { link: to };
  }

  private elementOf(thing: Thing | undefined): SVGGElement | undefined {
    if (!thing) return undefined;
    return "node" in thing ? this.drawing?.nodes.get(thing.node) : this.drawing?.links.get(thing.link);
  }

  private elements(): SVGGElement[] {
    return this.drawing ? [...this.drawing.nodes.values(), ...this.drawing.links.values()] : [];
  }
}

/** The element that an arrow key, Home or End leads to in a column. */
function step<T>(column: readonly T[], from: T, key: string): T | undefined {
  const at = column.indexOf(from);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: column.length - 1 }[key];
  return to === undefined ? undefined : column[to];
}

function sortedLinks(node: Node, model: Model): Link[] {
  const other = node.side === "provision" ? model.items : model.provisions;
  const end = node.side === "provision" ? "item" : "provision";
  return [...node.links].sort((a, b) => other.indexOf(a[end]) - other.indexOf(b[end]));
}

function linksOf(thing: Thing): readonly Link[] {
  return "link" in thing ? [thing.link] : thing.node.links;
}

/** A thing with what it is joined to. */
function around(thing: Thing): Thing[] {
  const links = linksOf(thing);
  const nodes = new Set(links.flatMap((link) => [link.provision, link.item]));
  return [thing, ...links.map((link) => ({ link })), ...[...nodes].map((node) => ({ node }))];
}

function same(a: Thing | undefined, b: Thing | undefined): boolean {
  if (!a || !b) return a === b;
  return "node" in a ? "node" in b && a.node === b.node : "link" in b && a.link === b.link;
}

function nameOf(thing: Thing): string {
  if ("link" in thing) return linkName(thing.link, placeWords);
  const { group, links } = thing.node;
  return `${fullName(thing.node)} (${group}): ${links.length ? `${links.length} ${links.length === 1 ? "link" : "links"}` : "no link held"}`;
}

function headingOf(link: Link | undefined): string {
  return link ? `${link.provision.name} ↔ item ${link.item.name}` : "";
}

function otherName(node: Node, link: Link): string {
  return fullName(node.side === "provision" ? link.item : link.provision);
}

function fullName({ side, name, title }: Node): string {
  return side === "item" ? `Item ${name}: ${title}` : [name, title].filter(Boolean).join(", ");
}

/** The page of a node: `/doc/` and its key, with what an address may not hold encoded. */
function pageOf({ key }: Node): string {
  return `/doc/${encodeURI(key).replaceAll("#", "%23").replaceAll("?", "%3F")}`;
}

/** A copy of the mentions of a link, from the table or the page of evidence. */
function wordsIn(place: ParentNode, provision: string, item: string): globalThis.Node | undefined {
  const at = `[data-provision="${CSS.escape(provision)}"][data-item="${CSS.escape(item)}"]`;
  const found = place.querySelector(`${at} .mentions`);
  return found ? document.importNode(found, true) : undefined;
}
