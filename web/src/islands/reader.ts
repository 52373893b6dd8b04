// `reader`: a mention that has the focus, or was pressed, is explained beside the text without leaving the page.
//
//   <div data-island="reader"> … <a href="/read/…?mention=H#H" data-mention="H">words</a> … <aside class="reader-note">

const WAIT_MS = 120;

export function reader(root: HTMLElement): void {
  const panel = root.querySelector<HTMLElement>(".reader-note");
  if (!panel) throw new Error("the reader has no place for notes");
  const held = new Map<string, Promise<string>>();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let shown = panel.querySelector<HTMLElement>("[data-mention]")?.dataset["mention"] ?? "";

  root.addEventListener("focusin", (event) => {
    const link = mentionIn(event.target);
    if (!link || panel.contains(link)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => void show(link), WAIT_MS);
  });
  root.addEventListener("click", (event) => {
    const link = mentionIn(event.target);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    clearTimeout(waiting);
    history.replaceState(null, "", link.getAttribute("href"));
    if (panel.contains(link)) target(link)?.scrollIntoView({ block: "center" });
    void show(link);
  });

  async function show(link: HTMLAnchorElement): Promise<void> {
    const name = link.dataset["mention"] ?? "";
    if (name === shown) return;
    shown = name;
    mark(root, name);
    const words = held.get(name) ?? fetched(link);
    held.set(name, words);
    try {
      const note = await words;
      if (shown === name) panel!.replaceChildren(document.createRange().createContextualFragment(note));
    } catch (error) {
      held.delete(name);
      throw error;
    }
  }

  function target(link: HTMLAnchorElement): HTMLElement | null {
    return document.getElementById(link.dataset["mention"] ?? "");
  }
}

function mentionIn(target: EventTarget | null): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest<HTMLAnchorElement>("a[data-mention]") : null;
}

/** Marks every piece of one mention; pieces of another are let go. */
function mark(root: HTMLElement, name: string): void {
  for (const old of root.querySelectorAll(".chosen")) old.classList.remove("chosen");
  const chosen = CSS.escape(name);
  for (const piece of root.querySelectorAll(`[id="${chosen}"], [data-of="${chosen}"]`)) piece.classList.add("chosen");
}

async function fetched(link: HTMLAnchorElement): Promise<string> {
  const address = new URL(link.href);
  address.hash = "";
  address.searchParams.set("part", "note");
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the note did not come: ${answer.status}`);
  return answer.text();
}
