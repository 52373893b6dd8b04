"""The words of a language for finding references: ``lang/<code>/*.toml`` → lexemes by their words.

Each table of a file is a *role* that the grammar knows; each entry is a word or phrase of that role, with an
example that it must be found in, and where useful a counter-example. A language is a folder; there is no
fallback to another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

from treatygraph.cite.tokens import Script, Trie, Words, plain, tokenise
from treatygraph.model.errors import VocabularyError, Where
from treatygraph.parse.lexicon import read_list
from treatygraph.parse.ordinals import ordinal_words

LANG: Final = Path(__file__).parent / "lang"
LANGUAGE: Final = "language.toml"
"""The file of a language that says how it writes and orders its words."""
_SHORT_NAME: Final = 6  # characters of a name that may end a longer one in writing without spaces

ROLES: Final = frozenset(
    {
        "act",
        "adopted_by",
        "agent",
        "agenda",
        "and",
        "body_noun",
        "common",
        "complement",
        "compound",
        "defined_as",
        "deictic",
        "happening",
        "instrument_noun",
        "modifier",
        "not_a_unit",
        "number_mark",
        "of",
        "official_records",
        "opening",
        "paper",
        "place",
        "possessive",
        "prefix",
        "publication",
        "range",
        "reference_noun",
        "holder",
        "relative",
        "respectively",
        "session_letters",
        "small",
        "stop",
        "the",
        "thereof",
        "to",
        "unit",
        "year",
    }
)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word or phrase with the role it plays in a reference and what it stands for (``sense``).

    ``lemma`` is the word under which it is compared with others ("الاتفاقية" and "اتفاقية" are one noun).
    ``own``: the word carries "its" ("قرارها"). ``letters``: it carries the kind of a session ("período
    extraordinario de sesiones"), or the step of a unit below which its numbers stand for letters. ``sits``: it counts
    sittings inside a session or meeting ("séance", not "réunion").
    """

    role: str
    text: str
    sense: str = ""
    plural: bool = False
    example: str = ""
    counter_example: str = ""
    lemma: str = ""
    own: bool = False
    letters: str = ""
    sits: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """How a language orders the words of a reference: ``lang/<code>/language.toml``; what is left out is as in English.

    ``genitive``: a case says "of". ``body_before``: the body stands before the word ("Assembly resolution").
    ``ordinal_after``: ordinals may follow what they count, and units ("article premier"). ``half_brackets``:
    labels close a bracket that nothing opens ("b)"). ``lower_names``: a name goes on in small letters.
    ``head_last``: what a reference is part of stands before it, and its noun after its number. ``construct``:
    the body stands between a noun and its number with nothing that says "of". ``labels``: letters of keys by
    the letters of lists; ``suffixes``: by the names of letters after numbers of acts ("ألف"); ``codes``: codes
    of conferences by those of the language, several with a space between.
    ``old_session``: the letter before old sessions ("(د-21)").
    ``act_part``: the step that the word for a part of a treaty means in an act ("section"). ``skip``: signs
    that may stand in a name. ``capital_names``: what follows a noun is part of a name only with a capital
    letter. ``left_out``: words that say whose an instrument or body is, and that texts leave out of its name.
    ``nominative``: endings that no word has which goes on a name in the genitive ("Пакта Комитет просит").
    ``bare_capitals``: long names are also printed without their accents ("DES ESPECES").
    """

    genitive: bool = False
    body_before: bool = False
    ordinal_after: bool = False
    half_brackets: bool = False
    lower_names: bool = False
    head_last: bool = False
    construct: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    suffixes: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    old_session: str = ""
    act_part: str = ""
    skip: str = ","
    capital_names: bool = False
    left_out: tuple[str, ...] = ()
    nominative: tuple[str, ...] = ()
    bare_capitals: bool = False


@dataclass(frozen=True, slots=True)
class LexedWords(Words):
    """Words with the lexemes that start at them: ``lexemes`` by index and role, ``places`` the indices of a role."""

    lexemes: Mapping[int, Mapping[str, tuple[Lexeme, int]]]
    places: Mapping[str, Sequence[int]]

    def at(self, index: int, role: str) -> tuple[Lexeme, int] | None:
        """The longest lexeme of *role* that starts at a word, and the index after it."""
        found = self.lexemes.get(index)
        return found.get(role) if found else None


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All lexemes of a language. ``nouns`` are the comparison forms of what its nouns stand for, by their words;
    ``numbered`` those of bodies that are numbered themselves ("the Thirteenth Congress"); ``ordinals`` are the forms of
    words with which an ordinal can begin; ``holders`` the words for what opens the names of its own bodies, such as a
    part of the world. ``parted`` are the nouns of those bodies that end with what is counted, each with what stands
    before it, for an ordinal may part the two ("缔约国第三次会议").
    """

    language: str
    lexemes: tuple[Lexeme, ...]
    trie: Trie = field(repr=False)
    script: Script = field(default=Script(), repr=False)
    order: Order = field(default=Order(), repr=False)
    nouns: Mapping[str, str] = field(default_factory=dict, repr=False)
    numbered: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    holders: tuple[str, ...] = ()
    parted: tuple[tuple[str, str], ...] = ()

    def ends_longer_name(self, text: str, start: int, end: int) -> bool:
        """Whether a short name is the end of another body's: "环境署" of "欧洲环境署"."""
        return end - start <= _SHORT_NAME and text.endswith(self.holders, 0, start)

    def tokenise(self, text: str) -> LexedWords:
        """The words of *text* as the language writes them, with their lexemes: one scan."""
        words = tokenise(plain(text), self.script)
        lexemes: dict[int, dict[str, tuple[Lexeme, int]]] = {}
        for index, end, values in self.trie.phrases(words):
            found = lexemes.get(index)
            if found is None:
                found = lexemes[index] = {}
            for lexeme in values:
                found[lexeme.role] = (lexeme, end)  # the longest is the last
        places: dict[str, list[int]] = {}
        for index, found in lexemes.items():
            for role in found:
                places.setdefault(role, []).append(index)
        return LexedWords(words.text, words.starts, words.ends, words.norms, lexemes, places)

    def fold(self, text: str) -> str:
        """The comparison form of a word or phrase."""
        return " ".join(tokenise(plain(text), self.script).norms)

    def noun(self, lexeme: Lexeme) -> str:
        """The noun that a lexeme stands for, in its comparison form."""
        return self.nouns[lexeme.lemma or lexeme.text]

    def at(self, words: Words, index: int, role: str) -> tuple[Lexeme, int] | None:
        """The longest lexeme of *role* that starts at a word, and the index after it."""
        found = None
        for end, values in self.trie.matches(words, index):
            for lexeme in values:
                if lexeme.role == role:
                    found = (lexeme, end)
        return found

    def of_role(self, role: str) -> Iterator[Lexeme]:
        """The lexemes of a role, in the order of the files."""
        return (lexeme for lexeme in self.lexemes if lexeme.role == role)


def languages() -> tuple[str, ...]:
    """The codes of the languages whose words are held, sorted."""
    return tuple(sorted(folder.name for folder in LANG.iterdir() if any(folder.glob("*.toml"))))


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexemes of a language; raises ``VocabularyError`` for one that is not held or not well formed."""
    folder = LANG / language
    if language not in languages():
        raise VocabularyError(
            f"no words for finding references in the language {language!r}",
            remedy=f"Held languages: {', '.join(languages())}; a language is a folder in cite/lang.",
        )
    paths = sorted(path for path in folder.glob("*.toml") if path.name != LANGUAGE)
    lexemes = tuple(lexeme for path in paths for lexeme in _read(path))
    script, order = _writing(folder / LANGUAGE)
    if script.particles:
        texts = (*(lexeme.text for lexeme in lexemes), *order.suffixes, *script.stems)
        stems = frozenset(tokenise(text, script).norms[0] for text in texts)
        script = replace(script, stems=stems)
    trie = Trie(script)
    for lexeme in lexemes:
        trie.add(lexeme.text, lexeme)
    nouns = {
        text: " ".join(tokenise(plain(text), script).norms)
        for text in sorted({lexeme.lemma or lexeme.text for lexeme in lexemes})
    }
    numbered = frozenset(
        nouns[lexeme.lemma or lexeme.text]
        for lexeme in lexemes
        if lexeme.role == "body_noun" and lexeme.sense == "numbered"
    )
    ordinals = frozenset(
        tokenise(plain(word), script).norms[0].partition("-")[0] for word in ordinal_words(language)
    )
    holders = tuple(lexeme.text for lexeme in lexemes if lexeme.role == "holder")
    parted = tuple(_parted(lexemes, nouns)) if order.head_last else ()
    return Lexicon(language, lexemes, trie, script, order, nouns, numbered, ordinals, holders, parted)


def _parted(lexemes: tuple[Lexeme, ...], nouns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The nouns of numbered bodies that end with what is counted, and what stands before it: 缔约国 of 缔约国会议."""
    counted = tuple(lexeme.text for lexeme in lexemes if lexeme.role == "happening" and not lexeme.plural)
    for lexeme in lexemes:
        if lexeme.role == "body_noun" and lexeme.sense == "numbered":
            ending = max((word for word in counted if lexeme.text.endswith(word)), key=len, default="")
            if ending and ending != lexeme.text:
                yield nouns[lexeme.lemma or lexeme.text], lexeme.text.removesuffix(ending)


def _writing(path: Path) -> tuple[Script, Order]:
    """How the language writes its words, and orders them."""
    where = Where(file=f"{path.parent.name}/{path.name}")
    tables = read_list(path)
    try:
        written = dict(tables.get("script", {}))
        for name in ("elisions", "endings"):
            written[name] = tuple(written.get(name, ()))
        written["stems"] = frozenset(written.get("stems", ()))
        ordered = dict(tables.get("order", {}))
        for name in ("left_out", "nominative"):
            ordered[name] = tuple(ordered.get(name, ()))
        return Script(**written), Order(**ordered)
    except TypeError as error:
        raise VocabularyError(f"the language cannot be read: {error}", where=where) from error


def _read(path: Path) -> Iterator[Lexeme]:
    where = Where(file=f"{path.parent.name}/{path.name}")
    for role, entries in read_list(path).items():
        if role not in ROLES:
            raise VocabularyError(f"{role!r} is not a role of words in references", where=where)
        for entry in entries:
            try:
                yield Lexeme(role=role, **entry)
            except TypeError as error:
                raise VocabularyError(
                    f"an entry of {role!r} is not well formed: {error}", where=where
                ) from error
