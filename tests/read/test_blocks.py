"""Blocks of Markdown and plain text: kinds, levels, cells, notes, and the way back to the source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatygraph.model.text import Block, BlockKind, SourceText
from treatygraph.read import read_bytes, read_file, read_text


def markdown(text: str) -> SourceText:
    return read_text(text, name="a.md", language="en")


def plain(text: str) -> SourceText:
    return read_text(text, name="a.txt", language="en")


def kinds(source: SourceText) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in source.blocks]


def test_headings_have_levels_and_no_hashes() -> None:
    blocks = markdown("# One #\n\n### **Two**\n\n**Three**\n\nFour\n====\n\n*Five*\n").blocks
    assert [(b.kind, b.text, b.level) for b in blocks] == [
        (BlockKind.HEADING, "One", 1),
        (BlockKind.HEADING, "Two", 3),
        (BlockKind.HEADING, "Three", 6),
        (BlockKind.HEADING, "Four", 1),
        (BlockKind.HEADING, "Five", 6),
    ]


def test_sentence_in_italics_is_no_heading() -> None:
    assert kinds(markdown("*The Committee took note of the report.*\n")) == [
        ("paragraph", "The Committee took note of the report.")
    ]


def test_list_items_keep_their_labels_and_levels() -> None:
    blocks = markdown("1. One:\n   - (a) Two;\n   - (b) Three.\n2. Four\n").blocks
    assert [(b.text, b.level) for b in blocks] == [
        ("1. One:", 0),
        ("(a) Two;", 1),
        ("(b) Three.", 1),
        ("2. Four", 0),
    ]


def test_small_letters_with_a_full_stop_label_a_list_only_where_they_count_on() -> None:
    assert kinds(plain("3. Reports\na. Chair\nb. Depositary\n")) == [
        ("list-item", "3. Reports"),
        ("list-item", "a. Chair"),
        ("list-item", "b. Depositary"),
    ]
    (alone,) = plain("1. The case of the Harbour Board\nv. Denmark was heard.").blocks
    assert alone.text.endswith("Board v. Denmark was heard.")


def test_a_word_that_a_line_breaks_is_one_where_the_text_prints_it_whole() -> None:
    text = (
        "The keepers of the Convention met in the old port and they spoke of the Con-\n"
        "vention at length, of the short-term work and of what they call a short-\n"
        "term plan for the many lights that burn along the shores of the old port.\n"
    )
    (block,) = plain(text).blocks
    assert "spoke of the Convention at length" in block.text and "a short- term plan" in block.text
    assert all(
        text[at] == letter for at, letter in zip(block.offsets, block.text, strict=True) if letter != " "
    )


def test_an_item_goes_on_behind_a_full_line_that_nothing_closes() -> None:
    text = (
        "1. The third action of the plan that the keepers have made commits the nuclear\n"
        "States, where they have any, to act in the spirit of the plan that the keepers have made and\n"
        "signed.\n2. The keepers have met in the port in the month of May and have lit the lamps\n"
        "Documents\n"
    )
    assert [block.text.split()[-1] for block in plain(text).blocks] == ["signed.", "lamps", "Documents"]


def test_a_name_goes_on_in_capitals_behind_a_full_line() -> None:
    text = (
        "The keepers recall what was said in the old port by the Commission on Tides and Lamp\n"
        "Posts, and the report that its panel wrote on the many lights that burn there, all\n"
        "of it.\nOld Port, the third of May, at noon, with the keepers of the northern\nLamps\n"
    )
    assert [block.text.split()[-1] for block in plain(text).blocks] == ["it.", "northern", "Lamps"]


def test_mark_of_a_note_takes_the_brackets_around_it_along() -> None:
    (block,) = plain("دورتيها السادسة([14]) والسابعة([15])، (انظر [3])").blocks
    assert block.text == "دورتيها السادسة والسابعة، (انظر [3])"
    assert [mark for mark, _ in block.marks] == ["14", "15"]


def test_a_full_line_of_a_page_goes_on_in_small_letters_though_the_next_word_would_fit() -> None:
    page = (
        "The harbour master counts the wrecks in the river mouth and marks each with a buoy\n"
        "that can be seen at night, and tells the pilots of it in writing at the year’s\n"
        "end. No ship is towed before that.\n"
        "Agenda\n"
        "of the pilots\n"
    )
    assert [text for _, text in kinds(plain(page))][1:] == ["Agenda", "of the pilots"]


def test_clean_reading_has_no_markup_and_one_space() -> None:
    (block,) = markdown(
        "The *Legislative  Guides*<sup>1</sup> of <b>2004</b>\\* \\[x\\] &amp; [here](http://a.b).\n"
    ).blocks
    assert block.text == "The Legislative Guides of 2004 [x] & here."
    assert block.marks == (("1", 22), ("*", 30))


def test_star_after_a_word_is_a_mark_and_before_a_line_its_note() -> None:
    source = plain("Provisional agenda*\n\n1. Opening\n\n* Reissued for technical reasons.\n")
    assert source.blocks[0].text == "Provisional agenda"
    assert source.blocks[0].marks == (("*", 18),)
    assert (source.blocks[-1].kind, source.blocks[-1].marker) == (BlockKind.FOOTNOTE, "*")


def test_stars_of_a_list_are_bullets() -> None:
    assert [kind for kind, _ in kinds(markdown("Lamps*\n\n* one\n* two\n* three\n"))] == [
        "paragraph",
        *["list-item"] * 3,
    ]


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("<sup>1</sup> A note", "1"),
        ("[^2]: A note", "2"),
        ("\\* A note", "*"),
        ("³ A note", "3"),
        ("[4] A note", "4"),
        ("5/ A note", "5"),
    ],
)
def test_notes_have_their_markers(line: str, marker: str) -> None:
    (block,) = markdown(line).blocks
    assert (block.kind, block.marker, block.text) == (BlockKind.FOOTNOTE, marker, "A note")


def test_square_metres_are_no_notes() -> None:
    (block,) = plain("an area of 3 m² and a sum²").blocks
    assert (block.text, block.marks) == ("an area of 3 m² and a sum", (("2", 25),))


def cells(block: Block) -> list[str]:
    return [block.text[cell.start : cell.end] for cell in block.cells]


def test_tables_of_pipes_tabs_columns_and_html_give_the_same_rows() -> None:
    expected = [["Time", "Item", "Title"], ["3-6 p.m.", "1", "Opening"], ["", "2", "Closing"]]
    texts = {
        "a.md": "| Time | Item | Title |\n|---|:-:|---|\n| 3-6 p.m. | 1 | *Opening* |\n| | 2 | Closing |\n",
        "b.md": "Time\tItem\tTitle\n3-6 p.m.\t1\tOpening\n\t2\tClosing\n",
        "c.txt": "Time\tItem\tTitle\n3-6 p.m.\t1\tOpening\n\t2\tClosing\n",
        "d.md": "<table><tr><th>Time</th><th>Item</th><th>Title</th></tr>\n<tr><td>3-6 p.m.</td><td>1</td><td>Opening</td></tr>\n"
        "<tr><td></td><td>2</td><td>Closing</td></tr></table>\n",
        "e.txt": "Time          Item     Title\n3-6 p.m.      1        Opening\n              2        Closing\n",
    }
    for name, text in texts.items():
        rows = read_text(text, name=name, language="en").blocks
        assert [cells(row) for row in rows] == expected, name


def test_short_line_between_rows_is_a_row() -> None:
    text = "Time\tItem\tTitle\n**Monday**\n3-6 p.m.\t1\tOpening\n10 a.m.\t2\tClosing\n"
    assert {kind for kind, _ in kinds(markdown(text))} == {"table-row"}


def test_number_and_tab_open_an_item_not_a_row() -> None:
    assert kinds(plain("53/16.\tTitle\n\n1.\tRequests a report;\n\n(a)\tTo begin;\n")) == [
        ("list-item", "53/16. Title"),
        ("list-item", "1. Requests a report;"),
        ("list-item", "(a) To begin;"),
    ]


def test_a_letter_behind_a_number_that_a_line_ends_with_goes_on_in_the_sentence() -> None:
    cited = "The keepers shall mend what is broken as set out in Article IV, paragraphs 2\n(a) and 6, of the rules of the tower,\n"
    assert len(plain(cited).blocks) == 1
    listed = "The keepers shall mend what is broken in the towers, and before the year 2030:\n(a) ring the bells of the tower,\n"
    assert len(plain(listed).blocks) == 2


def test_wrapped_lines_are_one_paragraph_and_long_lines_one_each() -> None:
    wrapped = "The session will be opened by the Chair of the\nCommittee at ten in the morning of the first day\nof May, in the hall.\n"
    assert len(plain(wrapped).blocks) == 1
    long = "x" * 200
    assert len(plain(f"Short line\nAnother line\n{long}\n").blocks) == 3


def test_a_short_item_ends_before_a_sentence_that_is_indented_below_it() -> None:
    text = "1. Lamps\n   See this paper.\n2. Lenses of the northern lights and their keepers, with the costs\n   See DENG/7/2.\n"
    assert [block.text for block in read_text(text, name="list.txt").blocks][:2] == [
        "1. Lamps",
        "See this paper.",
    ]


def test_a_line_ends_with_what_its_dots_lead_to() -> None:
    lines = [
        "3.2 Drowning ............................ EB70/4 and EB70/4 Add.1",
        "Pillar 4: More effective support",
    ]
    assert [block.text for block in read_text("\n".join(lines), name="list.txt").blocks] == lines


def test_a_symbol_alone_on_a_line_goes_on_no_name_above_it() -> None:
    lines = [
        "Board of the Keepers of the Northern Lights",
        "DENG/7/INF.1",
        "The keepers of the lights have read all of the books",
    ]
    texts = [block.text for block in read_text("\n".join(lines), name="list.txt").blocks]
    assert texts[:2] == lines[:2]


def test_item_goes_on_in_the_indented_line_below() -> None:
    assert kinds(markdown("3. Efforts to use the\n   Convention as a basis\n4. Other\n")) == [
        ("list-item", "3. Efforts to use the Convention as a basis"),
        ("list-item", "4. Other"),
    ]


PIECES = st.sampled_from(
    ["# ", "**", "*", "_", "\n", "\n\n", "<sup>1</sup>", "<b>", "</b>", "&amp;", "\\*", "[", "](x)", "|", "\t", "   ",
     "1. ", "(a) ", "- ", "Lamps", " and ", "é", "…", "\u00a0", "---", "`", "<br>", "\r\n", "\f", "“", "”", "² "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["a.md", "a.txt"]))
@settings(max_examples=400, deadline=None)
def test_reading_keeps_the_text_and_every_character_its_place(text: str, name: str) -> None:
    source = read_bytes(text.encode(), name=name)
    assert source.text == text
    position = 0
    for block in source.blocks:
        assert block.span.start >= position or block.kind is BlockKind.FOOTNOTE
        position = block.span.start
        assert list(block.offsets) == sorted(block.offsets)
        assert block.text == block.text.strip(" ")
        assert "  " not in block.text
        for character, offset in zip(block.text, block.offsets, strict=True):
            assert block.span.start <= offset < block.span.end
            assert text[offset] in (character, "&") or character == " "
        for cell in block.cells:
            assert 0 <= cell.start <= cell.end <= len(block.text)
        for _, place in block.marks:
            assert 0 <= place <= len(block.text)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost(text: str) -> None:
    read = " ".join(block.text for block in markdown(text).blocks)
    assert read.count("Lamps") == text.count("Lamps")


def test_corpus_is_kept_byte_for_byte(shared: Path) -> None:
    for path in sorted((shared / "corpus").rglob("*.[mt][dx]*")):
        if path.suffix in (".md", ".txt"):
            source = read_file(path)
            assert source.text.encode() == path.read_bytes()
            assert source.language == "en"


def test_a_sentence_whose_line_ends_with_a_word_that_leans_on_the_next_goes_on() -> None:
    text = "Keepers of the\nNorthern Lights\n\nThe Keepers of the\nNorthern Lights\n\nThe bells\nRopes\n"
    assert [block.text for block in plain(text).blocks] == [
        "Keepers of the",
        "Northern Lights",
        "The Keepers of the Northern Lights",
        "The bells",
        "Ropes",
    ]


def test_an_acronym_in_brackets_labels_no_line() -> None:
    text = (
        "5. Summary report of the Standing Committee on Lamps, Horns and Statistics\n(SCLHS)\n\n"
        "6. Consideration of the reports of the working groups between the sessions\n\n7. Other matters of the keepers\n"
    )
    assert kinds(plain(text))[0] == (
        "list-item",
        "5. Summary report of the Standing Committee on Lamps, Horns and Statistics (SCLHS)",
    )


def test_a_mark_of_a_quotation_without_words_is_read() -> None:
    assert kinds(plain("1. Recalling the lamps of the\n>"))[0][0] == "list-item"
