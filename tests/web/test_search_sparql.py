"""Looking for words over HTTP: the same block in every request, format and client that asks ``/sparql``."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

PREFIX = "PREFIX tg: <https://w3id.org/treatygraph/ns#> "
THINGS = "https://w3id.org/treatygraph/id/"
SEARCH = 'SERVICE tg:search { ?thing tg:matches "springs" ; tg:score ?score ; tg:snippet ?snippet }'
QUERY = f"{PREFIX}SELECT ?thing ?score ?snippet {{ {SEARCH} }} ORDER BY DESC(?score) ?thing"


def rows(reply: Any) -> list[dict[str, Any]]:
    assert reply.status == 200, reply.text
    found: list[dict[str, Any]] = reply.json["results"]["bindings"]
    return found


def test_words_are_looked_for_over_the_protocol(client: Any) -> None:
    found = rows(client.ask(QUERY))
    scores = [float(row["score"]["value"]) for row in found]
    assert scores == sorted(scores, reverse=True) and scores[-1] > 0
    assert found[0]["score"]["datatype"].endswith("#decimal")
    things = [row["thing"]["value"].removeprefix(THINGS) for row in found]
    assert {"treaty/springs/art/2", "meeting/well-council/3/item/3"} <= set(things)
    assert "citation/0123456789abcdef0123456789abcdef" in things, "what stands around a mention is found too"
    assert all("spring" in row["snippet"]["value"].lower() for row in found)


def test_each_way_of_asking_gives_the_same(client: Any) -> None:
    expected = rows(client.ask(QUERY))
    assert rows(client.send("POST", "/sparql", QUERY, Content_Type="application/sparql-query")) == expected
    form = urlencode({"query": QUERY})
    assert (
        rows(client.send("POST", "/sparql", form, Content_Type="application/x-www-form-urlencoded"))
        == expected
    )
    table = client.ask(QUERY, "text/csv")
    assert table.status == 200 and table.text.count("\r\n") == len(expected) + 1
    graph = client.ask(
        f"{PREFIX}CONSTRUCT {{ ?thing tg:score ?score }} WHERE {{ {SEARCH} }}", "application/n-triples"
    )
    assert graph.text.count("\n") == len(expected)
    assert client.ask(f"{PREFIX}ASK {{ {SEARCH} }}").json["boolean"] is True


def test_the_page_for_people_takes_it(client: Any) -> None:
    page = client.get(f"/query?{urlencode({'query': QUERY})}", "text/html")
    assert page.status == 200 and "treaty/springs/art/2" in page.text


def test_a_block_that_cannot_be_read_is_a_problem_with_its_place(client: Any) -> None:
    reply = client.ask(f"{PREFIX}\nSELECT * {{ SERVICE tg:search {{ ?thing tg:matches 5 }} }}")
    assert reply.status == 400 and reply.kind == "application/problem+json"
    assert (reply.json["line"], reply.json["column"]) == (2, 50)
    assert "plain string" in reply.json["detail"] and "tg:matches" in reply.json["remedy"]


def test_another_service_is_still_refused(client: Any) -> None:
    reply = client.ask("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
    assert reply.status == 400 and "SERVICE is refused" in reply.json["detail"]


def test_an_answer_can_be_kept_like_any_other(client: Any) -> None:
    first = client.ask(QUERY)
    again = client.get(f"/sparql?{urlencode({'query': QUERY})}", If_None_Match=first.headers["etag"])
    assert again.status == 304
