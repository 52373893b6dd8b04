"""Names → what they mean where they stand: aliases in scope, the document's own definitions, "the Convention", "its".

Rules, from the strongest: what the document defines under that name; what a full name says; what the same sentence
named last; what the name means in documents of this body; what the text named last. An alias never crosses a
definition, and where two things are equally near there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile

from treatygraph.cite.defined_names import defined_names
from treatygraph.cite.line import Line
from treatygraph.cite.names import BODY, INSTRUMENT, TEXT, Matcher, NameHit
from treatygraph.cite.referents import (
    OF_PARTIES,
    Enclosing,
    Referent,
    officer,
    own_chain,
    same_noun,
    unknown_reason,
)
from treatygraph.model.citations import Reason
from treatygraph.registry.values import EVERYWHERE, Registry

_NUMERAL = re.compile("[IVX]{1,4}")


@dataclass(slots=True)
class Scope:
    """What has been named so far in a document of *chain* (its body, the body's parent, and so on)."""

    registry: Registry
    matcher: Matcher
    chain: tuple[str, ...] = ()
    founding: str | None = None
    headed: Mapping[str, Referent] = field(default_factory=dict)
    offices: frozenset[str] = frozenset()
    definitions: dict[tuple[str, str], str | None] = field(default_factory=dict)
    named: dict[str, list[Referent]] = field(default_factory=dict)

    def enter(self, body: str | None) -> None:
        """Begins what *body* says: its aliases hold, "its" is its own, "the Convention" its founding treaty."""
        self.chain = own_chain(body, self.registry)
        self.founding = self.registry.founding_treaty(body)

    def read_names(
        self, line: Line, block: int, around: Callable[[int], Enclosing | None]
    ) -> dict[int, Referent]:
        """What each name of a line means, by its start; remembers names and definitions for later lines."""
        referents: dict[int, Referent] = {}
        # Instruments first: a conference of the parties "to the Convention" is known by what that means.
        for hit in sorted(line.hits, key=lambda hit: (hit.domain != INSTRUMENT, hit.first)):
            sentence = (block, line.sentence_of(hit.start))
            referent = self._referent(line, hit, sentence, around(hit.start), referents)
            if referent is None:
                continue
            if hit.start not in referents or referents[hit.start].hit.nested:
                referents[hit.start] = referent
            if referent.named:
                self.named.setdefault(hit.domain, []).append(referent)
                if not hit.nested:
                    self._define(line, hit, referent)
        return referents

    def own(self, test: Callable[[str], bool]) -> str | None:
        """The first body of the document's own chain that passes *test*."""
        return next((key for key in self.chain if test(key)), None)

    def last(self, domain: str, noun: str, sentence: tuple[int, int] | None = None) -> Referent | None:
        """What was named last with such a noun, in that sentence or anywhere."""
        for referent in reversed(self.named.get(domain, ())):
            if sentence is not None and referent.sentence != sentence:
                return None
            known = referent.hit.noun
            # "the Conference" can be that of the parties, but not the other way round.
            fits = len(noun) <= len(known) and same_noun(known, noun)
            # "President of the Assembly" is not what "the Assembly" means later.
            if fits and officer(referent.key, self.registry) is None:
                return referent
        return None

    def _referent(
        self,
        line: Line,
        hit: NameHit,
        sentence: tuple[int, int],
        enclosing: Enclosing | None,
        instruments: Mapping[int, Referent],
    ) -> Referent | None:
        alias = (hit.domain, line.folded(hit.first, hit.last)) if self.definitions else ("", "")
        if alias in self.definitions:
            key = self.definitions[alias]
            return Referent(hit, key, sentence, None if key else unknown_reason(hit.domain))
        if hit.to >= 0 and len(self._in_scope(hit)) != 1:
            return self._of_parties(hit, sentence, instruments.get(hit.to))
        if not hit.bare:
            found = self._short_of_head(line, hit, sentence) or self._full(hit, sentence)
            return self._unless_of_another(line, found)
        if hit.domain == BODY and not line.words.capital(hit.first):
            key = self._own_body(hit) if _is_definite(line, hit) else None
            return Referent(hit, key, sentence, None if key else Reason.UNKNOWN_BODY)
        if hit.domain == INSTRUMENT:
            added = self._added_to(line, hit, sentence, instruments)
            return added or self._instrument(line, hit, sentence, enclosing)
        return (
            self._of_treaty_before(line, hit, sentence)
            or self._of_head(hit, sentence)
            or self._noun(hit, sentence, self._default_body(hit))
        )

    def _of_head(self, hit: NameHit, sentence: tuple[int, int]) -> Referent | None:
        """The conference of the one treaty that the head names, where the document's own body has no such noun."""
        treaties = [head for head in self.headed.values() if head.key]
        if hit.domain != BODY or len(treaties) != 1 or self._default_body(hit) is not None:
            return None
        founded = self._of_parties(hit, sentence, treaties[0])
        return founded if founded.key else None

    def _of_treaty_before(self, line: Line, hit: NameHit, sentence: tuple[int, int]) -> Referent | None:
        """The conference of a treaty named before it in the sentence: "the Convention on X and its Conference"."""
        if line.lex(hit.first - 1, "possessive") is None:
            return None
        here = takewhile(
            lambda named: named.sentence[0] == sentence[0], reversed(self.named.get(INSTRUMENT, ()))
        )
        before = (named for named in here if named.sentence == sentence and named.hit.start < hit.start)
        treaty = next(before, None)
        founded = self._of_parties(hit, sentence, treaty) if treaty else None
        return founded if founded and founded.key else None

    def _short_of_head(self, line: Line, hit: NameHit, sentence: tuple[int, int]) -> Referent | None:
        """What the head names in full, where an unknown name is part of it: "the Rivertown Convention"."""
        if hit.entries or hit.domain != INSTRUMENT:
            return None
        printed = line.folded(hit.first, hit.last)
        joint = " " if line.words.capital(hit.first) else ""
        keys = {head.key for head in self.headed.values() if head.key}
        named = [
            key
            for key in sorted(keys)
            if any(f"{joint}{printed}{joint}" in f"{joint}{name}{joint}" for name in self._folded(key, line))
        ]
        return Referent(hit, named[0], sentence) if len(named) == 1 else None

    def _unless_of_another(self, line: Line, office: Referent) -> Referent:
        """An office that is its body's own, unless "its" points at another: "the Security Council … its President"."""
        hit, body = office.hit, officer(office.key, self.registry)
        if body is None or line.lex(hit.first, "possessive") is None:
            return office
        here = takewhile(lambda named: named.sentence == office.sentence, reversed(self.named.get(BODY, ())))
        before = (named for named in here if named.hit.start < hit.start)
        owner = next((named for named in before if officer(named.key, self.registry) is None), None)
        if owner is None or owner.key == body.parent:
            return office
        return Referent(hit, None, office.sentence, Reason.UNKNOWN_BODY)

    def _folded(self, instrument: str, line: Line) -> Iterator[str]:
        """The names of an instrument in their comparison form."""
        entry = self.registry.instruments[instrument]
        return map(line.lexicon.fold, (entry.name, *(alias.text for alias in entry.aliases)))

    def _full(self, hit: NameHit, sentence: tuple[int, int]) -> Referent:
        keys = self._in_scope(hit)
        if len(keys) == 1:
            return Referent(hit, keys[0], sentence)
        if keys:
            return Referent(hit, None, sentence, Reason.AMBIGUOUS, keys)
        return Referent(hit, None, sentence, unknown_reason(hit.domain))

    def _of_parties(self, hit: NameHit, sentence: tuple[int, int], instrument: Referent | None) -> Referent:
        """The conference of the parties to an instrument: the one body that the instrument founds."""
        key = instrument.key if instrument else None
        bodies = tuple(
            body
            for body in sorted(self.registry.bodies)
            if key is not None
            and self.registry.bodies[body].founding_treaty == key
            and self._is_called(body, hit)
        )
        if len(bodies) == 1:
            return Referent(hit, bodies[0], sentence)
        return Referent(hit, None, sentence, Reason.UNKNOWN_BODY, bodies)

    def of_parties(self, noun: str, instrument: Referent | None) -> Referent | None:
        """The conference called *noun* of the parties to an instrument; of a name that is parted by an ordinal."""
        if instrument is None:
            return None
        return self._of_parties(replace(instrument.hit, noun=noun), instrument.sentence, instrument)

    def _is_called(self, body: str, hit: NameHit) -> bool:
        """Whether the noun of a body is that of a name; one without a name in the language may be called so."""
        noun = self.matcher.nouns[body]
        if not noun:
            return self.registry.bodies[body].kind == OF_PARTIES
        return noun.split()[:1] == hit.noun.split()[:1]

    def _in_scope(self, hit: NameHit) -> tuple[str, ...]:
        """The keys that the name may mean here; a name of this body's documents beats one of all documents."""
        own = self.chain[0] if self.chain else None
        fitting = [
            entry
            for entry in hit.entries
            if self.registry.in_scope(entry.alias, own) and entry.alias.text not in self.offices
        ]
        for body in self.chain:
            scoped = sorted({entry.key for entry in fitting if entry.alias.scope == body})
            if scoped:
                return tuple(scoped)
        if not fitting and hit.domain == TEXT:  # the short name of a text that was named in full before
            told = {referent.key for referent in self.named.get(TEXT, ())}
            return tuple(sorted({entry.key for entry in hit.entries} & told))
        return tuple(sorted({entry.key for entry in fitting}))

    def _defaults(self, hit: NameHit) -> str | None:
        keys = self._in_scope(hit)
        return keys[0] if len(keys) == 1 else None

    def _default_body(self, hit: NameHit) -> str | None:
        """The body that a noun means in this document: the nearest of its chain, before any that others call so."""
        default, own = self._defaults(hit), self._own_body(hit)
        if default is None or own is None or not hit.entries:
            return default or own
        scopes = {entry.alias.scope for entry in hit.entries if entry.key == default}
        reach = [index for index, body in enumerate(self.chain) if body in scopes]
        return default if reach and reach[0] <= self.chain.index(own) else own

    def _own_body(self, hit: NameHit) -> str | None:
        return self.own(lambda key: same_noun(self.matcher.nouns[key], hit.noun))

    def _instrument(
        self, line: Line, hit: NameHit, sentence: tuple[int, int], enclosing: Enclosing | None
    ) -> Referent:
        numeral = line.words.raw(hit.last)
        if _NUMERAL.fullmatch(numeral):
            return self._numbered(hit, sentence, numeral)
        if dated := line.year_at(hit.last):
            return self._of_year(hit, sentence, dated[0])
        pointed = line.lex(hit.first - 1, "deictic")
        if pointed and pointed[0].sense == "that" and self.last(hit.domain, hit.noun):
            return self._noun(hit, sentence, None)
        if enclosing and enclosing.instrument is None and pointed and pointed[0].sense == "this":
            # "this Convention" inside a treaty that is not known is no treaty that it names
            titles = (enclosing.title,) if enclosing.title else ()
            return Referent(hit, None, sentence, Reason.UNKNOWN_INSTRUMENT, titles)
        if enclosing and enclosing.instrument:
            noun = self.matcher.nouns.get(enclosing.instrument, "")
            if same_noun(noun, hit.noun):
                return Referent(hit, enclosing.instrument, sentence)
            parent = self.registry.instruments[enclosing.instrument].supplements
            if parent and same_noun(self.matcher.nouns[parent], hit.noun):
                return self._noun(hit, sentence, parent)
        default = self._default_instrument(hit)
        head = self._headed(hit.noun) if default is None else None
        if head is not None and head.key is None and self.last(hit.domain, hit.noun, sentence) is None:
            return Referent(hit, None, sentence, head.reason, head.candidates)
        return self._noun(hit, sentence, head.key if head is not None and default is None else default)

    def _default_instrument(self, hit: NameHit) -> str | None:
        """What the noun means in documents of this body, whatever the text has named."""
        founded = (key for key in self._founded_on() if same_noun(self.matcher.nouns[key], hit.noun))
        return self._defaults(hit) or next(founded, None)

    def _of_year(self, hit: NameHit, sentence: tuple[int, int], year: str) -> Referent:
        """ "the Protocol of 1978": the last of that noun whose names carry the year, or what the noun means here."""
        named = self._numbered(hit, sentence, year)
        default = self._default_instrument(hit)
        if named.key or default is None:
            return replace(named, hit=hit)
        return Referent(hit, default, sentence)

    def _added_to(
        self, line: Line, hit: NameHit, sentence: tuple[int, int], instruments: Mapping[int, Referent]
    ) -> Referent | None:
        """ "the Protocol of 2014 thereto": what supplements the instrument before it in the sentence."""
        dated = line.year_at(hit.last)
        behind = dated[1] if dated else hit.last
        before = [start for start in instruments if start < hit.start]
        above = instruments[max(before)] if before else None
        if line.lex(behind, "thereof") is None or above is None or above.sentence != sentence:
            return None
        keys = tuple(
            key
            for key, instrument in sorted(self.registry.instruments.items())
            if above.key is not None
            and instrument.supplements == above.key
            and hit.noun in self.matcher.nouns[key].split()
        )
        if len(keys) == 1:
            return Referent(hit, keys[0], sentence)
        return Referent(hit, None, sentence, Reason.AMBIGUOUS if keys else Reason.UNKNOWN_INSTRUMENT, keys)

    def _headed(self, noun: str) -> Referent | None:
        """The instrument with such a noun that the head of the document names as whose parties or organ speaks."""
        return next((head for known, head in self.headed.items() if same_noun(known, noun)), None)

    def _founded_on(self) -> Iterator[str]:
        """The treaties on which the document's body and those above it rest, and what the first supplements."""
        for body in self.chain:
            founding = self.registry.bodies[body].founding_treaty
            if founding:
                yield founding
        parent = self.registry.instruments[self.founding].supplements if self.founding else None
        if parent:
            yield parent

    def _numbered(self, hit: NameHit, sentence: tuple[int, int], numeral: str) -> Referent:
        """ "Protocol I": of the instruments named before, the last of that noun whose names carry the numeral."""
        for referent in reversed(self.named.get(hit.domain, ())):
            if (
                same_noun(referent.hit.noun, hit.noun)
                and referent.key
                and self._carries(referent.key, numeral)
            ):
                return Referent(replace(hit, bare=False), referent.key, sentence)
        return Referent(hit, None, sentence, Reason.NO_ANTECEDENT)

    def _carries(self, key: str, numeral: str) -> bool:
        instrument = self.registry.instruments[key]
        names = (instrument.name, *(alias.text for alias in instrument.aliases))
        return any(numeral in name.replace("(", " ").replace(")", " ").split() for name in names)

    def _noun(self, hit: NameHit, sentence: tuple[int, int], default: str | None) -> Referent:
        here = self.last(hit.domain, hit.noun, sentence)
        if default:
            if here and not self._names(hit.domain, default, sentence):
                return Referent(hit, here.key, sentence, here.reason, here.candidates)
            return Referent(hit, default, sentence)
        before = here or self.last(hit.domain, hit.noun)
        if before:
            return Referent(hit, before.key, sentence, before.reason, before.candidates)
        known = self.matcher.by_noun.get(hit.noun, ())
        if hit.domain == INSTRUMENT and len(known) == 1 and self._stands_alone(known[0]):
            return Referent(hit, known[0], sentence)  # "the Charter"; "the Declaration" alone means none
        return Referent(hit, None, sentence, Reason.NO_ANTECEDENT)

    def _stands_alone(self, instrument: str) -> bool:
        """Whether the registry says that documents of some body mean it by its noun alone."""
        return any(alias.scope != EVERYWHERE for alias in self.registry.instruments[instrument].aliases)

    def _names(self, domain: str, key: str, sentence: tuple[int, int]) -> bool:
        for referent in reversed(self.named.get(domain, ())):
            if referent.sentence != sentence:
                return False
            if referent.key == key:
                return True
        return False

    def _define(self, line: Line, hit: NameHit, referent: Referent) -> None:
        """Remembers "(hereinafter “the Convention”)", "(the “1961 Convention”)", "(ICCPR)" right after a full name."""
        closed = line.words.norm(hit.last) == "\u300b"  # the name stands in quotation marks of its own
        for alias in defined_names(line, hit.last + closed):
            self.definitions[hit.domain, line.lexicon.fold(alias)] = referent.key


def _is_definite(line: Line, hit: NameHit) -> bool:
    """Whether a noun in small letters can mean one body: "the open-ended committee", not "freedom of assembly"."""
    if line.order.genitive or " " in hit.noun:
        return True  # there are no articles; a noun of two words ("working group") is no other word
    if line.lex(hit.last, "complement"):
        return False  # "la asamblea legislativa"
    # An adjective in two parts says how it works, others say whose it is: "the national assembly".
    before = hit.first - ("-" in line.words.raw(hit.first - 1) and not line.order.lower_names) - 1
    of, to = line.lex(before, "of"), line.lex(before, "to")
    written_together = any(found and found[0].sense == "the" for found in (of, to))
    return written_together or line.lex(before, "the") is not None
