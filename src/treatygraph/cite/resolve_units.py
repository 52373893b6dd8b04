"""Mentions of units → their keys: what the articles and paragraphs are part of, and back-references to them."""

from __future__ import annotations

from treatygraph.cite.context import Base, Outcome
from treatygraph.cite.grammar.units import ANNEXED
from treatygraph.cite.mentions import BackReference, Link, LinkKind, Path, UnitMention
from treatygraph.cite.names import INSTRUMENT, TOOL
from treatygraph.cite.referents import Enclosing, Referent
from treatygraph.cite.resolve_acts import ActResolver
from treatygraph.model.citations import CitationKind, Reason

_FAR = 8  # words
_RIGHT_BEHIND = 3  # words
_BESIDE_ANNEX = 5  # words from one annex to the next of a list
_STEPS_OF_UNIT = 2
_SEPARATORS = (",", "、")
_KEPT = ("reject/no-antecedent", "reject/other-text")  # what no article is rejected for


class UnitResolver(ActResolver):
    """Resolves units of instruments and acts, and "the same provision"."""

    def _units(self, mention: UnitMention) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for base in self._bases(mention):
            if base.rule in _KEPT and any("art" in unit.path for unit in mention.units):
                # An article is always one of something: what that is stays open.
                base = Base(CitationKind.PROVISION, None, "provision/sentence", reason=Reason.NO_ANTECEDENT)
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
                self._keep_articles(base, mention)
            stem = Base(
                base.kind, base.key, base.rule, _stem(last, mention.step), base.reason, base.candidates
            )
            self._memory.units = (stem, mention.step, self._sentence(mention.start), mention.start)
        return outcomes

    def _keep_articles(self, base: Base, mention: UnitMention) -> None:
        """Remembers whose articles an agenda item names in full, which the same numbers alone mean later in it."""
        item = self._place.item
        if item is None or base.key is None or base.rule not in ("provision/named", "provision/alias"):
            return
        for unit in mention.units:
            path = (*base.path, *unit.path)
            if path[:1] == ("art",):
                known = self._memory.articles.get((item, path[1]), ())
                self._memory.articles[item, path[1]] = tuple(dict.fromkeys((*known, base.key)))

    def _of_item(self, mention: UnitMention) -> Base | None:
        """ "article 6" alone, where the same agenda item named the article 6 of one instrument."""
        named = {
            self._memory.articles.get((self._place.item or "", unit.path[1]), ())
            for unit in mention.units
            if unit.path[:1] == ("art",)
        }
        keys = next(iter(named), ())
        if len(named) != 1 or len(keys) != 1:
            return None
        return Base(CitationKind.PROVISION, keys[0], "provision/item")

    def _bases(self, mention: UnitMention) -> list[Base]:
        link = mention.link
        if any("regulation" in unit.path for unit in mention.units):
            return [self._of_regulation(link)]
        match link.kind:
            case LinkKind.NAME:
                return self._of_each(link) or [self._of_name(link)]
            case LinkKind.ACT:
                return self._of_acts(link, mention.start)
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

    def _of_regulation(self, link: Link) -> Base:
        """ "regulation 4.2": no instrument of the registry has regulations, so that it stays open whose it is."""
        referent = self._names.get(link.at)
        name = self._line.text[referent.hit.start : referent.hit.end] if referent else link.text
        return Base(
            CitationKind.PROVISION,
            None,
            "provision/unknown",
            reason=Reason.UNKNOWN_INSTRUMENT,
            candidates=(name,) if name else (),
        )

    def _of_each(self, link: Link) -> list[Base]:
        """ "article 3 common to the Geneva Conventions": the article of each, where one name means all of them."""
        referent = self._names.get(link.at) if link.common else None
        if referent is None:
            return []
        if any(entry.shared for entry in referent.hit.entries):
            return [Base(CitationKind.PROVISION, key, "provision/common") for key in referent.candidates]
        others = [self._names[at] for at in link.others if at in self._names]
        return (
            [self._of_instrument(each, "provision/common") for each in (referent, *others)] if others else []
        )

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

    def _of_acts(self, link: Link, start: int) -> list[Base]:
        if link.act is None:
            key, block = self._memory.acts.get(link.step, (None, -9))
            if key is None or not self._near(block):
                return [Base(CitationKind.ACT, None, "reject/no-antecedent")]
            self._memory.act = (key, self._sentence(start))
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
            lettered = mention.top == "para" and mention.units[0].path[:1] != ("para",)
            path = (*self._annex(), "para") if lettered else self._annex()  # "paragraph (a) above"
            return Base(CitationKind.ACT, self._document.key, "act/own-paragraph", path)
        if mention.top == "sub" and self._place.paragraph:
            above = ("para", *self._place.paragraph[: -1 if len(self._place.paragraph) > 1 else None])
            return Base(CitationKind.ACT, self._document.key, "act/own-paragraph", (*self._annex(), *above))
        return Base(CitationKind.ACT, None, "reject/self")

    def _annex(self) -> Path:
        return ("annex",) if self._place.annexed else ()

    def _own(self, mention: UnitMention) -> Base | None:
        """ "as described in paragraph 9", with nothing said of what: the text's own paragraph, if it has one."""
        if self._paper_since(mention.start):
            return None
        if mention.top == "sub" and len(self._place.paragraph) > 1:
            return self._of_self(mention)
        if mention.top != "para":
            return None
        known = self._document.numbers.annex if self._place.annexed else self._document.numbers.operative
        numbers = {
            unit.path[1] for unit in mention.units if unit.path[:1] == ("para",) and len(unit.path) > 1
        }
        if not numbers or not numbers <= known:
            return None
        return Base(CitationKind.ACT, self._document.key, "act/own-paragraph", self._annex())

    def _inside(self, mention: UnitMention, enclosing: Enclosing) -> Base:
        """Units of the treaty that the block stands in: "article 3", "paragraph 4", "subparagraph (b)"."""
        path: Path = ()
        if mention.top == "para":
            path = _down_to(enclosing.path, "art")
        elif mention.top == "sub":
            path = _down_to(enclosing.path, "para") or _down_to(enclosing.path, "art")
        elif enclosing.path[:1] == ("annex",):
            path = enclosing.path[:2] if mention.top != "annex" else ()
        return self._enclosed(enclosing, path)

    def _enclosed(self, enclosing: Enclosing, path: Path) -> Base:
        """A part of the treaty around; of one that the registry lacks, its title is what was meant."""
        key = enclosing.instrument
        reason = None if key else Reason.UNKNOWN_INSTRUMENT
        titles = (enclosing.title,) if enclosing.title and key is None else ()
        return Base(CitationKind.PROVISION, key, "provision/enclosing", path, reason, titles)

    def _of_unit(self, mention: UnitMention) -> Base:
        """ "paragraph 10 of this article": the article around in a treaty, the article named last elsewhere."""
        link = mention.link
        enclosing = self._place.around(mention.start)
        if enclosing and link.determiner == "this":
            path = _down_to(enclosing.path, link.step)
            if path:
                return self._enclosed(enclosing, path)
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
            if self._line.lex(self._line.words.index_at(mention.end), "paper"):  # "пункт 5 повестки дня"
                return Base(CitationKind.ACT, None, "reject/other-text")
            return (
                self._continued(mention)
                or self._own(mention)
                or Base(CitationKind.ACT, None, "reject/no-antecedent")
            )
        act = self._act_before(mention.start)
        if mention.top == "section" and mention.step != "section":
            told, (block, _) = (
                self._memory.act
            )  # "paragraph 2 of section A", in a later sentence of the same block
            if act or (told and block == self._place.block):
                return Base(CitationKind.ACT, act or told, "act/sentence")
        if act and mention.top == "annex" and not self._paper_since(mention.start):
            # "résolution 60/1, en particulier les paragraphes 1 à 10 de l’annexe"
            bare = all(path[:1] == ("annex",) and path[1:2] == ("para",) for path in _paths(mention))
            if bare:
                return Base(CitationKind.ACT, act, "act/sentence")
        rule = "provision/bracketed" if mention.bracketed else "provision/sentence"
        instruments = self._before(mention.start, INSTRUMENT)
        if mention.top in ANNEXED and (beside := self._beside_annex(mention)):
            return beside
        if mention.top in ("annex", "appendix", "section", "part"):
            owned = instruments and instruments[0].key and self._possessive(mention)
            if owned and mention.top in ANNEXED:  # "the Convention and its Annexes A and B"
                return self._of_instrument(instruments[0], rule)
            if (
                mention.top == "appendix"
                and self._scope.founding
                and not instruments
                and self._in_roman(mention)
            ):
                return Base(CitationKind.PROVISION, self._scope.founding, "provision/founding-treaty")
            return Base(CitationKind.PROVISION, None, "reject/no-antecedent")
        if instruments and (mention.top == "art" or instruments[0].key):
            return self._in_annex(instruments[0], mention.start) or self._of_instrument(instruments[0], rule)
        if mention.top != "art":
            return Base(CitationKind.PROVISION, None, "reject/no-antecedent")
        following = [
            r
            for r in self._after(mention.start, INSTRUMENT)
            if not (self._has_own(r) or self._stands_beside(mention, r))
        ]
        if following and self._may_follow(mention, following[0]):
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
        of_item = self._of_item(mention)
        if of_item:
            return of_item
        if self._scope.founding:
            return Base(CitationKind.PROVISION, self._scope.founding, "provision/founding-treaty")
        return Base(CitationKind.PROVISION, None, rule, reason=Reason.NO_ANTECEDENT)

    def _beside_annex(self, mention: UnitMention) -> Base | None:
        """A further annex of the instrument whose annex was cited right before: "《公约》附件二、附件八和附件九"."""
        known, units = self._memory.provision, self._memory.units
        if known is None or units is None or known[0] is None or known[1][:1] != (mention.top,):
            return None
        words = self._line.words
        index = words.index_at(mention.start)
        joined = words.norm(index - 1) in _SEPARATORS or self._line.lex(index - 1, "and") is not None
        near = index - words.index_at(units[3]) <= _BESIDE_ANNEX and units[2] == self._sentence(mention.start)
        if not (joined and near and len(known[1]) == _STEPS_OF_UNIT):
            return None
        return Base(CitationKind.PROVISION, known[0], "provision/sentence")

    def _may_follow(self, mention: UnitMention, instrument: Referent) -> bool:
        """Whether units can be of an instrument that the sentence names only behind them.

        What a conference of parties says of articles alone is of its own treaty, unless the other stands right behind.
        """
        founding = self._scope.founding
        if founding is None or instrument.key == founding:
            return True
        behind = instrument.hit.first - self._line.words.index_at(mention.end)
        return instrument.key is not None and behind <= _RIGHT_BEHIND

    def _in_annex(self, instrument: Referent, start: int) -> Base | None:
        """The annex cited right before, its units behind a comma: "annex I to the Convention, articles 8 and 9"."""
        if self._memory.provision is None or self._line.text[instrument.hit.end : start].strip() != ",":
            return None
        key, path, block = self._memory.provision
        if (
            key is None
            or key != instrument.key
            or len(path) != 2
            or path[0] != "annex"
            or block != self._place.block
        ):
            return None
        return Base(CitationKind.PROVISION, key, "provision/sentence", path)

    def _has_own(self, instrument: Referent) -> bool:
        """Whether units of its own stand right behind an instrument: "…, and the Optional Protocol, article 1"."""
        words, index = self._line.words, instrument.hit.last
        return self._line.lex(index + 1 if words.norm(index) == "," else index, "unit") is not None

    def _stands_beside(self, mention: UnitMention, instrument: Referent) -> bool:
        """Whether an instrument is joined to units, and not what they are of: "Articles 9 and 10, and the Protocol"."""
        words = self._line.words
        index = words.index_at(mention.end)
        index += words.norm(index) == ","
        joined = self._line.lex(index, "and")
        the = self._line.lex(joined[1], "the") if joined else None
        return joined is not None and instrument.hit.first in (joined[1], the[1] if the else -1)

    def _in_roman(self, mention: UnitMention) -> bool:
        """Whether the numbers are Roman, as treaties print those of appendices that lists of things are in."""
        return all(self._line.text[unit.start : unit.end].isupper() for unit in mention.units)

    def _possessive(self, mention: UnitMention) -> bool:
        index = self._line.words.index_at(mention.start)
        return self._line.lex(index - 1, "possessive") is not None

    def _continued(self, mention: UnitMention) -> Base | None:
        """ "paragraph 13" after "paragraphs 1 to 10 of the annex": a unit beside, or below, what was cited last."""
        sentence = self._sentence(mention.start)
        if self._paper_since(mention.start):
            return None
        act = self._act_before(mention.start)
        newer = (
            act is not None
            and self._memory.units is not None
            and self._memory.act_end > self._memory.units[3]
        )
        if self._memory.units and self._memory.units[2] == sentence and not newer:
            base, step, _, _ = self._memory.units
            if step == mention.top or (mention.top == "para" and step == "sub"):
                return base
            if mention.top == "para" and base.kind is CitationKind.PROVISION and self._memory.provision:
                key, path, _ = self._memory.provision
                article = _down_to(path, "art")
                if article:
                    return Base(base.kind, key, "provision/sentence", article, base.reason, base.candidates)
        if act and mention.top == "para" and not (self._far_from_act(mention.start) and self._own(mention)):
            return Base(CitationKind.ACT, act, "act/sentence")
        return None

    def _far_from_act(self, offset: int) -> bool:
        """Whether a clause stands between the act cited last and an offset: a paragraph may then be the text's own."""
        return self._line.words.index_at(offset) - self._line.words.index_at(self._memory.act_end) > _FAR

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
            return self._enclosed(enclosing, path)
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


def _paths(mention: UnitMention) -> list[Path]:
    return [unit.path for unit in mention.units]


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
