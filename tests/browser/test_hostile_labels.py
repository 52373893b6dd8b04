"""Labels, titles and quotes are data: script, right-to-left override and 10 kB of text are shown, never run."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

import pytest
from playwright.sync_api import Page
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize
from site_walk import KINDS, examples

TERMS = "https://w3id.org/treatygraph/ns#"
THINGS = "https://w3id.org/treatygraph/id/"
OVERRIDE = "\u202e"
SCRIPT = (
    "</script><script>ran()</script><img src=x onerror=ran()>\"'><a href=javascript:ran()>{{ 7*7 }}${7*7}]]>"
)
HOSTILE = f"{SCRIPT} {OVERRIDE}desrever "
LONG = HOSTILE + "Überlänge" * 1100  # 10 kB without a place to break
KEPT = {f"{TERMS}{name}" for name in ("key", "textHash", "fileHash", "where", "unit")}
STRINGS = {"http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}

AGENDA = f"""# {SCRIPT} Annotated provisional agenda {OVERRIDE}desrever

WELL/2031/7

Third meeting of the Well Council, Spa, 2 to 4 May 2031

## Annotations

1. {SCRIPT} Springs

The Council will consider article 16 of the United Nations Convention against Transnational Organized Crime {SCRIPT}.

{"Überlänge" * 1100}
"""

LONGEST_SEARCH = 300

SHOWN = tuple(kind.name for kind in KINDS if kind.example)


@pytest.fixture(scope="module")
def hostile_site(
    built_store: Path,
    live_server: Any,
    treatygraph_command: list[str],
    serve_store: Callable[[Path], Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """A server over the shipped graph whose every string is hostile, and whose examples have labels of 10 kB."""
    folder = tmp_path_factory.mktemp("hostile")
    long = {NamedNode(THINGS + address[5:]) for address in examples(live_server.url).values()}
    graph, store = folder / "hostile.nq", folder / "store"
    exported = subprocess.run(
        [*treatygraph_command, "--store", built_store, "export", "--format", "nquads"],
        check=True,
        capture_output=True,
    )
    quads = (_hostile(quad, long) for quad in parse(exported.stdout, format=RdfFormat.N_QUADS))
    serialize(quads, graph, format=RdfFormat.N_QUADS)
    load = [*treatygraph_command, "--store", store, "load", graph, "--no-validate"]
    subprocess.run(load, check=True, capture_output=True)
    return str(serve_store(store).url)


@pytest.fixture(scope="module")
def hostile_text_site(
    built_store: Path,
    treatygraph_command: list[str],
    serve_store: Callable[[Path], Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """A server that holds a document whose text is hostile."""
    folder = tmp_path_factory.mktemp("hostile-text")
    (folder / "agenda.md").write_text(AGENDA)
    shutil.copytree(built_store, folder / "store")
    ingest = [*treatygraph_command, "--store", folder / "store", "ingest", folder / "agenda.md"]
    subprocess.run(ingest, check=True, capture_output=True)
    return str(serve_store(folder / "store").url)


def _hostile(quad: Quad, long: set[NamedNode]) -> Quad:
    value = quad.object
    if not isinstance(value, Literal) or value.datatype.value not in STRINGS or quad.predicate.value in KEPT:
        return quad
    words = (
        LONG if quad.subject in long and quad.predicate.value.endswith("#label") else HOSTILE
    ) + value.value
    return Quad(quad.subject, quad.predicate, Literal(words, language=value.language), quad.graph_name)


@pytest.fixture(scope="module")
def one_page(watched: Callable[[], AbstractContextManager[Any]]) -> Iterator[Page]:
    """A page for all tests of this file, on which a script that a label brought would be heard."""
    with watched() as profile:
        profile.context.add_init_script("window.ran = () => console.error('a label ran at ' + location.href)")
        page = profile.context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(f"a label opened {dialog.message}"))
        yield page


@pytest.fixture
def hostile_page(one_page: Page) -> Page:
    """That page at desktop width."""
    one_page.set_viewport_size({"width": 1280, "height": 900})
    return one_page


@pytest.mark.parametrize("kind", SHOWN)
def test_hostile_labels_are_shown_and_never_run(
    hostile_site: str, live_server: Any, hostile_page: Page, kind: str
) -> None:
    address = examples(live_server.url)[kind]
    answer = hostile_page.goto(urljoin(hostile_site, address), wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200
    assert "ran()" not in hostile_page.evaluate(_MADE)
    if kind in OF_LABELS:
        assert "<script>ran()</script>" in hostile_page.locator("main").inner_text()
    assert hostile_page.evaluate(_REORDERED) == []
    hostile_page.set_viewport_size({"width": 390, "height": 844})
    assert hostile_page.evaluate("document.documentElement.scrollWidth") <= 390


def test_hostile_text_is_read_and_never_run(hostile_text_site: str, hostile_page: Page) -> None:
    """The reader shows a text of somebody's with its mark-up as words; so does the page of the document."""
    found = hostile_page.request.get(f"{hostile_text_site}/sparql?format=csv&query={quote(_HELD)}")
    key = found.text().split()[1]
    for address in (f"/read/{key}", f"/doc/{key}", f"/doc/{key.rpartition('/')[0]}"):
        answer = hostile_page.goto(hostile_text_site + address, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200
        assert "ran()" not in hostile_page.evaluate(_MADE)
        if address.startswith("/read/"):
            assert "<script>ran()</script>" in hostile_page.locator("main").inner_text()


@pytest.mark.parametrize("words", [SCRIPT, OVERRIDE + "desrever", "Überlänge" * 200, 'a\' OR "1"="1 } #'])
def test_hostile_search_is_answered(hostile_site: str, hostile_page: Page, words: str) -> None:
    answer = hostile_page.goto(f"{hostile_site}/search?q={quote(words)}", wait_until="networkidle")
    assert answer is not None
    assert answer.status in (200, 404)
    assert hostile_page.locator("input[name=q]").first.input_value() == words[:LONGEST_SEARCH]
    assert "ran()" not in hostile_page.evaluate(_MADE)


# Pages whose words come from the graph; the others have words of ours alone.
OF_LABELS = set(SHOWN) - {
    "start",
    "questions",
    "question",
    "about",
    "shapes",
    "vocabulary",
    "query",
    "search",
    "reader",
    "named graph",
}

_HELD = f"PREFIX tg: <{TERMS}> SELECT ?key {{ ?text a tg:Expression ; tg:key ?key FILTER CONTAINS(?key, 'WELL') }}"

# What a label would have made, had it been taken for mark-up: attributes that run, and elements of its own.
_MADE = """() => [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes]
  .filter((a) => (a.name.startsWith("on") || /^\\s*javascript:/i.test(a.value)))
  .map((a) => a.value)).concat([...document.querySelectorAll("script:not([src])")]
  .filter((e) => !/json/.test(e.type)).map((e) => e.text)).join(" ")"""

# Words with an override that are neither isolated nor alone in their block would turn round what follows them.
_REORDERED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    let at = text.parentElement;
    if (!text.data.includes("\\u202e") || !at.checkVisibility() || at.closest("select, textarea, svg, title, script, blockquote, pre")) continue;
    const inLine = (e) => getComputedStyle(e).display === "inline";
    while (inLine(at) && getComputedStyle(at).unicodeBidi === "normal") at = at.parentElement;
    if (!inLine(at) && at.textContent.trim() !== text.data.trim())
      found.push(text.parentElement.outerHTML.replace(text.data, text.data.slice(0, 20)).slice(0, 160));
  }
  return found.slice(0, 5);
}"""
