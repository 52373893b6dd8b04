"""Sentences of an item → what they say of a document: whose report it is, where it went, what it regards."""

from __future__ import annotations

import re
from functools import cache

from treatygraph.acts.lexicon import grammar, words
from treatygraph.acts.mentions import Mention
from treatygraph.acts.objects import Heard
from treatygraph.model.actions import DocumentLink, Happening
from treatygraph.parse.lexicon import one_of


def links(heard: tuple[Heard, ...], happenings: tuple[Happening, ...]) -> tuple[DocumentLink, ...]:
    """The links told in the sentences of one item; *happenings* are those of the same item, in order of print."""
    found: list[DocumentLink] = []
    for entry in heard:
        found += _of_sentence(entry, happenings)
    return tuple(dict.fromkeys(found))


def _of_sentence(entry: Heard, happenings: tuple[Happening, ...]) -> list[DocumentLink]:
    passage, sentence = entry.passage, entry.sentence
    text = sentence.text[sentence.start :]
    documents = [m for m in sentence.all_mentions if m.kind == "document"]
    report = grammar(sentence.language, "report-of").search(text)
    if len({m.key for m in documents}) != 1 or report is None:
        return []
    document, item = documents[0], passage.item
    found: list[DocumentLink] = []
    happening = _reported_on(entry, report.start("what") + sentence.start, happenings)
    if happening is not None and happening.key is not None:
        span = passage.span(sentence.start + report.start(), document.end)
        found.append(DocumentLink(document.key, "reportOf", happening.key, span, item, "acts/link-report-of"))
        found += [
            DocumentLink(document.key, "regarding", regard.key, span, item, "acts/link-regarding")
            for regard in happening.regarding
        ]
    session = _submitted(entry)
    if session is not None:
        span = passage.span(sentence.start + report.start(), session.end)
        found.append(
            DocumentLink(document.key, "submittedTo", session.key, span, item, "acts/link-submitted-to")
        )
    return found


def _reported_on(entry: Heard, position: int, happenings: tuple[Happening, ...]) -> Happening | None:
    """The meeting that the words at *position* mean: by its number there, else the last one told before in the item."""
    numbered = next(
        (m for m in entry.sentence.mentions if m.kind == "happening" and m.start == position), None
    )
    if numbered is not None:
        return next((h for h in happenings if h.key == numbered.key), None)
    start = entry.passage.offsets[entry.sentence.start]
    if not grammar(entry.sentence.language, "meeting-noun").match(entry.sentence.text[position:]):
        return None
    before = [h for h in happenings if h.span.start < start and h.rule == "acts/happening-unnumbered"]
    return before[-1] if before else None


@cache
def _submitting(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(words(language, 'submitting'))}\b")


def _submitted(entry: Heard) -> Mention | None:
    """The session that the document went to: "was brought to the attention of the Conference at its fourth session"."""
    sentence = entry.sentence
    match = _submitting(sentence.language).search(sentence.text, sentence.start)
    if match is None:
        return None
    return next((m for m in sentence.mentions if m.kind == "happening" and m.start > match.end()), None)
