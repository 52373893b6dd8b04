"""A clause that asks → by when, at which session or meeting, and how often it is to be done.

A session that has no number, or whose body is not known, keeps its words only; "next" is counted from the session of
the body that asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.acts.asked import Asked
from treatygraph.acts.lexicon import entries, grammar
from treatygraph.acts.mentions import MAX_LINK, Mention
from treatygraph.model.dates import PartialDate
from treatygraph.parse.dates import find_dates
from treatygraph.parse.lexicon import one_of
from treatygraph.parse.writing import writing
from treatygraph.registry.values import Registry

_YEAR: Final = re.compile(r"(?<![\d/.,])(?<!\d[-–])(?:19|20|21)\d\d(?![\d/]|[-–.,]\d)")
# A date has a year, so that a clause without one is read no further.
_YEAR_WITHIN: Final = re.compile(r"(?:19|20|21)\d\d")
_SESSION: Final = "{session}"


@dataclass(frozen=True, slots=True)
class Timed:
    """Words that say when, in coordinates of the sentence: with a date, with a session or meeting, or alone."""

    start: int
    end: int
    date: PartialDate | None = None
    key: str | None = None
    interval: str | None = None
    rule: str = ""


def deadlines(clause: Asked) -> tuple[Timed, ...]:
    """By when: "by 2030", "no later than 1 March 2017", "before its eleventh session", "within six months"."""
    found = [*_by_dates(clause), *_by_happenings(clause), *_within(clause)]
    return _apart(found)


def occasions(clause: Asked, registry: Registry, carrier: str | None, actor: str | None) -> tuple[Timed, ...]:
    """At which session or meeting; *carrier* is the key of the text or session of *actor* that asks."""
    found: list[Timed] = []
    words = list(grammar(clause.language, "occasion-words").finditer(clause.text, clause.start))
    if not words and not any(_is_inside(clause, mention) for mention in clause.sentence.mentions):
        return ()
    now = session_of(carrier, actor, registry)
    for mention in clause.sentence.mentions:
        if not _is_inside(clause, mention):
            continue
        start = _lead("occasion-at", clause, mention.start)
        if start is None and found and _goes_on(clause, found[-1].end, mention.start):
            start = mention.start
        if start is not None and not _is_past(mention.key, now):
            found.append(Timed(start, _end(clause, mention), key=mention.key, rule="acts/occasion"))
    return _apart([*found, *_in_words(clause, words, registry, now, actor)])


def recurrence(clause: Asked) -> Timed | None:
    """How often: "annually", "every two years", "at each of its regular sessions"."""
    expression, intervals = _recurring(clause.language)
    match = expression.search(clause.text, clause.start)
    if match is None:
        return None
    interval = intervals.get(" ".join(match.group().split()).casefold())
    return Timed(match.start(), match.end(), interval=interval, rule="acts/recurrence")


@cache
def _recurring(language: str) -> tuple[re.Pattern[str], dict[str, str | None]]:
    table = {entry["text"].casefold(): entry.get("interval") for entry in entries(language, "recurring")}
    how = writing(language)
    return re.compile(rf"{how.left}{one_of(list(table))}{how.right}"), table


def _lead(turn: str, clause: Asked, position: int) -> int | None:
    """Where the words begin that lead to what stands at *position*, or None where it is only spoken of."""
    before = clause.before(position)
    match = grammar(clause.language, turn).search(before)
    return None if match is None else position - len(before) + match.start()


def _is_inside(clause: Asked, mention: Mention) -> bool:
    """Whether a session or meeting is named in the clause, and is not what carries the act."""
    inside = mention.kind == "happening" and clause.start <= mention.start < clause.end
    return inside and mention.start != clause.carrier_at


def _end(clause: Asked, mention: Mention) -> int:
    return min(mention.extent, clause.end)


def _goes_on(clause: Asked, end: int, start: int) -> bool:
    """Whether a session stands in a row with the one before it: "its seventh and ninth sessions"."""
    return (
        start > end and grammar(clause.language, "separator").fullmatch(clause.text, end, start) is not None
    )


def _by_dates(clause: Asked) -> Iterator[Timed]:
    text = clause.text
    if _YEAR_WITHIN.search(text, clause.start) is None:
        return
    taken: list[tuple[int, int]] = [(m.start, m.end) for m in clause.sentence.mentions]
    for date in find_dates(text[clause.start :], clause.language):
        if date.bare_year:
            continue
        start, end = date.start + clause.start, date.end + clause.start
        taken.append((start, end))
        yield from _by(clause, start, end, date.last if date.first == date.last else None)
    for match in _YEAR.finditer(text, clause.start):
        if not any(start <= match.start() < end for start, end in taken):
            yield from _by(clause, match.start(), match.end(), PartialDate(int(match.group())))


def _by(clause: Asked, start: int, end: int, date: PartialDate | None) -> Iterator[Timed]:
    """A day, month or year with what makes it a deadline, before or behind it."""
    begin = _lead("due-by", clause, start)
    behind = grammar(clause.language, "due-behind").match(clause.text, end)
    if behind is not None and begin is None and behind.groupdict().get("due"):
        begin = start
    if begin is None:
        return
    # "By the first half of 2030" is no year: the words say more than the date.
    inexact = grammar(clause.language, "due-part").search(clause.text, begin, start) is not None
    stop = behind.end() if behind is not None else end
    yield Timed(begin, stop, date=None if inexact else date, rule="acts/deadline")


def _by_happenings(clause: Asked) -> Iterator[Timed]:
    for mention in clause.sentence.mentions:
        if _is_inside(clause, mention):
            start = _lead("due-session", clause, mention.start)
            behind = grammar(clause.language, "due-behind").match(clause.text, _end(clause, mention))
            due = behind is not None and behind.groupdict().get("due") is not None
            if start is not None or due:
                begin = mention.start if start is None else start
                end = behind.end() if due and behind is not None else _end(clause, mention)
                yield Timed(begin, end, key=mention.key, rule="acts/deadline")


def _within(clause: Asked) -> Iterator[Timed]:
    for match in grammar(clause.language, "due-within").finditer(clause.text, clause.start):
        yield Timed(match.start(), match.end(), rule="acts/deadline")


def _in_words(
    clause: Asked,
    words: list[re.Match[str]],
    registry: Registry,
    now: tuple[str, int] | None,
    actor: str | None,
) -> Iterator[Timed]:
    """Sessions that no key is read for: "at its next session", "at the forthcoming session of the Board"."""
    for match in words:
        held = (m for m in clause.sentence.mentions if m.kind == "happening")
        if any(m.start < match.end() and match.start() < m.extent for m in held):
            continue
        holder = _holder(clause, match.end())
        own = holder.key == actor if holder else _is_own(clause, match, registry, actor)
        is_next = now is not None and own and match.groupdict().get("next") is not None
        key = f"{now[0]}/{now[1] + 1}" if now is not None and is_next else None
        rule = "acts/occasion-next" if key else "acts/occasion-words"
        yield Timed(match.start(), holder.extent if holder else match.end(), key=key, rule=rule)


def _holder(clause: Asked, position: int) -> Mention | None:
    """The body whose session it is, where its name stands right behind: "the next session of the Board"."""
    link = grammar(clause.language, "group-link").match(clause.text[position : position + MAX_LINK])
    if link is None:
        return None
    at = position + link.end()
    return next((m for m in clause.sentence.mentions if m.start == at and m.kind == "body"), None)


def _is_own(clause: Asked, match: re.Match[str], registry: Registry, actor: str | None) -> bool:
    """Whether the session is one of the body that acts: no other body that holds sessions stands nearer."""
    if grammar(clause.language, "organ-goes-on").match(clause.text[match.end() :]):
        return False
    held = [
        mention.key
        for mention in clause.sentence.mentions
        if mention.kind == "body"
        and clause.lead <= mention.start < match.end()
        and _meets(mention.key, registry)
    ]
    return not held or held[-1] == actor


def _meets(key: str, registry: Registry) -> bool:
    body = registry.bodies.get(key)
    return body is not None and bool(body.counts)


def session_of(carrier: str | None, actor: str | None, registry: Registry) -> tuple[str, int] | None:
    """The stem and number of the session at which *actor* acts: ("session/unga", 78) of ``document/A/RES/78/1``."""
    body = registry.bodies.get(actor or "")
    if body is None or carrier is None or not body.counts:
        return None
    stem = f"{body.counts}/{body.happening_stem}"
    if carrier.startswith(f"{stem}/"):
        number = carrier.removeprefix(f"{stem}/")
        return (stem, int(number)) if number.isdigit() else None
    for series in body.acts:
        if _SESSION in series.template:
            session = _template(series.template).match(carrier)
            if session is not None:
                return stem, int(session.group(1))
    return None


@cache
def _template(template: str) -> re.Pattern[str]:
    """A pattern for the keys of a series; its first group is the session."""
    pieces = re.split(r"(\{\w+\})", template)
    made = {_SESSION: r"(\d+)", "{number}": r"\d+", "{suffix}": r"[A-Z]*"}
    return re.compile("".join(made.get(piece, re.escape(piece)) for piece in pieces) + "$")


def _is_past(key: str, now: tuple[str, int] | None) -> bool:
    """Whether a session was held before the one at which it is asked, so that nothing can be due there."""
    if now is None or not key.startswith(f"{now[0]}/"):
        return False
    number = key.removeprefix(f"{now[0]}/")
    return number.isdigit() and int(number) < now[1]


def _apart(found: list[Timed]) -> tuple[Timed, ...]:
    """In order of print, without those inside another that begins before."""
    kept: list[Timed] = []
    for each in sorted(found, key=lambda timed: (timed.start, -timed.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)
