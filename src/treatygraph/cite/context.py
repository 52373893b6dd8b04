"""What all resolvers share: the state of a document, the line at hand, and who "its" belongs to in a sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from treatygraph.cite.line import Line
from treatygraph.cite.mentions import Path
from treatygraph.cite.names import BODY
from treatygraph.cite.referents import Enclosing, Referent, names_by_sentence
from treatygraph.cite.scope import Scope
from treatygraph.model.citations import CitationKind, Reason

_NEAR = 2  # blocks that "that decision" may reach back
_MOST_NAMES = 64  # that are looked at on either side of a mention
_VERB = 3  # words of a verb between a body and what it adopted
_FAR = 24  # words from "its" to the body that it is of, where that follows


@dataclass(frozen=True, slots=True)
class Outcome:
    """A citation or a rejection, with offsets of the block: exactly one of ``target``, ``reason``, ``cause`` is set."""

    start: int
    end: int
    kind: CitationKind
    rule: str
    target: str | None = None
    reason: Reason | None = None
    cause: str = ""
    unit: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """What units are a part of: an instrument or act by key (None: refused with ``reason``), and the path to it."""

    kind: CitationKind
    key: str | None
    rule: str
    path: Path = ()
    reason: Reason | None = None
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Memory:
    """What back-references may mean: acts, provisions and series of publications, with the blocks they stand in."""

    acts: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    act: tuple[str | None, tuple[int, int]] = (None, (-1, -1))
    act_end: int = 0
    by_number: dict[tuple[str, str], str] = field(default_factory=dict)
    owner: str | None = None
    unknown_owner: str = ""
    provision: tuple[str | None, Path, int] | None = None
    units: tuple[Base, str, tuple[int, int], int] | None = None
    series: str = ""
    articles: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    attributed: bool = (
        False  # whether the body of the act cited last is an attribute of it ("Assembly resolution 60/1")
    )

    def copy(self) -> Memory:
        """A copy that a footnote may change without a trace."""
        return Memory(
            dict(self.acts),
            self.act,
            self.act_end,
            dict(self.by_number),
            self.owner,
            self.unknown_owner,
            self.provision,
            self.units,
            self.series,
            dict(self.articles),
            self.attributed,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: its number, whether it heads the document, the treaty around an offset of its text.

    ``headings`` are offsets at which a provision of that treaty begins. ``paragraph`` is the number of the document's
    own paragraph as steps, ``annexed`` whether that stands in an annex, ``item`` the agenda item that it belongs to.
    """

    block: int
    masthead: bool = False
    around: Callable[[int], Enclosing | None] = lambda offset: None
    headings: frozenset[int] = frozenset()
    paragraph: Path = ()
    annexed: bool = False
    item: str | None = None


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """The numbers of the document's own paragraphs: of the act itself, and of its annexes."""

    operative: frozenset[str] = frozenset()
    annex: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Own:
    """What a resolver knows of the document itself.

    ``numbers`` are those of its paragraphs, ``session`` the session by which it is numbered, ``year`` when it was
    issued or adopted. ``lower``: an organ without a key, below the body, made it and has sessions of its own.
    ``reports``: it is a report, which tells of sittings of its own.
    """

    key: str
    symbol: str | None = None
    numbers: OwnNumbers = OwnNumbers()
    session: int | None = None
    year: int | None = None
    lower: bool = False
    reports: bool = False


def _start(referent: Referent) -> int:
    return referent.hit.start


class Context:
    """The document so far and the block at hand; a resolver of one kind of mention builds on it."""

    def __init__(self, scope: Scope, own: Own) -> None:
        self._scope = scope
        self._registry = scope.registry
        self._document = own
        self._memory = Memory()
        self._line: Line
        self._place: Place
        self._names: dict[int, Referent] = {}
        self._sorted_of: dict[int, Referent] | None = None
        self._sorted: dict[tuple[tuple[int, int], str], list[Referent]] = {}

    def begin(self, key: str | None) -> None:
        """Takes what follows as another act of the same page, by its key; None changes nothing."""
        if key is not None:
            self._document = replace(self._document, key=key)

    def _rejected(self, start: int, end: int, rule: str, cause: str) -> Outcome:
        return Outcome(start, end, CitationKind.BODY, rule, cause=cause)

    def _sentence(self, offset: int) -> tuple[int, int]:
        return self._place.block, self._line.sentence_of(offset)

    def _near(self, block: int) -> bool:
        return self._place.block - block <= _NEAR

    def _before(self, offset: int, domain: str) -> list[Referent]:
        """The referents of the same sentence that stand before an offset, nearest first."""
        names = self._in_sentence(offset, domain)
        end = bisect_left(names, offset, key=_start)
        return names[max(0, end - _MOST_NAMES) : end][::-1]

    def _after(self, offset: int, domain: str) -> list[Referent]:
        names = self._in_sentence(offset, domain)
        start = bisect_right(names, offset, key=_start)
        return names[start : start + _MOST_NAMES]

    def _in_sentence(self, offset: int, domain: str) -> list[Referent]:
        """The referents of the sentence of an offset, in order of print; each block's are sorted once."""
        if self._sorted_of is not self._names:
            self._sorted_of, self._sorted = self._names, names_by_sentence(self._names)
        return self._sorted.get((self._sentence(offset), domain), [])

    def _opened_between(self, start: int, end: int) -> bool:
        """Whether a word opens a clause of the acting body between two offsets."""
        line = self._line
        for index in range(line.words.index_at(start), line.words.index_at(end)):
            found = line.lex(index, "opening")
            if found and (
                found[0].sense == "anywhere" or (index in line.sentence_starts and line.words.capital(index))
            ):
                return True
        return False

    def _owner(
        self, start: int, possessive: bool, able: Callable[[str], bool], *, named: bool
    ) -> Referent | str | None:
        """The body meant by "its" or by nothing at all: a referent of the sentence, or a key of the document's chain.

        "its" belongs to the body named last in the sentence, unless a word in between opens a clause of the acting
        body; at the head of a sentence it belongs to the subject that follows. A body without a key stands in the
        way; with *named*, only if it has a full name.
        """
        own = self._scope.own(able)
        near = next(
            (
                r
                for r in self._before(start, BODY)
                if (r.key is None and (r.named or not named)) or (r.key and able(r.key))
            ),
            None,
        )
        if possessive:
            subject = self._subject(start) if near is None else None
            if subject and (
                able(subject.key) if subject.key else self._line.words.capital(subject.hit.first)
            ):
                return subject
            opened_from = near.hit.end if near else self._sentence_start(start)
            if near and not self._opened_between(opened_from, start):
                return self._around_aside(near, start, able) or near
            if near is None and not self._opened_between(opened_from, start) and self._at_head(start):
                following = next(
                    (r for r in self._after(start, BODY) if r.key is not None and able(r.key)), None
                )
                if following:
                    return following
            return own
        if near and near.key and near.named and self._acts_itself(near, start):
            return near
        if own == self._scope.own(lambda _: True) and own is not None:
            return own
        known = next((r for r in self._before(start, BODY) if r.key is not None and able(r.key)), None)
        return known or own

    def _around_aside(self, near: Referent, start: int, able: Callable[[str], bool]) -> Referent | None:
        """The subject of a verb behind words between commas that end with another body's act.

        "The Panel, set up pursuant to Council resolution 5/1, held its third session": the session is the Panel's.
        """
        line, words = self._line, self._line.words
        index = words.index_at(start)
        owned = line.lex(index - 1, "possessive")
        verb = index - 2 if owned and owned[1] == index else index - 1
        beside = words.norm(verb - 1) == "," and words.raw(verb).islower()
        if not beside or line.lex(near.hit.last, "act") is None:
            return None
        bodies = [r for r in self._in_sentence(start, BODY) if r.hit.start < near.hit.start]
        subject = next(iter(bodies), None)
        if subject is None or subject.key is None or not able(subject.key):
            return None
        return subject if words.norm(subject.hit.last) == "," else None

    def _acts_itself(self, body: Referent, start: int) -> bool:
        """Whether a body is the subject of the verb before an act: "the Council had adopted resolution 7/4"."""
        words = self._line.words
        between = range(body.hit.last, words.index_at(start))
        plain = all(words.raw(index).isalpha() and words.raw(index).islower() for index in between)
        small = any(self._line.lex(index, role) for index in between for role in ("of", "and", "the"))
        return 0 < len(between) <= _VERB and plain and not small

    def _subject(self, start: int) -> Referent | None:
        """The body named behind a comma after what "its" stands before: "at its fifth session, the Harbour Board …"."""
        words = self._line.words
        referent = next(iter(self._after(start, BODY)), None)
        if referent is None or referent.hit.first - words.index_at(start) > _FAR:
            return None
        the = self._line.lex(referent.hit.first - 1, "the")
        return referent if words.norm(referent.hit.first - (2 if the else 1)) == "," else None

    def _sentence_start(self, offset: int) -> int:
        number = self._line.sentence_of(offset)
        return self._line.start(self._line.sentence_starts[number - 1])

    def _at_head(self, offset: int) -> bool:
        words = self._line.words
        return words.index_at(offset) - words.index_at(self._sentence_start(offset)) <= 4
