"""Parameters are decoded as the standard library decodes them."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatygraph.web.percent import parameters

PARTS = [
    "a",
    "=",
    "&",
    "+",
    " ",
    "%",
    "%41",
    "%3d",
    "%0A",
    "%0D%0A",
    "%25",
    "%zz",
    "%C3%A9",
    "%ff",
    "é",
    "\n",
    "_",
]


def standard(data: bytes) -> list[tuple[str, str]]:
    return parse_qsl(data.decode(), keep_blank_values=True, errors="strict", max_num_fields=9)


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_any_text_is_decoded_as_the_standard_library_does(parts: list[str]) -> None:
    data = "".join(parts).encode()
    try:
        expected = standard(data)
    except ValueError as error:
        with pytest.raises(type(error)):
            parameters(data, 9)
    else:
        assert parameters(data, 9) == expected
