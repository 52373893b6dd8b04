"""Tiny files of each format, made byte by byte from words of our own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pytest

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

MakeDocx = Callable[..., bytes]
MakePdf = Callable[..., bytes]
Print = tuple[float, float, str] | tuple[float, float, str, float] | tuple[float, float, str, float, str]


def relationships(entries: Mapping[str, tuple[str, str]]) -> str:
    """A part of relationships: identifier → (kind, target); a target with ``://`` is outside."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for key, (kind, target) in entries.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _docx(
    body: str, *, parts: Mapping[str, str] | None = None, links: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """A Word file with the XML *body*; *parts* are further parts of ``word/`` by kind ("numbering", "footnotes")."""
    related = {f"r{kind}": (kind, f"{kind}.xml") for kind in parts or {}} | dict(links or {})
    spaces = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relationships({"r1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relationships(related),
        }
        | {
            f"word/{kind}.xml": f"<w:{kind} {spaces}>{content}</w:{kind}>"
            for kind, content in (parts or {}).items()
        }
    )


def _pdf(
    pages: Sequence[Sequence[Print]], *, before: bytes = b"", extra: Mapping[str, str] | None = None
) -> bytes:
    """A PDF of A4 pages: each entry is (left, height, text[, size[, "bold"]]) in points."""
    objects: list[bytes] = [b"", b""]  # the catalogue and the pages come first
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
    kids = []
    for page in pages:
        drawn = b""
        for left, height, text, *more in page:
            size = more[0] if more else 10
            font = b"F2" if len(more) > 1 else b"F1"
            words = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            drawn += b"BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (font, float(size), left, height, words)
        objects.append(b"<</Length %d>>stream\n%sendstream" % (len(drawn), drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    data, places = b"%PDF-1.7\n" + before, []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = "".join(f"/{key} {value}" for key, value in (extra or {}).items()).encode()
    return data + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )


@pytest.fixture(scope="session")
def make_docx() -> MakeDocx:
    """Makes a Word file from the XML of its body."""
    return _docx


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """Makes a PDF from what stands where on its pages."""
    return _pdf


@pytest.fixture(scope="session")
def make_zip() -> Callable[[Mapping[str, str | bytes]], bytes]:
    """Makes a zip archive from its parts."""
    return zipped
