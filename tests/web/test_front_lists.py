"""The lists that lead to things: whole without script, narrowed by words, each with its rows and its query."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from treatygraph.web.listing import Asked, listing, natural, when
from treatygraph.web.lists_rows import CITED, DESCRIBED, HELD, BodyRow, DocumentRow, count, grouped, narrowed
from treatygraph.web.pages.values import Link
from treatygraph.web.views_query import QueryLinks

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
LISTS = ("/treaties", "/bodies", "/meetings", "/documents")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/treaties", 'href="/doc/treaty/springs"'),
        ("/meetings", "Third meeting of the Well Council"),
        ("/meetings", "2 May 2031"),
        ("/meetings", "Spa"),
        ("/documents", "WELL/2031/1"),
        ("/documents", "Series WELL"),
    ],
)
def test_list_leads_to_what_the_graph_holds(client: Any, address: str, words: str) -> None:
    page = client.get(address, PAGE)
    assert page.status == 200
    assert words in page.text


def test_what_is_not_known_is_said(client: Any) -> None:
    page = client.get("/meetings", PAGE).text
    assert "Body not known" in page
    assert "nothing seen" in page


@pytest.mark.parametrize("address", LISTS)
def test_rows_of_a_list_can_be_taken_away(client: Any, address: str) -> None:
    page = client.get(address, PAGE).text
    link = unescape(re.findall(r'href="(/sparql\?[^"]*format=csv)"', page)[0])
    rows = list(csv.reader(io.StringIO(client.get(link).text)))
    assert rows[0][1] == "label"
    expected = {"/treaties": 1, "/bodies": 0, "/meetings": 1, "/documents": 2}[address]
    assert len(rows) == 1 + expected
    assert 'href="/query?query=' in page
    assert "The SPARQL behind this page" in page


@pytest.mark.parametrize("address", LISTS)
def test_words_narrow_a_list(client: Any, address: str) -> None:
    page = client.get(f"{address}?q=zzz", PAGE)
    assert page.status == 200
    assert "Try fewer words" in page.text
    assert 'href="/doc/' not in page.text


def test_documents_are_narrowed_by_how_much_is_held(client: Any) -> None:
    assert "WELL/2031/1" not in client.get("/documents?state=held", PAGE).text
    assert "WELL/2031/1" in client.get("/documents?state=described", PAGE).text
    assert "Resolution 2200 A (XXI)" in client.get("/documents?state=cited&by=kind", PAGE).text


@pytest.mark.parametrize("address", LISTS)
def test_typed_words_are_text(client: Any, address: str) -> None:
    page = client.get(f"{address}?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&by=x&state=x&page=x", PAGE)
    assert page.status == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("address", LISTS)
def test_list_that_a_client_has_is_not_sent_again(client: Any, address: str) -> None:
    first = client.get(address, PAGE)
    assert client.get(address, PAGE, If_None_Match=first.headers["etag"]).status == 304


def days(**columns: str) -> dict[str, Any]:
    return {name: Literal(value) for name, value in columns.items()}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            days(earliest="2016-10-19", latest="2016-10-21", dates="2016-10-19/2016-10-21"),
            ("19–21 October 2016", False),
        ),
        (days(earliest="2015-10-01", latest="2015-10-31", dates="2015-10"), ("October 2015", False)),
        (days(latest="2022-07-01"), ("until 1 July 2022", False)),
        (days(dates="on a Thursday"), ("on a Thursday", False)),
        (days(), (None, False)),
        (
            days(earliest="2006-10-10", latest="2005-10-31", dates="2006-10-10/2006-10-21; 2005-10"),
            ("October 2005 or 10–21 October 2006", True),
        ),
        (
            days(
                earliest="2004-06-28",
                latest="2004-07-08",
                dates="2004-06-28/2004-07-08; 2004-06-28/2004-07-09",
                disputed="true",
            ),
            ("28 June – 8 July 2004 or 28 June – 9 July 2004", True),
        ),
    ],
)
def test_days_are_the_most_exact_and_disputes_are_told(row: Any, words: tuple[str | None, bool]) -> None:
    assert when(row) == words


def test_page_is_cut_and_its_neighbours_keep_the_words() -> None:
    asked = Asked("/x", "moor", 2, (("by", "kind"), ("state", "")))
    found = listing([f"Moor {i}" for i in range(25)], asked, QueryLinks("", "", ""), names=str, per_page=10)
    assert (found.page, found.pages, found.found, len(found.rows)) == (2, 3, 25, 10)
    assert asked.address(3) == "/x?q=moor&by=kind&page=3"
    assert Asked("/x").address(1) == "/x"


def body(name: str, *under: BodyRow) -> BodyRow:
    return BodyRow(Link(name), name, None, 0, 0, 0, 0, 0, False, under)


def test_tree_is_narrowed_to_what_has_the_words_and_what_is_above() -> None:
    trees = [body("Council", body("Group on Peat"), body("Group on Fens")), body("Assembly")]
    found = narrowed(trees, "peat")
    assert [(tree.thing.words, [each.thing.words for each in tree.under]) for tree in found] == [
        ("Council", ["Group on Peat"])
    ]
    assert (count(trees), count(found)) == (4, 2)


def test_body_is_known_through_one_under_it() -> None:
    told = BodyRow(Link("b"), "b", None, 1, 0, 0, 0, 0, False)
    assert body("a", told).known
    assert not body("a", body("c")).known


def document(name: str, series: str, state: str) -> DocumentRow:
    return DocumentRow(Link(name), None, None, "report", series, None, False, state, 0, 0)


def test_series_with_a_text_that_is_held_come_first_and_in_each_what_is_held() -> None:
    rows = [
        document("A/1", "Anchors", CITED),
        document("B/1", "Buoys", DESCRIBED),
        document("C/1", "Capes", CITED),
        document("C/2", "Capes", HELD),
        document("O/1", "Other texts", HELD),
    ]
    found = [(series, [row.thing.words for row in group]) for series, group in grouped(rows, "series")]
    assert found == [
        ("Capes", ["C/2", "C/1"]),
        ("Buoys", ["B/1"]),
        ("Anchors", ["A/1"]),
        ("Other texts", ["O/1"]),
    ]


def test_numbers_in_names_are_in_order() -> None:
    assert sorted(["decision/10/1", "decision/9/2", "decision/9/10"], key=natural) == [
        "decision/9/2", "decision/9/10", "decision/10/1",
    ]  # fmt: skip


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_names_can_be_compared(one: str, other: str) -> None:
    """And equal they are only where they are the same but for the writing of a number."""
    first, second = natural(one), natural(other)
    assert (first < second) + (second < first) + (first == second) == 1


@given(st.dates(), st.dates())
def test_any_days_have_words(one: date, other: date) -> None:
    words, disputed = when(days(earliest=str(one), latest=str(other), dates=f"{one}; {other}"))
    assert words
    assert disputed == (one > other)
