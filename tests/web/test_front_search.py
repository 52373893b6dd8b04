"""`/search`: a reference leads to its thing, words to what is called so; as a page or as JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def search(client: Any, text: str, accept: str = PAGE, more: str = "") -> Any:
    return client.get(f"/search?q={quote(text)}{more}", accept)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("springs convention 2", "treaty/springs/art/2"),
        ("art. 2 of the Springs Convention", "treaty/springs/art/2"),
        ("springs convention", "treaty/springs"),
        ("well/2031/1", "document/WELL/2031/1"),
        ("a/res/2200(xxi) a", "document/A/RES/2200(XXI)A"),
        ("meeting/well-council/3", "meeting/well-council/3"),
        ("citation/0123456789abcdef0123456789abcdef", "citation/0123456789abcdef0123456789abcdef"),
        ("https://w3id.org/treatygraph/id/treaty/springs", "treaty/springs"),
    ],
)
def test_reference_leads_to_its_page(client: Any, typed: str, key: str) -> None:
    reply = search(client, typed)
    assert (reply.status, reply.headers["location"]) == (303, f"/doc/{quote(key, safe='/()')}")
    assert "Accept" in reply.headers["vary"].split(", ")


def test_address_of_this_server_leads_to_the_thing(client: Any) -> None:
    host = f"http://127.0.0.1:{client.port}"
    reply = client.get(
        f"/search?q={quote(host + '/doc/treaty/springs')}", PAGE, Host=f"127.0.0.1:{client.port}"
    )
    assert (reply.status, reply.headers["location"]) == (303, "/doc/treaty/springs")


def test_words_are_found_and_marked(client: Any) -> None:
    page = search(client, "spring").text
    assert 'value="spring"' in page
    assert "<mark>Springs</mark> Convention" in page


def test_json_gives_programs_the_same(client: Any) -> None:
    found = search(client, "springs", "application/json").json
    assert found["total"] == len(found["results"]) == 3
    assert {each["key"] for each in found["results"]} == {
        "treaty/springs", "treaty/springs/art/2", "meeting/well-council/3/item/3",
    }  # fmt: skip
    one = search(client, "springs convention", "application/json")
    assert one.status == 200
    assert [each["iri"] for each in one.json["candidates"]] == [
        "https://w3id.org/treatygraph/id/treaty/springs"
    ]
    assert one.json["read_as"] == "name"


def test_kind_narrows_what_is_found(client: Any) -> None:
    found = search(client, "springs", "application/json", "&kind=Provision").json
    assert [each["key"] for each in found["results"]] == ["treaty/springs/art/2"]
    assert found["kinds"] == {"Treaty": 1, "Provision": 1, "AgendaItem": 1}


def test_nothing_found_says_what_to_try(client: Any) -> None:
    page = search(client, "zzzz")
    assert page.status == 200
    assert "Nothing in this graph is called" in page.text
    assert 'href="/treaties"' in page.text


def test_box_without_words_says_what_it_understands(client: Any) -> None:
    for address in ("/search", "/search?q=", "/search?q=%20"):
        page = client.get(address, PAGE)
        assert page.status == 200
        assert "What the box understands" in page.text and "Nothing" not in page.text


def test_what_was_typed_is_text(client: Any) -> None:
    typed = '"><script>alert(1)</script>'
    page = search(client, typed)
    assert page.status == 200
    assert "<script>alert" not in page.text


def test_label_with_a_script_is_text(client: Any) -> None:
    assert "<script>alert" not in search(client, "wells").text


@pytest.mark.parametrize(
    "more", ["&page=0", "&page=-1", "&page=99999999999", "&page=x", "&page=²", "&kind=x"]
)
def test_odd_parameters_do_no_harm(client: Any, more: str) -> None:
    assert search(client, "springs", "application/json", quote(more, safe="&=")).json["page"] == 1


@pytest.mark.parametrize(
    "typed", ["a" * 5000, "/" * 300, "( " * 150, "art " * 75, "\x00", "\u202e(1)", "1/" * 150]
)
def test_odd_text_is_answered(client: Any, typed: str) -> None:
    assert search(client, typed, "application/json").status == 200
    assert search(client, typed).status in (200, 303)


def test_answer_that_a_client_has_is_not_sent_again(client: Any) -> None:
    first = search(client, "springs")
    again = client.get("/search?q=springs", PAGE, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
