// `query-editor`: the text box of a query becomes an editor; a run brings the answer into the page.
//
//   <form data-island="query-editor" data-style-nonce="…"><textarea name="query">…</textarea>…</form>
//
// Tab always leaves the editor (WCAG 2.1.2); Ctrl+] indents. The style sheet that the editor adds carries the nonce.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec, type Transaction } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";

import { completions, vocabularyFrom } from "./editor-completion";
import { diagnosticsOf } from "./editor-problems";
import { looks } from "./editor-theme";
import { runner } from "./results";

const VOCABULARY = "/query/vocabulary.json";

export function queryEditor(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const box = form.querySelector<HTMLTextAreaElement>("textarea[name=query]");
  if (!box) throw new Error("the form of the editor has no textarea named query");
  const vocabulary = vocabularyFrom(VOCABULARY);
  const run = (): boolean => {
    form.requestSubmit();
    return true;
  };
  const view = new EditorView({
    state: EditorState.create({
      doc: box.value,
      extensions: [
        EditorView.cspNonce.of(form.dataset["styleNonce"] ?? ""),
        Prec.highest(keymap.of([{ key: "Mod-Enter", run }, { key: "Ctrl-Enter", run }])),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
        lineNumbers(),
        highlightSpecialChars(),
        highlightActiveLine(),
        history(),
        drawSelection(),
        indentUnit.of("  "),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: completions(vocabulary), icons: false }),
        sparql(),
        looks,
        EditorView.lineWrapping,
        EditorView.domEventHandlers({ beforeinput: (event, view) => typeOver(event, view) }),
        EditorView.contentAttributes.of({ "aria-label": "Query", "spellcheck": "false", "autocapitalize": "off" }),
        // The box stays what the form sends.
        EditorView.updateListener.of((update) => {
          if (update.docChanged) box.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  box.hidden = true;
  box.before(view.dom);
  form.querySelector<HTMLLabelElement>(`label[for="${box.id}"]`)?.addEventListener("click", () => view.focus());
  for (const tool of form.querySelectorAll<HTMLElement>("[data-tool][hidden]")) tool.hidden = false;
  const tellProblem = (problem: HTMLElement | null): void => {
    const found = problem ? diagnosticsOf(view.state.doc, problem, vocabulary.now()) : [];
    view.dispatch(setDiagnostics(view.state, found));
    if (found[0]) view.dispatch({ selection: { anchor: found[0].from }, effects: EditorView.scrollIntoView(found[0].from) });
  };
  runner(form, { text: () => view.state.doc.toString(), setText, tellProblem });
  void vocabulary.ready.then(() => tellProblem(document.getElementById("problem")));

  function setText(text: string): void {
    if (text !== view.state.doc.toString()) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    }
  }
}

/**
 * Types over a selection without the browser's own way of joining what is left: that writes style attributes, which the
 * policy refuses with a word on the console.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { from, to } = view.state.selection.main;
  const text = event.data;
  if (event.inputType !== "insertText" || text === null || view.composing || from === to) return false;
  const plain = (): Transaction => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  event.preventDefault();
  const taken = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, plain));
  if (!taken) view.dispatch(plain());
  return true;
}
