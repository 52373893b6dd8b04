"""Quads as bytes: the same statements give the same bytes on any machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pyoxigraph import BlankNode, Quad, RdfFormat, serialize

from treatygraph.model.errors import RdfSyntaxError


def to_nquads(quads: Iterable[Quad]) -> bytes:
    """The canonical N-Quads of *quads*: UTF-8, one statement a line, lines sorted by bytes, none twice.

    With no blank nodes this is the canonical form of RDF Dataset Canonicalization; raises ``RdfSyntaxError`` for a
    blank node, which has no name that two builds would share.
    """
    lines: set[bytes] = set()
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise RdfSyntaxError("A blank node has no stable name", remedy="Give the node a key.")
        line = serialize([quad], format=RdfFormat.N_QUADS)
        assert line is not None
        lines.add(line)
    return b"".join(sorted(lines))


def graph_hash(quads: Iterable[Quad]) -> str:
    """The SHA-256 of the canonical N-Quads, in hexadecimal."""
    return hashlib.sha256(to_nquads(quads)).hexdigest()
