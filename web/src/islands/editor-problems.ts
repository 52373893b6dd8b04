// A problem that the server found → the place in the editor, and a remedy that can be pressed where there is one.

import type { Action, Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";

import { declaration, type Vocabulary } from "./editor-completion";

/** The mark for a problem note with `data-line`, `data-column` (from 1) and `data-length`; none without a place. */
export function diagnosticsOf(doc: Text, note: HTMLElement, vocabulary: Vocabulary | null): Diagnostic[] {
  const line = Number(note.dataset["line"]);
  if (!(line >= 1 && line <= doc.lines)) return [];
  const { from: start, to: end, text } = doc.line(line);
  const column = Math.max(1, Number(note.dataset["column"] ?? "1"));
  const length = Math.max(1, Number(note.dataset["length"] ?? "1"));
  // The server counts characters, the editor UTF-16 units.
  const characters = [...text];
  const units = (count: number): number => characters.slice(0, count).join("").length;
  const to = Math.min(end, start + units(column - 1 + length));
  // At the end of a line the last character is marked: something has to be seen.
  const from = Math.min(start + units(column - 1), Math.max(start, to - 1));
  const message = note.querySelector("p")?.textContent ?? "";
  const prefix = note.dataset["prefix"];
  return [{ from, to, severity: "error", message, actions: prefix && vocabulary ? [declare(prefix, vocabulary)] : [] }];
}

function declare(prefix: string, vocabulary: Vocabulary): Action {
  return {
    name: `Declare ${prefix}:`,
    apply: (view) => view.dispatch({ changes: { from: 0, insert: declaration(prefix, vocabulary) } }),
  };
}
