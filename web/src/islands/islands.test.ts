import { expect, test, vi } from "vitest";
import { copy } from "./copy";
import { tableSort } from "./table-sort";

function column(): string[] {
  return [...document.querySelectorAll("tbody tr")].map((row) => row.textContent ?? "");
}

test("a table sorts by numbers inside words, then backwards, then as given", () => {
  document.body.innerHTML = `<table><thead><tr><th>Item</th></tr></thead>
    <tbody><tr><td>5 (b)</td></tr><tr><td>10</td></tr><tr><td>5 (a)</td></tr></tbody></table>`;
  tableSort(document.querySelector("table") as HTMLElement);
  const heading = document.querySelector("th") as HTMLElement;
  const button = heading.querySelector("button") as HTMLButtonElement;
  button.click();
  expect(column()).toEqual(["5 (a)", "5 (b)", "10"]);
  expect(heading.getAttribute("aria-sort")).toBe("ascending");
  button.click();
  expect(column()).toEqual(["10", "5 (b)", "5 (a)"]);
  button.click();
  expect(column()).toEqual(["5 (b)", "10", "5 (a)"]);
  expect(heading.hasAttribute("aria-sort")).toBe(false);
});

test("a cell's own sort key goes before its words", () => {
  document.body.innerHTML = `<table><thead><tr><th>Date</th></tr></thead>
    <tbody><tr><td data-sort="2016-10-19">19 October 2016</td></tr><tr><td data-sort="2005-10-10">10 October 2005</td></tr></tbody></table>`;
  tableSort(document.querySelector("table") as HTMLElement);
  (document.querySelector("th button") as HTMLButtonElement).click();
  expect(column()[0]).toBe("10 October 2005");
});

test("the copy button appears, copies the words it names and says so", async () => {
  const written = vi.fn(async () => undefined);
  Object.defineProperty(navigator, "clipboard", { value: { writeText: written }, configurable: true });
  document.body.innerHTML = '<code id="iri"> https://example.org/x </code><button data-copy="iri" hidden>Copy</button>';
  const button = document.querySelector("button") as HTMLButtonElement;
  copy(button);
  expect(button.hidden).toBe(false);
  button.click();
  await vi.waitFor(() => expect(button.textContent).toBe("Copied"));
  expect(written).toHaveBeenCalledWith("https://example.org/x");
});

test("a copy button that names nothing is an error", () => {
  document.body.innerHTML = '<button data-copy="nothing">Copy</button>';
  expect(() => copy(document.querySelector("button") as HTMLElement)).toThrow('"nothing", which is not on this page');
});
