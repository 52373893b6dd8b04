"""Files of texts in several languages, in a folder or an archive → the citations of each, by symbol and language."""

from __future__ import annotations

import re
import tarfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Final

from treatygraph.cite import cite_document
from treatygraph.cite.symbols import find_symbols
from treatygraph.cite.tokens import plain
from treatygraph.evaluate.agreement import Cited, numbers
from treatygraph.evaluate.score import SCORED_KINDS
from treatygraph.model.errors import GoldError, ReadError, Where
from treatygraph.parse import parse
from treatygraph.read import DEFAULT_LIMITS, read_bytes
from treatygraph.registry.load import load_registry
from treatygraph.registry.values import Registry

_SUFFIX: Final = ".xml"
_SALES: Final = re.compile(r"publication/[A-Z](?=\.\d)")
_AHEAD: Final = 8  # files in flight for each worker, so that none waits and memory stays flat


@dataclass(frozen=True, slots=True)
class Version:
    """One text in one language: the file that it was read from, its symbol, and its citations in order of print.

    ``printed`` are the numbers and symbols that stand anywhere in it, whether they were read as citations or not.
    """

    name: str
    symbol: str
    language: str
    cited: tuple[Cited, ...]
    printed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file without a version: it cannot be read, or says no symbol; ``why`` in words."""

    name: str
    why: str


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each AKN4UN file of a folder (sorted) or of a tar archive (in its order).

    Raises ``GoldError`` for what is neither, and where no such file is held.
    """
    held = _of_folder(path) if path.is_dir() else _of_archive(path)
    first = next(held, None)
    if first is None:
        raise GoldError(
            "There are no texts in several languages",
            where=Where(str(path)),
            remedy="Name a folder or a tar archive of AKN4UN files (.xml).",
        )
    yield first
    yield from held


def count_members(path: Path) -> int:
    """How many AKN4UN files a folder or archive holds, without reading them; 0 for what is neither."""
    if path.is_dir():
        return sum(1 for _ in path.rglob(f"*{_SUFFIX}"))
    try:
        with tarfile.open(path) as archive:
            return sum(member.name.endswith(_SUFFIX) for member in archive)
    except (OSError, tarfile.TarError):
        return 0


def versions(
    files: Iterable[tuple[str, bytes]],
    registry_folder: Path,
    *,
    workers: int = 1,
    step: Callable[[str], None] = lambda name: None,
) -> Iterator[Version | Unread]:
    """The citations of each file, in the order given; *step* is told each name when it is done."""
    if workers == 1:
        registry = load_registry(registry_folder)
        for name, data in files:
            yield read_version(name, data, registry)
            step(name)
        return
    waiting: deque[Future[Version | Unread]] = deque()
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(registry_folder,)) as pool:
        for member in chain(files, repeat(None)):
            if member is not None:
                waiting.append(pool.submit(_work, member))
            if not waiting:
                return
            if member is None or len(waiting) > workers * _AHEAD:
                version = waiting.popleft().result()
                yield version
                step(version.name)


def by_symbol(found: Iterable[Version]) -> Mapping[str, Mapping[str, Version]]:
    """Versions by symbol and language, sorted; of two in one language the first by name."""
    texts: dict[str, dict[str, Version]] = {}
    for version in sorted(found, key=lambda each: (each.symbol, each.language, each.name)):
        texts.setdefault(version.symbol, {}).setdefault(version.language, version)
    return texts


def read_version(name: str, data: bytes, registry: Registry) -> Version | Unread:
    """The scored citations of one file, in order of print."""
    try:
        source = read_bytes(data, name=name)
    except ReadError as error:
        return Unread(name, str(error))
    identity, citations = cite_document(parse(source), registry)
    if identity.symbol is None or source.language is None:
        return Unread(name, "it says no symbol, or is in no language that is known")
    cited = tuple(
        Cited(
            each.kind.value,
            _any_language(each.target),
            each.reason.value if each.reason else None,
            each.span.start,
            each.text,
        )
        for each in citations.citations
        if each.kind.value in SCORED_KINDS
    )
    text = plain(source.text)
    symbols = frozenset(symbol.normal.casefold() for symbol in find_symbols(text))
    return Version(name, identity.symbol, source.language, cited, numbers(text) | symbols)


def _any_language(target: str | None) -> str | None:
    """A target as versions share it: without the letter of a sales number's edition ("F.91.IV.2"), in small letters.

    Look-up ignores case, and translations print "Res.7" and "RES.7" for one resolution.
    """
    return _SALES.sub("publication/*", target).casefold() if target else None


def _of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob(f"*{_SUFFIX}")):
        yield str(path.relative_to(folder)), path.read_bytes()


def _of_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                stream = archive.extractfile(member) if member.name.endswith(_SUFFIX) else None
                if stream is not None:
                    yield member.name, stream.read(DEFAULT_LIMITS.max_bytes + 1)
    except (OSError, tarfile.TarError) as error:
        raise GoldError(
            "The texts in several languages cannot be read",
            where=Where(str(path)),
            remedy=f"Name a folder or a tar archive of AKN4UN files: {error}.",
        ) from error


_held: list[Registry] = []  # the registry of a worker, loaded once when it starts


def _start(registry_folder: Path) -> None:
    _held[:] = [load_registry(registry_folder)]


def _work(member: tuple[str, bytes]) -> Version | Unread:
    return read_version(*member, _held[0])
