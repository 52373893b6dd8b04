"""YASGUI, on a page of another origin in a real Chromium, asks the endpoint and shows rows, graphs and mistakes."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>YASGUI</title>
<link rel="stylesheet" href="/yasgui.min.css"><div id="yasgui"></div><script src="/yasgui.min.js"></script>"""
OPEN = """([endpoint, query]) => {
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint }, copyEndpointOnNewTab: false, persistencyExpire: 0 });
  const tab = yasgui.getTab();
  tab.setEndpoint(endpoint);
  tab.setQuery(query);
  window.tab = tab;
}"""
NAMES = "PREFIX : <http://example.org/> SELECT ?name { ?x a :Harbour ; :name ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def origin(modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with YASGUI, served from another origin than the endpoint."""
    folder = tmp_path_factory.mktemp("yasgui")
    for name in ("yasgui.min.css", "yasgui.min.js"):
        (folder / name).symlink_to(modules / "@zazuko" / "yasgui" / "build" / name)
    (folder / "index.html").write_text(PAGE)
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def page(origin: str, browser: Browser) -> Iterator[Page]:
    shown = browser.new_page()
    shown.goto(origin)
    yield shown
    shown.close()


def ask(page: Page, endpoint: str, query: str) -> None:
    """Opens YASGUI anew with a query, and runs it as a click on its button does."""
    page.reload()
    page.evaluate("localStorage.clear()")
    page.evaluate(OPEN, [endpoint, query])
    page.evaluate("() => { window.tab.query().catch(() => {}); }")


def test_rows_are_shown(page: Page, harbours: Any) -> None:
    ask(page, harbours.sparql, NAMES)
    table = page.locator(".yasr table.dataTable tbody")
    expect(table.locator("tr")).to_have_count(3)
    for name in ("Nord", "North", "South"):
        expect(table.get_by_text(name, exact=False).first).to_be_visible()


def test_graph_is_shown(page: Page, harbours: Any) -> None:
    ask(page, harbours.sparql, "CONSTRUCT WHERE { ?s <http://example.org/depth> ?depth }")
    expect(page.locator(".yasr_results")).to_contain_text("http://example.org/depth")


def test_mistake_is_shown(page: Page, harbours: Any) -> None:
    ask(page, harbours.sparql, "SELECT ?x { ?x <http://example.org/name> ?name } ORDER ?name")
    expect(page.locator(".yasr_results")).to_contain_text("400")


def test_what_was_written_elsewhere_is_seen_at_once(page: Page, harbours: Any) -> None:
    """A write from the page's own origin, with a token and a preflight."""
    written = page.evaluate(
        """async ([address, token]) => {
          const headers = { "Content-Type": "text/turtle", Authorization: `Bearer ${token}` };
          const body = '<http://example.org/east> <http://example.org/name> "East" .';
          const done = await fetch(address, { method: "PUT", headers, body });
          return done.status;
        }""",
        [f"{harbours.graphs}?graph=http://example.org/east", harbours.token],
    )
    assert written == 201
    ask(page, harbours.sparql, "SELECT ?name { GRAPH <http://example.org/east> { ?x ?p ?name } }")
    expect(page.locator(".yasr table.dataTable tbody")).to_contain_text("East")
    gone = page.evaluate(
        "async ([address, token]) => (await fetch(address, "
        "{ method: 'DELETE', headers: { Authorization: `Bearer ${token}` } })).status",
        [f"{harbours.graphs}?graph=http://example.org/east", harbours.token],
    )
    assert gone == 204
