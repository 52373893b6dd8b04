// A problem that the server found → the place in the editor, and a remedy that can be pressed where there is one.

import type { Action, Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";

import { declaration, type Vocabulary } from "./editor-completion";

const NAME_BEFORE = /(?:([A-Za-z][\w-]*):[\w.-]*|[\w?$:.-]+)$/u;

/** The mark for a problem note with `data-line` and `data-column` (from 1, in characters); none without a place. */
export function diagnosticsOf(doc: Text, note: HTMLElement, vocabulary: Vocabulary | null): Diagnostic[] {
  const line = Number(note.dataset["line"]);
  if (!(line >= 1 && line <= doc.lines)) return [];
  const { from: start, text } = doc.line(line);
  const column = Math.max(1, Number(note.dataset["column"] ?? "1"));
  // The server counts characters, the editor UTF-16 units.
  const at = [...text].slice(0, column - 1).join("").length;
  const before = NAME_BEFORE.exec(text.slice(0, at));
  const message = note.querySelector("p")?.textContent ?? "";
  const missing = message.includes("prefix that the query does not declare") ? before?.[1] : undefined;
  // What is wrong often ends at the place: the name before it is marked too.
  const from = start + (before ? before.index : at);
  const to = Math.min(doc.length, Math.max(start + at + (at < text.length ? 1 : 0), from + 1));
  const actions = missing && vocabulary?.prefixes[missing] ? [declare(missing, vocabulary)] : [];
  return [{ from: Math.min(from, to), to, severity: "error", message, actions }];
}

function declare(prefix: string, vocabulary: Vocabulary): Action {
  return {
    name: `Declare ${prefix}:`,
    apply: (view) => view.dispatch({ changes: { from: 0, insert: declaration(prefix, vocabulary) } }),
  };
}
