"""The body of a request, whole or not at all: half an update or half a graph must not be taken for a whole one."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import BadRequest, LengthRequired


def require_length() -> None:
    """Raises 411 where the client does not say how long its body is: its end could be a connection that broke."""
    if request.content_length is None or "Transfer-Encoding" in request.headers:
        raise LengthRequired("Say how long the body is: Content-Length.")


def whole_body() -> bytes:
    """The bytes of the body; raises 400 where fewer came than were announced."""
    body = request.get_data()
    if request.content_length is not None and len(body) < request.content_length:
        raise BadRequest("The body ends before its length.")
    return body
