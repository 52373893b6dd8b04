"""Bytes of an XML file → a tree of elements with local names, within bounds and with nothing fetched.

The parser is the platform's expat. A document that declares entities is refused before any is expanded (so neither
"billion laughs" nor an external file can do harm); depth and size are bounded.
"""

from __future__ import annotations

from typing import Final, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from treatygraph.model.errors import ReadError, Where
from treatygraph.read.limits import Limits

_REMEDY: Final = "Save the document again with the program that made it, or give its text as .txt or .md."


def parse_xml(data: bytes, *, name: str, limits: Limits) -> Element:
    """The root element; names of elements and attributes are without their namespace.

    Comments and processing instructions are left out. Raises ``ReadError`` for XML that is not well formed, declares
    entities, or is nested too deeply.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    local = _LocalNames()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.max_depth:
            raise ReadError(
                f"{name} is nested more than {limits.max_depth} elements deep",
                where=Where(file=name, line=parser.CurrentLineNumber),
                remedy=_REMEDY,
            )
        builder.start(local[tag], {local[key]: value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(local[tag])

    def refuse_entity(*_: object) -> NoReturn:
        raise ReadError(
            f"{name} declares entities of its own, which are not read",
            where=Where(file=name, line=parser.CurrentLineNumber),
            remedy="Take the DOCTYPE out of the file.",
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse_entity
    parser.ExternalEntityRefHandler = refuse_entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ReadError(
            f"{name} is not well-formed XML: {expat.ErrorString(error.code)}",
            where=Where(file=name, line=error.lineno, column=error.offset + 1),
            remedy=_REMEDY,
        ) from error
    except (LookupError, ValueError) as error:  # an encoding that expat does not know
        raise ReadError(f"{name} is XML in an encoding that is not read: {error}", remedy=_REMEDY) from error
    return builder.close()


def close_elements(data: bytes) -> bytes | None:
    """The same XML with the end tags that are missing put in by libxml2, or None where there is nothing to mend."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root is None else bytes(etree.tostring(root, encoding="utf-8"))


class _LocalNames(dict[str, str]):
    """Names with their namespace → without; a document uses few names, and each many times."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(" ")[2]
        return local
