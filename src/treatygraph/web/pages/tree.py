"""The provisions of a treaty, or below a provision, as a tree, each with how often it is linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

from pyoxigraph import NamedNode

from treatygraph.graph.terms import TG
from treatygraph.web.asking import Asker, Row
from treatygraph.web.names import page_of
from treatygraph.web.pages.links import node, numbers, text

_INLINE: Final = frozenset({"paragraph", "subparagraph"})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many links there are, by the kind of what is linked."""

    items: int = 0
    acts: int = 0
    documents: int = 0
    happenings: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.items + other.items,
            self.acts + other.acts,
            self.documents + other.documents,
            self.happenings + other.happenings,
        )

    @property
    def total(self) -> int:
        """All links."""
        return self.items + self.acts + self.documents + self.happenings


@dataclass(frozen=True, slots=True)
class Branch:
    """A provision: its number within the one above, its title, its links and those of its parts."""

    href: str
    number: str
    unit: str
    title: str | None
    own: Counts
    all: Counts
    branches: tuple[Branch, ...]
    """Its parts with parts or titles of their own: chapters, articles."""
    leaves: tuple[Branch, ...]
    """Its paragraphs and subparagraphs, all the way down, numbered from here: "5 (a)"."""


def tree_of(asker: Asker, thing: NamedNode) -> tuple[tuple[Branch, ...], tuple[Branch, ...]]:
    """What is right below a treaty or provision, as in the text: branches, and paragraphs all the way down."""
    rows: dict[NamedNode, Row] = {}
    below: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for row in asker.rows("tree", thing=thing):
        provision = node(row, "provision")
        if provision not in rows:
            below[node(row, "above")].append(provision)
        rows[provision] = row
    counts = linked(asker, thing)

    def grow(provision: NamedNode, from_: str) -> Branch:
        row = rows[provision]
        parts = _ordered(below[provision], rows)
        unit = _unit(row)
        number = text(row, "number") or provision.value[len(from_) :].strip("/")
        inline = [each for each in parts if _unit(rows[each]) in _INLINE]
        grown = tuple(grow(each, provision.value) for each in parts if each not in inline)
        leaves = tuple(leaf for each in inline for leaf in flat(each, ()))
        own = counts.get(provision, Counts())
        return Branch(
            href=page_of(provision.value) or "",
            number=number,
            unit=unit,
            title=text(row, "title"),
            own=own,
            all=reduce(Counts.__add__, (*(b.all for b in grown), *(leaf.own for leaf in leaves)), own),
            branches=grown,
            leaves=leaves,
        )

    def flat(provision: NamedNode, steps: tuple[str, ...]) -> Iterable[Branch]:
        here = (*steps, text(rows[provision], "number") or "")
        own = counts.get(provision, Counts())
        yield Branch(
            page_of(provision.value) or "", numbers(here), _unit(rows[provision]), None, own, own, (), ()
        )
        for each in _ordered(below[provision], rows):
            yield from flat(each, here)

    top = _ordered(below[thing], rows)
    return (
        tuple(grow(each, thing.value) for each in top if _unit(rows[each]) not in _INLINE),
        tuple(leaf for each in top if _unit(rows[each]) in _INLINE for leaf in flat(each, ())),
    )


def linked(asker: Asker, thing: NamedNode) -> Mapping[NamedNode, Counts]:
    """Provision below *thing* → how often it is linked itself."""
    found: dict[NamedNode, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in asker.rows("linked", thing=thing):
        if "provision" not in row:
            continue
        by, kind = node(row, "property"), text(row, "kind") or ""
        counted = found[node(row, "provision")]
        count = int(row["count"].value)
        if by == TG.concernsProvision:
            counted["items"] += count
        elif kind in ("session", "meeting"):
            counted["happenings"] += count
        elif kind in ("action", "mandate"):
            counted["acts"] += count
        else:
            # One text may both cite a provision and be about it.
            counted["documents"] = max(counted["documents"], count)
    return {provision: Counts(**counted) for provision, counted in found.items()}


def _unit(row: Row) -> str:
    return (text(row, "unit") or "provision").rpartition("/")[2]


def _ordered(provisions: Iterable[NamedNode], rows: Mapping[NamedNode, Row]) -> list[NamedNode]:
    """In the order of their numbers: 2 before 10, "i" to "iv" as in the text where all are Roman."""
    listed = list(provisions)
    found = [(text(rows[each], "number") or "").lower() for each in listed]
    roman = len(found) > 1 and found[0:1] != [""] and all(map(_roman, found)) and "i" in found

    def rank(each: NamedNode) -> tuple[int, int, str]:
        number = (text(rows[each], "number") or "").lower()
        digits = "".join(c for c in number if c.isdecimal())
        if roman:
            return (0, _roman(number) or 0, number)
        return (0, int(digits), number) if digits[:9] == digits and digits else (1, len(number), number)

    return sorted(listed, key=lambda each: (*rank(each), each.value))


_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _roman(number: str) -> int | None:
    if not number or any(c not in _DIGITS for c in number):
        return None
    values = [_DIGITS[c] for c in number]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
