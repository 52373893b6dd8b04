"""Bodies made smaller for clients that can read them so (RFC 9110 §8.4.1 and §12.5.3): gzip."""

from __future__ import annotations

import zlib
from typing import Final

from flask import Response, request

CODING: Final = "gzip"

SMALLEST: Final = 1024
"""Bodies of fewer bytes are sent as they are: the saving is less than a packet."""

# Level 1 takes a third of the time of level 6 and leaves tables of IRIs about a fifth larger.
_LEVEL = 1
_GZIP_WINDOW = 31
_TYPES: Final = ("text/", "application/", "image/svg+xml")
_PACKED: Final = ("application/gzip", "application/zip")


def wanted(accept_encoding: str) -> bool:
    """Whether a client that sends this ``Accept-Encoding`` takes gzip."""
    quality = {"*": 0.0, CODING: -1.0}
    for part in accept_encoding.lower().split(","):
        name, _, parameter = part.partition(";")
        if (name := name.strip().replace("x-gzip", CODING)) in quality:
            quality[name] = _quality(parameter)
    return (quality[CODING] if quality[CODING] >= 0 else quality["*"]) > 0


def packed(body: bytes) -> bytes:
    """The body in gzip, the same bytes each time (no date inside)."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    return packer.compress(body) + packer.flush()


def tag_of(tag: str) -> str:
    """The entity tag of the packed form of what *tag* names: its bytes are others, so its strong tag is."""
    return f"{tag}-{CODING}"


def compress(response: Response) -> Response:
    """The response, packed where the client takes that and it is worth it; called after each request."""
    if not _packable(response):
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) < SMALLEST or not wanted(request.headers.get("Accept-Encoding", "")):
        return response
    response.set_data(packed(body))
    response.content_encoding = CODING
    tag, weak = response.get_etag()
    if tag and not weak:
        response.set_etag(tag_of(tag))
    return response


def _packable(response: Response) -> bool:
    kind = response.mimetype or ""
    return (
        not response.direct_passthrough
        and response.is_sequence
        and response.status_code not in (204, 304)
        and not response.content_encoding
        and kind.startswith(_TYPES)
        and kind not in _PACKED
    )


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
