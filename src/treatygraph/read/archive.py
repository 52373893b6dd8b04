"""Bytes of a zip archive → its parts, within bounds: nothing is unpacked that would grow beyond them."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from typing import Final

from treatygraph.model.errors import ReadError
from treatygraph.read.limits import Limits

# A part below this size may be compressed as far as it can be: a page of spaces is no bomb.
_SMALL: Final = 1_000_000
_LOCKED: Final = 0x1
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)


class Archive:
    """A zip archive that is read part by part; the bytes of all parts together stay below ``max_expanded_bytes``."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._left = limits.max_expanded_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _DAMAGED as error:
            raise self._damaged(error) from error
        if len(members) > limits.max_members:
            raise ReadError(
                f"{name} lists {len(members):,} files; the limit is {limits.max_members:,}",
                remedy="Save the document again with the program that made it.",
            )
        self._members = {member.filename: member for member in members}

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._members)

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, or None where the archive has no such part; raises ``ReadError`` beyond the bounds."""
        member = self._members.get(part)
        if member is None:
            return None
        if member.flag_bits & _LOCKED:
            raise ReadError(
                f"{self._name} is locked by a password", remedy="Save the document without a password."
            )
        self._check(part, member.file_size, member.compress_size)
        try:
            # One byte more than is announced shows an archive that lies about its sizes.
            with self._zip.open(member) as stream:
                data = stream.read(min(member.file_size, self._left) + 1)
        except (*_DAMAGED, RuntimeError) as error:
            raise self._damaged(error) from error
        self._check(part, len(data), member.compress_size)
        self._left -= len(data)
        return data

    def _check(self, part: str, size: int, packed: int) -> None:
        if size > self._left or (size > _SMALL and size > packed * self._limits.max_ratio):
            raise ReadError(
                f"{part} in {self._name} would grow to {size / 1e6:.1f} MB from {packed / 1e6:.3f} MB, which is not"
                " what a document does",
                remedy="Save the document again with the program that made it.",
            )

    def _damaged(self, error: BaseException) -> ReadError:
        return ReadError(
            f"{self._name} is a zip archive that cannot be opened: {error}",
            remedy="The file is damaged or was cut short: fetch it again.",
        )
