"""Documents → stand-off graphs on disk, each with the verdict that all of them conform together."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from treatygraph.graph.canonical import graph_hash, to_nquads
from treatygraph.model.errors import BuildError, Where
from treatygraph.pipeline.corpus import Found, Source
from treatygraph.pipeline.extract import extract_file
from treatygraph.pipeline.gate import judge, require_conformance
from treatygraph.pipeline.ingest import extraction_graph
from treatygraph.pipeline.reading import Failed, Outcome, Read
from treatygraph.pipeline.records import rank
from treatygraph.pipeline.shipped import (
    Graphs,
    Sources,
    registry_graphs,
    unpacked,
    verdict_path,
    write_document,
)
from treatygraph.pipeline.verdict import Verdict
from treatygraph.registry.load import load_registry
from treatygraph.validate import load_shapes

SELECTION: Final = "selection.toml"
"""The file beside the graphs that names what they were made from."""

_HEADER: Final = """\
# What the graphs of this folder were made from: the files of a corpus that name one of these things.
# Made by `treatygraph standoff --naming`; `treatygraph standoff --again` reads just these files.
"""


def write_standoff(
    files: Sequence[Path],
    into: Path,
    sources: Sources,
    *,
    symbol: str | None = None,
    language: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Path]:
    """Writes the stand-off graph of each file beside its verdict; the paths of the graphs.

    All are judged together with the registry before the first is written: raises ``ValidationFailedError`` and writes
    nothing when they do not conform.
    """
    registry = load_registry(sources.registry)
    documents: list[tuple[str, Graphs]] = []
    for path in files:
        progress(path.name)
        extraction = extract_file(path, registry, symbol=symbol, language=language)
        documents.append((path.stem, extraction_graph(extraction, registry)))
    everything = registry_graphs(sources)
    for _, graphs in documents:
        everything |= graphs
    require_conformance(judge(everything, load_shapes(sources.shapes)), "What these documents state")
    registry_mark, shapes_mark = sources.registry_fingerprint(), sources.shapes_fingerprint()
    for name, graphs in documents:
        for graph, quads in graphs.items():
            verdict = Verdict(graph.value, graph_hash(quads), registry_mark, shapes_mark, True)
            yield write_document(into, name, to_nquads(quads), verdict)


@dataclass(frozen=True, slots=True)
class Selection:
    """The keys that the documents of a folder name, and the files of a corpus (name → SHA-256) that they are."""

    naming: tuple[str, ...]
    documents: Mapping[str, str]

    @classmethod
    def read(cls, folder: Path) -> Selection:
        """The selection of a folder; raises ``BuildError`` where it has none that can be read."""
        path = folder / SELECTION
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
            return cls(tuple(values["naming"]), dict(values["documents"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BuildError(
                f"The selection cannot be read: {error}",
                where=Where(str(path)),
                remedy="Make it with `treatygraph standoff --naming`.",
            ) from error

    def write(self, folder: Path) -> None:
        """Writes the selection, the same bytes each time."""
        keys = "".join(f"  {json.dumps(key)},\n" for key in sorted(self.naming))
        rows = "".join(
            f"{json.dumps(name)} = {json.dumps(sha256)}\n" for name, sha256 in sorted(self.documents.items())
        )
        text = f"{_HEADER}\nnaming = [\n{keys}]\n\n[documents]\n{rows}"
        (folder / SELECTION).write_text(text, encoding="utf-8")

    def of(self, corpus: Iterable[Found]) -> Iterator[Source]:
        """The selected files of a corpus; raises ``BuildError`` when one is missing or is another file."""
        missing = dict(self.documents)
        for found in corpus:
            if isinstance(found, Source) and found.name in missing:
                if hashlib.sha256(found.data).hexdigest() != missing.pop(found.name):
                    raise BuildError(
                        "The file is not the one that was selected",
                        where=Where(found.name),
                        remedy="Give the corpus that the selection was made from, or select again.",
                    )
                yield found
        if missing:
            raise BuildError(
                f"The corpus lacks {len(missing)} of {len(self.documents)} files, such as {min(missing)}",
                remedy="Give the folder or archives that hold all of them.",
            )


def choose(outcomes: Iterable[Outcome], naming: Sequence[str]) -> tuple[list[Read], list[Failed]]:
    """The documents that cite one of *naming* or a part of it, and the files that could not be read.

    Of the files that hold one document in one language, the one whose format keeps more of the layout is chosen.
    """
    chosen: dict[tuple[str, str], Read] = {}
    failed: list[Failed] = []
    for outcome in outcomes:
        if isinstance(outcome, Failed):
            failed.append(outcome)
        elif not naming or any(names(target, key) for target in outcome.targets for key in naming):
            place = (outcome.document, outcome.language)
            other = chosen.get(place)
            if other is None or rank(outcome.name) < rank(other.name):
                chosen[place] = outcome
    return sorted(chosen.values(), key=lambda each: each.name), failed


def names(target: str, key: str) -> bool:
    """Whether a target is the thing with that key, or a part of it."""
    return target == key or target.startswith(f"{key}/")


def write_chosen(
    chosen: Sequence[Read],
    into: Path,
    sources: Sources,
    naming: Sequence[str],
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Makes a folder hold the stand-off graphs of the chosen documents and of no others, with verdicts and selection.

    They are judged together with the registry: raises ``ValidationFailedError``, and leaves the folder as it is, when
    they do not conform.
    """
    stems = _stems(chosen)
    progress("validation")
    everything = registry_graphs(sources) | {each.node: each.quads() for each in chosen}
    require_conformance(judge(everything, load_shapes(sources.shapes)), "What these documents state together")
    registry_mark, shapes_mark = sources.registry_fingerprint(), sources.shapes_fingerprint()
    written = set()
    for read in chosen:
        progress(read.name)
        verdict = Verdict(read.graph, read.graph_sha256, registry_mark, shapes_mark, True)
        path = write_if_changed(into, stems[read.name], read.nquads(), verdict)
        written |= {path, verdict_path(path)}
    for path in (*into.glob("*.nq"), *into.glob("*.nq.gz"), *into.glob("*.verdict.json")):
        if path not in written:
            path.unlink()
    Selection(tuple(naming), {each.name: each.file_sha256 for each in chosen}).write(into)


def write_if_changed(into: Path, stem: str, nquads: bytes, verdict: Verdict) -> Path:
    """Writes a graph unless the file holds just it: another version of zlib packs the same graph into other bytes."""
    path = into / f"{stem}.nq.gz"
    if path.is_file() and unpacked(path) == nquads:
        verdict.write(verdict_path(path))
        return path
    return write_document(into, stem, nquads, verdict)


def _stems(chosen: Sequence[Read]) -> dict[str, str]:
    """The name of each graph's file by the name of its source; raises ``BuildError`` where two would be the same."""
    stems = {each.name: PurePosixPath(each.name).stem for each in chosen}
    twice = sorted(name for name, stem in stems.items() if list(stems.values()).count(stem) > 1)
    if twice:
        raise BuildError(
            f"Two files have one name: {', '.join(twice[:4])}", remedy="Leave one out with --match."
        )
    return stems
