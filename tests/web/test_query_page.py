"""``/query``: what the page of queries shows to those who run no script, and what its editor asks for."""

from __future__ import annotations

import re
import shlex
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ARTICLE = "https://w3id.org/treatygraph/id/treaty/springs/art/2"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
MANY = "SELECT ?n { VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 } VALUES ?c { 0 1 2 3 4 5 6 7 8 9 } BIND(?a * 100 + ?b * 10 + ?c AS ?n) } ORDER BY ?n"


class Seen(HTMLParser):
    """Cells, links and marked characters of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.links: dict[str, str] = {}
        self.marked = ""
        self._inside: list[str] = []
        self._href = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        if tag == "td":
            self.cells.append("")
        if tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "td" in self._inside:
            self.cells[-1] += data
        if "a" in self._inside:
            self.links[self.links.get(self._href, "") + data.strip()] = self._href
        if "mark" in self._inside:
            self.marked += data


def shown(client: Any, query: str, **more: str) -> Any:
    return client.get(f"/query?{urlencode({'query': query, **more})}", PAGE)


def test_page_begins_with_a_query_that_runs(client: Any) -> None:
    """BASE and prefixes stand visibly in the text, so that it means the same everywhere."""
    page = client.get("/query", PAGE)
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)
    assert text
    query = unescape(text[1]).lstrip("\n")
    assert query.startswith(
        "BASE <https://w3id.org/treatygraph/id/>\nPREFIX tg: <https://w3id.org/treatygraph/ns#>"
    )
    assert client.ask(query).status == 200


def test_browser_at_the_endpoint_is_led_to_the_page(client: Any) -> None:
    reply = client.get("/sparql", PAGE)
    assert (reply.status, reply.headers["location"]) == (303, "/query")


def test_things_of_an_answer_are_links_with_names(client: Any) -> None:
    seen = Seen(
        shown(client, f"SELECT (<{ARTICLE}> AS ?article) ?name {{ <{ARTICLE}> <{LABEL}> ?name }}").text
    )
    assert seen.cells == [
        "Springs Convention, article 2treaty/springs/art/2",
        "Springs Convention, article 2",
    ]
    assert seen.links["Springs Convention, article 2"] == "/doc/treaty/springs/art/2"


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        ('"x"', "x"),
        ('"x"@ar', "x @ar"),
        ("5", "5 xsd:integer"),
        ('"2016-10-19"^^<http://www.w3.org/2001/XMLSchema#date>', "2016-10-19 xsd:date"),
        ("<https://w3id.org/treatygraph/ns#Treaty>", "tg:Treaty"),
        ("<http://example.org/a>", "http://example.org/a"),
        ("<javascript:alert(1)>", "javascript:alert(1)"),
        ('"line\\nbreak\\ttab"', "line\nbreak\ttab"),
        ("1/0", ""),
    ],
)
def test_each_kind_of_term_is_shown_as_it_is(client: Any, term: str, cell: str) -> None:
    page = shown(client, f"SELECT ({term} AS ?x) {{}}").text
    assert Seen(page).cells == [cell]
    assert 'href="javascript' not in page


def test_long_answer_comes_in_pages_that_hold_every_row_once(client: Any) -> None:
    numbers: list[str] = []
    for page in range(1, 100):
        seen = Seen(shown(client, MANY, page=str(page)).text)
        numbers += [cell.removesuffix(" xsd:integer") for cell in seen.cells]
        if "Further rows" not in seen.links:
            break
        assert parse_qs(urlsplit(seen.links["Further rows"]).query)["page"] == [str(page + 1)]
    assert numbers == [str(number) for number in range(1000)]
    assert "<strong>1,000</strong> rows" in shown(client, MANY).text


def test_page_beyond_the_last_is_the_last(client: Any) -> None:
    assert Seen(shown(client, MANY, page="99999").text).cells[-1] == "999 xsd:integer"


def test_no_row_is_said_with_what_to_try(client: Any) -> None:
    assert "No row matches." in shown(client, "SELECT ?x { FILTER(false) }").text


@pytest.mark.parametrize(("query", "word"), [("ASK {}", "Yes."), ("ASK { FILTER(false) }", "No.")])
def test_ask_is_answered_in_a_word(client: Any, query: str, word: str) -> None:
    assert f'<p class="verdict">{word}</p>' in shown(client, query).text


def test_graph_is_shown_as_turtle_with_its_things_by_name(client: Any) -> None:
    page = shown(client, f"CONSTRUCT {{ <{ARTICLE}> ?p ?o }} WHERE {{ <{ARTICLE}> ?p ?o }}").text
    assert "@prefix tg: &lt;https://w3id.org/treatygraph/ns#&gt; ." in page
    assert Seen(page).links["Springs Convention, article 2"] == "/doc/treaty/springs/art/2"


@pytest.mark.parametrize(
    ("query", "status", "words", "marked"),
    [
        ("SELECT ?x WHERE {\n  ?x ?y ;\n}", 400, "line 3, column 1", "}"),
        ("SELECT ?x WHERE { ?x ?y ?z", 400, "line 1, column 27", "⏎"),
        (
            "SELECT ?x WHERE {\n  ?x ex:y ?z }",
            400,
            "The prefix of ex:y is not declared (line 2, column 6)",
            "ex:y",
        ),
        (
            "SELECT ?x WHERE { ?x rdfs:label '😀 a:b' }",
            400,
            "PREFIX rdfs: &lt;http://www.w3.org/2000/01/rdf-schema#&gt;",
            "rdfs:label",
        ),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400, "SERVICE is refused", "S"),
        ("INSERT DATA { <a:a> <a:b> 1 }", 400, "begins an update", "I"),
        ("words", 400, "A query does not begin with", "w"),
        (
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }",
            503,
            "was ended after 2 seconds",
            "",
        ),
    ],
)
def test_query_without_an_answer_gets_a_sentence_and_its_place(
    client: Any, query: str, status: int, words: str, marked: str
) -> None:
    """The text stays in the box; the place is marked for those who have no editor."""
    page = shown(client, query)
    assert page.status == status
    assert words in page.text
    assert Seen(page.text).marked == marked
    assert query in unescape(page.text)
    assert ("/explain?query=" in page.text) == (status == 503)


def test_question_opens_as_a_query_with_its_rows(client: Any) -> None:
    reply = client.get("/query?example=q04", PAGE)
    query = parse_qs(urlsplit(reply.headers["location"]).query)["query"][0]
    assert (reply.status, query.startswith("# question: ")) == (303, True)
    assert '<option value="q04" selected>' in client.get(reply.headers["location"], PAGE).text
    assert client.get("/query?example=none", PAGE).status == 404


def test_form_without_script_leads_to_the_data(client: Any) -> None:
    reply = client.get(f"/query?{urlencode({'query': 'ASK {}', 'format': 'xml'})}", PAGE)
    assert reply.status == 303
    assert client.get(reply.headers["location"]).kind == "application/sparql-results+xml"


def test_every_form_of_the_answer_can_be_taken_away(client: Any) -> None:
    seen = Seen(shown(client, f"SELECT ?x {{ <{ARTICLE}> <{LABEL}> ?x }}").text)
    kinds = [client.get(seen.links[name]).kind for name in ("JSON", "XML", "CSV", "TSV")]
    assert kinds == [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ]


def test_line_for_a_terminal_asks_the_same(client: Any) -> None:
    """Whatever the query holds, quotes and line breaks too, it is one line of three words for a shell."""
    page = shown(client, "SELECT (\"it's\" AS ?x)\n{ } # a 'remark'").text
    line = re.search(r'<code id="curl"[^>]*>(.*?)</code>', page, re.DOTALL)
    assert line
    words = shlex.split(unescape(line[1]))
    assert words[:3] == ["curl", "-H", "Accept: text/csv"]
    parts = urlsplit(words[3])
    assert client.get(f"{parts.path}?{parts.query}", "text/csv").text == "x\r\nit's\r\n"


def test_dataset_of_the_request_stays_with_the_query(client: Any) -> None:
    graph = "https://w3id.org/treatygraph/id/graph/build"
    page = client.get(
        f"/query?{urlencode({'query': 'ASK { ?s ?p ?o }', 'default-graph-uri': graph})}", PAGE
    ).text
    assert f'<input type="hidden" name="default-graph-uri" value="{graph}">' in page
    assert urlencode({"default-graph-uri": graph}) in page
    assert client.get("/query?query=ASK+%7B%7D&default-graph-uri=x", PAGE).status == 400


def test_policy_lets_one_style_sheet_through_and_no_script(client: Any) -> None:
    first, second = (client.get("/query", PAGE) for _ in range(2))
    nonces = [re.search(r'data-style-nonce="([^"]+)"', each.text)[1] for each in (first, second)]  # type: ignore[index]
    assert nonces[0] != nonces[1]
    for page, nonce in zip((first, second), nonces, strict=True):
        assert f"style-src 'self' 'nonce-{nonce}';" in page.headers["content-security-policy"]
        assert "script-src 'self';" in page.headers["content-security-policy"]
    assert "nonce" not in client.get("/", PAGE).headers["content-security-policy"]


def test_page_that_a_client_keeps_keeps_its_nonce(client: Any) -> None:
    first = client.get("/query", PAGE)
    again = client.get("/query", PAGE, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    forged = re.sub(r'-[^-"]*"$', '-x; script-src *"', first.headers["etag"])
    assert client.get("/query", PAGE, If_None_Match=forged).status == 200


def test_part_of_the_answer_alone_is_for_the_editor(client: Any) -> None:
    body = urlencode({"query": "ASK {}", "part": "answer"})
    reply = client.send(
        "POST", "/query", body, Content_Type="application/x-www-form-urlencoded", Accept="text/html"
    )
    assert reply.text.lstrip().startswith('<section class="section query-answer" id="answer"')


def test_vocabulary_has_prefixes_and_terms_with_definitions(client: Any) -> None:
    found = client.get("/query/vocabulary.json").json
    terms = {term["name"]: term for term in found["terms"]}
    assert found["base"] == "https://w3id.org/treatygraph/id/"
    assert found["prefixes"]["tg"] == "https://w3id.org/treatygraph/ns#"
    assert terms["tg:AgendaItem"]["kind"] == terms["eli:LegalResource"]["kind"] == "class"
    assert terms["tg:concernsProvision"]["kind"] == terms["rdfs:label"]["kind"] == "property"
    assert all(terms[name].get("definition") for name in terms if name.startswith("tg:"))


def test_keys_are_found_by_their_beginning(client: Any) -> None:
    found = client.get("/query/keys.json?prefix=treaty/springs").json
    assert {"key": "treaty/springs/art/2", "name": "Springs Convention, article 2"} in found
    assert found[0]["key"] == "treaty/springs"
    assert all(each["key"].startswith("treaty/springs") for each in found)
    assert client.get("/query/keys.json?prefix=nothing/here").json == []
    assert not [each for each in client.get("/query/keys.json").json if each["key"].startswith("edge/")]
