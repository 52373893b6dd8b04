"""Mentions of sessions and meetings → their keys: which body holds them, and what that body counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from treatygraph.cite.context import Context, Outcome
from treatygraph.cite.mentions import HappeningMention
from treatygraph.cite.names import BODY
from treatygraph.cite.referents import OFFICER, Referent
from treatygraph.cite.series import can_hold, looks_ahead
from treatygraph.model.citations import CitationKind, Reason
from treatygraph.parse.dates import find_day_months

_BEHIND = 3  # words from a name to the ordinal of "at its fifth session"
_YEARS = 3  # to which a document looks forward
_ANY_YEAR = 2000  # one that has a 29 February
_BEFORE_DAY = 8  # characters of ", on "
_LONGEST_DAY = 40
_PRINCIPAL = "principal-organ"
_SITTING = "a meeting inside a session, whose number begins again with the next"


class HappeningResolver(Context):
    """Resolves ordinals of sessions and meetings."""

    def _happenings(self, mention: HappeningMention) -> list[Outcome]:
        if self._in_masthead(mention):
            return [
                self._rejected(
                    mention.start,
                    mention.end,
                    "reject/masthead",
                    "the session or meeting of the document itself",
                )
            ]
        shared = self._respectively(mention)
        if shared:
            return shared
        body = self._body_of(mention)
        if body is None and not mention.unknown[:1].isupper():
            return [
                self._rejected(mention.start, mention.end, "reject/no-body", "no body is named that holds it")
            ]
        if body is None or (isinstance(body, Referent) and body.key is None):
            reason = Reason.UNKNOWN_BODY
            name = (
                self._line.text[body.hit.start : body.hit.end]
                if isinstance(body, Referent)
                else mention.unknown
            )
            return [
                Outcome(
                    start if i else mention.start,
                    max(end, mention.end if i == len(mention.ordinals) - 1 else end),
                    CitationKind.HAPPENING,
                    "happening/ordinal",
                    reason=reason,
                    unit=number,
                    candidates=(name,) if name else (),
                )
                for i, (number, start, end) in enumerate(mention.ordinals)
            ]
        named = body.key if isinstance(body, Referent) else body
        key = self._organ(named) if named else None
        if key is None or (not mention.word and self._registry.bodies[key].counts is None):
            return [
                self._rejected(
                    mention.start,
                    mention.end,
                    "reject/no-body",
                    "what is named holds no sessions or meetings",
                )
            ]
        if self._is_sitting(key, mention):
            return [self._rejected(mention.start, mention.end, "reject/sitting", _SITTING)]
        return [self._held(key, mention, number) for number, _, _ in mention.ordinals]

    def _is_sitting(self, body: str, mention: HappeningMention) -> bool:
        """Whether a meeting inside a session is meant: its number begins again with each, so that it names nothing."""
        counts = self._registry.bodies[body].counts
        if counts == "session":
            return self._counts(body, mention) == "meeting"
        return counts == "meeting" and (
            mention.sitting or self._is_seated(body, mention) or self._is_told(body, mention)
        )

    def _is_seated(self, body: str, mention: HappeningMention) -> bool:
        """Whether the word for a sitting is said of a body that meets in meetings ("séance", not "réunion").

        In Chinese only the figures of a report of the body say so; what a principal organ holds are sittings.
        """
        if not mention.sits or self._registry.bodies[body].kind == _PRINCIPAL:
            return False
        own = self._document.reports and body == self._scope.own(lambda _: True)
        return own or not self._line.order.head_last

    def _is_told(self, body: str, mention: HappeningMention) -> bool:
        """Whether a report tells of a sitting of its own: "At its 2nd meeting, on 11 May, the Group …"."""
        line = self._line
        own = self._document.reports and mention.possessive and mention.figures
        if not own or body != self._scope.own(lambda _: True):
            return False
        following = line.words.index_at(mention.end)
        start = next((index for index in range(following, following + 3) if index in line.dates), None)
        if start is not None:
            return line.year_of(start) in (None, self._document.year)
        behind = line.text[mention.end : mention.end + _LONGEST_DAY]
        days = find_day_months(behind, line.lexicon.language, year=_ANY_YEAR)
        return any(day.start <= _BEFORE_DAY for day in days)

    def _respectively(self, mention: HappeningMention) -> list[Outcome]:
        """Two bodies "at their seventy-eighth and fifty-third sessions, respectively": each its own number."""
        line = self._line
        index = line.words.index_at(mention.end)
        marked = any(line.lex(position, "respectively") for position in range(index, index + 3))
        if not marked or not mention.possessive or len(mention.ordinals) < 2:
            return []
        bodies = [
            r for r in self._before(mention.start, BODY) if r.key and self._registry.bodies[r.key].counts
        ]
        chosen = list(reversed(bodies[: len(mention.ordinals)]))
        if len(chosen) < len(mention.ordinals) or any(
            r.key and self._is_sitting(r.key, mention) for r in chosen
        ):
            return []
        return [
            self._held(referent.key, mention, number)
            for referent, (number, _, _) in zip(chosen, mention.ordinals, strict=True)
            if referent.key
        ]

    def _held(self, body: str, mention: HappeningMention, number: str) -> Outcome:
        rule = "happening/ordinal" if mention.word else "happening/numbered-name"
        parent = self._registry.bodies[body].parent
        if mention.word == "session" and parent and self._meets_in(body, parent):
            body = parent
        target = f"{self._counts(body, mention)}/{self._registry.bodies[body].happening_stem}/{number}"
        return Outcome(mention.start, mention.end, CitationKind.HAPPENING, rule, target=target, unit=number)

    def _organ(self, body: str) -> str | None:
        """The body whose sessions are meant: for an officer, who holds none, the organ that the office belongs to."""
        entry = self._registry.bodies[body]
        if entry.kind != OFFICER:
            return body
        parent = self._registry.bodies.get(entry.parent or "")
        return parent.key if parent and parent.counts else None

    def _meets_in(self, body: str, parent: str) -> bool:
        """Whether a body meets in the sessions of the one above: a Main Committee's "seventy-seventh session"."""
        above = self._registry.bodies[parent]
        return (
            self._registry.bodies[body].counts == "meeting"
            and above.counts == "session"
            and above.founding_treaty is None
        )

    def _in_masthead(self, mention: HappeningMention) -> bool:
        line = self._line
        if self._place.masthead and mention.word and not mention.possessive and mention.body < 0:
            return True
        whole = mention.start <= line.start(0) and mention.end >= len(line.text.rstrip(" .,"))
        if whole:
            return True
        records = line.words.places.get("official_records", ())
        first = bisect_left(records, line.words.index_at(self._sentence_start(mention.start)))
        return first < len(records) and records[first] < line.words.index_at(mention.start)

    def _counts(self, body: str, mention: HappeningMention) -> str:
        """What the key says, session or meeting: what the body counts, except for sittings inside a session."""
        entry = self._registry.bodies[body]
        counts = entry.counts or mention.word or "meeting"
        if (
            mention.word == "meeting"
            and counts == "session"
            and (mention.sitting or mention.figures or not entry.founding_treaty)
        ):
            return "meeting"
        return counts

    def _body_of(self, mention: HappeningMention) -> Referent | str | None:
        if mention.treaty >= 0:
            return self._scope.of_parties(mention.noun, self._names.get(mention.treaty))
        if mention.body >= 0:
            return self._names.get(mention.body)
        if mention.unknown:
            return None
        bodies = self._registry.bodies

        def able(key: str) -> bool:
            held = all(can_hold(bodies[key], number) for number, _, _ in mention.ordinals)
            return bodies[key].counts is not None and (held or mention.word == "meeting")

        def fits(key: str) -> bool:
            return (bodies[key].counts == mention.word and able(key)) or (mention.sitting and able(key))

        if mention.possessive:
            if beyond := self._beyond(mention):
                return replace(beyond, key=None)
            owner = self._owner(mention.start, True, able, named=False)
            if self._document.lower:  # "its" session is that of an organ without a key
                return owner if isinstance(owner, Referent) else None
            if isinstance(owner, Referent) and owner.key is None and self._coming(mention, owner):
                return self._scope.own(able) or owner
            return owner
        near = next((r for r in self._before(mention.start, BODY) if self._stands(r, fits)), None)
        own = None if self._document.lower else self._scope.own(fits)
        if near and near.key and not self._opened_between(near.hit.end, mention.start):
            return near
        return own or near

    def _beyond(self, mention: HappeningMention) -> Referent | None:
        """The document's own body right before "at its ninety-ninth session", where it has not met so often.

        Another body of that name is meant, not one above it that has.
        """
        near = next(iter(self._before(mention.start, BODY)), None)
        if near is None or near.key is None or near.key != self._scope.own(lambda _: True):
            return None
        body = self._registry.bodies[near.key]
        behind = self._line.words.index_at(mention.start) - near.hit.last
        reached = all(can_hold(body, number) for number, _, _ in mention.ordinals)
        return near if body.counts == mention.word and behind <= _BEHIND and not reached else None

    def _stands(self, referent: Referent, fits: Callable[[str], bool]) -> bool:
        """Whether a body may be the one whose session is meant, or stands in the way of the bodies before it."""
        if referent.key is not None:
            return fits(referent.key)
        return referent.named or self._line.words.capital(referent.hit.first)

    def _coming(self, mention: HappeningMention, owner: Referent) -> bool:
        """Whether "its" session is the document's body's own by its number: this one or one that it looks forward to.

        It speaks against a body that the registry does not know, unless "at its" stands right behind the full name.
        """
        line, current = self._line, self._document.session
        behind = line.words.index_at(mention.start) - owner.hit.last
        if owner.named and 0 <= behind <= _BEHIND:
            return False
        own = self._scope.own(lambda key: self._registry.bodies[key].counts == mention.word)
        body = self._registry.bodies[own] if own else None
        if mention.word == "meeting":  # an organ that a conference sets up meets more often than it
            numbers = [number for number, _, _ in mention.ordinals]
            return current is not None and body is not None and numbers == [str(current + 1)]
        years = 1 if owner.named else _YEARS
        return all(
            not number.isdigit()
            or (current is not None and body is not None and looks_ahead(body, current, number, years))
            for number, _, _ in mention.ordinals
        )
