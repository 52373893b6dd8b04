"""Blocks of an agenda → what each belongs to: its place in the document and its item, and the lists of documents.

One walk over the blocks in order. It remembers the item and the section that hold; titles of items, headings of
sections and paragraphs that name "agenda item 5" change them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from treatygraph.model.numbering import number_of
from treatygraph.model.text import Block, BlockKind
from treatygraph.model.tree import Place
from treatygraph.parse.agenda_list import Entry
from treatygraph.parse.documentation import (
    Listed,
    announcements,
    announces,
    is_document_line,
    is_entry,
    item_column,
    items_of_line,
    says_nothing,
)
from treatygraph.parse.item_labels import ItemLabel, Style, label_of
from treatygraph.parse.item_numbers import item_named_first, joined_items, named_items, number_list
from treatygraph.parse.layout import Opening, Section, is_prose, symbols_in
from treatygraph.parse.papers import only_papers, papers_behind
from treatygraph.parse.session_papers import papers_of_session
from treatygraph.parse.titles import begins, likeness, numbers_by_word, words_of
from treatygraph.parse.walked import Stretch, Walked

SILENT: Final = (BlockKind.RULE, BlockKind.PAGE, BlockKind.FOOTNOTE)
# Share of words that a heading has in common with the title it repeats; titles are shortened and "art." spelt out.
_SAME_TITLE: Final = 0.6
_SURELY_SAME_TITLE: Final = 0.85
_LONGEST_HEADING: Final = 400
_DIVISIONS: Final = (Style.ROMAN, Style.UPPER)
_BRACKETS: Final = "(（"
# Enough lines of a list of documents to see whether it is set out by item.
_LINES_LOOKED_AT: Final = 12
# A list stands at most so many lines below what announces it.
_LINES_TO_LIST: Final = 4


class Walk:
    """The walk; ``titles`` maps the number of each item to its title, in agenda order.

    *symbol* is that of the document: what annotations cite of the same session is before it.
    """

    def __init__(
        self,
        blocks: tuple[Block, ...],
        entries: tuple[Entry, ...],
        titles: Mapping[str, str],
        openings: Mapping[int, Opening],
        programme: Mapping[int, tuple[tuple[int, str], ...]],
        head: frozenset[int],
        symbol: str | None,
        language: str,
    ) -> None:
        self.blocks = blocks
        self.entries = entries
        self.titles = titles
        self.known = frozenset(titles)
        self.order = {number: place for place, number in enumerate(titles)}
        self.numbers_by_word = numbers_by_word(titles)
        self.openings = openings
        self.programme = programme
        self.head = head
        self.own = papers_of_session(symbol)
        self.language = language
        self.by_block: dict[int, list[Entry]] = {}
        for entry in entries:
            self.by_block.setdefault(entry.unit.block, []).append(entry)
        self.more = {index: entry.number for entry in entries for index in entry.more}
        self.first = min(self.by_block)
        self.last = max([*self.by_block, *self.more])
        texts = [
            index
            for index in range(self.first, self.last + 1)
            if blocks[index].kind not in SILENT and index not in self.by_block and index not in self.more
        ]
        self.inline = len(texts) * 2 > len(self.by_block)
        self.place = Place.FRONT_MATTER
        self.item: str | None = None
        self.section = -1
        self.division: Style | None = (
            None  # how the parts of a report are numbered that repeat titles of items
        )
        self.by_item = False
        self.column: int | None = None
        self.row_items: tuple[str, ...] = ()  # of the row above in a list of documents
        self.listing = False  # whether the last sentence opened a list of documents
        self.beside: tuple[str, ...] = ()  # the other items of a heading that names several
        self.out = Walked()

    def walk(self) -> Walked:
        """Goes over all blocks once."""
        for index, block in enumerate(self.blocks):
            self._step(index, block)
        return self.out

    def _step(self, index: int, block: Block) -> None:
        if index in self.programme:
            self._take_programme(index, block)
        elif index in self.by_block:
            self._take_entries(index, block)
        elif index in self.more:
            self._put(index, Place.TITLE, self.more[index])
            self._list_papers_below(index, block)
        elif block.kind in SILENT or not block.text:
            place = Place.FOOTNOTE if block.kind is BlockKind.FOOTNOTE else self.place
            self._put(index, place, None if index in self.head else self.item)
        elif index in self.head:
            self._put(index, Place.FRONT_MATTER, None)
        elif self.first < index < self.last and not self.inline and self._is_group(block):
            self._put(index, Place.BODY, None)
        elif not (
            self._take_anchor(index, block)
            or self._take_title_below(index, block)
            or self._take_opening(index, block)
        ):
            self._take_text(index, block)
        if index == self.last and not self.inline:
            self.place, self.item = Place.BODY, None

    def _is_group(self, block: Block) -> bool:
        """Whether a line inside the list heads a group of items ("A. Maintenance of the sea lanes")."""
        label = label_of(block, self.language)
        lettered = label is not None and label.style in (Style.UPPER, Style.ROMAN)
        return (lettered or block.kind is BlockKind.HEADING) and not symbols_in(block.text)

    def _put(
        self, index: int, place: Place, item: str | None, start: int = 0, end: int | None = None
    ) -> None:
        stop = len(self.blocks[index].text) if end is None else end
        self.out.stretches.append(Stretch(index, start, stop, place, item))

    def _take_programme(self, index: int, block: Block) -> None:
        for entry in self.by_block.get(index, ()):  # an agenda with hours beside its items
            self._list_papers(index, block, entry, len(block.text))
        marks = self.programme[index]
        start, item = 0, None
        for place, number in marks:
            if place > start:
                self._put(index, Place.PROGRAMME, item, start, place)
            start, item = place, number
        self._put(index, Place.PROGRAMME, item, start, len(block.text))
        self.place, self.item, self.by_item = Place.PROGRAMME, None, False

    def _take_entries(self, index: int, block: Block) -> None:
        entries = self.by_block[index]
        start = entries[0].unit.start if block.kind is BlockKind.PARAGRAPH else 0
        if start > 0:
            self._put(index, Place.FRONT_MATTER, None, 0, start)
        for position, entry in enumerate(entries):
            final = position + 1 == len(entries)
            end = len(block.text) if final else entries[position + 1].unit.start
            if final and entries[0].unit.start > 0 and block.kind is BlockKind.PARAGRAPH:
                end = entry.unit.end  # what follows a list that runs on is no title
            self._put(index, Place.TITLE, entry.number, start, end)
            start = end
            stop = len(block.text) if final else entries[position + 1].unit.start
            self._list_papers(index, block, entry, stop)
        if start < len(block.text):
            self._put(index, Place.BODY, None, start)
        self.place, self.item, self.by_item = Place.ANNOTATION, self._told_below(index, entries[-1]), False
        self.beside = ()
        if self.inline or block.kind is BlockKind.HEADING:
            self.out.anchors.append((index, entries[-1].number))

    def _told_below(self, index: int, entry: Entry) -> str:
        """The item that the text below an entry is about: right below several sub-items, the item of them all."""
        place = self.order[entry.number]
        before = self.entries[place - 1] if place and self.inline else None
        if before is None or len(entry.steps) == 1 or before.steps[:-1] != entry.steps[:-1]:
            return entry.number
        between = self.blocks[max([before.unit.block, *before.more]) + 1 : index]
        apart = any(block.text and block.kind not in SILENT for block in between)
        return entry.number if apart else number_of(entry.steps[:-1])

    def _list_papers(self, index: int, block: Block, entry: Entry, stop: int) -> None:
        """What stands behind the title of an item and names papers: cells of its row, or the end of its line."""
        end = entry.unit.end
        if block.kind is BlockKind.TABLE_ROW:
            stop = next((cell.end for cell in block.cells if cell.start <= end < cell.end), end)
        if only_papers(block.text[end:stop], self.language):
            self.out.listed.append(Listed(index, end, stop, entry.number, index))
        for cell in block.cells:
            if cell.start >= entry.unit.end and symbols_in(block.text[cell.start : cell.end]):
                self.out.listed.append(Listed(index, cell.start, cell.end, entry.number, index))

    def _list_papers_below(self, index: int, block: Block) -> None:
        """Papers behind a title that stands on the line below its number."""
        place = papers_behind(block, 0, len(block.text), self.language)
        if place:
            self.out.listed.append(Listed(index, place, len(block.text), self.more[index], index))

    def _take_anchor(self, index: int, block: Block) -> bool:
        """A line that repeats the number and title of an item, or its title as a heading, opens its annotation."""
        if block.kind is BlockKind.TABLE_ROW or len(block.text) > _LONGEST_HEADING:
            return False
        label = label_of(block, self.language)
        number = self._named_behind(block, label)
        if number is None:
            number = self._labelled(block, label) if label else self._titled(block)
        if number is None and label is not None and label.style in _DIVISIONS:
            number = self._of_division(block, label)
        if number is None:
            return False
        end = len(block.text)
        start = label.end if label else 0
        self._put(index, Place.TITLE, number)
        if start < end:
            self.out.titles.setdefault(number, []).append((index, start, end))
        self.out.anchors.append((index, number))
        self.item = number
        named = joined_items(block.text, self.language) if label and label.style is Style.ITEM else ()
        self.beside = tuple(each for each in named if each in self.known and each != number)
        if not self.by_item:
            self.place = Place.ANNOTATION
        return True

    def _take_title_below(self, index: int, block: Block) -> bool:
        """The title in the line below "Item 2", whatever else it could announce ("Organization of work")."""
        if self.item is None or not self.out.anchors or self.out.anchors[-1] != (index - 1, self.item):
            return False
        below = likeness(block.text, self.titles[self.item]) >= _SAME_TITLE and not symbols_in(block.text)
        if not below or is_prose(block.text, self.language):
            return False
        self._put(index, Place.TITLE, self.item)
        self.out.titles.setdefault(self.item, []).append((index, 0, len(block.text)))
        return True

    def _named_behind(self, block: Block, label: ItemLabel | None) -> str | None:
        """The item that a heading names in brackets behind its own words ("III. Weirs and sluices (Agenda item 2)")."""
        divided = label is not None and label.style in _DIVISIONS
        if not (divided or block.kind is BlockKind.HEADING) or not block.text.rstrip().endswith((")", "）")):
            return None
        opened = max(block.text.rfind(mark) for mark in _BRACKETS)
        while opened > 0 and block.text.count("(", opened) < block.text.count(")", opened):
            opened = block.text.rfind("(", 0, opened)
        named = named_items(block.text, self.language, opened) if opened > 0 else ()
        if len(named) != 1 or named[0].number not in self.known:
            return None
        self.division = label.style if divided and label else self.division
        return named[0].number

    def _of_division(self, block: Block, label: ItemLabel) -> str | None:
        """The item whose title the heading of a report's part repeats ("II. Weirs and sluices").

        The next part in that style ends what is about the item.
        """
        title = block.text[label.end :]
        short = len(title) <= _LONGEST_HEADING and not is_prose(title, self.language)
        number = self._of_title(title) if short and not title.endswith((".", ";", ",")) else None
        if number is not None:
            self.division = label.style
        elif short and self.division and label.style in (self.division, Style.ROMAN):
            self.item, self.division = None, None
        return number

    def _labelled(self, block: Block, label: ItemLabel) -> str | None:
        title = block.text[label.end :]
        heading = block.kind is BlockKind.HEADING
        for number in self._candidates(label):
            if symbols_in(title):
                continue
            if likeness(title, self.titles[number]) >= _SAME_TITLE or begins(self.titles[number], title):
                return number
        if label.style is Style.SUB:
            return None
        listed = number_list(block.text, self.language) if label.style is Style.ITEM else ()
        if listed and listed[0].number in self.known:
            return listed[0].number  # "Items 4 and 5"
        number = label.number
        if number not in self.known or is_prose(title, self.language):
            return None
        bare = not words_of(title) or not re.search(r"[^\W\d_]{3}", title)
        named = label.style is Style.ITEM and (heading or self.by_item)
        expected = heading and not symbols_in(title) and self._is_next(number)
        return number if (label.style is Style.ITEM and bare) or named or expected else None

    def _candidates(self, label: ItemLabel) -> list[str]:
        """The known numbers that a label may mean here: as it stands, or under the item that holds."""
        if label.style is not Style.SUB:
            return [label.number] if label.number in self.known else []
        if self.item is None:
            return []
        above = self.item.replace("(", " ").replace(")", " ").split()
        numbers = [number_of((*above[:depth], *label.steps)) for depth in range(len(above), 0, -1)]
        return [number for number in numbers if number in self.known]

    def _is_next(self, number: str) -> bool:
        if not self.out.anchors:
            return self.order[number] <= 1
        return self.order[number] > self.order[self.out.anchors[-1][1]]

    def _titled(self, block: Block) -> str | None:
        """The item whose title a heading without a number repeats."""
        if block.kind is not BlockKind.HEADING or is_prose(block.text, self.language):
            return None
        return self._of_title(block.text)

    def _of_title(self, printed: str) -> str | None:
        near = {number for word in set(words_of(printed)) for number in self.numbers_by_word.get(word, ())}
        scored = [
            (likeness(printed, title), number) for number, title in self.titles.items() if number in near
        ]
        best, number = max(scored, key=lambda entry: entry[0], default=(0.0, ""))
        return number if best >= _SURELY_SAME_TITLE and len(words_of(printed)) > 1 else None

    def _take_opening(self, index: int, block: Block) -> bool:
        opening = self.openings.get(index)
        if opening is None:
            return False
        in_documents = self.place is Place.DOCUMENTATION and block.kind is not BlockKind.HEADING
        untimed = opening.section is Section.PROGRAMME and index + 1 not in self.programme
        told = opening.section is Section.AGENDA and self.item is not None and index > self.last
        if told and not self._lists_below(index):
            return False  # "Agenda of the session" heads what an annotation tells of it
        if in_documents and (untimed or opening.section is Section.AGENDA):
            return False  # "Draft provisional agenda for the next session", listed as a document
        own = self.item is not None and not self.by_item and not self._set_out_by_item(index)
        if opening.section is Section.DOCUMENTATION and self.item is not None and own:
            self.place, self.section = Place.DOCUMENTATION, index
            silent = says_nothing(block.text[opening.rest :], self.language)
            if opening.rest < len(block.text) and is_entry(block, self.language) and not silent:
                self._list(index, opening.rest, index)
            self._put(index, Place.DOCUMENTATION, self.item)
            return True
        if opening.section in (Section.DOCUMENTATION, Section.DOCUMENT_LIST):
            self.place, self.item, self.section, self.by_item = Place.DOCUMENTATION, None, index, True
        else:
            place = Place.PROGRAMME if opening.section is Section.PROGRAMME else Place.BODY
            self.place, self.item, self.by_item = place, None, False
        self._put(index, self.place, None)
        return True

    def _lists_below(self, index: int) -> bool:
        """Whether a list that counts from 1 begins in the lines below."""
        below = [block for block in self.blocks[index + 1 : index + 1 + _LINES_TO_LIST] if block.text]
        labels = [(block, label_of(block, self.language)) for block in below]
        return any(
            label is not None
            and label.value == 1
            and label.style in (Style.FIGURE, Style.ITEM)
            and not is_prose(block.text, self.language)
            for block, label in labels
        )

    def _set_out_by_item(self, index: int) -> bool:
        """Whether the lines under the word "Documents" mostly name items themselves: then it heads a list of all."""
        symbols = named = 0
        for place in range(index + 1, min(index + 1 + _LINES_LOOKED_AT, len(self.blocks))):
            block = self.blocks[place]
            if place in self.openings or place in self.by_block or block.kind is BlockKind.HEADING:
                break
            if symbols_in(block.text):
                symbols += 1
                named += bool(items_of_line(block, self.language, self.known, None))
            elif is_prose(block.text, self.language):
                break
        return named > 1 and named * 2 > symbols

    def _take_text(self, index: int, block: Block) -> None:
        if self.by_item:
            self._take_list_line(index, block)
        elif self.place is Place.DOCUMENTATION and self._take_document(index, block):
            return
        elif self.item is not None and (is_document_line(block, self.language) or self._is_announced(block)):
            self._list(index, 0, index)
            self._put(index, Place.DOCUMENTATION, self.item)
        else:
            self._take_annotation(index, block)

    def _list(self, index: int, start: int, section: int) -> None:
        """Lists what a block names from *start* on, for the item that holds and those its heading names beside it."""
        for item in (self.item, *self.beside):
            if item is not None:
                self.out.listed.append(Listed(index, start, len(self.blocks[index].text), item, section))

    def _is_announced(self, block: Block) -> bool:
        """Whether a line is of the list that a sentence opened ("… will have before it the following documents:")."""
        return self.listing and bool(symbols_in(block.text)) and not is_prose(block.text, self.language)

    def _take_document(self, index: int, block: Block) -> bool:
        """A line under the word "Documentation"; a sentence or a heading ends the list."""
        if block.kind is BlockKind.HEADING or self.item is None:
            self.place = Place.ANNOTATION if self.item else Place.BODY
            return False
        if is_entry(block, self.language):
            self._list(index, 0, self.section)
        elif symbols_in(block.text) or not is_prose(block.text, self.language):
            pass
        else:
            self.place = Place.ANNOTATION
            return False
        self._put(index, Place.DOCUMENTATION, self.item)
        return True

    def _take_list_line(self, index: int, block: Block) -> None:
        """A line of a list of documents by item: it names its item, or stands under a line that does."""
        column = item_column(block, self.language) if block.kind is BlockKind.TABLE_ROW else None
        if column is not None:
            self.column = column
        items = items_of_line(block, self.language, self.known, self.column)
        symbols = symbols_in(block.text)
        if not symbols:
            if items:
                self.item = items[0]
        else:
            items = self.row_items if not items and self._is_merged(block) else items
            self._list_symbols(index, block, items)
            self.row_items = items
        self._put(index, Place.DOCUMENTATION, items[0] if items else self.item)

    def _is_merged(self, block: Block) -> bool:
        """Whether the cell of a row that names its item is empty: it goes on the one above."""
        if self.column is None or self.column >= len(block.cells):
            return False
        cell = block.cells[self.column]
        return cell.start == cell.end

    def _list_symbols(self, index: int, block: Block, items: tuple[str, ...]) -> None:
        label = None if block.kind is BlockKind.TABLE_ROW else label_of(block, self.language)
        start = label.end if label and label.number in items else 0
        if label and items == (label.number,):
            self.item = items[0]
        for item in items or ((self.item,) if self.item else ()):
            self.out.listed.append(Listed(index, start, len(block.text), item, index))

    def _take_annotation(self, index: int, block: Block) -> None:
        self.listing = block.text.rstrip().endswith(":") and announces(block.text, self.language)
        named = item_named_first(block.text, self.language, self.titles)
        item = named or self.item
        place = (
            Place.ANNOTATION
            if item
            else (Place.BODY if self.place in (Place.DOCUMENTATION, Place.FRONT_MATTER) else self.place)
        )
        self._put(index, place, item)
        if item is None:
            return
        announced = announcements(block.text, self.language)
        for start, end in symbols_in(block.text):
            symbol = block.text[start:end]
            first = self.out.announced.setdefault(symbol, item) == item
            told = any(span.start <= start < span.end for span in announced)
            if first and not told and self.own and self.own.fullmatch(symbol):
                self.out.announcing.append(Listed(index, start, end, item, index))
        for span in announced:
            for each in (item, *(self.beside if item == self.item else ())):
                self.out.announcing.append(Listed(index, span.start, span.end, each, index))
