"""A text that was read → its agenda: items, placements, lists of documents, slots; or None where it holds none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from treatygraph.model.text import Block, BlockKind, SourceText, Span
from treatygraph.model.tree import (
    AgendaItem,
    DocumentationEntry,
    FrontMatter,
    Paragraph,
    Place,
    Placement,
    Slot,
)
from treatygraph.parse.agenda_days import calendar_of, programme_zones, timed_lines
from treatygraph.parse.agenda_list import (
    Entry,
    Series,
    all_series,
    announcement,
    choose,
)
from treatygraph.parse.agenda_paragraphs import agenda_paragraphs
from treatygraph.parse.annotations import Walk
from treatygraph.parse.before_items import before_parts, head_of, heads_parts, introduced, rows_of_list
from treatygraph.parse.documentation import Listed, assign, entry_of
from treatygraph.parse.frontmatter import read_front
from treatygraph.parse.item_labels import Style, label_of
from treatygraph.parse.layout import (
    Opening,
    Section,
    is_page_number,
    is_prose,
    names_agenda,
    opening_of,
    symbols_in,
)
from treatygraph.parse.letter_items import under_letters
from treatygraph.parse.lexicon import word_pattern
from treatygraph.parse.programme import read_programme
from treatygraph.parse.run_into import titles_apart
from treatygraph.parse.title_lines import below_number, clean_title, continuation
from treatygraph.parse.titles import likeness
from treatygraph.parse.unroll import runs_on, unroll
from treatygraph.parse.walked import Stretch, Walked, footnote_items, source_span

# The first lines, in which a document prints its own symbol.
_MASTHEAD_LINES: Final = 12
_OF_AGENDAS: Final = {Section.AGENDA, Section.TOLD_AGENDA, Section.ANNOTATIONS}
# A title goes on in at most so many lines.
_TITLE_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a document that is or holds an agenda prints; ``annotated`` where items have annotations.

    ``told`` where the list is announced as the agenda, and not only looks like one: a report has numbered parts too.
    ``lines`` are the blocks of a text that lost its layout, cut into the lines it would print.
    """

    front: FrontMatter
    items: tuple[AgendaItem, ...]
    placements: tuple[Placement, ...]
    documentation: tuple[DocumentationEntry, ...]
    slots: tuple[Slot, ...]
    paragraphs: tuple[Paragraph, ...]
    annotated: bool
    announced: str | None
    told: bool = False
    lines: tuple[Block, ...] | None = None


def read_agenda(source: SourceText, language: str) -> Agenda | None:
    """The agenda in *source*, or None. Raises ``VocabularyError`` for a language without word lists."""
    read = _read_list(source.text, without_furniture(source.blocks, language), language)
    if read is None:
        return None
    cut = False
    apart_lines = titles_apart(read.blocks, read.entries, read.titles, language)
    if len(apart_lines) > len(read.blocks):
        again = _read_list(source.text, apart_lines, language)
        cut = bool(again and list(again.titles) == list(read.titles))
        read = again if again and cut else read
    if runs_on(read.blocks, read.entries):
        lines = unroll(read.blocks, read.entries, read.titles, language)
        again = _read_list(source.text, lines, language)
        same = bool(again and list(again.titles) == list(read.titles))
        read, cut = (again, True) if again and same else (read, cut)
    blocks, openings, zones = read.blocks, read.openings, read.zones
    entries, titles, series = read.entries, read.titles, read.series
    head = head_of(blocks, entries)
    above = sorted(head - rows_of_list(blocks, entries))
    front = read_front(blocks, above, openings, language, run_in=_run_in(entries))
    calendar = calendar_of(blocks, front, language)
    timed = timed_lines(blocks, entries, calendar, language)
    programme = read_programme(blocks, sorted(zones | timed), calendar, frozenset(titles))
    marks = {index: programme.marks.get(index, ()) for index in zones}
    announced = announcement(blocks, series, openings)
    heads = heads_parts(blocks, entries)
    told = announced is Section.TOLD_AGENDA
    before = (
        before_parts(blocks, head, language) if told else head - introduced(blocks, head, openings, language)
    )
    # What a report cites it may only tell of; what annotations cite of their own session is before it.
    own = None if told or (heads and front.title is None) else front.symbol
    walked = Walk(blocks, entries, titles, openings, marks, before, own, language).walk()
    assigned = assign(blocks, walked.listed, walked.announced, walked.anchors)
    stretches = _reassigned(footnote_items(blocks, walked.stretches), assigned)
    placements = tuple(
        Placement(source_span(blocks[s.index], s.start, s.end), s.place, s.item) for s in stretches
    )
    return Agenda(
        front=front,
        items=_items(blocks, entries, titles, walked, language),
        placements=_joined(apart(placements), source.text),
        documentation=_documentation(blocks, walked, assigned),
        slots=programme.slots,
        paragraphs=agenda_paragraphs(blocks, entries, walked, openings, head if told else before, language),
        annotated=any(
            s.place is Place.ANNOTATION and s.item and is_prose(blocks[s.index].text, language)
            for s in stretches
        ),
        announced=front.title[0] if front.title and names_agenda(front.title[0], language) else None,
        told=heads or announced in (Section.AGENDA, Section.TOLD_AGENDA),
        lines=blocks if cut else None,
    )


@dataclass(frozen=True, slots=True)
class _List:
    """The list that is the agenda, in its blocks, with what announces parts and where the programme is."""

    blocks: tuple[Block, ...]
    openings: dict[int, Opening]
    zones: frozenset[int]
    series: Series
    entries: tuple[Entry, ...]
    titles: dict[str, str]


def _read_list(text: str, blocks: tuple[Block, ...], language: str) -> _List | None:
    openings = _openings(blocks, language)
    zones = programme_zones(blocks, openings, language)
    series = _chosen(blocks, zones, openings, language)
    sections = {opening.section for opening in openings.values()}
    alone = Section.PROGRAMME in sections and not sections & _OF_AGENDAS
    # An agenda with hours beside its items is both list and programme; a programme alone is no agenda.
    if series is None and zones and not alone:
        series = _chosen(blocks, frozenset(), openings, language)
    if series is None:
        return None
    entries = _entries(text, blocks, series, language)
    titles = {entry.number: _title(blocks, entry, language) for entry in entries}
    return _List(blocks, openings, zones, series, entries, titles) if entries else None


def _chosen(
    blocks: tuple[Block, ...], skipped: frozenset[int], openings: dict[int, Opening], language: str
) -> Series | None:
    series = under_letters(blocks, all_series(blocks, skipped, language), language)
    return choose(blocks, series, openings, language)


def _run_in(entries: tuple[Entry, ...]) -> tuple[int, int] | None:
    """The block and the place where a list begins inside a paragraph, whose words before it belong to the head."""
    unit = entries[0].unit
    return (unit.block, unit.start) if unit.start > 0 else None


def without_furniture(blocks: tuple[Block, ...], language: str) -> tuple[Block, ...]:
    """The blocks with page numbers, job numbers and repeated running heads made empty, so that lists go on over them.

    A running head is the document's symbol, printed in the head and again later, alone or beside a title that was
    printed before, though not under the word "Documents".
    """
    first, own = _own_symbol(blocks)
    seen: set[str] = set()
    cleared: list[Block] = []
    for place, block in enumerate(blocks):
        running = own is not None and place > first and _is_running_head(blocks, place, own, seen)
        listed = place > 0 and _heads_documents(blocks[place - 1], language)
        running = running and not (listed or _among_symbols(blocks, place))
        seen.add(block.text.strip(" *"))
        empty = running or is_page_number(block.text)
        if not empty and _remarks_on_print(block, language):
            block = replace(block, kind=BlockKind.FOOTNOTE)
        cleared.append(Block(BlockKind.PAGE, block.span, "", ()) if empty else block)
    return tuple(cleared)


def _remarks_on_print(block: Block, language: str) -> bool:
    """Whether a paragraph is the remark at the foot of a page that few copies are printed, which parts no list."""
    remark = word_pattern(language, "agenda", "print_remark").match(block.text.lstrip(" */_"))
    return block.kind is BlockKind.PARAGRAPH and remark is not None


def _own_symbol(blocks: tuple[Block, ...]) -> tuple[int, str | None]:
    """The first symbol in the first lines that closes its line, alone or in the last column, and where it stands."""
    for place, block in enumerate(blocks[:_MASTHEAD_LINES]):
        found = symbols_in(block.text)
        if found and found[-1][1] == len(block.text):
            return place, block.text[slice(*found[-1])]
    return 0, None


def _is_running_head(blocks: tuple[Block, ...], place: int, own: str, seen: set[str]) -> bool:
    """Whether a line prints the symbol again, alone at the head of a page or beside words that were a line before."""
    text = blocks[place].text
    if not (text.startswith(own) or text.endswith(own)):
        return False
    rest = text.removeprefix(own) if text.startswith(own) else text.removesuffix(own)
    if rest:
        return rest != rest.strip() and rest.strip() in seen
    before, after = blocks[place - 1].text, "".join(block.text for block in blocks[place + 1 : place + 2])
    return own in seen or is_page_number(before) or after[:1].islower()


def _among_symbols(blocks: tuple[Block, ...], place: int) -> bool:
    """Whether the line before or after opens with another symbol: then the line is an entry of a list of documents."""
    own = symbols_in(blocks[place].text)[:1]
    near = [block.text for block in (*blocks[max(0, place - 1) : place], *blocks[place + 1 : place + 2])]
    return (
        bool(own)
        and own[0][0] == 0
        and any(symbols_in(text)[:1] and symbols_in(text)[0][0] == 0 for text in near)
    )


def _heads_documents(block: Block, language: str) -> bool:
    opening = opening_of(block, language)
    return opening is not None and opening.section is Section.DOCUMENTATION


def _openings(blocks: tuple[Block, ...], language: str) -> dict[int, Opening]:
    found = {}
    for index, block in enumerate(blocks):
        opening = opening_of(block, language)
        if opening is None:
            continue
        label = label_of(block, language)
        numbered = label is not None and label.style in (Style.SUB, Style.FIGURE, Style.ITEM)
        if not (numbered and opening.section in (Section.AGENDA, Section.PROGRAMME, Section.DOCUMENTATION)):
            found[index] = opening
    return found


def _entries(text: str, blocks: tuple[Block, ...], series: Series, language: str) -> tuple[Entry, ...]:
    """The entries of the list, each with the lines in which its title goes on, those without any title left out."""
    done: list[Entry] = []
    for entry, following in zip(series.entries, [*series.entries[1:], None], strict=True):
        stop = following.unit.block if following else min(entry.unit.block + _TITLE_LINES, len(blocks))
        end = min(stop, entry.unit.block + 1 + _TITLE_LINES)
        more = continuation(blocks, text, entry.unit, end, language)
        done.append(replace(entry, more=more))
    return tuple(entry for entry in done if _title(blocks, entry, language))


def _title(blocks: tuple[Block, ...], entry: Entry, language: str) -> str:
    parts = [entry.unit.title(blocks), *(below_number(blocks[index], language) for index in entry.more)]
    return clean_title(" ".join(part for part in parts if part), language)


def _items(
    blocks: tuple[Block, ...],
    entries: tuple[Entry, ...],
    titles: dict[str, str],
    walked: Walked,
    language: str,
) -> tuple[AgendaItem, ...]:
    items = []
    for entry in entries:
        number, title = entry.number, titles[entry.number]
        start = entry.unit.label.end
        block = blocks[entry.unit.block]
        printed = _printed(block, start, entry.unit.end, title)
        if entry.more:
            last = blocks[entry.more[-1]]
            end = last.source_span(0, len(below_number(last, language).rstrip()) or 1).end
            begin = printed.start if start < entry.unit.end else blocks[entry.more[0]].span.start
            printed = Span(begin, end)
        others = [
            _printed(blocks[index], lo, hi, title)
            for index, lo, hi in walked.titles.get(number, [])
            if likeness(blocks[index].text[lo:hi], title) > 0
        ]
        items.append(AgendaItem(number, _parent(entry), title, printed, (printed, *others)))
    return tuple(items)


def _printed(block: Block, start: int, end: int, title: str) -> Span:
    """The span of a title without the space and punctuation around it."""
    text = block.text
    while start < end and text[start] in " –—:.*":
        start += 1
    place = text.find(title, start, end)
    if place >= 0:
        return block.source_span(place, place + len(title))
    while end > start + 1 and text[end - 1] in " .;:,":
        end -= 1
    return block.source_span(start, end) if start < end else block.span


def _parent(entry: Entry) -> str | None:
    steps = entry.steps
    if len(steps) > 1:
        return replace(entry, steps=steps[:-1]).number
    return steps[0].rpartition(".")[0] or None


def _reassigned(stretches: list[Stretch], assigned: tuple[tuple[Listed, str], ...]) -> list[Stretch]:
    """The stretches with the lines of documents, and the heading over them, under the item they belong to."""
    items = {line.index: item for line, item in reversed(assigned)}
    for line, item in assigned:
        if line.section not in items:
            items[line.section] = item
    return [
        replace(stretch, item=items[stretch.index])
        if stretch.place is Place.DOCUMENTATION and stretch.index in items
        else stretch
        for stretch in stretches
    ]


def _documentation(
    blocks: tuple[Block, ...], walked: Walked, assigned: tuple[tuple[Listed, str], ...]
) -> tuple[DocumentationEntry, ...]:
    """The listed documents, and those that the annotation of an item announces and no list prints."""
    printed = {
        blocks[line.index].text[start:end]
        for line, _ in assigned
        for start, end in symbols_in(blocks[line.index].text)
    }
    for line in walked.announcing:
        text = blocks[line.index].text
        named = [(line.start + a, line.start + b) for a, b in symbols_in(text[line.start : line.end])]
        new = [(start, end) for start, end in named if text[start:end] not in printed]
        told = [(line.start, line.end)] if len(new) == len(named) else new
        assigned = (
            *assigned,
            *((replace(line, start=start, end=end), line.item) for start, end in told if new),
        )
    found = [entry_of(blocks, line, item) for line, item in assigned]
    return tuple(sorted(found, key=lambda entry: (entry.span, entry.item)))


def _joined(placements: tuple[Placement, ...], text: str) -> tuple[Placement, ...]:
    """Placements with the marks and spaces that stand between two lines of a list added to the first."""
    done: list[Placement] = []
    for placement, after in zip(placements, [*placements[1:], None], strict=True):
        gap = text[placement.span.end : after.span.start] if after else ""
        if after and gap and not any(sign.isalnum() or sign == "\n" for sign in gap):
            placement = replace(placement, span=Span(placement.span.start, after.span.start))
        done.append(placement)
    return tuple(done)


def apart(placements: tuple[Placement, ...]) -> tuple[Placement, ...]:
    """Placements in order without overlaps: one that stands inside another (a note between the two halves of a
    paragraph) cuts it in two.
    """
    done: list[Placement] = []
    waiting: list[Placement] = []
    for placement in sorted(placements, key=lambda p: (p.span.start, -p.span.end)):
        while waiting and waiting[-1].span.start < placement.span.start:
            rest = waiting.pop()
            end = min(rest.span.end, placement.span.start)
            done.append(Placement(Span(rest.span.start, end), rest.place, rest.item))
            if end < rest.span.end:
                waiting.append(Placement(Span(end, rest.span.end), rest.place, rest.item))
                break
        if waiting:
            outer = waiting.pop()
            if placement.span.end < outer.span.end:
                waiting.append(Placement(Span(placement.span.end, outer.span.end), outer.place, outer.item))
        waiting.append(placement)
    done.extend(reversed(waiting))
    return tuple(sorted((p for p in done if p.span.start < p.span.end), key=lambda p: p.span))
