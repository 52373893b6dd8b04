"""PDF bytes on standard input → the printed stretches of each page as JSON on standard output.

This file is run in a process of its own, with limits on time and memory: a hostile file can end this process, but not
the one that asked. It imports nothing of ours. A *stretch* is text in one size on one line without a wide gap:
``[text, left, right, foot, size, bold, raised]``, in points from the lower left corner of the page.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
import unicodedata
from itertools import pairwise
from typing import Any

_Character = tuple[str, float, float, float, float, bool]

# Gaps in ems: beyond the first two stretches stand apart, beyond the second a space was left out.
_APART = 1.1
_SPACE = 0.2
# Characters whose feet differ by less than this many ems stand on one line.
_SAME_LINE = 0.25
_RAISED_SIZE = 0.8
_RAISED_FOOT = 0.15
_OTHER_SIZE = 0.15
_BACK = 30  # a character this far back begins another piece of the page
_BOLD = 600
_NO_SIZE = 1.0
_LONGEST_NAME = 256
_LINE_HYPHEN = 2  # what PDFium makes of a hyphen at the end of a line
# A share of pairs of right-to-left letters that stand the wrong way round, which is no accident.
_FEW = 0.1
# Letters that fonts draw in one piece have one place.
_JOINED = "\u0644\u0627\u0623\u0625\u0622"
_IN_NUMBERS = ".,:/"
_IN_SYMBOLS = " ./-_:&+"
_DROPPED = "\r\n\x00\ufffe\uffff\u200b"


def main() -> None:
    """Reads the file; prints ``{"pages": […]}`` or ``{"error": kind, "detail": …}``."""
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    try:
        answer = _read(sys.stdin.buffer.read(), limits)
    except MemoryError:
        answer = {"error": "memory"}
    sys.stdout.write(json.dumps(answer, separators=(",", ":")))


def _read(data: bytes, limits: dict[str, int]) -> dict[str, Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        return {"error": "locked" if locked else "damaged", "detail": str(error)}
    if count > limits["pages"]:
        return {"error": "pages", "detail": str(count)}
    pages, characters = [], 0
    for index in range(count):
        try:
            page = document[index]
            stretches = _stretches(page.get_textpage())
            pages.append({"width": page.get_width(), "height": page.get_height(), "stretches": stretches})
            page.close()
        except pypdfium2.PdfiumError as error:
            return {"error": "damaged", "detail": f"page {index + 1}: {error}"}
        characters += sum(len(stretch[0]) for stretch in stretches)
        if characters > limits["characters"]:
            return {"error": "characters", "detail": str(limits["characters"])}
    return {"pages": pages}


class _Stretch:
    """A stretch that grows; ``foot`` is the height of the line that it stands on."""

    __slots__ = ("bold", "foot", "left", "right", "size", "text")

    def __init__(self, text: str, left: float, right: float, foot: float, size: float, bold: bool) -> None:
        self.text, self.left, self.right = text, left, right
        self.foot, self.size, self.bold = foot, size, bold

    def take(self, text: str, left: float, right: float) -> None:
        """Grows by what comes next."""
        self.text += text
        self.left, self.right = min(self.left, left), max(self.right, right)

    def gap(self, left: float, right: float) -> float:
        """How far the next character is, in either direction of writing."""
        return max(left - self.right, self.left - right)

    def row(self, raised: bool) -> list[Any]:
        """The stretch as it is printed."""
        edges = [round(edge, 1) for edge in (self.left, self.right, self.foot, self.size)]
        return [self.text, *edges, int(self.bold), int(raised)]


def _stretches(textpage: Any) -> list[list[Any]]:
    """The stretches of a page in the order in which it draws them, which follows the direction of writing."""
    found: list[_Stretch] = []
    space = False
    for text, left, right, foot, size, bold in in_reading_order(list(_characters(textpage))):
        if text.isspace():
            space = True
            continue
        last = found[-1] if found else None
        if last is None or abs(last.foot - foot) >= _SAME_LINE * max(last.size, size):
            found.append(_Stretch(text, left, right, foot, size, bold))
        else:
            gap = last.gap(left, right)
            text = " " + text if space or gap > _SPACE * size else text
            if gap > _APART * size or gap < -_BACK * size:
                found.append(_Stretch(text.lstrip(), left, right, foot, size, bold))
            elif abs(last.size - size) > _OTHER_SIZE * size or last.bold != bold:
                found.append(_Stretch(text, left, right, foot, size, bold))
            else:
                last.take(text, left, right)
        space = False
    return [stretch.row(_is_raised(stretch, found, place)) for place, stretch in enumerate(found)]


def in_reading_order(characters: list[_Character]) -> list[_Character]:
    """Characters as they are read. Some programs draw words of a right-to-left script from the left, which PDFium turns
    round for some words and not for others: then the places of the characters tell the order, line by line.
    """
    backward = forward = 0
    for before, after in pairwise(characters):
        if before[0] in _JOINED or after[0] in _JOINED or not (_leftward(before[0]) and _leftward(after[0])):
            continue
        if abs(before[3] - after[3]) < _SAME_LINE * after[4] and abs(before[1] - after[1]) < 2 * after[4]:
            backward += before[1] < after[1]
            forward += before[1] > after[1]
    if backward <= _FEW * (backward + forward):
        return characters
    lines: list[list[_Character]] = []
    for character in characters:
        near = lines and abs(lines[-1][-1][3] - character[3]) < _SAME_LINE * character[4]
        if not near:
            lines.append([])
        lines[-1].append(character)
    return [character for line in lines for character in _reordered(line)]


def _reordered(line: list[_Character]) -> list[_Character]:
    """A line by the places of its characters: from the right, Latin words and numbers in it from the left."""
    if not any(_leftward(character[0]) for character in line):
        return line
    placed = sorted(line, key=lambda character: (character[1], character[2]))
    runs: list[tuple[bool, list[_Character]]] = []
    at = 0
    while at < len(placed):
        end = _run_end(placed, at) if _rightward(placed[at][0]) else at + 1
        runs.append((_rightward(placed[at][0]), placed[at:end]))
        at = end
    return _with_brackets([each for _, run in reversed(runs) for each in run])


def _with_brackets(line: list[_Character]) -> list[_Character]:
    """A line whose brackets open before they close: fonts have the one or the other for those that are mirrored."""
    places = [place for place, character in enumerate(line) if character[0] in "()"]
    printed = "".join(line[place][0] for place in places)
    if len(places) % 2 or printed == "()" * (len(places) // 2):
        return line
    done = list(line)
    for turn, place in enumerate(places):
        done[place] = (")" if turn % 2 else "(", *line[place][1:])
    return done


def _run_end(placed: list[_Character], start: int) -> int:
    """Where a run that is read from the left ends: letters and figures, with the marks inside symbols and numbers."""
    end, latin = start + 1, placed[start][0].isalpha()
    while end < len(placed):
        following = placed[end][0]
        if _rightward(following):
            latin, end = latin or following.isalpha(), end + 1
            continue
        if end + 1 == len(placed) or not _rightward(placed[end + 1][0]):
            break
        both = placed[end - 1][0].isdigit() and placed[end + 1][0].isdigit()
        lettered = latin or placed[end + 1][0].isalpha()
        if not ((both and following in _IN_NUMBERS) or (lettered and following in _IN_SYMBOLS)):
            break
        end += 1
    return end


def _leftward(text: str) -> bool:
    return unicodedata.bidirectional(text[:1]) in ("R", "AL")


def _rightward(text: str) -> bool:
    return unicodedata.bidirectional(text[:1]) in ("L", "EN", "AN")


def _is_raised(stretch: _Stretch, found: list[_Stretch], place: int) -> bool:
    """Whether a stretch is set high beside larger ones, as the mark of a note is."""
    near = [other for other in found[max(0, place - 1) : place + 2] if other is not stretch]
    return any(
        stretch.size < _RAISED_SIZE * other.size
        and other.foot + _RAISED_FOOT * other.size < stretch.foot < other.foot + other.size
        and other.gap(stretch.left, stretch.right) < other.size
        for other in near
    )


def _characters(textpage: Any) -> Any:
    """Each character with its edges, foot and size, and whether it is bold."""
    import pypdfium2.raw as raw

    handle = textpage.raw
    fonts = _Fonts(raw)
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = raw.FS_MATRIX()
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        text = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if code == _LINE_HYPHEN:
            text = "-"
        if not text or text in _DROPPED:
            continue
        raw.FPDFText_GetMatrix(handle, index, matrix)
        if abs(matrix.b) > abs(matrix.a):
            continue  # text that runs up the page: a watermark, a mark in the margin
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        size = abs(raw.FPDFText_GetFontSize(handle, index) * matrix.d) or _NO_SIZE
        bold = fonts.bold(raw.FPDFText_GetTextObject(handle, index))
        yield text, box.left, box.right, y.value, size, bold


class _Fonts:
    """Which text objects are set in bold, by the name of their font."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.known: dict[int, bool] = {}

    def bold(self, thing: Any) -> bool:
        if not thing:
            return False
        font = self.raw.FPDFTextObj_GetFont(thing)
        if not font:
            return False
        key = ctypes.addressof(font.contents)
        if key not in self.known:
            buffer = ctypes.create_string_buffer(_LONGEST_NAME)
            length = self.raw.FPDFFont_GetBaseFontName(font, buffer, _LONGEST_NAME)
            name = buffer.raw[:length].lower() if length <= _LONGEST_NAME else b""
            heavy = self.raw.FPDFFont_GetWeight(font) >= _BOLD
            self.known[key] = heavy or b"bold" in name or b"black" in name
        return self.known[key]


if __name__ == "__main__":
    main()
