"""What holds for any text: every mention is accounted for, and spans are true."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        "article",
        "articles",
        "art.",
        "paragraph",
        "paras.",
        "subparagraph",
        "annex",
        "chapter",
        "of",
        "to",
        "the",
        "and",
        "or",
        "-",
        ",",
        "(",
        ")",
        ".",
        ";",
        "1",
        "2",
        "17",
        "99",
        "(a)",
        "(i)",
        "(b)",
        "IV",
        "XXI",
        "55/25",
        "2231",
        "(2015)",
        "2005/14",
        "1/CP.21",
        "A/78/251",
        "resolution",
        "resolutions",
        "decision",
        "that",
        "same",
        "this",
        "present",
        "its",
        "thereof",
        "above",
        "Convention",
        "Protocol",
        "Organized",
        "Crime",
        "the",
        "1988",
        "United",
        "Nations",
        "General",
        "Assembly",
        "Conference",
        "Working",
        "Group",
        "Security",
        "Council",
        "sixth",
        "meeting",
        "16th",
        "session",
        "sessions",
        "first",
        "to",
        "third",
        "Treaty",
        "Series",
        "vol.",
        "No.",
        "2225",
        "Ibid.",
        "agenda",
        "item",
        "hereinafter",
        "“",
        "”",
        "report",
        "Thirteenth",
        "COP",
        "24",
        "Recalling",
        "Sales",
        "E.05.V.2",
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(
    text=TEXTS, organ=st.sampled_from(["", "General Assembly", "Working Group on International Cooperation"])
)
def test_every_mention_is_resolved_unresolved_or_rejected_and_its_words_are_true(
    text: str, organ: str, cite
) -> None:
    _, found, whole = cite(text, organ, numbered=("1", "2"))
    assert found.mentions == len(found.resolved) + len(found.unresolved) + len(found.rejected)
    for citation in found.citations:
        assert whole[citation.span.start : citation.span.end] == citation.text
        assert (citation.target is None) != (citation.reason is None)
    assert list(found.citations) == sorted(found.citations, key=lambda c: (c.span.start, c.span.end))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(text=TEXTS)
def test_the_same_text_gives_the_same_citations(text: str, cite) -> None:
    assert cite(text)[1] == cite(text)[1]


def test_resolved_unresolved_and_rejected_are_told_apart(cite) -> None:
    _, found, _ = cite(
        "Under article 18 of the Organized Crime Convention and article 9 of that pact, see agenda item 5."
    )
    assert [c.target for c in found.resolved if c.kind == "provision"] == ["treaty/untoc/art/18"]
    assert [c.unit for c in found.unresolved] == ["9"]
    assert [r.text for r in found.rejected] == ["agenda item 5"]
