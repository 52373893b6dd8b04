"""What the finder hands to the resolver: references as they are printed, before anyone asks what they mean.

Character offsets are those of one block's clean text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str, ...]


class LinkKind(StrEnum):
    """How a reference says what it is a part of."""

    NONE = "none"
    NAME = "name"
    ACT = "act"
    POSSESSIVE = "possessive"
    THEREOF = "thereof"
    SELF = "self"
    UNIT = "unit"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """The words after a reference that say what it is a part of.

    ``at`` is the start of the name meant (NAME), ``act`` the act meant (ACT), ``step`` the kind of unit pointed at
    ("this article": UNIT), ``text`` the words that name something unknown, ``determiner`` "this" or "that".
    ``common``: the unit is one of each of several instruments, of which ``others`` are the names after the first.
    """

    kind: LinkKind = LinkKind.NONE
    at: int = -1
    act: ActMention | None = None
    step: str = ""
    determiner: str = ""
    text: str = ""
    common: bool = False
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit named: its path below the instrument or act, and where its own words stand."""

    path: Path
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnitMention:
    """ "articles 6, 7 and 17 of the 1988 Convention": units of one kind (``step``) with what they are part of.

    ``top`` is the step of the highest unit named. ``bracketed`` stands right after an opening bracket.
    """

    start: int
    end: int
    units: tuple[Unit, ...]
    step: str
    top: str
    link: Link = Link()
    bracketed: bool = False
    abbreviated: bool = False


@dataclass(frozen=True, slots=True)
class ActNumber:
    """The printed number of an act: the styles it may be read in, its parts (session, number, year, suffix, code)."""

    styles: tuple[str, ...]
    parts: Mapping[str, str]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ActMention:
    """ "General Assembly resolutions 55/25 and 55/255": numbered acts, with the names before and after that say whose.

    ``before`` and ``after`` are starts of names, -1 where there is none; ``unknown`` are the words of a body that no
    name says. ``units`` are parts of the last act ("resolution 60/1, paragraph 7").
    """

    start: int
    end: int
    kind: str
    numbers: tuple[ActNumber, ...]
    possessive: bool = False
    before: int = -1
    after: int = -1
    units: tuple[Unit, ...] = ()
    continues: bool = False


@dataclass(frozen=True, slots=True)
class HappeningMention:
    """ "its eighth, ninth and tenth sessions": what is counted, the numbers with their own words, and whose it is.

    ``sitting``: a modifier says that it is inside a session ("plenary"); ``sits``: the noun does ("séance").
    ``treaty``: the start of the instrument whose parties meet, where the ordinal stands inside the name of their
    conference ("《公约》缔约国第三次会议"), and ``noun`` that name.
    """

    start: int
    end: int
    word: str
    ordinals: tuple[tuple[str, int, int], ...]
    sitting: bool
    possessive: bool = False
    body: int = -1
    unknown: str = ""
    figures: bool = False
    sits: bool = False
    treaty: int = -1
    noun: str = ""


@dataclass(frozen=True, slots=True)
class BackReference:
    """ "that decision", "the same provision", "this article": ``what`` is an act kind, "provision", or a step."""

    start: int
    end: int
    what: str
    determiner: str
    act: bool


@dataclass(frozen=True, slots=True)
class SymbolMention:
    """A document symbol in its normal form."""

    start: int
    end: int
    symbol: str


@dataclass(frozen=True, slots=True)
class PublicationMention:
    """Keys of publications, below ``publication/`` or its series; ``ibid`` repeats the series named before."""

    start: int
    end: int
    keys: tuple[str, ...]
    ibid: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class RejectedMention:
    """What looks like a reference and is none, with the cause."""

    start: int
    end: int
    rule: str
    cause: str


Mention = (
    UnitMention
    | ActMention
    | HappeningMention
    | BackReference
    | SymbolMention
    | PublicationMention
    | RejectedMention
)
