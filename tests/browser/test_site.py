"""What holds on every kind of page: no dead link, small, whole without script, for everybody, by keyboard alone."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, Response
from site_walk import KINDS, Visit, examples, missing_places, walk

if TYPE_CHECKING:
    from tests.browser.conftest import Profile, Watch

# `TREATYGRAPH_WALK=all` visits every page, in each look, far by keyboard; otherwise some of each kind, in two looks that
# have both widths and both schemes, so that the walk takes less than a minute.
WALKS_ALL = os.environ.get("TREATYGRAPH_WALK") == "all"
OF_EACH_KIND = 10**9 if WALKS_ALL else 6
MOST = 10**9 if WALKS_ALL else 1500
HTML_BYTES = 100_000
SCRIPT_BYTES = 150_000
EDITOR_BYTES = 350_000
WITH_EDITOR = ("query", "question")

SHOWN = tuple(kind.name for kind in KINDS if kind.example)
DESKTOP, PHONE = (1280, 900), (390, 844)
LOOKS = [(DESKTOP, "light"), (PHONE, "dark"), *([(DESKTOP, "dark"), (PHONE, "light")] if WALKS_ALL else ())]
SETTLE = 150
"""Milliseconds after which a page has drawn what a key press changes."""
TABS = 90 if WALKS_ALL else 16
UNLINKED = {"named graph"}  # no thing of the field; for those who know its address from SPARQL


@pytest.fixture(scope="module")
def visits(live_server: Any) -> list[Visit]:
    """The walk from the first page."""
    first = examples(live_server.url).values()
    return walk(live_server.url, of_each_kind=OF_EACH_KIND, most=MOST, first=first)


@pytest.fixture(scope="module")
def pages(visits: list[Visit]) -> list[Visit]:
    """The visits that found a page, not data."""
    return [visit for visit in visits if visit.outline is not None]


@dataclass
class Shown:
    """A page of a kind as the browser shows it, with the scripts that it loaded."""

    kind: str
    address: str
    page: Page
    scripts: list[Response]


@pytest.fixture(scope="module")
def walker(
    watched: Callable[[], AbstractContextManager[Profile]],
) -> Iterator[tuple[Page, list[Response], Watch]]:
    """The page that goes from kind to kind, the scripts that it loaded, and who watches it."""
    with watched() as profile:
        page, scripts = profile.context.new_page(), list[Response]()
        page.on("response", lambda answer: scripts.append(answer) if _is_script(answer) else None)
        yield page, scripts, profile.watch


@pytest.fixture(scope="module", params=SHOWN)
def shown(
    request: pytest.FixtureRequest,
    addresses: dict[str, str],
    walker: tuple[Page, list[Response], Watch],
) -> Iterator[Shown]:
    """One page of each kind, which the tests below share; the last one fails when the page did what none may do."""
    page, scripts, watch = walker
    scripts.clear()
    _look(page, DESKTOP, "light")
    page.goto(addresses[request.param], wait_until="networkidle")
    yield Shown(request.param, addresses[request.param], page, scripts)
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    watch.judge()


def _look(page: Page, size: tuple[int, int], scheme: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]


def _is_script(answer: Response) -> bool:
    return answer.request.resource_type == "script"


@pytest.fixture(scope="module")
def addresses(live_server: Any) -> dict[str, str]:
    """The address of an example of each kind, with the host."""
    return {name: live_server.url + address for name, address in examples(live_server.url).items()}


def test_no_link_is_dead(visits: list[Visit]) -> None:
    dead = [
        f"{visit.answer.status} {visit.address} (from {visit.linked_from})"
        for visit in visits
        if visit.answer.status != 200
    ]
    assert not dead, "\n".join(dead)


def test_links_into_a_page_find_their_place(pages: list[Visit]) -> None:
    lost = {visit.address: missing_places(visit) for visit in pages}
    assert not {address: places for address, places in lost.items() if places}


def test_every_kind_of_page_is_reached_from_the_first_page(visits: list[Visit]) -> None:
    """And no page is of a kind that nothing here measures."""
    assert set(SHOWN) - UNLINKED <= {visit.kind for visit in visits}
    assert not [visit.address for visit in visits if visit.outline and not visit.kind]


def test_pages_have_language_title_one_heading_and_landmarks(pages: list[Visit]) -> None:
    wrong = []
    for visit in pages:
        outline = visit.outline
        assert outline is not None
        once = all(outline.tags[tag] == 1 for tag in ("h1", "main", "title"))
        if not (once and outline.language == "en" and outline.title.strip() and outline.tags["nav"]):
            wrong.append((visit.address, outline.language, outline.title, outline.tags))
        if len(outline.ids) != len(set(outline.ids)):
            wrong.append((visit.address, "an id stands twice"))
    assert not wrong


def test_pages_have_titles_of_their_own(pages: list[Visit]) -> None:
    """Things of different kinds may share a label; most tabs of a browser tell pages apart."""
    titles = {visit.outline.title for visit in pages if visit.outline}
    addresses = {visit.final.partition("?")[0] for visit in pages}
    assert len(titles) > 0.8 * len(addresses)


def test_pages_are_small(pages: list[Visit]) -> None:
    large = {visit.address: len(visit.answer.body) for visit in pages if len(visit.answer.body) > HTML_BYTES}
    assert not large


def test_script_of_a_page_is_small(shown: Shown) -> None:
    """What the browser loads, gzipped; heavy libraries come where they are used."""
    size = sum(len(gzip.compress(script.body())) for script in shown.scripts)
    assert 0 < size < (EDITOR_BYTES if shown.kind in WITH_EDITOR else SCRIPT_BYTES)


def test_script_that_every_page_loads_is_small(repo: Path) -> None:
    """The entry and what it imports before it runs, by the manifest that the server reads."""
    dist = repo / "web" / "dist"
    manifest = json.loads((dist / ".vite" / "manifest.json").read_text())
    needed, size = ["main.ts"], 0
    for name in needed:
        size += len(gzip.compress((dist / manifest[name]["file"]).read_bytes()))
        needed += [other for other in manifest[name].get("imports", []) if other not in needed]
    assert size < 20_000


_WIDE = """[...document.querySelectorAll("main *")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5)
  .map((e) => e.outerHTML.slice(0, 120))"""


def test_keyboard_reaches_everything_in_order(shown: Shown) -> None:
    """Tab goes through what can be used, in the order of the page, showing where it is, and never stays.

    On long pages the first TABS stops are walked forwards, and as many backwards from the end.
    """
    page = shown.page
    expected = page.evaluate(_STOPS)
    assert expected[0].split()[-1] == "#content"
    assert not page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count()
    walked = _press(page, "Tab", min(TABS, len(expected)))
    assert walked == expected[: len(walked)]
    if len(expected) > TABS:
        page.evaluate("document.querySelector('[data-stop=last]').focus()")
        back = _press(page, "Shift+Tab", TABS)
        assert back == expected[:-1][::-1][: len(back)]


def _press(page: Page, key: str, times: int) -> list[str]:
    """What has the focus after each of *times* presses; fails where the focus cannot be seen."""
    stops = []
    for _ in range(times):
        page.keyboard.press(key)
        words, seen = page.evaluate(_FOCUSED)
        if not seen:  # an editor marks its focus a few milliseconds after it has it
            page.wait_for_timeout(SETTLE)
            words, seen = page.evaluate(_FOCUSED)
        assert seen or _looks_focused(page), f"the focus is not seen on {words}"
        stops.append(words)
    return stops


def _looks_focused(page: Page) -> bool:
    """Whether the focus changes what is seen, for parts of pictures, which have no outline."""
    with_focus = page.screenshot()
    page.evaluate("window.had = document.activeElement, window.had.blur()")
    without = page.screenshot()
    page.evaluate("window.had.focus()")
    return with_focus != without


_NAME = """(e) => `${e.tagName.toLowerCase()} #${e.dataset.number ?? "?"}
  ${(e.getAttribute("href") ?? e.getAttribute("aria-label") ?? e.textContent).trim().slice(0, 60)}`"""

_STOPS = f"""() => {{
  const name = {_NAME};
  const stops = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0'], [contenteditable=true]")]
    .filter((e) => !e.disabled && (e.tabIndex >= 0 || e.isContentEditable) && e.getAttribute("type") !== "hidden"
      && !e.matches("details:not([open]) > :not(summary:first-of-type) *, details:not([open]) > :not(summary)")
      && !(e.type === "radio" && !e.checked && document.querySelector(`[name="${{e.name}}"]:checked`))
      && e.checkVisibility({{ visibilityProperty: true }}));
  stops.forEach((e, number) => {{ e.dataset.number = number; }});
  stops.at(-1).dataset.stop = "last";
  return stops.map(name);
}}"""

_FOCUSED = f"""() => {{
  const name = {_NAME};
  const e = document.activeElement;
  const box = e.getBoundingClientRect();
  const there = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const marked = (at) => at && (getComputedStyle(at).outlineStyle !== "none" && parseFloat(getComputedStyle(at).outlineWidth) >= 2);
  return [name(e), there && [e, e.parentElement, e.parentElement?.parentElement, e.closest(".cm-editor")].some(marked)];
}}"""


def test_page_is_whole_without_script(shown: Shown, page_without_script: Page) -> None:
    """Every word that the page shows with script stands there without, and nothing that does nothing is shown."""
    page_without_script.goto(shown.address)
    bare, full = (_words(page.locator("main").evaluate(_PLAIN)) for page in (page_without_script, shown.page))
    assert len(bare) >= 10
    assert full <= bare, full - bare
    for button in page_without_script.locator("main button").all():
        assert button.get_attribute("type") == "submit" or not button.is_visible(), button.inner_text()


def test_axe_finds_nothing(shown: Shown, axe: Callable[[Page], list[str]]) -> None:
    """At desktop and phone width, light and dark; and nothing makes a page wider than the phone."""
    page, found = shown.page, []
    for (width, height), scheme in LOOKS:
        _look(page, (width, height), scheme)
        found += [f"{width} {scheme}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: wider than the screen: {page.evaluate(_WIDE)}")
    assert not found, "\n".join(found)


# The words of a page that are not part of a tool which only script can offer.
_PLAIN = """(main) => [...main.querySelectorAll("h1, h2, h3, p, li, dt, dd, td, th, caption, summary, blockquote")]
  .filter((e) => e.checkVisibility() && !e.closest(".picture, .cm-editor, [data-tool]") && !e.querySelector("button") && !e.closest("button"))
  .map((e) => e.innerText).join(" ")"""


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
