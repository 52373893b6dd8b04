// The one script of every page: it starts the islands that the page names, and shows what goes wrong.

import { copy } from "./islands/copy";
import { tableSort } from "./islands/table-sort";
import { showError } from "./lib/errors";
import { startIslands } from "./lib/islands";

window.addEventListener("error", (event) => showError(document, event.error ?? event.message));
window.addEventListener("unhandledrejection", (event) => showError(document, event.reason));

startIslands(document, {
  "query-editor": async (form) => (await import("./islands/editor")).queryEditor(form),
  reader: async (root) => (await import("./islands/reader")).reader(root),
  "result-graph": async (figure) => (await import("./islands/result-graph")).resultGraph(figure),
  copy,
  "table-sort": tableSort,
  bipartite: async (root) => (await import("./islands/bipartite")).bipartite(root),
  timeline: async (root) => (await import("./islands/timeline")).timeline(root),
});
