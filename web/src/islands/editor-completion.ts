// What the editor completes: prefixes, classes and properties of the ontology, keys of the graph, keywords, variables.

import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

export interface Term {
  readonly name: string;
  readonly kind: "class" | "property";
  readonly label: string;
  readonly definition?: string;
}

export interface Vocabulary {
  readonly base: string;
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: readonly Term[];
}

/** A vocabulary that is on its way: `now()` is null until it is there. */
export interface Awaited {
  readonly ready: Promise<Vocabulary>;
  now(): Vocabulary | null;
}

export function vocabularyFrom(address: string): Awaited {
  let held: Vocabulary | null = null;
  const ready = fetch(address).then(async (answer) => {
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    held = (await answer.json()) as Vocabulary;
    return held;
  });
  return { ready, now: () => held };
}

const KEYWORDS =
  "SELECT CONSTRUCT DESCRIBE ASK WHERE DISTINCT OPTIONAL UNION MINUS FILTER BIND VALUES GRAPH EXISTS NOT IN AS ORDER BY ASC DESC GROUP HAVING LIMIT OFFSET PREFIX BASE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT COALESCE IF STR LANG DATATYPE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER LCASE UCASE REGEX REPLACE SUBSTR CONCAT YEAR MONTH DAY BOUND".split(
    " ",
  );

/** `PREFIX tg: <…>` as a line of its own. */
export function declaration(prefix: string, vocabulary: Vocabulary): string {
  return `PREFIX ${prefix}: <${vocabulary.prefixes[prefix] ?? ""}>\n`;
}

export function completions(vocabulary: Awaited): CompletionSource[] {
  return [
    (context) => keys(context, vocabulary),
    (context) => words(context, vocabulary),
    variables,
  ];
}

function inside(context: CompletionContext): string {
  return syntaxTree(context.state).resolveInner(context.pos, -1).name;
}

/** Keys after `<`, by the beginning that stands there. */
async function keys(context: CompletionContext, vocabulary: Awaited): Promise<CompletionResult | null> {
  const open = context.matchBefore(/<[^<>\s"{}|^`\\?=]*$/u);
  if (!open || ["Comment", "String"].includes(inside(context)) || declares(context.state, open.from)) return null;
  const typed = open.text.slice(1);
  if (!context.explicit && typed === "") return null;
  const known = await vocabulary.ready;
  const prefix = typed.startsWith(known.base) ? typed.slice(known.base.length) : typed;
  const answer = await fetch(`/query/keys.json?${new URLSearchParams({ prefix })}`);
  if (!answer.ok || context.aborted) return null;
  const found = (await answer.json()) as { key: string; name: string }[];
  const options = found.map(({ key, name }): Completion => ({
    label: key,
    ...(name ? { detail: name } : {}),
    apply: (view, _, from, to) => applyKey(view, key, from, to, known),
  }));
  return options.length ? { from: open.from + 1, options, filter: false } : null;
}

/** Whether the `<` at a place belongs to a PREFIX or BASE line. */
function declares(state: EditorState, at: number): boolean {
  const line = state.doc.lineAt(at);
  return /^\s*(?:BASE|PREFIX\s+\S*:)\s*$/iu.test(line.text.slice(0, at - line.from));
}

function applyKey(view: EditorView, key: string, from: number, to: number, vocabulary: Vocabulary): void {
  const closed = view.state.sliceDoc(to, to + 1) === ">";
  const insert = closed ? key : `${key}>`;
  insertWith(view, from, to, insert, hasBase(view.state) ? "" : `BASE <${vocabulary.base}>\n`, closed ? 1 : 0);
}

/** Classes and properties, by prefixed name or by a word of it; prefixes; keywords. */
async function words(context: CompletionContext, vocabulary: Awaited): Promise<CompletionResult | null> {
  if (["Comment", "String", "IriRef", "Langtag"].includes(inside(context))) return null;
  const typed = context.matchBefore(/[A-Za-z][\w-]*(?::[\w-]*)?$/u);
  const before = context.state.sliceDoc(Math.max(0, (typed?.from ?? context.pos) - 1), typed?.from ?? context.pos);
  if ((!typed && !context.explicit) || /[?$<@^:]/u.test(before)) return null;
  const from = typed?.from ?? context.pos;
  const known = await vocabulary.ready;
  const asClass = /(?:^|[\s;{])a\s+$/u.test(context.state.sliceDoc(Math.max(0, from - 40), from));
  const options = known.terms.map((term) => termOption(term, asClass, known));
  if (!typed?.text.includes(":")) {
    for (const prefix of Object.keys(known.prefixes)) options.push(prefixOption(prefix, known));
    for (const word of KEYWORDS) options.push({ label: word, type: "keyword", boost: -1 });
  }
  return { from, options, validFor: /^[\w-]*(?::[\w-]*)?$/u };
}

function termOption(term: Term, asClass: boolean, vocabulary: Vocabulary): Completion {
  const ours = term.name.startsWith("tg:");
  return {
    label: term.name,
    detail: term.label,
    type: term.kind,
    boost: (asClass === (term.kind === "class") ? 20 : -20) + (ours ? 10 : 0),
    ...(term.definition ? { info: () => inform(term) } : {}),
    apply: (view, _, from, to) => {
      const prefix = term.name.slice(0, term.name.indexOf(":"));
      insertWith(view, from, to, term.name, missingPrefix(view.state, prefix, vocabulary), 0);
    },
  };
}

function prefixOption(prefix: string, vocabulary: Vocabulary): Completion {
  return {
    label: `${prefix}:`,
    detail: vocabulary.prefixes[prefix] ?? "",
    type: "namespace",
    apply: (view, _, from, to) => insertWith(view, from, to, `${prefix}:`, missingPrefix(view.state, prefix, vocabulary), 0),
  };
}

function inform(term: Term): HTMLElement {
  const note = document.createElement("p");
  note.className = "term-definition";
  note.textContent = term.definition ?? "";
  return note;
}

function missingPrefix(state: EditorState, prefix: string, vocabulary: Vocabulary): string {
  const declared = new RegExp(`^[^#]*\\bPREFIX\\s+${prefix}:`, "imu").test(state.doc.toString());
  return declared || !(prefix in vocabulary.prefixes) ? "" : declaration(prefix, vocabulary);
}

function hasBase(state: EditorState): boolean {
  return /^[^#<]*\bBASE\s*</imu.test(state.doc.toString());
}

/** Puts words at a place, a missing declaration on top, and the cursor `past` characters behind the words. */
function insertWith(view: EditorView, from: number, to: number, insert: string, top: string, past: number): void {
  const changes = [{ from, to, insert }];
  if (top) changes.unshift({ from: 0, to: 0, insert: top });
  view.dispatch({
    changes,
    selection: { anchor: from + top.length + insert.length + past },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

function variables(context: CompletionContext): CompletionResult | null {
  const typed = context.matchBefore(/[?$]\w*$/u);
  if (!typed) return null;
  const text = context.state.sliceDoc(0, typed.from) + context.state.sliceDoc(context.pos);
  const names = new Set([...text.matchAll(/[?$](\w+)/gu)].map((match) => `?${match[1]}`));
  const options = [...names].sort().map((label): Completion => ({ label, type: "variable" }));
  return options.length ? { from: typed.from, options, validFor: /^[?$]\w*$/u } : null;
}
