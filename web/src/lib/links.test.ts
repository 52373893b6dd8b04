import { expect, test } from "vitest";
import { draw } from "./links-drawing";
import { layout } from "./links-layout";
import { keyOf, linkName, modelOf, type Row } from "./links-model";
import { shorten, wrap } from "./svg";

const ID = "https://w3id.org/treatygraph/id/";
const measure = (text: string) => text.length * 7;

function row(article: number, item: string, place: string, mentions: number, more: Row = {}): Row {
  return {
    provision: `${ID}treaty/springs/art/${article}`,
    provisionLabel: `Article ${article}`,
    treaty: `${ID}treaty/springs`,
    treatyLabel: "Springs Convention",
    meeting: `${ID}meeting/well-council/3`,
    meetingLabel: "3rd meeting",
    item: `${ID}meeting/well-council/3/item/${item}`,
    itemLabel: `Item ${item}: Wells`,
    number: item,
    order: item,
    earliest: "2031-05-02",
    place,
    mentions: String(mentions),
    ...more,
  };
}

test("the rows of a link are one line: its most telling place, its mentions together", () => {
  const { links } = modelOf([row(2, "3", "annotation", 4), row(2, "3", "title", 2)]);
  expect(links.map(({ kind, mentions }) => [kind, mentions])).toEqual([["title", 6]]);
  expect(linkName(links[0]!, (place) => place)).toBe("Article 2 ↔ item 3: annotation, title; 6 mentions");
});

test("a meeting of two bodies counts its mentions once", () => {
  const { links } = modelOf([row(2, "3", "title", 2, { body: "a" }), row(2, "3", "title", 2, { body: "b" })]);
  expect(links[0]?.mentions).toBe(2);
});

test("items come in order of time and agenda, the undated last", () => {
  const later = { meeting: `${ID}meeting/well-council/4`, earliest: "2032-05-02" };
  const undated = { meeting: `${ID}meeting/well-council/9`, earliest: "" };
  const { earliest: _, ...bare } = row(1, "9", "title", 1, undated);
  const rows = [bare, row(1, "10", "title", 1), row(1, "2", "title", 1), row(1, "1", "title", 1, { ...later, item: `${ID}x` })];
  expect(modelOf(rows).items.map(({ name }) => name)).toEqual(["2", "10", "1", "9"]);
});

test("provisions keep the order of the rows, and all articles stand around the linked ones when asked for", () => {
  const rows = [row(2, "3", "title", 1), row(10, "3", "title", 1, { provision: `${ID}treaty/springs/art/10/para/1`, provisionLabel: "Article 10, paragraph 1" })];
  expect(modelOf(rows).provisions.map(({ name }) => name)).toEqual(["Article 2", "Article 10, paragraph 1"]);
  const articles = [1, 2, 10].map((number) => ({ provision: `treaty/springs/art/${number}`, provisionLabel: `Article ${number}` }));
  expect(modelOf(rows, articles).provisions.map(({ name, links }) => [name, links.length])).toEqual([
    ["Article 1", 0],
    ["Article 2", 1],
    ["Article 10", 0],
    ["Article 10, paragraph 1", 1],
  ]);
});

test("the treaty whose items come first stands first", () => {
  const other = { treaty: `${ID}treaty/a`, treatyLabel: "A", provision: `${ID}treaty/a/art/1` };
  expect(modelOf([row(1, "8", "title", 1, other), row(1, "2", "title", 1)]).provisions.map(({ group }) => group)).toEqual(["Springs Convention", "A"]);
});

test("an item that has no number is named by the end of its key and keeps its whole label", () => {
  const { number: _, ...bare } = row(1, "3", "title", 1, { itemLabel: "Wells: and springs" });
  expect(modelOf([bare]).items.map(({ name, title }) => [name, title])).toEqual([["3", "Wells: and springs"]]);
  expect(keyOf("https://example.org/x")).toBe("https://example.org/x");
});

test("nodes stand in their order, inside the picture, and clear of one another", () => {
  const rows = Array.from({ length: 60 }, (_, index) => row((index * 7) % 23, String((index * 5) % 9), "title", 1 + (index % 6)));
  const model = modelOf(rows);
  const { nodes, height } = layout(model, 800, measure);
  for (const side of ["provision", "item"]) {
    const column = nodes.filter(({ node }) => node.side === side);
    column.forEach(({ y, height: own }, index) => {
      const next = column[index + 1];
      expect(y + own / 2).toBeLessThanOrEqual((next ? next.y - next.height / 2 : height) + 1e-6);
    });
  }
});

test("the lines of a node come to it in the order of what they lead to", () => {
  const rows = ["4", "1", "3", "2"].map((item) => row(2, item, "title", 3));
  const placed = layout(modelOf(rows), 800, measure).links;
  const ends = [...placed].sort((a, b) => a.from - b.from).map(({ link }) => link.item.name);
  expect(ends).toEqual(["1", "2", "3", "4"]);
});

test("more mentions make a thicker line, and a node with very many lines keeps within bounds", () => {
  const [few, many] = layout(modelOf([row(1, "1", "title", 1), row(2, "2", "title", 9)]), 800, measure).links;
  expect(many!.width).toBeGreaterThan(few!.width);
  const crowd = layout(modelOf(Array.from({ length: 60 }, (_, index) => row(index, "1", "title", 40))), 800, measure);
  expect(Math.max(...crowd.nodes.map(({ bar }) => bar))).toBeLessThanOrEqual(151);
});

test("each thing of the picture is a button with words; labels are text, never markup", () => {
  const evil = { itemLabel: "Item 3: <img src=x onerror=alert(1)>", provisionTitle: "\u202edrawkcab" };
  const { picture } = draw(layout(modelOf([row(2, "3", "title", 1, evil)]), 1200, measure));
  const buttons = [...picture.querySelectorAll("[role=button]")];
  expect(buttons.length).toBe(3);
  expect(buttons.every((button) => (button.getAttribute("aria-label") ?? "").length > 5)).toBe(true);
  expect(picture.querySelector("img")).toBeNull();
  expect(picture.textContent).toContain("<img");
});

test("a kind of link differs by its dashes too", () => {
  const places = ["title", "annotation", "programme", "documentation"];
  const { picture } = draw(layout(modelOf(places.map((place, index) => row(index, "3", place, 1))), 800, measure));
  const dashes = [...picture.querySelectorAll("path.link")].map((path) => path.getAttribute("stroke-dasharray"));
  expect(new Set(dashes).size).toBe(4);
});

test("words are wrapped and shortened to the room they have", () => {
  expect(wrap("one two three four", 60, 2, measure)).toEqual(["one two", "three f…"]);
  expect(wrap("a single", 200, 2, measure)).toEqual(["a single"]);
  expect(shorten("short", 100, measure)).toBe("short");
  expect(shorten("x".repeat(10_000), 70, measure)).toBe("xxxxxxxxx…");
  expect(shorten("none", 3, measure)).toBe("");
});
