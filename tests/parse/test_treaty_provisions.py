"""Which provisions the treaty reader finds, with which paths; the texts are our own (tests/fixtures/treaties)."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatygraph.model.text import SourceText
from treatygraph.model.tree import ProvisionUnit, TreatyText
from treatygraph.parse.treaty import parse_treaties
from treatygraph.read import read_file, read_text


@pytest.fixture(scope="module")
def saltmouth(repo: Path) -> SourceText:
    """A resolution that carries a convention and its protocol as annexes."""
    return read_file(repo / "tests/fixtures/treaties/saltmouth.txt", language="en")


@pytest.fixture(scope="module")
def estuaries(repo: Path) -> SourceText:
    """A treaty that stands alone, in capitals, with parts, inline titles and annexes of its own."""
    return read_file(repo / "tests/fixtures/treaties/estuaries.txt", language="en")


def paths(treaty: TreatyText) -> list[str]:
    return ["/".join(unit.path) for unit in treaty.provisions]


def unit(treaty: TreatyText, path: str) -> ProvisionUnit:
    return next(each for each in treaty.provisions if "/".join(each.path) == path)


def printed(source: SourceText, treaty: TreatyText, path: str) -> str:
    span = unit(treaty, path).span
    return source.text[span.start : span.end]


def articles(body: str, *, title: str = "Treaty of the Tides") -> TreatyText:
    """The treaty whose first article is *body*, with two more articles behind it."""
    text = f"{title}\n\nArticle 1\n\n{body}\n\nArticle 2\n\nBells ring.\n\nArticle 3\n\nHorns blow.\n"
    (treaty,) = parse_treaties(read_text(text, name="tides.txt", language="en"))
    return treaty


def first(body: str) -> list[str]:
    """The paths below the first article."""
    return [path for path in paths(articles(body)) if path.startswith("art/1/")]


def test_the_two_instruments_of_a_resolution_are_found_with_their_titles(saltmouth: SourceText) -> None:
    assert [treaty.title for treaty in parse_treaties(saltmouth)] == [
        "Convention on the Tending of Lighthouses",
        "Protocol against the Wrecking of Buoys, supplementing the Convention on the Tending of Lighthouses",
    ]


def test_the_reason_for_taking_a_text_for_a_treaty_is_told(saltmouth: SourceText) -> None:
    convention = parse_treaties(saltmouth)[0]
    assert "article headings from 1 on" in convention.reason
    assert "close a preamble" in convention.reason


def test_every_provision_has_its_path(saltmouth: SourceText) -> None:
    assert paths(parse_treaties(saltmouth)[0]) == [
        "art/1",
        "art/1/a",
        "art/1/b",
        "art/1/b/i",
        "art/1/b/ii",
        "art/2",
        "art/2/para/1",
        "art/2/para/1/a",
        "art/2/para/1/a/i",
        "art/2/para/1/a/ii",
        "art/2/para/1/b",
        "art/2/para/1/b/i",
        "art/2/para/1/b/i/a",
        "art/2/para/1/b/i/b",
        "art/2/para/1/b/ii",
        "art/2/para/2",
        *(f"art/2/para/2/{letter}" for letter in "abcdefghi"),
        "art/2/para/3",
        "art/3",
        "art/4",
        "art/4/para/1",
        "art/4/para/1/a",
        "art/4/para/1/b",
        "art/4/para/2",
        "art/4/para/4",
    ]


def test_kinds_numbers_and_titles_are_as_printed(saltmouth: SourceText) -> None:
    convention = parse_treaties(saltmouth)[0]
    found = {path: unit(convention, path) for path in ("art/2", "art/2/para/2", "art/2/para/2/i")}
    assert [(u.kind, u.number, u.title) for u in found.values()] == [
        ("article", "2", "Duties of keepers"),
        ("paragraph", "2", None),
        ("subparagraph", "i", None),
    ]


def test_a_span_runs_from_the_printed_number_to_the_end_of_the_last_block(saltmouth: SourceText) -> None:
    convention = parse_treaties(saltmouth)[0]
    assert printed(saltmouth, convention, "art/1/b/i") == "(i)\tA person who tends a light;"
    assert printed(saltmouth, convention, "art/2/para/1/a").startswith("(a) (i) Trim")
    assert printed(saltmouth, convention, "art/2/para/1/a/i") == "(i) Trim the lamp at dusk;"
    assert printed(saltmouth, convention, "art/3").startswith("Article 3\n\nHelpers")
    assert printed(saltmouth, convention, "art/3").endswith("read to nobody.")


def test_text_behind_a_list_belongs_to_what_announced_the_list(saltmouth: SourceText) -> None:
    convention = parse_treaties(saltmouth)[0]
    assert printed(saltmouth, convention, "art/2/para/1").endswith("where the light is shown all night.")
    assert printed(saltmouth, convention, "art/2/para/1/b/ii") == "(ii)\tThe hour,"


def test_a_line_that_begins_with_a_reference_is_no_heading(saltmouth: SourceText) -> None:
    convention = parse_treaties(saltmouth)[0]
    assert [u.number for u in convention.provisions if u.kind == "article"] == ["1", "2", "3", "4"]
    assert "Article 4, paragraph 2" in printed(saltmouth, convention, "art/3")


def test_a_misprinted_and_a_missing_number_are_repaired_and_recorded(saltmouth: SourceText) -> None:
    repairs = parse_treaties(saltmouth)[0].repairs
    assert [(r.before, r.after) for r in repairs] == [("l.", "1."), ("", "(a)")]
    assert saltmouth.text[repairs[0].span.start :].startswith("l.\tEach keeper")
    assert saltmouth.text[repairs[1].span.start :].startswith("Drifts at anchor;")
    assert all(repair.reason for repair in repairs)


def test_a_number_that_the_print_leaves_out_is_not_invented(saltmouth: SourceText) -> None:
    assert "art/4/para/3" not in paths(parse_treaties(saltmouth)[0])


def test_a_treaty_ends_with_its_closing_formula(saltmouth: SourceText) -> None:
    convention, protocol = parse_treaties(saltmouth)
    assert saltmouth.text[: convention.span.end].endswith("have signed this Convention.")
    assert saltmouth.text[: protocol.span.end].endswith("have signed this Protocol.")
    assert not convention.span.overlaps(protocol.span)


def test_a_division_with_a_numeral_alone_is_a_chapter(saltmouth: SourceText) -> None:
    protocol = parse_treaties(saltmouth)[1]
    assert paths(protocol)[:2] == ["chapter/1", "art/1"]
    assert unit(protocol, "chapter/2").title == "Buoys"
    assert unit(protocol, "chapter/2").span.end == unit(protocol, "art/3").span.end


def test_the_other_annexes_of_the_carrier_are_not_annexes_of_the_treaty(saltmouth: SourceText) -> None:
    assert not any(u.kind == "annex" for t in parse_treaties(saltmouth) for u in t.provisions)


def test_a_treaty_that_stands_alone_has_its_parts_and_annexes(estuaries: SourceText) -> None:
    (treaty,) = parse_treaties(estuaries)
    assert treaty.title == "CONVENTION OF THE FIVE ESTUARIES"
    assert paths(treaty) == [
        "part/1",
        "part/1/chapter/1",
        "art/1",
        "art/1/para/1",
        "art/1/para/1bis",
        "art/1/para/2",
        "art/1/para/2/a",
        "art/1/para/2/a/i",
        "art/1/para/2/a/i/aa",
        "art/1/para/2/a/i/bb",
        "art/1/para/2/a/ii",
        "art/1/para/2/b",
        "part/1/chapter/1/section/1",
        "art/2",
        "art/2/A",
        "art/2/A/1",
        "art/2/A/2",
        "art/2/B",
        "part/2",
        "art/3",
        "art/3bis",
        "art/3bis/para/1",
        "art/3bis/para/2",
        "art/4",
        "annex/A",
        "annex/A/para/1",
        "annex/A/para/2",
        "annex/B",
        "annex/B/art/1",
        "annex/B/art/2",
        "annex/B/art/2/a",
        "annex/B/art/2/b",
    ]


def test_titles_stand_on_the_line_of_the_heading_or_below_it(estuaries: SourceText) -> None:
    (treaty,) = parse_treaties(estuaries)
    titles = {"/".join(u.path): u.title for u in treaty.provisions if u.title}
    assert titles == {
        "part/1": "THE CHANNEL",
        "part/1/chapter/1": "Passage",
        "art/1": "Freedom of passage",
        "part/1/chapter/1/section/1": "Dues",
        "art/2": "Dues",
        "part/2": "FINAL CLAUSES",
        "art/3bis": "Languages",
        "art/4": "Seat",
        "annex/A": "Signals",
        "annex/B": "Rules of the court of tides",
    }


def test_a_part_ends_with_its_last_article(estuaries: SourceText) -> None:
    (treaty,) = parse_treaties(estuaries)
    assert printed(estuaries, treaty, "part/1").endswith("Ferries pay nothing.")
    assert printed(estuaries, treaty, "annex/B").endswith("It rises at high water.")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # i after h is a letter when j follows, and a numeral when ii follows
        ("\n\n".join(f"({c})\tx;" for c in "abcdefghij"), "abcdefghij"),
        (
            "\n\n".join(f"({c})\tx;" for c in "abcdefg") + "\n\n(h)\ty:\n\n(i)\tz;\n\n(ii)\tw.",
            [*"abcdefgh", "h/i", "h/ii"],
        ),
        # both at once: the numerals below h, then the letter i
        (
            "\n\n".join(f"({c})\tx;" for c in "abcdefg")
            + "\n\n(h)\ty:\n\n(i)\tz;\n\n(ii)\tw;\n\n(i)\tv;\n\n(j)\tu.",
            [*"abcdefgh", "h/i", "h/ii", "i", "j"],
        ),
        # alone at the end, after a colon: a numeral
        (
            "\n\n".join(f"({c})\tx;" for c in "abcdefg") + "\n\n(h)\ty:\n\n(i)\tz.",
            [*"abcdefgh", "h/i"],
        ),
        # v after iv, and v after u
        (
            "(a)\tx:\n\n" + "\n\n".join(f"({r})\ty;" for r in ("i", "ii", "iii", "iv", "v", "vi")),
            ["a", "a/i", "a/ii", "a/iii", "a/iv", "a/v", "a/vi"],
        ),
    ],
)
def test_a_letter_or_a_numeral_is_told_by_what_follows(body: str, expected: list[str]) -> None:
    assert first(body) == [f"art/1/{path}" for path in expected]


@pytest.mark.parametrize(
    "body",
    [
        "Ships shall wait.\n\n(c)\tThis letter begins no list.",
        "1.\tShips shall wait.\n\n“1.\tA quoted rule of an older treaty.”\n\n1.\tThe number once more.",
        "1.\tShips shall wait until:\n\nHigh water;\n\nLow water;\n\n(ii)\tSlack water.",
    ],
)
def test_a_number_without_its_sequence_makes_no_provision(body: str) -> None:
    assert first(body) in ([], ["art/1/para/1"])
    assert not articles(body).repairs


def test_page_furniture_and_footnotes_do_not_cut_a_paragraph() -> None:
    body = (
        "1. Ships shall wait for the\n\n---\n\n9 See the tide tables.\n\n<!-- Page 2 -->\n\n50\n\n"
        "Council of Pilots—Second Session\n\nnext tide.\n\n2. Ferries need not.\n\n"
        "<!-- Page 3 -->\n\n51\n\nCouncil of Pilots—Second Session\n\n3. Rafts may."
    )
    treaty = articles(body)
    assert first(body) == ["art/1/para/1", "art/1/para/2", "art/1/para/3"]
    assert unit(treaty, "art/1/para/1").span.end < unit(treaty, "art/1/para/2").span.start


def test_letters_of_numbered_sections_inside_an_article_get_no_false_path() -> None:
    body = "Section 1. Ships may:\n\n(a) Wait;\n\n(b) Sail.\n\nSection 2. Ferries may:\n\n(a) Wait."
    assert first(body) == []


def test_where_few_articles_have_a_title_none_has() -> None:
    treaty = articles("A cut line of the scan that lost its end")
    assert all(u.title is None for u in treaty.provisions)


def test_units_lie_inside_their_parents_and_paths_are_unique(
    saltmouth: SourceText, estuaries: SourceText
) -> None:
    for source in (saltmouth, estuaries):
        for treaty in parse_treaties(source):
            spans = {u.path: u.span for u in treaty.provisions}
            assert len(spans) == len(treaty.provisions)
            for path, span in spans.items():
                parents = [p for p in spans if p != path and path[: len(p)] == p]
                assert all(spans[parent].contains(span) for parent in parents)
