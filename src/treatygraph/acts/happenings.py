"""Tree, mentions → the happenings that a document dates or tells of, each once, with place, dates and topic."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from treatygraph.acts.clauses import Sentence
from treatygraph.acts.dating import Dating, as_dated, as_place, dating
from treatygraph.acts.lexicon import grammar, words
from treatygraph.acts.mentions import Mention, body_of
from treatygraph.acts.objects import Heard, related
from treatygraph.acts.passages import Passage
from treatygraph.model.actions import Dated, Happening
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.tree import DocumentKind, DocumentTree
from treatygraph.parse.lexicon import one_of
from treatygraph.registry.values import Registry

# In a head the days of a session stand so near to its name.
_WITHIN_HEAD: Final = 120


def masthead(tree: DocumentTree, identity: DocumentIdentity, registry: Registry) -> tuple[Happening, ...]:
    """The happening that the document is for, with the place and dates that its head prints."""
    front = tree.front
    if front.dates is None or (identity.happening is None and not _is_for_happening(tree)):
        return ()
    dates = front.dates
    span = front.happening[1] if front.happening else dates.span
    printed = tree.source.text[dates.span.start : dates.span.end]
    dated = Dated(dates.start, dates.end, " ".join(printed.split()), dates.span)
    rule = "acts/happening-masthead"
    if identity.happening is None:  # whoever holds it
        return (Happening(None, span, place=front.place, dated=dated, rule=rule),)
    return (_happening(identity.happening, span, registry, place=front.place, dated=dated, rule=rule),)


def _is_for_happening(tree: DocumentTree) -> bool:
    """Whether a document is of a session whose body has no key: an agenda, a programme, a list of documents, a report
    whose head prints the session and its days side by side.
    """
    if tree.kind in (DocumentKind.AGENDA, DocumentKind.ANNOTATED_AGENDA) or tree.slots or tree.documentation:
        return True
    front = tree.front
    if tree.kind is not DocumentKind.REPORT or front.happening is None or front.dates is None:
        return False
    between = front.dates.span.start - front.happening[1].end
    return front.dates.start.day is not None and -_WITHIN_HEAD <= between <= _WITHIN_HEAD


def _happening(key: str, span: object, registry: Registry, **fields: object) -> Happening:
    held_by = body_of(key, registry)
    return Happening(
        key=key,
        span=span,  # type: ignore[arg-type]
        held_by=(held_by,) if held_by else (),
        ordinal=key.rsplit("/", 1)[-1],
        **fields,  # type: ignore[arg-type]
    )


def told_happenings(
    prose: tuple[Heard, ...],
    heard: tuple[Heard, ...],
    identity: DocumentIdentity,
    registry: Registry,
    language: str,
) -> tuple[Happening, ...]:
    """The happenings that the sentences of one item date, in order of print; one may come more than once.

    *prose* are the sentences that tell, *heard* also headings and lists, in which a group may be named in full.
    """
    found: list[Happening] = []
    for entry in prose:
        for mention in entry.sentence.mentions:
            if mention.kind == "happening":
                found += _numbered(entry.passage, entry.sentence, mention, registry, language)
        found += _unnumbered(entry, heard, registry, language)
        found += _parallel(entry, identity, registry)
    return tuple(found)


def _numbered(
    passage: Passage, sentence: Sentence, mention: Mention, registry: Registry, language: str
) -> list[Happening]:
    """A numbered session or meeting with a date, or one held during another."""
    if any(m is not mention and (m.start, m.end) == (mention.start, mention.end) for m in sentence.mentions):
        return []
    found = dating(sentence.text, mention.extent, language)
    if found.date and _dates_another(sentence, mention, found.date.start):
        found = Dating(None, None)
    during = _during(sentence, mention.extent)
    if found.date is None and during is None:
        return []
    return [
        _happening(
            mention.key,
            passage.span(mention.start, mention.end),
            registry,
            place=as_place(passage, found.place) if found.date else None,
            dated=as_dated(passage, found.date) if found.date else None,
            during=during.key if during else None,
            agenda_item=passage.item,
            rule="acts/happening-told",
        )
    ]


def _dates_another(sentence: Sentence, mention: Mention, date: int) -> bool:
    """Whether a day is that of what is told "of" the mention: "opened by the President of COP 28 on 11 November"."""
    between = sentence.text[mention.extent : date]
    return (
        grammar(sentence.language, "told-of").search(sentence.text[: mention.start]) is not None
        and grammar(sentence.language, "on-a-day").fullmatch(between.strip() + " ") is not None
    )


def _during(sentence: Sentence, position: int) -> Mention | None:
    match = grammar(sentence.language, "during").match(sentence.text, position)
    if match is None:
        return None
    return next(
        (m for m in sentence.mentions if m.start == match.end() and m.key.startswith("session/")), None
    )


@cache
def _holding(language: str) -> re.Pattern[str]:
    holding, gathering = one_of(words(language, "holding")), one_of(words(language, "gathering"))
    return re.compile(rf"\b{holding} (?:an?|the) (?P<name>(?:[\w’-]+ ){{0,8}}?{gathering})\b")


def _unnumbered(entry: Heard, heard: tuple[Heard, ...], registry: Registry, language: str) -> list[Happening]:
    """A gathering without a number, of a group that the item names in full: "hosted an expert group meeting in …"."""
    passage, sentence = entry.passage, entry.sentence
    found: list[Happening] = []
    for match in _holding(language).finditer(sentence.text, sentence.start):
        start, end = match.span("name")
        if any(m.kind == "happening" and m.start < end and start < m.end for m in sentence.mentions):
            continue
        when = dating(sentence.text, end, language)
        if when.date is None:
            continue
        body = _group_named(match.group("name"), heard, registry, language)
        stem = registry.bodies[body].happening_stem if body else None
        regards = [m for m in sentence.mentions if m.kind == "provision"]
        found.append(
            Happening(
                key=f"meeting/{stem}/{when.date.first}" if stem else None,
                span=passage.span(start, end),
                held_by=(body,) if body else (),
                place=as_place(passage, when.place),
                dated=as_dated(passage, when.date),
                regarding=tuple(related(passage, m, "regarding", m.key) for m in regards),
                agenda_item=passage.item,
                rule="acts/happening-unnumbered",
            )
        )
    return found


def _group_named(name: str, heard: tuple[Heard, ...], registry: Registry, language: str) -> str | None:
    """The one body named in the item whose name begins with the words of the gathering's ("informal expert group")."""
    gathering = set(words(language, "gathering"))
    short = [word for word in re.findall(r"[\w’-]+", name.casefold()) if word not in gathering]
    if len(short) < 2:
        return None
    keys = set()
    for entry in heard:
        for mention in entry.sentence.all_mentions:
            if mention.kind == "body" and mention.key in registry.bodies:
                full = entry.passage.text[mention.start : mention.end].casefold().split(" on ")[0]
                if set(short) <= set(re.findall(r"[\w’-]+", full)):
                    keys.add(mention.key)
    return keys.pop() if len(keys) == 1 else None


def _parallel(entry: Heard, identity: DocumentIdentity, registry: Registry) -> list[Happening]:
    """The document's own meeting, told without a number as held during a session: "a meeting of the Group during …"."""
    own = identity.happening
    if own is None:
        return []
    sentence = entry.sentence
    for body in sentence.mentions:
        if body.kind != "body" or body_of(own, registry) != body.key:
            continue
        left = grammar(sentence.language, "meeting-of-body").search(sentence.text[: body.start])
        during = _during(sentence, body.extent) if left else None
        if left is not None and during is not None:
            span = entry.passage.span(sentence.start + left.start(), body.end)
            return [
                _happening(
                    own,
                    span,
                    registry,
                    during=during.key,
                    agenda_item=entry.passage.item,
                    rule="acts/happening-parallel",
                )
            ]
    return []


def merged(happenings: tuple[Happening, ...]) -> tuple[Happening, ...]:
    """Each happening once, in order of first print: its most exact date, its first place and session."""
    by_key: dict[str, Happening] = {}
    for number, happening in enumerate(happenings):
        key = happening.key or f"?{number}"
        known = by_key.get(key)
        by_key[key] = happening if known is None else _merge(known, happening)
    return tuple(by_key.values())


def _merge(first: Happening, second: Happening) -> Happening:
    # The place belongs to the mention that dates it; a date nearer to the day counts.
    better = _exactness(second.dated) > _exactness(first.dated)
    main, other = (second, first) if better else (first, second)
    return replace(
        first,
        span=main.span,
        place=main.place or other.place,
        dated=main.dated or other.dated,
        during=first.during or second.during,
        regarding=tuple(dict.fromkeys((*first.regarding, *second.regarding))),
        agenda_item=main.agenda_item,
        rule=main.rule,
    )


def _exactness(dated: Dated | None) -> int:
    return 0 if dated is None else len(str(dated.start))
