// How the editor looks: the site's tokens, in light and dark.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--ink-soft)",
    borderRadius: "3px",
    fontSize: "0.9rem",
  },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", maxHeight: "70vh" },
  ".cm-content, .cm-gutter": { minHeight: "10rem" },
  ".cm-content": { caretColor: "var(--ink)", paddingBlock: "0.5rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { color: "var(--ink-soft)", backgroundColor: "var(--paper-sunk)", borderRight: "1px solid var(--rule)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--paper-sunk) 60%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--selection)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-ground)", outline: "1px solid var(--accent)" },
  // The library's own underline is a picture in a data: address, which the policy refuses.
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--serious) 1.5px",
    textUnderlineOffset: "0.25em",
    backgroundColor: "var(--serious-ground)",
  },
  ".cm-lintPoint::after": { borderBottomColor: "var(--serious)" },
  ".cm-tooltip": {
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    border: "1px solid var(--ink-soft)",
    borderRadius: "3px",
    maxWidth: "min(44rem, 94vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "18em", maxWidth: "min(44rem, 94vw)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-ground)", color: "var(--ink)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: "var(--accent)" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", color: "var(--ink-soft)", marginInlineStart: "1em" },
  ".cm-completionInfo": { fontFamily: "var(--sans)", fontSize: "0.85rem", lineHeight: "1.45", padding: "0.5rem 0.75rem", maxWidth: "24rem" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", padding: "0.5rem 0.75rem", borderLeft: "4px solid var(--serious)" },
  ".cm-diagnosticAction": { backgroundColor: "var(--accent)", color: "var(--paper)" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: tags.variableName, color: "var(--happening)" },
  { tag: tags.string, color: "var(--document)" },
  { tag: [tags.integer, tags.float, tags.bool], color: "var(--document)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--provision)" },
  { tag: tags.annotation, color: "var(--ink-soft)" },
]);

export const looks = [theme, syntaxHighlighting(colours)];
