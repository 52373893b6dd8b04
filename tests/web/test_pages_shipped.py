"""The page of each kind of thing over the shipped graph: what it shows, with its words, small and for machines too."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

if TYPE_CHECKING:
    from tests.conftest import LiveServer

AGENDA = "document/sha256-a004c24d5e4e9874"
MEETING = "meeting/ctoc-cop-wg3/7"
GROUP = "body/ctoc-cop/wg3"
KINDS = {
    "treaty": "treaty/untoc",
    "longest treaty": "treaty/un-cybercrime",
    "article": "treaty/untoc/art/18",
    "paragraph": "treaty/untoc/art/18/para/7",
    "conference": "body/ctoc-cop",
    "working group": GROUP,
    "session": "session/ctoc-cop/2",
    "meeting": MEETING,
    "item": f"{MEETING}/item/5/a",
    "slot": f"{MEETING}/slot/2016-10-20T1000",
    "document": AGENDA,
    "text": f"{AGENDA}/eng@2016-08-08",
    "decision": "act/ctoc-cop/decision/2/2",
    "action": "act/ctoc-cop/decision/2/2/adoption",
    "tool": "tool/sherloc",
    "group": "group/states-parties",
    "concept": "concept/verb/adopt",
    "count of parties": "treaty/untoc/parties/2014-10",
    "publication": "publication/unts/2225/39574",
}
HTML_BYTES = 100_000

Get = Callable[..., str]


@pytest.fixture(scope="session")
def get(live_server: LiveServer) -> Get:
    """A page or file of the server over the shipped graph, by its path."""

    def ask(path: str, accept: str = "text/html") -> str:
        asked = urllib.request.Request(live_server.url + path, headers={"Accept": accept})
        with urllib.request.urlopen(asked) as reply:
            found: bytes = reply.read()
        return found.decode()

    return ask


def section(page: str, id: str) -> str:
    """The section whose heading has that id."""
    found = re.search(rf'<section[^>]* aria-labelledby="{id}">(.*?)</section>', page, re.DOTALL)
    assert found, f"the page has a section {id}"
    return found[1]


def words(html: str) -> str:
    """The words of a piece of a page, as read."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("key", KINDS.values(), ids=KINDS)
def test_page_is_small_and_says_what_it_is(get: Get, key: str) -> None:
    page = get(f"/doc/{key}")
    assert len(page.encode()) < HTML_BYTES
    assert re.search(r'<p class="kind[^"]*">\w', page) or key.startswith("concept/")
    assert f'<code id="iri">https://w3id.org/treatygraph/id/{key}</code>' in page


@pytest.mark.parametrize("key", KINDS.values(), ids=KINDS)
def test_page_tells_machines_what_it_is(get: Get, key: str) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', get(f"/doc/{key}"))
    assert found
    data = json.loads(found[1])
    assert data["@context"] == "https://schema.org"
    assert data["@id"] == f"https://w3id.org/treatygraph/id/{key}"
    assert data["name"]


@pytest.mark.parametrize("key", KINDS.values(), ids=KINDS)
def test_each_table_is_given_as_csv_and_as_a_query_with_the_same_rows(get: Get, key: str) -> None:
    page = get(f"/doc/{key}")
    tables = set(re.findall(r'\.csv\?table=(\w+)"', page))
    assert {"facts", "points"} <= tables
    for name in tables:
        rows = list(csv.reader(io.StringIO(get(f"/doc/{key}.csv?table={name}", "text/csv"))))
        query = get(f"/doc/{key}.rq?table={name}", "application/sparql-query")
        asked = get(f"/sparql?{urlencode({'query': query, 'format': 'csv'})}", "text/csv")
        assert sorted(rows) == sorted(csv.reader(io.StringIO(asked))), name
        assert "?thing" not in query.replace("AS ?thing", ""), name


def test_table_opens_in_the_editor(live_server: LiveServer) -> None:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    asked = urllib.request.Request(
        f"{live_server.url}/doc/treaty/untoc.rq?table=tree", headers={"Accept": "text/html"}
    )
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.build_opener(Stay).open(asked)
    told.value.close()
    assert told.value.code == 303
    to = urlsplit(told.value.headers["Location"])
    assert to.path == "/query"
    assert "<https://w3id.org/treatygraph/id/treaty/untoc>" in parse_qs(to.query)["query"][0]


def test_unknown_table_is_a_bad_request(get: Get) -> None:
    with pytest.raises(urllib.error.HTTPError) as told:
        get("/doc/treaty/untoc.csv?table=../../passwords")
    told.value.close()
    assert told.value.code == 400


def test_provision_shows_what_points_to_it_and_to_its_parts_in_order_of_time(get: Get) -> None:
    page = get("/doc/treaty/untoc/art/18")
    points = section(page, "points")
    assert [int(year) for year in re.findall(r'class="year">(\d{4})<', points)] == [2015, 2016]
    item = points.partition(f'href="/doc/{MEETING}/item/3"')[2]
    assert "19–21 October 2016" in item
    assert "concerns provision" in item and "Article 18, paragraph 7" in item
    assert "<mark>" in item


def test_provision_leads_up_to_its_article_and_treaty(get: Get) -> None:
    crumbs = get("/doc/treaty/untoc/art/18/para/7").partition('class="breadcrumbs"')[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', crumbs) == ["/doc/treaty/untoc", "/doc/treaty/untoc/art/18"]


def test_provision_says_what_is_not_known(get: Get) -> None:
    assert "are not loaded" in words(section(get("/doc/treaty/untoc/art/18"), "not-known"))
    silent = words(section(get("/doc/treaty/untoc/art/21"), "not-known"))
    assert "Nothing that is loaded names this provision or a part of it." in silent


def test_treaty_shows_how_often_each_article_is_linked(get: Get) -> None:
    tree = section(get("/doc/treaty/untoc"), "articles")
    assert re.findall(r">Article (\d+)<", tree) == [str(number) for number in range(1, 42)]
    nineteen = words(tree.partition(">Article 19<")[2].partition(">Article 20<")[0])
    assert "Joint investigations 1 item" in nineteen
    assert "1 meeting" in nineteen


def test_treaty_shows_its_parties_and_where_sources_disagree(get: Get) -> None:
    parties = words(section(get("/doc/treaty/untoc"), "parties"))
    assert "8 March 2005 100" in parties
    assert "October 2014 181 disputed" in parties


def test_names_of_a_body_in_six_languages_stand_last_english_first_and_folded(get: Get) -> None:
    told = words(get("/doc/body/ctoc-cop"))
    facts, _, names = told.partition(" also called ")
    assert (
        "founding treaty United Nations Convention" in facts and "secretariat United Nations Office" in facts
    )
    shown, more, _ = re.split(r" (\d+) more ", names, maxsplit=1)
    assert shown.startswith("Conference Conference of the Parties") and "Конференция" not in shown
    assert int(more) > 10 and "Конференция" in names


def test_treaty_whose_structure_is_not_held_says_so(get: Get) -> None:
    assert "structure of this treaty is not held" in get("/doc/treaty/un-narcotics-1988")
    assert "structure of this treaty is not held" not in get("/doc/treaty/untoc")


def test_body_shows_what_established_and_renewed_it_and_what_it_was_asked(get: Get) -> None:
    page = get(f"/doc/{GROUP}")
    history = words(section(page, "history"))
    assert history.index("is established") < history.index("is renewed")
    assert "Decision 3/2" in history
    assert "Article 19" in section(page, "acted")
    assert "19–21 October 2016" in section(page, "meetings")
    assert "Meetings 2 to 5, 8 to 12" in section(page, "not-known")
    assert f'href="/views/mandates?body={GROUP}"' in page


def test_long_list_is_turned_page_by_page(get: Get) -> None:
    first, second = (get(f"/doc/body/ctoc-cop{page}") for page in ("", "?acted=2"))
    assert "page 1 of" in words(section(first, "acted")) and "page 2 of" in words(section(second, "acted"))
    pattern = r'class="entry-head"><a href="([^"]+)"'
    shown = [set(re.findall(pattern, section(page, "acted"))) for page in (first, second)]
    assert shown[0] and shown[1] and not shown[0] & shown[1]
    assert section(get("/doc/body/ctoc-cop?acted=99999"), "acted")


def test_meeting_shows_its_agenda_with_what_each_item_concerns(get: Get) -> None:
    page = get(f"/doc/{MEETING}")
    agenda = section(page, "agenda")
    order = re.findall(r'class="number">([^<]+)<', agenda)
    assert order == ["1", "1 (a)", "1 (b)", "2", "3", "4", "5", "5 (a)", "5 (b)", "6", "7", "8"]
    four = agenda.partition(f'href="/doc/{MEETING}/item/4"')[2].partition("/item/5")[0]
    assert "/doc/treaty/untoc/art/19" in four and "to be recirculated" in four
    assert f'href="/views/articles-agenda?meeting={MEETING}"' in agenda


def test_meeting_shows_its_programme_by_day_and_slot(get: Get) -> None:
    programme = section(get(f"/doc/{MEETING}"), "programme")
    days = re.findall(r'scope="rowgroup" rowspan="(\d)">([^<]+)<', programme)
    assert days == [("1", "19 October 2016"), ("2", "20 October 2016"), ("1", "21 October 2016")]
    assert "foreseen" in programme


def test_session_whose_dates_are_disputed_shows_each_and_the_mark(get: Get) -> None:
    head = words(get("/doc/session/ctoc-cop/2").partition('class="context"')[2].partition("</p>")[0])
    assert "10–21 October 2005 or 10–21 October 2006" in head
    assert "disputed" in head
    assert "Its agenda is not loaded" in get("/doc/session/ctoc-cop/2")


def test_item_shows_where_each_provision_is_named(get: Get) -> None:
    page = get(f"/doc/{MEETING}/item/5/a")
    rows = re.findall(r"<tr><td>(.*?)</tr>", section(page, "concerns"), re.DOTALL)
    thirteen = next(row for row in rows if "/art/13" in row)
    assert "annotation, title" in thirteen and "words ×4" in thirteen
    assert "20 October 2016, 15:00–18:00" in section(page, "slots")


def test_item_says_which_documents_are_not_held(get: Get) -> None:
    page = get(f"/doc/{MEETING}/item/4")
    assert "not held" in section(page, "papers")
    assert "CTOC/COP/2008/CRP.5" in section(page, "not-known")


def test_document_shows_its_citations_in_order_of_print_and_the_sum_of_mentions(get: Get) -> None:
    page = get(f"/doc/{AGENDA}")
    total, *parts = map(
        int, re.findall(r"\d+", words(page.partition(">mentions</dt>")[2].partition("</dd>")[0]))
    )
    assert total == sum(parts) and parts[0] == 184
    cited = re.findall(r'class="cited(-again)?[^"]*" href="([^"]+)"', section(page, "citations"))
    assert len(cited) == len({href for _, href in cited}) == 184
    rows = csv.DictReader(io.StringIO(get(f"/doc/{AGENDA}.csv?table=citations", "text/csv")))
    starts = {row["citation"]: int(row["start"]) for row in rows}
    firsts = [href for again, href in cited if not again]
    found = [starts[f"https://w3id.org/treatygraph/id/{href.removeprefix('/doc/')}"] for href in firsts]
    # What is cited again in the same part of the text stands with its first place.
    assert found == sorted(found)
    assert 40 < len(firsts) < 184


def test_document_that_is_not_held_says_so(get: Get) -> None:
    page = get("/doc/document/CTOC/COP/WG.3/2016/2")
    assert "Its text is not held" in section(page, "not-known")


def test_action_says_who_does_what_under_what(get: Get) -> None:
    page = get("/doc/act/ctoc-cop/decision/2/2/adoption")
    says = words(section(page, "says"))
    assert says.startswith("What it says who Conference of the Parties")
    assert "does what adopt" in says and "adopts Decision 2/2" in says
    assert "<mark>" in section(page, "words")


def test_evidence_leads_to_all_that_it_says(get: Get) -> None:
    page = get(f"/doc/{MEETING}/item/4")
    citation = re.search(r'href="(/doc/citation/\w+)">this evidence', page)
    assert citation
    statements = words(section(get(citation[1]), "statements"))
    assert "concerns provision" in statements
    edge = re.search(r'href="(/doc/edge/\w+)"', section(get(citation[1]), "statements"))
    assert edge and "<mark>" in section(get(edge[1]), "words")


def test_head_shows_the_title_that_a_text_bears(get: Get) -> None:
    page = get("/doc/treaty/untoc/art/16")
    assert '<p class="thing-title" dir="auto">Extradition</p>' in page
    assert "thing-title" not in get("/doc/treaty/untoc/art/16/para/7")


def test_page_of_an_edge_node_is_called_by_its_statement(get: Get) -> None:
    page = get(f"/doc/{MEETING}/item/5/a")
    edge = re.search(r'href="(/doc/edge/[0-9a-f]{32})"', page)
    assert edge, "the page of an item leads to the evidence of its facts"
    heading = re.search(r"<h1[^>]*>([^<]+)</h1>", get(edge.group(1)))
    assert heading and " — " in heading.group(1) and "/" not in heading.group(1)
