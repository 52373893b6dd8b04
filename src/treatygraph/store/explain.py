"""What makes a query slow, said without running it: how many triples each pattern has, what joins with nothing.

The engine tells nothing about its plans. What is said here is true of any engine: a pattern's count is counted (up
to a bound), and parts of a group that share no variable are multiplied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from treatygraph.model.errors import Where
from treatygraph.store.guard import QueryForm, check_query
from treatygraph.store.patterns import Group, Pattern, group_of, prologue_of
from treatygraph.store.tokens import position

MOST_COUNTED: Final = 100_000
"""How far the triples of a pattern are counted."""

MOST_PATTERNS: Final = 40
"""How many patterns are counted."""

Count = Callable[[str], int | None]
"""Runs a query that counts; None where it takes too long."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A pattern, its place, and how many solutions it has alone; None: not counted."""

    pattern: Pattern
    where: Where
    count: int | None

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count is not None and self.count > MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that makes queries slow: what, where, and what helps."""

    what: str
    where: Where
    remedy: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of a query before it runs."""

    form: QueryForm
    patterns: tuple[Counted, ...]
    findings: tuple[Finding, ...]


def explain(sparql: str, count: Count) -> Explanation:
    """The explanation of a query; raises ``QueryError`` for one that is refused.

    A query that is not well formed is explained as far as it can be read: *count* is asked of its parts only.
    """
    form = check_query(sparql)
    whole = group_of(sparql)
    patterns = sorted((p for group in whole.everything() for p in group.patterns), key=lambda p: p.offset)
    loose = set(_loose_paths(whole))
    prologue = prologue_of(sparql)
    counted = tuple(
        Counted(
            each,
            position(sparql, each.offset),
            None if each in loose or number >= MOST_PATTERNS else count(counting(prologue, each)),
        )
        for number, each in enumerate(patterns)
    )
    findings = (*_products(sparql, whole), *_walks(sparql, loose), *_nothing(counted))
    return Explanation(form, counted, tuple(sorted(findings, key=lambda f: (f.where.line, f.where.column))))


def counting(prologue: str, pattern: Pattern) -> str:
    """The query that counts the solutions of one pattern, up to the bound."""
    inner = f"SELECT * {{ {pattern.text} }} LIMIT {MOST_COUNTED + 1}"
    return f"{prologue} SELECT (COUNT(*) AS ?tg_count) {{ {{ {inner} }} }}"


def parts(group: Group) -> list[set[str]]:
    """The variables of the parts of a group that share none with each other."""
    items = [set(pattern.variables) for pattern in group.patterns]
    joined: list[set[str]] = []
    for inner in group.inner:
        if inner.kind == "UNION" and joined:
            joined[-1] |= inner.variables()
        elif inner.kind not in ("EXISTS", "MINUS"):
            joined.append(inner.variables())
    found: list[set[str]] = []
    for item in filter(None, items + joined):
        together = [each for each in found if each & item]
        found = [each for each in found if not each & item]
        found.append(item.union(*together))
    return found


def _products(sparql: str, whole: Group) -> Iterator[Finding]:
    for group in whole.everything():
        separate = parts(group)
        offset = min((pattern.offset for each in group.everything() for pattern in each.patterns), default=0)
        if len(separate) > 1:
            named = "; ".join(", ".join(sorted(each)) for each in separate)
            yield Finding(
                f"{len(separate)} parts of a group share no variable and are multiplied: {named}",
                position(sparql, offset),
                "Join them by a common variable. A FILTER or BIND may tie them together, but only after that.",
            )


def _loose_paths(whole: Group) -> Iterator[Pattern]:
    """Paths of any length, both ends of which nothing else binds."""
    groups = whole.everything()
    for pattern in (each for group in groups for each in group.patterns if each.repeats):
        elsewhere = {
            name
            for group in groups
            for name in (*group.given, *(v for p in group.patterns if p is not pattern for v in p.variables))
        }
        ends = (pattern.subject, pattern.object)
        if all(end[:1] in ("?", "$", "_") and f"?{end[1:]}" not in elsewhere for end in ends):
            yield pattern


def _walks(sparql: str, loose: set[Pattern]) -> Iterator[Finding]:
    for pattern in loose:
        yield Finding(
            f"The path {pattern.predicate} is walked from every node: nothing else binds one of its ends",
            position(sparql, pattern.offset),
            "Bind an end, or ask the prepared closure where there is one (graph/inferred/closures).",
        )


def _nothing(counted: tuple[Counted, ...]) -> Iterator[Finding]:
    for each in counted:
        if each.count == 0:
            yield Finding(
                f"Nothing matches {each.pattern.text}",
                each.where,
                "Look at the spelling of its terms, and at the graph in which it stands.",
            )
