"""Words typed into the box → things whose names have them all, ranked, in pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.graph.iris import iri
from treatygraph.web.names import page_of
from treatygraph.web.pages.links import mark_of
from treatygraph.web.search_index import KINDS, Entry, Index, owner_of
from treatygraph.web.search_reading import Reading
from treatygraph.web.search_words import fold, marked, words

PER_PAGE: Final = 25
CANDIDATES: Final = 50
"""How many things that a reference may mean are shown."""

KIND_WORDS: Final = {
    "Treaty": ("treaty", "treaties"),
    "Body": ("body", "bodies"),
    "Provision": ("provision", "provisions"),
    "Session": ("session", "sessions"),
    "Meeting": ("meeting", "meetings"),
    "Happening": ("event", "events"),
    "AgendaItem": ("agenda item", "agenda items"),
    "Document": ("document", "documents"),
    "Action": ("action", "actions"),
    "Mandate": ("mandate", "mandates"),
    "Tool": ("tool", "tools"),
    "Group": ("group", "groups"),
    "Publication": ("publication", "publications"),
}
"""What the kinds are called: one, several."""

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found."""

    key: str
    iri: str
    href: str
    """The address of its page."""
    kind: str
    """What its kind is called."""
    mark: str | None
    """The class of its hue and sign."""
    language: str | None
    label: str
    pieces: Pieces
    """The label in pieces, each with whether it matches."""
    also: Pieces
    """Another name of it, in pieces: its title, or the alias or symbol that matches; empty where the label says all."""
    weight: int
    """How many statements with evidence point to it."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind among what was found."""

    kind: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """All that the page of the box shows."""

    text: str
    """What was typed."""
    reading: Reading | None
    """What kind of reference it was read as; None for words."""
    candidates: tuple[tuple[str, tuple[Hit, ...]], ...]
    """What the reference may mean, by what it belongs to, the likeliest first."""
    hits: tuple[Hit, ...]
    """This page of what has the words."""
    total: int
    facets: tuple[Facet, ...]
    kind: str | None
    """The kind that the hits are narrowed to."""
    page: int
    pages: int

    @property
    def found(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.candidates or self.total)


def search_page(
    text: str, reading: Reading | None, index: Index, *, kind: str | None, page: int
) -> SearchPage:
    """What is found for *text*; things that the reference means are not shown again among the words."""
    wanted = words(text)
    meant = reading.keys if reading else ()
    found = [index.entries[key] for key in index.with_words(wanted) if key not in meant]
    counts = Counter(entry.kind for entry in found)
    chosen = sorted(
        (e for e in found if kind in (None, e.kind)), key=lambda entry: _rank(entry, wanted, index)
    )
    pages = max(1, -(-len(chosen) // PER_PAGE))
    page = min(page, pages)
    return SearchPage(
        text=text,
        reading=reading,
        candidates=_grouped(meant[:CANDIDATES], wanted, index),
        hits=tuple(hit(e, wanted, index) for e in chosen[(page - 1) * PER_PAGE : page * PER_PAGE]),
        total=len(chosen),
        facets=tuple(
            Facet(each, KIND_WORDS[each][counts[each] != 1], counts[each]) for each in KINDS if counts[each]
        ),
        kind=kind,
        page=page,
        pages=pages,
    )


def hit(entry: Entry, wanted: Sequence[str], index: Index) -> Hit:
    """An entry as a hit for some words."""
    node = iri(entry.key)
    return Hit(
        key=entry.key,
        iri=node.value,
        href=page_of(node.value) or "",
        kind=KIND_WORDS[entry.kind][0],
        mark=mark_of(node.value),
        language=entry.language,
        label=entry.label,
        pieces=marked(entry.label, wanted),
        also=marked(_also(entry, wanted) or _title_above(entry, index), wanted),
        weight=index.linked[entry.key],
    )


def _also(entry: Entry, wanted: Sequence[str]) -> str:
    """The title of a thing whose label is a number; or the other name that has the words which the label lacks."""
    lacking = [word for word in wanted if not _has(entry.label, [word])]
    others = [
        text
        for text in (*entry.titles, *entry.aliases, *entry.symbols)
        if fold(text) not in fold(entry.label)
    ]
    naming = next((text for text in others if lacking and _has(text, lacking)), None)
    return naming or next((title for title in entry.titles if title in others), "")


def _title_above(entry: Entry, index: Index) -> str:
    """The title of the article to which a paragraph belongs."""
    parts = entry.key.split("/") if entry.kind == "Provision" else []
    wholes = (index.entries.get("/".join(parts[:end])) for end in range(len(parts), 1, -1))
    return next((each.titles[0] for each in wholes if each and each.kind == "Provision" and each.titles), "")


def _has(text: str, wanted: Sequence[str]) -> bool:
    held = words(text)
    return all(word in held or any(each.startswith(word) for each in held) for word in wanted)


def _rank(entry: Entry, wanted: Sequence[str], index: Index) -> tuple[int, int, int, int, str]:
    """How well a name fits: begins with the words, has them in a row, has them; then what more points to."""
    phrase = " ".join(wanted)
    names = [" ".join(words(text)) for text in (entry.label, *entry.titles)]
    if any(name.startswith(phrase) for name in names):
        fit = 0
    elif any(f" {phrase}" in name for name in names):
        fit = 1
    elif any(_has(name, wanted) for name in names):
        fit = 2
    else:
        fit = 3
    return fit, KINDS.index(entry.kind) > 2, -index.linked[entry.key], KINDS.index(entry.kind), entry.key


def _grouped(
    keys: Iterable[str], wanted: Sequence[str], index: Index
) -> tuple[tuple[str, tuple[Hit, ...]], ...]:
    groups: dict[str, list[Hit]] = {}
    for key in keys:
        entry = index.entries[key]
        owner = owner_of(key, index.entries)
        group = index.entries[owner].label if owner else KIND_WORDS[entry.kind][1]
        groups.setdefault(group, []).append(hit(entry, (), index))
    return tuple((group, tuple(hits)) for group, hits in groups.items())
