"""Who may write, and by what: the application's writer, and the check of a bearer token (RFC 6750).

Writes are off unless the server was started with ``--writes``: then ``writer()`` is None.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

from flask import Flask, current_app, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from treatygraph.store.access import TokenFile
from treatygraph.store.writing import Writer

_LOG = logging.getLogger("treatygraph.writes")
_KEY: Final = "treatygraph.writes"
_REALM: Final = "treatygraph"


@dataclass(frozen=True, slots=True)
class Writes:
    """What writes, and the tokens that may ask it to."""

    writer: Writer
    tokens: TokenFile


def enable_writes(app: Flask, writer: Writer, tokens: Path) -> None:
    """Lets holders of the tokens in a file write through *writer*."""
    app.extensions[_KEY] = Writes(writer, TokenFile(tokens))


def writer() -> Writer | None:
    """What makes changes to the store of the application that answers now; None where writes are off."""
    writes = _writes()
    return None if writes is None else writes.writer


def authorised(scope: str) -> str:
    """The name of the token that the request bears, if it may do what *scope* says ("update" or "graphs").

    Raises 403 where writes are off or the token has not that scope, 401 (with ``WWW-Authenticate``) without a valid
    token; neither says more about tokens, and none is ever logged.
    """
    writes = _writes()
    if writes is None:
        raise Forbidden("This service is read-only: it was started without --writes.")
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise Unauthorized(
            "Writing needs a token: send the header “Authorization: Bearer …”.", www_authenticate=_challenge()
        )
    token = writes.tokens.find(secret.strip(), datetime.now(UTC))
    if token is None:
        raise Unauthorized(
            "The token is not known here, or has ended.",
            www_authenticate=_challenge(
                error="invalid_token", error_description="unknown, revoked or at its end"
            ),
        )
    if scope not in token.scopes:
        raise Forbidden(f"The token may not do this: it needs the scope “{scope}”.")
    _LOG.info("write by token %s, scope %s", token.name, scope)
    return token.name


def _writes() -> Writes | None:
    return cast(Writes | None, current_app.extensions.get(_KEY))


def _challenge(**values: str) -> WWWAuthenticate:
    return WWWAuthenticate("bearer", {"realm": _REALM, **values})
