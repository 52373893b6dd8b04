"""The tokens that may write: kept as hashes in a file that only its owner reads, told once, when they are made.

A token is 256 random bits, so that a plain SHA-256 of it cannot be guessed back (a slow hash protects words that
people choose). The file is read anew when it changes, so that a token that is revoked ends at once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from treatygraph.model.errors import TokenError, Where

SCOPES: Final = ("update", "graphs")
"""What a token may be for: SPARQL updates, and writes by the Graph Store Protocol."""

FILE_NAME: Final = "tokens.json"
"""The file of tokens in the folder of an embedded store."""

_PREFIX: Final = "tgw_"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept: its name, the SHA-256 of its secret, what it may do, when it was made and ends."""

    name: str
    sha256: str
    scopes: tuple[str, ...]
    created: str
    expires: str | None = None

    def is_valid(self, now: datetime) -> bool:
        """Whether the token has not ended at *now* (a time with its zone)."""
        return self.expires is None or now < datetime.fromisoformat(self.expires)


class TokenFile:
    """The tokens of one file; it need not be there yet."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        self._read_at: tuple[int, int] | None = None
        self._kept: tuple[Token, ...] = ()

    def tokens(self) -> tuple[Token, ...]:
        """All tokens, by name; raises ``TokenError`` for a file that others may read or that is not well formed."""
        try:
            state = self.path.stat()
        except FileNotFoundError:
            return ()
        if state.st_mode & 0o077:
            raise TokenError(
                "The file of tokens can be read by others",
                where=Where(str(self.path)),
                remedy=f"Take that away: chmod 600 {self.path}",
            )
        mark = (state.st_mtime_ns, state.st_ino)
        if mark != self._read_at:
            self._kept, self._read_at = self._load(), mark
        return self._kept

    def find(self, secret: str, now: datetime) -> Token | None:
        """The valid token with a secret, or None; takes the same time whatever the secret is."""
        digest = _digest(secret)
        found = None
        for token in self.tokens():
            if hmac.compare_digest(token.sha256, digest) and token.is_valid(now):
                found = token
        return found

    def add(self, name: str, scopes: tuple[str, ...], *, now: datetime, expires: datetime | None) -> str:
        """Makes a token and gives its secret, which is kept nowhere; raises ``TokenError`` for a name that is taken."""
        if any(token.name == name for token in self.tokens()):
            raise TokenError(
                f"There is a token {name!r}",
                where=Where(str(self.path)),
                remedy="Take another name, or renew its secret with `treatygraph token rotate`.",
            )
        _require_sound(name, scopes)
        secret = _new_secret()
        self._save((*self.tokens(), _token(name, secret, scopes, now, expires)))
        return secret

    def rotate(self, name: str, *, now: datetime, expires: datetime | None) -> str:
        """Gives a token another secret, from now on the only one; its scopes stay."""
        old = self._named(name)
        secret = _new_secret()
        rest = tuple(token for token in self.tokens() if token.name != name)
        self._save((*rest, _token(name, secret, old.scopes, now, expires)))
        return secret

    def revoke(self, name: str) -> None:
        """Takes a token away; raises ``TokenError`` when there is none of that name."""
        self._named(name)
        self._save(tuple(token for token in self.tokens() if token.name != name))

    def _named(self, name: str) -> Token:
        for token in self.tokens():
            if token.name == name:
                return token
        raise TokenError(
            f"There is no token {name!r}",
            where=Where(str(self.path)),
            remedy="`treatygraph token list` names those that there are.",
        )

    def _load(self) -> tuple[Token, ...]:
        try:
            rows = json.loads(self.path.read_text(encoding="utf-8"))["tokens"]
            found = tuple(Token(**{**row, "scopes": tuple(row["scopes"])}) for row in rows)
            for token in found:
                token.is_valid(datetime.now().astimezone())
        except (ValueError, KeyError, TypeError) as error:
            raise TokenError(
                "The file of tokens is not well formed",
                where=Where(str(self.path)),
                remedy="Remove it and make the tokens again.",
            ) from error
        return found

    def _save(self, tokens: tuple[Token, ...]) -> None:
        rows = [asdict(token) for token in sorted(tokens, key=lambda token: token.name)]
        data = json.dumps({"tokens": rows}, indent=1).encode() + b"\n"
        part = self.path.with_name(self.path.name + ".new")
        try:
            part.unlink(missing_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        except OSError as error:
            raise TokenError(
                f"The file of tokens cannot be written: {error.strerror or error}",
                where=Where(str(self.path)),
                remedy="Name another with --tokens.",
            ) from error


def _require_sound(name: str, scopes: tuple[str, ...]) -> None:
    if not _NAME.fullmatch(name):
        raise TokenError(
            f"A token cannot be called {name[:80]!r}",
            remedy="Use letters, digits, dots, hyphens: at most 64.",
        )
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise TokenError(
            f"A token cannot have the scope {unknown[0]!r}" if unknown else "A token needs a scope",
            remedy=f"Give {' or '.join(SCOPES)}, or both with a comma.",
        )


def _token(name: str, secret: str, scopes: tuple[str, ...], now: datetime, expires: datetime | None) -> Token:
    ends = None if expires is None else expires.isoformat(timespec="seconds")
    return Token(name, _digest(secret), tuple(sorted(scopes)), now.isoformat(timespec="seconds"), ends)


def _new_secret() -> str:
    return _PREFIX + secrets.token_urlsafe(32)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
