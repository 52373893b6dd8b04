"""Words → publications: "Sales No. E.05.V.2"; "Treaty Series, vol. 2225, No. 39574"; "Ibid., vol. 976, No. 14152"."""

from __future__ import annotations

import re
from typing import Final

from treatygraph.cite.line import Line
from treatygraph.cite.mentions import PublicationMention, RejectedMention

_SALES: Final = re.compile(r"(?:[A-Z]\.)?\d{2,4}\.[IVXLC]{1,6}(?:\.[A-Z])?\.\d{1,4}(?:/Rev\.\d{1,2})?")
_NUMBER: Final = re.compile(r"(?:[A-Z]{1,2}-)?\d{1,6}")
_VOLUME: Final = re.compile(r"\d{1,5}|[IVXLC]{1,8}")
_LONGEST_RANGE: Final = 20


def publication_mention(line: Line, index: int) -> tuple[PublicationMention | RejectedMention, int] | None:
    """The publication whose words begin at a word; None where no number follows."""
    found = line.lex(index, "publication")
    if found is None:
        return None
    lexeme, position = found
    if lexeme.sense == "sales":
        return _sales(line, index, position)
    listed = _volumes_and_numbers(line, position)
    if listed is None:
        return None
    volumes, numbers, end = listed
    keys = [f"{volume}/{number}" for number in numbers for volume in volumes]
    while (more := _volumes_and_numbers(line, _after_and(line, end))) and not line.order.head_last:
        volumes, numbers, end = more  # "vol. 1125, No. 17512, and vol. 2404, No. 43425"
        keys += [f"{volume}/{number}" for number in numbers for volume in volumes]
    span = line.start(index), line.end(end)
    if lexeme.sense == "league":
        return RejectedMention(*span, "reject/other-series", "a treaty series without keys"), end
    return PublicationMention(*span, tuple(keys), lexeme.sense == "ibid", "publication/treaty-series"), end


def _after_and(line: Line, index: int) -> int:
    position = index + 1 if line.words.norm(index) == "," else index
    joined = line.lex(position, "and")
    return joined[1] if joined else len(line)


def _sales(line: Line, index: int, position: int) -> tuple[PublicationMention, int] | None:
    keys, end = [], position
    position += line.words.norm(position) == ":"
    while position < len(line):
        match = _SALES.match(line.text, line.start(position))
        if match is None:
            break
        keys.append(match.group())
        end = line.words.index_at(match.end())
        following = end + 1 if line.words.norm(end) == "," else end
        joined = line.lex(following, "and")
        position = joined[1] if joined else following
        if position == end:
            break
    if not keys:
        return None
    return PublicationMention(
        line.start(index), line.end(end), tuple(keys), rule="publication/sales-number"
    ), end


def _volumes_and_numbers(line: Line, index: int) -> tuple[list[str], list[str], int] | None:
    position = index + 1 if line.words.norm(index) == "," else index
    if line.order.head_last:
        return _closed(line, position)
    mark = line.lex(position, "number_mark")
    if mark is None or mark[0].sense != "volume":
        return None
    volumes, position = _listed(line, mark[1], _VOLUME)
    if line.words.norm(position) == "(" and line.words.norm(position + 2) == ")":
        position += 3  # the year of the volume
    if line.words.norm(position) == ",":
        position += 1
    mark = line.lex(position, "number_mark")
    if not volumes or mark is None or mark[0].sense == "volume":
        return None
    numbers, end = _listed(line, mark[1], _NUMBER)
    return (volumes, numbers, end) if numbers else None


def _closed(line: Line, index: int) -> tuple[list[str], list[str], int] | None:
    """Volumes and numbers with the marks around them: "第2225和2237卷,第39574号"."""
    found: list[list[str]] = []
    position = index
    for sense in ("volume", ""):
        opened = line.words.norm(position) == "第"
        values, position = _listed(line, position + opened, _VOLUME)
        mark = line.lex(position, "number_mark")
        if not values or mark is None or mark[0].sense != sense:
            return None
        found.append(values)
        position = mark[1]
        if sense and line.words.norm(position) == ",":
            position += 1
    return found[0], found[1], position


def _listed(line: Line, index: int, pattern: re.Pattern[str]) -> tuple[list[str], int]:
    """A list of numbers, ranges expanded, and the index after it."""
    values: list[str] = []
    position, end, ranged = index, index, False
    while position < len(line):
        match = pattern.match(line.text, line.start(position))
        if match is None:
            break
        value = match.group()
        if ranged and values and values[-1].isdigit() and value.isdigit():
            values.extend(str(n) for n in range(int(values[-1]) + 1, int(value))[:_LONGEST_RANGE])
        values.append(value)
        end = line.words.index_at(match.end())
        through = line.lex(end, "range")
        following = end + 1 if line.words.norm(end) == "," else end
        joined = line.lex(following, "and")
        ranged = through is not None
        position = through[1] if through else joined[1] if joined else following
        if position == end or line.lex(position, "number_mark"):
            break
    return values, end
