"""The parts of which pages of things are made: dates, numbers, trees, tables, evidence and the way to the reader."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import RDFS, TG
from treatygraph.store import EmbeddedStore
from treatygraph.web.asking import filled
from treatygraph.web.pages.dates import exactest, in_words
from treatygraph.web.pages.links import item_number, link, mark_of, numbers
from treatygraph.web.pages.tables import NAMES, table_query
from treatygraph.web.pages.tree import Counts
from treatygraph.web.thing_page import provision_number

if TYPE_CHECKING:
    from tests.web.conftest import Client

Start = Callable[[Path], "tuple[Client, subprocess.Popen[str], Path]"]
EXPRESSION = "document/WELL/2031/1/eng@2031-05-02"
CITATION = "0123456789abcdef0123456789abcdef"
ITEM = "meeting/well-council/3/item/3"


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("2016-10-19/2016-10-21", "19–21 October 2016"),
        ("19-21 October 2016", "19–21 October 2016"),
        ("10 to 21 October 2005", "10–21 October 2005"),
        ("30 September to 2 October 2014", "30 September – 2 October 2014"),
        ("2016-10", "October 2016"),
        ("October 2015", "October 2015"),
        ("2025", "2025"),
        ("12 April 2016", "12 April 2016"),
        ("31 February 2016", "31 February 2016"),
        ("not yet fixed", "not yet fixed"),
        ("", ""),
    ],
)
def test_dates_are_written_as_a_reader_writes_them(printed: str, words: str) -> None:
    assert in_words(printed) == words


def test_date_that_another_says_more_exactly_is_left_out() -> None:
    assert exactest(["2008", "2008-10-08/2008-10-17", "8 to 17 October 2008"]) == "8–17 October 2008"
    assert exactest(["2005-10", "2006-10-10"]) == "October 2005 or 10 October 2006"
    assert exactest([]) is None


def test_numbers_are_written_as_printed() -> None:
    assert provision_number("art/16/para/5/a") == "art. 16, para. 5 (a)"
    assert provision_number("chapter/3") == "chap. 3"
    assert provision_number("") is None
    assert numbers(("5", "a", "ii")) == "5 (a) (ii)"
    assert item_number(iri(ITEM).value) == "3"
    assert item_number(iri("body/well-council").value) is None


@pytest.mark.parametrize(
    ("key", "mark"),
    [
        ("treaty/springs/art/2", "provision"),
        ("act/well/decision/1/1", "act"),
        ("document/WELL/1", "document"),
        ("meeting/well/1/item/2", "happening"),
        ("body/well", None),
    ],
)
def test_kinds_have_their_marks(key: str, mark: str | None) -> None:
    assert mark_of(iri(key).value) == mark
    assert mark_of("https://example.org/treaty/x") is None


def test_link_takes_the_label_that_most_readers_read() -> None:
    found = link(iri("body/well"), [Literal("Conseil", language="fr"), Literal("Council", language="en")])
    assert (found.words, found.language, found.href) == ("Council", "en", "/doc/body/well")
    assert link(NamedNode("https://example.org/x")).href == "https://example.org/x"
    assert link(NamedNode("urn:x")).href is None


def test_counts_add_up() -> None:
    assert Counts(1, 2, 3, 4) + Counts(items=1) == Counts(2, 2, 3, 4)
    assert Counts(1, 2, 3, 4).total == 10


@pytest.mark.parametrize("name", sorted(NAMES))
def test_query_of_a_table_speaks_of_one_thing_only(name: str) -> None:
    query = table_query(name, iri("treaty/springs"))
    assert query.count("AS ?thing)") == 1
    assert "?thing" not in query.replace("AS ?thing)", "")


def test_iri_cannot_leave_the_list_that_it_fills() -> None:
    query = "SELECT ?x WHERE { VALUES ?x { } }"
    assert filled(query, "x", [iri("a"), iri("b")]).count("<https://") == 2
    with pytest.raises(ValueError, match="IRI"):
        NamedNode("https://example.org/> } DELETE { <x")


def test_table_of_another_spelling_leads_to_the_thing_with_its_table(client: Client) -> None:
    reply = client.get("/doc/treaty/SPRINGS.csv?table=tree")
    assert (reply.status, reply.headers["location"]) == (303, "/doc/treaty/springs.csv?table=tree")


def test_reader_is_offered_where_the_text_is_held(
    client: Client, started_server: Start, tmp_path: Path
) -> None:
    assert "/read/" not in client.get(f"/doc/{ITEM}", "text/html").text
    text = "The Council decides that the Secretariat is to map the springs named in article 2."
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    held = started_server(_store(tmp_path / "held", sha256, text))[0]
    page = held.get(f"/doc/{ITEM}", "text/html").text
    assert f'href="/read/{EXPRESSION}#{CITATION}">open in the reader' in page
    missing = started_server(_store(tmp_path / "missing", sha256, None))[0]
    assert "/read/" not in missing.get(f"/doc/{ITEM}", "text/html").text


def _store(place: Path, sha256: str, text: str | None) -> Path:
    """The small graph with the hash of its text, and the text itself where it is given."""
    from tests.web.conftest import fill

    with EmbeddedStore(place) as store:
        fill(store)
        graph = iri("graph/hashes")
        store.replace_graphs({graph: [Quad(iri(EXPRESSION), TG.textHash, Literal(sha256), graph)]})
        if text is not None:
            store.save_text(sha256, text)
    return place


def test_label_that_reads_from_right_to_left_says_so(started_server: Start, tmp_path: Path) -> None:
    from tests.web.conftest import fill

    place = tmp_path / "store"
    with EmbeddedStore(place) as store:
        fill(store)
        graph = iri("graph/names")
        name = Literal("المؤتمر <b>‮", language="ar")
        body = iri("body/well-assembly")
        store.replace_graphs(
            {
                graph: [
                    Quad(body, RDFS.label, name, graph),
                    Quad(body, TG.key, Literal("body/well-assembly"), graph),
                ]
            }
        )
    page = started_server(place)[0].get("/doc/body/well-assembly", "text/html").text
    assert '<h1 dir="auto" lang="ar">' in page
    assert "<b>" not in page
