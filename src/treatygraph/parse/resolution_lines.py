"""The lines around the paragraphs of a resolution → who speaks, its number, how and when it was adopted."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from treatygraph.parse.dates import find_dates
from treatygraph.parse.lexicon import entries, forms, one_of, words
from treatygraph.parse.ordinals import find_ordinals, ordinal_value
from treatygraph.parse.writing import writing

HEADING_LENGTH: Final = 300
CLOSING_LENGTH: Final = 100
AUTHOR_LENGTH: Final = 160
PLURAL_LENGTH: Final = 400
"""Several who speak of themselves say in their line what they are, and where and when they met."""
# "La 78.ª Asamblea Mundial de la Salud,"
_COUNTED: Final = r"(?:\d{1,3}(?:\.?[ªºᵃ]|-?[а-яa-z]{1,3})\s)?"
_LONGEST_TIE: Final = 220  # what they are parties to
# A script without spaces says as much in a quarter of the signs.
_SPACELESS_AUTHOR: Final = 40
_MARKUP: Final = r"[#*_\s]{0,8}"
_NUMBER_TITLE: Final = re.compile(
    rf"{_MARKUP}(?:[A-ZА-Я]{{2,6}}[\s-])?(?:(?:\d{{1,4}}|[IVXLC]{{1,7}})/\d{{1,4}}(?:\s?[A-Z])?[.:：]?"
    r"|\d{1,4}\s?[A-Z]?\s?\([IVXLC\d-]{1,10}\)\.)"
    r"[*_]{0,3}(?:\s{1,4}(?=\S)|(?=[\u4e00-\u9fff《]))"
)
"""A number before a title: "55/25.", "1993/39.", "482 (V).", "2/14.", "XII/3.", "HC-4/2:"."""
# A number may have the code of its body or series before it ("HC-4/2", "Conf. 3.1"), and say that it was revised.
_NUMBER: Final = (
    r"(?:(?:[A-ZА-Я][A-Za-zА-я]{0,7}(?:[-/]|\.\s?)){0,2}[\dIVXLC][\w./()-]{0,24}"
    r"(?:\s\((?:\d{4}|Rev\.[^()]{0,30}|[A-Z][\w -]{1,24}(?:, \d{4}|-\d{2}))\))?(?:\s[A-Z])?"
    r"|\d{1,3}\s(?:[A-Z]{1,4}\s){1,2}\d{1,3}[A-Z]?(?:\.\d{1,3}){0,3})"
)
_LONE_NUMBER: Final = re.compile(rf"{_MARKUP}\d{{1,4}}/\d{{1,4}}(?:\s?[A-Z])?\.?[*_\s]{{0,4}}")
# "(resumed)" behind the meeting of adoption
_REMARK: Final = re.compile(r"[(（][^()（）]{2,30}[)）]")
_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BRACKETED: Final = re.compile(r"[\[［][^\[\]]{3,400}[\]］]\.?")


def begins_with_number(text: str) -> bool:
    """Whether a line begins with the number of an act as titles print it."""
    return _NUMBER_TITLE.match(text) is not None


def is_lone_number(text: str) -> bool:
    """Whether a line is the number of an act, whose title stands on the next one."""
    return _LONE_NUMBER.fullmatch(text) is not None


def in_brackets(text: str) -> bool:
    """Whether a line is nothing but a remark in brackets ("[without a vote]")."""
    return _BRACKETED.fullmatch(text.strip()) is not None


@cache
def _author(language: str) -> re.Pattern[str]:
    articles = words(language, "treaty", "author")
    if not articles:  # then the comma alone tells the line from a title
        most = AUTHOR_LENGTH if writing(language).spaced else _SPACELESS_AUTHOR
        return re.compile(rf"{_MARKUP}[“\"«]{{0,2}}[^\W\d_][^.;:。；：،,，]{{0,{most}}}[,，،][*_\s]{{0,4}}")
    both = one_of([*articles, *map(str.upper, articles)])
    return re.compile(rf"[#*_\s“\"«]{{0,8}}{both}\s{{0,2}}{_COUNTED}[^\W\d_a-z][^.;:؛]{{2,150}}")


def names_author(text: str, language: str) -> bool:
    """Whether a line has the shape of the one that says who speaks: "The General Assembly,"."""
    return len(text) <= AUTHOR_LENGTH and _author(language).fullmatch(text) is not None


@cache
def _together(language: str, *, shouted: bool = False) -> re.Pattern[str]:
    """The line of several who speak: their noun, at most a few names before it, and what they are parties to.

    *shouted*: in capitals, as some bodies print it.
    """
    nouns = one_of(words(language, "resolution", "plural_author"))
    listed = words(language, "treaty", "author")
    articles = rf"{one_of(listed)}\s" if listed else ""
    names = (
        rf"(?:[A-Z][\w-]{{1,20}}\s){{0,{1 if shouted else 3}}}"  # no small "of the" tells a noun before there
    )
    leads = words(language, "resolution", "plural_of")
    of = rf"\s{one_of(leads)}\s" if leads else r"\s"  # a genitive
    return re.compile(
        rf"{_MARKUP}{articles}{names}{nouns}"
        rf"(?:{of}[^.;:]{{3,{_LONGEST_TIE}}}?)?(?:\s?[,:]?|,\s[^.;:]{{3,{PLURAL_LENGTH}}}[,:])[*_\s]{{0,4}}",
        re.IGNORECASE if shouted else re.NOFLAG,
    )


@cache
def _first_person(language: str) -> re.Pattern[str]:
    """The line of several who speak of themselves: the pronoun, who they are, where they met."""
    pronouns = one_of(words(language, "resolution", "first_person"))
    gap = writing(language).gap
    said = rf"(?:[^.;:；：]|(?<=\s\w)\.){{3,{PLURAL_LENGTH}}}"  # a full stop behind a letter shortens a word
    return re.compile(rf"{_MARKUP}(?i:{pronouns})[,،，]?{gap}{said}[,،，:：;；؛][*_\s]{{0,4}}")


def speaks_in_plural(text: str, language: str) -> bool:
    """Whether a line says that several speak, whose verbs are in the plural: "The Parties:", "We, the Ministers,"."""
    if len(text) > PLURAL_LENGTH:
        return False
    if _first_person(language).fullmatch(text) is not None:
        return True
    together = bool(words(language, "resolution", "plural_author"))
    return together and _together(language, shouted=text.isupper()).fullmatch(text) is not None


@cache
def _self_name(language: str) -> re.Pattern[str]:
    """How a resolution names itself: a word and its number, in the order of the language (``{n}`` is the number)."""
    shapes = []
    for entry in entries(language, "resolution", "self_name"):
        before, behind = (entry["text"] if "{n}" in entry["text"] else entry["text"] + " {n}").split("{n}")
        if not behind and before.endswith(" "):
            before = f"{_spelled(before.rstrip())}:?[*_]{{0,3}}\\s"  # "Decision: 4 BEL 2.1"
            shapes.append(f"{before}{_NUMBER}")
            continue
        shapes.append(f"{_spelled(before)}{_NUMBER}{_spelled(behind)}")
    return re.compile(rf"{_MARKUP}(?:{'|'.join(shapes)})[*_\s]{{0,4}}")


def _spelled(word: str) -> str:
    return rf"(?i:{one_of([word])})" if word else ""


def names_itself(text: str, language: str) -> bool:
    """Whether a line is the name of a resolution with its number and nothing else."""
    return _self_name(language).fullmatch(text) is not None


@cache
def _adopted(language: str) -> re.Pattern[str]:
    return re.compile("|".join(_line_of(entry) for entry in entries(language, "resolution", "adopted")))


def _line_of(entry: dict[str, Any]) -> str:
    """A line that begins with the word; where the word stands last (``last``), a line that ends with it."""
    word = one_of(forms(entry))
    return (
        rf"{_MARKUP}.{{0,{AUTHOR_LENGTH}}}{word}[*_\s)）]{{0,4}}$"
        if entry.get("last")
        else rf"{_MARKUP}{word}(?!\w)"
    )


def tells_adoption(text: str, language: str) -> bool:
    """Whether a line below the title tells how or when the text was adopted."""
    return _adopted(language).match(text) is not None or in_brackets(text)


@cache
def _meeting(language: str) -> re.Pattern[str]:
    how = writing(language)
    return re.compile(
        rf"{how.left}{one_of(words(language, 'resolution', 'meeting'))}{how.right}[,.，،]?[*_\s]{{0,4}}"
    )


def tells_meeting(text: str, language: str) -> bool:
    """Whether a line tells the meeting or the day of adoption, or a vote in brackets, and nothing else."""
    if len(text) > CLOSING_LENGTH:
        return False
    if _meeting_before(text, language):
        return names_meeting(text, language)
    return is_day(text, language) or in_brackets(text) or is_own_day(text, language)


def names_meeting(text: str, language: str) -> bool:
    """Whether a line names a meeting, with its day or number at most, and nothing else ("12th plenary meeting")."""
    found = _meeting_before(text, language)
    if found is None or len(text) > CLOSING_LENGTH:
        return False
    rest = _REMARK.sub("", text[found.end() :]).strip("*_ .,،，()（）")
    return not rest or is_day(rest, language) or _is_count(rest, language)


def _meeting_before(text: str, language: str) -> re.Match[str] | None:
    found = _meeting(language).search(text)
    return found if found and not any(c in text[: found.start()] for c in ".;:。；：؛") else None


@cache
def _annex_to(language: str) -> re.Pattern[str]:
    """ "Annex to decision HC-4/2", "Annex II to resolution 12/3": an annex named by the number of its act."""
    plain = [word for word in words(language, "treaty", "annex") if "{n}" not in word]
    return re.compile(
        rf"{_MARKUP}(?i:{one_of(plain)})(?:\s(?:[IVXL]{{1,5}}|[A-Z]|\d{{1,2}}))?\s(?:[^\W\d_.]{{1,14}}\s){{1,4}}"
        rf"[\w.-]{{0,10}}\d[\w.-]{{0,6}}[/.][\w.()-]{{1,12}}[*_\s]{{0,4}}"
    )


def heads_annex(text: str, language: str) -> bool:
    """Whether a line is the heading of an annex that names the act which it belongs to."""
    return len(text) <= CLOSING_LENGTH and _annex_to(language).fullmatch(text) is not None


@cache
def _own_word(language: str) -> re.Pattern[str]:
    plain = [word for word in words(language, "resolution", "self_name") if "{n}" not in word]
    return re.compile(rf"{_MARKUP}(?i:{one_of(plain)})\s(?:[^\W\d_]{{1,4}}\s)?(?=\d)")


def is_own_day(text: str, language: str) -> bool:
    """Whether a line is nothing but "Resolution of" and a day, as old records print below a text."""
    own = _own_word(language).match(text)
    return own is not None and is_day(text[own.end() :], language)


def tells_occasion(text: str, language: str) -> bool:
    """Whether a line introduces a statement: at which meeting and on which day the President made it."""
    return (
        text.rstrip("*_ ").endswith((":", "："))
        and bool(find_ordinals(text, language))
        and any(mention.first.day for mention in find_dates(text, language))
    )


def _is_count(text: str, language: str) -> bool:
    """Whether the number of a meeting stands behind its name ("الجلسة العامة 54")."""
    return text.isdigit() or ordinal_value(text, language) is not None


def is_day(text: str, language: str) -> bool:
    """Whether a line is a date and nothing else."""
    bare = text.strip("*_ .,،，").rstrip(_RAISED)
    if len(bare) > CLOSING_LENGTH:
        return False
    return any((date.start, date.end) == (0, len(bare)) for date in find_dates(bare, language))
