import { beforeEach, expect, test } from "vitest";
import { showError } from "./errors";
import { startIslands } from "./islands";

beforeEach(() => {
  document.body.innerHTML = "";
});

test("an element starts once, however often the page is walked", () => {
  document.body.innerHTML = '<b data-island="count"></b>';
  let count = 0;
  const islands = { count: () => void (count += 1) };
  startIslands(document, islands);
  startIslands(document, islands);
  expect(count).toBe(1);
});

test("an unknown name throws, and the known islands have started all the same", () => {
  document.body.innerHTML = '<b data-island="cuont"></b><i data-island="count"></i>';
  const seen: string[] = [];
  const start = () => startIslands(document, { count: (element) => void seen.push(element.localName) });
  expect(start).toThrow('unknown island "cuont" on <b>; the known ones are count');
  expect(seen).toEqual(["i"]);
});

test("a name from the prototype of objects is unknown too", () => {
  document.body.innerHTML = '<b data-island="toString"></b>';
  expect(() => startIslands(document, {})).toThrow("toString");
});

test("errors are said once on the page, and counted", () => {
  showError(document, new Error("first"));
  showError(document, "second");
  const notes = document.querySelectorAll(".script-error");
  expect(notes.length).toBe(1);
  expect(notes[0]?.textContent).toContain("(2 times): second");
});
