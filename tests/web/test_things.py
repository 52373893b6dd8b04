"""A thing's address leads to its document, as a page or as data; each fact shows its words."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat, parse

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
THINGS = "https://w3id.org/treatygraph/id/"
ITEM = "meeting/well-council/3/item/3"
CITATION = "citation/0123456789abcdef0123456789abcdef"
FORMS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
}


@pytest.mark.parametrize("accept", ["*/*", PAGE, "text/turtle"])
def test_thing_leads_to_its_document(client: Any, accept: str) -> None:
    reply = client.get(f"/id/{ITEM}", accept)
    assert (reply.status, reply.headers["location"]) == (303, f"/doc/{ITEM}")
    assert "Accept" in reply.headers["vary"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("treaty/SPRINGS/Art/2", "treaty/springs/art/2"),
        ("document/well/2031/1", "document/WELL/2031/1"),
        ("document/A/RES/2200(xxi)a", "document/A/RES/2200(XXI)A"),
        ("document/A/RES/2200 (XXI) A", "document/A/RES/2200(XXI)A"),
    ],
)
def test_key_is_found_whatever_its_case_and_spaces(client: Any, written: str, key: str) -> None:
    for path in ("id", "doc"):
        reply = client.get(f"/{path}/{quote(written)}")
        if path == "doc" and written.replace(" ", "") == key:
            assert reply.status == 200
        else:
            assert (reply.status, reply.headers["location"]) == (303, f"/doc/{key}")
    found = client.get(f"/find?key={quote(written)}", PAGE)
    assert (found.status, found.headers["location"]) == (303, f"/doc/{key}")
    assert client.get(f"/find?key={quote(THINGS + key)}").headers["location"] == f"/doc/{key}"


def test_data_in_another_case_keeps_its_form(client: Any) -> None:
    assert client.get("/doc/treaty/SPRINGS.ttl").headers["location"] == "/doc/treaty/springs.ttl"


@pytest.mark.parametrize("path", ["/id/treaty/nothing", "/doc/treaty/nothing", "/doc/treaty/nothing.ttl"])
def test_unknown_key_is_not_found_with_a_sentence(client: Any, path: str) -> None:
    reply = client.get(path)
    assert (reply.status, reply.kind) == (404, "application/problem+json")
    assert reply.json["detail"].startswith("Nothing in this graph has that key (treaty/nothing).")
    page = client.get(path, PAGE)
    assert (page.status, page.kind) == (404, "text/html")
    assert "Nothing in this graph has that key" in page.text


@pytest.mark.parametrize(("suffix", "form"), FORMS.items())
def test_data_is_the_same_by_suffix_by_accept_and_by_parameter(client: Any, suffix: str, form: Any) -> None:
    kind, syntax = form
    replies = [
        client.get(f"/doc/{CITATION}.{suffix}", PAGE),
        client.get(f"/doc/{CITATION}", kind),
        client.get(f"/doc/{CITATION}?format={suffix}", PAGE),
    ]
    assert {reply.kind for reply in replies} == {kind}
    assert {reply.headers["content-location"] for reply in replies} == {f"/doc/{CITATION}.{suffix}"}
    held = [{quad.triple for quad in parse(reply.body, format=syntax)} for reply in replies]
    assert held[0] == held[1] == held[2]
    subjects = {str(triple.subject.value).removeprefix(THINGS) for triple in held[0]}
    assert subjects >= {CITATION, f"{CITATION}#target", f"{CITATION}#quote", f"{CITATION}#position"}
    labelled = {triple.object.value for triple in held[0] if triple.predicate.value.endswith("#label")}
    assert "Springs Convention, article 2" in labelled


def test_data_is_sorted_and_the_same_each_time(client: Any) -> None:
    first, second = (client.get(f"/doc/{ITEM}.nt") for _ in range(2))
    assert first.body == second.body
    lines = first.text.splitlines()
    assert lines == sorted(lines) and len(lines) == len(set(lines))


def test_page_shows_facts_with_their_words(client: Any) -> None:
    page = client.get(f"/doc/{ITEM}", PAGE).text
    assert '<p class="kind happening">agenda item</p>' in page
    assert f'<code id="iri">{THINGS}{ITEM}</code>' in page
    assert (
        '<a href="/doc/treaty/springs/art/2" class="provision" dir="auto">Springs Convention, article 2</a>'
        in page
    )
    assert "<mark>article 2 of the Springs Convention</mark>" in page
    assert "iat to map the springs named in " in page
    assert 'href="/doc/document/WELL/2031/1/eng@2031-05-02"' in page
    assert "provision.of-named" in page
    assert '<td class="keep">annotation</td>' in page


def test_page_shows_registry_sources(client: Any) -> None:
    page = client.get("/doc/meeting/well-council/3", PAGE).text
    assert "Source: <bdi>https://example.org/wells</bdi> (<bdi>as printed there</bdi>)" in page


def test_page_shows_what_points_there(client: Any) -> None:
    page = client.get("/doc/treaty/springs/art/2", PAGE).text
    incoming = page.partition('id="points"')[2]
    assert f'<a href="/doc/{ITEM}" ' in incoming
    assert f'<a href="/doc/{CITATION}">' in incoming
    assert "/doc/edge/" not in incoming


def test_page_of_a_citation_shows_its_words(client: Any) -> None:
    page = client.get(f"/doc/{CITATION}", PAGE).text
    assert "<mark>article 2 of the Springs Convention</mark>" in page.partition("Facts")[0]


def test_named_graph_is_given_whole(client: Any) -> None:
    key = "graph/registry/wells"
    assert "A named graph of " in client.get(f"/doc/{key}", PAGE).text
    found = {quad.triple for quad in parse(client.get(f"/doc/{key}.nt").body, format=RdfFormat.N_TRIPLES)}
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{THINGS}{key}> {{ ?s ?p ?o }} }}"
    assert found == {
        quad.triple for quad in parse(client.ask(query, format="nt").body, format=RdfFormat.N_TRIPLES)
    }
    assert len(found) > 20


def test_label_with_a_script_is_text(client: Any) -> None:
    page = client.get(f"/doc/{ITEM}", PAGE)
    assert "<script>alert" not in page.text
    assert '<h1 dir="auto">Wells &amp; &lt;script&gt;alert(1)&lt;/script&gt; springs</h1>' in page.text


@pytest.mark.parametrize("path", ["/", f"/doc/{ITEM}", "/ontology", "/sparql", "/doc/nothing"])
def test_page_has_no_inline_script_or_style_and_a_policy(client: Any, path: str) -> None:
    page = client.get(path, PAGE)
    assert page.kind == "text/html"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert not re.search(
        r"<script(?![^>]* src=|[^>]* type=.application/ld.json)|<style|\son\w+=|\sstyle=", page.text
    )


def test_links_of_a_page_lead_somewhere(client: Any) -> None:
    for start in ("/", f"/doc/{ITEM}", "/doc/treaty/springs", f"/doc/{CITATION}", "/ontology"):
        page = client.get(start, PAGE).text
        links = {link for link in re.findall(r'href="(/[^"#]*)', page) if not link.startswith("/static/")}
        assert links
        for link in sorted(links):
            assert client.get(link.replace("&amp;", "&"), PAGE).status in (200, 303), (start, link)


def test_document_that_a_client_has_is_not_sent_again(client: Any) -> None:
    first = client.get(f"/doc/{ITEM}", "text/turtle")
    again = client.get(f"/doc/{ITEM}", "text/turtle", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert client.get(f"/doc/{ITEM}", PAGE, If_None_Match=first.headers["etag"]).status == 200


@pytest.mark.parametrize("path", [f"/doc/{ITEM}", f"/id/{ITEM}", "/ontology", "/health", "/"])
def test_head_is_answered_without_a_body(client: Any, path: str) -> None:
    reply = client.send("HEAD", path, Accept=PAGE)
    assert reply.status in (200, 303)
    assert reply.body == b""


@pytest.mark.parametrize("path", [f"/doc/{ITEM}", f"/id/{ITEM}", "/ontology", "/health"])
def test_things_are_read_only(client: Any, path: str) -> None:
    assert client.send("POST", path, "x").status == 405


def test_ontology_is_given_in_every_form(client: Any) -> None:
    held = []
    for suffix, (kind, syntax) in FORMS.items():
        reply = client.get("/ontology", kind)
        assert (reply.status, reply.kind) == (200, kind)
        assert client.get(f"/ontology.{suffix}").body == reply.body
        held.append(len({quad.triple for quad in parse(reply.body, format=syntax) if _named(quad)}))
    assert held[0] > 500 and len(set(held)) == 1
    page = client.get("/ontology", PAGE).text
    assert 'id="concernsProvision"' in page and 'id="AgendaItem"' in page


def _named(quad: Any) -> bool:
    return "BlankNode" not in repr((quad.subject, quad.object))


def test_health_tells_generation_version_and_counts(client: Any) -> None:
    health = client.get("/health").json
    assert health["status"] == "ok"
    assert health["generation"] >= 1
    assert health["counts"]["graphs"] == 3
    assert health["counts"]["triples"] > 80
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", health["version"])


def test_first_page_counts_what_is_there(client: Any) -> None:
    page = client.get("/", PAGE).text
    assert "<dt>agenda item</dt><dd>1</dd>" in page
    assert 'action="/search"' in page
