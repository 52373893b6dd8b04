"""The printed number of an act and a body → the key, by the series that the registry gives the body."""

from __future__ import annotations

from typing import Final

from treatygraph.cite.mentions import ActNumber
from treatygraph.registry.values import ActSeries, Body, Registry

_BY_CODE: Final = (
    "number/code.session",
    "codesession(number)",
    "code session.number",
    "code.number(session)",
    "code-session/number",
)
# Which sessions a number "55/25" can be of. The General Assembly prints its numbers so since its thirty-first session
# (1976); no conference of parties has held thirty sessions, no commission or council seventy-five.
_ASSEMBLY: Final = "body/unga"
_FIRST_OF_ASSEMBLY: Final = 31
_LAST_OF_CONFERENCES: Final = 30
_LAST_OF_OTHERS: Final = 75


def series_of(body: Body, kind: str, number: ActNumber) -> tuple[ActSeries, str] | None:
    """The series of *body* that the number can belong to, and the style it is then read in."""
    for style in number.styles:
        for series in body.acts:
            if (
                series.kind == kind
                and series.style == style
                and (series.code or "") == number.parts.get("code", "")
            ):
                if style != "session/number" or _plausible(body, number):
                    return series, style
    return None


def key_in(body: Body, kind: str, number: ActNumber) -> str | None:
    """The key of the act with that number in a series of *body*, or None where it has no such series."""
    found = series_of(body, kind, number)
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
    session = number.parts.get("session", "")
    if not session.isdigit():
        return not session.startswith("ES-") or body.key == _ASSEMBLY
    value = int(session)
    if body.key == _ASSEMBLY:
        return value >= _FIRST_OF_ASSEMBLY
    return value <= (_LAST_OF_CONFERENCES if body.founding_treaty else _LAST_OF_OTHERS)
