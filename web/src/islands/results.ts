// A run of the query: the server's own section of the answer takes the place of the one on the page.

import { startIslands, type Islands } from "../lib/islands";
import { copy } from "./copy";
import { tableSort } from "./table-sort";

/** What the runner needs of the editor. */
export interface Editor {
  text(): string;
  setText(text: string): void;
  /** Marks the place of a problem; null takes the marks away. */
  tellProblem(note: HTMLElement | null): void;
}

const ISLANDS: Islands = {
  copy,
  "table-sort": tableSort,
  "result-graph": async (figure) => (await import("./result-graph")).resultGraph(figure),
};
// Longer addresses are refused by some browsers and servers on the way; such a query runs and is not in the address.
const LONGEST_ADDRESS = 8000;

export function runner(form: HTMLFormElement, editor: Editor): void {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const status = form.querySelector<HTMLElement>("[role=status]");
  const format = form.querySelector<HTMLSelectElement>("select[name=format]");
  if (!button || !status) throw new Error("the form of the editor needs a submit button and a status line");
  const idle = button.textContent;
  let running: AbortController | null = null;

  form.addEventListener("submit", (event) => {
    // Data is a download: the form itself asks for it.
    if (format && format.value !== "html") return;
    event.preventDefault();
    if (running) running.abort();
    else void run(true);
  });
  window.addEventListener("popstate", () => {
    const query = new URL(location.href).searchParams.get("query");
    if (query === null) return location.reload();
    editor.setText(query);
    void run(false);
  });

  async function run(remember: boolean): Promise<void> {
    const started = performance.now();
    const control = new AbortController();
    running = control;
    button!.textContent = "Stop";
    const clock = setInterval(() => {
      status!.textContent = `running, ${Math.round((performance.now() - started) / 1000)} s`;
    }, 1000);
    try {
      const query = editor.text();
      if (remember) remembered(query);
      show(await answerTo(form, query, control.signal));
    } catch (error) {
      status!.textContent = control.signal.aborted ? "Stopped." : sentence(error);
    } finally {
      clearInterval(clock);
      running = null;
      button!.textContent = idle;
    }
  }

  function show(fragment: DocumentFragment): void {
    const fresh = fragment.querySelector<HTMLElement>("#answer");
    const old = document.getElementById("answer");
    if (!fresh || !old) throw new Error("the server sent no answer");
    const keys = old.querySelector<HTMLInputElement>("#names")?.checked === false;
    old.replaceWith(fresh);
    const names = fresh.querySelector<HTMLInputElement>("#names");
    if (names && keys) names.checked = false;
    startIslands(fresh, ISLANDS);
    const problem = fresh.querySelector<HTMLElement>("#problem");
    editor.tellProblem(problem);
    status!.textContent = problem ? "No answer." : (fresh.querySelector(".count")?.textContent?.trim() ?? "");
  }
}

async function answerTo(form: HTMLFormElement, query: string, signal: AbortSignal): Promise<DocumentFragment> {
  const body = new URLSearchParams({ query, part: "answer" });
  for (const hidden of form.querySelectorAll<HTMLInputElement>("input[type=hidden]")) body.append(hidden.name, hidden.value);
  const answer = await fetch("/query", { method: "POST", body, signal, headers: { Accept: "text/html" } });
  const range = document.createRange();
  return range.createContextualFragment(await answer.text());
}

function remembered(query: string): void {
  const address = `/query?${new URLSearchParams({ query })}`;
  const here = new URL(location.href).searchParams.get("query");
  if (address.length <= LONGEST_ADDRESS && query !== here) history.pushState(null, "", address);
}

function sentence(error: unknown): string {
  return error instanceof TypeError ? "The server does not answer." : String(error);
}
