"""Keys and IRIs: made and taken apart, the same on any machine."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from treatygraph.graph import iris
from treatygraph.model.errors import KeyFormatError

SEGMENT = st.text(min_size=1, max_size=12).map(iris.encode_key).filter(bool)
KEY = st.lists(SEGMENT, min_size=1, max_size=6).map("/".join).filter(lambda key: key.strip("/") != "")


@given(KEY)
def test_an_iri_gives_its_key_back(key: str) -> None:
    assert iris.key_of(iris.iri(key)) == key


@given(st.text())
def test_encoding_a_key_twice_changes_nothing(text: str) -> None:
    assert iris.encode_key(iris.encode_key(text)) == iris.encode_key(text)


@given(st.text(min_size=1))
def test_an_encoded_key_makes_an_iri_that_the_engine_takes(text: str) -> None:
    key = iris.encode_key(text)
    if key:
        NamedNode(iris.THINGS + key)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("document/A/RES/2200 (XXI) A", "document/A/RES/2200(XXI)A"),
        ("document/A/80/6 (Sect. 16)", "document/A/80/6(Sect.16)"),
        ("document/[draft]", "document/%5Bdraft%5D"),
        ("tool/a#b?c", "tool/a%23b%3Fc"),
        ("body/société", "body/société"),
        ("tool/a\u202eb", "tool/a%E2%80%AEb"),
    ],
)
def test_white_space_goes_brackets_stay_and_the_rest_is_encoded(printed: str, key: str) -> None:
    assert iris.encode_key(printed) == key


@pytest.mark.parametrize("bad", ["", "a b", "a#b", "a[b]", "100%"])
def test_a_string_that_is_no_key_is_refused(bad: str) -> None:
    with pytest.raises(KeyFormatError):
        iris.iri(bad)


def test_an_iri_outside_the_space_has_no_key() -> None:
    with pytest.raises(KeyFormatError):
        iris.key_of("http://example.org/treaty/untoc")


def test_the_digest_is_sha256_over_parts_joined_by_the_unit_separator() -> None:
    item, article = iris.iri("meeting/x/7/item/4"), iris.iri("treaty/untoc/art/19")
    predicate = NamedNode(iris.TERMS + "concernsProvision")
    joined = "\u001f".join((item.value, predicate.value, article.value))
    assert (
        iris.edge_key(item, predicate, article) == "edge/" + hashlib.sha256(joined.encode()).hexdigest()[:32]
    )


def test_a_literal_counts_with_its_language_or_datatype() -> None:
    joined = "Vienna\u001fhttp://www.w3.org/2001/XMLSchema#string\u001fWien\u001f@de\u001f7\u001f"
    digest = iris.digest(Literal("Vienna"), Literal("Wien", language="de"), 7, None)
    assert digest == hashlib.sha256(joined.encode()).hexdigest()[:32]


def test_keys_of_expressions_items_and_slots() -> None:
    assert iris.expression_key("document/A/1", "eng", "2016-08-08", "f" * 64) == "document/A/1/eng@2016-08-08"
    assert iris.expression_key("document/A/1", "eng", None, "ab" * 32) == "document/A/1/eng@undated-abababab"
    assert iris.item_key("meeting/x/7", ("5", "b")) == "meeting/x/7/item/5/b"
    assert iris.slot_key("meeting/x/7", "2016-10-20", "10:00") == "meeting/x/7/slot/2016-10-20T1000"
    assert (
        iris.slot_key("meeting/x/7", "2016-10-20", "10:00", "Room 3")
        == "meeting/x/7/slot/2016-10-20T1000-Room3"
    )


def test_long_keys_are_not_kept() -> None:
    """Anybody may ask a server for things that there are not."""
    before = iris._kept.cache_info().currsize
    assert iris.iri("tool/" + "a" * 400).value.endswith("a" * 400)
    assert iris._kept.cache_info().currsize == before
