"""The two pictures as pages: whole without a script, every row with its words, and the query that gives the same rows."""

from __future__ import annotations

import csv
import io
import re
import runpy
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, parse
from pyoxigraph import Store as Engine

from treatygraph.graph.iris import THINGS
from treatygraph.graph.terms import TG, XSD
from treatygraph.store import EmbeddedStore
from treatygraph.web.asking import filled
from treatygraph.web.lists_rows import HappeningRow
from treatygraph.web.pages.values import Link
from treatygraph.web.views_links import Choice
from treatygraph.web.views_mandates import BodyOption, first_words, usual_body
from treatygraph.web.views_query import query_links, query_text
from treatygraph.web.views_values import Named, days_in_words

if TYPE_CHECKING:
    from tests.conftest import LiveServer
    from tests.web.conftest import Client, Reply

HERE = Path(__file__).parent
TREE = "/views/articles-agenda"
SHIPPED_ROWS = {"item": "meeting/ctoc-cop-wg3/7/item/4", "provision": "treaty/untoc/art/19"}

Start = Callable[[Path], "tuple[Client, subprocess.Popen[str], Path]"]


@pytest.fixture(scope="session")
def many_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with 300 links between 40 articles and 40 items of five meetings."""
    place = tmp_path_factory.mktemp("many") / "store"
    with EmbeddedStore(place) as store:
        store.replace_graphs(
            runpy.run_path(str(HERE / "many_agendas.py"))["many_agendas"](300), drop_others=True
        )
    return place


@pytest.fixture
def many(started_server: Start, many_place: Path) -> Client:
    """A server over the 300 links."""
    return started_server(many_place)[0]


@pytest.fixture(scope="session")
def shipped(live_server: LiveServer) -> Iterator[Callable[[str], str]]:
    """Pages of the server over the shipped graph."""
    import urllib.request

    def get(path: str) -> str:
        asked = urllib.request.Request(live_server.url + path, headers={"Accept": "text/html"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return str(answer.read().decode())

    yield get


def page(client: Client, path: str) -> Reply:
    reply = client.get(path, "text/html")
    assert reply.status == 200, reply.text[:500]
    return reply


def rows_of(text: str) -> list[str]:
    """The rows of the table, each without its markup."""
    rows = re.findall(r"<tr data-.*?</tr>", text, re.DOTALL)
    return [unescape(" ".join(re.sub(r"<[^>]+>", " ", row).split())) for row in rows]


def data_rows(text: str) -> str:
    """The address of the rows that the picture is drawn from."""
    found = re.search(r'data-rows="([^"]+)"', text)
    assert found
    return unescape(found.group(1))


def test_link_says_provision_item_meeting_place_and_words(client: Client) -> None:
    text = page(client, TREE).text
    (row,) = rows_of(text)
    assert "Article" in row or "Springs Convention" in row
    for words in (
        "Third meeting of the Well Council",
        "annotation",
        "1 mention",
        "article 2 of the Springs Convention",
    ):
        assert words in row
    assert "provision.of-named" in row
    assert 'href="/doc/document/WELL/2031/1/eng@2031-05-02"' in text


def test_labels_with_markup_are_shown_and_never_run(client: Client) -> None:
    text = page(client, TREE).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_picture_and_its_csv_and_its_query_give_the_rows_of_the_table(many: Client) -> None:
    text = page(many, f"{TREE}?meeting=meeting/well-council/2&links=direct").text
    answer = many.get(data_rows(text))
    bindings = answer.json["results"]["bindings"]
    assert {row["meeting"]["value"].rsplit("/", 1)[1] for row in bindings} == {"2"}
    assert {row["reach"]["value"] for row in bindings} == {"direct"}
    pairs = {(row["provision"]["value"], row["item"]["value"]) for row in bindings}
    assert f"{len(pairs)} links" in text
    found = re.search(r'href="([^"]+format=csv)" download', text)
    assert found
    lines = list(csv.DictReader(io.StringIO(many.get(unescape(found.group(1))).text)))
    assert {(row["provision"], row["item"]) for row in lines} == pairs
    editor = re.search(r'href="(/query\?[^"]+)"', text)
    assert editor
    query = parse_qs(urlsplit(unescape(editor.group(1))).query)["query"][0]
    assert many.ask(query, "application/sparql-results+json").json["results"]["bindings"] == bindings


def test_three_hundred_links_stay_below_a_hundred_kilobytes(many: Client) -> None:
    reply = page(many, TREE)
    assert "300 links" in reply.text
    assert len(reply.body) < 100_000
    pages = re.findall(r'href="(/views/articles-agenda\?page=\d)"', reply.text)
    everything = [row for n in range(1, 5) for row in rows_of(page(many, f"{TREE}?page={n}").text)]
    assert len(pages) >= 3
    assert len(everything) == 300
    assert len(set(everything)) == 300


def test_link_whose_words_are_elsewhere_leads_to_them(many: Client) -> None:
    text = page(many, TREE).text
    found = re.search(r'href="(/views/evidence\?[^"]+)">(\d) mentions<', text)
    assert found
    evidence = page(many, unescape(found.group(1))).text
    assert evidence.count("<blockquote") == int(found.group(2))
    assert "an article of the Springs Convention" in evidence


def test_evidence_of_a_provision_has_all_its_links(many: Client) -> None:
    listed = [
        row
        for n in range(1, 5)
        for row in rows_of(page(many, f"{TREE}?page={n}").text)
        if "Article 3 " in row
    ]
    evidence = page(many, "/views/evidence?provision=treaty/springs/art/3").text
    assert evidence.count('<section class="section" data-provision="treaty/springs/art/3"') == len(listed) > 0


def test_evidence_of_nothing_in_particular_is_refused(client: Client) -> None:
    assert client.get("/views/evidence", "text/html").status == 400


def test_documents_under_an_item_count_only_when_asked_for(many: Client) -> None:
    every, direct = page(many, TREE).text, page(many, f"{TREE}?links=direct").text
    # A fifth of the links stand in documentation: 30 through what a document cites, the others as listed.
    assert "300 links" in every
    assert "240 links" in direct
    assert "documentation" not in " ".join(rows_of(direct))


def test_articles_without_a_link_are_said_to_have_none_held(many: Client) -> None:
    text = page(many, f"{TREE}?treaty=treaty/springs&meeting=meeting/well-council/1&show=all").text
    assert "All 40 articles" in text
    items = re.findall(r"<li data-provision=.*?</li>", text, re.DOTALL)
    assert len(items) == 40
    linked = sum("no link held" not in each for each in items)
    assert 0 < linked < 40


def test_choice_without_links_says_why_and_what_to_try(many: Client) -> None:
    """Every link of article 4 of a meeting may be missing; the page names ways out and how many links are there."""
    text = page(many, f"{TREE}?body=body/well-council&treaty=treaty/springs&meeting=document/WELL/9").text
    assert "the graph holds no link" in text
    ways = re.findall(r'<li><a href="(/views/articles-agenda[^"]*)">([^<]+)</a> \((\d+) links', text)
    assert ("every session and meeting", "300") in [(words, count) for _, words, count in ways]
    for address, _, count in ways:
        assert f"{count} links" in page(many, unescape(address)).text


def test_key_of_nothing_is_not_found(client: Client) -> None:
    assert client.get(f"{TREE}?treaty=treaty/nowhere", "text/html").status == 404
    assert client.get("/views/mandates?body=body/nobody", "text/html").status == 404


def test_history_opens_on_the_body_whose_agendas_hold_most_or_else_on_the_one_that_is_asked_most() -> None:
    def option(key: str, own: int) -> BodyOption:
        return BodyOption(Named(key, key, f"/doc/{key}"), 2 * own, own)

    options = (option("body/office", 40), option("body/council", 3), option("body/group", 2))
    council = Link("Council", iri=f"{THINGS}body/council")
    session = HappeningRow(Link("1st session"), council, None, False, None, 12, 0, 0)
    assert usual_body(options, [session]) == options[1]
    assert usual_body(options, [replace(session, items=0)]) == options[0]
    assert usual_body((), [session]) is None


def test_graph_without_agendas_says_how_to_add_one(started_server: Start, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "store") as store:
        store.replace_graphs({}, drop_others=True)
    server, _, _ = started_server(tmp_path / "store")
    assert "treatygraph ingest" in page(server, TREE).text
    assert "treatygraph ingest" in page(server, "/views/mandates").text


def test_pages_are_kept_by_generation(client: Client) -> None:
    for path in (TREE, "/views/mandates", "/views/evidence?item=meeting/well-council/3/item/3"):
        first = page(client, path)
        assert client.get(path, "text/html", If_None_Match=first.headers["etag"]).status == 304


def test_shipped_picture_joins_article_19_with_item_4(shipped: Callable[[str], str]) -> None:
    text = shipped(TREE)
    row = next(row for row in rows_of(text) if row.startswith("Article 19"))
    assert "Item 4: Joint investigations" in row
    assert "annotation" in row
    assert "3 mentions" in row
    assert len(text.encode()) < 100_000


def test_paragraphs_are_shown_as_cited_or_by_their_article(shipped: Callable[[str], str]) -> None:
    assert not any("paragraph 5 (a)" in row.partition("Item")[0] for row in rows_of(shipped(TREE)))
    rows = rows_of(shipped(f"{TREE}?level=paragraph"))
    row = next(row for row in rows if row.startswith("Article 16, paragraph 5 (a)"))
    assert "documentation" in row


def test_pinned_link_is_open_without_a_script(shipped: Callable[[str], str]) -> None:
    text = shipped(f"{TREE}?provision=treaty/untoc/art/19&item=meeting/ctoc-cop-wg3/7/item/4")
    rows = re.findall(r"<tr data-.*?</tr>", text, re.DOTALL)
    opened = [row for row in rows if re.search(r"<details[^>]* open", row)]
    assert len(opened) == 1
    assert "treaty/untoc/art/19" in opened[0]


def test_provisions_come_in_the_order_of_the_treaty(shipped: Callable[[str], str]) -> None:
    numbers = [
        int(found.group(1))
        for row in rows_of(shipped(f"{TREE}?treaty=treaty/untoc"))
        if (found := re.match(r"Article (\d+)", row))
    ]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > 5


def test_history_tells_what_established_a_body_when_and_by_what_words(shipped: Callable[[str], str]) -> None:
    rows = rows_of(shipped("/views/mandates?body=body/ctoc-cop/wg3"))
    row = next(row for row in rows if "established" in row)
    for words in (
        "10–21 October 2005",
        "Decision 2/2",
        "2nd session",
        "sources differ",
        "10 to 21 October 2005",
    ):
        assert words in row
    assert "foreseen for" in row
    assert "3rd session" in row


def test_undated_things_stand_last_and_are_not_known(shipped: Callable[[str], str]) -> None:
    rows = rows_of(shipped("/views/mandates?body=body/ctoc-cop/wg3"))
    assert rows[-1].startswith("not known")
    assert not any(row.startswith("not known") for row in rows[:-1])


def test_history_of_every_body_has_its_page(shipped: Callable[[str], str]) -> None:
    text = shipped("/views/mandates?body=body/ctoc-cop/wg3")
    keys = re.findall(r'<option value="(body/[^"]+)"', text)
    assert len(keys) > 5
    for key in keys:
        body = shipped(f"/views/mandates?body={key}")
        assert len(body.encode()) < 100_000, key
        assert rows_of(body), key


@pytest.mark.parametrize(("kind", "dated"), [("resolution", True), ("report", False)])
def test_acts_of_a_resolution_are_of_the_day_of_what_it_adopts(kind: str, dated: bool) -> None:
    """A resolution is adopted at once; what a report tells is of several days."""
    text, establishing, adopting = (
        NamedNode(f"{THINGS}{key}") for key in ("document/WELL/1", "action/establish", "action/adopt")
    )
    engine = Engine()
    engine.extend(
        [
            Quad(text, TG.documentKind, NamedNode(f"{THINGS}concept/document-kind/{kind}")),
            Quad(establishing, TG.source, text),
            Quad(adopting, TG.source, text),
            Quad(adopting, TG.adopts, NamedNode(f"{THINGS}treaty/springs")),
            Quad(adopting, TG.earliest, Literal("2000-11-15", datatype=XSD.date)),
        ]
    )
    days = cast(QuerySolutions, engine.query(query_text("view_source_days")))
    assert [row["day"] is not None for row in days] == [dated]
    asked = filled(query_text("view_mandate_dates"), "entry", [establishing])
    found = [(row["rank"], row["dated"]) for row in cast(QuerySolutions, engine.query(asked))]
    assert [(rank.value, each) for rank, each in found] == ([("5", adopting)] if dated else [])


def test_dates_that_sources_dispute_are_all_told(started_server: Start, tmp_path: Path) -> None:
    place = tmp_path / "store"
    node = NamedNode("https://w3id.org/treatygraph/id/meeting/well-council/3")
    body = NamedNode("https://w3id.org/treatygraph/id/body/well-council")
    quads: dict[Any, list[Quad]] = {}
    for quad in parse(path=HERE / "wells.trig", format=RdfFormat.TRIG):
        quads.setdefault(quad.graph_name, []).append(quad)
    graph = next(iter(quads))
    for predicate, value in (
        (TG.heldBy, body),
        (TG.earliest, Literal("2030-05-02", datatype=XSD.date)),
        (TG.latest, Literal("2031-05-04", datatype=XSD.date)),
    ):
        quads[graph].append(Quad(node, predicate, value, graph))
    quads[graph].append(
        Quad(body, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), TG.Body, graph)
    )
    with EmbeddedStore(place) as store:
        store.replace_graphs(quads, drop_others=True)
    server, _, _ = started_server(place)
    (row,) = rows_of(page(server, "/views/mandates?body=body/well-council").text)
    # Told less and more exactly, not disputed: the latest beginning and the earliest end.
    assert row.startswith("2–4 May 2031")
    assert "Third meeting" in row


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2016-10-19", "2016-10-21", "19–21 October 2016"),
        ("2012-10-18", "2012-10-18", "18 October 2012"),
        ("2008-10-01", "2008-10-31", "October 2008"),
        ("2008-01-01", "2008-12-31", "2008"),
        ("2004-06-28", "2004-07-09", "28 June – 9 July 2004"),
        ("2005-12-28", "2006-01-09", "28 December 2005 – 9 January 2006"),
        (None, "2006-01-09", "until 9 January 2006"),
        ("2006-01-09", None, "from 9 January 2006"),
        (None, None, "not known"),
    ],
)
def test_days_are_written_as_a_reader_writes_them(
    earliest: str | None, latest: str | None, words: str
) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in (earliest, latest))
    assert days_in_words(first, last) == words


def test_address_of_a_choice_holds_what_is_not_the_default_and_no_page() -> None:
    assert Choice().address() == TREE
    choice = Choice(treaty="treaty/springs", level="paragraph", reach="direct", every=True, page=3)
    assert choice.address() == f"{TREE}?treaty=treaty/springs&level=paragraph&links=direct&show=all"
    assert replace(choice, treaty="a&b").address().startswith(f"{TREE}?treaty=a%26b&")


def test_values_of_a_query_are_terms_not_text() -> None:
    text = query_text("view_links", level=Literal('"} evil'), treaty=NamedNode("https://example.org/x"))
    assert text.endswith('VALUES (?level ?treaty) { ("\\"} evil" <https://example.org/x>) }\n')
    assert query_links("view_label").rows_as("csv").endswith("&format=csv")


def test_name_of_a_text_is_what_its_label_begins_with() -> None:
    assert first_words("Decision 2/2, Conference of the Parties") == "Decision 2/2"
    assert first_words("WELL/2031/1") == "WELL/2031/1"


def test_history_is_chosen_by_what_was_done_and_by_year(shipped: Callable[[str], str]) -> None:
    whole = shipped("/views/mandates?body=body/ctoc-cop/wg3")
    met = rows_of(shipped("/views/mandates?body=body/ctoc-cop/wg3&lane=met"))
    assert 0 < len(met) < len(rows_of(whole))
    assert not any("established" in row for row in met)
    (count,) = re.findall(r'aria-label="2016: (\d+)"', whole)
    in_2016 = rows_of(shipped("/views/mandates?body=body/ctoc-cop/wg3&year=2016"))
    assert len(in_2016) == int(count)
    assert all("2016" in row for row in in_2016)


def test_year_without_anything_says_so_and_leads_out(shipped: Callable[[str], str]) -> None:
    text = shipped("/views/mandates?body=body/ctoc-cop/wg3&year=1950")
    assert not rows_of(text)
    assert "nothing of this kind in this year" in text
    assert 'href="/views/mandates?body=body/ctoc-cop/wg3"' in text
