"""Mentions of acts → their keys: whose resolution or decision it is, by the words around and by its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from treatygraph.cite.context import Base, Context, Outcome
from treatygraph.cite.families import initials
from treatygraph.cite.grammar.units import RANK
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import ActMention, ActNumber, Path, Unit
from treatygraph.cite.names import BODY, INSTRUMENT
from treatygraph.cite.referents import OF_PARTIES, Referent, officer
from treatygraph.cite.series import bodies_by_code, bodies_by_style, held_in, key_in
from treatygraph.model.citations import CitationKind, Reason
from treatygraph.model.numbering import roman_value
from treatygraph.parse.openings import opening
from treatygraph.registry.held import Held

_ACRONYM: Final = range(2, 10)  # letters
_BESIDE: Final = 12  # words, a date among them, between two acts that are joined
_JOINED: Final = 4  # words in which "and its" begins
_OWNER_BEHIND: Final = 2  # words from an act to the body that it is of
_AHEAD: Final = 4  # words in which a clause that goes ahead begins
_NUMBER_FIRST: Final = "number ("  # "2231 (2015)" is 2231 later on; no one calls 70/1 by its 1


def _is_acronym(line: Line, index: int) -> bool:
    """Whether the word at *index* is letters that stand for a name, and no word in capitals ("RECALLING", "II")."""
    word = line.words.raw(index)
    if not (word.isalpha() and word.isupper() and len(word) in _ACRONYM) or line.text.isupper():
        return False
    if roman_value(word) is not None or line.words.lexemes.get(index):
        return False
    before = line.words.raw(index - 1)
    in_a_row = len(before) > 1 and before.isalpha() and before.isupper()  # "RECALLING ALSO"
    return not in_a_row and opening(f"{word.capitalize()} ", line.lexicon.language) is None


class ActResolver(Context):
    """Resolves numbered acts, and units of them."""

    def _acts(self, mention: ActMention) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for position, number in enumerate(mention.numbers):
            base = self._act(mention, number, first=position == 0)
            if base is None:
                outcomes.append(
                    self._rejected(
                        number.start,
                        number.end,
                        "reject/number-alone",
                        "a number that no series and no earlier act explains",
                    )
                )
                continue
            last = position == len(mention.numbers) - 1
            start = mention.start if position == 0 else number.start
            if last and mention.units:
                outcomes.extend(self._emit(base, mention.units, start, mention.end, always_span=True))
            else:
                end = mention.end if last else number.end
                outcomes.append(self._outcome(base, start, end, (), number.text))
        return outcomes

    def _act(self, mention: ActMention, number: ActNumber, *, first: bool = True) -> Base | None:
        """The act with that number, remembered for "that resolution"; None for a bare number that nothing explains."""
        if number.styles == ("number",):
            known = self._memory.by_number.get((mention.kind, number.parts["number"]))
            if known is None:
                return None
            base = Base(CitationKind.ACT, known, "act/number-again")
        else:
            base = self._numbered(mention, number, first)
        self._memory.acts[mention.kind] = (base.key, self._place.block)
        self._memory.act = (base.key, self._sentence(number.start))
        self._memory.act_end = number.end
        self._memory.attributed = not mention.possessive and max(mention.before, mention.after) >= 0
        if base.key:
            if number.styles[0].startswith(_NUMBER_FIRST):
                self._memory.by_number[mention.kind, number.parts["number"]] = base.key
            if base.rule == "act/named-body":
                self._memory.by_number[mention.kind, number.text] = base.key
        return base

    def _numbered(self, mention: ActMention, number: ActNumber, first: bool) -> Base:
        kind = mention.kind
        coded = bodies_by_code(self._registry, kind, number)
        if coded:
            own = self._scope.own(lambda key: key in coded)
            keys = (own,) if own else coded
            keys = keys if len(keys) == 1 else self._named_last(keys, number.start)
            if len(keys) == 1:
                return self._of_body(keys[0], kind, number, "act/code")
            return Base(CitationKind.ACT, None, "act/code", reason=Reason.AMBIGUOUS, candidates=keys)
        named = mention.before if mention.before >= 0 else mention.after
        # A person numbers no acts: "秘书长关于各国根据第64/72号决议采取的行动".
        if named in self._names and officer(self._names[named].key, self._registry) is None:
            return self._of_referent(self._names[named], kind, number)

        again = self._memory.by_number.get((kind, number.text))
        repeated = again and not mention.possessive and number.styles[0] == "session/number"
        if repeated and not mention.continues:
            return Base(CitationKind.ACT, again, "act/number-again")

        dated = self._line.year_beside(number.start, number.end)

        def able(key: str) -> bool:
            body = self._registry.bodies[key]
            return key_in(body, kind, number, year=self._document.year) is not None and held_in(
                body, number, dated
            )

        if first and (lettered := self._by_acronym(mention, number, able)):
            return lettered
        here = self._memory.act[1] == self._sentence(mention.start)
        listed = (mention.continues and here) or not first
        if listed and self._memory.unknown_owner:
            name = self._memory.unknown_owner  # the body that the list began with
            return Base(CitationKind.ACT, None, "act/list", reason=Reason.UNKNOWN_BODY, candidates=(name,))

        if listed and self._memory.owner and able(self._memory.owner):
            return self._of_body(self._memory.owner, kind, number, "act/list")
        if repeated:  # in a list whose body has no such act
            return Base(CitationKind.ACT, again, "act/number-again")
        own = self._scope.own(able)
        if own and self._beside_named(mention):
            return self._of_body(own, kind, number, "act/own-body")
        owner = self._subject_of(mention, able) or self._owner(
            mention.start, mention.possessive, able, named=True
        )
        if isinstance(owner, Referent) and owner.key is None and own:
            owner = own  # what the registry does not know numbers nothing; the document's body does
        if isinstance(owner, Referent):
            return self._of_referent(owner, kind, number)
        if owner:
            return self._of_body(owner, kind, number, "act/own-body")
        if mention.possessive and (name := self._unknown_subject(mention)):
            return Base(
                CitationKind.ACT, None, "act/own-body", reason=Reason.UNKNOWN_BODY, candidates=(name,)
            )
        return self._by_style(kind, number, able)

    def _beside_named(self, mention: ActMention) -> bool:
        """Whether "its" act is joined to one that names its body: "Assembly resolution 60/1 and its resolution 4/2".

        A second one of that body would be told by its number alone; "its" is then that of who speaks.
        """
        told, sentence = self._memory.act
        line, words = self._line, self._line.words
        named = self._memory.attributed and mention.possessive and told is not None
        if not named or sentence != self._sentence(mention.start):
            return False
        near = next(iter(self._before(mention.start, BODY)), None)
        last, first = words.index_at(self._memory.act_end), words.index_at(mention.start)
        if near is None or near.key is None or near.key != self._memory.owner:
            return False
        if (
            near.hit.start > self._memory.act_end
        ):  # "resolution 60/1 of the Assembly": whose it is stands behind
            last = near.hit.last if near.hit.first - last <= _OWNER_BEHIND else -_BESIDE
        if first - last > _BESIDE:
            return False
        joined = range(max(last, first - _JOINED), first)
        return any(line.lex(index, "and") for index in joined)

    def _by_acronym(self, mention: ActMention, number: ActNumber, able: Callable[[str], bool]) -> Base | None:
        """The act of the body whose letters stand right before it; none of any where no name has these letters."""
        line = self._line
        index = line.words.index_at(mention.start) - 1
        word = line.words.raw(index)
        if mention.possessive or not _is_acronym(line, index):
            return None
        keys = initials(Held(self._registry), line.lexicon.language).get(word)
        if keys is None:  # "OSPAR Decision 98/3"
            self._memory.owner, self._memory.unknown_owner = None, word
            return Base(
                CitationKind.ACT, None, "act/named-body", reason=Reason.UNKNOWN_BODY, candidates=(word,)
            )
        found = [key for key in sorted(keys) if able(key)]
        return self._of_body(found[0], mention.kind, number, "act/named-body") if len(found) == 1 else None

    def _unknown_subject(self, mention: ActMention) -> str:
        """The name behind "in its decision 2019/4, the …" that is no body's with a key, and owns the act; or ""."""
        line, words = self._line, self._line.words
        comma = words.index_at(mention.end)
        the = line.lex(comma + 1, "the") if words.norm(comma) == "," else None
        if the is None or not words.capital(the[1]) or not self._at_head(mention.start):
            return ""
        hit = line.hit_at(the[1])
        known = hit is not None and (referent := self._names.get(hit.start)) is not None and referent.key
        return "" if known else words.raw(the[1])

    def _subject_of(self, mention: ActMention, able: Callable[[str], bool]) -> Referent | None:
        """The body of a clause that goes ahead of it: "noting that, in its resolution 51/18, the Council decided"."""
        line = self._line
        first, end = line.words.index_at(mention.start), line.words.index_at(mention.end)
        clause = [line.words.norm(index) for index in range(max(0, first - _AHEAD), first)]
        if not mention.possessive or "," not in clause:
            return None
        link = line.lex(end, "of")
        end = next((line.dates[at] for at in (end, link[1] if link else end) if at in line.dates), end)
        the = line.lex(end + 1, "the")
        hit = line.hit_at(the[1] if the else end + 1) if line.words.norm(end) == "," else None
        if hit is None or hit.domain != BODY or line.lex(hit.last, "act") or line.words.norm(hit.last) == ",":
            return None
        referent = self._names.get(hit.start)
        return referent if referent and referent.key and able(referent.key) else None

    def _named_last(self, keys: tuple[str, ...], offset: int) -> tuple[str, ...]:
        """Of bodies with one code those whose document, or else whose own or treaty's name, stood there last."""
        for symbol in reversed(self._line.symbols):
            series = tuple(key for key in keys if symbol.end <= offset and self._issues(key, symbol.normal))
            if series:
                return series
        here = (self._place.block, offset)
        founding = {key: self._registry.bodies[key].founding_treaty for key in keys}
        treaties = {treaty: key for key, treaty in founding.items() if treaty}
        named = [
            ((referent.sentence[0], referent.hit.start), referent.key if referent.key in keys else founded)
            for domain in (BODY, INSTRUMENT)
            for referent in self._scope.named.get(domain, ())
            if (founded := treaties.get(referent.key or "")) or referent.key in keys
        ]
        last = max((each for each in named if each[0] < here), default=None)
        return (last[1],) if last and last[1] else keys

    def _issues(self, key: str, symbol: str) -> bool:
        body = self._registry.bodies[key]
        return any(name and symbol.startswith(name) for name in (body.symbol, *body.other_symbols))

    def _by_style(self, kind: str, number: ActNumber, able: Callable[[str], bool]) -> Base:
        """The body that alone numbers its acts so; failing that, one named after it, or the one cited last."""
        keys = bodies_by_style(self._registry, kind, number, year=self._document.year)
        principal = tuple(
            key
            for key in keys
            if (body := self._registry.bodies[key]).parent is None
            and not body.founding_treaty
            and body.kind != OF_PARTIES
        )
        if len(keys) == 1 or len(principal) == 1:
            return self._of_body((keys if len(keys) == 1 else principal)[0], kind, number, "act/style")
        following = [r.key for r in self._after(number.start, BODY) if r.key and able(r.key)]
        if following:
            return self._of_body(following[0], kind, number, "act/named-body")
        if self._memory.owner and able(self._memory.owner):
            return self._of_body(self._memory.owner, kind, number, "act/list")
        reason = Reason.AMBIGUOUS if keys else Reason.UNKNOWN_BODY
        code = number.parts.get("code")
        candidates = keys[:8] or ((code,) if code else ())
        return Base(CitationKind.ACT, None, "act/style", reason=reason, candidates=candidates)

    def _of_body(self, body: str, kind: str, number: ActNumber, rule: str) -> Base:
        self._memory.owner, self._memory.unknown_owner = body, ""
        key = key_in(self._registry.bodies[body], kind, number, doubtful=True)
        if key is None:
            return Base(CitationKind.ACT, None, rule, reason=Reason.MALFORMED, candidates=(body,))
        return Base(CitationKind.ACT, key, rule)

    def _of_referent(self, referent: Referent, kind: str, number: ActNumber) -> Base:
        body = referent.key
        if referent.hit.domain == INSTRUMENT:
            return self._of_treaty(referent, kind, number)
        if body and key_in(self._registry.bodies[body], kind, number):
            return self._of_body(body, kind, number, "act/named-body")
        able = tuple(
            key for key in bodies_by_style(self._registry, kind, number)
            if self._scope.matcher.nouns[key] == referent.hit.noun
        )  # fmt: skip
        # Where the head names an organ or a treaty that is not known, "the Meeting of the Parties" is theirs.
        of_unknown = self._document.lower or any(head.key is None for head in self._scope.headed.values())
        if referent.hit.bare and len(able) == 1 and not of_unknown:
            return self._of_body(able[0], kind, number, "act/style")
        entry = self._registry.bodies[body] if body else None
        # What holds sessions of its own numbers its acts by them; an organ without sessions acts through its parent.
        parent = entry.parent if entry and entry.counts != "session" else None
        if parent and key_in(self._registry.bodies[parent], kind, number):
            return self._of_body(parent, kind, number, "act/named-body")
        if body and key_in(self._registry.bodies[body], kind, number, doubtful=True):
            return self._of_body(body, kind, number, "act/named-body")
        # "General Assembly and Security Council resolutions 70/262 and 2282 (2016)"
        beside = [r.key for r in self._before(referent.hit.start, BODY) if r.key][:1]
        if body and beside and key_in(self._registry.bodies[beside[0]], kind, number):
            return self._of_body(beside[0], kind, number, "act/named-body")
        name = self._line.text[referent.hit.start : referent.hit.end]
        self._memory.owner, self._memory.unknown_owner = None, body or name
        return Base(
            CitationKind.ACT, None, "act/named-body", reason=Reason.UNKNOWN_BODY, candidates=(body or name,)
        )

    def _of_treaty(self, referent: Referent, kind: str, number: ActNumber) -> Base:
        """The act of the conference of a treaty that is named in its place: "decision XIII/6 of the Convention"."""
        bodies = tuple(
            key
            for key in bodies_by_style(self._registry, kind, number)
            if referent.key is not None and self._registry.bodies[key].founding_treaty == referent.key
        )
        if len(bodies) == 1:
            return self._of_body(bodies[0], kind, number, "act/named-body")
        self._memory.owner = None
        name = self._line.text[referent.hit.start : referent.hit.end]
        return Base(CitationKind.ACT, None, "act/named-body", reason=Reason.UNKNOWN_BODY, candidates=(name,))

    def _emit(
        self, base: Base, units: Iterable[Unit], start: int, end: int, *, always_span: bool = False
    ) -> list[Outcome]:
        return [
            self._outcome(base, start, end, unit.path, self._line.text[unit.start : unit.end])
            for unit in units
        ]

    def _outcome(self, base: Base, start: int, end: int, path: Path, unit: str) -> Outcome:
        steps = (*base.path, *path)
        if base.kind is CitationKind.ACT and steps[:1] == ("part",) and self._line.order.act_part:
            steps = (self._line.order.act_part, *steps[1:])
        if base.kind is CitationKind.ACT and steps and steps[0] not in RANK:
            # "subparagraph (c) of that decision": what an act is made of are its paragraphs.
            steps = ("para", *steps)
        key, reason = base.key, base.reason
        if key and base.kind is CitationKind.PROVISION:
            instrument = self._registry.instruments.get(key)
            if instrument and instrument.structure_held and steps not in instrument.provisions:
                return Outcome(
                    start,
                    end,
                    base.kind,
                    base.rule,
                    reason=Reason.UNKNOWN_PROVISION,
                    unit=unit,
                    candidates=("/".join((key, *steps)),),
                )
        if key is None:
            return Outcome(
                start, end, base.kind, base.rule, reason=reason, unit=unit, candidates=base.candidates
            )
        return Outcome(start, end, base.kind, base.rule, target="/".join((key, *steps)), unit=unit)
