"""Words → units: "article 16, paragraph 5 (a)", "paragraphs 2 (c) and 3 (c)", "Article 1 (1-4)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from treatygraph.cite.lexicon import Lexeme
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import Path, Unit
from treatygraph.model.numbering import roman_value

# A unit may be followed by one of a higher rank after "of", or by one of a lower rank after a comma.
RANK: Final = {
    "annex": 0, "schedule": 0, "table": 0, "appendix": 0, "part": 1, "chapter": 2, "section": 3, "art": 4,
    "regulation": 4, "para": 5, "sub": 6,
}  # fmt: skip
ALIKE: Final = str.maketrans("АВСЕНКМОРТХасе", "ABCEHKMOPTXace")
"""Letters of another script that look like ours, as typists take them."""
ANNEXED: Final = ("annex", "schedule", "table", "appendix")
_LETTERED: Final = ("annex", "part", "section", "schedule", "table", "appendix")
_LONGEST_RANGE: Final = 200
_LONGEST_TITLE: Final = 24  # words
_NOT_IN_TITLE: Final = ("(", ";", ".")
_NUMBER: Final = re.compile(r"\d{1,4}(?:[A-Za-z]|bis|ter|quater|quinquies|sexies|septies)?")
_ROMAN: Final = re.compile(r"[IVXLCDM]{1,7}")
_ADDED: Final = ("bis", "ter", "quater", "quinquies", "sexies", "septies")
_LABEL: Final = re.compile(r"\d{1,3}|[a-z]|([a-z])\1|[ivxl]{1,6}|[A-Z]")
_LOWER_ROMAN: Final = re.compile(r"[ivxl]{1,6}")


@dataclass(frozen=True, slots=True)
class Item:
    """A unit of a list: its own value ("5"), the labels in brackets after it ("a", "i"), its words."""

    value: str
    labels: tuple[str, ...]
    first: int
    last: int


def path_of(step: str, item: Item) -> Path:
    """The steps that an item adds: ("art", "16"), ("para", "5", "a"); "16 (2)" of articles is a paragraph."""
    labels = list(item.labels)
    if step == "sub":
        head: Path = ("para", item.value) if item.value.isdigit() else ((item.value,) if item.value else ())
    elif step == "para" and item.value and not item.value[0].isdigit():
        head = (item.value,)
    elif step == "art":
        value, *parts = item.value.split(".")
        head = ("art", value)
        if parts and parts[0].isdigit():
            head += ("para",)
        head += tuple(parts)
        if labels and labels[0].isdigit():
            head += ("para",)
    else:
        head = (step, item.value) if item.value else ()
        if not item.value and step == "para" and labels and labels[0].isdigit():
            head = ("para",)
    return (*head, *labels)


def join(parent: Path, child: Path) -> Path:
    """A path below another; parts, chapters and sections above an article say nothing that its number does not."""
    if child[0] == "art" and parent[0] in ("part", "chapter", "section"):
        return child
    return (*parent, *child)


def unit_list(line: Line, index: int, unit: Lexeme, *, inside: bool = False) -> tuple[list[Item], int] | None:
    """The numbers after a unit word, ranges expanded, and the index after them; None where no number follows.

    *inside*: the unit is part of one in a list that may go on ("articles 46, paragraph 4, and 56").
    """
    first = _items(line, index, unit.sense) or _from(line, index, unit)
    if first is None:
        return None
    items, end = first
    joined = False
    while True:
        after_title = past_title(line, end)
        found = _separator(line, after_title)
        if found is None:
            return items, end
        kind, position = found
        if inside and joined and line.words.norm(end) == ",":
            return items, end  # "articles 18, paragraphs 3 and 7, and 46"
        joined = joined or kind == "and"
        if kind == "comma" and not inside and not unit.plural and _is_list(line, position, unit):
            unit = replace(unit, plural=True)
        more = _continued(line, position, unit, items[-1], kind, inside=inside)
        if more is None or (kind == "range" and after_title != end):
            return items, end
        following, after = more
        if kind == "range":
            following = [*between(items[-1], following[0]), *following]
        items.extend(following)
        end = after
        if len(items) > _LONGEST_RANGE:
            return items[:_LONGEST_RANGE], end


def _is_list(line: Line, index: int, unit: Lexeme) -> bool:
    """Whether a singular has more numbers: "VII and VIII of the Charter" behind "Chapter VI,", "3 и 26" behind "2,"."""
    listed = unit_list(line, index, replace(unit, plural=True))
    if listed is None or len(listed[0]) < 2 or not _closes(line, listed[1]):
        return False
    last = line.words.index_at(line.start(listed[0][-1].first)) - 1
    return line.lex(last, "and") is not None


def list_goes_on(line: Line, index: int, unit: Lexeme) -> tuple[list[Item], int] | None:
    """Further numbers of a list whose last number had parts of its own: ", and 56" of "46, paragraph 4, and 56"."""
    found = _separator(line, index)
    if found is None or found[0] == "range":
        return None
    listed = unit_list(line, found[1], unit)
    if listed is None or not listed[0][0].value or _is_other_number(line, found[1], listed[1]):
        return None
    end = listed[1]
    followed = _closes(line, end) or line.lex(end, "unit") is not None
    return listed if followed or past_title(line, end) != end else None


def past_title(line: Line, index: int) -> int:
    """The index after a title in brackets behind a number ("article 16 (Extradition)"); *index* where none stands."""
    words = line.words
    if words.norm(index) != "(" or _labels(line, index) is not None:
        return index
    for position in range(index + 1, min(index + _LONGEST_TITLE, len(line))):
        if words.norm(position) == ")":
            return position + 1 if position > index + 1 else index
        if words.norm(position) in _NOT_IN_TITLE or words.raw(position)[:1].isdigit():
            break
        if position in line.in_symbol or any(line.lex(position, role) for role in ("unit", "act")):
            break
    return index


def _from(line: Line, index: int, unit: Lexeme) -> tuple[list[Item], int] | None:
    """The first number of a range that a word opens: "الفقرات من 61 إلى 76"."""
    opened = line.lex(index, "of") if unit.plural else None
    first = _items(line, opened[1], unit.sense) if opened else None
    return first if first and line.lex(first[1], "range") else None


def units_of(line: Line, items: list[Item], step: str) -> list[Unit]:
    """The units of a list, with the offsets of their own words."""
    return [Unit(path_of(step, item), line.start(item.first), line.end(item.last)) for item in items]


def _separator(line: Line, index: int) -> tuple[str, int] | None:
    """ "," or "and" or "to" between the units of a list: its kind and the index after it."""
    position, kind = index, ""
    if line.words.norm(position) == ",":
        position, kind = position + 1, "comma"
    joined = line.lex(position, "and")
    if joined:
        # "and/or"
        if line.words.norm(joined[1]) == "/" and line.lex(joined[1] + 1, "and"):
            return "and", joined[1] + 2
        return "and", joined[1]
    if not kind:
        through = line.lex(position, "range")
        if through:
            return "range", through[1]
    return (kind, position) if kind else None


def _continued(
    line: Line, index: int, unit: Lexeme, before: Item, kind: str, *, inside: bool
) -> tuple[list[Item], int] | None:
    again = line.lex(index, "unit")
    if again and again[0].sense == unit.sense and kind == "range":  # "paragraph 38 to paragraph 40"
        index = again[1]
    labels = _labels(line, index)
    if labels and before.labels:
        stem = _stem(before.labels, labels[0][0][0])
        paths, end = _more_labels(line, *labels)
        return [replace(before, labels=(*stem, *path), first=index, last=end) for path in paths], end
    if line.dates.get(before.first, -1) > index:  # "under article 10 to 31 December": up to a day
        return None
    found = _items(line, index, unit.sense)
    if found is None:
        return None
    alone = kind == "and" and not inside and _closes(line, found[1])
    if not (unit.plural or kind == "range" or alone):
        return None
    return None if _is_other_number(line, index, found[1]) else found


def _closes(line: Line, index: int) -> bool:
    closed = line.words.norm(index) in ("", ",", ";", ".", ")") or line.of(index) is not None
    closed = closed or (line.words.norm(index) == "(" and line.lex(index + 1, "unit") is not None)
    return closed or any(line.lex(index, role) for role in ("common", "place", "thereof"))


def _is_other_number(line: Line, index: int, end: int) -> bool:
    """Whether a number that seems to go on with the list is a date, part of an act's number, or the like."""
    return (
        index in line.dates
        or line.words.norm(end) in ("/", "%")
        or (line.words.norm(index).isdigit() and len(line.words.norm(index)) == 4)
    )


def _items(line: Line, index: int, step: str) -> tuple[list[Item], int] | None:
    """A number with its labels in brackets; labels that are a range or alternatives make several items."""
    found = _value(line, index, step)
    if found is None:
        if step not in ("para", "sub", "art"):
            return None
        labels = _labels(line, index) or _bare_label(line, index)
        if labels is None or step == "art":
            return None
        paths, end = _more_labels(line, *labels)
        return [Item("", path, index, end) for path in paths], end
    value, end = found
    labels = _labels(line, end) or _bare_label(line, end)
    if labels is None:
        return [Item(value, (), index, end)], end
    paths, after = _more_labels(line, *labels)
    return [Item(value, path, index, after) for path in paths], after


def _more_labels(line: Line, paths: list[Path], end: int) -> tuple[list[Path], int]:
    while len(paths) == 1:
        labels = _labels(line, end)
        if labels is None:
            break
        following, end = labels
        paths = [(*paths[0], *path) for path in following]
    return paths, end


def _labels(line: Line, index: int) -> tuple[list[Path], int] | None:
    """A label in brackets, or a range of them: "(a)", "(1-4)"; the index after the closing bracket."""
    words = line.words
    if words.norm(index) != "(":
        return _half_bracketed(line, index) if line.order.half_brackets else None
    label = label_at(line, index + 1)
    if label is None:
        return None
    if words.norm(index + 2) == ")":
        return [(label,)], index + 3
    through = line.lex(index + 2, "range")
    last = label_at(line, through[1]) if through else None
    if through and last and words.norm(through[1] + 1) == ")":
        return [(each,) for each in (label, *_labelsbetween(label, last), last)], through[1] + 2
    return None


def _bare_label(line: Line, index: int) -> tuple[list[Path], int] | None:
    """A letter that only its type sets apart ("Article 73 *e* of the Charter"): what it is part of must follow."""
    label = label_at(line, index) or line.words.raw(index).translate(ALIKE)
    whole = line.of(index + 1) if len(label) == 1 and label.isascii() and label.islower() else None
    if whole is None or (line.lex(index, "and") and not line.words.raw(index).isascii()):
        return None
    the = line.lex(whole, "the")
    whole = the[1] if the else whole
    named = line.hit_at(whole) is not None or line.lex(whole, "unit") is not None
    return ([(label,)], index + 1) if named else None


def _half_bracketed(line: Line, index: int) -> tuple[list[Path], int] | None:
    """A label that only closes a bracket ("b)", "1)"), or a range of them ("a) to c)")."""
    label = label_at(line, index)
    if label is None or label.isdigit() or line.words.norm(index + 1) != ")":
        return None
    through = line.lex(index + 2, "range")
    last = label_at(line, through[1]) if through else None
    if through and last and not last.isdigit() and line.words.norm(through[1] + 1) == ")":
        return [(each,) for each in (label, *_labelsbetween(label, last), last)], through[1] + 2
    return [(label,)], index + 2


def label_at(line: Line, index: int) -> str | None:
    """The label of a list at a word, in Latin letters; None where there is none."""
    raw = line.words.raw(index)
    raw = line.order.labels.get(raw, raw)
    return raw if _LABEL.fullmatch(raw) else None


def _stem(labels: Path, label: str) -> Path:
    """The labels that stay when a list goes on: "(a) (i) and (b)" goes back a level, "(a) or (b)" stays."""
    for depth in range(len(labels) - 1, -1, -1):
        if _same_kind(labels[depth], label):
            return labels[:depth]
    return labels


def _same_kind(one: str, other: str) -> bool:
    if one.isdigit() or other.isdigit():
        return one.isdigit() and other.isdigit()
    if one.isupper() != other.isupper():
        return False
    romans = bool(_LOWER_ROMAN.fullmatch(one)), bool(_LOWER_ROMAN.fullmatch(other))
    if len(one) == 1 and len(other) == 1 and ord(other) == ord(one) + 1:
        return True
    return romans[0] == romans[1]


def _value(line: Line, index: int, step: str) -> tuple[str, int] | None:
    raw = line.words.raw(index)
    if not raw or index in line.in_symbol:
        return None
    if line.order.ordinal_after and index in line.ordinals:  # "article premier", "Artículo primero"
        ordinal, end = line.ordinals[index]
        letter = line.order.suffixes.get(line.words.raw(end + 1), "")
        if letter and line.words.norm(end) == "-" and step in _LETTERED:  # "ثانيا-ألف"
            return f"{ordinal}.{letter}", end + 2
        return str(ordinal), end
    if _NUMBER.fullmatch(raw):
        value, end = _dotted(line, raw, index + 1)
        if line.words.norm(end) == "/":
            return None
        added = line.words.norm(end)
        return (value + added, end + 1) if added in _ADDED and value.isdigit() else (value, end)
    if _ROMAN.fullmatch(raw) and step not in ("para", "sub") and not (len(raw) == 1 and raw in "LCDM"):
        number = roman_value(raw)
        if number:
            return _dotted(line, str(number), index + 1)
    raw = line.order.suffixes.get(raw, raw)
    if len(raw) == 1 and raw.isascii() and raw.isalpha() and (raw.isupper() and step in _LETTERED):
        return raw, index + 1
    return None


def _dotted(line: Line, value: str, end: int) -> tuple[str, int]:
    """A number that goes on after a full stop without a space: "4.A.4"."""
    words = line.words
    while words.norm(end) == "." and words.glued(end) and words.glued(end + 1):
        following = words.raw(end + 1).translate(ALIKE)
        if not (
            (following.isdigit() and len(following) < 4) or (len(following) == 1 and following.isalpha())
        ):
            break
        value, end = f"{value}.{following}", end + 2
    return value, end


def between(first: Item, last: Item) -> list[Item]:
    """The units between the two ends of a range, with the words of the last."""
    if first.labels and last.labels and first.value == last.value:
        stem = last.labels[:-1]
        return [
            replace(last, labels=(*stem, each)) for each in _labelsbetween(first.labels[-1], last.labels[-1])
        ]
    if first.labels or last.labels or not (first.value.isdigit() and last.value.isdigit()):
        return []
    inner = range(int(first.value) + 1, int(last.value))
    return [replace(last, value=str(number)) for number in inner[:_LONGEST_RANGE]]


def _labelsbetween(first: str, last: str) -> tuple[str, ...]:
    if first.isdigit() and last.isdigit():
        return tuple(str(number) for number in range(int(first) + 1, int(last))[:_LONGEST_RANGE])
    if len(first) == 1 and len(last) == 1 and first.isalpha() and last.isalpha():
        return tuple(chr(code) for code in range(ord(first) + 1, ord(last)))
    return ()
