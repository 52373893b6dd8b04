"""First page, questions, the page about the graph, shapes, rules, and what crawlers read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, parse
from pyoxigraph import Store as Engine

from treatygraph.cite.rules import RULES
from treatygraph.graph.iris import THINGS
from treatygraph.graph.terms import ELI, RDF, RDFS, TG
from treatygraph.web.home_picture import small_picture
from treatygraph.web.questions import all_questions

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PAGES = ("/", "/treaties", "/bodies", "/meetings", "/documents", "/questions", "/questions/q01", "/search?q=springs",
         "/about", "/shapes", "/rules", "/ontology")  # fmt: skip
FORMS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
}


@pytest.mark.parametrize("address", PAGES)
def test_links_of_a_page_lead_somewhere(client: Any, address: str) -> None:
    page = client.get(address, PAGE)
    assert page.status == 200
    links = {link for link in re.findall(r'href="(/[^"#]*)', page.text) if not link.startswith("/static/")}
    for link in sorted(links):
        assert client.get(link.replace("&amp;", "&"), PAGE).status in (200, 303), (address, link)
    places = set(re.findall(r'href="#([^"]*)"', page.text))
    assert places <= set(re.findall(r'id="([^"]*)"', page.text))


@pytest.mark.parametrize("address", PAGES)
def test_page_has_no_inline_script_or_style(client: Any, address: str) -> None:
    page = client.get(address, PAGE)
    assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", page.text)
    assert page.text.count("<h1") == 1
    assert len(page.body) < 100_000


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_every_list(client: Any, address: str) -> None:
    page = client.get(address, PAGE).text
    for there in (
        "/treaties",
        "/bodies",
        "/meetings",
        "/documents",
        "/questions",
        "/query",
        "/about",
        "/shapes",
        "/rules",
    ):
        assert f'href="{there}"' in page
    assert 'action="/search"' in page


def test_the_door_to_provisions_opens_on_those_that_agendas_are_about(repo: Path) -> None:
    """Many acts recall article 9; items of an agenda are about article 4."""
    engine = Engine()
    treaty, recalled, discussed = (NamedNode(f"{THINGS}treaty/springs{rest}") for rest in ("", "/9", "/4"))
    engine.add(Quad(treaty, RDF.type, TG.Treaty))
    for part in (recalled, discussed):
        engine.add(Quad(treaty, ELI.has_part, part))
        engine.add(Quad(part, RDFS.label, Literal(part.value)))
    edges = [(recalled, TG.cites)] * 3 + [(discussed, TG.concernsProvision)]
    for number, (part, predicate) in enumerate(edges):
        edge = NamedNode(f"{THINGS}edge/{number}")
        engine.extend([Quad(edge, RDF.object, part), Quad(edge, RDF.predicate, predicate)])
    query = repo / "src" / "treatygraph" / "web" / "queries" / "home_provisions.rq"
    found = cast(QuerySolutions, engine.query(query.read_text(encoding="utf-8")))
    assert [row["provision"] for row in found] == [discussed, recalled]


def test_an_address_that_leads_nowhere_is_named_and_what_it_says_can_be_looked_for(client: Any) -> None:
    page = client.get("/view/mandate-timeline/", PAGE)
    assert page.status == 404
    assert "There is no page at /view/mandate-timeline/." in page.text
    assert 'href="/search?q=mandate+timeline"' in page.text
    assert client.get("/nowhere").text.count("There is no page at /nowhere.") == 1


def test_first_page_shows_examples_from_the_graph(client: Any) -> None:
    page = client.get("/", PAGE).text
    assert 'href="/doc/treaty/springs/art/2"' in page
    assert 'href="/doc/meeting/well-council/3"' in page
    assert 'href="/questions/' in page
    assert "What it lacks" in page
    assert '<path d="M' in page


def rows(*pairs: tuple[str, str, str]) -> list[Any]:
    return [
        {
            "meeting": NamedNode(THINGS + m),
            "item": NamedNode(f"{THINGS}{m}/item/{i}"),
            "provision": NamedNode(THINGS + p),
        }
        for m, i, p in pairs
    ]


def test_small_picture_is_of_the_meeting_with_most_links() -> None:
    picture = small_picture(
        rows(
            ("meeting/a/1", "2", "treaty/x/art/9"),
            ("meeting/b/1", "3/a", "treaty/x/art/10/para/2"),
            ("meeting/b/1", "2", "treaty/x/art/9"),
            ("meeting/b/1", "2", "treaty/x/art/9/para/1"),
        )
    )
    assert picture and picture.meeting == "meeting/b/1"
    assert [dot.words for dot in picture.provisions] == ["art. 9", "art. 10"]
    assert [dot.words for dot in picture.items] == ["item 2", "item 3 (a)"]
    assert len(picture.curves) == 2
    assert small_picture([]) is None


def test_questions_are_listed_with_their_words(client: Any) -> None:
    page = client.get("/questions", PAGE).text
    assert page.count('<li><a href="/questions/') == len(all_questions()) >= 24


def test_question_shows_words_query_and_rows(client: Any) -> None:
    page = client.get("/questions/q01", PAGE).text
    assert "Which decision established" in page
    assert "SELECT" in page
    assert "This graph has no row for it" in page
    assert "curl -H &#39;Accept: text/csv&#39;" in page or "curl -H 'Accept: text/csv'" in page
    assert client.get("/questions/nothing", PAGE).status == 404


@pytest.mark.parametrize("kind", ["text/csv", "text/tab-separated-values", "application/sparql-results+json"])
def test_question_gives_programs_its_rows(client: Any, kind: str) -> None:
    reply = client.get("/questions/q01", kind)
    assert (reply.status, reply.kind) == (200, kind)
    assert all_questions()[0].variables
    asked = next(each for each in all_questions() if each.name == "q01")
    assert all(name in reply.text for name in asked.variables)


def test_about_tells_how_good_bad_and_incomplete_it_is(client: Any, repo: Path) -> None:
    page = client.get("/about", PAGE).text
    assert "as printed there" in page
    measured = json.loads((repo / "data" / "evaluation" / "latest.json").read_text())["documents"]
    citations = sum(s["gold"] for each in measured for s in each["scores"] if s["section"] == "citations")
    assert f'<td>citations</td><td class="figure">{citations}</td>' in page
    assert f"{len(measured)} documents" in page


def test_shapes_are_given_in_every_form(client: Any) -> None:
    sizes = set()
    for suffix, (kind, syntax) in FORMS.items():
        reply = client.get("/shapes", kind)
        assert (reply.status, reply.kind) == (200, kind)
        again = client.get(f"/shapes.{suffix}")
        assert again.status == 200
        named = {
            q.triple
            for q in parse(again.body, format=syntax)
            if "BlankNode" not in repr((q.subject, q.object))
        }
        sizes.add(len(named))
    assert len(sizes) == 1 and sizes.pop() > 100
    assert client.get("/shapes", "image/png").status == 406


def test_shapes_tell_people_what_is_wrong_and_how_to_mend_it(client: Any, repo: Path) -> None:
    page = client.get("/shapes", PAGE).text
    for path in sorted((repo / "ontology" / "shapes").glob("*.ttl")):
        for name in re.findall(r"^tgs:(\w+) a sh:NodeShape", path.read_text(), re.M):
            assert f'id="{name}"' in page, name
    assert "An action does not have one verb of the list verb." in page
    assert "Give it the lemma as a tg:verb of that list" in page
    assert "To mend it" not in page


def test_rules_have_their_examples(client: Any) -> None:
    page = client.get("/rules", PAGE).text
    for rule in RULES:
        assert f'id="{rule.id.replace("/", "-")}"' in page
    assert "<mark>decision 1/CP.21</mark>" in page


def test_vocabulary_links_terms_and_says_what_needs_evidence(client: Any) -> None:
    page = client.get("/ontology", PAGE).text
    concerns = page.partition('id="concernsProvision"')[2].partition("</section>")[0]
    assert "evidenced" in concerns
    assert 'href="/ontology#AgendaItem"' in concerns
    assert "concept/reason" in page


def test_crawlers_are_told_where_to_go(client: Any) -> None:
    robots = client.get("/robots.txt")
    assert robots.kind == "text/plain" and "Disallow: /sparql" in robots.text
    sitemap = client.get("/sitemap.xml")
    assert sitemap.kind == "application/xml"
    places = [
        each.text or "" for each in ElementTree.fromstring(sitemap.body).iter() if each.tag.endswith("loc")
    ]
    assert any(place.endswith("/doc/treaty/springs/art/2") for place in places)
    host = re.match(r"http://[^/]+", places[0])
    assert host
    for place in places[:12]:
        assert client.get(place[host.end() :], PAGE).status == 200
