"""A sentence that tells of an action and breaks off, and the entries of its list → one action for each entry.

"The Group recommended that:" leads on to "(a) States mark their dams;" and "(b) The Secretariat draw maps", which
each has its own addressee; "requested the Secretariat to:" to entries that share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from treatygraph.acts.addressees import Addressed, of_entry
from treatygraph.acts.clauses import Sentence, Told, Voice
from treatygraph.acts.narrative import Draft
from treatygraph.acts.operative import Head, breaks_off, is_child
from treatygraph.acts.passages import Passage
from treatygraph.model.text import BlockKind
from treatygraph.parse.labels import Reading, leading_labels

_ENTRY: Final = BlockKind.LIST_ITEM
# What can stand between a label and a subject: a space and an article.
_ARTICLE: Final = 6


@dataclass(frozen=True, slots=True)
class ToldList:
    """What a list hangs on: the action that broke off, the passage that it ends, the label of the last entry."""

    draft: Draft
    passage: Passage
    last: tuple[Reading, ...] | None = None

    @property
    def begun(self) -> bool:
        """Whether an entry was read."""
        return self.last is not None


def told_list(draft: Draft, passage: Passage) -> ToldList | None:
    """The list that *draft*, the last action told in *passage*, leads on to; None where its sentence is whole."""
    head, sentence = draft.told, draft.sentence
    if head.voice is not Voice.ACTIVE or head.relative is not None:
        return None
    if passage.text[-len(draft.passage.text) :] != draft.passage.text:
        return None  # another sentence follows
    opened = Head(head.start, head.verb_start, head.verb_end, head.verb, complement=head.complement)
    if not breaks_off(opened, sentence, draft.addressed, sentence.language):
        return None
    return ToldList(draft, passage)


def tells_itself(passage: Passage, drafted: Sequence[Draft]) -> bool:
    """Whether a passage begins with who did what itself, and inherits nothing."""
    labels = leading_labels(passage.text)
    begin = (labels[-1].end if labels else 0) + _ARTICLE
    return any(
        draft.told.voice is Voice.ACTIVE
        and draft.told.relative is None
        and draft.told.start <= begin
        and draft.passage.offsets[0] == passage.offsets[0]
        for draft in drafted
    )


def entry(chapeau: ToldList, passage: Passage, sentence: Sentence) -> tuple[ToldList, Draft | None] | None:
    """The action of an entry, None for one below an entry; nothing where the list is over."""
    number = passage.paragraph.number if passage.paragraph else None
    above = chapeau.passage.paragraph.number if chapeau.passage.paragraph else None
    same = (passage.place, passage.item) == (chapeau.passage.place, chapeau.passage.item)
    if passage.block is not _ENTRY or not same:
        return None
    if not is_child(number, above):
        return (chapeau, None) if number and above and number.startswith(f"{above} ") else None
    labels = leading_labels(passage.text)
    readings = labels[-1].readings if labels else ()
    if chapeau.last is not None and not _beside(readings, chapeau.last):
        return chapeau, None
    start = labels[-1].end if labels else 0
    start += len(passage.text[start:]) - len(passage.text[start:].lstrip())
    if start + 1 >= sentence.end:
        return None
    return replace(chapeau, last=readings), _of(chapeau.draft, passage, sentence, start)


def _beside(label: tuple[Reading, ...], last: tuple[Reading, ...]) -> bool:
    """Whether an entry stands beside the last one: its label follows, or neither has any."""
    if not (label and last):
        return label == last
    return any(reading.follows(before) for reading in label for before in last)


def _of(chapeau: Draft, passage: Passage, sentence: Sentence, start: int) -> Draft:
    head = chapeau.told
    whom: Addressed = chapeau.addressed
    if not (whom.keys or whom.text):
        led_by = chapeau.sentence.text[head.verb_end : chapeau.sentence.end]
        whom = of_entry(
            head.verb, led_by, sentence.text, start, sentence.end, sentence.mentions, sentence.language
        )
    told = Told(start, start, start, head.verb, Voice.ACTIVE, None, None)
    return replace(
        chapeau,
        passage=passage,
        sentence=sentence,
        told=told,
        start=start,
        end=sentence.end,
        actor_at=None,
        source=None,
        addressed=whom,
        method=None,
        occasion=None,
        rule="acts/told-active-inherited",
        chapeau=chapeau,
    )
