"""The embedded store: verdict + quads → committed generation, all of it or nothing, synced before it returns.

A commit changes the folder ``writer/``, backs it up to ``generations/N`` by hard links, and names that by an atomic
rename of CURRENT: the one step that makes it true. A process that ends before that step leaves the old
generation, and the next writer throws the changed folder away and takes it back from the generation; a process that
ends after it leaves the new one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from traceback import clear_frames
from types import TracebackType
from typing import IO, Final, Self

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple
from pyoxigraph import Store as Engine

from treatygraph.graph.iris import THINGS
from treatygraph.model.errors import RdfSyntaxError, StoreError, Where
from treatygraph.model.store import Difference, QueryAnswer
from treatygraph.store import layout as files
from treatygraph.store.applying import apply_change, require_state
from treatygraph.store.changes import Change, SparqlUpdate, Written
from treatygraph.store.closures import CLOSURE_GRAPH, follow, rederive_closures
from treatygraph.store.layout import Layout, current_generation, damaged, describe, is_merged, reached
from treatygraph.store.lock import WriterLock
from treatygraph.store.merge import quads_of, replace
from treatygraph.store.reader import EmbeddedReader, sorted_graphs
from treatygraph.store.texts import read_text, save_text

CheckDifference = Callable[[Engine, Difference], None]
"""Judges a changed engine by what its default graph has lost and won, before the commit; refuses it by raising."""


_MOST_WRITTEN: Final = 50_000
"""Statements written, after which the engine is opened anew: it would keep what it has seen, some 200 MB in the end."""


class EmbeddedStore:
    """A store on disk, opened for writing by this process alone; made when there is none at *path*.

    *merged* says how the dataset is opened: its default graph derived from the named graphs (and not writable), or
    plain as SPARQL has it. A store stays what it was made as. What is read is always the current generation.
    Another process that writes is waited for *patience* seconds. Raises ``StoreBusyError`` when it still writes then,
    ``StoreCorruptError`` when the files are damaged; with *damaged* they may be, and a generation is to be adopted.
    """

    def __init__(
        self, path: Path, *, merged: bool = True, patience: float = 0.0, damaged: bool = False
    ) -> None:
        self._layout = Layout(path)
        self._damaged = damaged
        self.is_merged = merged
        self._commits = threading.RLock()
        self._reading = threading.Lock()
        self._reader: EmbeddedReader | None = None
        self._engine: Engine | None = None
        self._closed = False
        self._written = 0
        _make_folder(path)
        self._lock = WriterLock(self._layout.lock, patience=patience)
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def query(self, sparql: str) -> QueryAnswer:
        """The answer to a query over the current generation; raises ``QueryError`` for one that cannot be run."""
        return self._read().query(sparql)

    def update(self, sparql: str) -> int:
        """Runs a SPARQL update as one commit; the new generation.

        Raises ``QueryError`` for an update that cannot be run, reaches another server, or (in a merged dataset)
        writes the default graph. The merge follows what the update names; where it writes graphs by a variable, or
        all of them, it is derived anew, at a cost that grows with the store.
        """
        return self.apply(SparqlUpdate(sparql)).generation

    def apply(
        self,
        change: Change,
        *,
        check: CheckDifference | None = None,
        publishing: Callable[[int], None] = lambda _: None,
    ) -> Written:
        """Makes a change as one commit, all of it or nothing.

        *check* is called with the changed engine and what its default graph has lost and won, and refuses the change
        by raising.
        *publishing* is called with the number of the generation that is about to be made: from there on the change
        is only synced and named. Raises what ``apply_change`` raises, and ``StoreError`` for a disk that takes no more.
        """
        made: list[bool] = []

        def work(engine: Engine) -> None:
            require_state(engine, change, current_generation(self._layout))
            applied = apply_change(engine, change, merged=self.is_merged)
            made.append(applied.created)
            if check is not None:
                check(engine, applied.difference)
            # Where it is not known what was touched, the closures' own graph may have been.
            self._close_paths(engine, applied.difference if applied.is_told else None)
            publishing(current_generation(self._layout) + 1)

        return Written(self._commit(work), made[0])

    def replace_graphs(
        self,
        graphs: Mapping[NamedNode, Iterable[Quad]],
        *,
        drop_others: bool = False,
        check: CheckDifference | None = None,
    ) -> int:
        """Replaces each named graph by its quads (none: drops it) as one commit; the new generation.

        With *drop_others* every named graph that is not given is dropped in the same commit. *check* is called with the
        changed engine and what its default graph has lost and won, and refuses the commit by raising. Raises
        ``StoreError`` for a quad that names another graph.
        """
        new = {graph: quads_of(graph, quads) for graph, quads in graphs.items()}
        if self.is_merged:
            # A dump of a store holds its closures, which are made here.
            new.pop(CLOSURE_GRAPH, None)

        self._written += sum(map(len, new.values()))

        def change(engine: Engine) -> None:
            if drop_others:
                new.update({graph: set() for graph in sorted_graphs(engine) if graph not in new})
            difference = replace(engine, new, merged=self.is_merged)
            if check is not None:
                check(engine, difference)
            self._close_paths(engine, difference)

        return self._commit(change)

    def load(self, files: Iterable[tuple[str, IO[bytes], RdfFormat]]) -> int:
        """Adds the quads of files (name, bytes, format) to a plain dataset as one commit; the new generation.

        Written past the engine's log in sorted tables, as a first load of millions needs. Raises ``RdfSyntaxError``
        naming the file, and ``StoreError`` for a merged dataset, whose graphs are replaced instead.
        """
        if self.is_merged:
            raise StoreError(
                "The store holds a merged dataset",
                where=Where(str(self._layout.root)),
                remedy="Load its named graphs with `treatygraph load`, without --plain.",
            )

        def work(engine: Engine) -> None:
            for name, data, form in files:
                try:
                    engine.bulk_load(data, form, base_iri=THINGS)
                except SyntaxError as error:
                    raise RdfSyntaxError(
                        f"The file is not well-formed RDF: {error.msg}",
                        where=Where(name, line=error.lineno, column=error.offset),
                        remedy="Mend the file at that place.",
                    ) from error

        return self._commit(work)

    def graphs(self) -> tuple[NamedNode, ...]:
        """The named graphs, sorted."""
        return self._read().graphs()

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """The quads of one named graph, or of all named graphs (never the derived default graph)."""
        return self._read().quads(graph)

    def merged(self) -> Iterator[Triple]:
        """The triples of the default graph."""
        return self._read().merged()

    def generation(self) -> int:
        """The number of the current generation; 0 for an empty new store."""
        return current_generation(self._layout)

    def save_text(self, sha256: str, text: str) -> None:
        """Keeps a source text on this machine under the SHA-256 of its UTF-8 bytes."""
        save_text(self._layout, sha256, text)

    def text(self, sha256: str) -> str | None:
        """The source text with that hash, or None where this machine does not hold it."""
        return read_text(self._layout, sha256)

    def close(self) -> None:
        """Gives the lock and all handles back; harmless when repeated."""
        with self._commits, self._reading:
            self._closed, self._engine = True, None
            if self._reader is not None:
                self._reader.close()
                self._reader = None
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _close_paths(self, engine: Engine, difference: Difference | None) -> None:
        """Brings the prepared closures along; None: whatever has changed."""
        if self.is_merged and difference is not None:
            follow(engine, difference)
        elif self.is_merged:
            rederive_closures(engine)

    def _read(self) -> EmbeddedReader:
        with self._reading:
            self._require_open()
            if self._reader is None:
                self._reader = EmbeddedReader(self._layout.root)
            self._reader.refresh()
            return self._reader

    def _require_open(self) -> None:
        if self._closed:
            raise StoreError(
                "The store was closed", where=Where(str(self._layout.root)), remedy="Open it again."
            )

    def _writing(self) -> Engine:
        assert self._engine is not None, "the writer's folder is open while a commit runs"
        return self._engine

    # -- starting and mending

    def _start(self) -> None:
        layout = self._layout
        if not layout.current.exists() and not (self._damaged and layout.numbers()):
            self._make()
            return
        if is_merged(layout) != self.is_merged:
            kind = "plain" if self.is_merged else "merged"
            raise StoreError(
                f"The store holds a {kind} dataset",
                where=Where(str(layout.root)),
                remedy=f"Open it as {kind}.",
            )
        if self._damaged:
            return
        for number in layout.numbers():
            if number > current_generation(layout):
                files.remove(layout.generation(number))
        self._open_again()

    def _open_again(self) -> None:
        """Opens the writer's folder, or takes it back from the current generation where it does not hold that."""
        if self._holds(current_generation(self._layout)):
            self._engine = _open_engine(self._layout.writer)
        else:
            self._restore()

    def _holds(self, number: int) -> bool:
        """Whether the writer's folder says that it holds a generation; it is not trusted unless it does."""
        try:
            return self._layout.held.read_bytes() == b"%d\n" % number
        except OSError:
            return False

    def _make(self) -> None:
        """Makes an empty store; what an interrupted making has left is thrown away."""
        layout = self._layout
        if any(number > 0 for number in layout.numbers()):
            raise damaged(layout.current, "CURRENT is missing, though there are generations")
        if not layout.description.exists():
            _require_free(layout)
        for path in (layout.writer, layout.generations):
            files.remove(path)
        describe(layout, merged=self.is_merged)
        layout.generations.mkdir()
        reached("described")
        self._engine = _open_engine(layout.writer)
        reached("writer made")
        self._publish(0)
        self._hold(layout.writer, 0)

    def _restore(self) -> None:
        """Throws the writer's folder away and takes it back from the current generation."""
        layout = self._layout
        self._engine = None
        part = layout.writer.with_name("writer.new")
        files.remove(layout.writer)
        files.remove(part)
        reached("writer removed")
        number = current_generation(layout)
        source = layout.generation(number)
        _readable(source)
        try:
            files.copy_engine(source, part)
            self._hold(part, number)
        except FileNotFoundError as error:
            raise damaged(source, error) from error
        files.sync_folder(part)
        reached("writer copied")
        part.rename(layout.writer)
        files.sync(layout.root)
        reached("writer restored")
        self._engine = _open_engine(layout.writer)

    # -- committing

    def adopt(self, make: Callable[[Path], object]) -> int:
        """Makes the next generation of files that *make* puts into a folder that is not there yet; its number."""
        with self._commits:
            self._require_open()
            layout = self._layout
            number = self._next()
            part = layout.generations / f"{number}.new"
            files.remove(part)
            try:
                make(part)
                _readable(part)
                files.sync_folder(part)
                # What a writer that was interrupted has left there is nobody's.
                files.remove(layout.generation(number))
                part.rename(layout.generation(number))
                files.sync(layout.generations)
                # From here on the writer's folder is not what CURRENT will name, and it does not say so.
                self._engine = None
                files.write_whole(layout.current, f"{number}\n".encode())
            except OSError as error:
                files.remove(part)
                raise _unwritable(layout, error) from error
            self._restore()
            self._prune(number)
            return number

    def _next(self) -> int:
        """The number of the next generation; where CURRENT cannot be read, one that no folder has."""
        try:
            return current_generation(self._layout) + 1
        except StoreError:
            if not self._damaged:
                raise
            return max(self._layout.numbers(), default=0) + 1

    def _commit(self, change: Callable[[Engine], None]) -> int:
        with self._commits:
            self._require_open()
            if self._engine is None:
                self._open_again()
            number = current_generation(self._layout) + 1
            try:
                self._hold_nothing()
                reached("marked")
                change(self._writing())
                reached("changed")
                self._publish(number)
            except BaseException as error:
                self._give_up(error)
                if isinstance(error, (OSError, RuntimeError)):
                    raise _unwritable(self._layout, error) from error
                raise
            self._hold(self._layout.writer, number)
            reached("held")
            self._prune(number)
            if self._written > _MOST_WRITTEN:
                self._engine, self._written = None, 0
            return number

    def _hold_nothing(self) -> None:
        """Has the writer's folder say no more that it holds a generation, before anything in it changes."""
        files.remove(self._layout.held)
        files.sync(self._layout.writer)

    def _hold(self, folder: Path, number: int) -> None:
        """Has a writer's folder say which generation it holds; where that fails it will be taken back once more."""
        with suppress(OSError):
            (folder / files.HELD).write_bytes(b"%d\n" % number)

    def _give_up(self, error: BaseException | None) -> None:
        """Lets the changed folder go: the next commit, or the next writer, takes it back from the generation.

        The frames of the error would hold the engine, and with it the engine's lock on the folder.
        """
        self._engine = None
        while error is not None:
            clear_frames(error.__traceback__)
            error = error.__cause__ or error.__context__

    def _publish(self, number: int) -> None:
        """Makes the writer's state generation *number* and the current one."""
        layout = self._layout
        self._writing().flush()
        reached("flushed")
        part = layout.generations / f"{number}.new"
        files.remove(part)
        files.remove(layout.generation(number))
        self._writing().backup(str(part))
        reached("backed up")
        files.sync_folder(part)
        part.rename(layout.generation(number))
        files.sync(layout.generations)
        reached("generation named")
        files.write_whole(layout.current, f"{number}\n".encode())
        reached("current")

    def _prune(self, number: int) -> None:
        """Removes old generations; a reader that has one open keeps its files until it closes."""
        for old in self._layout.numbers():
            if old <= number - files.KEPT_GENERATIONS:
                files.remove(self._layout.generation(old))
        reached("pruned")


def _open_engine(folder: Path) -> Engine:
    try:
        return Engine(str(folder))
    except (OSError, RuntimeError, ValueError) as error:
        raise damaged(folder, error) from error


def _readable(folder: Path) -> None:
    try:
        Engine.read_only(str(folder))
    except (OSError, RuntimeError, ValueError) as error:
        raise damaged(folder, error) from error


def _unwritable(layout: Layout, error: Exception) -> StoreError:
    return StoreError(
        f"The store could not be written, and stays as it was: {str(error).splitlines()[0]}",
        where=Where(str(layout.root)),
        remedy="Make room on its disk, or see to it that this user may write there.",
    )


def _require_free(layout: Layout) -> None:
    """Raises ``StoreError`` when the folder holds things of somebody else's."""
    ours = {layout.lock.name, layout.texts.name, f"{layout.description.name}.new"}
    strange = sorted(entry.name for entry in layout.root.iterdir() if entry.name not in ours)
    if strange:
        raise StoreError(
            f"The folder holds no store, and is not empty: {', '.join(strange[:3])}",
            where=Where(str(layout.root)),
            remedy="Name an empty or a new folder with --store or TREATYGRAPH_STORE.",
        )


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The store's folder cannot be made: {error.strerror or error}",
            where=Where(str(path)),
            remedy="Name a folder that this user may write with --store or TREATYGRAPH_STORE.",
        ) from error
