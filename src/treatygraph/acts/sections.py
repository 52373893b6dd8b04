"""A text with one or more resolutions → for each stretch who acts, which text it is, and when it was adopted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from treatygraph.acts.dating import as_dated
from treatygraph.acts.lexicon import grammar
from treatygraph.acts.mentions import MentionReader, body_of, carrier_key
from treatygraph.acts.passages import Passage
from treatygraph.model.actions import Dated
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import Span
from treatygraph.model.tree import DocumentKind, DocumentTree, ParagraphKind
from treatygraph.parse.dates import find_dates
from treatygraph.parse.resolution_lines import names_author
from treatygraph.registry.values import ActSeries, Body, Registry

_WITHOUT_DATE: Final = frozenset({ParagraphKind.OPERATIVE, ParagraphKind.PREAMBULAR, ParagraphKind.ANNEX})
MAX_TITLE: Final = 300
_COMMAS: Final = (",", "，", "،")
_COLONS: Final = (":", "：")
_AROUND: Final = f" {''.join(_COMMAS)}"
_ARTICLE: Final = 4  # characters of "The " before the name of who speaks
# The number of a resolution at the head of its title, by the style of its series.
_NUMBERS: Final = {
    "session/number": re.compile(
        r"(?P<session>[SE]{0,2}-?\d{1,3})/(?P<number>\d{1,4})(?: ?(?P<suffix>[A-Z]))?\.\s"
    ),
    "year/number": re.compile(r"(?P<session>(?:19|20)\d\d)/(?P<number>\d{1,4})(?P<suffix>)\.\s"),
    "number (session)": re.compile(
        r"(?P<number>\d{1,4})(?: (?P<suffix>[A-Z]))? ?\((?P<session>[IVXLC]{1,9})\)\.?\s"
    ),
    "session/number-roman": re.compile(
        r"(?P<session>[IVXL]{1,7})/(?P<number>\d{1,3})(?: ?(?P<suffix>[A-Z]))?[.:]\s"
    ),
    "number (year)": re.compile(r"(?P<number>\d{1,4}) ?\((?P<session>(?:19|20)\d\d)\)(?P<suffix>)\.?\s"),
    "code-session/number": re.compile(
        r"(?P<code>[A-Z]{2,6})-(?P<session>\d{1,3}|[IVXL]{1,6})/(?P<number>\d{1,3})(?P<suffix>[A-Z])?[.:]\s"
    ),
}
# Series whose numbers a body gives to decisions as well, for the code in them says whose they are.
_CODED: Final = frozenset({"code-session/number"})


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the source from *start*: who acts in it, the key of the text, the date of adoption.

    ``titled`` marks one that begins with the printed number of an adopted decision or resolution, ``proposed`` a text
    that an act recommends to another body ("adopt a decision along the following lines:").
    """

    start: int
    actor: str | None
    source: str | None
    date: Dated | None = None
    span: Span | None = None
    titled: bool = False
    proposed: bool = False


def sections(
    tree: DocumentTree,
    identity: DocumentIdentity,
    registry: Registry,
    parts: tuple[Passage, ...],
    reader: MentionReader,
) -> tuple[Section, ...]:
    """The sections in order; the first starts at 0 and is the document itself unless it prints other numbers first."""
    found = [Section(0, identity.body, identity.key)]
    numbered: list[tuple[Passage, str]] = list(_numbered(parts, identity, registry, reader))
    if numbered and (identity.symbol is None or any(key == identity.key for _, key in numbered[1:])):
        # The page begins with the end of the text before the first that it numbers.
        found[0] = Section(0, identity.body, None)
    titles = {passage.offsets[0]: key for passage, key in numbered}
    drafted = False  # whether what follows is a draft, up to the next numbered title
    before = ""
    for passage in parts:
        start, above, before = passage.offsets[0], before, passage.text.rstrip()
        if start in titles:
            key = titles[start]
            drafted = False
            actor = identity.body or body_of(key, registry)
            found.append(Section(start, actor, key, None, passage.span(0, 1), titled=True))
            continue
        if (
            grammar(tree.source.language, "draft-title").match(passage.text)
            and len(passage.text) <= MAX_TITLE
        ):
            found.append(Section(start, identity.body, identity.key))
            drafted = True
            continue
        actor = _enacting(passage, reader)
        if actor is None and found[-1].actor is not None and _enacts_unknown(passage, reader):
            found.append(replace(found[-1], start=start, actor=None, date=None))
            continue
        if actor is not None and actor != found[-1].actor:
            others = (
                tree.kind is DocumentKind.REPORT and actor != identity.body
            )  # proposed for another to adopt
            titled = found[-1].titled and not others
            proposed = identity.body is not None and actor != identity.body and above.endswith(_COLONS)
            found.append(
                replace(found[-1], start=start, actor=actor, date=None, titled=titled, proposed=proposed)
            )
            continue
        if actor is not None and tree.kind is DocumentKind.REPORT and not (drafted or found[-1].titled):
            # A report prints a text that its body adopted under a number of no series ("Agreed conclusions 5 (X)").
            source = identity.happening or identity.key
            found.append(Section(start, actor, source, None, passage.span(0, 1), titled=True))
            continue
        date = _date(passage, tree.source.language)
        if date is not None and found[-1].date is None:
            found[-1] = replace(found[-1], date=date)
    return tuple(found)


def _numbered(
    parts: tuple[Passage, ...], identity: DocumentIdentity, registry: Registry, reader: MentionReader
) -> Iterator[tuple[Passage, str]]:
    """The passages that begin with the number of a text of the document's body, and the key of that text.

    In a document whose body is not known it is that of any body which the number names ("BC-14/1: …").
    """
    body = registry.bodies.get(identity.body or "")
    all_series = body.acts if body else _coded_series(registry)
    for passage in parts:
        kind = passage.paragraph.kind if passage.paragraph else ParagraphKind.OTHER
        if kind in _WITHOUT_DATE:
            continue
        cited = _cited_title(passage, reader)
        if cited is not None:
            yield passage, cited
            continue
        for series in all_series:
            key = _key(passage.text, series, decides_only=body is not None and not _resolves(body))
            if key is not None and (body is None or body_of(key, registry) == body.key):
                yield passage, key
                break


def _coded_series(registry: Registry) -> tuple[ActSeries, ...]:
    bodies = (registry.bodies[key] for key in sorted(registry.bodies))
    return tuple(series for body in bodies for series in body.acts if series.style in _CODED)


def _cited_title(passage: Passage, reader: MentionReader) -> str | None:
    """The act of a heading that is its number: "Decision 1/CP.21"; a draft begins with another word."""
    if not grammar(reader.language, "act-title").match(passage.text) or len(passage.text) > MAX_TITLE:
        return None
    first = next(iter(reader.read(passage)), None)
    if first is None or first.kind != "act" or first.start > 0 or carrier_key(first.key) != first.key:
        return None
    return first.key if re.match(r"\W*$|[.:]?\s+[A-Z]", passage.text[first.end :]) else None


def _resolves(body: Body) -> bool:
    return any(series.kind == "resolution" for series in body.acts)


def _key(text: str, series: ActSeries, *, decides_only: bool) -> str | None:
    """The key of the text whose number a title begins with; of a body that has resolutions, a bare number is one."""
    expression = _NUMBERS.get(series.style)
    adopted = series.kind == "resolution" or series.style in _CODED or decides_only
    match = expression.match(text) if expression is not None and adopted else None
    if match is None or (series.style in _CODED and match["code"] != series.code):
        return None
    session = match["session"]
    return series.key(match["number"], session=session, year=session, suffix=match["suffix"] or "")


def _enacting(passage: Passage, reader: MentionReader) -> str | None:
    """The body of a line that is nothing but its name: "The General Assembly,"; a masthead prints others so."""
    if passage.paragraph is not None and passage.paragraph.kind is ParagraphKind.FRONT_MATTER:
        return None
    if grammar(reader.language, "enacting-line").match(passage.text.strip()) is None:
        return None
    mentions = reader.read(passage)
    whole = [
        m
        for m in mentions
        if m.kind == "body" and m.start <= 4 and m.extent >= len(passage.text.rstrip(_AROUND))
    ]
    return whole[0].key if whole else None


def _enacts_unknown(passage: Passage, reader: MentionReader) -> bool:
    """Whether a line is nothing but the name of an organ without a key: "The Lamp Committee,"."""
    line = passage.text.strip()
    spoken = passage.paragraph is not None and passage.paragraph.kind is ParagraphKind.OTHER
    if not (spoken and line.endswith(_COMMAS) and names_author(line, reader.language)):
        return False
    mentions = reader.read(passage)
    first = next(iter(mentions), None)
    return first is not None and first.kind == "organ" and first.start <= _ARTICLE


def _date(passage: Passage, language: str) -> Dated | None:
    """The date of adoption: a closing line that is only a date, or "Resolution adopted … on" a date."""
    if passage.paragraph is not None and passage.paragraph.kind in _WITHOUT_DATE:
        return None
    if len(passage.text) > MAX_TITLE:
        return None
    for date in find_dates(passage.text, language):
        before = passage.text[: date.start]
        alone = grammar(language, "closing-date").match(before) and not passage.text[date.end :].strip(" .,")
        if (
            date.first.day is not None
            and date.first == date.last
            and (alone or grammar(language, "adopted-on").match(before))
        ):
            return as_dated(passage, date)
    return None


def section_at(parts: tuple[Section, ...], offset: int) -> Section:
    """The section in which *offset* stands; the first begins the text."""
    return parts[max(0, bisect_right(parts, offset, key=lambda section: section.start) - 1)]
