"""Agenda items ↔ articles → the small picture of the first page: two columns of dots with curves between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from treatygraph.graph.iris import key_of
from treatygraph.web.asking import Row
from treatygraph.web.listing import natural

WIDTH: Final = 320
_STEP: Final = 22
_MARGIN: Final = 14
_LEFT: Final = 70
_RIGHT: Final = WIDTH - 70
_MOST: Final = 12
"""Dots in a column: a picture to be opened, not read."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A node: where it stands, and its number."""

    y: float
    words: str


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """The picture of one meeting."""

    meeting: str
    """The key of the meeting."""
    height: int
    provisions: tuple[Dot, ...]
    items: tuple[Dot, ...]
    curves: tuple[str, ...]
    """The ``d`` of each path."""


def small_picture(rows: Iterable[Row]) -> SmallPicture | None:
    """The picture of the meeting with most links; None where no item concerns a provision."""
    meetings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        meeting, item = key_of(row["meeting"].value), key_of(row["item"].value)
        article = _article(key_of(row["provision"].value))
        meetings[meeting].add((article, item.removeprefix(f"{meeting}/item/")))
    if not meetings:
        return None
    meeting = min(meetings, key=lambda each: (-len(meetings[each]), each))
    return _drawn(meeting, meetings[meeting])


def _drawn(meeting: str, pairs: set[tuple[str, str]]) -> SmallPicture:
    weight = Counter(_whole(article) for article, _ in pairs)
    left = sorted(
        {article for article, _ in pairs},
        key=lambda each: (-weight[_whole(each)], _whole(each), natural(each)),
    )[:_MOST]
    right = sorted({item for _, item in pairs}, key=natural)[:_MOST]
    rows = max(len(left), len(right))
    height = 2 * _MARGIN + _STEP * max(1, rows - 1)

    def places(names: list[str]) -> dict[str, float]:
        first = (height - _STEP * (len(names) - 1)) / 2
        return {name: first + _STEP * place for place, name in enumerate(names)}

    lefts, rights = places(left), places(right)
    curves = tuple(
        _curve(lefts[article], rights[item])
        for article, item in sorted(pairs, key=lambda pair: (natural(pair[0]), natural(pair[1])))
        if article in lefts and item in rights
    )
    return SmallPicture(
        meeting,
        height,
        tuple(Dot(y, f"art. {name.rpartition('/')[2]}") for name, y in lefts.items()),
        tuple(Dot(y, _item(name)) for name, y in rights.items()),
        curves,
    )


def _curve(start: float, end: float) -> str:
    middle = (_LEFT + _RIGHT) / 2
    return f"M{_LEFT} {start:g}C{middle:g} {start:g} {middle:g} {end:g} {_RIGHT} {end:g}"


def _item(path: str) -> str:
    head, *inner = path.split("/")
    return f"item {head}" + "".join(f" ({each})" for each in inner)


def _whole(article: str) -> str:
    """The treaty of an article: the part of its key before the last two steps."""
    return article.rpartition("/")[0].rpartition("/")[0]


def _article(provision: str) -> str:
    """A provision up to its article: "treaty/untoc/art/16/para/5" → "treaty/untoc/art/16"."""
    parts = provision.split("/")
    end = parts.index("art") + 2 if "art" in parts[:-1] else len(parts)
    return "/".join(parts[:end])
