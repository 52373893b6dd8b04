"""A line of a head → the session or meeting that it names by an ordinal, and the organ that it names."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from treatygraph.model.text import Span
from treatygraph.model.tree import DocumentKind
from treatygraph.parse.head_pieces import Found, Piece
from treatygraph.parse.kind_lines import kind_of_line
from treatygraph.parse.layout import is_prose
from treatygraph.parse.lexicon import one_of, word_pattern, words
from treatygraph.parse.ordinals import find_ordinals
from treatygraph.parse.writing import COMMAS, writing

# "Resumed fifth session" names a session; in "Adopted by the Council at its third meeting" the meeting is told of.
_WORDS_BEFORE_ORDINAL: Final = 2
# A name may go on in small letters ("Expert Group on fog signals"), but not for long.
_SMALL_WORDS_AFTER: Final = 3
# In a language that writes names in small letters, the noun of the organ stands among the first words.
_WORDS_BEFORE_NOUN: Final = 5
_LONGEST_NAME: Final = 160
_NAME_END: Final = re.compile(r"[\d,.;:(]")


def counts(text: str, language: str) -> bool:
    """Whether a line names a session or meeting by an ordinal ("Seventh meeting", "Resumed fifth session")."""
    return bool(find_ordinals(text, language)) and bool(
        word_pattern(language, "frontmatter", "happening").search(text)
    )


def opens_with_session(text: str, language: str) -> bool:
    """Whether a line names a session at its beginning, and does not just tell of it."""
    if not counts(text, language):
        return False
    before = text[: find_ordinals(text, language)[0].start]
    if not writing(language).spaced:  # the organ stands before its session
        return not before or names_organ(before, language)
    return len(before.split()) <= _WORDS_BEFORE_ORDINAL


def names_session(text: str, language: str) -> bool:
    """Whether a line is the name of a session, or the title of the report on one ("Report on the third session")."""
    reported = counts(text, language) and kind_of_line(text, language) is DocumentKind.REPORT
    return reported or opens_with_session(text, language)


def set_happening(piece: Piece, text: str, found: Found) -> None:
    """Keeps *text* of the piece as the happening, unless there is one."""
    start = piece.text.index(text)
    found.happening = found.happening or (text, piece.span(start, start + len(text)))


def take_happening(piece: Piece, found: Found, language: str) -> None:
    """Takes the session or meeting that a line names at its beginning, or that the title of a report names."""
    text = piece.text.strip(" *")
    if found.happening or not counts(text, language):
        return
    if not writing(language).spaced and opens_with_session(text, language):
        text = text[find_ordinals(text, language)[0].start :]
        set_happening(piece, text, found)
    elif opens_with_session(text, language) or kind_of_line(text, language) is DocumentKind.REPORT:
        set_happening(piece, text, found)


def organ_of(piece: Piece, language: str) -> tuple[str, Span] | None:
    """The organ that a line names: the whole line, what follows "of the" after a session, or whose report it is."""
    text = piece.text
    start, end = len(text) - len(_without_article(text, language)), len(text)
    kind = kind_of_line(text, language)
    if kind:
        return _organ_of_report(piece, language) if kind is DocumentKind.REPORT else None
    if counts(text, language):
        if writing(language).spaced:
            of = _of(language).search(text)
            if of is None:
                return None
            start = of.end()
        else:
            end = find_ordinals(text, language)[0].start
    name = text[start:end].rstrip(f' *.:“”"{COMMAS}')
    if not name or not names_organ(name, language):
        return None
    return name, piece.span(start, start + len(name))


def _organ_of_report(piece: Piece, language: str) -> tuple[str, Span] | None:
    """The organ whose meeting or work a title reports ("Report on the meeting of the Board of Keepers held in")."""
    text = piece.text
    of = _of(language).search(text) if writing(language).spaced else None
    if of is None:
        return None
    ends = [ordinal.start for ordinal in find_ordinals(text, language) if ordinal.start > of.end()]
    ends += [match.start() for match in _held(language).finditer(text, of.end())]
    ends += [match.start() for match in _NAME_END.finditer(text, of.end())][:1]
    name = text[of.end() : min([*ends, len(text)])]
    while (rest := name.rstrip().rpartition(" "))[1] and not rest[2][:1].isupper():
        name = rest[0]
    name = name.rstrip()
    organ = word_pattern(language, "frontmatter", "organ").search(name)
    small = frozenset(words(language, "frontmatter", "small_word"))
    if organ is None or small & set(name[: organ.start()].split()) or not names_organ(name, language):
        return None
    return name, piece.span(of.end(), of.end() + len(name))


@cache
def _held(language: str) -> re.Pattern[str]:
    how = writing(language)
    return re.compile(rf"{how.left}{one_of(words(language, 'frontmatter', 'held_in'))}{how.right}")


@cache
def _of(language: str) -> re.Pattern[str]:
    of = one_of(words(language, "frontmatter", "of"))
    return re.compile(rf"\s{of}(?:\s|(?<=’)|(?<=')|(?<=\sل))(?=[^\W\d_a-z])")


def _without_article(text: str, language: str) -> str:
    listed = one_of(words(language, "frontmatter", "article"))
    article = re.match(rf"{listed}(?:\s{{1,3}}|(?<=’)|(?<='))(?=[^\W\d_])", text, re.IGNORECASE)
    rest = text[article.end() :] if article else text
    return rest if writing(language).large(rest) else text


def names_organ(name: str, language: str) -> bool:
    """Whether a line is a proper name built on the noun of an organ, with no figure in it."""
    organ = word_pattern(language, "frontmatter", "organ").search(name)
    if organ is None or any(character.isdigit() for character in name):
        return False
    how = writing(language)
    if not how.large_names:
        return (
            how.large(name)
            and len(name) <= _LONGEST_NAME
            and len(name[: organ.start()].split()) <= _WORDS_BEFORE_NOUN
            and not is_prose(name, language)
        )
    small = frozenset(words(language, "frontmatter", "small_word"))
    before = re.findall(r"[^\W\d_]+", name[: organ.end()])
    after = [word for word in re.findall(r"[^\W\d_]+", name[organ.end() :]) if word[0].islower()]
    return (
        name[organ.start()].isupper()
        and all(word in small or word[0].isupper() for word in before)
        and len([word for word in after if word not in small]) <= _SMALL_WORDS_AFTER
    )
