"""A store at somebody else's engine, by the Query, Update and Graph Store protocols: the same promises as on disk.

The engine gives this store a dataset of its own. The generation stands in a graph of ours there; the merge of the
asserted graphs stands in the default graph, or in a graph of ours where the engine's default graph is the union of
all graphs (Virtuoso). ``remote_commit.py`` says how a commit is made.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self, cast

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)
from pyoxigraph import Store as Engine

from treatygraph.model.errors import QueryError, StoreBusyError, StoreError, StoreMissingError, Where
from treatygraph.model.store import QueryAnswer, Row, Solutions
from treatygraph.store import remote_commit as commits
from treatygraph.store.answers import no_index
from treatygraph.store.applying import apply_change, require_state
from treatygraph.store.bindings import mended, with_declarations, with_graph_variables
from treatygraph.store.changes import Change, SparqlUpdate, Written, update_text
from treatygraph.store.closures import require_no_closure
from treatygraph.store.embedded import CheckDifference
from treatygraph.store.endpoints import endpoints_of
from treatygraph.store.fulltext import filled
from treatygraph.store.guard import check_query
from treatygraph.store.http import Connection
from treatygraph.store.layout import Layout
from treatygraph.store.merge import quads_of, rederive, replace
from treatygraph.store.remote_commit import GENERATION, MERGED, STATE, STORE, Plan
from treatygraph.store.search import FetchedIndex, searching
from treatygraph.store.texts import holds_text, read_text, save_text
from treatygraph.store.tokens import tokens

JSON: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"

_SECONDS: Final = 600.0
_QUICK: Final = 30.0
_YOUNG: Final = 120
"""Seconds after which the plan of a process that went away is finished by another."""

_PAUSE: Final = 0.25


class Remote:
    """What reading and writing share: the engine, how it takes a dataset, and the texts of this machine."""

    def __init__(self, address: str) -> None:
        self._engine = Connection(endpoints_of(address))
        self._where = Where(thing=self._engine.endpoints.shown)
        self._texts = Layout(texts_of(address))
        self._union: bool | None = None
        self._index: Final = FetchedIndex(self._solutions)

    def fetch(
        self,
        sparql: str,
        accept: str,
        *,
        default: tuple[str, ...] | None = None,
        named: tuple[str, ...] | None = None,
        seconds: float = _SECONDS,
        limit: int = 0,
    ) -> bytes:
        """The bytes of an answer; raises what ``Connection.query`` raises, and ``StoreError`` for one cut short."""
        sparql = self._searched(sparql, seconds)
        sparql = with_declarations(sparql)
        parameters = [("query", sparql)]
        over_merge = default is None and named is None and self.union()
        if over_merge:
            parameters = [("query", with_graph_variables(sparql)), ("default-graph-uri", MERGED)]
        else:
            parameters += [("default-graph-uri", each) for each in default or ()]
            parameters += [("named-graph-uri", each) for each in named or ()]
        reply = self._engine.query(parameters, accept, seconds=seconds, limit=limit)
        if "X-SPARQL-MaxRows" in reply.headers:
            raise StoreError(
                f"The engine gives no more than {reply.headers['X-SPARQL-MaxRows']} rows, and the answer has more",
                where=self._where,
                remedy="Raise its bound (ResultSetMaxRows in Virtuoso's [SPARQL]), or ask with LIMIT and OFFSET.",
            )
        return mended(reply.body) if self.union() and accept == JSON else reply.body

    def _searched(self, sparql: str, seconds: float) -> str:
        """The query with what its search blocks find: the engine is never asked a SERVICE."""
        require_no_closure(sparql)
        _, search = searching(sparql)
        if search is None:
            return sparql
        try:
            return filled(str(self._index.ready(self.generation(), seconds)), **search)
        except RuntimeError as error:
            raise no_index(str(error)) from error

    def _solutions(self, sparql: str) -> QuerySolutions:
        found = parse_query_results(self.fetch(sparql, JSON), QueryResultsFormat.JSON)
        assert isinstance(found, QuerySolutions), "the query of a field is a SELECT"
        return found

    def union(self) -> bool:
        """Whether the engine's default graph is the union of all graphs, so that the merge stands elsewhere."""
        if self._union is None:
            seen = f"SELECT ?n WHERE {{ <{STORE}> <{GENERATION}> ?n }}"
            self._union = bool(self._rows(seen))
            if self._union and not self._rows(
                f"SELECT ?n WHERE {{ GRAPH ?g {{ <{STORE}> <{GENERATION}> ?n }} }}",
                ("default-graph-uri", MERGED),
            ):
                raise StoreError(
                    "The engine's default graph is the union of all graphs, and it hides named graphs beside another",
                    where=self._where,
                    remedy="Let its default graph be its own (Fuseki: unionDefaultGraph false), or use another engine.",
                )
        return self._union

    def generation(self) -> int:
        """The number of the current generation; raises ``StoreMissingError`` where there is no store."""
        rows = self._rows(f"SELECT ?n WHERE {{ GRAPH <{STATE}> {{ <{STORE}> <{GENERATION}> ?n }} }}")
        if not rows:
            raise StoreMissingError(
                "There is no store of treatygraph at this engine",
                where=self._where,
                remedy="Make one with `treatygraph build`, or name another with --store or TREATYGRAPH_STORE.",
            )
        return max(int(cast(Literal, row[0]).value) for row in rows)

    def text(self, sha256: str) -> str | None:
        """The source text with that hash, or None where this machine does not hold it."""
        return read_text(self._texts, sha256)

    def holds_text(self, sha256: str) -> bool:
        """Whether this machine holds the text with that hash."""
        return holds_text(self._texts, sha256)

    def _rows(self, sparql: str, *more: tuple[str, str]) -> tuple[Row, ...]:
        reply = self._engine.query([("query", sparql), *more], JSON, seconds=_QUICK)
        found = parse_answer(reply.body)
        return found.rows if isinstance(found, Solutions) else ()


class RemoteStore(Remote):
    """A store at an engine, for reading and writing; with *create* it is made where there is none.

    Writers of several processes or machines are kept apart by the plan of a commit; *patience* is how long, in
    seconds, one waits for another's. Raises ``StoreMissingError``, ``StoreBusyError``, or ``StoreError`` for an engine
    that does not answer.
    """

    is_merged: Final = True

    def __init__(self, address: str, *, create: bool = False, patience: float = 0.0) -> None:
        super().__init__(address)
        self._patience = patience
        self._mirror: tuple[int, Engine] | None = None
        try:
            self.generation()
        except StoreMissingError:
            if not create:
                raise
            self._update([f"INSERT DATA {{ GRAPH <{STATE}> {{ <{STORE}> <{GENERATION}> 0 }} }}"])
        self.union()
        if create:
            self._take_up()

    def query(self, sparql: str) -> QueryAnswer:
        """The answer to a query over the current generation; raises ``QueryError`` for one that cannot be run."""
        form = check_query(sparql)
        if form.gives_graph:
            quads = parse(self.fetch(sparql, TRIPLES), format=RdfFormat.N_TRIPLES)
            return tuple(dict.fromkeys(quad.triple for quad in quads))
        return parse_answer(self.fetch(sparql, JSON))

    def update(self, sparql: str) -> int:
        """Runs a SPARQL update at the engine as one commit; the new generation.

        Raises ``QueryError`` for an update that cannot be run or writes the derived default graph.
        """
        text = update_text(SparqlUpdate(sparql), merged=True)
        if self.union():
            # There, a pattern cannot look at the merge and at named graphs at once.
            return self.apply(SparqlUpdate(sparql)).generation
        plan = self._begin(self.generation())
        try:
            self._update([_whole(text), *commits.rederiving(plan), *commits.finish(plan)])
        except QueryError:
            self._update([commits.withdraw(plan)])
            raise
        return self._committed(plan)

    def apply(
        self,
        change: Change,
        *,
        check: CheckDifference | None = None,
        publishing: Callable[[int], None] = lambda _: None,
    ) -> Written:
        """Makes a change as one commit: worked out and judged on a copy here, then brought in there by difference.

        The copy is of the whole dataset and is kept for the next change. Raises what ``apply_change`` raises.
        """
        base, copy = self._copy()
        before = _by_graph(copy)
        self._mirror = None
        try:
            require_state(copy, change, base)
            applied = apply_change(copy, change, merged=True)
            if check is not None:
                check(copy, applied.difference)
        except Exception:
            # What was fetched still holds; only the copy has changed.
            self._mirror = (base, _copy_of(quad for quads in before.values() for quad in quads))
            raise
        after = _by_graph(copy)
        changed = {graph: after.get(graph, set()) for graph in before.keys() | after.keys()}
        new = {graph: quads for graph, quads in changed.items() if quads != before.get(graph)}
        publishing(base + 1)
        number = self._replace(new, base)
        self._mirror = (number, copy)
        return Written(number, applied.created)

    def replace_graphs(
        self,
        graphs: Mapping[NamedNode, Iterable[Quad]],
        *,
        drop_others: bool = False,
        check: CheckDifference | None = None,
    ) -> int:
        """Replaces each named graph by its quads (none: drops it) as one commit; the new generation.

        With *drop_others* every named graph that is not given is dropped in the same commit. *check* is called with a
        changed copy of the dataset and what its default graph has lost and won, and refuses the commit by raising.
        """
        base = self.generation()
        new = {graph: quads_of(graph, quads) for graph, quads in graphs.items()}
        if drop_others:
            new.update({graph: set() for graph in self.graphs() if graph not in new})
        if check is not None:
            base, copy = self._copy()
            self._mirror = None
            check(copy, replace(copy, new, merged=True))
        return self._replace(new, base)

    def graphs(self) -> tuple[NamedNode, ...]:
        """The named graphs, sorted; a graph without statements is not there."""
        rows = self._rows(f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({commits.IS_DATA}) }}")
        named = (row[0] for row in rows if isinstance(row[0], NamedNode))
        return tuple(sorted(named, key=lambda graph: graph.value))

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """The quads of one named graph, or of all named graphs (never the derived default graph)."""
        for name in self.graphs() if graph is None else (graph,):
            for triple in self._triples(name.value):
                yield Quad(triple.subject, triple.predicate, triple.object, name)

    def merged(self) -> Iterator[Triple]:
        """The triples of the default graph."""
        yield from self._triples(MERGED if self.union() else None)

    def save_text(self, sha256: str, text: str) -> None:
        """Keeps a source text on this machine under the SHA-256 of its UTF-8 bytes."""
        self._texts.root.mkdir(parents=True, exist_ok=True)
        save_text(self._texts, sha256, text)

    def close(self) -> None:
        """Forgets the copy; harmless when repeated."""
        self._mirror = None
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _triples(self, graph: str | None) -> Iterator[Triple]:
        data = self._engine.get_graph(graph, seconds=_SECONDS)
        return (quad.triple for quad in parse(data, format=RdfFormat.N_TRIPLES))

    def _copy(self) -> tuple[int, Engine]:
        """The generation, and a copy of the dataset in memory."""
        base = self.generation()
        if self._mirror is not None and self._mirror[0] == base:
            return self._mirror
        copy = _copy_of(self.quads())
        self._mirror = (base, copy)
        return base, copy

    # -- committing

    def _replace(self, graphs: Mapping[NamedNode, set[Quad]], base: int) -> int:
        plan = Plan(_new_name(), base, self.union())
        names = tuple(sorted(graphs, key=lambda graph: graph.value))
        for number, name in enumerate(names):
            if graphs[name]:
                data = serialize((quad.triple for quad in graphs[name]), format=RdfFormat.N_TRIPLES)
                assert data is not None
                self._engine.put_graph(plan.staged(number), data, seconds=_SECONDS)
        if names:
            self._update([commits.pair(plan, tuple(name.value for name in names))])
        self._begin(base, plan)
        self._update([*commits.replacing(plan), *commits.finish(plan)])
        number = self._committed(plan)
        with suppress(StoreError):
            self._update(commits.clean(plan, len(names)))
        return number

    def _begin(self, base: int, plan: Plan | None = None) -> Plan:
        """Writes the plan down; waits for another's, and finishes it where its process has gone."""
        chosen = plan or Plan(_new_name(), base, self.union())
        deadline = time.monotonic() + self._patience
        while True:
            self._update([commits.begin(chosen, int(time.time()))])
            held = self._held()
            if held is None:
                raise self._overtaken()
            other, since = held
            if other.commit == chosen.commit:
                return chosen
            if time.time() - since > _YOUNG or time.monotonic() > deadline:
                raise self._overtaken()
            time.sleep(_PAUSE)

    def _take_up(self) -> None:
        """Finishes the commit of a process that went away in the middle of it."""
        held = self._held()
        if held is None or time.time() - held[1] <= _YOUNG:
            return
        plan = held[0]
        self._update([*commits.replacing(plan), *commits.rederiving(plan), *commits.finish(plan)])
        staged = (cast(NamedNode, row[0]).value for row in self._rows(commits.leftovers(plan)))
        self._update([f"DROP SILENT GRAPH <{graph}>" for graph in staged] or [commits.withdraw(plan)])

    def _held(self) -> tuple[Plan, float] | None:
        rows = self._rows(commits.HELD)
        if not rows:
            return None
        commit, since, base = (cast(Literal, term).value for term in rows[0])
        return Plan(commit, int(base), self.union()), float(since)

    def _committed(self, plan: Plan) -> int:
        if self._rows(
            f"SELECT ?n WHERE {{ GRAPH <{STATE}> {{ <{STORE}> <{GENERATION}> ?n ; "
            f'<{commits.COMMIT}> "{plan.commit}" }} }}'
        ):
            return plan.base + 1
        raise self._overtaken()

    def _overtaken(self) -> StoreBusyError:
        return StoreBusyError(
            "Another process writes to the store, or has written meanwhile",
            where=self._where,
            remedy="Try again: what you write is then judged beside what the other wrote.",
        )

    def _update(self, parts: Iterable[str]) -> None:
        """Runs updates as one request: one transaction, where the engine has such."""
        self._engine.update(" ;\n".join(parts), seconds=_SECONDS)


def texts_of(address: str) -> Path:
    """The folder for the texts of this machine that belong to a remote store."""
    told = os.environ.get("TREATYGRAPH_TEXTS")
    return Path(told) if told else Path(".treatygraph-texts")


def parse_answer(data: bytes) -> Solutions | bool:
    """The answer to a SELECT or ASK from its JSON; Virtuoso gives the boolean as a row."""
    found = parse_query_results(data, QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return bool(found)
    assert isinstance(found, QuerySolutions)
    names = tuple(variable.value for variable in found.variables)
    rows = tuple(cast(Row, tuple(solution)) for solution in found)
    if names == ("__ASK_RETVAL",):
        return bool(rows) and cast(Literal, rows[0][0]).value != "0"
    return Solutions(names, rows)


def _copy_of(quads: Iterable[Quad]) -> Engine:
    """The dataset with these named graphs, in memory."""
    copy = Engine()
    copy.bulk_extend(quads)
    rederive(copy)
    return copy


def _by_graph(engine: Engine) -> dict[NamedNode, set[Quad]]:
    found: dict[NamedNode, set[Quad]] = {}
    for quad in engine:
        if isinstance(quad.graph_name, NamedNode):
            found.setdefault(quad.graph_name, set()).add(quad)
    return found


def _new_name() -> str:
    """A name for a commit that no other has: the clock in nanoseconds, and the process."""
    return f"{time.time_ns():x}-{os.getpid():x}-{os.urandom(4).hex()}"


def _whole(sparql: str) -> str:
    """The update without a semicolon at its end, so that others can follow it; a comment there ends with its line."""
    last = None
    for token in tokens(sparql):
        last = token
    if last is not None and last.text == ";":
        sparql = sparql[: last.offset] + sparql[last.offset + 1 :]
    return sparql + "\n"
