"""What people come for, from the first page to the words that say so, in a real browser on a real server.

The journeys inside the pictures and on the query page stand in `test_pictures.py` and `test_query.py`.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

SYMBOL = "MFCC/2025/1"
PASSAGE = "\n\nThe Forum may also recall article 9 of that other agreement.\n"


@pytest.fixture
def own_site(built_store: Path, serve_store: Callable[[Path], Any], tmp_path: Path) -> Any:
    """A server over a store that the test may write to."""
    shutil.copytree(built_store, tmp_path / "store")
    return serve_store(tmp_path / "store")


@pytest.fixture
def own_file(repo: Path, tmp_path: Path) -> Path:
    """An agenda of an invented body, with one mention that has no target."""
    file = tmp_path / "agenda.md"
    file.write_text((repo / "docs" / "examples" / "meridian-forum-agenda.md").read_text() + PASSAGE)
    return file


def test_words_behind_article_19_and_item_4_by_search(live_server: Any, browser_page: Page) -> None:
    """First page, box, article, item, words, and one step further what is known of the text that they stand in."""
    browser_page.goto(live_server.url)
    browser_page.get_by_role("searchbox").fill("art. 19 UNTOC")
    browser_page.get_by_role("button", name="Search").click()
    browser_page.wait_for_url("**/doc/treaty/untoc/art/19")
    entry = browser_page.locator(".entry", has=browser_page.get_by_role("link", name="Item 4"))
    _open_words(entry)
    expect(entry.locator("blockquote mark").first).to_have_text("Article 19")
    expect(entry.locator(".said-by").first).to_contain_text("Provisional agenda and annotations")
    entry.get_by_role("link", name="Provisional agenda and annotations").first.click()
    browser_page.get_by_role("link", name="Read it").or_(
        browser_page.locator("main a[href^='/read/']")
    ).first.click()
    expect(browser_page.locator("main")).to_contain_text("This text is not held on this machine")
    expect(browser_page.locator(".quotes")).to_contain_text("Article 19 of the Organized Crime Conventi")


def test_words_behind_article_19_and_item_4_by_meeting(live_server: Any, browser_page: Page) -> None:
    """First page, door, meeting, its agenda, item 4, and the words beside the article that it concerns."""
    browser_page.goto(live_server.url)
    browser_page.get_by_role("link", name="7th meeting").first.click()
    expect(browser_page).to_have_url(f"{live_server.url}/doc/meeting/ctoc-cop-wg3/7")
    browser_page.get_by_role("link", name="Joint investigations").first.click()
    expect(browser_page.locator("h1")).to_contain_text("Joint investigations")
    row = browser_page.locator("tr, dd, li", has=browser_page.get_by_role("link", name="Article 19")).first
    _open_words(row)
    expect(row.locator("blockquote mark").first).to_have_text("Article 19")


def test_words_behind_article_19_and_item_4_by_picture(live_server: Any, browser_page: Page) -> None:
    """First page, picture, the line between the two, and the words beside it; by pointing, not by address."""
    browser_page.goto(live_server.url)
    browser_page.get_by_role("link", name="Which provisions are on which agenda").click()
    line = browser_page.get_by_role("button", name="Article 19").and_(browser_page.locator("[data-at=link]"))
    line.first.focus()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator(".picture-pinned mark").first).to_have_text("Article 19")


def test_document_of_ones_own_is_added_while_the_server_runs_and_read(
    own_site: Any,
    own_file: Path,
    treatygraph_command: list[str],
    browser_page: Page,
    axe: Callable[[Page], list[str]],
) -> None:
    """Not known, then ingested on the command line, then found by its symbol and read with its mentions marked."""
    browser_page.goto(f"{own_site.url}/search?q={SYMBOL}")
    expect(browser_page.locator("main")).not_to_contain_text("provisional agenda")
    ingest = [*treatygraph_command, "--store", own_site.store, "ingest", own_file, "--symbol", SYMBOL]
    subprocess.run(ingest, check=True, capture_output=True)

    browser_page.goto(own_site.url)
    browser_page.get_by_role("searchbox").fill("mfcc / 2025 / 1")
    browser_page.get_by_role("button", name="Search").click()
    browser_page.wait_for_url(f"**/doc/document/{SYMBOL}")
    browser_page.locator("a[href^='/read/']:not([href*='#'])").first.click()
    expect(browser_page.locator("h1")).to_contain_text(SYMBOL)

    text = browser_page.locator(".reader-text")
    expect(text.locator(".m.provision", has_text="article 14")).to_have_count(1)
    expect(text.locator(".m.document", has_text="MFCC/2025/3")).to_have_count(1)
    unresolved = text.locator(".m.unresolved", has_text="article 9")
    expect(unresolved).to_have_count(1)
    unresolved.get_by_role("link").first.click()
    expect(browser_page.locator(".reader-note")).to_contain_text("no target")
    text.locator(".m.provision", has_text="article 14").get_by_role("link").first.click()
    target = browser_page.locator(".reader-note .target").get_by_role("link", name="Article 14")
    expect(target).to_be_visible()
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert not axe(browser_page)

    target.click()
    expect(browser_page.locator("main")).to_contain_text("Return and disposal of assets")


def _open_words(place: Locator) -> None:
    """Opens the words beside a statement."""
    place.locator("details.evidence > summary").first.click()
    expect(place.locator("blockquote").first).to_be_visible()
