"""Answers that a client may keep: named by the generation that gave them (RFC 9110 §13.1.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.metadata import version

from flask import Response, request

from treatygraph.web.compression import tag_of

# A new version may show the same graph in another way.
_VERSION = version("treatygraph")


def conditional(generation: int, form: str, make: Callable[[], Response]) -> Response:
    """What *make* gives, with an ``ETag`` of generation, address and form; 304 when the client has it already."""
    tag = f"g{generation}-{address_mark(form)}"
    held = next((each for each in (tag, tag_of(tag)) if request.if_none_match.contains(each)), None)
    response = Response(status=304) if held else make()
    if response.status_code in (200, 304):
        response.set_etag(held or tag)
        response.cache_control.no_cache = True
    response.vary.add("Accept")
    return response


def unkept(response: Response) -> Response:
    """The response marked as good for this one time."""
    response.cache_control.no_store = True
    response.vary.add("Accept")
    return response


def address_mark(form: str) -> str:
    """The mark of the address asked for and the form of the answer."""
    return mark_of(request.full_path, form)


def mark_of(address: str, form: str) -> str:
    """16 hexadecimal digits of this version, an address (path, question mark, parameters) and a form."""
    return hashlib.sha256(f"{_VERSION}\x1f{address}\x1f{form}".encode()).hexdigest()[:16]
