// Islands: markup on the page that a function enhances. `data-island="copy"` names the function `copy`.

/** Enhances one element; it reads what it needs from the element and its attributes. */
export type Island = (element: HTMLElement) => void;

/** The islands by the name that markup uses. */
export type Islands = Readonly<Record<string, Island>>;

const started = new WeakSet<HTMLElement>();

/**
 * Starts every island inside `root`, each element once, however often this is called.
 *
 * An element may name several islands, separated by spaces. Throws an Error that names the unknown island and its
 * element, after the known ones have been started: one misspelt name must not leave the rest of a page dead.
 */
export function startIslands(root: ParentNode, islands: Islands): void {
  const unknown: string[] = [];
  for (const element of root.querySelectorAll<HTMLElement>("[data-island]")) {
    if (started.has(element)) continue;
    started.add(element);
    for (const name of namesOf(element)) {
      const island = Object.hasOwn(islands, name) ? islands[name] : undefined;
      if (island) island(element);
      else unknown.push(`"${name}" on <${element.localName}>`);
    }
  }
  if (unknown.length > 0) {
    throw new Error(`unknown island ${unknown.join(", ")}; the known ones are ${Object.keys(islands).sort().join(", ")}`);
  }
}

function namesOf(element: HTMLElement): string[] {
  return (element.dataset["island"] ?? "").split(/\s+/).filter((name) => name !== "");
}
