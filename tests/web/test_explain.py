"""``/explain``: what makes a query slow, for a program and for a person."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

QUERY = "PREFIX tg: <https://w3id.org/treatygraph/ns#>\nSELECT * { ?item tg:concernsProvision <treaty/springs/art/2> . ?a tg:nobody ?b }"


def test_a_query_is_explained_without_being_run(client: Any) -> None:
    reply = client.get(f"/explain?{urlencode({'query': QUERY})}")
    assert reply.status == 200 and reply.kind == "application/json"
    first, second = reply.json["patterns"]
    assert first == {
        "text": "?item tg:concernsProvision <treaty/springs/art/2>", "line": 2, "column": 12, "count": 1, "more": False,
    }  # fmt: skip
    assert second["count"] == 0
    told = [each["what"] for each in reply.json["findings"]]
    assert told == [
        "2 parts of a group share no variable and are multiplied: ?item; ?a, ?b",
        "Nothing matches ?a tg:nobody ?b",
    ]


def test_it_is_told_in_words_too(client: Any) -> None:
    reply = client.get(f"/explain?{urlencode({'query': QUERY})}", "text/plain")
    assert reply.kind == "text/plain"
    assert "           1  2:12  ?item tg:concernsProvision <treaty/springs/art/2>\n" in reply.text


def test_what_cannot_be_asked_is_a_problem(client: Any) -> None:
    assert client.get("/explain").status == 400
    reply = client.get(f"/explain?{urlencode({'query': 'SELECT * { SERVICE <a:b> {} }'})}")
    assert reply.status == 400 and reply.kind == "application/problem+json"


def test_a_query_that_its_deadline_ended_is_told_where_it_is_explained(client: Any) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6)) + " }"
    reply = client.ask(slow)
    assert reply.status == 503 and reply.json["explain"] == "/explain"
    told = client.get(f"/explain?{urlencode({'query': slow})}").json["findings"]
    assert told[0]["what"].startswith("6 parts of a group")
