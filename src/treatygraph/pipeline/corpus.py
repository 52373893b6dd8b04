"""Files, folders and archives → the documents in them, one at a time, whatever their number.

Archives are read as a stream and never unpacked to disk. What would grow beyond bounds is refused, and the rest read.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

from treatygraph.model.errors import ReadError, TreatygraphError, Where
from treatygraph.pipeline.files import expand
from treatygraph.read.detect import READ_SUFFIXES, begins_as_document
from treatygraph.read.limits import DEFAULT_LIMITS, Limits


def _opened(path: Path, suffix: str) -> IO[bytes]:
    """The bytes of a tar archive, without its compression."""
    if suffix in (".tar.gz", ".tgz"):
        return cast(IO[bytes], gzip.open(path))
    if suffix == ".tar.bz2":
        return cast(IO[bytes], bz2.open(path))
    return cast(IO[bytes], lzma.open(path)) if suffix == ".tar.xz" else path.open("rb")


_TAR: Final = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_ZIP: Final = ".zip"
ARCHIVES: Final = (*_TAR, _ZIP)
"""The endings of the archives that are read."""

_MANY_USES: Final = (".json", ".xml")
_SMALL: Final = 1_000_000_000
"""Bytes that an archive may grow to whatever its own size."""
_DAMAGED: Final = (
    tarfile.TarError,
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a corpus: its name (below the folder that was given, or inside its archive) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or an archive that cannot be opened, and the sentence that says why."""

    name: str
    error: str


Found = Source | Unreadable


def sources_of(
    corpus: Sequence[Path], *, match: Sequence[str] = (), limits: Limits = DEFAULT_LIMITS
) -> Iterator[Found]:
    """The documents of files, folders and archives, in an order that is the same each time.

    *match* are patterns of names with ``*`` and ``?``; a document whose name matches none is left out. A path that is
    not there, a damaged archive and a file too large are told apart as ``Unreadable`` and stop nothing.
    """
    wanted = tuple(match)
    for path in corpus:
        yield from _of(path, wanted, limits)


def _of(path: Path, match: tuple[str, ...], limits: Limits) -> Iterator[Found]:
    if not path.is_dir():
        yield from _file(path, path.name, match, limits)
        return
    archives = (each for each in path.rglob("*") if each.is_file() and _archive_suffix(each.name))
    for each in sorted({*expand([path]), *archives}):
        yield from _file(each, each.relative_to(path).as_posix(), match, limits)


def _file(path: Path, name: str, match: tuple[str, ...], limits: Limits) -> Iterator[Found]:
    suffix = _archive_suffix(path.name)
    if suffix:
        yield from _archive(path, name, suffix, match, limits)
    elif _matches(name, match):
        try:
            size = path.stat().st_size
            yield _too_large(name, size) if size > limits.max_file_bytes else Source(name, path.read_bytes())
        except OSError as error:
            yield Unreadable(name, str(_unopened(name, error)))


def _archive_suffix(name: str) -> str | None:
    return next((each for each in ARCHIVES if name.lower().endswith(each)), None)


def _archive(path: Path, name: str, suffix: str, match: tuple[str, ...], limits: Limits) -> Iterator[Found]:
    members = _zip_members(path, limits) if suffix == _ZIP else _tar_members(path, suffix, limits)
    try:
        for inside, size, read in members:
            full = f"{name}/{inside}"
            if not _may_be_document(inside) or not _matches(full, match):
                continue
            if size > limits.max_file_bytes:
                yield _too_large(full, size)
                continue
            data = read()
            if PurePosixPath(inside).suffix.lower() not in _MANY_USES or begins_as_document(data):
                yield Source(full, data)
    except TreatygraphError as error:
        yield Unreadable(name, str(error))
    except _DAMAGED as error:
        yield Unreadable(name, str(_unopened(name, error)))


Member = tuple[str, int, Callable[[], bytes]]
"""The name of a file in an archive, its size as announced, and what reads it."""


def _tar_members(path: Path, suffix: str, limits: Limits) -> Iterator[Member]:
    most = max(_SMALL, path.stat().st_size * limits.max_ratio)
    with _opened(path, suffix) as unpacked:
        bounded = cast(IO[bytes], _Bounded(unpacked, path.name, most))
        with tarfile.open(fileobj=bounded, mode="r|") as archive:
            for member in archive:
                if member.isfile():
                    opened = archive.extractfile(member)
                    assert opened is not None
                    yield member.name.removeprefix("./"), member.size, opened.read
                # The list of members that were passed would grow with the archive.
                archive.members = []  # type: ignore[attr-defined]


def _zip_members(path: Path, limits: Limits) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        for member in sorted(archive.infolist(), key=lambda each: each.filename):
            if not member.is_dir():
                yield member.filename, member.file_size, lambda: _unzipped(archive, member, limits)  # noqa: B023


def _unzipped(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The bytes of a member, of which one more than announced shows an archive that lies."""
    with archive.open(member) as stream:
        data = stream.read(member.file_size + 1)
    if len(data) > member.file_size or (
        len(data) > 1_000_000 and len(data) > limits.max_ratio * max(1, member.compress_size)
    ):
        raise ReadError(
            f"{member.filename} grows more than a document does, or is not as large as announced",
            remedy="Make the archive again.",
        )
    return data


class _Bounded:
    """A stream that refuses to give more than *most* bytes."""

    def __init__(self, stream: IO[bytes], name: str, most: int) -> None:
        self._stream, self._name, self._left = stream, name, most

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises ``ReadError`` beyond the bound."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(
                f"{self._name} grows to more than an archive of documents does",
                remedy="Unpack it yourself, and give the folder.",
            )
        return data


def _may_be_document(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix.lower() in READ_SUFFIXES and not hidden


def _matches(name: str, match: tuple[str, ...]) -> bool:
    return not match or any(fnmatch(name, each) for each in match)


def _too_large(name: str, size: int) -> Unreadable:
    error = ReadError(
        f"The file is {size / 1e6:.1f} MB, more than a document has",
        where=Where(file=name),
        remedy="Split the document into parts.",
    )
    return Unreadable(name, str(error))


def _unopened(name: str, error: Exception) -> ReadError:
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return ReadError(
        f"It cannot be opened: {str(said).lower()}", where=Where(file=name), remedy="Fetch the file again."
    )
