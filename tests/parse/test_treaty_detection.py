"""What is taken for a treaty, and what is not; the texts are our own."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import TreatyText
from treatygraph.parse.treaty import parse_treaties
from treatygraph.read import read_text

THREE = "Article 1\n\nBells ring.\n\nArticle 2\n\nHorns blow.\n\nArticle 3\n\nLamps burn.\n"


def treaties(text: str, language: str = "en") -> tuple[TreatyText, ...]:
    return parse_treaties(read_text(text, name="text.txt", language=language))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Convention on Bells\n\nThe Council of Pilots,\n\nRecalling articles 1, 2 and 3 of the Convention on Bells,\n",
        f"Staff list of the harbour\n\n{THREE}",
        "Convention on Bells\n\nArticle 1\n\nBells ring.\n\nArticle 2\n\nHorns blow.\n",
        "Convention on Bells\n\nArticle 4\n\nBells ring.\n\nArticle 5\n\nHorns blow.\n\nArticle 6\n\nLamps burn.\n",
        "Convention on Bells\n\nArticle 1 applies.\n\nArticle 2 applies.\n\nArticle 3 applies.\n",
        "Convention on Bells\n\nArticle 1, paragraph 2\n\nArticle 2, paragraph 4\n\nArticle 3, paragraph 1\n",
        f"Rules to give effect to the Charter\n\n{THREE}",
    ],
    ids=[
        "an empty text",
        "a resolution that names articles",
        "no title of an instrument",
        "too few articles",
        "a sequence without its beginning",
        "sentences",
        "references",
        "an instrument named by the way",
    ],
)
def test_is_no_treaty(text: str) -> None:
    assert treaties(text) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Convention on Bells",
        "STATUTE OF THE COURT OF TIDES",
        "Universal Declaration of the Rights of Pilots",
        "Optional Protocol to the Covenant on the Freedom of Ferries",
        "# Harbour Agreement",
    ],
)
def test_a_title_that_names_an_instrument_above_its_articles(title: str) -> None:
    (treaty,) = treaties(f"{title}\n\n{THREE}")
    assert treaty.title == title.lstrip("# ")


@pytest.mark.parametrize(
    "heading", ["Article {}", "ARTICLE {}", "Art. {}", "### Article {}", "**Article {}**", "Article {}."]
)
@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("I", "II", "III")])
def test_headings_of_articles_in_many_forms(heading: str, numbers: tuple[str, ...]) -> None:
    body = "\n\n".join(f"{heading.format(number)}\n\nBells ring." for number in numbers)
    (treaty,) = treaties(f"Treaty of the Tides\n\n{body}\n")
    assert [unit.path for unit in treaty.provisions] == [("art", "1"), ("art", "2"), ("art", "3")]
    assert [unit.number for unit in treaty.provisions] == list(numbers)


def test_a_title_in_two_lines_is_joined() -> None:
    (treaty,) = treaties(
        f"Protocol against False Lights, supplementing\n\nthe Convention on Bells\n\n{THREE}"
    )
    assert treaty.title == "Protocol against False Lights, supplementing the Convention on Bells"


def test_the_title_above_a_preamble_is_preferred_to_a_line_in_it() -> None:
    preamble = (
        "The Keepers of the Lights,\n\nConsidering the Charter of the Five Estuaries and the\n\n"
        "<!-- Page 2 -->\n\n9\n\nneeds of ships,\n\nHave agreed as follows:\n\n"
    )
    (treaty,) = treaties(f"Covenant of the Keepers\n\n{preamble}{THREE}")
    assert treaty.title == "Covenant of the Keepers"


def test_two_treaties_in_one_text_end_where_the_next_begins() -> None:
    text = f"Convention on Bells\n\n{THREE}\nConvention on Horns\n\nThe Keepers of the Lights,\n\n{THREE}"
    bells, horns = treaties(text)
    assert (bells.title, horns.title) == ("Convention on Bells", "Convention on Horns")
    assert text[: bells.span.end].endswith("Lamps burn.")
    assert len(bells.provisions) == len(horns.provisions) == 3


def test_a_sequence_may_jump_over_a_heading_that_print_lost() -> None:
    text = f"Convention on Bells\n\n{THREE}\nArticle 5\n\nBuoys float.\n\nArticle 6\n\nOars splash.\n"
    (treaty,) = treaties(text)
    assert [unit.number for unit in treaty.provisions] == ["1", "2", "3", "5", "6"]


def test_a_language_whose_words_are_not_held_has_no_treaties() -> None:
    assert treaties(f"Convention on Bells\n\n{THREE}", language="und") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Article 1 " * 20_000,
        "Convention on Bells\n\n" + "Article 1\n\n" * 5_000,
        f"Convention on Bells\n\n{THREE}" + "Article 5\n\nx.\n\n" * 5_000,
        "Convention on Bells\n\nArticle 1\n\n"
        + "(i)\tx;\n\n" * 5_000
        + "Article 2\n\nx.\n\nArticle 3\n\ny.\n",
        "(" * 50_000,
    ],
    ids=["one line", "one heading for ever", "headings out of sequence", "one label for ever", "brackets"],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    """No assertion on time: with a quadratic scan these would take minutes, not a moment."""
    assert len(treaties(text)) <= 1
