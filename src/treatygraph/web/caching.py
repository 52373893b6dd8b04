"""Answers that a client may keep: named by the generation that gave them (RFC 9110 §13.1.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.metadata import version

from flask import Response, request

# A new version may show the same graph in another way.
_VERSION = version("treatygraph")


def conditional(generation: int, form: str, make: Callable[[], Response]) -> Response:
    """What *make* gives, with an ``ETag`` of generation, address and form; 304 when the client has it already."""
    tag = f"g{generation}-{address_mark(form)}"
    response = Response(status=304) if request.if_none_match.contains(tag) else make()
    if response.status_code in (200, 304):
        response.set_etag(tag)
        response.cache_control.no_cache = True
    response.vary.add("Accept")
    return response


def address_mark(form: str) -> str:
    """16 hexadecimal digits of this version, the address asked for and the form of the answer."""
    return hashlib.sha256(f"{_VERSION}\x1f{request.full_path}\x1f{form}".encode()).hexdigest()[:16]
