"""A Word file → its parts: the document, what it refers to, and where its notes, styles and numbers stand.

ISO/IEC 29500: part 2 (packages, relationships), part 1 §17 (WordprocessingML).
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from treatygraph.model.errors import ReadError
from treatygraph.read.archive import Archive
from treatygraph.read.limits import Limits
from treatygraph.read.xml import parse_xml

_TYPES: Final = "[Content_Types].xml"
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
_WORD: Final = "wordprocessingml"


@dataclass(frozen=True, slots=True)
class Relationship:
    """Where a part points to: ``kind`` is the last word of the relationship's type ("hyperlink", "footnotes")."""

    kind: str
    target: str
    outside: bool


class Package:
    """The parts of a Word file, read when they are asked for."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._archive = Archive(data, name, limits)
        self._refuse_others()
        roots = [each for each in self.relationships("").values() if each.kind == "officeDocument"]
        self.main = roots[0].target if roots else "word/document.xml"
        self._related = self.relationships(self.main)

    def document(self) -> Element:
        """The root of the main part."""
        root = self.part(self.main)
        if root is None or root.tag != "document":
            raise ReadError(
                f"{self._name} holds no text of a Word document", remedy="Save the document again as .docx."
            )
        return root

    def related(self, kind: str) -> Element | None:
        """The root of the part that the document refers to as *kind* ("styles", "numbering", "footnotes")."""
        for each in self._related.values():
            if each.kind == kind and not each.outside:
                return self.part(each.target)
        return None

    def target(self, identifier: str) -> Relationship | None:
        """What the document's relationship *identifier* points to."""
        return self._related.get(identifier)

    def part(self, path: str) -> Element | None:
        """The root of a part, or None where there is none."""
        data = self._archive.read(path)
        if data is None:
            return None
        return parse_xml(data, name=f"{path} in {self._name}", limits=self._limits)

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """The relationships of a part by identifier; those of the package for an empty name."""
        folder, base = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for each in root if root is not None else ():
            outside = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[each.get("Id", "")] = Relationship(each.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def _refuse_others(self) -> None:
        """Refuses archives that are no Word document, and documents that carry programs."""
        names = self._archive.names
        types = self._archive.read(_TYPES)
        if types is None:
            kind = "an OpenDocument file" if "META-INF/manifest.xml" in names else "a zip archive"
            raise ReadError(
                f"{self._name} is {kind}, not a Word document",
                remedy="Save the document as .docx, .txt or .md; unpack archives first.",
            )
        content = types.decode("utf-8", "ignore")
        if "macroEnabled" in content or any(name.lower().endswith(_MACROS) for name in names):
            raise ReadError(
                f"{self._name} carries macros (programs), which documents of bodies do not",
                remedy="Save it as .docx without macros, if you trust where it came from.",
            )
        if _WORD not in content:
            raise ReadError(
                f"{self._name} is an Office file, but not a Word document",
                remedy="Save its text as .docx or .txt.",
            )
