"""``/dumps/graph.nq.gz``: the whole dataset of one generation as N-Quads, written once and kept until the next."""

from __future__ import annotations

import gzip
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Final

from flask import Blueprint, Response, send_file
from pyoxigraph import NamedNode

from treatygraph.graph.iris import iri
from treatygraph.model.errors import ServerBusyError, StoreError
from treatygraph.store.closures import CLOSURE_GRAPH
from treatygraph.store.workers import Question
from treatygraph.web.asking import Asker, asker
from treatygraph.web.dataset import DUMP_PATH

dumps = Blueprint("dumps", __name__)

_MADE_ANEW: Final = (iri("graph/build"), CLOSURE_GRAPH)
"""Graphs that each store makes for itself: how it was built, and what follows from the others."""

_DEFAULT: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_NAMED: Final = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH %s { ?s ?p ?o } }"
_LEVEL: Final = 5
_TRIES: Final = 3
_MOST_BYTES: Final = 1 << 40
"""The most that one graph may have: as much as the folder of temporary files takes."""

_GRAPH_SECONDS: Final = 900.0
_WAIT_SECONDS: Final = 5.0
"""How long a client waits while the dump is written for another."""

_ONE_AT_A_TIME: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Dump:
    """A file that goes away with this value, and the generation that it holds."""

    file: IO[bytes]
    generation: int


class _MovedOnError(Exception):
    """The store went to another generation while it was written out."""


@dumps.get(f"/{DUMP_PATH}")
def dump() -> Response:
    """The named graphs (in a plain dataset the default graph too), but for what each store makes for itself."""
    ask = asker()
    if not _ONE_AT_A_TIME.acquire(timeout=_WAIT_SECONDS):
        raise ServerBusyError("The dump of this generation is being written", remedy="Ask again in a minute.")
    try:
        made = ask.keep("dump", lambda: _written(ask))
    finally:
        _ONE_AT_A_TIME.release()
    response = send_file(
        made.file.name,
        mimetype="application/gzip",
        as_attachment=True,
        download_name=f"treatygraph-{made.generation}.nq.gz",
        etag=f"g{made.generation}-dump",
        conditional=True,
    )
    response.cache_control.no_cache = True
    return response


def _written(ask: Asker) -> Dump:
    for _ in range(_TRIES):
        generation = ask.pool.generation()
        kept = tempfile.NamedTemporaryFile(prefix="treatygraph-", suffix=".nq.gz")  # noqa: SIM115
        try:
            with gzip.GzipFile(fileobj=kept, mode="wb", compresslevel=_LEVEL, mtime=0, filename="") as packed:
                for part in _parts(ask, generation):
                    packed.write(part)
        except _MovedOnError:
            continue
        kept.flush()
        return Dump(kept, generation)
    raise StoreError(
        "The store changes faster than it can be written out",
        remedy="Try again when the writer has finished.",
    )


def _parts(ask: Asker, generation: int) -> Iterator[bytes]:
    """N-Quads, graph by graph; raises ``_MovedOnError`` where an answer is of another generation."""
    graphs = [row["graph"] for row in ask.rows("graph_names")]
    names = sorted(str(graph) for graph in graphs if isinstance(graph, NamedNode) and graph not in _MADE_ANEW)
    if not ask.pool.is_merged():
        yield from _lines(ask, _DEFAULT, generation)
    for name in names:
        end = f" {name} .\n".encode()
        for lines in _lines(ask, _NAMED % name, generation):
            yield lines.replace(b" .\n", end)


def _lines(ask: Asker, query: str, generation: int) -> Iterator[bytes]:
    """The lines of an answer, some at a time: a graph of any size is in nobody's memory."""
    question = Question(query, form="ntriples", most_bytes=_MOST_BYTES)
    answer = ask.pool.ask(question, timeout=max(_GRAPH_SECONDS, ask.pool.settings.timeout))
    if answer.generation != generation:
        raise _MovedOnError
    yield from whole_lines(answer.chunks())


def whole_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut at the ends of lines alone; the last line has its end."""
    rest = b""
    for chunk in chunks:
        whole, end, rest = (rest + chunk).rpartition(b"\n")
        yield whole + end
