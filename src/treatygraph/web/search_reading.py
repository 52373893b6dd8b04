"""What was typed into the box → the things of the graph that it names: key, symbol, provision, act, session or meeting.

References are read by the finder of ``cite``; what people leave out when they type (full stops, the words for
paragraphs, capitals) is read by its word lists. The names of treaties and bodies are those of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.cite.find import find_mentions
from treatygraph.cite.grammar.units import RANK
from treatygraph.cite.lexicon import Lexeme, Lexicon, languages, load_lexicon
from treatygraph.cite.mentions import ActMention, HappeningMention, Mention, Path, UnitMention
from treatygraph.cite.names import Matcher, build_matcher
from treatygraph.cite.series import bodies_by_style, key_in
from treatygraph.cite.tokens import Words, tokenise
from treatygraph.graph.iris import THINGS
from treatygraph.model.assets import assets
from treatygraph.registry import Registry, load_registry
from treatygraph.web.search_index import Index, loose, owner_of
from treatygraph.web.search_words import fold, squeeze, words

LONGEST: Final = 300
"""Characters of a query that are read."""

_BETWEEN: Final = frozenset("(),.;:§")
_SMALL_ROLES: Final = ("the", "of", "and", "to", "prefix")
_UNNAMED: Final = "article"
_ROMAN: Final = frozenset("ivxlcdm")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed reference may mean: keys in the graph, the likeliest first, and what kind of reference it is.

    ``lacks`` says in words what the reference names and the graph does not hold; then the keys are what is nearest.
    """

    what: str
    keys: tuple[str, ...] = ()
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """The treaties and bodies that a query names, and its other words by their places."""

    words: Words
    treaties: frozenset[str]
    bodies: frozenset[str]
    rest: tuple[int, ...]


def read_query(text: str, index: Index) -> Reading | None:
    """The reference that *text* is; None where it is words to look for."""
    bare = text[:LONGEST].strip().strip("\"'“”<>").strip()
    if not bare:
        return None
    return (
        _key(bare, index)
        or _symbol(bare, index)
        or _name(bare, index)
        or next(filter(None, (_reference(bare, index, language) for language in languages())), None)
    )


def _key(text: str, index: Index) -> Reading | None:
    bare = text.removeprefix(THINGS).strip("/")
    key = index.by_key.get(fold(bare))
    return Reading("key", (key,)) if key and "/" in bare else None


def _symbol(text: str, index: Index) -> Reading | None:
    found = index.by_symbol.get(squeeze(text)) if "/" in text else None
    return Reading("document symbol", _by_weight(found, index)) if found else None


def _name(text: str, index: Index) -> Reading | None:
    name = " ".join(words(text))
    found = index.by_name.get(name) if len(name) > 1 else None
    return Reading("name", _by_weight(found, index)) if found else None


def _by_weight(keys: Iterable[str], index: Index) -> tuple[str, ...]:
    """Keys, first what most statements point to: itself or a part, then the whole that it belongs to."""

    def rank(key: str) -> tuple[int, int, str]:
        whole = owner_of(key, index.entries) or key
        return -index.linked[key], -index.linked[whole], key

    return tuple(sorted(set(keys), key=rank))


# -- references ---------------------------------------------------------------------------------------------------


def _reference(typed: str, index: Index, language: str) -> Reading | None:
    lexicon = load_lexicon(language)
    text = _spelled_out(typed, lexicon)
    named = _names(text, index)
    mentions = _mentions(text, language)
    units = _units(mentions, named, lexicon)
    if units is None and (canonical := _canonical(named, lexicon)):
        units = _paths(_mentions(canonical, language), 0, len(canonical))
    if units and named.bodies and not named.treaties and len(units) == 1 and len(units[0]) == 2:
        return _happenings([units[0][1]], named, index)
    if units:
        return _provisions([loose(path) for path in units], named, index)
    for mention in mentions or _bare_acts(named, lexicon, language):
        if isinstance(mention, ActMention) and (acts := _acts(mention, named, index)):
            return acts
        if isinstance(mention, HappeningMention):
            return _happenings([number for number, _, _ in mention.ordinals], named, index, mention.word)
    return None


@cache
def _registry() -> Registry:
    return load_registry(assets() / "data" / "registry")


@cache
def _matcher(language: str) -> Matcher:
    return build_matcher(_registry(), language, load_lexicon(language))


def _mentions(text: str, language: str) -> tuple[Mention, ...]:
    return find_mentions(text, load_lexicon(language), _matcher(language)).mentions


def _spelled_out(text: str, lexicon: Lexicon) -> str:
    """The text with the full stops of abbreviations that people leave out: "art 18" → "art. 18"."""
    held = tokenise(text)
    pieces, end = [], 0
    for place in range(len(held)):
        known = any(lexicon.at(held, place, role) for role in ("unit", "act"))
        if not known and (abbreviation := _abbreviation(held.raw(place), lexicon)):
            pieces.append(text[end : held.starts[place]] + abbreviation)
            end = held.ends[place]
    return "".join([*pieces, text[end:]])


def _abbreviation(word: str, lexicon: Lexicon) -> str | None:
    dotted = tokenise(f"{word}.")
    found = next((each for role in ("unit", "act") if (each := lexicon.at(dotted, 0, role))), None)
    return found[0].text if found and found[1] == len(dotted) else None


def _names(text: str, index: Index) -> _Named:
    held = tokenise(text)
    folded = Words(text, held.starts, held.ends, tuple(map(fold, held.norms)))
    keys: set[str] = set()
    rest: list[int] = []
    place = 0
    while place < len(held):
        found = index.names.longest(folded, place, skip=",")
        if found:
            keys.update(found[1])
            place = found[0]
        else:
            rest.append(place)
            place += 1
    kinds = {key: index.entries[key].kind for key in keys}
    return _Named(
        held,
        frozenset(key for key, kind in kinds.items() if kind == "Treaty"),
        frozenset(key for key, kind in kinds.items() if kind == "Body"),
        tuple(rest),
    )


def _small(words: Words, place: int, lexicon: Lexicon) -> bool:
    return words.norm(place) in _BETWEEN or any(lexicon.at(words, place, role) for role in _SMALL_ROLES)


# -- provisions ---------------------------------------------------------------------------------------------------


def _units(mentions: Iterable[Mention], named: _Named, lexicon: Lexicon) -> list[Path] | None:
    """The paths of the units that make up the query; a word beside them makes it a query for words."""
    others = [at for at in named.rest if not _small(named.words, at, lexicon)]
    if not others:
        return None
    return _paths(mentions, named.words.starts[others[0]], named.words.ends[others[-1]])


def _paths(mentions: Iterable[Mention], start: int, end: int) -> list[Path] | None:
    for mention in mentions:
        if isinstance(mention, UnitMention) and mention.start <= start and end <= mention.end:
            return [unit.path for unit in mention.units]
    return None


def _canonical(named: _Named, lexicon: Lexicon) -> str | None:
    """ "18 7 a", "para. 7 art. 18" as a text would print them: "article 18 (7) (a)"; None where other words are."""
    pieces: list[str] = []
    rank, numbered, place = -1, False, 0
    rest = named.rest
    while place < len(rest):
        unit = lexicon.at(named.words, rest[place], "unit")
        if unit:
            pieces.append(_joint(unit[0], rank, pieces))
            rank, numbered = RANK[unit[0].sense], False
            place += unit[1] - rest[place]
            continue
        raw = named.words.raw(rest[place])
        if _is_number(raw):
            pieces += [] if pieces else [_UNNAMED]
            pieces.append(
                f" ({raw.lower()})" if numbered else f" {raw.upper() if rank < RANK['art'] else raw}"
            )
            numbered = True
        elif not _small(named.words, rest[place], lexicon):
            return None
        place += 1
    return "".join(pieces) if numbered else None


def _joint(unit: Lexeme, rank: int, before: Sequence[str]) -> str:
    if not before:
        return unit.text
    return f" of {unit.text}" if RANK[unit.sense] < rank else f", {unit.text}"


def _is_number(raw: str) -> bool:
    return raw[:1].isdigit() or (raw.isalpha() and (len(raw) == 1 or set(raw.lower()) <= _ROMAN))


def _provisions(paths: Sequence[Path], named: _Named, index: Index) -> Reading | None:
    keys = [key for path in paths for key in _by_weight(_at(path, named, index), index)]
    if keys:
        return Reading("provision", tuple(dict.fromkeys(keys)))
    shorter = [path[:end] for path in paths for end in range(len(path) - 1, 1, -1)]
    for path in shorter:
        if near := _at(path, named, index):
            return Reading(
                "provision",
                _by_weight(near, index),
                "There is no such part; this is what it would belong to.",
            )
    if named.treaties:
        lacks = "The graph does not hold that provision; this is the treaty."
        return Reading("provision", _by_weight(named.treaties, index), lacks)
    return None


def _at(path: Path, named: _Named, index: Index) -> list[str]:
    found = index.provisions.get(path, ())
    return [key for key in found if not named.treaties or owner_of(key, index.entries) in named.treaties]


# -- acts, sessions and meetings ----------------------------------------------------------------------------------


def _bare_acts(named: _Named, lexicon: Lexicon, language: str) -> Iterator[Mention]:
    """Numbers with a stroke and no word for what they number: "55/25"."""
    others = [at for at in named.rest if not _small(named.words, at, lexicon)]
    if "/" not in map(named.words.norm, others):
        return
    printed = named.words.text[named.words.starts[others[0]] : named.words.ends[others[-1]]]
    for kind in sorted({lexeme.sense for lexeme in lexicon.of_role("act")}):
        yield from _mentions(f"{kind} {printed}", language)


def _acts(mention: ActMention, named: _Named, index: Index) -> Reading | None:
    registry = _registry()
    keys: list[str] = []
    for number in mention.numbers:
        bodies = bodies_by_style(registry, mention.kind, number)
        chosen = [key for key in bodies if key in named.bodies] or bodies
        made = (key_in(registry.bodies[body], mention.kind, number) for body in chosen)
        keys += _by_weight((key for key in made if key and key in index.entries), index)
    return Reading(mention.kind, tuple(dict.fromkeys(keys))) if keys else None


def _happenings(
    numbers: Iterable[str], named: _Named, index: Index, counted: str | None = None
) -> Reading | None:
    registry = _registry()
    bodies = named.bodies or registry.bodies.keys()
    stems = [registry.bodies[body].happening_stem for body in bodies if body in registry.bodies]
    made = (
        f"{word}/{stem}/{number}"
        for number in numbers
        for stem in stems
        for word in ((counted,) if counted else ("session", "meeting"))
    )
    keys = _by_weight((key for key in made if key in index.entries), index)
    return Reading("session or meeting", keys) if keys else None
