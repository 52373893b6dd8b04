"""Look-ups of one thing, answered in this process: nothing about them can take long, so they need no process to end.

A question qualifies by its text alone: one triple pattern over the store's own default graph whose subject is an IRI,
with different variables in its other places, and nothing else: no filter, path, modifier, graph or function; or the
description of one IRI. The engine then reads one run of its index (for a description, one for each blank node in it
too), and each step of it is a row or triple of the answer; this stops when the answer has ``MOST_BYTES``, and a process
takes over. So the work is bounded by the length of the query and by ``MOST_BYTES``,
whatever the data are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import IO, Any, Final, cast

from pyoxigraph import QueryTriples, Store

from treatygraph.store.question import Question
from treatygraph.store.spool import Answer
from treatygraph.store.worker import GRAPHS, TABLES

MOST_BYTES: Final = 32 << 10
"""The largest answer that is given from here."""

_MOST_CHARACTERS = 2000
_GAP = r"(?:\s|\#[^\n\r]*+[\n\r])*+"
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*+>'
_NAME = r"(?:[A-Za-z][\w\-]*+)?:[\w\-]++"
_VARIABLE = r"[?$]\w++"
_STRING = r"""(?:"[^"\\\n\r]*+"|'[^'\\\n\r]*+')(?:@[A-Za-z\-]++)?"""
# Nothing in it can match the same text in two ways, so that no text takes long.
_PROLOGUE = rf"""{_GAP}
    (?:(?:PREFIX\s{_GAP}(?:[A-Za-z][\w\-]*+)?:|BASE){_GAP}{_IRI}{_GAP})*+"""
_DESCRIPTION = re.compile(
    rf"{_PROLOGUE}DESCRIBE{_GAP}(?:{_IRI}|{_NAME}){_GAP}(?:\#[^\n\r]*+)?",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_SHAPE = re.compile(
    rf"""{_PROLOGUE}
    (?:ASK|SELECT{_GAP}(?:\*|(?:{_VARIABLE}{_GAP})++)){_GAP}
    (?:WHERE{_GAP})?
    \{{{_GAP}
    (?:{_IRI}|{_NAME}){_GAP}
    (?:{_IRI}|{_NAME}|a(?=\s)|(?P<predicate>{_VARIABLE})){_GAP}
    (?:{_IRI}|{_NAME}|{_STRING}|(?P<object>{_VARIABLE})){_GAP}
    (?:\.{_GAP})?
    \}}{_GAP}(?:\#[^\n\r]*+)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class _FullError(Exception):
    """The answer is longer than is given from here."""


class _Short:
    """Takes ``MOST_BYTES`` and no more."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._room = MOST_BYTES

    def flush(self) -> None:
        """Nothing: what is written is there."""

    def write(self, data: Any) -> int:
        """Keeps the bytes; raises ``_FullError`` when there are too many."""
        self._room -= len(data)
        if self._room < 0:
            raise _FullError
        self.parts.append(bytes(data))
        return len(data)


def is_lookup(question: Question) -> bool:
    """Whether a question can be answered from here."""
    if len(question.sparql) > _MOST_CHARACTERS:
        return False
    if question.default_graphs is not None or question.named_graphs is not None or question.bindings:
        return False
    if question.form in GRAPHS:
        return _DESCRIPTION.fullmatch(question.sparql) is not None
    match = _SHAPE.fullmatch(question.sparql)
    if match is None or question.form not in TABLES:
        return False
    # The same variable twice would be a filter.
    return match["predicate"] is None or match["predicate"] != match["object"]


class Lookups:
    """Answers look-ups over one generation at a time, which is opened by *aside*, in a thread."""

    def __init__(self, folder: Callable[[int], str], aside: Callable[[Callable[[], None]], object]) -> None:
        self._folder = folder
        self._aside = aside
        self._open: tuple[int, Store] | None = None
        self._opening: int | None = None

    def answer(self, question: Question, generation: int) -> Answer | None:
        """The answer; None where a process must give it."""
        if not is_lookup(question):
            return None
        if self._open is None or self._open[0] != generation:
            self._begin_to_open(generation)
            return None
        result = _Short()
        try:
            found = self._open[1].query(
                question.sparql,
                base_iri=question.base,
                prefixes=dict(question.prefixes) if question.prefixes else None,
            )
            if isinstance(found, QueryTriples):
                found.serialize(cast(IO[bytes], result), GRAPHS[question.form])
            else:
                found.serialize(cast(IO[bytes], result), TABLES[question.form])
        except (_FullError, OSError, RuntimeError, ValueError, SyntaxError):
            # The process says what is wrong.
            return None
        return Answer(b"".join(result.parts), question.form in GRAPHS, generation)

    def close(self) -> None:
        """Gives back what is open."""
        self._open = None

    def _begin_to_open(self, generation: int) -> None:
        if self._opening == generation:
            return
        self._opening = generation

        def work() -> None:
            try:
                self._open = (generation, Store.read_only(self._folder(generation)))
            except (OSError, RuntimeError, ValueError):
                # It has gone already, or is damaged, which the next question is told.
                return

        self._aside(work)
