"""The reader in a real browser: a user's own file, ingested while the server runs, read with its citations marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import LiveServer

OWN = "/read/document/MFCC/2025/1/eng@2025-02-03"


@pytest.fixture
def text(reading_server: LiveServer, browser_page: Page) -> Page:
    browser_page.goto(reading_server.url + OWN, wait_until="networkidle")
    return browser_page


def note(page: Page) -> str:
    return page.locator(".reader-note").inner_text()


def test_pressed_mention_is_explained_beside_the_text(text: Page) -> None:
    """Its target, rule, facts; the address is shareable, and the page stays."""
    text.get_by_role("link", name="The same provision").click()
    panel = text.locator(".reader-note")
    expect(panel).to_contain_text("Article 19, Organized Crime Convention")
    expect(panel).to_contain_text("concerns provision")
    expect(panel).to_contain_text("Read by the rule")
    expect(text.locator("article .chosen")).to_have_text("The same provision")
    assert re.search(r"\?mention=([0-9a-f]{32})#\1$", text.url)


def test_mention_with_the_focus_is_explained(text: Page) -> None:
    link = text.locator("article a[data-mention]").first
    link.focus()
    expect(text.locator(".reader-note .target")).to_have_text("Article 13, Organized Crime Convention")
    text.keyboard.press("Tab")
    expect(text.locator(".reader-note .target")).to_contain_text("Transnational Organized Crime")


def test_note_leads_to_the_other_mentions(text: Page) -> None:
    text.get_by_role("link", name="The same provision").click()
    text.locator(".reader-note").get_by_role("link", name="Article 19", exact=True).click()
    expect(text.locator("article .chosen")).to_have_text("Article 19")
    expect(text.locator("article .chosen")).to_be_in_viewport()


def test_address_of_a_mention_opens_at_it(reading_server: LiveServer, text: Page, browser_page: Page) -> None:
    name = text.locator("article .m", has_text="article 57").get_attribute("id")
    browser_page.goto(f"{reading_server.url}{OWN}#{name}")
    expect(browser_page.locator(f"[id='{name}']")).to_be_in_viewport()


def test_mark_has_a_sign_and_a_line_not_colour_alone(text: Page) -> None:
    for name, sign in (("provision", "§"), ("document", "▤")):
        mark = text.locator(f"article .m.{name}").first
        assert sign in mark.evaluate("(e) => getComputedStyle(e, '::before').content")
        assert mark.locator("a").evaluate("(e) => getComputedStyle(e).textDecorationLine") == "underline"


def test_marks_of_a_kind_can_be_put_away_and_words_stay(text: Page) -> None:
    mark = text.locator("article .m.document").first
    words = text.locator("article").inner_text()
    text.get_by_label("documents and publications").uncheck()
    assert mark.evaluate("(e) => getComputedStyle(e, '::before').content") == "none"
    assert text.locator("article").inner_text() == words


def test_outline_goes_to_the_annotation_of_an_item(text: Page) -> None:
    text.get_by_role("navigation", name="Outline").get_by_role(
        "link", name="4 Adoption of the report"
    ).click()
    place = text.locator("article p", has_text="4. Adoption of the report").last
    expect(place).to_be_in_viewport()
    assert text.url.endswith(f"#{place.get_attribute('id')}")


def test_evidence_opens_the_reader_at_the_words(reading_server: LiveServer, browser_page: Page) -> None:
    """From article 57 of the other convention to the words that name it, one step further from the quote."""
    browser_page.goto(f"{reading_server.url}/doc/treaty/uncac/art/57")
    browser_page.locator("summary", has_text="words").first.click()
    browser_page.get_by_role("link", name="open in the reader").first.click()
    browser_page.wait_for_url("**/read/document/MFCC/2025/1/**")
    name = browser_page.url.partition("#")[2]
    mark = browser_page.locator(f"[id='{name}']")
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text("article 57")


def test_mention_is_explained_without_script(reading_server: LiveServer, page_without_script: Page) -> None:
    page_without_script.goto(reading_server.url + OWN)
    page_without_script.get_by_role("link", name="The same provision").click()
    assert "Article 19, Organized Crime Convention" in note(page_without_script)
    expect(page_without_script.locator("article .chosen")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_stands_in_the_way_of_anybody(
    reading_server: LiveServer, browser_page: Page, axe: Callable[[Page], list[str]], width: int
) -> None:
    """axe-core finds nothing in either scheme, and nothing is wider than the screen."""
    browser_page.set_viewport_size({"width": width, "height": 844})
    browser_page.emulate_media(reduced_motion="reduce")  # colours that pass into others are neither
    browser_page.goto(reading_server.url + OWN, wait_until="networkidle")
    browser_page.get_by_role("link", name="The same provision").click()
    expect(browser_page.locator(".reader-note .target")).to_be_visible()
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert not axe(browser_page), scheme
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
