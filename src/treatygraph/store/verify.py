"""A store on disk → what is damaged in it: every block of the engine, the merge, and the hash of every text.

Reads the current generation as any reader does, so that a server and a writer go on meanwhile.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import DefaultGraph
from pyoxigraph import Store as Engine

from treatygraph.model.errors import StoreError
from treatygraph.store.layout import Layout, is_merged
from treatygraph.store.merge import unmerged
from treatygraph.store.reader import open_generation


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at (generation, quads of named graphs, graphs, triples of the default graph, texts), and what is
    damaged, in words.
    """

    generation: int | None = None
    quads: int = 0
    graphs: int = 0
    triples: int = 0
    texts: int = 0
    damages: tuple[str, ...] = field(default=())


def verify(root: Path) -> Verified:
    """Reads all of a store's current generation and its texts; raises ``StoreMissingError`` where there is no store."""
    layout = Layout(root)
    texts, damages = _texts(layout)
    try:
        merged = is_merged(layout)
        number, engine = open_generation(layout)
    except StoreError as error:
        if not layout.description.exists() and not layout.current.exists():
            raise
        return Verified(texts=texts, damages=(str(error), *damages))
    folder = layout.generation(number)
    try:
        # The engine compares the checksum of each block that it reads, and this reads them all.
        counts = Counter(quad.graph_name for quad in engine)
        differing = list(_merge(engine)) if merged else []
    except (OSError, RuntimeError, ValueError) as error:
        broken = f"{folder}: the engine cannot read all of it: {str(error).splitlines()[0]}"
        return Verified(number, texts=texts, damages=(broken, *damages))
    triples = counts.pop(DefaultGraph(), 0)
    damages = (*(f"{folder}: {each}" for each in differing), *damages)
    return Verified(number, counts.total(), len(counts), triples, texts, damages)


def _merge(engine: Engine) -> Iterator[str]:
    surplus, missing = unmerged(engine)
    if surplus:
        yield f"the default graph has {surplus} triples that no asserted graph holds"
    if missing:
        yield f"the default graph lacks {missing} triples that asserted graphs hold"


def _texts(layout: Layout) -> tuple[int, tuple[str, ...]]:
    paths = sorted(layout.texts.glob("*.txt")) if layout.texts.is_dir() else []
    wrong = [path for path in paths if hashlib.sha256(path.read_bytes()).hexdigest() != path.stem]
    return len(paths), tuple(f"{path}: the text is not the one whose hash it is named by" for path in wrong)
