"""The printed number of an act and a body → the key, by the series that the registry gives the body."""

from __future__ import annotations

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


def series_of(
    body: Body, kind: str, number: ActNumber, *, doubtful: bool = False
) -> tuple[ActSeries, str] | None:
    """The series of *body* that the number can belong to, and the style it is then read in.

    *doubtful*: also where the body cannot have held such a session; a text that names the body is taken at its word.
    """
    for style in number.styles:
        for series in body.acts:
            same = (series.kind, series.style, series.code or "") == (
                kind,
                style,
                number.parts.get("code", ""),
            )
            if same and (style != "session/number" or doubtful or _plausible(body, number)):
                return series, style
    return None


def key_in(body: Body, kind: str, number: ActNumber, *, doubtful: bool = False) -> str | None:
    """The key of the act with that number in a series of *body*, or None where it has no such series."""
    found = series_of(body, kind, number, doubtful=doubtful)
    if found is None:
        return None
    series, style = found
    parts = dict(number.parts)
    year = parts.get("year", "")
    session = parts.get("session", year if style == "session/number" else "")
    return series.key(parts["number"], session=session, year=year, suffix=parts.get("suffix", ""))


def bodies_by_code(registry: Registry, kind: str, number: ActNumber) -> tuple[str, ...]:
    """The bodies whose printed code the number carries ("1/CP.21"), sorted; none for a number without one."""
    if not set(number.styles) & set(_BY_CODE):
        return ()
    return tuple(key for key in sorted(registry.bodies) if series_of(registry.bodies[key], kind, number))


def bodies_by_style(registry: Registry, kind: str, number: ActNumber) -> tuple[str, ...]:
    """All bodies with a series that the number can belong to, sorted."""
    return tuple(key for key in sorted(registry.bodies) if series_of(registry.bodies[key], kind, number))


def _plausible(body: Body, number: ActNumber) -> bool:
    session = number.parts.get("session") or number.parts.get("year", "")
    if not session.isdigit():
        return True
    first, last = _sessions().get(
        body.key, (1, _LAST_OF_CONFERENCES if body.founding_treaty else _LAST_OF_OTHERS)
    )
    return first <= int(session) <= last


@cache
def _sessions() -> dict[str, tuple[int, int]]:
    path = Path(__file__).parent / "sessions.toml"
    try:
        return {entry["body"]: (entry["first"], entry["last"]) for entry in read_list(path)["sessions"]}
    except KeyError as error:
        raise VocabularyError(
            f"the list of sessions cannot be read: {error}", where=Where(file=path.name)
        ) from error
