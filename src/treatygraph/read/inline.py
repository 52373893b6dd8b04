"""Stretches of a line → their clean reading: mark-up gone, white space folded, footnote marks set apart.

Each character of the clean reading keeps the offset that it was read from. One pass over tokens, no nesting of
quantifiers: linear in the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from treatygraph.model.text import Span

# Most characters begin no token, which one look at each tells.
_BEGINS: Final = r"""(?=[<&(\[⁰¹²³⁴-⁹\u00ad\u200b\u200e\u200f\u2060\ufeff*%s]|[^\S ]|[ ]\s)(?:"""
_COMMON: Final = r"""
    (?P<mark><sup>\s{0,2}(?P<sup>[0-9]{1,3}|[*†‡]{1,3}|[a-z])\s{0,2}</sup>|\[\^(?P<note>[\w*]{1,12})\](?!:))
  | (?P<super>[⁰¹²³⁴-⁹]{1,3})
  | (?P<bracket>(?<=[^\s(\[])(?P<paren>\()?\[(?P<number>[0-9]{1,3})\](?(paren)\)|(?!\()))
  | (?P<comment><!--.{0,400}?-->)
  | (?P<break><br\s{0,3}/?>)
  | (?P<link><(?P<address>(?:https?|mailto):[^<>\s]{1,400})>)
  | (?P<tag></?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,300})?/?>)
  | (?P<entity>&(?:[A-Za-z]{2,12}|\#[0-9]{1,6}|\#x[0-9A-Fa-f]{1,5});)
  | (?P<dropped>[\u00ad\u200b\u200e\u200f\u2060\ufeff]+)
  | (?P<space>[^\S ]\s*|[ ]\s+)
"""
_MARKDOWN: Final = (
    _BEGINS % r"\\\]!_`"
    + _COMMON
    + r"""
  | (?P<escape>\\(?P<escaped>[!-/:-@\[-`{-~]))
  | (?P<url>\]\([^()\s]{1,400}\))
  | (?P<open>!?\[)
  | (?P<stars>\*{1,12}|_{1,12})
  | (?P<tick>`{1,3})
)"""
)
_PLAIN: Final = _BEGINS % "" + _COMMON + r"""  | (?P<stars>\*{1,3}))"""
_TOKENS: Final = {True: re.compile(_MARKDOWN, re.VERBOSE), False: re.compile(_PLAIN, re.VERBOSE)}
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# Units that are raised to a power: "m²" is an area, not a footnote.
_UNIT: Final = re.compile(r"(?:^|[\s\d])[kcdm]?m$")


@dataclass(slots=True)
class CleanText:
    """A clean reading that grows: characters, their offsets, and the footnote marks left out."""

    parts: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    marks: list[tuple[str, int]] = field(default_factory=list)
    last: str = ""

    @property
    def length(self) -> int:
        """How many characters have been read."""
        return len(self.offsets)

    def add(self, text: str, start: int) -> None:
        """Takes *text*, printed at *start*, as it stands; no space at the beginning or after a space."""
        if text.startswith(" ") and self.last in ("", " "):
            text, start = text[1:], start + 1
        if text:
            self.parts.append(text)
            self.offsets.extend(range(start, start + len(text)))
            self.last = text[-1]

    def space(self, start: int) -> None:
        """Takes white space printed at *start*: one space, or none where there is one or nothing before it."""
        if self.last not in ("", " "):
            self.parts.append(" ")
            self.offsets.append(start)
            self.last = " "

    def drop(self) -> None:
        """Takes back the last character: the hyphen of a word that a line broke."""
        self.parts[-1] = self.parts[-1][:-1]
        self.offsets.pop()
        self.last = next((part[-1] for part in reversed(self.parts) if part), "")

    def one(self, character: str, start: int) -> None:
        """Takes one character that is printed at *start* in other letters (an entity)."""
        if character.isspace():
            self.space(start)
            return
        self.parts.append(character)
        self.offsets.extend([start] * len(character))
        self.last = character[-1]

    def finish(self) -> tuple[str, tuple[int, ...], tuple[tuple[str, int], ...]]:
        """Text, offsets and marks, without a space at the end."""
        text = "".join(self.parts)
        end = len(text.rstrip(" "))
        marks = tuple((mark, min(position, end)) for mark, position in self.marks)
        return text[:end], tuple(self.offsets[:end]), marks


def clean(
    text: str, segments: Iterable[Span], *, markdown: bool, broken: Callable[[str, str], bool] | None = None
) -> CleanText:
    """The clean reading of *segments* of *text*, joined by spaces where they are apart.

    *broken* tells of the ends of two lines whether a word is broken between them, whose hyphen is left out.
    """
    reading = CleanText()
    before: Span | None = None
    for segment in segments:
        last, before = before, segment
        lines = (text[last.start : last.end], text[segment.start : segment.end]) if last else None
        if lines and broken and reading.last == "-" and broken(*lines):
            reading.drop()
        elif reading.length:
            reading.space(max(segment.start - 1, reading.offsets[-1] + 1))
        _read_segment(reading, text, segment, markdown)
    return reading


def _read_segment(reading: CleanText, text: str, segment: Span, markdown: bool) -> None:
    tokens = list(_TOKENS[markdown].finditer(text, segment.start, segment.end))
    silent = _paired(text, segment, tokens)
    position = segment.start
    for index, token in enumerate(tokens):
        reading.add(text[position : token.start()], position)
        if index not in silent:
            _read_token(reading, token, text)
        position = token.end()
    reading.add(text[position : segment.end], position)


def _read_token(reading: CleanText, token: re.Match[str], text: str) -> None:
    kind, start = token.lastgroup, token.start()
    if kind == "mark":
        reading.marks.append((token.group("sup") or token.group("note"), reading.length))
    elif kind == "super":
        _read_superscript(reading, token)
    elif kind == "bracket":
        reading.marks.append((token.group("number"), reading.length))
    elif kind in ("space", "break"):
        reading.space(start)
    elif kind == "link":
        reading.add(token.group("address"), start + 1)
    elif kind == "entity":
        _read_entity(reading, token)
    elif kind == "stars" or (kind == "escape" and token.group("escaped") == "*"):
        _read_stars(reading, token, text)
    elif kind == "escape":
        reading.add(token.group("escaped"), start + 1)
    elif kind in ("open", "url", "tick"):
        reading.add(token.group(), start)


def _read_superscript(reading: CleanText, token: re.Match[str]) -> None:
    before = "".join(reading.parts[-3:])
    if token.group() in "²³" and _UNIT.search(before):
        reading.add(token.group(), token.start())
    else:
        reading.marks.append((token.group().translate(_SUPERSCRIPTS), reading.length))


def _read_entity(reading: CleanText, token: re.Match[str]) -> None:
    character = html.unescape(token.group())
    if len(character) == 1:
        reading.one(character, token.start())
    else:
        reading.add(token.group(), token.start())


def _read_stars(reading: CleanText, token: re.Match[str], text: str) -> None:
    """Stars without a partner: a footnote mark right after a word ("Provisional agenda*"), else what is printed."""
    after = text[token.end() : token.end() + 1]
    mark = token.group().lstrip("\\")
    if mark[0] == "*" and reading.last.strip() and (not after or not after.isalnum()):
        reading.marks.append((mark, reading.length))
    else:
        reading.add(mark, token.end() - len(mark))


def _paired(text: str, segment: Span, tokens: list[re.Match[str]]) -> frozenset[int]:
    """The tokens that are mark-up and print nothing: pairs of emphasis, back-ticks, and the frame of a link."""
    silent: set[int] = set()
    openers: list[tuple[int, str]] = []
    brackets: list[int] = []
    ticks: dict[str, int] = {}
    for index, token in enumerate(tokens):
        kind = token.lastgroup
        if kind == "open":
            brackets.append(index)
        elif kind == "url" and brackets:
            silent.update((brackets.pop(), index))
        elif kind == "tick":
            opened = ticks.pop(token.group(), None)
            if opened is None:
                ticks[token.group()] = index
            else:
                silent.update((opened, index))
        elif kind == "stars":
            _pair_stars(text, segment, token, index, openers, silent)
    return frozenset(silent)


def _pair_stars(
    text: str,
    segment: Span,
    token: re.Match[str],
    index: int,
    openers: list[tuple[int, str]],
    silent: set[int],
) -> None:
    before = text[token.start() - 1] if token.start() > segment.start else " "
    after = text[token.end()] if token.end() < segment.end else " "
    if token.group()[0] == "_" and before.isalnum() and after.isalnum():
        return  # snake_case
    opened = _opened_by(openers, token.group()) if not before.isspace() else 0
    if opened:
        silent.add(index)
        silent.update(opener for opener, _ in openers[-opened:])
        del openers[-opened:]
    elif not after.isspace() and len(openers) < _MAX_OPEN and not (before.isalnum() and not after.isalnum()):
        openers.append((index, token.group()))


def _opened_by(openers: list[tuple[int, str]], closer: str) -> int:
    """How many of the last openers *closer* closes: one of the same length, or two that make it up."""
    if openers and openers[-1][1] == closer:
        return 1
    if len(openers) > 1 and openers[-1][1] + openers[-2][1] == closer:
        return 2
    same = [place for place, (_, stars) in enumerate(openers[-_LOOK_BACK:]) if stars == closer]
    return min(len(openers), _LOOK_BACK) - same[-1] if same else 0


_MAX_OPEN: Final = 1000
_LOOK_BACK: Final = 4
