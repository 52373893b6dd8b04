"""Mentions and what names mean → citations, each with a key or a reason for having none, and rejected mentions.

Two candidates mean no answer. No pattern is matched here: everything printed was read by the finder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from treatygraph.cite.find import Found
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import (
    ActMention,
    ActNumber,
    BackReference,
    HappeningMention,
    Link,
    LinkKind,
    Mention,
    Path,
    PublicationMention,
    RejectedMention,
    SymbolMention,
    Unit,
    UnitMention,
)
from treatygraph.cite.names import BODY, INSTRUMENT, TEXT, TOOL
from treatygraph.cite.scope import Enclosing, Referent, Scope, sentence_names
from treatygraph.cite.series import bodies_by_code, bodies_by_style, key_in
from treatygraph.model.citations import CitationKind, Reason

_NEAR = 2  # blocks that "that decision" may reach back


@dataclass(frozen=True, slots=True)
class Outcome:
    """A citation or a rejection, with offsets of the block: exactly one of ``target``, ``reason``, ``cause`` is set."""

    start: int
    end: int
    kind: CitationKind
    rule: str
    target: str | None = None
    reason: Reason | None = None
    cause: str = ""
    unit: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """What units are a part of: an instrument or act by key (None: refused with ``reason``), and the path down to it."""

    kind: CitationKind
    key: str | None
    rule: str
    path: Path = ()
    reason: Reason | None = None
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Memory:
    """What back-references may mean: acts, provisions and series of publications, with the blocks they stand in."""

    acts: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    act: tuple[str | None, tuple[int, int]] = (None, (-1, -1))
    by_number: dict[tuple[str, str], str] = field(default_factory=dict)
    owner: str | None = None
    provision: tuple[str | None, Path, int] | None = None
    units: tuple[Base, str, tuple[int, int], int] | None = None
    series: str = ""

    def copy(self) -> Memory:
        """A copy that a footnote may change without a trace."""
        return Memory(
            dict(self.acts),
            self.act,
            dict(self.by_number),
            self.owner,
            self.provision,
            self.units,
            self.series,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: its number, whether it heads the document, the treaty around an offset of its text.

    ``headings`` are offsets at which a provision of that treaty begins. ``paragraph`` is the number of the document's
    own paragraph as steps, ``annexed`` whether that stands in an annex.
    """

    block: int
    masthead: bool = False
    around: Callable[[int], Enclosing | None] = lambda offset: None
    headings: frozenset[int] = frozenset()
    paragraph: Path = ()
    annexed: bool = False


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """The numbers of the document's own paragraphs: of the act itself, and of its annexes."""

    operative: frozenset[str] = frozenset()
    annex: frozenset[str] = frozenset()


class Resolver:
    """Resolves the mentions of one document, block by block in reading order."""

    def __init__(self, scope: Scope, own_key: str, own_symbol: str | None, numbers: OwnNumbers) -> None:
        self._scope = scope
        self._registry = scope.registry
        self._own_key = own_key
        self._own_symbol = own_symbol
        self._numbers = numbers
        self._memory = Memory()
        self._line: Line
        self._place: Place
        self._names: dict[int, Referent] = {}

    def block(self, found: Found, place: Place, *, aside: bool = False) -> list[Outcome]:
        """The outcomes of one block. *aside* (a footnote) leaves no antecedents behind, except for "Ibid."."""
        memory = self._memory.copy()
        named = {domain: list(referents) for domain, referents in self._scope.named.items()} if aside else {}
        self._line, self._place = found.line, place
        self._names = self._scope.read_names(found.line, place.block, place.around)
        outcomes = [outcome for mention in found.mentions for outcome in self._resolve(mention)]
        outcomes.extend(self._named_things(outcomes))
        if aside:
            memory.series = self._memory.series
            self._memory, self._scope.named = memory, named
        return sorted(outcomes, key=lambda outcome: (outcome.start, outcome.end, outcome.target or ""))

    def _resolve(self, mention: Mention) -> list[Outcome]:
        if mention.start in self._place.headings or self._is_heading(mention):
            return [
                self._rejected(
                    mention.start, mention.end, "reject/heading", "the heading of the provision itself"
                )
            ]
        match mention:
            case UnitMention():
                return self._units(mention)
            case ActMention():
                return self._acts(mention)
            case HappeningMention():
                return self._happenings(mention)
            case BackReference():
                return self._back(mention)
            case SymbolMention():
                return self._symbol(mention)
            case PublicationMention():
                return self._publications(mention)
            case RejectedMention():
                return [self._rejected(mention.start, mention.end, mention.rule, mention.cause)]

    def _is_heading(self, mention: Mention) -> bool:
        """Whether a unit is all there is in its block: "Article 3" alone is a heading."""
        text = self._line.text
        return (
            isinstance(mention, UnitMention)
            and mention.link.kind is LinkKind.NONE
            and not text[: mention.start].strip()
            and not text[mention.end :].strip(" .:\u2014\u2013-")
        )

    # -- small helpers -------------------------------------------------------------------------------------------

    def _rejected(self, start: int, end: int, rule: str, cause: str) -> Outcome:
        return Outcome(start, end, CitationKind.BODY, rule, cause=cause)

    def _sentence(self, offset: int) -> tuple[int, int]:
        return self._place.block, self._line.sentence_of(offset)

    def _near(self, block: int) -> bool:
        return self._place.block - block <= _NEAR

    def _before(self, offset: int, domain: str) -> list[Referent]:
        """The referents of the same sentence that stand before an offset, nearest first."""
        names = sentence_names(self._names, self._sentence(offset), domain)
        return [referent for referent in reversed(names) if referent.hit.start < offset]

    def _after(self, offset: int, domain: str) -> list[Referent]:
        names = sentence_names(self._names, self._sentence(offset), domain)
        return [referent for referent in names if referent.hit.start > offset]

    def _opened_between(self, start: int, end: int) -> bool:
        """Whether a word opens a clause of the acting body between two offsets."""
        line = self._line
        for index in range(line.words.index_at(start), line.words.index_at(end)):
            found = line.lex(index, "opening")
            if found and (
                found[0].sense == "anywhere" or (index in line.sentence_starts and line.words.capital(index))
            ):
                return True
        return False

    # -- whose it is ---------------------------------------------------------------------------------------------

    def _owner(
        self, start: int, possessive: bool, able: Callable[[str], bool], *, named: bool
    ) -> Referent | str | None:
        """The body meant by "its" or by nothing at all: a referent of the sentence, or a key of the document's chain.

        "its" belongs to the body named last in the sentence, unless a word in between opens a clause of the acting
        body; at the head of a sentence it belongs to the subject that follows. A body without a key stands in the
        way; with *named*, only if it has a full name.
        """
        own = self._scope.own(able)
        near = next(
            (
                r
                for r in self._before(start, BODY)
                if (r.key is None and (r.named or not named)) or (r.key and able(r.key))
            ),
            None,
        )
        if possessive:
            opened_from = near.hit.end if near else self._sentence_start(start)
            if near and not self._opened_between(opened_from, start):
                return near
            if near is None and not self._opened_between(opened_from, start) and self._at_head(start):
                following = next(
                    (r for r in self._after(start, BODY) if r.key is not None and able(r.key)), None
                )
                if following:
                    return following
            return own
        if own == self._scope.own(lambda _: True) and own is not None:
            return own
        known = next((r for r in self._before(start, BODY) if r.key is not None and able(r.key)), None)
        return known or own

    def _sentence_start(self, offset: int) -> int:
        number = self._line.sentence_of(offset)
        return self._line.start(self._line.sentence_starts[number - 1])

    def _at_head(self, offset: int) -> bool:
        words = self._line.words
        return words.index_at(offset) - words.index_at(self._sentence_start(offset)) <= 4

    # -- acts ----------------------------------------------------------------------------------------------------

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
        if base.key:
            self._memory.by_number[mention.kind, number.parts["number"]] = base.key
        return base

    def _numbered(self, mention: ActMention, number: ActNumber, first: bool) -> Base:
        kind = mention.kind
        coded = bodies_by_code(self._registry, kind, number)
        if coded:
            own = self._scope.own(lambda key: key in coded)
            keys = (own,) if own else coded
            if len(keys) == 1:
                return self._of_body(keys[0], kind, number, "act/code")
            return Base(CitationKind.ACT, None, "act/code", reason=Reason.AMBIGUOUS, candidates=keys)
        named = mention.before if mention.before >= 0 else mention.after
        if named >= 0 and named in self._names:
            return self._of_referent(self._names[named], kind, number)

        def able(key: str) -> bool:
            return key_in(self._registry.bodies[key], kind, number) is not None

        if (mention.continues or not first) and self._memory.owner and able(self._memory.owner):
            return self._of_body(self._memory.owner, kind, number, "act/list")
        owner = self._owner(mention.start, mention.possessive, able, named=True)
        own = self._scope.own(able)
        if isinstance(owner, Referent) and owner.key is None and own:
            owner = own  # what the registry does not know numbers nothing; the document's body does
        if isinstance(owner, Referent):
            return self._of_referent(owner, kind, number)
        if owner:
            return self._of_body(owner, kind, number, "act/own-body")
        return self._by_style(kind, number, able)

    def _by_style(self, kind: str, number: ActNumber, able: Callable[[str], bool]) -> Base:
        """The body that alone numbers its acts so; failing that, one named after it, or the one cited last."""
        keys = bodies_by_style(self._registry, kind, number)
        principal = tuple(
            key
            for key in keys
            if self._registry.bodies[key].parent is None and not self._registry.bodies[key].founding_treaty
        )
        if len(keys) == 1 or len(principal) == 1:
            return self._of_body((keys if len(keys) == 1 else principal)[0], kind, number, "act/style")
        following = [r.key for r in self._after(number.start, BODY) if r.key and able(r.key)]
        if following:
            return self._of_body(following[0], kind, number, "act/named-body")
        if self._memory.owner and able(self._memory.owner):
            return self._of_body(self._memory.owner, kind, number, "act/list")
        reason = Reason.AMBIGUOUS if keys else Reason.UNKNOWN_BODY
        return Base(CitationKind.ACT, None, "act/style", reason=reason, candidates=keys[:8])

    def _of_body(self, body: str, kind: str, number: ActNumber, rule: str) -> Base:
        self._memory.owner = body
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
        if referent.hit.bare and len(able) == 1:
            return self._of_body(able[0], kind, number, "act/style")
        parent = self._registry.bodies[body].parent if body else None
        if parent and key_in(self._registry.bodies[parent], kind, number):
            return self._of_body(parent, kind, number, "act/named-body")
        if body and key_in(self._registry.bodies[body], kind, number, doubtful=True):
            return self._of_body(body, kind, number, "act/named-body")
        # "General Assembly and Security Council resolutions 70/262 and 2282 (2016)"
        beside = [r.key for r in self._before(referent.hit.start, BODY) if r.key][:1]
        if body and beside and key_in(self._registry.bodies[beside[0]], kind, number):
            return self._of_body(beside[0], kind, number, "act/named-body")
        name = self._line.text[referent.hit.start : referent.hit.end]
        self._memory.owner = None
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

    # -- units ---------------------------------------------------------------------------------------------------

    def _units(self, mention: UnitMention) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for base in self._bases(mention):
            if base.rule.startswith("reject/"):
                return [
                    self._rejected(
                        mention.start,
                        mention.end,
                        base.rule,
                        "a unit of no instrument or act that the text names",
                    )
                ]
            outcomes.extend(self._emit(base, mention.units, mention.start, mention.end))
            last = (*base.path, *mention.units[-1].path)
            if base.kind is CitationKind.PROVISION:
                self._memory.provision = (base.key, last, self._place.block)
            stem = Base(
                base.kind, base.key, base.rule, _stem(last, mention.step), base.reason, base.candidates
            )
            self._memory.units = (stem, mention.step, self._sentence(mention.start), mention.start)
        return outcomes

    def _emit(
        self, base: Base, units: Iterable[Unit], start: int, end: int, *, always_span: bool = False
    ) -> list[Outcome]:
        return [
            self._outcome(base, start, end, unit.path, self._line.text[unit.start : unit.end])
            for unit in units
        ]

    def _outcome(self, base: Base, start: int, end: int, path: Path, unit: str) -> Outcome:
        steps = (*base.path, *path)
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

    def _bases(self, mention: UnitMention) -> list[Base]:
        link = mention.link
        match link.kind:
            case LinkKind.NAME:
                return [self._of_name(link)]
            case LinkKind.ACT:
                return self._of_acts(link)
            case LinkKind.SELF:
                return [self._of_self(mention)]
            case LinkKind.UNIT:
                return [self._of_unit(mention)]
            case LinkKind.THEREOF | LinkKind.POSSESSIVE:
                return [self._thereof(mention)]
            case LinkKind.UNKNOWN:
                return [self._of_unknown(mention)]
            case LinkKind.NONE:
                return [self._alone(mention)]

    def _of_name(self, link: Link) -> Base:
        referent = self._names.get(link.at)
        if referent is None:
            return Base(CitationKind.PROVISION, None, "provision/named", reason=Reason.UNKNOWN_INSTRUMENT)
        return self._of_instrument(referent, "provision/named" if referent.named else "provision/alias")

    def _of_instrument(self, referent: Referent, rule: str) -> Base:
        name = self._line.text[referent.hit.start : referent.hit.end]
        if referent.hit.domain == TOOL or (referent.key is None and referent.reason is None):
            return Base(
                CitationKind.PROVISION, None, rule, reason=Reason.UNKNOWN_INSTRUMENT, candidates=(name,)
            )
        return Base(
            CitationKind.PROVISION,
            referent.key,
            rule,
            (),
            referent.reason,
            referent.candidates or ((name,) if referent.key is None else ()),
        )

    def _of_acts(self, link: Link) -> list[Base]:
        if link.act is None:
            key, block = self._memory.acts.get(link.step, (None, -9))
            if key is None or not self._near(block):
                return [Base(CitationKind.ACT, None, "reject/no-antecedent")]
            return [Base(CitationKind.ACT, key, "act/back-reference")]
        bases = []
        for position, number in enumerate(link.act.numbers):
            base = self._act(link.act, number, first=position == 0)
            bases.append(base or Base(CitationKind.ACT, None, "reject/number-alone"))
        return bases

    def _of_self(self, mention: UnitMention) -> Base:
        enclosing = self._place.around(mention.start)
        if enclosing:
            return self._inside(mention, enclosing)
        if mention.top in ("para", "section"):
            return Base(CitationKind.ACT, self._own_key, "act/own-paragraph", self._annex())
        if mention.top == "sub" and self._place.paragraph:
            above = ("para", *self._place.paragraph[: -1 if len(self._place.paragraph) > 1 else None])
            return Base(CitationKind.ACT, self._own_key, "act/own-paragraph", (*self._annex(), *above))
        return Base(CitationKind.ACT, None, "reject/self")

    def _annex(self) -> Path:
        return ("annex",) if self._place.annexed else ()

    def _own(self, mention: UnitMention) -> Base | None:
        """ "as described in paragraph 9", with nothing said of what: the text's own paragraph, if it has one."""
        if mention.top != "para" or self._paper_since(mention.start):
            return None
        known = self._numbers.annex if self._place.annexed else self._numbers.operative
        numbers = {
            unit.path[1] for unit in mention.units if unit.path[:1] == ("para",) and len(unit.path) > 1
        }
        if not numbers or not numbers <= known:
            return None
        return Base(CitationKind.ACT, self._own_key, "act/own-paragraph", self._annex())

    def _inside(self, mention: UnitMention, enclosing: Enclosing) -> Base:
        """Units of the treaty that the block stands in: "article 3", "paragraph 4", "subparagraph (b)"."""
        path: Path = ()
        if mention.top == "para":
            path = _down_to(enclosing.path, "art")
        elif mention.top == "sub":
            path = _down_to(enclosing.path, "para") or _down_to(enclosing.path, "art")
        elif enclosing.path[:1] == ("annex",):
            path = enclosing.path[:2] if mention.top != "annex" else ()
        reason = None if enclosing.instrument else Reason.UNKNOWN_INSTRUMENT
        return Base(CitationKind.PROVISION, enclosing.instrument, "provision/enclosing", path, reason)

    def _of_unit(self, mention: UnitMention) -> Base:
        """ "paragraph 10 of this article": the article around in a treaty, the article named last elsewhere."""
        link = mention.link
        enclosing = self._place.around(mention.start)
        if enclosing and link.determiner == "this":
            path = _down_to(enclosing.path, link.step)
            if path:
                reason = None if enclosing.instrument else Reason.UNKNOWN_INSTRUMENT
                return Base(CitationKind.PROVISION, enclosing.instrument, "provision/enclosing", path, reason)
        if self._memory.provision and self._near(self._memory.provision[2]):
            key, path, _ = self._memory.provision
            path = _down_to(path, link.step)
            if path:
                reason = None if key else Reason.UNKNOWN_INSTRUMENT
                return Base(CitationKind.PROVISION, key, "provision/back-reference", path, reason)
        return Base(CitationKind.PROVISION, None, "reject/no-antecedent")

    def _thereof(self, mention: UnitMention) -> Base:
        """ "article 4 thereof", "the annex thereto": the instrument or act of the sentence that was named last."""
        instruments = self._before(mention.start, INSTRUMENT)
        act = self._act_before(mention.start)
        if act and (mention.top in ("annex", "para", "section", "sub") or not instruments):
            return Base(CitationKind.ACT, act, "act/back-reference")
        if instruments:
            return self._of_instrument(instruments[0], "provision/sentence")
        return Base(CitationKind.PROVISION, None, "reject/no-antecedent")

    def _act_before(self, offset: int) -> str | None:
        """The act cited last in the same sentence."""
        key, sentence = self._memory.act
        return key if sentence == self._sentence(offset) else None

    def _of_unknown(self, mention: UnitMention) -> Base:
        """Units of something that no name says: an article always is a provision, a paragraph may be of any paper."""
        line = self._line
        index = line.words.index_at(mention.end)
        kinds = (line.lex(i, "paper") or line.lex(i, "instrument_noun") for i in range(index, index + 6))
        noun = next((found[0].role for found in kinds if found), "")
        if mention.top == "art" or (
            noun == "instrument_noun" and mention.top not in ("annex", "appendix", "table")
        ):
            return Base(
                CitationKind.PROVISION,
                None,
                "provision/unknown",
                reason=Reason.UNKNOWN_INSTRUMENT,
                candidates=(mention.link.text,),
            )
        return Base(CitationKind.PROVISION, None, "reject/other-text")

    def _alone(self, mention: UnitMention) -> Base:
        """Units with nothing after them: what the sentence named last, the treaty around, the document's own treaty."""
        enclosing = self._place.around(mention.start)
        if enclosing and not self._possessive(mention):
            return self._inside(mention, enclosing)
        if mention.top in ("para", "sub"):
            return (
                self._continued(mention)
                or self._own(mention)
                or Base(CitationKind.ACT, None, "reject/no-antecedent")
            )
        if mention.top in ("annex", "appendix", "section", "part"):
            return Base(CitationKind.PROVISION, None, "reject/no-antecedent")
        rule = "provision/bracketed" if mention.bracketed else "provision/sentence"
        instruments = self._before(mention.start, INSTRUMENT)
        if instruments and (mention.top == "art" or instruments[0].key):
            return self._of_instrument(instruments[0], rule)
        if mention.top != "art":
            return Base(CitationKind.PROVISION, None, "reject/no-antecedent")
        following = self._after(mention.start, INSTRUMENT)
        if following:
            return self._of_instrument(following[0], rule)
        if self._memory.provision and self._memory.provision[2] == self._place.block:
            key = self._memory.provision[0]
            return Base(
                CitationKind.PROVISION,
                key,
                "provision/paragraph",
                (),
                None if key else Reason.UNKNOWN_INSTRUMENT,
            )
        if self._scope.founding:
            return Base(CitationKind.PROVISION, self._scope.founding, "provision/founding-treaty")
        return Base(CitationKind.PROVISION, None, rule, reason=Reason.NO_ANTECEDENT)

    def _possessive(self, mention: UnitMention) -> bool:
        index = self._line.words.index_at(mention.start)
        return self._line.lex(index - 1, "possessive") is not None

    def _continued(self, mention: UnitMention) -> Base | None:
        """ "paragraph 13" after "paragraphs 1 to 10 of the annex": a unit beside, or below, what was cited last."""
        sentence = self._sentence(mention.start)
        if self._paper_since(mention.start):
            return None
        if self._memory.units and self._memory.units[2] == sentence:
            base, step, _, _ = self._memory.units
            if step == mention.top or (mention.top == "para" and step == "sub"):
                return base
            if mention.top == "para" and base.kind is CitationKind.PROVISION and self._memory.provision:
                key, path, _ = self._memory.provision
                article = _down_to(path, "art")
                if article:
                    return Base(base.kind, key, "provision/sentence", article, base.reason, base.candidates)
        act = self._act_before(mention.start)
        if act and mention.top == "para":
            return Base(CitationKind.ACT, act, "act/sentence")
        return None

    def _paper_since(self, offset: int) -> bool:
        """Whether a report or the like was named after the last act or unit of the sentence."""
        line = self._line
        for index in range(
            line.words.index_at(offset) - 1, line.words.index_at(self._sentence_start(offset)) - 1, -1
        ):
            if line.lex(index, "paper"):
                return True
            if line.lex(index, "act") or line.lex(index, "unit"):
                return False
        return False

    # -- back-references -----------------------------------------------------------------------------------------

    def _back(self, mention: BackReference) -> list[Outcome]:
        text = self._line.text[mention.start : mention.end]
        if mention.act:
            key, block = self._memory.acts.get(mention.what, (None, -9))
            if key and self._near(block):
                return [
                    Outcome(
                        mention.start,
                        mention.end,
                        CitationKind.ACT,
                        "act/back-reference",
                        target=key,
                        unit=text,
                    )
                ]
            return [
                self._rejected(
                    mention.start, mention.end, "reject/no-antecedent", "no act was cited just before"
                )
            ]
        base = self._back_to_provision(mention)
        if base is None:
            return [
                self._rejected(
                    mention.start, mention.end, "reject/no-antecedent", "no provision was cited just before"
                )
            ]
        return [self._outcome(base, mention.start, mention.end, (), text)]

    def _back_to_provision(self, mention: BackReference) -> Base | None:
        enclosing = self._place.around(mention.start)
        if enclosing and mention.determiner == "this":
            path = _down_to(enclosing.path, "art") if mention.what == "art" else ()
            if not path:
                return None
            reason = None if enclosing.instrument else Reason.UNKNOWN_INSTRUMENT
            return Base(CitationKind.PROVISION, enclosing.instrument, "provision/enclosing", path, reason)
        if self._memory.provision is None or not self._near(self._memory.provision[2]):
            return None
        if mention.what not in ("provision", "art", "para"):
            return None
        key, path, _ = self._memory.provision
        if mention.what != "provision":
            path = _down_to(path, mention.what)
        if not path or (mention.what == "para" and mention.determiner == "this"):
            return None
        return Base(
            CitationKind.PROVISION,
            key,
            "provision/back-reference",
            path,
            None if key else Reason.UNKNOWN_INSTRUMENT,
        )

    # -- documents and publications ------------------------------------------------------------------------------

    def _symbol(self, mention: SymbolMention) -> list[Outcome]:
        if mention.symbol == self._own_symbol:
            return [self._rejected(mention.start, mention.end, "reject/self", "the document's own symbol")]
        text = self._line.text[mention.start : mention.end]
        return [
            Outcome(
                mention.start,
                mention.end,
                CitationKind.DOCUMENT,
                "document/symbol",
                target=f"document/{mention.symbol}",
                unit=text,
            )
        ]

    def _publications(self, mention: PublicationMention) -> list[Outcome]:
        series = "" if mention.rule == "publication/sales-number" else "unts/"
        if mention.ibid and self._memory.series != series:
            return [
                self._rejected(
                    mention.start,
                    mention.end,
                    "reject/no-antecedent",
                    "the publication before is of another kind",
                )
            ]
        if not mention.ibid:
            self._memory.series = series
        return [
            Outcome(
                mention.start,
                mention.end,
                CitationKind.PUBLICATION,
                mention.rule,
                target=f"publication/{series}{key}",
                unit=key,
            )
            for key in mention.keys
        ]

    # -- happenings ----------------------------------------------------------------------------------------------

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
        key = body.key if isinstance(body, Referent) else body
        assert key is not None
        return [self._held(key, mention, number) for number, _, _ in mention.ordinals]

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
        if len(chosen) < len(mention.ordinals):
            return []
        return [
            self._held(referent.key, mention, number)
            for referent, (number, _, _) in zip(chosen, mention.ordinals, strict=True)
            if referent.key
        ]

    def _held(self, body: str, mention: HappeningMention, number: str) -> Outcome:
        rule = "happening/ordinal" if mention.word else "happening/numbered-name"
        target = f"{self._counts(body, mention)}/{self._registry.bodies[body].happening_stem}/{number}"
        return Outcome(mention.start, mention.end, CitationKind.HAPPENING, rule, target=target, unit=number)

    def _in_masthead(self, mention: HappeningMention) -> bool:
        line = self._line
        if self._place.masthead and mention.word and not mention.possessive and mention.body < 0:
            return True
        whole = mention.start <= line.start(0) and mention.end >= len(line.text.rstrip(" .,"))
        if whole:
            return True
        return any(
            line.lex(index, "official_records")
            for index in range(
                line.words.index_at(self._sentence_start(mention.start)), line.words.index_at(mention.start)
            )
        )

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
        if mention.body >= 0:
            return self._names.get(mention.body)
        if mention.unknown:
            return None
        bodies = self._registry.bodies

        def able(key: str) -> bool:
            return bodies[key].counts is not None

        def fits(key: str) -> bool:
            return bodies[key].counts == mention.word or (mention.sitting and able(key))

        if mention.possessive:
            return self._owner(mention.start, True, able, named=False)
        near = next((r for r in self._before(mention.start, BODY) if r.key is None or fits(r.key)), None)
        own = self._scope.own(fits)
        if near and near.key and not self._opened_between(near.hit.end, mention.start):
            return near
        return own or near

    # -- names without a reference ------------------------------------------------------------------------------

    def _named_things(self, outcomes: list[Outcome]) -> list[Outcome]:
        """Instruments, bodies, tools and texts that are named and are no part of another citation."""
        kinds = {
            INSTRUMENT: CitationKind.TREATY,
            BODY: CitationKind.BODY,
            TOOL: CitationKind.TOOL,
            TEXT: CitationKind.TREATY,
        }
        taken = [(outcome.start, outcome.end) for outcome in outcomes if not outcome.cause]
        named = []
        for _, referent in sorted(self._names.items()):
            hit = referent.hit
            if referent.key is None or hit.nested or any(s < hit.end and hit.start < e for s, e in taken):
                continue
            rule = f"name/{'alias' if hit.bare else hit.domain}"
            named.append(
                Outcome(
                    hit.start,
                    hit.end,
                    kinds[hit.domain],
                    rule,
                    target=referent.key,
                    unit=self._line.text[hit.start : hit.end],
                )
            )
        return named


def _down_to(path: Path, step: str) -> Path:
    """A path down to its unit of that kind: ("art", "18", "para", "3", "a") down to "para" loses the letter."""
    for index in range(len(path) - 2, -1, -1):
        if path[index] == step:
            return path[: index + 2]
    return ()


def _stem(path: Path, step: str) -> Path:
    """What stands above the unit of that kind: the path of what a next unit of the kind is beside."""
    if step == "sub":
        return path[:-1]
    down = _down_to(path, step)
    return down[:-2] if down else path
