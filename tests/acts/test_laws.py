"""What holds for every text: spans slice to words, and the result is the same twice."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PIECES = [
    "At its ", "[sixth meeting|meeting/rivers-cop-wg/6]", ", held in May 2030, ", "the Working Group ", "the Conference ",
    "recommended that ", "the Secretariat ", "should act ", "requested ", "States parties ", "to report ", "and ", "further ",
    "adopted ", "by ", "in ", "[decision 2/4|act/rivers-cop/decision/2/4]", ", ", ". ", "which ", "was ", "(", ")", "“", "”", "it ",
    "[article 5|treaty/rivers/art/5]", "\n", "not ", "decided to establish ", "a working group ", ": ", "; ",
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_every_span_lies_in_the_text_and_the_reading_is_repeatable(tell, order, pieces):
    for read in (tell, order):
        first, second = read("".join(pieces)), read("".join(pieces))
        assert first.found == second.found
        for action in first.found.actions:
            assert 0 <= action.span.start < action.span.end <= len(first.text)
            assert first.text[action.verb_span.start : action.verb_span.end].strip()
            for related in (*action.objects, *action.regarding):
                assert related.span.end <= len(first.text)


def test_a_text_in_a_language_without_lists_tells_nothing(registry):
    from treatygraph.acts import find_acts
    from treatygraph.model.citations import CitationSet
    from treatygraph.model.extraction import DocumentIdentity
    from treatygraph.model.text import SourceText
    from treatygraph.model.tree import DocumentKind, DocumentTree, FrontMatter

    tree = DocumentTree(SourceText("", (), "txt", "", "", "tlh"), DocumentKind.OTHER, "a test", FrontMatter())
    found = find_acts(
        tree, DocumentIdentity("document/x", None, False, None, None, None), CitationSet((), (), 0), registry
    )
    assert (found.actions, found.happenings, found.links) == ((), (), ())
