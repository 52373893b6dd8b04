"""A query in a real browser: written with completion, run, shared and reopened; what goes wrong is said at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

if TYPE_CHECKING:
    from tests.conftest import LiveServer

HEAD = "BASE <https://w3id.org/treatygraph/id/>\nPREFIX tg: <https://w3id.org/treatygraph/ns#>\n"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def editor(live_server: LiveServer, browser_page: Page) -> Page:
    """The page with its editor there."""
    browser_page.goto(f"{live_server.url}/query")
    expect(browser_page.locator(".cm-content")).to_be_visible()
    return browser_page


def write(page: Page, text: str) -> None:
    """Types over what the editor holds."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def held(page: Page) -> str:
    """What the form would send."""
    return page.locator("textarea[name=query]").input_value()


def complete(page: Page, typed: str, wanted: str) -> None:
    """Types, and takes the completion of that name."""
    page.keyboard.type(typed)
    option = page.locator(".cm-tooltip-autocomplete li", has=page.get_by_text(wanted, exact=True)).first
    expect(option).to_be_visible()
    option.click()


def rows(page: Page) -> list[str]:
    return page.locator("#answer tbody tr").all_inner_texts()


def test_query_is_written_with_completion_run_shared_and_reopened(
    live_server: LiveServer, editor: Page, browser: Browser
) -> None:
    write(editor, "SELECT ?item WHERE { ?item ")
    complete(editor, "tg:concernsPro", "tg:concernsProvision")
    complete(editor, " <treaty/untoc/art/1", "treaty/untoc/art/19")
    editor.keyboard.type(" } ORDER BY ?item")
    editor.keyboard.press("Escape")
    assert held(editor) == (
        "BASE <https://w3id.org/treatygraph/id/>\nPREFIX tg: <https://w3id.org/treatygraph/ns#>\n"
        "SELECT ?item WHERE { ?item tg:concernsProvision <treaty/untoc/art/19> } ORDER BY ?item"
    )
    editor.keyboard.press("Control+Enter")
    expect(editor.locator("#answer tbody tr").first).to_be_visible()
    expect(editor.locator("#answer a[href='/doc/meeting/ctoc-cop-wg3/7/item/4']")).to_be_visible()
    expect(editor.locator(".query-status")).to_have_text(re.compile(r"rows? · "))
    came, address = rows(editor), editor.locator("#share").get_attribute("href")
    assert editor.url == address
    other = browser.new_page()
    other.goto(address or "")
    expect(other.locator(".cm-content")).to_contain_text("tg:concernsProvision")
    assert rows(other) == came
    other.close()


def test_completion_shows_what_a_term_means(editor: Page) -> None:
    write(editor, "SELECT * { ?x tg:concernsProv")
    editor.keyboard.press("Control+Space")
    expect(editor.locator(".cm-completionInfo")).to_contain_text("provision")


def test_page_has_the_rows_that_the_endpoint_gives(live_server: LiveServer, editor: Page) -> None:
    query = HEAD + "SELECT ?item { ?item tg:concernsProvision <treaty/untoc/art/16> } ORDER BY ?item"
    write(editor, query)
    editor.get_by_role("button", name="Run").click()
    editor.wait_for_url("**/query?query=*")
    editor.get_by_label("names instead of keys").uncheck()
    plain = editor.request.get(f"{live_server.url}/sparql?query={quote(query)}&format=csv").text()
    keys = [line.removeprefix("https://w3id.org/treatygraph/id/") for line in plain.split()[1:]]
    shown = [row.strip() for row in rows(editor)]
    assert keys and [re.sub(r"^\W+", "", row) for row in shown] == keys


def test_names_give_way_to_keys(live_server: LiveServer, browser_page: Page) -> None:
    query = HEAD + "SELECT (<treaty/untoc/art/16> AS ?x) {}"
    browser_page.goto(f"{live_server.url}/query?query={quote(query)}")
    link = browser_page.locator("#answer td a")
    expect(link).to_have_text(re.compile("Article 16"), use_inner_text=True)
    browser_page.get_by_label("names instead of keys").uncheck()
    expect(link).to_have_text("treaty/untoc/art/16", use_inner_text=True)


def test_mistake_is_marked_at_its_place_and_can_be_mended(editor: Page) -> None:
    write(editor, "SELECT * {\n  ?x eli:number ?n\n} LIMIT 1")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator("#problem")).to_contain_text("line 2, column 6")
    mark = editor.locator(".cm-lintRange-error")
    expect(mark).to_have_text("eli:number")
    mark.hover()
    editor.get_by_role("button", name="Declare eli:").click()
    editor.keyboard.press("Control+Enter")
    expect(editor.locator("#answer tbody tr")).to_have_count(1)
    expect(mark).to_have_count(0)


def test_place_is_right_behind_characters_of_two_units(editor: Page) -> None:
    write(editor, "SELECT * { ?x rdfs:label '😀😀' ; ; skos:note 1 }")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".cm-lintRange-error")).to_have_text("rdfs:label")


def test_query_without_end_can_be_stopped(editor: Page) -> None:
    write(editor, ENDLESS)
    button = editor.locator(".query-form button[type=submit]")
    button.click()
    expect(button).to_have_text("Stop")
    button.click()
    expect(editor.locator(".query-status")).to_have_text("Stopped.")
    write(editor, "ASK {}")
    button.click()
    expect(editor.locator(".verdict")).to_have_text("Yes.")


def test_tab_leaves_the_editor(editor: Page) -> None:
    editor.locator(".cm-content").click()
    text = held(editor)
    editor.keyboard.press("Tab")
    expect(editor.get_by_role("button", name="Run")).to_be_focused()
    editor.keyboard.press("Shift+Tab")
    expect(editor.locator(".cm-content")).to_be_focused()
    editor.keyboard.type(" tg:")
    expect(editor.locator(".cm-tooltip-autocomplete")).to_be_visible()
    editor.keyboard.press("Escape")
    editor.keyboard.press("Tab")
    expect(editor.get_by_role("button", name="Run")).to_be_focused()
    assert held(editor) != text


def test_graph_is_drawn_and_its_things_are_links(editor: Page) -> None:
    write(editor, HEAD + "DESCRIBE <meeting/ctoc-cop-wg3/7/item/4>")
    editor.keyboard.press("Control+Enter")
    drawing = editor.locator(".result-graph svg")
    expect(drawing).to_be_visible()
    expect(editor.locator(".turtle")).to_contain_text("tg:concernsProvision")
    drawing.locator("a[href='/doc/treaty/untoc/art/19'] circle").click()
    editor.wait_for_url("**/doc/treaty/untoc/art/19")


def test_way_back_brings_the_query_before(editor: Page) -> None:
    write(editor, "ASK { FILTER(false) }")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".verdict")).to_have_text("No.")
    write(editor, "ASK {}")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".verdict")).to_have_text("Yes.")
    editor.go_back()
    expect(editor.locator(".verdict")).to_have_text("No.")
    assert held(editor) == "ASK { FILTER(false) }"


def test_columns_sort(editor: Page) -> None:
    write(editor, "SELECT ?n { VALUES ?n { 10 9 100 } }")
    editor.keyboard.press("Control+Enter")
    editor.get_by_role("button", name="n", exact=True).click()
    assert [row.split()[0] for row in rows(editor)] == ["9", "10", "100"]


def test_form_asks_without_script(live_server: LiveServer, page_without_script: Page) -> None:
    page_without_script.goto(f"{live_server.url}/query")
    page_without_script.locator("textarea").fill("SELECT (1 AS ?x) {}")
    page_without_script.get_by_role("button", name="Run").click()
    expect(page_without_script.locator("#answer td")).to_contain_text("1")
    query = parse_qs(urlsplit(page_without_script.url).query)["query"]
    assert query == ["SELECT (1 AS ?x) {}"]


def test_example_opens_as_its_query(editor: Page) -> None:
    editor.get_by_label("Begin with a question").select_option("q08")
    editor.get_by_role("button", name="Open").click()
    expect(editor.locator("#answer tbody tr").first).to_be_visible()
    expect(editor.locator(".cm-content")).to_contain_text("# question:")
