"""A token of a label in any script → what it may stand for: the Latin step of the same place.

Lists are lettered in the order of each script; typists also put letters that look like Latin ones. Both are data
(``lang/lists.toml``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from treatygraph.parse.ordinals import han_value
from treatygraph.parse.word_files import LANG, read_list

HAN: Final = "一二三四五六七八九十"
CIRCLED: Final = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
"""One sign for a Chinese numeral in brackets."""


@cache
def _lists() -> dict[str, list[dict[str, Any]]]:
    return read_list(LANG / "lists.toml")


@cache
def _places() -> dict[str, tuple[str, ...]]:
    """For each letter of other scripts the Latin letters that it may stand for, the one that looks the same first."""
    found: dict[str, list[str]] = {}
    for entry in _lists()["alike"]:
        found.setdefault(entry["text"], []).append(entry["letter"])
    for entry in _lists()["order"]:
        for place, letter in enumerate(entry["text"].split()[:26]):
            latin = chr(ord("a") + place)
            if latin not in found.setdefault(letter, []):
                found[letter].append(latin)
    return {letter: tuple(latin) for letter, latin in found.items()}


@cache
def letters() -> str:
    """A pattern for one letter of a list in a script other than Latin, in either case."""
    known = sorted(_places(), key=lambda letter: (-len(letter), letter))
    large = [letter.upper() for letter in known if letter.upper() != letter]
    return "(?:" + "|".join(map(re.escape, [*known, *large])) + ")"


@cache
def words_of_division() -> dict[str, tuple[str, int]]:
    """The words that number or letter the parts of a text → ("roman" or "capital", value)."""
    return {
        entry["text"]: (style, entry["value"])
        for style, table in (("roman", "numeral"), ("capital", "capital"))
        for entry in _lists()[table]
    }


@cache
def joints() -> tuple[str, ...]:
    """The words that join an item of a list to the next one, in all languages."""
    return tuple(entry["text"] for entry in _lists()["joint"])


@cache
def place_openings() -> tuple[str, ...]:
    """The words that open the name of a place and are none by themselves ("New"), in all languages."""
    return tuple(entry["text"] for entry in _lists()["place_opening"])


def latin_steps(token: str) -> tuple[str, ...]:
    """The Latin steps that *token* may stand for: "b" → ("b",), "ب" → ("b",), Cyrillic "с" → ("c", "q"), "٣" → ("3",).

    A token in Latin letters or figures stands for itself; empty for what labels no list.
    """
    if token.isdigit():
        return (str(int(token)),)
    if token.isascii():
        return (token,)
    if " " in token:  # "(أ أ)" goes on after the last letter, as "(aa)" does
        first, second = token.split()
        return tuple(2 * step for step in latin_steps(first)) if first == second else ()
    if token in CIRCLED:
        return (str(CIRCLED.index(token) + 1),)
    if all(sign in HAN for sign in token):
        value = han_value(token)
        return (str(value),) if value else ()
    return _places().get(token) or tuple(map(str.upper, _places().get(token.lower(), ())))


def in_figures(number: str) -> str:
    """A number with its figures as 0 to 9 whatever their script ("١.٢" → "1.2")."""
    return "".join(str(int(sign)) if sign.isdigit() else sign for sign in number)
