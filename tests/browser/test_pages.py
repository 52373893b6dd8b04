"""A first walk: the pages as a person meets them, in a real browser against the real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.conftest import LiveServer

PROVISION = "treaty/untoc/art/16"
IRI = f"https://w3id.org/treatygraph/id/{PROVISION}"


def test_address_of_a_thing_leads_to_its_page(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.goto(f"{live_server.url}/id/{PROVISION}")
    assert browser_page.url == f"{live_server.url}/doc/{PROVISION}"
    expect(browser_page.locator("h1")).to_have_count(1)
    expect(browser_page.locator("main")).to_contain_text(IRI)


def test_page_is_styled_and_its_script_runs(live_server: LiveServer, browser_page: Page) -> None:
    """The built stylesheet and script arrive under the policy, and the copy button, hidden until then, appears."""
    browser_page.goto(f"{live_server.url}/doc/{PROVISION}")
    paper = browser_page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')")
    assert paper.strip() == "#fcfbf8"
    expect(browser_page.locator("button[data-island~=copy]").first).to_be_visible()


def test_copy_button_copies_the_stable_address(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    browser_page.goto(f"{live_server.url}/doc/{PROVISION}")
    button = browser_page.locator("button[data-island~=copy]").first
    button.click()
    expect(button).to_have_text("Copied")
    assert browser_page.evaluate("navigator.clipboard.readText()") == IRI


def test_page_is_whole_without_script(live_server: LiveServer, page_without_script: Page) -> None:
    page_without_script.goto(f"{live_server.url}/doc/{PROVISION}")
    expect(page_without_script.locator("main")).to_contain_text(IRI)
    expect(page_without_script.locator("button[data-island~=copy]").first).to_be_hidden()


def test_keyboard_reaches_the_content_first(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.goto(f"{live_server.url}/doc/{PROVISION}")
    browser_page.keyboard.press("Tab")
    expect(browser_page.locator(".skip-link")).to_be_focused()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("#content")).to_be_focused()


def test_page_fits_a_phone(live_server: LiveServer, browser_page: Page) -> None:
    """Nothing makes the page wider than the screen; a wide table scrolls inside its own frame."""
    browser_page.set_viewport_size({"width": 360, "height": 740})
    browser_page.goto(f"{live_server.url}/doc/{PROVISION}")
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 360


def test_page_follows_the_dark_scheme(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.emulate_media(color_scheme="dark")
    browser_page.goto(f"{live_server.url}/doc/{PROVISION}")
    assert browser_page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 21, 19)"


def test_unknown_thing_gets_a_page_that_says_so(live_server: LiveServer, browser_page: Page) -> None:
    answer = browser_page.goto(f"{live_server.url}/doc/treaty/untoc/art/4000")
    assert answer is not None
    assert answer.status == 404
    expect(browser_page.locator("h1")).to_have_count(1)
    expect(browser_page.locator("main")).to_contain_text("treaty/untoc/art/4000")
