"""The operative paragraphs of a document, read one by one → its actions, with the section that each stands in."""

from __future__ import annotations

import re
from typing import Final

from treatygraph.acts.addressees import NOBODY
from treatygraph.acts.asked import Asked
from treatygraph.acts.clauses import Sentence, Told, Voice
from treatygraph.acts.details import Details, details, with_reaffirmed
from treatygraph.acts.mandates import modality
from treatygraph.acts.narrative import Draft
from treatygraph.acts.objects import Setting, related
from treatygraph.acts.objects import ordered as ordered_objects
from treatygraph.acts.operative import Head, Ordered, inherit, is_child, read_paragraph
from treatygraph.acts.passages import Passage
from treatygraph.acts.sections import Section, section_at
from treatygraph.model.actions import Action

# A paragraph or sentence with the verbs by which a body acts in it; one without any may go on with a chapeau.
Spoken = tuple[Passage, Sentence, tuple[Head, ...]]
_FIGURES: Final = re.compile(r"[*_\s]{0,4}(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s")
_COLONS: Final = (":", "：")
_BRACKETS: Final = (("(", ")"), ("[", "]"), ("（", "）"))
_LONGEST_ADDRESSEE: Final = 120
# What numbers an entry by a word: "Art. 3 - To approve the plan".
_LABEL: Final = re.compile(r"[*_\s]{0,4}[^\W\d_]{2,9}\.?\s\d{1,3}\b")


def orders_of(ordered: list[Spoken | None], parts: tuple[Section, ...], setting: Setting) -> list[Action]:
    """The actions of operative paragraphs; a chapeau that breaks off gives its verb to its sub-paragraphs.

    None stands for what is no such paragraph: what has no number behind it is no sub-paragraph.
    """
    found: list[Action] = []
    chapeau: Ordered | None = None
    children = 0
    parted = counted = False
    deep = 0  # how many figures number the entries of the list at hand
    last: str | None = None  # the number of its last entry
    under: Ordered | None = None  # its last entry, where that leads on to entries of its own

    def emit(action: Ordered) -> None:
        found.append(_order_action(action, parts, setting))

    def close() -> None:
        nonlocal chapeau, under
        if chapeau is not None and children == 0 and _says_something(chapeau):
            emit(under or chapeau)
        chapeau = under = None

    for each in ordered:
        if each is None:
            parted = True
            continue
        passage, sentence, own = each
        number = passage.paragraph.number if passage.paragraph else None
        parent = chapeau.passage.paragraph.number if chapeau and chapeau.passage.paragraph else None
        # What somebody is to do may begin as what a body does in a language without infinitives ("设立一个基金").
        whom = chapeau.addressed if chapeau is not None else NOBODY
        told_what = number is not None and bool(whom.keys or whom.text)
        if chapeau is not None and (not own or (told_what and is_child(number, parent))):
            depth = _depth(passage.text)
            deep = depth if children == 0 else deep
            if depth != deep and min(depth, deep) > 0:  # "2. The plan" below "1.1. To map dams"
                continue
            labelled = number is not None or _LABEL.match(passage.text) is not None
            if is_child(number, parent) and (labelled or not (parted or counted)):
                counted = counted or labelled
                if _is_remark(passage.text):
                    continue
                if number is None and _addresses(passage.text):
                    under = inherit(chapeau, passage, sentence)
                    continue
                emit(inherit(under or chapeau, passage, sentence))
                children += 1
                last = number
                continue
            # "2 (a)" under "2", which is an entry of a list of "DECIDES:", is part of what that entry says.
            if _is_deeper(number, parent) or _is_part(number, last) or (counted and not labelled):
                continue
        close()
        actions, chapeau = read_paragraph(passage, sentence, own, setting.language)
        children, parted, counted, last = 0, False, False, None
        for action in actions:
            emit(action)
    close()
    return found


def _is_remark(text: str) -> bool:
    """Whether a line stands in brackets from its first sign to its last: "(Proposal 20.3, 4th meeting)"."""
    line = text.strip()
    return (line[:1], line[-1:]) in _BRACKETS


def _addresses(text: str) -> bool:
    """Whether a line below a verb alone says who is to do what is listed below it: "le Conseil d’administration:"."""
    line = text.strip()
    return line[:1].islower() and line.endswith(_COLONS) and len(line) <= _LONGEST_ADDRESSEE


def _says_something(chapeau: Ordered) -> bool:
    """Whether anything stands behind the verb of a chapeau: "The Conference decides:" alone says nothing."""
    return bool(chapeau.sentence.text[chapeau.verb_at[1] : chapeau.sentence.end].strip(" \n:："))


def _depth(text: str) -> int:
    """How many figures number an entry: two in "2.1. To map the dams"; none where none does."""
    figures = _FIGURES.match(text)
    return figures[1].count(".") + 1 if figures else 0


def _is_part(number: str | None, entry: str | None) -> bool:
    """Whether a paragraph stands below an entry of a list: "2 (a)" below "2"."""
    return number is not None and entry is not None and number.startswith(f"{entry} (")


def _is_deeper(number: str | None, parent: str | None) -> bool:
    return number is not None and parent is not None and number.startswith(parent)


def _order_action(ordered: Ordered, parts: tuple[Section, ...], setting: Setting) -> Action:
    passage, sentence, whom = ordered.passage, ordered.sentence, ordered.addressed
    span = passage.span(ordered.start, ordered.end)
    section = section_at(parts, span.start)
    verb_span = ordered.verb_passage.span(*ordered.verb_at)
    regards = tuple(
        related(passage, m, "regarding", m.key)
        for m in sentence.all_mentions
        if m.kind in {"provision", "tool"}
        and ordered.start <= m.start < ordered.end
        and m.key.startswith(("treaty/", "tool/"))
    )
    asks = _asked_for(ordered, section, setting)
    things = () if ordered.inherited else ordered_objects(_as_draft(ordered, section), setting)
    return Action(
        span=span,
        sentence=passage.span(sentence.start, sentence.end),
        verb=ordered.verb.lemma,
        verb_span=verb_span,
        modality=modality(whom.keys, whom.text),
        actor=section.actor,
        source=section.source,
        addressees=whom.keys,
        addressee_text=whom.text,
        date=section.date,
        objects=things,
        regarding=tuple({r.key: r for r in reversed(regards)}.values())[::-1],
        occasions=asks.occasions,
        deliverables=asks.deliverables,
        deadlines=asks.deadlines,
        recurrence=asks.recurrence,
        builds_on=with_reaffirmed(asks.builds_on, ordered.verb.lemma, things),
        agenda_item=passage.item,
        rule="acts/operative-inherited" if ordered.inherited else "acts/operative",
        source_span=section.span,
    )


def _as_draft(ordered: Ordered, section: Section) -> Draft:
    """An action of an operative paragraph as one that is told in the active, by the body of its section."""
    start, end = ordered.verb_at
    told = Told(ordered.start, start, end, ordered.verb, Voice.ACTIVE, None, None)
    return Draft(
        ordered.passage,
        ordered.sentence,
        told,
        ordered.start,
        ordered.end,
        section.actor,
        None,
        None,
        section.source,
        ordered.addressed,
        None,
        None,
        None,
        "acts/operative",
    )


def _asked_for(ordered: Ordered, section: Section, setting: Setting) -> Details:
    """What an operative paragraph asks; a sub-paragraph takes from its chapeau when it is due and what it builds on."""
    clause = Asked(
        ordered.sentence,
        ordered.verb,
        ordered.start,
        ordered.start if ordered.inherited else ordered.verb_at[1],
        ordered.start if ordered.inherited else ordered.addressed.end,
        ordered.end,
        inherited=ordered.inherited,
    )
    own = details(ordered.passage, clause, setting.registry, section.source, section.actor)
    return own if ordered.chapeau is None else own.under(_asked_for(ordered.chapeau, section, setting))
