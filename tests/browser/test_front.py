"""The ways in, walked as a person walks them: box, doors, lists, questions; with and without script."""

from __future__ import annotations

import csv
import io
import re
import urllib.request
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.conftest import LiveServer

PAGES = ("/", "/treaties", "/bodies", "/meetings", "/documents", "/questions", "/questions/q06", "/about", "/rules",
         "/search?q=cooperation", "/search?q=art+18(3)")  # fmt: skip


def type_into_the_box(page: Page, text: str) -> None:
    page.get_by_role("searchbox").first.fill(text)
    page.keyboard.press("Enter")


def test_provision_typed_on_the_first_page_is_opened(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.goto(live_server.url)
    type_into_the_box(browser_page, "untoc 18 7")
    expect(browser_page).to_have_url(f"{live_server.url}/doc/treaty/untoc/art/18/para/7")


def test_provision_of_several_treaties_is_chosen(live_server: LiveServer, browser_page: Page) -> None:
    """The one that most points to stands first."""
    browser_page.goto(live_server.url)
    type_into_the_box(browser_page, "art 18(7)")
    meant = browser_page.get_by_role("region", name=re.compile("what it may mean"))
    expect(meant.get_by_role("link")).to_have_count(2)
    meant.get_by_role("link").first.click()
    expect(browser_page).to_have_url(f"{live_server.url}/doc/treaty/untoc/art/18/para/7")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ctoc / cop / wg.3/2016/2", "document/CTOC/COP/WG.3/2016/2"),
        ("resolution 55/25", "document/A/RES/55/25"),
        ("decision 2/2", "act/ctoc-cop/decision/2/2"),
        ("article 16, paragraph 5 (a)", "treaty/untoc/art/16/para/5/a"),
        ("seventh meeting of the working group on international cooperation", "meeting/ctoc-cop-wg3/7"),
        ("organized crime convention", "treaty/untoc"),
    ],
)
def test_small_box_in_the_head_opens_what_is_named(
    live_server: LiveServer, browser_page: Page, typed: str, key: str
) -> None:
    browser_page.goto(f"{live_server.url}/about")
    type_into_the_box(browser_page, typed)
    expect(browser_page).to_have_url(f"{live_server.url}/doc/{key}")


def test_words_are_found_narrowed_and_paged(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.goto(f"{live_server.url}/search?q=cooperation")
    expect(browser_page.locator(".hit mark").first).to_be_visible()
    browser_page.get_by_role("link", name="Next page").click()
    expect(browser_page).to_have_url(re.compile(r"page=2"))
    browser_page.get_by_role("navigation", name="Kinds").get_by_role("link", name="agenda items").click()
    expect(browser_page.locator(".hits").last.locator(".happening").first).to_be_visible()
    expect(browser_page.locator(".hits").last).not_to_contain_text("document")


@pytest.mark.parametrize("door", ["Follow a provision", "Open a meeting", "Ask a question"])
def test_door_shows_examples_that_open(live_server: LiveServer, browser_page: Page, door: str) -> None:
    browser_page.goto(live_server.url)
    examples = browser_page.get_by_role("region", name=door).get_by_role("listitem").get_by_role("link")
    expect(examples).to_have_count(3)
    examples.first.click()
    expect(browser_page).to_have_url(re.compile(r"/(doc|questions)/.+"))
    expect(browser_page.locator("h1")).to_have_count(1)


def test_picture_is_one_click_away(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.goto(live_server.url)
    browser_page.locator(".teaser").click()
    expect(browser_page).to_have_url(f"{live_server.url}/views/articles-agenda")


def test_list_is_narrowed_without_script(live_server: LiveServer, page_without_script: Page) -> None:
    page = page_without_script
    page.goto(f"{live_server.url}/meetings")
    page.get_by_label("Words of a name, a place, a year").fill("working group vienna 2016")
    page.get_by_role("button", name="Narrow").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("19–21 October 2016")
    page.get_by_role("link", name="Show all").click()
    expect(page).to_have_url(f"{live_server.url}/meetings")


def test_disputed_and_unknown_days_are_told(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.goto(f"{live_server.url}/meetings?q=1st+session")
    expect(browser_page.locator("tbody tr").first).to_contain_text("disputed")
    browser_page.goto(f"{live_server.url}/meetings?q=13th+session")
    expect(browser_page.locator("tbody tr").first).to_contain_text("not known")


def test_documents_only_cited_are_found_from_the_first_page(
    live_server: LiveServer, browser_page: Page
) -> None:
    browser_page.goto(live_server.url)
    lacks = browser_page.get_by_role("region", name="What it lacks")
    lacks.locator("a[href*='state=cited']").click()
    expect(browser_page.locator(".state.cited").first).to_be_visible()
    expect(browser_page.locator(".state.held")).to_have_count(0)


def test_question_has_the_rows_that_its_line_for_a_terminal_gives(
    live_server: LiveServer, browser_page: Page
) -> None:
    browser_page.goto(f"{live_server.url}/questions")
    browser_page.get_by_role("link", name=re.compile("article 16 of the Convention, and down to")).click()
    rows = browser_page.locator("tbody tr").count()
    line = browser_page.locator("#curl").inner_text()
    address = line.split("'")[3]
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": "text/csv"})) as reply:
        assert len(list(csv.reader(io.StringIO(reply.read().decode())))) == rows + 1
    assert rows > 0
    browser_page.get_by_role("link", name="Open in the editor").click()
    expect(browser_page).to_have_url(re.compile(r"/query\?query="))


@pytest.mark.parametrize("address", PAGES)
def test_page_fits_a_phone(live_server: LiveServer, browser_page: Page, address: str) -> None:
    """In both schemes."""
    browser_page.set_viewport_size({"width": 360, "height": 740})
    browser_page.goto(live_server.url + address)
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= 360, scheme
