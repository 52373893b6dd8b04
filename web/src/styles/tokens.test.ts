import { expect, test } from "vitest";
import css from "./tokens.css?raw";

const TEXTS = ["ink", "ink-soft", "accent", "provision", "act", "document", "happening", "serious"] as const;
const GROUNDS: Readonly<Record<string, readonly string[]>> = {
  paper: TEXTS,
  "paper-sunk": TEXTS,
  "accent-ground": ["ink", "accent", "provision", "act", "document", "happening"],
  "serious-ground": ["ink", "serious"],
  accent: ["paper"],
};

/** The colours of one scheme; the dark one is what stands after the media query, over the light one. */
function colours(scheme: "light" | "dark"): Map<string, string> {
  const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");
  const read = (text: string) => [...text.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]] as [string, string]);
  return new Map([...read(light), ...(scheme === "dark" ? read(dark) : [])]);
}

/** Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test.each(["light", "dark"] as const)("text on its ground has a contrast of at least 4.5 : 1 in the %s scheme", (scheme) => {
  const named = colours(scheme);
  const poor = Object.entries(GROUNDS).flatMap(([ground, texts]) =>
    texts
      .map((text) => ({ pair: `${text} on ${ground}`, ratio: contrast(named.get(text) ?? "", named.get(ground) ?? "") }))
      .filter(({ ratio }) => !(ratio >= 4.5)),
  );
  expect(poor).toEqual([]);
});

test("the dark scheme names every colour of the light one", () => {
  const [, dark = ""] = css.split("@media (prefers-color-scheme: dark)");
  expect(colours("light").size).toBeGreaterThan(10);
  expect([...colours("light").keys()].filter((name) => !dark.includes(`--${name}:`))).toEqual([]);
});
