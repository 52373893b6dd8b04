"""Rows of paragraphs as the UN80 mandate registry publishes them (JSON) → text and blocks.

A row is a line: its ``prefix`` (the printed number), a tab, its ``text``. ``type``, ``paragraph_type`` and the other
labels are what another pipeline made of the text; only ``heading`` is taken over, as layout.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, Final

from treatygraph.model.errors import ReadError, Where
from treatygraph.model.text import Block, BlockKind, Link, Span
from treatygraph.read.compose import Composed
from treatygraph.read.limits import Limits
from treatygraph.read.reader import read_blocks
from treatygraph.read.rejoin import join
from treatygraph.read.run import printed

_REMEDY: Final = (
    "Give a list of rows, each with the keys text, type and prefix, or save the document as .txt or .md."
)
_DEEPEST: Final = 6
_ENDED: Final = re.compile(r"[.;:,]\s*$")


def read_un80(data: bytes, *, name: str, limits: Limits) -> Composed:
    """Text and blocks of a list of rows; raises ``ReadError`` for JSON of another shape or that is not well formed."""
    rows = _rows(data, name)
    lines = [_line(row) for row in rows]
    text = "".join(f"{line}\n" for line in lines)
    if len(text) > limits.max_bytes:
        raise ReadError(
            f"{name} holds more than {limits.max_bytes:,} characters of text", remedy="Split the document."
        )
    spans, start = [], 0
    for line in lines:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    blocks = read_blocks(text, markdown=False, wrapped=False)
    return Composed(text, _by_rows(blocks, rows, lines, spans), links=_links(text, rows, spans))


def _rows(data: bytes, name: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        where = Where(file=name, line=getattr(error, "lineno", None), column=getattr(error, "colno", None))
        what = getattr(
            error, "msg", "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        )
        raise ReadError(f"{name} is not well-formed JSON: {what}", where=where, remedy=_REMEDY) from error
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise ReadError(f"{name} is JSON, but not a list of rows", where=Where(file=name), remedy=_REMEDY)
    for number, row in enumerate(found, 1):
        if not isinstance(row.get("text", ""), str | None) or not isinstance(row.get("prefix"), str | None):
            raise ReadError(
                f"row {number} of {name} has a text or a prefix that is no string",
                where=Where(file=name),
                remedy=_REMEDY,
            )
    return found


def _line(row: dict[str, Any]) -> str:
    prefix, text = row.get("prefix"), row.get("text") or ""
    return printed(f"{prefix}\t{text}" if prefix else text)


def _by_rows(
    blocks: tuple[Block, ...], rows: list[dict[str, Any]], lines: list[str], spans: list[Span]
) -> tuple[Block, ...]:
    """The blocks with headings marked, and with the lines of one row joined where it is one paragraph.

    A row is one paragraph when it ends as a clause does; the lines of a title or a masthead stay apart.
    """
    made: list[Block] = []
    at = 0
    for block in blocks:
        before = at
        while spans[at].end < block.span.start:
            at += 1
        last = made[-1] if made else None
        ended = _ENDED.search(lines[at])
        if last and at == before and ended and last.span.start >= spans[at].start and _goes_on(last, block):
            made[-1] = join(last, block)
        elif block.kind is BlockKind.PARAGRAPH and _is_heading(rows[at], block):
            made.append(replace(block, kind=BlockKind.HEADING, level=_level(rows[at])))
        else:
            made.append(block)
    return tuple(made)


def _goes_on(last: Block, block: Block) -> bool:
    running = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    return last.kind in running and block.kind is BlockKind.PARAGRAPH and block.text[0].islower()


def _is_heading(row: dict[str, Any], block: Block) -> bool:
    return row.get("type") == "heading" and not block.text.endswith((".", ";", ",", ":"))


def _level(row: dict[str, Any]) -> int:
    level = row.get("heading_level")
    return min(max(level, 1), _DEEPEST) if isinstance(level, int) else 1


def _links(text: str, rows: list[dict[str, Any]], spans: list[Span]) -> tuple[Link, ...]:
    """The hyperlinks of the rows: each is [words, address], and leads from the first place of its words in the row."""
    found: list[Link] = []
    for row, span in zip(rows, spans, strict=True):
        links = row.get("links")
        for link in links if isinstance(links, list) else ():
            if not (
                isinstance(link, list) and len(link) == 2 and all(isinstance(part, str) for part in link)
            ):
                continue
            words, address = map(printed, link)
            start = text.find(words, span.start, span.end) if words else -1
            if start >= 0 and address:
                found.append(Link(Span(start, start + len(words)), address))
    return tuple(sorted(set(found), key=lambda link: (link.span, link.address)))
