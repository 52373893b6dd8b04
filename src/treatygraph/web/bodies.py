"""The body of a request, whole or not at all: half an update or half a graph must not be taken for a whole one."""

from __future__ import annotations

import errno
import tempfile
from typing import IO, Final

from flask import request
from werkzeug.exceptions import BadRequest, LengthRequired

from treatygraph.model.errors import StoreError, Where

MOST_HELD: Final = 1 << 20
"""The most bytes of a body that is held in memory."""

_CHUNK: Final = 256 << 10


def require_length() -> None:
    """Raises 411 where the client does not say how long its body is: its end could be a connection that broke."""
    if request.content_length is None or "Transfer-Encoding" in request.headers:
        raise LengthRequired("Say how long the body is: Content-Length.")


def whole_body() -> bytes:
    """The bytes of the body; raises 400 where fewer came than were announced."""
    body = request.get_data()
    if request.content_length is not None and len(body) < request.content_length:
        raise _too_short()
    return body


def spooled_body() -> bytes | IO[bytes]:
    """The whole body as ``whole_body``, but a long one in a file without a name, so that it is in nobody's memory.

    Raises ``StoreError`` where the folder of temporary files has no room for it.
    """
    if (request.content_length or 0) <= MOST_HELD:
        return whole_body()
    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever asked closes it)
    try:
        size = 0
        while part := request.stream.read(_CHUNK):
            size += file.write(part)
        file.flush()
        if size < (request.content_length or 0):
            raise _too_short()
    except BaseException as error:
        file.close()
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StoreError(
                "There is no room on the disk for what was sent",
                where=Where("the folder of temporary files"),
                remedy="Send it in parts, or have the operator name a larger folder with TMPDIR.",
            ) from error
        raise
    return file


def _too_short() -> BadRequest:
    return BadRequest("The body ends before its length.")
