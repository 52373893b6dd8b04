"""Passage, citations, registry → the mentions in it: what the words of a passage name, each with its extent.

Citations come first; names of the registry and organs called by their kind ("the Office") fill what is left.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import Final

from treatygraph.acts.lexicon import grammar, pattern
from treatygraph.acts.names import name_index
from treatygraph.acts.passages import Passage
from treatygraph.acts.verbs import verb_at
from treatygraph.cite.identity import of_one_state
from treatygraph.cite.referents import officer
from treatygraph.model.citations import Citation
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.parse.lexicon import one_of
from treatygraph.parse.verbs import Tense
from treatygraph.parse.writing import writing
from treatygraph.registry.values import Registry

_UNIT_OF_ACT: Final = re.compile(r"/(?:annex/)?(?:para|section)/.*$")
_CITED: Final = frozenset({"act", "document", "happening", "provision", "publication"})
_LINKING: Final = frozenset({"body", "group", "happening", "act"})
_LINKED: Final = frozenset({"body", "treaty", "happening", "group"})
# Mentions that overlap each other in one place; more than these are no prose.
MAX_CLUSTER: Final = 200
# "of the said ", "to the States "
MAX_LINK: Final = 20
ACTORS: Final = frozenset({"body", "happening", "organ"})
# What stands for the key of an organ that the registry lacks begins with it, so that its actions are told apart from
# others' and have no actor that is known.
UNKEYED: Final = "organ:"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a passage that name something: ``kind`` as in citations, or group, text, organ (one without a key).

    ``extent`` is the end of the whole noun phrase: "seventh meeting" of "seventh meeting of the Working Group".
    """

    start: int
    end: int
    kind: str
    key: str
    extent: int


class MentionReader:
    """Reads passages of one document in order, and remembers which organs were named.

    *organs* are the lines of its head that name organs: "the Committee" is the one that they name, key or none.
    *open_titles* are titles of offices that nobody's are in it, as nothing says whose officer it speaks of.
    *acronyms* are organs that the registry lacks.
    """

    def __init__(
        self,
        citations: tuple[Citation, ...],
        registry: Registry,
        identity: DocumentIdentity,
        language: str,
        organs: tuple[str, ...] = (),
        open_titles: frozenset[str] = frozenset(),
        acronyms: frozenset[str] = frozenset(),
    ) -> None:
        self._citations = [citation for citation in citations if citation.target is not None]
        self._starts = [citation.span.start for citation in self._citations]
        self._registry = registry
        self._identity = identity
        self._index = name_index(registry, identity.body, language)
        self.language = language
        self._organ = grammar(language, "organ-named")
        # The bodies named so far, the one named last at the end.
        self._named: dict[str, None] = {}
        self._on_one_state = of_one_state(identity.symbol)
        self._kinds: dict[tuple[str, str], bool] = {}
        self._open = frozenset(title.casefold() for title in open_titles)
        self._acronym = re.compile(rf"(?<![\w-]){one_of(acronyms)}(?![\w-])") if acronyms else None
        body = registry.bodies.get(identity.body or "")
        aliases = body.aliases if body is not None and not writing(language).spaced else ()
        self._own_names = tuple(
            a.text for a in aliases if a.language == language and a.scope == identity.body
        )
        self._own = frozenset(noun for line in organs for noun in self._without_name(line))

    def read(self, passage: Passage) -> tuple[Mention, ...]:
        """The mentions of *passage*, in order, without overlaps; the longest wins."""
        cited = self._cited(passage)
        names = self._index.find(passage.text, sorted({(m.start, m.end) for m in cited}))
        # In writing without spaces a group is part of what is written together with it: "大会" of "缔约方大会".
        glued = set() if writing(self.language).spaced else {n.end for n in names if n.kind == "group"}
        candidates = cited + [
            Mention(n.start, n.end, n.kind, n.key, n.end)
            for n in names
            if (n.kind != "group" or not self._names_other(passage.text, n.start, n.end))
            and not (self._open and _as_key(passage.text[n.start : n.end]) in self._open)
            and not self._is_own_officer(passage.text[n.start : n.end], n.key)
            and not (n.kind == "body" and n.start in glued)
        ]
        taken = _without_overlaps(candidates)
        covered = _Covered(taken)
        goes_on = grammar(self.language, "organ-goes-on")
        organs = [
            (match.start(1), match.end(1))
            for match in self._organ.finditer(passage.text)
            if not covered.overlaps(match.start(1), match.end(1))
            and not goes_on.match(passage.text, match.end())
        ]
        named = self._resolved(passage.text, taken, organs)
        organs_named = self._without_key(passage.text, named)
        named = [m for m in named if not self._whose(passage.text, m, organs_named)] + organs_named
        return _with_extents(passage.text, sorted(named, key=lambda m: (m.start, m.end)), self.language)

    def _names_other(self, text: str, start: int, end: int) -> bool:
        """Whether a name of a group means one of it, or is the beginning of an organ's: "缔约国会议"."""
        glued = not writing(self.language).spaced
        # In writing without spaces what points at one is written together with it: "该缔约国".
        return self._names_one(text[start - (glued and start > 0) : end], text[start:end]) or (
            glued and pattern(self.language, "acting_organ").match(text, end) is not None
        )

    def _is_own_officer(self, words: str, key: str) -> bool:
        """Whether a title begins with a short name of the document's own body, whose officer is meant: "大会主席"."""
        known = officer(key, self._registry)
        if known is None or known.parent == self._identity.body:
            return False
        return any(words.startswith(name) for name in self._own_names)

    def _names_one(self, words: str, bare: str) -> bool:
        """Whether a name of a group means one of it: by its ending, or the State that a paper is about."""
        alone = self._on_one_state and grammar(self.language, "state-alone").search(bare) is not None
        return alone or grammar(self.language, "one-of-group").search(words) is not None

    def _cited(self, passage: Passage) -> list[Mention]:
        first, last = passage.offsets[0], passage.offsets[-1]
        window = self._citations[bisect_left(self._starts, first) : bisect_right(self._starts, last)]
        found = []
        for citation in window:
            place = passage.local(citation.span)
            if place is not None and citation.target is not None:
                words = passage.text[slice(*place)]
                if self._is_own_officer(words, citation.target) or words.casefold() in self._own:
                    continue
                kind = "text" if citation.target in self._registry.texts else str(citation.kind)
                found.append(Mention(*place, kind, citation.target, place[1]))
        return found

    def _resolved(self, text: str, taken: list[Mention], organs: list[tuple[int, int]]) -> list[Mention]:
        """All mentions in order, organs called by their kind resolved to the one named last."""
        found: list[Mention] = []
        for start, end, mention in sorted(
            [*((m.start, m.end, m) for m in taken), *((start, end, None) for start, end in organs)],
            key=lambda entry: entry[:2],
        ):
            if mention is None:
                key = self._organ_named(text[start:end])
                mention = Mention(start, end, "body", key, end) if key else None
            elif mention.kind == "body":
                self._named.pop(mention.key, None)
                self._named[mention.key] = None
            if mention is not None:
                found.append(mention)
        return found

    def _without_key(self, text: str, named: list[Mention]) -> list[Mention]:
        """In a document whose body has no key, the organs named by their kind that no name stands for."""
        found = [
            Mention(*match.span("organ"), "organ", UNKEYED + _as_key(match["organ"]), match.end())
            for match in grammar(self.language, "organ-unkeyed").finditer(text)
            if writing(self.language).spaced or not self._opens_with_verb(text, match.start("organ"))
        ]
        if self._acronym is not None and not text.isupper():
            found += [
                Mention(*match.span(), "organ", UNKEYED + _as_key(match.group()), match.end())
                for match in self._acronym.finditer(text)
            ]
        known = _Covered([m for m in named if not self._whose(text, m, found)])
        return _without_overlaps([m for m in found if not known.overlaps(m.start, m.end)])

    def _whose(self, text: str, mention: Mention, organs: list[Mention]) -> bool:
        """Whether a group is only whose organ one is: "Parties" of "Meeting of the Parties", not what stands beside."""
        return mention.kind == "group" and any(
            organ.start < mention.start
            and mention.end <= organ.end
            and grammar(self.language, "separator").search(text, organ.start, mention.start) is None
            for organ in organs
        )

    def _opens_with_verb(self, text: str, at: int) -> bool:
        """Whether a verb stands where a name seems to begin: "，核可委员会的报告"."""
        return verb_at(text, at, self.language, Tense.PRESENT) is not None

    def _without_name(self, line: str) -> list[str]:
        """The nouns of organs in a line of the head that stand in no name of the registry."""
        names = self._index.find(line)
        found = pattern(self.language, "organ").finditer(line)
        return [
            m.group().casefold()
            for m in found
            if not any(name.start < m.end() and m.start() < name.end for name in names)
        ]

    def _organ_named(self, kind: str) -> str | None:
        if kind.casefold() in self._own:
            return None
        chain, body = [], self._identity.body
        while body is not None and body in self._registry.bodies and body not in chain:
            chain.append(body)
            body = self._registry.bodies[body].parent
        return next((key for key in (*reversed(self._named), *chain) if self._is_of_kind(key, kind)), None)

    def _is_of_kind(self, key: str, kind: str) -> bool:
        """Whether a name of the body holds the noun of its kind ("Office")."""
        if (key, kind) not in self._kinds:
            entry = self._registry.bodies.get(key)
            names = (
                [entry.name, *(a.text for a in entry.aliases if a.language == self.language)] if entry else []
            )
            how = writing(self.language)
            noun = re.compile(rf"{how.left}{re.escape(kind)}{how.right}")
            self._kinds[key, kind] = any(noun.search(name) for name in names)
        return self._kinds[key, kind]


def _as_key(name: str) -> str:
    return " ".join(name.split()).casefold()


class _Covered:
    """Which stretches of a string mentions without overlaps cover."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a mention shares a character with ``start:end``."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._mentions[index].end > start


def _without_overlaps(candidates: list[Mention]) -> list[Mention]:
    """The longest first, a citation before a name of the same length; several targets of one span all stay."""
    taken: list[Mention] = []
    cluster: list[Mention] = []
    reach = 0
    for mention in sorted(candidates, key=lambda m: m.start):
        if cluster and mention.start >= reach:
            taken += _longest(cluster)
            cluster = []
        cluster.append(mention)
        reach = max(reach, mention.end)
    return taken + _longest(cluster)


def _longest(cluster: list[Mention]) -> list[Mention]:
    """Of mentions that overlap each other, those that stay, in order of print."""
    taken: list[Mention] = []
    for mention in sorted(cluster[:MAX_CLUSTER], key=lambda m: (m.start - m.end, m.kind not in _CITED)):
        clash = [m for m in taken if m.start < mention.end and mention.start < m.end]
        if all((m.start, m.end, m.kind) == (mention.start, mention.end, mention.kind) for m in clash):
            taken.append(mention)
    return sorted(dict.fromkeys(taken), key=lambda m: (m.start, m.end))


def _with_extents(text: str, mentions: list[Mention], language: str) -> tuple[Mention, ...]:
    """Each mention with the end of its noun phrase, along "of the", "to the"."""
    found: list[Mention] = []
    by_start: dict[int, Mention] = {}
    for mention in reversed(mentions):
        extent = mention.extent
        link = grammar(language, "group-link").match(text[extent : extent + MAX_LINK])
        if link is not None and mention.kind in _LINKING:
            nested = by_start.get(extent + link.end())
            if nested is not None and nested.kind in _LINKED:
                extent = nested.extent
        found.append(replace(mention, extent=extent))
        by_start[mention.start] = found[-1]
    return tuple(reversed(found))


def carrier_key(key: str) -> str:
    """The text that a unit belongs to: ``document/A/RES/60/1`` of ``document/A/RES/60/1/para/7``."""
    return _UNIT_OF_ACT.sub("", key) if key.startswith(("act/", "document/")) else key


def body_of(key: str, registry: Registry) -> str | None:
    """The body whose session, meeting, decision or resolution has that key, or None."""
    kind, _, rest = key.partition("/")
    if kind in {"session", "meeting"}:
        stem = rest.split("/")[0]
        return next((body.key for body in registry.bodies.values() if body.happening_stem == stem), None)
    best: tuple[int, str] | None = None
    for body in registry.bodies.values():
        for series in body.acts:
            prefix = series.template.partition("{")[0]
            if prefix and key.startswith(prefix) and (best is None or len(prefix) > best[0]):
                best = (len(prefix), body.key)
    return best[1] if best else None
