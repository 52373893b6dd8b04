"""Tree, identity, citations, registry → the actions, happenings and document links that a document tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from treatygraph.acts import happenings as happening_rules
from treatygraph.acts.lexicon import grammar, languages
from treatygraph.acts.links import links
from treatygraph.acts.mentions import UNKEYED, Mention, MentionReader
from treatygraph.acts.narrative import Draft, Thread, drafts
from treatygraph.acts.objects import Heard, Setting, objects, regarding
from treatygraph.acts.open_lists import OpenLists, Telling, listed
from treatygraph.acts.operative import (
    Head,
    advised,
    heads,
    speaks,
    spoken,
)
from treatygraph.acts.orders import Spoken, orders_of
from treatygraph.acts.passages import Passage, passages
from treatygraph.acts.sections import Section, section_at, sections
from treatygraph.acts.speakers import defined_acronyms, head_acronyms, speaker, writes_itself
from treatygraph.acts.told_actions import sentence_of, sentences_of, told_action, told_in
from treatygraph.cite.offices import open_titles
from treatygraph.model.actions import Action, DocumentLink, Happening, Related
from treatygraph.model.citations import CitationSet
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import BlockKind
from treatygraph.model.tree import DocumentKind, DocumentTree, ParagraphKind, Place
from treatygraph.parse.openings import leads_on
from treatygraph.parse.resolution_lines import names_author, speaks_in_plural
from treatygraph.registry.values import Registry

_TELLS: Final = frozenset({Place.ANNOTATION, Place.BODY})
_NOT_TOLD: Final = frozenset(
    {ParagraphKind.PREAMBULAR, ParagraphKind.HEADING, ParagraphKind.FOOTNOTE, ParagraphKind.FRONT_MATTER}
)
_ORDERS: Final = frozenset(
    {DocumentKind.RESOLUTION, DocumentKind.DECISION, DocumentKind.STATEMENT, DocumentKind.OTHER}
)
_BLOCKS: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})
# Longer than this is no paragraph of prose, but a text that lost its layout.
MAX_PARAGRAPH: Final = 20_000
# How many sentences back a provision or a report can stand on the same topic.
MEMORY: Final = 60


@dataclass(frozen=True, slots=True)
class ActsFound:
    """What a document tells: actions and happenings in order of print, and links of documents."""

    actions: tuple[Action, ...]
    happenings: tuple[Happening, ...]
    links: tuple[DocumentLink, ...]


@dataclass(slots=True)
class _Item:
    """What was read under one agenda item so far."""

    thread: Thread = field(default_factory=Thread)
    heard: list[Heard] = field(default_factory=list)


def find_acts(
    tree: DocumentTree, identity: DocumentIdentity, citations: CitationSet, registry: Registry
) -> ActsFound:
    """The actions, happenings and links of a document (guidelines on acts and happenings).

    Raises ``VocabularyError`` never for a text: a language without word lists yields the masthead's happening only.
    """
    own = happening_rules.masthead(tree, identity, registry)
    language = tree.source.language
    if language not in languages():
        return ActsFound((), own, ())
    organs = tuple(line for line, _ in tree.front.organs)
    titles = open_titles(tree, identity, registry)

    def reading(known: frozenset[str] = frozenset(), *own: str) -> MentionReader:
        return MentionReader(
            citations.citations, registry, identity, language, (*organs, *own), titles, known
        )

    parts = passages(tree)
    short = defined_acronyms(parts, language)
    author: str | None = None
    if writes_itself(tree, identity.body):
        author = speaker(tree, parts, reading(short | head_acronyms(tree)).read)
    name = (author or "").removeprefix(UNKEYED)
    # "The Committee" is the author, not another committee that it names.
    reader = reading(short | head_acronyms(tree) & {name.upper()}, name)
    setting = Setting(identity, tree.kind, registry, language)
    apart = sections(tree, identity, registry, parts, reading())
    told: list[Action] = []
    items: dict[str | None, _Item] = {}
    ordered: list[Spoken | None] = []
    printed = _printed_in(parts, apart)
    plural = False  # whether several speak, whose verbs are in the plural
    lists = OpenLists()
    for passage in parts:
        mentions = _without_sittings(passage, reader.read(passage), setting)
        plural = _in_plural(passage, language, before=plural)
        if _is_operative(tree, passage, apart):
            if len(passage.text) <= MAX_PARAGRAPH:
                part, whole = sentence_of(passage, mentions, 0, len(passage.text), language)
                ordered.append((part, whole, heads(whole, language, plural=plural)))
        elif _is_told(tree, passage):
            item = items.setdefault(passage.item, _Item())
            here = _tell(passage, mentions, item, setting, printed.get(passage.offsets[0]))
            found = listed(lists, here, setting)
            lists = found.open
            spoken_here = _spoken(passage, mentions, setting, author)
            ordered += [(part, whole, _unheard(part, own, found.actions)) for part, whole, own in spoken_here]
            told = [*(action for action in told if action is not found.led), *found.actions]
        else:
            lists = lists.below(passage.text, language)
            ordered.append(None)
            _overhear(passage, mentions, items.setdefault(passage.item, _Item()), language)
    orders = orders_of(ordered, apart, setting)
    happenings, found_links = _happenings(items, identity, registry, language)
    return ActsFound(
        tuple(sorted([*told, *orders], key=lambda action: (action.span, action.verb_span, action.verb))),
        happening_rules.merged((*own, *happenings)),
        found_links,
    )


def _in_plural(passage: Passage, language: str, *, before: bool) -> bool:
    """Whether who speaks from a passage on is several, as the line of who speaks said last."""
    if passage.paragraph is None or passage.paragraph.kind is not ParagraphKind.OTHER:
        return before
    plural = speaks_in_plural(passage.text, language)
    return plural if names_author(passage.text, language) else before or plural


def _without_sittings(
    passage: Passage, mentions: tuple[Mention, ...], setting: Setting
) -> tuple[Mention, ...]:
    """The mentions without the sittings that a report counts inside its own session: "its 3rd meeting, on 27 May".

    What was done at a sitting was done at the session, and a sitting is no happening of its own.
    """
    own = setting.registry.bodies.get(setting.identity.body or "")
    if setting.kind is not DocumentKind.REPORT or own is None:
        return mentions
    sitting = f"meeting/{own.happening_stem}/"

    def sits(mention: Mention) -> bool:
        if mention.kind != "happening" or not mention.key.startswith(sitting):
            return False
        if mention.key == setting.identity.happening:
            return False
        on_a_day = grammar(setting.language, "sits-on").match(passage.text, mention.extent)
        return own.counts == "session" or on_a_day is not None

    return tuple(mention for mention in mentions if not sits(mention))


def _is_operative(tree: DocumentTree, passage: Passage, parts: tuple[Section, ...]) -> bool:
    """Whether the passage is an operative paragraph of an adopted text, which an addendum to a report can hold too."""
    section = section_at(parts, passage.offsets[0])
    return (
        (tree.kind in _ORDERS or section.titled)
        and not section.proposed
        and passage.paragraph is not None
        and (passage.paragraph.kind is ParagraphKind.OPERATIVE or _leads_on(tree, passage))
    )


def _leads_on(tree: DocumentTree, passage: Passage) -> bool:
    """Whether the passage is the line that ends with the verb of the paragraphs below it: "THE BOARD DECIDES:"."""
    other = passage.paragraph is not None and passage.paragraph.kind is ParagraphKind.OTHER
    return other and any(
        leads_on(passage.text, tree.source.language, plural=plural) is not None for plural in (False, True)
    )


def _printed_in(parts: tuple[Passage, ...], apart: tuple[Section, ...]) -> dict[int, str]:
    """For each passage right below the number and title of an act, by its offset, the act that prints it.

    "Decision 4/2. Organization of work. At its 5th meeting, the Conference decided …": up to the next heading.
    """
    titles = {section.start: section.source for section in apart if section.titled and section.source}
    found: dict[int, str] = {}
    act: str | None = None
    begun = False
    for passage in parts:
        start = passage.offsets[0]
        heading = passage.paragraph is not None and passage.paragraph.kind is ParagraphKind.HEADING
        if start in titles:
            act, begun = titles[start], False
        elif heading:
            act = None if begun else act
        elif act is not None:
            begun = True
            found[start] = act
    return found


def _is_told(tree: DocumentTree, passage: Passage) -> bool:
    """Whether the passage tells in prose what bodies did: annotations and bodies of agendas and reports."""
    if tree.kind in {
        DocumentKind.RESOLUTION,
        DocumentKind.DECISION,
        DocumentKind.TREATY,
        DocumentKind.STATEMENT,
    }:
        return False
    if passage.block not in _BLOCKS or passage.place not in _TELLS:
        return False
    return passage.paragraph is None or passage.paragraph.kind not in _NOT_TOLD


def _overhear(passage: Passage, mentions: tuple[Mention, ...], item: _Item, language: str) -> None:
    """Keeps what headings, lists and documentation name, which resolves names of the same item; no action is read."""
    if passage.place in {Place.ANNOTATION, Place.DOCUMENTATION}:
        item.heard += [Heard(part, s, False) for part, s in sentences_of(passage, mentions, language)]


def _tell(
    passage: Passage,
    mentions: tuple[Mention, ...],
    item: _Item,
    setting: Setting,
    printed_in: str | None = None,
) -> Telling:
    """The actions that a passage tells, each with how it was read."""
    found: list[Action] = []
    drafted: list[Draft] = []
    carried = told_in(setting)
    if carried is not None and printed_in is not None:
        carried = (carried[0], printed_in)
    if carried is not None:
        # A paragraph of a report tells of the session at hand again, whatever earlier one the last told of.
        item.thread.keys.update([carried])
    item.thread.teller = None
    for part, sentence in sentences_of(passage, mentions, setting.language):
        read: list[tuple[Draft, tuple[Related, ...]]] = []
        heard = tuple(entry for entry in item.heard[-MEMORY:] if entry.prose)
        for draft in drafts(
            part,
            sentence,
            setting.registry,
            item.thread,
            own=setting.identity.happening,
            told_in=carried,
        ):
            things = objects(draft, tuple(read), heard, setting)
            read.append((draft, things))
            drafted.append(draft)
            found.append(
                told_action(draft, things, regarding(draft, things, heard, setting.language), setting)
            )
        item.heard.append(Heard(part, sentence))
    return Telling(passage, mentions, found, drafted, item.thread, printed_in)


def _unheard(passage: Passage, own: tuple[Head, ...], told: Sequence[Action]) -> tuple[Head, ...]:
    """The verbs that are not told as well, as they are in a language whose verbs have no tense."""
    known = [action.verb_span for action in told]

    def is_known(head: Head) -> bool:
        span = passage.span(head.verb_start, head.verb_end)
        return any(span.start < other.end and other.start < span.end for other in known)

    return tuple(head for head in own if not is_known(head))


def _spoken(
    passage: Passage, mentions: tuple[Mention, ...], setting: Setting, author: str | None
) -> list[Spoken]:
    """The sentences of a report in which its body speaks in the present, and what the paragraph advises.

    "The Committee recommends that the State party:" leads on to lists as a resolution does.
    """
    body = setting.identity.body if setting.kind is DocumentKind.REPORT else None
    body = body or author
    if body is None or len(passage.text) > MAX_PARAGRAPH:
        return []
    language = setting.language
    found: list[Spoken] = []
    goes_on = False
    for part, sentence in sentences_of(passage, mentions, language):
        said = spoken(sentence, body, language, goes_on=goes_on)
        if said:
            found.append((part, sentence, said))
        goes_on = bool(said) or speaks(sentence, body, language)
    part, whole = sentence_of(passage, mentions, 0, len(passage.text), language)
    own = advised(whole)
    return [*found, (part, whole, own)] if own or not found else found


def _happenings(
    items: dict[str | None, _Item], identity: DocumentIdentity, registry: Registry, language: str
) -> tuple[tuple[Happening, ...], tuple[DocumentLink, ...]]:
    found: list[Happening] = []
    linked: list[DocumentLink] = []
    for item in items.values():
        heard = tuple(item.heard)
        prose = tuple(entry for entry in heard if entry.prose)
        own = happening_rules.told_happenings(prose, heard, identity, registry, language)
        found += own
        linked += links(prose, own)
    return tuple(found), tuple(replace(link) for link in linked)
