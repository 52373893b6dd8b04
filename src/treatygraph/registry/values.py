"""The frozen values of the registry: instruments, bodies, groups, tools, texts, and what each may be called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

EVERYWHERE = "*"
"""The scope of an alias that means the same in any document."""


ACT_KINDS: Final = ("decision", "resolution", "statement")
"""The kinds of numbered acts; a statement is one that a president makes for the body."""

ACT_STYLES: Final = frozenset(
    {
        "code session.number",
        "code-session/number",
        "code.number(session)",
        "codesession(number)",
        "number (session)",
        "number (year)",
        "number/code.session",
        "session.number",
        "session/number",
        "session/number-roman",
        "year/number",
    }
)
"""How the number of an act is printed (see ``ActSeries``)."""

_ROMAN: Final = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def _arabic(session: str) -> str:
    """A session in Arabic numbers: "XIII" → "13", "S-X" → "S-10", "57" → "57"."""
    head, dash, roman = session.rpartition("-")
    if not roman or not _ROMAN.fullmatch(roman):
        return session
    values = [_ROMAN_DIGITS[letter] for letter in roman]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return f"{head}{dash}{total}"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name by which texts refer to a thing.

    ``scope``: ``"*"`` (means this thing in any document) or the key of a body (only in documents of that body and
    of the bodies under it). A name such as "the Convention" that needs a definition in the text has no place here.
    ``unverified``: no text that was read prints it.
    """

    text: str
    language: str = "en"
    scope: str = EVERYWHERE
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with a key, a name and aliases: a group, a tool, a text without a symbol."""

    key: str
    name: str
    aliases: tuple[Alias, ...] = ()
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """A name that several instruments share ("Geneva Conventions"): the keys of all of them."""

    name: str
    members: tuple[str, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of an instrument: ``path`` below it (``("art", "18", "para", "3", "i")``), kind, number, title."""

    path: tuple[str, ...]
    kind: str
    number: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty or other instrument. ``provisions`` is empty unless its structure is held.

    ``short`` is the name or alias that labels use where the full name is long.
    """

    key: str
    name: str
    aliases: tuple[Alias, ...] = ()
    supplements: str | None = None
    structure_held: bool = False
    provisions: Mapping[tuple[str, ...], Provision] = field(default_factory=dict)
    unverified: bool = False
    short: str | None = None


@dataclass(frozen=True, slots=True)
class ActSeries:
    """A series of numbered decisions or resolutions of a body, and the key that a printed number gets.

    ``kind`` is "resolution", "decision" or "statement". ``style`` names how the number is printed:
    "session/number" (55/25), "number (year)" (2231 (2015)), "year/number" (2005/14),
    "number (session)" (2200 (XXI), 1503 (XLVIII)),
    "number/code.session" (1/CP.21), "session/number-roman" (XIII/5), "code-session/number" (BC-15/17),
    "code.number(session)" (MEPC.132(53)), "codesession(number)" (FCTC/COP5(14)), "code session.number" (Conf. 4.6),
    "session.number" (18.90). ``code`` is the printed code of those that have one. ``template`` is the key, with
    ``{session}``, ``{number}``, ``{year}`` and ``{suffix}``. ``first`` is the number with which decisions begin in each
    session, where resolutions have those below.
    """

    kind: str
    style: str
    template: str
    code: str | None = None
    first: int | None = None

    def key(self, number: str, *, session: str = "", year: str = "", suffix: str = "") -> str:
        """The key of an act of this series from the parts of its printed number.

        In keys ``act/…`` Roman sessions are Arabic (CND 1 (XXXIV) → ``act/cnd/resolution/34/1``); a symbol keeps them.
        """
        if self.template.startswith("act/"):
            session = _arabic(session)
        return self.template.format(number=number, session=session, year=year, suffix=suffix)


@dataclass(frozen=True, slots=True)
class Body:
    """An organ, conference, working group or office.

    ``counts`` is "session" or "meeting": what its ordinals count. ``founding_treaty`` is the instrument that
    "the Convention" means in its documents where nothing nearer says otherwise (inherited from ``parent``).
    ``symbol`` is the series symbol of its documents (``CTOC/COP/WG.3``), ``other_symbols`` are more of them.
    ``kind`` is a name of the list ``body-kind``.
    """

    key: str
    name: str
    aliases: tuple[Alias, ...] = ()
    parent: str | None = None
    counts: str | None = None
    founding_treaty: str | None = None
    symbol: str | None = None
    acts: tuple[ActSeries, ...] = ()
    unverified: bool = False
    other_symbols: tuple[str, ...] = ()
    kind: str | None = None

    @property
    def happening_stem(self) -> str:
        """The body's part of a happening's key: ``ctoc-cop-wg3`` of ``body/ctoc-cop/wg3``."""
        return self.key.removeprefix("body/").replace("/", "-")


@dataclass(frozen=True, slots=True)
class Registry:
    """All names, by key, with the digest of the files that they came from (SHA-256, hexadecimal)."""

    instruments: Mapping[str, Instrument]
    bodies: Mapping[str, Body]
    groups: Mapping[str, Named]
    tools: Mapping[str, Named]
    texts: Mapping[str, Named]
    digest: str
    together: tuple[Together, ...] = ()

    def founding_treaty(self, body: str | None) -> str | None:
        """The instrument that "the Convention" means by default in a document of *body*: its own or its parent's."""
        seen: set[str] = set()
        while body is not None and body not in seen:
            seen.add(body)
            entry = self.bodies.get(body)
            if entry is None:
                return None
            if entry.founding_treaty:
                return entry.founding_treaty
            body = entry.parent
        return None

    def in_scope(self, alias: Alias, body: str | None) -> bool:
        """Whether *alias* may be used in a document of *body*."""
        if alias.scope == EVERYWHERE:
            return True
        while body is not None:
            if alias.scope == body:
                return True
            entry = self.bodies.get(body)
            body = entry.parent if entry else None
        return False
