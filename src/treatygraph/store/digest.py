"""Who asks, as the header ``Authorization`` of a request: Basic (RFC 7617) or Digest (RFC 7616), as the server wants.

What the server wants is learnt from its first refusal and sent with every later request, so that a long body is not
sent in vain.
"""

from __future__ import annotations

import base64
import hashlib
import os
import threading
from typing import Final
from urllib.request import parse_http_list, parse_keqv_list


class Credentials:
    """A user and a secret; safe between threads."""

    def __init__(self, user: str, secret: str) -> None:
        self._user: Final = user
        self._secret: Final = secret
        self._lock = threading.Lock()
        self._challenge: dict[str, str] | None = None
        self._basic = False
        self._count = 0

    @property
    def known(self) -> bool:
        """Whether it is known what the server wants."""
        return self._basic or self._challenge is not None

    def learn(self, challenges: list[str]) -> bool:
        """Takes the ``WWW-Authenticate`` headers of a refusal; whether there is one that can be met."""
        for challenge in challenges:
            scheme, _, rest = challenge.partition(" ")
            values = parse_keqv_list(parse_http_list(rest)) if "=" in rest else {}
            if (
                scheme.lower() == "digest"
                and values.get("algorithm", "MD5").upper() == "MD5"
                and "nonce" in values
            ):
                with self._lock:
                    self._challenge, self._count = values, 0
                return True
            if scheme.lower() == "basic":
                self._basic = True
                return True
        return False

    def header(self, method: str, target: str) -> str | None:
        """The header's value for a request of *target* (path and query); None while nothing is known."""
        if self._basic:
            pair = f"{self._user}:{self._secret}".encode()
            return f"Basic {base64.b64encode(pair).decode('ascii')}"
        with self._lock:
            if self._challenge is None:
                return None
            self._count += 1
            return self._digest(self._challenge, method, target, f"{self._count:08x}")

    def _digest(self, challenge: dict[str, str], method: str, target: str, count: str) -> str:
        realm, nonce = challenge.get("realm", ""), challenge["nonce"]
        own = os.urandom(8).hex()
        who = _md5(f"{self._user}:{realm}:{self._secret}")
        what = _md5(f"{method}:{target}")
        values = {"username": self._user, "realm": realm, "nonce": nonce, "uri": target}
        plain = {"algorithm": "MD5"}
        if "auth" in [part.strip() for part in challenge.get("qop", "").split(",")]:
            values |= {"response": _md5(f"{who}:{nonce}:{count}:{own}:auth:{what}"), "cnonce": own}
            plain |= {"qop": "auth", "nc": count}
        else:
            values["response"] = _md5(f"{who}:{nonce}:{what}")
        if "opaque" in challenge:
            values["opaque"] = challenge["opaque"]
        quoted = [f'{name}="{value}"' for name, value in values.items()]
        return "Digest " + ", ".join(quoted + [f"{name}={value}" for name, value in plain.items()])


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
