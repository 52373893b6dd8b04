// N-Triples as the server writes it (RDF 1.1 N-Triples §2): a statement a line, no comments.

export interface Statement {
  readonly subject: string;
  readonly predicate: string;
  readonly object: { readonly value: string; readonly kind: "thing" | "literal" };
}

const LINE = /^(<[^>]*>|_:\S+) <([^>]*)> (?:(<[^>]*>|_:\S+)|"((?:[^"\\]|\\.)*)"\S*) \.$/u;
const ESCAPES: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** The statements, each once; lines that are none are left out. */
export function statements(text: string): Statement[] {
  const found = new Map<string, Statement>();
  for (const line of text.split("\n")) {
    const match = LINE.exec(line);
    if (!match) continue;
    const [, subject = "", predicate = "", thing, literal] = match;
    found.set(line, {
      subject: bare(subject),
      predicate,
      object: thing !== undefined ? { value: bare(thing), kind: "thing" } : { value: unescaped(literal ?? ""), kind: "literal" },
    });
  }
  return [...found.values()];
}

function bare(term: string): string {
  return term.startsWith("<") ? term.slice(1, -1) : term;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gu, (_, short?: string, long?: string, one?: string) =>
    one !== undefined ? (ESCAPES[one] ?? one) : String.fromCodePoint(parseInt(short ?? long ?? "", 16)),
  );
}

/** The key of a thing of ours; of another IRI what stands after its last # or /. */
export function shortName(iri: string): string {
  const things = "https://w3id.org/treatygraph/id/";
  if (iri.startsWith(things)) return iri.slice(things.length);
  return iri.split(/[#/]/u).filter(Boolean).at(-1) ?? iri;
}

const MARKS: Readonly<Record<string, string>> = {
  treaty: "provision",
  act: "act",
  action: "act",
  mandate: "act",
  document: "document",
  publication: "document",
  session: "happening",
  meeting: "happening",
};

/** The class of hue and sign of a thing's kind, by the first word of its key. */
export function marksOf(iri: string): string {
  return MARKS[shortName(iri).split("/")[0] ?? ""] ?? "other";
}
