"""The printed number of an act and a body → the key, by the series that the registry gives the body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from treatygraph.cite.mentions import ActNumber
from treatygraph.model.errors import VocabularyError, Where
from treatygraph.parse.lexicon import read_list
from treatygraph.registry.values import ActSeries, Body, Registry

_BY_CODE: Final = (
    "number/code.session",
    "codesession(number)",
    "code session.number",
    "code.number(session)",
    "code-session/number",
)
# Sessions that bodies not listed in sessions.toml can have held: conferences of parties, and others.
_LAST_OF_CONFERENCES: Final = 30
_LAST_OF_OTHERS: Final = 40
_LAST_SPECIAL: Final = 12
_LEAST_AHEAD: Final = 3
_BY_SESSION: Final = ("session/number", "code-session/number", "number/code.session", "codesession(number)")
_SYMBOLIC: Final = "codesession(number)"
_AS_SYMBOL: Final = re.compile(r"(?P<code>[A-Z]{2,6}/[A-Z]{2,6}?)(?P<session>\d{1,3})\((?P<number>\d{1,3})\)")
_SPECIAL: Final = re.compile(r"S-(\d+)")


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions by which a body numbers its acts: ``first`` to ``last``, ``a_year`` of them ``since`` a year.

    ``special`` is the last special session ("S-30/1") that it can have held.
    """

    first: int
    last: int
    since: int | None = None
    a_year: int = 1
    special: int = _LAST_SPECIAL

    def held_by(self, year: int | None) -> int:
        """The last session that the body can have held in a year; None is a year that is not known."""
        if year is None or self.since is None:
            return self.last
        return min(self.last, max(0, year - self.since + 1) * self.a_year)


def series_of(
    body: Body, kind: str, number: ActNumber, *, doubtful: bool = False, year: int | None = None
) -> tuple[ActSeries, str] | None:
    """The series of *body* that the number can belong to, and the style it is then read in.

    *doubtful*: also where the body cannot have held such a session; a text that names the body is taken at its word.
    *year* is that of the document: what a body decides later it cannot cite.
    """
    codes = number.parts.get("code", "").split() or [""]
    for style in number.styles:
        for series in body.acts:
            same = (series.kind, series.style) == (kind, style) and (series.code or "") in codes
            if same and (doubtful or _plausible(body, style, number, year)):
                return series, style
    return None


def key_in(
    body: Body, kind: str, number: ActNumber, *, doubtful: bool = False, year: int | None = None
) -> str | None:
    """The key of the act with that number in a series of *body*, or None where it has no such series."""
    found = series_of(body, kind, number, doubtful=doubtful, year=year)
    if found is None:
        return None
    series, style = found
    parts = dict(number.parts)
    printed = parts.get("year", "")
    session = parts.get("session", printed if style == "session/number" else "")
    return series.key(parts["number"], session=session, year=printed, suffix=parts.get("suffix", ""))


def bodies_by_code(registry: Registry, kind: str, number: ActNumber) -> tuple[str, ...]:
    """The bodies whose printed code the number carries ("1/CP.21"), sorted; none for a number without one."""
    if not set(number.styles) & set(_BY_CODE):
        return ()
    return tuple(key for key in sorted(registry.bodies) if series_of(registry.bodies[key], kind, number))


def act_of_symbol(registry: Registry, symbol: str) -> str | None:
    """The act whose number is written as a symbol, whatever word stands before it ("FCTC/COP5(14)"), or None."""
    match = _AS_SYMBOL.fullmatch(symbol)
    if match is None:
        return None
    keys = {
        series.key(match["number"], session=match["session"], year="", suffix="")
        for body in registry.bodies.values()
        for series in body.acts
        if series.style == _SYMBOLIC and series.code == match["code"]
    }
    return next(iter(keys)) if len(keys) == 1 else None


def bodies_by_style(
    registry: Registry, kind: str, number: ActNumber, *, year: int | None = None
) -> tuple[str, ...]:
    """All bodies with a series that the number can belong to, sorted."""
    bodies = registry.bodies
    return tuple(key for key in sorted(bodies) if series_of(bodies[key], kind, number, year=year))


def session_of(body: Body, key: str) -> int | None:
    """The session by which an act's key is numbered in a series of its body ("document/A/RES/77/5" → 77), or None."""
    for series in body.acts:
        if series.style in _BY_SESSION:
            pattern = re.escape(series.template)
            for part, shape in (("session", r"(?P<session>\d+)"), ("number", r"\d+"), ("suffix", "[A-Z]?")):
                pattern = pattern.replace(re.escape(f"{{{part}}}"), shape)
            match = re.fullmatch(pattern, key)
            if match:
                return int(match["session"])
    return None


def last_year_of(body: Body, session: int) -> int | None:
    """The year in which a session of a body can have ended at the latest, or None where nothing tells."""
    known = _sessions_of(body)
    return known.since + session // known.a_year + 1 if known.since else None


def held_in(body: Body, number: ActNumber, year: int | None) -> bool:
    """Whether the session by which an act is numbered can have been held in the year printed with the number."""
    session = number.parts.get("session", "")
    known = _sessions_of(body)
    if year is None or known.since is None or "session/number" not in number.styles or not session.isdigit():
        return True
    before = known.since + (int(session) - 1) // known.a_year
    return before - 1 <= year <= known.since + int(session) // known.a_year + 1


def can_hold(body: Body, session: str) -> bool:
    """Whether the number of a session ("78", "S-32") is one that the body can reach; bodies that count meetings can."""
    known = _sessions_of(body)
    if special := _SPECIAL.fullmatch(session):
        return int(special[1]) <= known.special
    return body.counts != "session" or not session.isdigit() or int(session) <= known.last


def looks_ahead(body: Body, session: int, number: str, years: int) -> bool:
    """Whether a session is the given one of the body or one of the next years, at least three; special ones may be."""
    last = session + max(_LEAST_AHEAD, years * _sessions_of(body).a_year)
    return not number.isdigit() or session <= int(number) <= last


def _plausible(body: Body, style: str, number: ActNumber, year: int | None) -> bool:
    """Whether the body can have adopted an act of that number, by its session or by its year."""
    if style == "number (year)":
        return _counted_in(body, int(number.parts["number"]), int(number.parts["year"]))
    return style != "session/number" or _in_session(body, number, year)


def _counted_in(body: Body, number: int, year: int) -> bool:
    """Whether a body that counts its acts can have reached a number in a year; one that is not listed can."""
    reached = _counts().get(body.key, {})
    before = max((last for known, last in reached.items() if known < year), default=0)
    after = min((last for known, last in reached.items() if known >= year), default=number)
    return before < number <= after


def _in_session(body: Body, number: ActNumber, year: int | None) -> bool:
    session = number.parts.get("session") or number.parts.get("year", "")
    known = _sessions_of(body)
    if special := _SPECIAL.fullmatch(session):
        return int(special[1]) <= known.special
    if not session.isdigit():
        return True
    return known.first <= int(session) <= known.held_by(year)


def _sessions_of(body: Body) -> Sessions:
    last = _LAST_OF_CONFERENCES if body.founding_treaty else _LAST_OF_OTHERS
    return _sessions().get(body.key, Sessions(1, last))


@cache
def _sessions() -> dict[str, Sessions]:
    path = Path(__file__).parent / "sessions.toml"
    try:
        return {
            entry["body"]: Sessions(
                entry["first"],
                entry["last"],
                entry.get("since"),
                entry.get("a_year", 1),
                entry.get("special", _LAST_SPECIAL),
            )
            for entry in read_list(path)["sessions"]
        }
    except KeyError as error:
        raise VocabularyError(
            f"the list of sessions cannot be read: {error}", where=Where(file=path.name)
        ) from error


@cache
def _counts() -> dict[str, dict[int, int]]:
    """For each body that counts its acts, the last number of some years."""
    path = Path(__file__).parent / "sessions.toml"
    return {
        entry["body"]: {int(year): last for year, last in entry["reached"].items()}
        for entry in read_list(path)["counted"]
    }
