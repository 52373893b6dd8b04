"""The corpus and what gold files name in it → the bytes of those files: folders, and members of tar archives."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from treatygraph.model.errors import GoldError, Where


@dataclass(frozen=True, slots=True, order=True)
class TextSource:
    """Where a text stands in a corpus: a folder or an archive of it, and the file in that."""

    archive: str
    member: str

    @property
    def name(self) -> str:
        """The name of the file, which with its content tells its format."""
        return PurePosixPath(self.member).name


def find_sources(corpus: Path, wanted: Iterable[TextSource]) -> Mapping[TextSource, bytes]:
    """The bytes of each source; an archive is read once, in one pass.

    Raises ``GoldError`` for an archive or a file that the corpus does not hold.
    """
    found: dict[TextSource, bytes] = {}
    asked = sorted(set(wanted))
    for archive in sorted({source.archive for source in asked}):
        members = {source.member: source for source in asked if source.archive == archive}
        place = corpus / archive
        try:
            held = _in_folder(place, members) if place.is_dir() else _in_archive(place, members)
        except (OSError, tarfile.TarError) as error:
            raise GoldError(
                "A corpus of source texts cannot be read",
                where=Where(str(place)),
                remedy=f"Name the folder of the corpus with --corpus: {error}.",
            ) from error
        lacking = sorted(set(members) - set(held))
        if lacking:
            raise GoldError(
                f"A corpus of source texts does not hold {lacking[0]}",
                where=Where(str(place)),
                remedy="Name the folder of the corpus that the gold was read from with --corpus.",
            )
        found |= {members[member]: data for member, data in held.items()}
    return found


def _in_folder(place: Path, members: Iterable[str]) -> dict[str, bytes]:
    return {
        member: (place / member).read_bytes()
        for member in members
        if ".." not in PurePosixPath(member).parts and (place / member).is_file()
    }


def _in_archive(place: Path, members: Iterable[str]) -> dict[str, bytes]:
    wanted, held = set(members), {}
    with tarfile.open(place) as packed:
        for entry in packed:
            if entry.name in wanted and (stream := packed.extractfile(entry)) is not None:
                held[entry.name] = stream.read()
                if len(held) == len(wanted):
                    break
    return held
