// Rows of the query for links → two columns of nodes and the links between them.

/** A row of an answer: the values of the variables that are bound. */
export type Row = Readonly<Record<string, string>>;

/** Fetches the rows of a SELECT (SPARQL 1.1 Query Results JSON Format §3). */
export async function fetchRows(address: string): Promise<Row[]> {
  const answer = await fetch(address, { headers: { Accept: "application/sparql-results+json" } });
  if (!answer.ok) throw new Error(`the rows of the picture could not be fetched (status ${answer.status})`);
  const { results } = (await answer.json()) as { results: { bindings: Record<string, { value: string }>[] } };
  return results.bindings.map((row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])));
}

export type Side = "provision" | "item";

/** How an item names a provision, by the most telling place. */
export const KINDS = ["title", "annotation", "programme", "documentation"] as const;
export type Kind = (typeof KINDS)[number];

export interface Node {
  readonly side: Side;
  readonly key: string;
  /** "Article 16", "5 (a)". */
  readonly name: string;
  /** The heading of the article, the title of the item; may be empty. */
  readonly title: string;
  /** What it belongs to: the treaty, the session or meeting. */
  readonly group: string;
  readonly links: Link[];
}

export interface Link {
  readonly provision: Node;
  readonly item: Node;
  kind: Kind;
  /** Mentions by place. */
  readonly places: Map<string, number>;
  mentions: number;
}

export interface Model {
  readonly provisions: readonly Node[];
  readonly items: readonly Node[];
  readonly links: readonly Link[];
}

const THINGS = "https://w3id.org/treatygraph/id/";

/** The key of a thing of ours: its IRI without the base. */
export function keyOf(iri: string): string {
  return iri.startsWith(THINGS) ? iri.slice(THINGS.length) : iri;
}

/**
 * The picture of the rows, which come in the order of the treaties; items are put in order of time and agenda.
 *
 * `articles` are all articles of a treaty in its order, where those without a link are to be shown too.
 */
export function modelOf(rows: readonly Row[], articles: readonly Row[] = []): Model {
  const provisions = new Map<string, Node>();
  const items = new Map<string, { node: Node; row: Row }>();
  const links = new Map<string, Link>();
  for (const row of rows) {
    const provision = kept(provisions, keyOf(row["provision"] ?? ""), (key) => provisionOf(key, row));
    const item = kept(items, keyOf(row["item"] ?? ""), (key) => ({ node: itemOf(key, row), row })).node;
    const link = kept(links, `${provision.key}\n${item.key}`, () => joined(provision, item));
    // A meeting of two bodies gives a row for each: the place counts once.
    link.places.set(row["place"] ?? "", Number(row["mentions"] ?? "0"));
  }
  for (const link of links.values()) {
    link.kind = KINDS.find((kind) => link.places.has(kind)) ?? "programme";
    link.mentions = [...link.places.values()].reduce((sum, count) => sum + count, 0);
  }
  const inTime = [...items.values()].sort((a, b) => byTimeAndAgenda(a.row, b.row)).map(({ node }) => node);
  const inTreaties = byTreaty([...provisions.values()], inTime);
  return { provisions: withArticles(inTreaties, articles), items: inTime, links: [...links.values()] };
}

function kept<T>(map: Map<string, T>, key: string, make: (key: string) => T): T {
  const found = map.get(key) ?? make(key);
  map.set(key, found);
  return found;
}

function provisionOf(key: string, row: Row): Node {
  const name = row["provisionLabel"] ?? key;
  return { side: "provision", key, name, title: row["provisionTitle"] ?? "", group: row["treatyLabel"] ?? keyOf(row["treaty"] ?? ""), links: [] };
}

function itemOf(key: string, row: Row): Node {
  const label = row["itemLabel"] ?? key;
  const number = row["number"] ?? "";
  const mark = `${number}: `;
  const at = number ? label.indexOf(mark) : -1;
  const title = at >= 0 && at < 60 ? label.slice(at + mark.length) : label;
  return { side: "item", key, name: number || key.slice(key.lastIndexOf("/") + 1), title, group: row["meetingLabel"] ?? keyOf(row["meeting"] ?? ""), links: [] };
}

function joined(provision: Node, item: Node): Link {
  const link: Link = { provision, item, kind: "documentation", places: new Map(), mentions: 0 };
  provision.links.push(link);
  item.links.push(link);
  return link;
}

const collator = new Intl.Collator("en", { numeric: true });

function byTimeAndAgenda(a: Row, b: Row): number {
  return (
    collator.compare(a["earliest"] ?? "9999", b["earliest"] ?? "9999") ||
    collator.compare(a["meeting"] ?? "", b["meeting"] ?? "") ||
    Number(a["order"] ?? Infinity) - Number(b["order"] ?? Infinity) ||
    collator.compare(a["item"] ?? "", b["item"] ?? "")
  );
}

/** The provisions of each treaty together, in their order; the treaties so that few lines cross. */
function byTreaty(provisions: readonly Node[], items: readonly Node[]): Node[] {
  const treaties = new Map<string, Node[]>();
  for (const node of provisions) kept(treaties, node.group, () => []).push(node);
  const place = new Map(items.map((item, index) => [item, index]));
  const mean = (nodes: readonly Node[]) => {
    const ends = nodes.flatMap((node) => node.links.map((link) => place.get(link.item) ?? 0));
    return ends.reduce((sum, end) => sum + end, 0) / Math.max(1, ends.length);
  };
  return [...treaties.values()].sort((a, b) => mean(a) - mean(b)).flat();
}

/** The articles in their order, each followed by the linked provisions inside it. */
function withArticles(linked: readonly Node[], articles: readonly Row[]): Node[] {
  const left = new Set(linked);
  const all = articles.flatMap((row) => {
    const key = row["provision"] ?? "";
    const within = linked.filter((node) => node.key === key || node.key.startsWith(`${key}/`));
    for (const node of within) left.delete(node);
    return within.some((node) => node.key === key) ? within : [provisionOf(key, row), ...within];
  });
  return [...all, ...left];
}

/** What a link is called: "Article 16 ↔ item 3: in its title, annotation; 3 mentions". */
export function linkName(link: Link, words: (place: string) => string): string {
  const places = [...link.places.keys()].map(words).join(", ");
  const count = `${link.mentions} ${link.mentions === 1 ? "mention" : "mentions"}`;
  return `${link.provision.name} ↔ item ${link.item.name}: ${places}; ${count}`;
}
