"""Where a sentence ends, and what of it is set aside in brackets and quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatygraph.acts.sentences import MASK, mask, sentences

CASES = {
    "One ends. Two begins.": ["One ends.", "Two begins."],
    "It opens at 3 p.m. on Monday. It closes at 6 p.m. The Chair leaves.": [
        "It opens at 3 p.m. on Monday.",
        "It closes at 6 p.m.",
        "The Chair leaves.",
    ],
    "See art. 5 and paras. 6 and 7. Then act.": ["See art. 5 and paras. 6 and 7.", "Then act."],
    "Sold as No. 39574 in vol. 5. Done.": ["Sold as No. 39574 in vol. 5.", "Done."],
    "Mr. A. Weir spoke. He left.": ["Mr. A. Weir spoke.", "He left."],
    "The paper (see chap. I. It is long) was read. It ended.": [
        "The paper (see chap. I. It is long) was read.",
        "It ended.",
    ],
    "They read “Dams. A study”. It ended.": ["They read “Dams. A study”.", "It ended."],
    "Document CTOC/COP/WG.3/2016/2 was read. It ended.": [
        "Document CTOC/COP/WG.3/2016/2 was read.",
        "It ended.",
    ],
    "Lamps stand in Annex A. Mr. A. Weir spoke.": ["Lamps stand in Annex A.", "Mr. A. Weir spoke."],
    "No stop at all": ["No stop at all"],
    "Was it done? Yes! Good.": ["Was it done?", "Yes!", "Good."],
    "": [],
    "   ": [],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=list(CASES))
def test_sentences_end_where_a_reader_says(text, expected):
    assert [text[start:end] for start, end in sentences(text, "en")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a (b) c", "a ### c"),
        ("a (b (c) d) e", "a ######### e"),
        ("a “b” c", "a ### c"),
        ('a "b" c', "a ### c"),
        ("a (b c", "a (b c"),
        ("a b) c", "a b) c"),
        ("a (b" + "x" * 700 + ") (c)", "a (b" + "x" * 700 + ") ###"),
    ],
)
def test_brackets_and_quotations_are_masked_where_they_close(text, expected):
    assert mask(text, "en").replace(MASK, "#") == expected


@given(st.text(alphabet='ab. ()“”"[]?!A\n', max_size=200))
def test_sentences_cover_all_words_in_order_and_masking_keeps_offsets(text):
    found = sentences(text, "en")
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert len(mask(text, "en")) == len(text)
