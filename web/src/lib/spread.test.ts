import { expect, test } from "vitest";
import { type Block, spread } from "./spread";

const block = (size: number, ideal: number): Block => ({ size, ideal });

test("a block stands with its middle where it would like to be", () => {
  expect(spread([block(10, 50)], 100)).toEqual([45]);
});

test("blocks that want the same place share it to both sides, in their order", () => {
  expect(spread([block(10, 50), block(20, 50)], 100)).toEqual([37.5, 47.5]);
});

test("nothing leaves the room, and the room grows where the blocks do not fit", () => {
  expect(spread([block(10, -40), block(10, 140)], 100)).toEqual([0, 90]);
  expect(spread([block(30, 0), block(30, 0)], 40)).toEqual([0, 30]);
});

test("whatever they want, blocks keep their order and stand clear of one another", () => {
  for (let seed = 1; seed < 200; seed += 1) {
    const blocks = Array.from({ length: 12 }, (_, index) => block(4 + ((seed * (index + 3)) % 9), (seed * 37 * (index + 1)) % 300));
    const edges = spread(blocks, 300);
    edges.forEach((edge, index) => expect(edge + (blocks[index]?.size ?? 0)).toBeLessThanOrEqual((edges[index + 1] ?? 300) + 1e-9));
    expect(edges[0]).toBeGreaterThanOrEqual(0);
  }
});

test("no move of one block alone brings the blocks nearer to where they want to be", () => {
  const blocks = [block(10, 80), block(10, 20), block(10, 60), block(10, 65)];
  const edges = spread(blocks, 200);
  const cost = (places: readonly number[]) => places.reduce((sum, edge, index) => sum + (edge + 5 - (blocks[index]?.ideal ?? 0)) ** 2, 0);
  const allowed = (places: readonly number[]) => places.every((edge, index) => edge >= 0 && edge + 10 <= (places[index + 1] ?? 200));
  for (const index of edges.keys()) {
    for (const step of [-0.5, 0.5]) {
      const moved = edges.map((edge, at) => (at === index ? edge + step : edge));
      if (allowed(moved)) expect(cost(moved)).toBeGreaterThanOrEqual(cost(edges));
    }
  }
});
