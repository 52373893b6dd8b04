"""One file of a corpus → its stand-off graph, judged: a pure function, for a process or a machine of its own."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Store as Engine

from treatygraph.graph.canonical import graph_hash, to_nquads
from treatygraph.graph.iris import iri
from treatygraph.graph.statements import document_quads
from treatygraph.graph.statements_text import RULESET, expression_of
from treatygraph.model.assets import assets
from treatygraph.model.errors import BuildError, TreatygraphError, Where
from treatygraph.model.extraction import Extraction
from treatygraph.model.store import Difference
from treatygraph.pipeline.corpus import Found, Source, Unreadable
from treatygraph.pipeline.extract import extract
from treatygraph.pipeline.fingerprint import fingerprint
from treatygraph.pipeline.gate import merge, require_conformance
from treatygraph.pipeline.shipped import Sources, registry_graphs
from treatygraph.read import read_bytes
from treatygraph.registry.load import load_registry
from treatygraph.registry.values import Registry
from treatygraph.store.heap import give_back_what_is_free
from treatygraph.validate import Shapes, affected, load_shapes, validate_change, with_vocabulary

__all__ = ["Failed", "Outcome", "Read", "Setting", "read_source"]

_JUDGED_AT_MOST: Final = 100_000
"""Statements that one engine in memory is given to judge: what it is told to remove it hides and never lets go."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Under what a corpus is read; two readings under one setting give the same bytes.

    ``data`` is a folder like ``data/`` (None: the project's own); ``mark`` the fingerprint of registry, shapes, rules
    and program, which whoever reads must have too; ``language`` is given to texts whose own cannot be told. Unless
    ``judged``, documents are not judged one by one: whoever asks judges them together.
    """

    data: Path | None
    mark: str
    language: str | None = None
    judged: bool = True

    @classmethod
    def of(cls, data: Path | None = None, *, language: str | None = None, judged: bool = True) -> Setting:
        """The setting of this program with its registry, or with that of the folder *data*."""
        return cls(data, _mark(data, language), language, judged)


def _sources(data: Path | None) -> Sources:
    root = assets()
    return Sources(root / "ontology", data or root / "data")


def _mark(data: Path | None, language: str | None) -> str:
    sources = _sources(data)
    return fingerprint(
        version("treatygraph"),
        RULESET,
        sources.registry_fingerprint(),
        sources.shapes_fingerprint(),
        language or "",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What a file became. ``packed`` and ``packed_text`` are its N-Quads and its text, compressed (zlib)."""

    name: str
    file_sha256: str
    document: str
    language: str
    graph: str
    graph_sha256: str
    statements: int
    citations: int
    actions: int
    unresolved: Mapping[str, int]
    targets: frozenset[str]
    text_sha256: str
    packed: bytes = field(repr=False)
    packed_text: bytes = field(repr=False)

    def nquads(self) -> bytes:
        """The canonical N-Quads of the graph."""
        return zlib.decompress(self.packed)

    def quads(self) -> tuple[Quad, ...]:
        """The statements of the graph."""
        return tuple(parse(self.nquads(), format=RdfFormat.N_QUADS))

    def text(self) -> str:
        """The text that all offsets point into."""
        return zlib.decompress(self.packed_text).decode("utf-8")

    @property
    def node(self) -> NamedNode:
        """The named graph."""
        return NamedNode(self.graph)

    @property
    def format(self) -> str:
        """The ending of the file's name."""
        return PurePosixPath(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that cannot be read, or whose graph does not conform, and the sentence that says why."""

    name: str
    error: str


Outcome = Read | Failed


def read_source(found: Found, setting: Setting) -> Outcome:
    """Reads a file, states what it yields and judges that beside the registry; an error becomes a sentence."""
    if isinstance(found, Unreadable):
        return Failed(found.name, found.error)
    try:
        return _read(found, setting)
    except BuildError:
        raise
    except TreatygraphError as error:
        return Failed(found.name, str(error))
    except (MemoryError, RecursionError) as error:
        return Failed(
            found.name, f"The file needs more memory than a document may take ({type(error).__name__})."
        )
    except Exception as error:  # a fault of ours in one file must not end the reading of the others
        return Failed(
            found.name, f"A fault of the program: {type(error).__name__}: {error}. Please report it."
        )


def _read(source: Source, setting: Setting) -> Read:
    desk = _desk(setting)
    text = read_bytes(source.data, name=PurePosixPath(source.name).name, language=setting.language)
    extraction = extract(text, desk.registry)
    quads = document_quads(extraction, desk.registry)
    graph = iri(f"graph/{expression_of(extraction)}")
    if setting.judged:
        desk.judge(quads, source.name)
    return Read(
        name=source.name,
        file_sha256=hashlib.sha256(source.data).hexdigest(),
        document=extraction.identity.key,
        language=text.language,
        graph=graph.value,
        graph_sha256=graph_hash(quads),
        statements=len(quads),
        citations=len(extraction.citations.citations),
        actions=len(extraction.actions),
        unresolved=dict(_reasons(extraction)),
        targets=frozenset(each.target for each in extraction.citations.resolved if each.target),
        text_sha256=text.text_sha256,
        packed=zlib.compress(to_nquads(quads), 1),
        packed_text=zlib.compress(text.text.encode("utf-8"), 1),
    )


def _reasons(extraction: Extraction) -> Counter[str]:
    return Counter(str(each.reason) for each in extraction.citations.unresolved)


class _Desk:
    """What one process needs to read many files: the registry, and its statements in an engine with the shapes."""

    def __init__(self, sources: Sources) -> None:
        self.registry: Registry = load_registry(sources.registry)
        self._shapes: Shapes = load_shapes(sources.shapes)
        self._sources = sources
        self._engine = self._fresh_engine()
        self._judged = 0

    def _fresh_engine(self) -> Engine:
        engine = with_vocabulary(Engine(), self._shapes)
        engine.extend(_asserted(each) for each in merge(registry_graphs(self._sources)))
        return engine

    def judge(self, quads: tuple[Quad, ...], name: str) -> None:
        """Raises ``ValidationFailedError`` unless the statements conform beside the registry."""
        if self._judged > _JUDGED_AT_MOST:
            self._engine, self._judged = self._fresh_engine(), 0
            give_back_what_is_free()
        fresh = [each for quad in quads if (each := _asserted(quad.triple)) not in self._engine]
        self._judged += len(fresh)
        self._engine.extend(fresh)
        try:
            difference = Difference(come=frozenset(each.triple for each in fresh))
            focus = affected(self._engine, difference)
            require_conformance(validate_change(self._engine, focus, self._shapes), name)
        finally:
            for each in fresh:
                self._engine.remove(each)


def _asserted(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


@cache
def _desk(setting: Setting) -> _Desk:
    sources = _sources(setting.data)
    if _mark(setting.data, setting.language) != setting.mark:
        raise BuildError(
            "This reader has another registry, other shapes or other rules than the build that asks it",
            where=Where(str(sources.data)),
            remedy="Install the same version of treatygraph on every worker.",
        )
    return _Desk(sources)
