"""The words behind a verb and the mentions in them → who is to do it: keys, and the words that have no key.

Reads the complements that a verb of asking can have: "Member States to ratify", "that the Secretariat should
update", "for States parties to implement", "its invitation to Member States to share".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from treatygraph.acts.lexicon import MASK, grammar, group
from treatygraph.acts.mentions import Mention
from treatygraph.acts.verbs import verb_match
from treatygraph.parse.verbs import Tense, Verb
from treatygraph.parse.writing import writing

# A noun phrase that is longer than this before its infinitive is none.
MAX_PHRASE: Final = 700
# What may stand between a chapeau that breaks off and its colon: "to, as appropriate:".
_ASIDE_ALONE: Final = re.compile(r"[\s:：]*|[,،，][^,;:،，：]{1,60}[,،，]?\s*[:：]\s*")
_COLON_ALONE: Final = re.compile(r"[\s,،，]*[:：]\s*")
# A name alone before the colon of a chapeau, in writing without spaces.
_NAME_ALONE: Final = re.compile(r"\s*([^\s，。；：:、]{2,16})\s*[:：]\s*")
# "《公约》秘书处" is the secretariat of that treaty, "《公约》缔约国" are its parties.
_TITLE_CLOSES: Final = "》"
AGENTS: Final = frozenset({"body", "group"})


@dataclass(frozen=True, slots=True)
class Addressed:
    """Who is asked: ``keys`` in order of print, ``text`` the words without a key, ``spans`` of the keyed names.

    ``end`` is where the phrase ends, ``open`` whether the sentence breaks off right behind it (a chapeau);
    ``back`` marks a pronoun ("them"), which means whoever was asked before.
    """

    keys: tuple[str, ...] = ()
    text: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    end: int = 0
    open: bool = False
    back: bool = False


NOBODY: Final = Addressed()


@cache
def _aside(language: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{group(language, 'aside')})", re.IGNORECASE)


@cache
def _skipped(language: str) -> re.Pattern[str]:
    """Adverbs and short asides between a verb and its complement: "further", ", in this regard,"."""
    gap = r"[\s,،，]+" if writing(language).spaced else "[，、]?"
    return re.compile(rf"^(?:{gap}{group(language, 'adverb')})*(?:[\s,،，]*)", re.IGNORECASE)


def _head(text: str, begin: int, finish: int, mentions: tuple[Mention, ...], language: str) -> int:
    """Where the noun of a phrase begins: behind "all other", or behind its attribute where that stands before."""
    at = begin + _length(grammar(language, "quantified"), text[begin:finish])
    for mention in mentions:
        if begin <= mention.start <= at and mention.kind in AGENTS:
            return mention.start
    own = at + _length(grammar(language, "agent-phrase"), text[at:finish])
    for mention in mentions:
        before = text[at : mention.start] if at < mention.start < finish else ""
        if at < own <= mention.start:
            break  # the phrase has a head of its own: "发展伙伴" before "各自的国家政策"
        office = mention.kind == "body" and before.endswith(_TITLE_CLOSES)
        if (
            mention.kind in AGENTS
            and before
            and not office
            and grammar(language, "attribute").fullmatch(before)
        ):
            return mention.start
    return at


def _length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def addressed(
    verb: Verb, text: str, start: int, end: int, mentions: tuple[Mention, ...], language: str
) -> Addressed:
    """Who *verb* asks, by the complement in ``text[start:end]`` (masked); *mentions* are in coordinates of *text*."""
    start += _length(_skipped(language), text[start:end])
    rest = text[start:end]
    clause = grammar(language, "that-clause").match(rest.lower() if rest.isupper() else rest)
    if clause is not None and "that" in verb.asks:
        return _of_clause(verb, text, start + clause.end(), end, mentions, language)
    if "that" in verb.asks and (told := _recommended_to(text, start, end, mentions, language)) is not None:
        clause_at = told.extent + _length(grammar(language, "that-it"), text[told.extent : end])
        broken = _ASIDE_ALONE.fullmatch(text, clause_at, end) is not None
        return Addressed((told.key,), None, ((told.start, told.end),), told.extent, broken)
    if "its" in verb.asks:
        call = grammar(language, "call-to").match(rest)
        if call is not None:
            return _of_phrase(text, start + call.end(), end, mentions, language)
    wanted = grammar(language, "for-act").match(rest)
    if "for" in verb.asks and (wanted is not None or "to" not in verb.asks):
        start += wanted.end() if wanted is not None else 0
        return _of_phrase(text, start, end, mentions, language, known_only=True)
    nested = _nested(rest, language)
    if nested is not None and "to" in verb.asks:
        inner, offset = nested
        return addressed(inner, text, start + offset, end, mentions, language)
    if "to" in verb.asks and grammar(language, "to-act").match(rest) is None:
        return _of_phrase(text, start, end, mentions, language)
    return NOBODY


def of_entry(
    verb: Verb,
    led_by: str,
    text: str,
    start: int,
    end: int,
    mentions: tuple[Mention, ...],
    language: str,
) -> Addressed:
    """Who *verb* asks in an entry of a list (``text[start:end]``), which the words *led_by* behind the verb open."""
    clause = grammar(language, "that-clause").match(led_by, _length(_skipped(language), led_by))
    if clause is not None and "that" in verb.asks and _COLON_ALONE.fullmatch(led_by, clause.end()):
        return _of_clause(verb, text, start, end, mentions, language)
    # "decides: 1. To request the Panel to report": the words that a small letter would lead on with
    lowered = text[:start] + text[start : start + 1].lower() + text[start + 1 :]
    return addressed(verb, lowered, start, end, mentions, language)


def _recommended_to(
    text: str, start: int, end: int, mentions: tuple[Mention, ...], language: str
) -> Mention | None:
    """Who is named in "recommends to the Assembly that it …"."""
    for mention in mentions:
        if mention.kind in AGENTS and grammar(language, "recommended-to").match(text[start : mention.start]):
            follows = grammar(language, "that-it").match(text[mention.extent : end])
            return mention if follows else None
    return None


def _nested(rest: str, language: str) -> tuple[Verb, int] | None:
    """A verb of asking inside "decides to request …"."""
    match = grammar(language, "nested-act").match(rest)
    if match is None:
        return None
    found = verb_match(rest, match.end(), len(rest), language, Tense.BASE)
    return (found.verb, found.end) if found is not None and "to" in found.verb.asks else None


def _of_clause(
    verb: Verb, text: str, start: int, end: int, mentions: tuple[Mention, ...], language: str
) -> Addressed:
    """The subject of a that-clause: at its start, or behind an introductory phrase and a comma with a modal verb."""
    broken = grammar(language, "open-clause").match(text[start:end])
    if broken is not None:  # "that the State party:", with what it is to do on lines of its own
        begin, finish = start + broken.start("who"), start + broken.end("who")
        at = _head(text, begin, finish, mentions, language)
        named = [m for m in mentions if m.start in (begin, at) and m.kind in AGENTS and m.extent == finish]
        if named:
            return Addressed((named[0].key,), None, ((named[0].start, named[0].end),), finish, open=True)
        return Addressed((), _trimmed(text, begin, finish, language), (), finish, open=True)
    limit = min(end, start + MAX_PHRASE)
    opens = [start, *(start + m.end() for m in re.finditer(r",\s", text[start:limit]))]
    for number, position in enumerate(opens):
        begin = position + len(text[position:limit]) - len(text[position:limit].lstrip())
        at = _head(text, begin, limit, mentions, language)
        named = [m for m in mentions if m.start in (begin, at) and m.kind in AGENTS]
        if not named:
            if number == 0 and text[at : at + 1] != "," and not _aside(language).match(text[at:limit]):
                return _unnamed_subject(text, position, limit, language)
            continue
        subject = named[0]
        follows = grammar(language, "modal-follows").match(text[subject.extent : limit])
        strict = number > 0 or verb.lemma in {"decide", "resolve", "agree", "propose"}
        if follows is None and (
            strict or not grammar(language, "subjunctive").match(text[subject.extent : limit])
        ):
            continue
        if grammar(language, "joined-and").match(text[subject.extent : limit]):
            break
        if _other_thing(text, subject, language):
            return Addressed((), _trimmed(text, position, subject.extent, language), (), subject.extent)
        return Addressed((subject.key,), None, ((subject.start, subject.end),), subject.extent)
    return NOBODY


def _unnamed_subject(text: str, start: int, limit: int, language: str) -> Addressed:
    """A subject without a key that can act ("that the Special Representative … coordinate"), as words."""
    match = grammar(language, "unnamed-subject").match(text[start:limit])
    if match is None or MASK in match.group(1):
        return NOBODY
    return Addressed((), match.group(1), (), start + match.end(1))


def _other_thing(text: str, mention: Mention, language: str) -> bool:
    """Whether the name goes on to something else: "the Secretary-General of the Seabed Authority"."""
    rest = text[mention.extent : mention.extent + 80]
    name = "goes-on-group" if mention.kind == "group" else "goes-on-body"
    return grammar(language, name).match(rest) is not None


def _of_phrase(
    text: str, start: int, end: int, mentions: tuple[Mention, ...], language: str, *, known_only: bool = False
) -> Addressed:
    """The noun phrase before an infinitive: "all States and other interested parties to contribute"."""
    limit = min(end, start + MAX_PHRASE)
    stop, is_open = _stop(text, start, limit, end, mentions, language)
    if stop is None:
        return NOBODY
    if grammar(language, "pronoun-object").match(text[start:stop]):
        return Addressed(end=stop, open=is_open, back=True)
    keys: list[str] = []
    spans: list[tuple[int, int]] = []
    unnamed: list[str] = []
    parts = _conjuncts if writing(language).spaced else _row
    for begin, finish in parts(text, start, stop, mentions, language):
        at = _head(text, begin, finish, mentions, language)
        named = [m for m in mentions if m.start in (begin, at) and m.kind in AGENTS and m.end <= finish]
        if named and not _other_thing(text, named[0], language):
            keys.append(named[0].key)
            spans.append((named[0].start, named[0].end))
        elif named or _is_agent(text, begin, at, finish, mentions, language):
            unnamed.append(_trimmed(text, begin, finish, language))
        elif begin == start:
            # What is encouraged is a thing ("the formalization of the economy"), not somebody.
            return Addressed(end=stop, open=is_open)
    if known_only and not keys:
        return NOBODY
    keys += [key for key in _asked_beside(text, stop, end, mentions, language) if key not in keys]
    return Addressed(tuple(dict.fromkeys(keys)), "; ".join(unnamed) or None, tuple(spans), stop, is_open)


def _stop(
    text: str, start: int, limit: int, end: int, mentions: tuple[Mention, ...], language: str
) -> tuple[int | None, bool]:
    """Where the phrase ends, and whether the sentence breaks off there: before an infinitive, or a row of names."""
    if not writing(language).spaced:
        row = _chain(text, start, limit, end, mentions, language)
        return row if row[0] is not None else _broken_name(text, start, end)
    found = _infinitive(text, start, limit, end, mentions, language)
    if found[0] is not None:
        return found
    if grammar(language, "bare-act").match(text, start):
        return _chain(text, start, limit, end, mentions, language)
    return _broken(text, start, end)


def _infinitive(
    text: str, start: int, limit: int, end: int, mentions: tuple[Mention, ...], language: str
) -> tuple[int | None, bool]:
    """Where the infinitive begins, and whether the sentence breaks off there or before it."""
    for match in grammar(language, "infinitive").finditer(text, start, limit):
        if any(m.start <= match.start(1) < m.extent for m in mentions):
            continue
        return match.start(1), _ASIDE_ALONE.fullmatch(text, match.end(), end) is not None
    return None, False


def _broken(text: str, start: int, end: int) -> tuple[int | None, bool]:
    """Where a sentence that ends in a colon, or in no mark at all, breaks off; nowhere for any other."""
    tail = text[start:end].rstrip()
    if tail.endswith((":", "：")):
        return start + len(tail) - 1, True
    return (start + len(tail), True) if tail[-1:].isalnum() and end == len(text) else (None, False)


def _broken_name(text: str, start: int, end: int) -> tuple[int | None, bool]:
    """Where a sentence breaks off behind what can only be a name that the registry lacks: "敦促俄罗斯联邦："."""
    name = _NAME_ALONE.fullmatch(text, start, end)
    return (name.end(1), True) if name is not None else (None, False)


def _chain(
    text: str, start: int, limit: int, end: int, mentions: tuple[Mention, ...], language: str
) -> tuple[int | None, bool]:
    """Where a row of names or a pronoun ends, where no infinitive is marked: "秘书长和会员国" before a verb."""
    row = _row(text, start, limit, mentions, language)
    pronoun = _length(grammar(language, "pronoun-object"), text[start:limit])
    if not row and not pronoun:
        return None, False
    stop = row[-1][1] if row else start + pronoun
    aside = text[stop:end].rstrip(" :：")
    short = aside != text[stop:end] and grammar(language, "aside-short").match(aside.strip()) is not None
    return stop, short or _ASIDE_ALONE.fullmatch(text, stop, end) is not None


def _row(
    text: str, start: int, limit: int, mentions: tuple[Mention, ...], language: str
) -> list[tuple[int, int]]:
    """The parts of a row of names that begins at *start*, each with its attribute; what joins them left out."""
    found: list[tuple[int, int]] = []
    position = start
    while position < limit:
        at = _head(text, position, limit, mentions, language)
        named = [m.extent for m in mentions if m.start == at and m.kind in AGENTS]
        stop = named[0] if named else at + _length(grammar(language, "agent-phrase"), text[at:limit])
        if stop == at:
            break
        found.append((position, stop))
        joint = grammar(language, "separator").match(text, stop, limit)
        if joint is None:
            break
        position = joint.end()
    return found


def _conjuncts(
    text: str, start: int, stop: int, mentions: tuple[Mention, ...], language: str
) -> list[tuple[int, int]]:
    """The parts of a coordinated noun phrase; asides and what they coordinate are left out."""
    inside = [(m.start, m.extent) for m in mentions if start <= m.start < stop]
    cuts = [
        match.span()
        for match in grammar(language, "separator").finditer(text, start, stop)
        if not any(a < match.start() and match.end() <= b for a, b in inside)
    ]
    edges = [(start, start), *cuts, (stop, stop)]
    parts: list[tuple[int, int]] = []
    quiet = False
    for (cut, begin), (finish, _) in pairwise(edges):
        separator = text[cut:begin]
        part = text[begin:finish]
        if not part.strip():
            continue
        if _aside(language).match(part) and begin != start:
            quiet = quiet or separator.startswith((",", "،", "，"))
            continue
        if quiet and grammar(language, "resumes").search(separator) is None:
            continue
        if grammar(language, "relative").match(part):
            quiet = True
            continue
        quiet = False
        parts.append((begin, finish))
    return parts


def _is_agent(
    text: str, begin: int, at: int, finish: int, mentions: tuple[Mention, ...], language: str
) -> bool:
    """Whether a part without a key names somebody ("other interested parties"), not a thing ("protocols")."""
    if any(m.start in (begin, at) and m.kind == "organ" for m in mentions):
        return True
    whole = writing(language).spaced  # "《公约》秘书处": an office behind the treaty that it serves
    if any(m.start in (begin, at) and m.kind not in AGENTS and (whole or m.end >= finish) for m in mentions):
        return False
    words_only = text[at:finish]
    return words_only[:1].isupper() or grammar(language, "agent-phrase").match(words_only) is not None


def _asked_beside(text: str, stop: int, end: int, mentions: tuple[Mention, ...], language: str) -> list[str]:
    """Further addressees of the same verb: "Member States to ratify, and for States parties to implement"."""
    found = []
    for match in grammar(language, "beside-for").finditer(text[stop:end]):
        inner = stop + match.end()
        at = _head(text, inner, end, mentions, language)
        named = [m for m in mentions if m.start in (inner, at) and m.kind in AGENTS]
        if named and grammar(language, "bound-to-act").match(text[named[0].extent : end]):
            found.append(named[0].key)
    return found


def _trimmed(text: str, start: int, end: int, language: str) -> str:
    words = text[start:end].strip(" ,;،؛，；")
    return words[_length(grammar(language, "including"), words) :].replace(MASK, "").strip()
