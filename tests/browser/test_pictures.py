"""The two pictures, as a reader meets them: drawn from one query, by pointer and by keyboard, pinned with their words, saved."""

from __future__ import annotations

import os
import re
import runpy
import struct
import subprocess
import time
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from treatygraph.store import EmbeddedStore

if TYPE_CHECKING:
    from tests.conftest import LiveServer

TREE = "/views/articles-agenda"
PINNED = {"provision": "treaty/untoc/art/19", "item": "meeting/ctoc-cop-wg3/7/item/4"}
LINK_19 = "Article 19 ↔ item 4"


@pytest.fixture(scope="module")
def many(
    repo: Path, treatygraph_command: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a server over 300 invented links."""
    place = tmp_path_factory.mktemp("many") / "store"
    make = runpy.run_path(str(repo / "tests" / "web" / "many_agendas.py"))["many_agendas"]
    with EmbeddedStore(place) as store:
        store.replace_graphs(make(300), drop_others=True)
    environment = {**os.environ, "TREATYGRAPH_STORE": str(place)}
    command = [*treatygraph_command, "serve", "--host", "127.0.0.1", "--port", "0"]
    import socket

    with socket.create_server(("127.0.0.1", 0)) as probe:
        command[-1] = str(probe.getsockname()[1])
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{command[-1]}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server over 300 links does not answer")


def drawn(page: Page, address: str) -> Locator:
    """Opens a page and waits for its picture."""
    page.goto(address)
    picture = page.locator("svg.picture-svg[role=group]")
    expect(picture).to_be_visible()
    return picture


def named(picture: Locator, words: str) -> Locator:
    """What can be pointed at in a picture, by words of its name."""
    return picture.locator(f'[data-at][aria-label*="{words}"]')


def test_picture_has_a_line_for_each_row_of_the_table(live_server: LiveServer, browser_page: Page) -> None:
    picture = drawn(browser_page, live_server.url + TREE)
    rows = browser_page.locator("#links tbody tr")
    expect(picture.locator('[data-at="link"]')).to_have_count(rows.count())
    assert rows.count() > 10
    expect(named(picture, LINK_19)).to_have_count(1)


def test_pointing_names_a_line_and_dims_the_rest(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.emulate_media(reduced_motion="reduce")
    picture = drawn(browser_page, live_server.url + TREE)
    opacity = "element => getComputedStyle(element).opacity"
    line, other = named(picture, LINK_19), named(picture, "Article 13 ↔ item 5 (a)")
    named(picture, "Article 19,").hover()
    expect(browser_page.locator(".picture-name")).to_contain_text("Article 19, Joint investigations")
    assert line.evaluate(opacity) == "1"
    assert float(other.evaluate(opacity)) < 0.3
    browser_page.mouse.move(5, 5)
    expect(browser_page.locator(".picture-name")).to_have_text("")
    assert other.evaluate(opacity) == "1"


def test_click_pins_a_line_with_its_words_and_the_address_brings_it_back(
    live_server: LiveServer, browser_page: Page
) -> None:
    picture = drawn(browser_page, live_server.url + TREE)
    named(picture, LINK_19).locator(".hit").dispatch_event("click", {"bubbles": True})
    words = browser_page.locator(".picture-pinned")
    expect(words.locator("blockquote")).to_have_count(3)
    expect(words.locator("mark").first).to_contain_text("19")
    expect(words.locator('a[href^="/doc/document/"]').first).to_be_visible()
    expect(words.locator(f'a[href="/doc/{PINNED["item"]}"]')).to_be_visible()
    asked = parse_qs(urlsplit(browser_page.url).query)
    assert {name: asked[name][0] for name in PINNED} == PINNED
    picture = drawn(browser_page, browser_page.url)
    expect(words.locator("blockquote")).to_have_count(3)
    expect(named(picture, LINK_19)).to_have_attribute("aria-pressed", "true")
    words.get_by_role("button", name="Let go").click()
    expect(words).to_be_hidden()
    assert "item=" not in browser_page.url


def test_keyboard_goes_from_name_to_line_to_name_and_pins(
    live_server: LiveServer, browser_page: Page
) -> None:
    picture = drawn(browser_page, live_server.url + TREE)
    expect(picture.locator('[tabindex="0"]')).to_have_count(1)
    browser_page.locator("[data-save=png]").focus()
    browser_page.keyboard.press("Tab")
    focused = browser_page.locator("[data-at]:focus")
    expect(focused).to_have_attribute("data-at", "node")
    for _ in range(30):
        if "Article 19" in (focused.get_attribute("aria-label") or ""):
            break
        browser_page.keyboard.press("ArrowDown")
    expect(browser_page.locator(".picture-name")).to_contain_text("Article 19")
    browser_page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("data-at", "link")
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator(".picture-pinned blockquote")).to_have_count(3)
    browser_page.keyboard.press("ArrowRight")
    assert (focused.get_attribute("aria-label") or "").startswith("Item 4 Joint investigations")
    browser_page.keyboard.press("Escape")
    expect(browser_page.locator(".picture-pinned")).to_be_hidden()
    browser_page.keyboard.press("Home")
    expect(focused).to_have_attribute("data-at", "node")
    browser_page.keyboard.press("Tab")
    expect(picture.locator(":focus")).to_have_count(0)


def test_items_that_concern_article_16_are_the_same_in_picture_and_query(
    live_server: LiveServer, browser_page: Page
) -> None:
    picture = drawn(browser_page, f"{live_server.url}{TREE}?level=paragraph&treaty=treaty/untoc")
    names = [each.get_attribute("aria-label") or "" for each in picture.locator('[data-at="link"]').all()]
    shown = {name.partition(":")[0] for name in names if name.startswith("Article 16")}
    assert shown == {"Article 16 ↔ item 3", "Article 16, paragraph 5 (a) ↔ item 3"}
    address = browser_page.locator("a[download]").get_attribute("href")
    answer = browser_page.request.get(f"{live_server.url}{address}".replace("format=csv", "format=json"))
    rows = [
        {name: term["value"] for name, term in row.items()} for row in answer.json()["results"]["bindings"]
    ]
    asked = {f"{row['provisionLabel']} ↔ item {row['number']}" for row in rows}
    assert {name for name in asked if name.startswith("Article 16")} == shown


@pytest.mark.parametrize("path", [TREE, "/views/mandates"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture_is_saved_as_svg_and_png(
    live_server: LiveServer, browser_page: Page, path: str, scheme: Any
) -> None:
    """Whole files: no class or variable of ours in the SVG; the PNG is painted, not blank."""
    browser_page.emulate_media(color_scheme=scheme)
    picture = drawn(browser_page, live_server.url + path)
    files = {}
    for kind in ("svg", "png"):
        with browser_page.expect_download() as download:
            browser_page.locator(f"[data-save={kind}]").click()
        assert download.value.suggested_filename == f"{path.rsplit('/', 1)[1]}.{kind}"
        files[kind] = Path(download.value.path()).read_bytes()
    root = ElementTree.fromstring(files["svg"])
    texts = [each for each in root.iter() if each.tag.endswith("}text")]
    assert len(texts) == picture.locator("text").count()
    assert b"var(" not in files["svg"] and b"class=" not in files["svg"]
    strokes = {each.get("stroke") for each in root.iter() if each.tag.endswith("}path")}
    assert any(stroke and stroke.startswith("rgb(") for stroke in strokes)
    width, height = struct.unpack(">II", files["png"][16:24])
    assert (width, height) == (2 * int(root.get("width", "0")), 2 * int(root.get("height", "0")))
    assert len(files["png"]) > 20_000


def test_picture_waits_behind_its_list_on_a_phone(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 390, "height": 844})
    browser_page.goto(live_server.url + TREE)
    picture = browser_page.locator("svg.picture-svg")
    expect(browser_page.locator("#links")).to_be_visible()
    expect(picture).to_be_hidden()
    button = browser_page.get_by_role("button", name="Open the picture")
    button.click()
    expect(picture).to_be_visible()
    expect(browser_page.locator(".picture-open")).to_have_attribute("aria-expanded", "true")
    named(picture, "Item 4 ").click()
    expect(browser_page.locator(".picture-pinned blockquote").first).to_be_visible()
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 390


def test_table_says_everything_without_script(live_server: LiveServer, page_without_script: Page) -> None:
    page_without_script.goto(live_server.url + TREE)
    expect(page_without_script.locator(".picture")).to_be_hidden()
    row = page_without_script.locator(f'tr[data-provision="{PINNED["provision"]}"]')
    row.locator("summary").click()
    expect(row.locator("blockquote")).to_have_count(3)
    page_without_script.get_by_label("Treaty", exact=True).select_option("treaty/un-narcotics-1988")
    page_without_script.get_by_role("button", name="Show").click()
    expect(page_without_script.locator("#links tbody tr")).to_have_count(3)
    page_without_script.goto(f"{live_server.url}/views/mandates?body=body/ctoc-cop/wg3")
    expect(page_without_script.locator("#entries tbody tr").first).to_contain_text("Decision 2/2")


def test_three_hundred_lines_are_drawn_and_their_words_fetched(many: str, browser_page: Page) -> None:
    picture = drawn(browser_page, many + TREE)
    expect(picture.locator('[data-at="link"]')).to_have_count(300)
    expect(browser_page.locator("#links tbody tr")).to_have_count(80)
    named(picture, "Article 40,").click()
    words = browser_page.locator(".picture-pinned")
    expect(words.locator("blockquote").first).to_be_visible()
    mentions = sum(int(note.rsplit(": ", 1)[1]) for note in words.locator("p.soft").all_inner_texts())
    expect(words.locator("blockquote")).to_have_count(mentions)


def test_articles_without_a_link_are_drawn_when_asked_for(many: str, browser_page: Page) -> None:
    picture = drawn(
        browser_page, f"{many}{TREE}?treaty=treaty/springs&meeting=meeting/well-council/1&show=all"
    )
    expect(picture.locator(".of-provision")).to_have_count(40)
    unlinked = picture.locator(".of-provision.unlinked")
    assert 0 < unlinked.count() < 40
    assert (unlinked.first.get_attribute("aria-label") or "").endswith("no link held")


def test_history_has_a_mark_for_each_row_and_an_axis(live_server: LiveServer, browser_page: Page) -> None:
    picture = drawn(browser_page, f"{live_server.url}/views/mandates?body=body/ctoc-cop/wg3")
    rows = browser_page.locator("#entries tbody tr")
    expect(picture.locator('[data-at="thing"]')).to_have_count(rows.count())
    expect(picture).to_contain_text("2016")
    expect(picture).to_contain_text("not dated")
    xs = {}
    for name in ("established · Decision 2/2", "renewed · Decision 3/2"):
        box = named(picture, name).locator(".mark").bounding_box()
        assert box is not None
        xs[name] = box["x"]
    assert xs["established · Decision 2/2"] < xs["renewed · Decision 3/2"]


def test_history_is_walked_and_pinned_by_keyboard(live_server: LiveServer, browser_page: Page) -> None:
    drawn(browser_page, f"{live_server.url}/views/mandates?body=body/ctoc-cop/wg3")
    browser_page.locator("[data-save=png]").focus()
    browser_page.keyboard.press("Tab")
    focused = browser_page.locator("[data-at]:focus")
    expect(focused).to_have_attribute(
        "aria-label", "established · Decision 2/2: 10–21 October 2005; sources differ"
    )
    browser_page.keyboard.press("Enter")
    words = browser_page.locator(".picture-pinned")
    expect(words.locator("blockquote").first).to_be_visible()
    expect(words).to_contain_text("10 to 21 October 2005")
    expect(words).to_contain_text("sources differ")
    assert "entry=made" in browser_page.url
    browser_page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("aria-label", "renewed · Decision 3/2: 9–18 October 2006")
    browser_page.keyboard.press("End")
    browser_page.keyboard.press("ArrowDown")
    asked = re.compile(r"decided to establish .*: 10–21 October 2005; sources differ")
    expect(focused).to_have_attribute("aria-label", asked)
    browser_page.keyboard.press("Escape")
    expect(words).to_be_hidden()
    assert "entry=" not in browser_page.url


@pytest.mark.parametrize(
    "path",
    [
        TREE,
        f"{TREE}?provision={PINNED['provision']}&item={PINNED['item']}",
        "/views/mandates",
        f"/views/evidence?item={PINNED['item']}",
    ],
)
def test_axe_finds_nothing(
    live_server: LiveServer, browser_page: Page, axe: Callable[[Page], list[str]], path: str
) -> None:
    """In either scheme."""
    browser_page.emulate_media(reduced_motion="reduce")
    browser_page.goto(live_server.url + path, wait_until="networkidle")
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert not axe(browser_page), scheme


def test_nothing_moves_for_those_who_want_it_so(live_server: LiveServer, browser_page: Page) -> None:
    seconds = {}
    for motion in ("reduce", "no-preference"):
        browser_page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
        picture = drawn(browser_page, live_server.url + TREE)
        seconds[motion] = picture.locator("[data-at]").first.evaluate(
            "e => getComputedStyle(e).transitionDuration"
        )
    assert seconds == {"reduce": "0s", "no-preference": "0.15s, 0.15s"}
