// Judge pages: node checks/html.mjs FILE… prints one JSON line a fault {file, line, column, rule, words} and nothing else.
//
// Two judges: parse5 reads each page as a browser does and reports every parse error of the HTML standard (§13.2.2);
// html-validate knows which elements and attributes may stand where, and what helps a screen reader.

import { readFileSync } from "node:fs";

import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { parse } from "parse5";

const config = {
  extends: ["html-validate:recommended"],
  rules: {
    // Matters of taste that change nothing in a browser.
    "doctype-style": "off",
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "attr-quotes": "off",
    // Labels and titles of documents stand in titles, and may be long.
    "long-title": "off",
    "no-inline-style": "error",
    // HTML asks for an id without white space (§3.2.6); the anchors of the reader are hashes, which may begin with a digit.
    "valid-id": ["error", { relaxed: true }],
  },
};
const judge = new HtmlValidate(new StaticConfigLoader(config));

for (const file of process.argv.slice(2)) {
  const html = readFileSync(file, "utf8");
  const tell = (line, column, rule, words) => console.log(JSON.stringify({ file, line, column, rule, words }));
  parse(html, { onParseError: (error) => tell(error.startLine, error.startCol, `parse5:${error.code}`, error.code) });
  const report = await judge.validateString(html, file);
  for (const result of report.results) {
    for (const fault of result.messages) tell(fault.line, fault.column, fault.ruleId, fault.message);
  }
}
