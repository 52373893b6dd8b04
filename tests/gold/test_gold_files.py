"""Gold files: well formed by themselves, and true to the text that they were read from."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from treatygraph.evaluate.gold import SECTIONS, load_gold
from treatygraph.evaluate.score import SCORED_KINDS
from treatygraph.model.citations import CitationKind, Reason
from treatygraph.model.errors import GoldError
from treatygraph.model.keys import encode_key

PARAGRAPH_KINDS = {"preambular", "operative", "heading", "footnote", "annex", "front-matter", "other"}
LANGUAGES = {"ar", "en", "es", "fr", "ru", "zh"}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
SPACES = {
    "provision": ("treaty/",),
    "act": ("document/", "act/"),
    "document": ("document/",),
    "publication": ("publication/",),
    "happening": ("session/", "meeting/"),
}
LEAST_FILES = 9


def rows(gold: dict[str, Any], *sections: str) -> list[dict[str, Any]]:
    return [row for section in sections for row in gold.get(section, [])]


def keys(gold: dict[str, Any]) -> list[str]:
    acts = [row.get(field) for row in rows(gold, "acts") for field in ("actor", "addressee", "source")]
    groups = [key for row in rows(gold, "acts") for key in row.get("addressees", [])]
    others = [row["target"] for row in rows(gold, "citations")] + [
        row["id"] for row in rows(gold, "happenings")
    ]
    return [key for key in (*acts, *groups, *others, gold["document"]["body"]) if key is not None]


def test_there_are_at_least_nine_documents_in_six_languages(all_gold: list[dict[str, Any]]) -> None:
    assert len({gold["document"]["symbol"] for gold in all_gold}) >= LEAST_FILES
    assert {gold["language"] for gold in all_gold} == LANGUAGES


def test_the_table_of_the_readme_counts_what_the_files_hold(
    all_gold: list[dict[str, Any]], readme: str
) -> None:
    sections = ("paragraphs", "citations", "acts", "happenings")
    for gold in all_gold:
        counts = [[row for row in gold.get(section, []) if not row.get("optional")] for section in sections]
        row = f"| `{gold['id']}` | {' | '.join(str(len(rows)) for rows in counts)} |"
        assert row in readme


def test_it_says_which_document_it_is_of_and_where_its_text_comes_from(gold: dict[str, Any]) -> None:
    assert gold["document"]["symbol"]
    assert gold["language"] in LANGUAGES
    assert gold["source"]["archive"] and gold["source"]["member"]
    assert re.fullmatch(r"[0-9a-f]{64}", gold["text_sha256"])


def test_it_is_named_after_its_identifier_and_language(gold: dict[str, Any], gold_path: Path) -> None:
    assert gold["id"] == gold_path.stem
    assert gold["id"].endswith(f"-{gold['language']}")


def test_it_holds_no_text_of_the_document(gold: dict[str, Any]) -> None:
    assert not [row for row in rows(gold, *SECTIONS) if {"text", "title", "addressee_text"} & row.keys()]


def test_it_has_citations_and_acts(gold: dict[str, Any]) -> None:
    assert gold["citations"] and gold["acts"]


@pytest.mark.parametrize("section", ["paragraphs", "citations"])
def test_spans_are_in_order_not_empty_and_inside_the_text(gold: dict[str, Any], section: str) -> None:
    spans = [(row["start"], row["end"]) for row in rows(gold, section)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= gold["chars"] for start, end in spans)


def test_acts_are_in_order_and_inside_the_text(gold: dict[str, Any]) -> None:
    starts = [row["start"] for row in gold["acts"]]
    assert starts == sorted(starts)
    assert all(0 <= start < gold["chars"] for start in starts)


def test_all_rows_start_inside_the_range_that_was_read(gold: dict[str, Any]) -> None:
    low, high = gold.get("range", (0, gold["chars"]))
    assert 0 <= low < high <= gold["chars"]
    assert all(low <= row["start"] < high for row in rows(gold, "paragraphs", "citations", "acts"))


def test_paragraphs_do_not_overlap_and_have_a_number_or_null(gold: dict[str, Any]) -> None:
    found = rows(gold, "paragraphs")
    assert all(one["end"] <= next_one["start"] for one, next_one in pairwise(found))
    assert {row["kind"] for row in found} <= PARAGRAPH_KINDS
    assert all(row["number"] is None or re.match(r"\d", row["number"]) for row in found)


def test_a_numbered_paragraph_is_operative_or_a_footnote(gold: dict[str, Any]) -> None:
    numbered = {row["kind"] for row in rows(gold, "paragraphs") if row["number"] is not None}
    assert numbered <= {"operative", "footnote"}


def test_each_operative_number_stands_once_in_a_resolution(gold: dict[str, Any]) -> None:
    """A page of several resolutions begins again at 1; within one the numbers rise by one."""
    found = [row["number"] for row in rows(gold, "paragraphs") if row["kind"] == "operative"]
    numbers = [int(number) for number in found if number and number.isdigit()]
    assert all(later in (number + 1, 1) for number, later in pairwise(numbers))


def test_citations_are_of_scored_kinds_with_a_target_of_that_kind_or_a_reason(gold: dict[str, Any]) -> None:
    for row in gold["citations"]:
        assert CitationKind(row["kind"]) and row["kind"] in SCORED_KINDS
        if row["target"] is not None:
            assert row["target"].startswith(SPACES[row["kind"]]), row
        else:
            assert row.get("optional") or Reason(row["reason"]), row


def test_no_two_citations_have_one_span_and_one_target(gold: dict[str, Any]) -> None:
    found = [(row["start"], row["end"], row["target"]) for row in gold["citations"]]
    assert len(found) == len(set(found))


def test_keys_are_written_as_keys_are(gold: dict[str, Any]) -> None:
    assert [key for key in keys(gold) if encode_key(key) != key] == []


def test_an_act_has_an_english_verb_an_actor_and_an_addressee_or_null(gold: dict[str, Any]) -> None:
    for row in gold["acts"]:
        assert row["verb"] is None or re.fullmatch(r"[a-z]+( [a-z]+)*", row["verb"]), row
        assert row["verb"] or row.get("doubt"), row
        assert row["actor"] is None or row["actor"].startswith("body/"), row
        assert row["addressee"] is None or row["addressee"].startswith(("body/", "group/")), row
        assert not (row["addressee"] and row.get("addressees")), row


def test_dates_are_as_exact_as_known(gold: dict[str, Any]) -> None:
    found = [row["date"] for row in gold["acts"] if row.get("date")]
    found += [row[field] for row in rows(gold, "happenings") for field in ("start", "end")]
    assert all(DATE.fullmatch(date) for date in found)


def test_evaluation_loads_it_only_with_its_own_text(gold_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The lighthouse at the estuary keeps its own log.", encoding="utf-8")
    with pytest.raises(GoldError, match="SHA-256"):
        load_gold(gold_path, other)


def test_evaluation_loads_it_with_the_text_that_is_read_today(
    gold: dict[str, Any], gold_path: Path, text: str, tmp_path: Path
) -> None:
    place = tmp_path / "text.txt"
    place.write_bytes(text.encode())
    loaded = load_gold(gold_path, place)
    assert len(loaded.text) == gold["chars"]


def test_citations_and_paragraphs_begin_and_end_in_print(gold: dict[str, Any], text: str) -> None:
    edges = [(text[row["start"]], text[row["end"] - 1]) for row in rows(gold, "paragraphs", "citations")]
    assert not [pair for pair in edges if pair[0].isspace() or pair[1].isspace()]


def test_acts_begin_with_a_word(gold: dict[str, Any], text: str) -> None:
    assert all(text[row["start"]].isalpha() for row in gold["acts"])


def test_every_printed_character_of_the_range_is_in_a_paragraph(
    all_gold: list[dict[str, Any]], text_of: Callable[[dict[str, Any]], str]
) -> None:
    for gold in (each for each in all_gold if "paragraphs" in each):
        text = text_of(gold)
        low, high = gold.get("range", (0, len(text)))
        marked = {place for row in gold["paragraphs"] for place in range(row["start"], row["end"])}
        assert not [p for p in range(low, high) if not text[p].isspace() and p not in marked], gold["id"]
