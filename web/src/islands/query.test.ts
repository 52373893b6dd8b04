import { Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";

import { marksOf, shortName, statements } from "../lib/ntriples";
import { diagnosticsOf } from "./editor-problems";
import { network } from "./result-graph";

const ID = "https://w3id.org/treatygraph/id/";
const NS = "https://w3id.org/treatygraph/ns#";

describe("N-Triples", () => {
  it("gives things and values, each statement once", () => {
    const line = `<${ID}a> <${NS}b> <${ID}c> .`;
    const text = `${line}\n${line}\n<${ID}a> <${NS}t> "say \\"hi\\"\\n\\u00e9\\U0001F600"@en .\n_:x <${NS}b> _:y .\n`;
    const found = statements(text);
    expect(found.map((each) => each.object)).toEqual([
      { value: `${ID}c`, kind: "thing" },
      { value: 'say "hi"\né😀', kind: "literal" },
      { value: "_:y", kind: "thing" },
    ]);
  });

  it("names things by their keys and marks their kinds", () => {
    expect(shortName(`${ID}treaty/untoc/art/16`)).toBe("treaty/untoc/art/16");
    expect(shortName(`${NS}cites`)).toBe("cites");
    expect(marksOf(`${ID}treaty/untoc`)).toBe("provision");
    expect(marksOf("http://example.org/x")).toBe("other");
  });
});

describe("the network of a graph", () => {
  const triple = (subject: string, predicate: string, value: string) => ({ subject, predicate, object: { value, kind: "thing" as const } });

  it("draws one line between two things, with all the words for it", () => {
    const found = network([triple(`${ID}a`, `${NS}x`, `${ID}b`), triple(`${ID}a`, `${NS}y`, `${ID}b`)], new Map([["/doc/b", "B"]]));
    expect(found.lines.map((line) => line.words)).toEqual(["x, y"]);
    expect(found.nodes.map((node) => node.name)).toEqual(["a", "B"]);
  });

  it("leaves out classes, and says how many things are left when there are too many", () => {
    const all = Array.from({ length: 100 }, (_, n) => triple(`${ID}hub`, `${NS}x`, `${ID}${n}`));
    all.push(triple(`${ID}hub`, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", `${NS}Treaty`));
    const found = network(all, new Map());
    expect(found.nodes.length + found.left).toBe(101);
    expect(found.nodes[0]?.name).toBe("hub");
  });
});

describe("the place of a problem", () => {
  function note(line: string, column: string, length: string): HTMLElement {
    const made = document.createElement("div");
    Object.assign(made.dataset, { line, column, length });
    made.innerHTML = "<p>wrong</p>";
    return made;
  }

  it("counts characters, not UTF-16 units", () => {
    const doc = Text.of(["SELECT", "😀😀 a:b c"]);
    const [found] = diagnosticsOf(doc, note("2", "4", "3"), null);
    expect(found && doc.sliceString(found.from, found.to)).toBe("a:b");
  });

  it("marks the last character when the place is behind the end of its line", () => {
    const doc = Text.of(["ASK {", "x"]);
    const [found] = diagnosticsOf(doc, note("1", "9", "1"), null);
    expect(found && doc.sliceString(found.from, found.to)).toBe("{");
  });

  it("marks nothing where the line is not there any more", () => {
    expect(diagnosticsOf(Text.of(["ASK {}"]), note("7", "1", "1"), null)).toEqual([]);
    expect(diagnosticsOf(Text.of(["ASK {}"]), document.createElement("div"), null)).toEqual([]);
  });
});
