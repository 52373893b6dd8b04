// A script error is said on the page, so that nobody meets a dead page in silence.

/** Shows `error` in a note at the top of the page; a further one is counted, not stacked. */
export function showError(page: Document, error: unknown): void {
  const words = error instanceof Error ? error.message : String(error);
  const note = page.querySelector<HTMLElement>(".script-error") ?? addNote(page);
  const count = Number(note.dataset["count"] ?? "0") + 1;
  note.dataset["count"] = String(count);
  note.textContent = `A script of this page failed${count > 1 ? ` (${count} times)` : ""}: ${words}. The page can be read without it.`;
}

function addNote(page: Document): HTMLElement {
  const note = page.createElement("p");
  note.className = "script-error";
  note.setAttribute("role", "alert");
  page.body.prepend(note);
  return note;
}
