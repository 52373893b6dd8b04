"""A told action that breaks off before a list: one action an entry, each with what its entry says."""

from __future__ import annotations

import pytest

from treatygraph.acts import find_acts
from treatygraph.model.citations import CitationSet
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import Block, BlockKind, SourceText
from treatygraph.model.tree import DocumentKind, DocumentTree, FrontMatter, Place, Placement

from .conftest import blocks_of, read_marks

D24 = "[decision 2/4|act/rivers-cop/decision/2/4]"


@pytest.fixture(scope="module")
def told(registry):
    """Reads lines of an annotation, of which those with a label or a hyphen are entries of a list."""

    def reading(marked: str) -> list[tuple[str, tuple[str, ...], str | None, str]]:
        text, citations = read_marks(marked)
        blocks = tuple(
            Block(BlockKind.LIST_ITEM, b.span, b.text, b.offsets) if b.text[0] in "(-" else b
            for b in blocks_of(text)
        )
        tree = DocumentTree(
            SourceText(text, blocks, "txt", "", "", "en"),
            DocumentKind.ANNOTATED_AGENDA,
            "a test",
            FrontMatter(),
            placements=tuple(Placement(block.span, Place.ANNOTATION, "2") for block in blocks),
        )
        identity = DocumentIdentity("document/RIV/1", "RIV/1", False, "body/rivers-cop", None, None)
        found = find_acts(tree, identity, CitationSet(citations, (), len(citations)), registry).actions
        return [(a.verb, a.addressees, a.source, text[a.span.start : a.span.end]) for a in found]

    return reading


def test_each_entry_of_a_recommendation_has_its_own_addressee(told):
    assert told(
        "The Conference recommended that:\n"
        "(a) States parties mark their dams;\n"
        "(b) The Secretariat draw maps."
    ) == [
        ("recommend", ("group/states-parties",), None, "States parties mark their dams;"),
        ("recommend", ("body/un-secretariat",), None, "The Secretariat draw maps."),
    ]


def test_entries_share_the_addressee_and_the_source_of_what_leads_them(told):
    found = told(
        f"In its {D24}, the Conference requested the Secretariat:\n(a) To draw maps:\n(i) Of dams;\n(ii) Of eels;\n(b) To rest.\n"
        "The Conference took note of the map."
    )
    assert found[:2] == [
        ("request", ("body/un-secretariat",), "act/rivers-cop/decision/2/4", "To draw maps:"),
        ("request", ("body/un-secretariat",), "act/rivers-cop/decision/2/4", "To rest."),
    ]
    assert [verb for verb, *_ in found[2:]] == ["take note of"]


@pytest.mark.parametrize(
    "text",
    [
        "The Conference adopted the following papers:\n(a) A map of dams;\n(b) A list of eels.",  # a list of things
        "The Conference requested the Secretariat to draw maps.\n(a) Maps of dams;\n(b) Maps of eels.",
        "The Conference decided to:\nThe map was long.",
    ],
)
def test_a_sentence_that_says_all_is_the_one_action(told, text):
    assert len(told(text)) == 1


def test_an_entry_that_says_who_did_what_inherits_nothing(told):
    found = told("The Conference recommended that:\n(a) The Working Group on Dams took note of the map.")
    assert ("take note of", ()) in [each[:2] for each in found]
    assert [each[3] for each in found if each[0] == "recommend"] == ["The Conference recommended that:"]
