"""What a passage leaves open for the passages below it, and what these are by it: entries of lists that it leads on to.

"The Group recommended that:" breaks off; "adopted the following recommendations:" announces them; "At its third
session, the Conference:" leads a list of what that body did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from treatygraph.acts.carriers import fronted, texts_first
from treatygraph.acts.led import leader, led
from treatygraph.acts.mentions import Mention, carrier_key
from treatygraph.acts.narrative import Draft, Thread
from treatygraph.acts.objects import Setting, regarding
from treatygraph.acts.passages import Passage
from treatygraph.acts.recommended import goes_on, opens_recommendations, recommended
from treatygraph.acts.told_actions import plain_action, sentence_of, sentences_of, told_action, told_in
from treatygraph.acts.told_lists import ToldList, entry, tells_itself, told_list
from treatygraph.model.actions import Action
from treatygraph.model.text import BlockKind


@dataclass(frozen=True, slots=True)
class Broken:
    """An action that breaks off before a list, and what the entries take from it."""

    action: Action
    chapeau: ToldList


@dataclass(frozen=True, slots=True)
class Leader:
    """The body of which a list tells, if it has a key, and what carries what it did."""

    actor: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class OpenLists:
    """What stands open: the action that broke off, whether recommendations follow, the body that a list tells of."""

    broken: Broken | None = None
    listing: bool = False
    leader: Leader | None = None

    def below(self, heading: str, language: str) -> OpenLists:
        """What stands open below a heading or a note: recommendations, where the heading is one of theirs."""
        return replace(self, broken=None, listing=self.listing and goes_on(heading, language))


@dataclass(frozen=True, slots=True)
class Telling:
    """A passage with its mentions, the actions and drafts that it tells itself, and what was told under its item."""

    passage: Passage
    mentions: tuple[Mention, ...]
    told: Sequence[Action]
    drafted: Sequence[Draft]
    thread: Thread
    printed_in: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """All that a passage tells, as an entry of lists too; ``led`` is the action that turns out to lead its list."""

    actions: tuple[Action, ...]
    open: OpenLists
    led: Action | None = None


def listed(before: OpenLists, here: Telling, setting: Setting) -> Listed:
    """What a passage tells by itself and by the lists that stand open, and what stands open behind it."""
    entries, broken, whole = _entries(before.broken, here, setting)
    if here.told and here.drafted:
        broken = _breaking(here.told[-1], here.drafted[-1], here.passage) or broken
    actions = [*here.told, *entries]
    listing = (before.listing and not actions) or _announces(here.passage, actions, setting)
    if listing and not actions:
        actions = _recommended_in(here, setting)
    items = _led_in(here, before.leader, setting) if before.leader else []
    lead = before.leader if items else _leader(here, setting)
    return Listed((*actions, *items), OpenLists(broken, listing, lead), whole)


def _breaking(action: Action, draft: Draft, passage: Passage) -> Broken | None:
    """The last action of a passage, where it leads on to a list."""
    found = told_list(draft, passage)
    return None if found is None else Broken(action, found)


def _entries(
    broken: Broken | None, here: Telling, setting: Setting
) -> tuple[list[Action], Broken | None, Action | None]:
    """The action that a passage is as an entry of a list, the list as far as it goes on, and what leads it.

    With its first entry the action that leads the list is none itself.
    """
    passage = here.passage
    if broken is None or tells_itself(passage, here.drafted):
        return [], None, None
    part, sentence = sentence_of(passage, here.mentions, 0, len(passage.text), setting.language)
    found = entry(broken.chapeau, part, sentence)
    if found is None:
        return [], None, None
    goes_on_with, draft = found
    on = replace(broken, chapeau=goes_on_with)
    if draft is None:
        return [], on, None
    action = told_action(draft, (), regarding(draft, (), (), setting.language), setting)
    return [action], on, None if broken.chapeau.begun else broken.action


def _announces(passage: Passage, told: list[Action], setting: Setting) -> bool:
    """Whether a passage in which the body of a report acts ends by announcing its recommendations."""
    acted = any(action.actor == setting.identity.body is not None for action in told)
    return acted and told_in(setting) is not None and opens_recommendations(passage.text, setting.language)


def _recommended_in(here: Telling, setting: Setting) -> list[Action]:
    """The recommendations in a passage of a list that the body of a report adopted."""
    carried = told_in(setting)
    if carried is None:
        return []
    found: list[Action] = []
    for part, sentence in sentences_of(here.passage, here.mentions, setting.language):
        what = recommended(sentence)
        if what is None:
            continue
        source = here.printed_in or carried[1]
        found.append(
            plain_action(part, sentence, what, sentence.end, carried[0], source, "acts/recommended", setting)
        )
    return found


def _leader(here: Telling, setting: Setting) -> Leader | None:
    """The body behind which a passage breaks off ("At its third session, the Conference:")."""
    read = list(sentences_of(here.passage, here.mentions, setting.language))
    body = leader(read[-1][1]) if read else None
    if body is None:
        return None
    named = [m for m in texts_first(list(fronted(read[-1][1]))) if m.start < body.start]
    source = carrier_key(named[0].key) if named else here.thread.keys.get(body.key)
    return Leader(None if body.kind == "organ" else body.key, source)


def _led_in(here: Telling, lead: Leader, setting: Setting) -> list[Action]:
    """What the body that leads a list did in the item that a passage is."""
    passage = here.passage
    part, sentence = sentence_of(passage, here.mentions, 0, len(passage.text), setting.language)
    rule = "acts/told-active-inherited"
    return [
        plain_action(part, sentence, each, each.end, lead.actor, lead.source, rule, setting)
        for each in led(sentence, part.text, listed=passage.block is BlockKind.LIST_ITEM)
        if each.verb.told
    ]
