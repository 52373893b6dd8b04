"""Papers that have no symbol of the usual form, and the ends of symbols."""

from __future__ import annotations

import pytest

from treatygraph.parse.layout import symbols_in
from treatygraph.parse.papers import only_papers
from treatygraph.parse.session_papers import papers_of_session
from treatygraph.parse.word_files import LANG, read_list

LISTED = [
    entry
    for table in ("paper_kind", "paper_word", "paper_code")
    for entry in read_list(LANG / "lists.toml")[table]
]


def printed(text: str) -> list[str]:
    return [text[start:end] for start, end in symbols_in(text)]


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: entry["example"])
def test_words_for_papers_are_read_in_their_examples(entry: dict[str, str]) -> None:
    assert printed(f"See {entry['example']}, below.") == [entry["example"]]


@pytest.mark.parametrize(
    "text",
    [
        "GB.380/POL/6(Rev.1)",
        "GB.380/POL/6(Add. 2)",
        "DOC. SC31-35",
        "IDB.49/1",
        "GC.17/CRP.4(I)",
        "EC-76/INF. 2.1(1)",
        "T-PVS(2031)12",
        "T-PVS/Agenda(2031)4",
        "CDLX(2031)OJ2",
        "C 2031/LIM/4",
        "C 2031/5 B",
    ],
)
def test_symbol_is_read_to_its_end(text: str) -> None:
    assert printed(f"Report of the keepers ({text})") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The doc. SC31 was read.",
        "see Doc. 12",
        "D.C. 2021",
        "a C 20 lamp",
        "in resolution 1373 (2001)5",
        "COM(75)4",
    ],
)
def test_other_words_are_no_papers(text: str) -> None:
    assert printed(text) == []


@pytest.mark.parametrize(
    "entry", read_list(LANG / "lists.toml")["paper_mark"], ids=lambda entry: entry["text"]
)
def test_marks_of_versions_name_no_more_than_papers(entry: dict[str, str]) -> None:
    assert only_papers(entry["example"], "en")
    assert not only_papers(f"{entry['example']}, {entry['text']}enues of harbours", "en")


def test_a_letter_before_a_word_is_no_part_of_a_paper() -> None:
    assert printed("C 2031/5 A note on weirs") == ["C 2031/5"]


@pytest.mark.parametrize(
    ("own", "same"),
    [
        ("LAMP/COP/7/1", ("LAMP/COP/7/2", "LAMP/COP/7/INF/3", "LAMP/COP/7/3/Add.1")),
        ("LAMP/COP.7/1/Add.1", ("LAMP/COP.7/12",)),
        ("LC-36/INF.1", ("LC-36/1", "LC-36/DG.8")),
        ("LAMP/SC.9/2031/1", ("LAMP/SC.9/2031/4", "LAMP/SC.9/2031/CRP.2")),
    ],
)
def test_papers_of_a_session_count_on_behind_its_stem(own: str, same: tuple[str, ...]) -> None:
    pattern = papers_of_session(own)
    assert pattern
    assert all(pattern.fullmatch(symbol) for symbol in same)
    assert not pattern.fullmatch("LAMP/COP/6/2")


@pytest.mark.parametrize(
    "own",
    [None, "LAMP/1", *(entry["example"] for entry in read_list(LANG / "lists.toml")["committee_code"])],
)
def test_a_committee_is_no_session(own: str | None) -> None:
    assert papers_of_session(own) is None


def test_chinese_characters_stand_right_beside_symbols() -> None:
    assert printed("见文件DENG/7/3、DENG/7/4和DENG/7/INF/1号文件") == ["DENG/7/3", "DENG/7/4", "DENG/7/INF/1"]
