"""Where the search indexes of a store stand, and how a query with search blocks is made one without."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedTooLongError
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import QuerySolutions
from pyoxigraph import Store as Engine

from treatygraph.model.assets import assets
from treatygraph.model.errors import ServerBusyError, StoreError, Where
from treatygraph.store import fulltext
from treatygraph.store.layout import KEPT_GENERATIONS, Layout
from treatygraph.store.search_block import SearchBlock, pieces, search_blocks, with_places

_LOOK_SECONDS: Final = 0.02


def default_rules() -> Path:
    """The folder that says what is looked in: ``data/search/``."""
    return assets() / "data" / "search"


def searching(sparql: str, prefixes: Mapping[str, str] | None = None) -> tuple[str, dict[str, Any] | None]:
    """The query with its search blocks empty, and what is to be found for them; None where it has none.

    Raises ``QueryError`` for a block that cannot be read.
    """
    blocks = search_blocks(sparql, prefixes)
    if not blocks:
        return sparql, None
    return with_places(sparql, blocks), to_find(sparql, blocks)


def to_find(sparql: str, blocks: tuple[SearchBlock, ...]) -> dict[str, Any]:
    """The arguments of ``fulltext.filled`` but for the file."""
    return {"pieces": pieces(sparql, blocks), "blocks": [block.values for block in blocks]}


class SearchIndexes:
    """The indexes of one store, each made when first asked for and kept as long as its generation may be read.

    They stand in the store's folder ``search/``, or, where that cannot be written, in one that ends with this object.
    """

    def __init__(self, layout: Layout, rules: Path | None = None) -> None:
        self._layout = layout
        self._rules = rules
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._making: dict[int, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()

    def path(self, generation: int) -> Path:
        """Where the index of a generation stands or will stand."""
        return self._folder() / f"{generation}-{_digest(self._rules or default_rules())}.db"

    def is_ready(self, generation: int) -> bool:
        """Whether the index of a generation is there."""
        return self.path(generation).exists()

    def ready(self, generation: int, deadline: float) -> Path:
        """The index of a generation, made by a process of its own where it is not there yet.

        *deadline* is a time of ``time.monotonic``; the making goes on after it. Raises ``ServerBusyError`` when it
        is not there then, ``StoreError`` when it cannot be made.
        """
        path = self.path(generation)
        while not path.exists():
            process = self._maker(generation, path)
            while process.poll() is None:
                if time.monotonic() >= deadline:
                    raise _still_made()
                time.sleep(_LOOK_SECONDS)
            self._made(generation, process, path)
        return path

    def made_here(self, generation: int, engine: Engine) -> Path:
        """The index of a generation, made in this process from its open engine where it is not there yet."""
        path = self.path(generation)
        if not path.exists():
            fields, articles = fulltext.fields_of(engine.query, self._rules or default_rules())
            fulltext.make(path, fields, articles=articles)
            self._prune(generation)
        return path

    def close(self) -> None:
        """Ends the making of indexes, and removes those that do not belong to the store."""
        with self._lock:
            for process in self._making.values():
                process.kill()
                process.wait()
            self._making.clear()
            if self._own is not None:
                self._own.cleanup()
                self._own = None

    def _maker(self, generation: int, path: Path) -> subprocess.Popen[bytes]:
        with self._lock:
            if generation not in self._making:
                folder, rules = self._layout.generation(generation), self._rules or default_rules()
                self._making[generation] = subprocess.Popen(
                    [sys.executable, "-P", fulltext.__file__, str(folder), str(rules), str(path)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                )
            return self._making[generation]

    def _made(self, generation: int, process: subprocess.Popen[bytes], path: Path) -> None:
        with self._lock:
            self._making.pop(generation, None)
        if path.exists():
            self._prune(generation)
        elif self._layout.generation(generation).exists():
            raise StoreError(
                f"The search index could not be made: {_last_line(process)}",
                where=Where(str(path)),
                remedy="See to it that the disk has room and the rules in data/search are well formed.",
            )
        else:
            raise ServerBusyError("The data changed meanwhile", remedy="Ask again.")

    def _prune(self, generation: int) -> None:
        for file in self._folder().glob("*-*.db"):
            number = file.name.partition("-")[0]
            if number.isdecimal() and int(number) <= generation - KEPT_GENERATIONS:
                with suppress(OSError):
                    file.unlink()

    def _folder(self) -> Path:
        folder = self._layout.root / "search"
        with suppress(OSError):
            folder.mkdir(exist_ok=True)
        if folder.is_dir() and os.access(folder, os.W_OK):
            return folder
        if self._own is None:
            self._own = tempfile.TemporaryDirectory(prefix="treatygraph-search-")
        return Path(self._own.name)


class FetchedIndex:
    """The search index of data that another engine keeps, made in this process from its answers to *ask*."""

    def __init__(self, ask: Callable[[str], QuerySolutions], rules: Path | None = None) -> None:
        self._ask = ask
        self._rules = rules
        self._lock = threading.Lock()
        self._thread: ThreadPoolExecutor | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._made: tuple[int, Future[Path]] | None = None

    def ready(self, generation: int, seconds: float) -> Path:
        """The index of a generation; the making goes on after *seconds*.

        Raises ``ServerBusyError`` when it is not there then, and what asking raises.
        """
        with self._lock:
            if self._thread is None or self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="treatygraph-search-")
                self._thread = ThreadPoolExecutor(1, thread_name_prefix="search-index")
            made = self._made
            if made is None or made[0] != generation or (made[1].done() and made[1].exception()):
                path = Path(self._folder.name) / f"{generation}.db"
                made = self._made = generation, self._thread.submit(self._make, path)
        try:
            return made[1].result(seconds)
        except WaitedTooLongError as error:
            raise _still_made() from error

    def close(self) -> None:
        """Removes the index; one that is being made is waited for."""
        with self._lock:
            if self._thread is not None:
                self._thread.shutdown(cancel_futures=True)
            if self._folder is not None:
                self._folder.cleanup()
            self._thread = self._folder = self._made = None

    def _make(self, path: Path) -> Path:
        for old in path.parent.glob("*.db"):
            old.unlink()
        fields, articles = fulltext.fields_of(self._ask, self._rules or default_rules())
        fulltext.make(path, fields, articles=articles)
        return path


def _still_made() -> ServerBusyError:
    return ServerBusyError(
        "The search index of this state of the data is still being made",
        remedy="Ask again in a few seconds.",
    )


def _last_line(process: subprocess.Popen[bytes]) -> str:
    lines = process.stderr.read().decode(errors="replace").split("\n") if process.stderr else []
    return next((line for line in reversed(lines) if line.strip()), f"status {process.returncode}")


@cache
def _digest(rules: Path) -> str:
    """Eight hexadecimal digits of all that an index depends on beside the data."""
    made_of = hashlib.sha256(str(fulltext.FORMAT).encode())
    for file in sorted(rules.iterdir()):
        made_of.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return made_of.hexdigest()[:8]
