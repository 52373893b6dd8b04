"""How a key is written.

In a key white space is removed, brackets stay, and everything else that RFC 3987 does not allow in ``ipath`` is
percent-encoded, so that base + key is an IRI, character for character.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_WHITE = re.compile(r"\s+")
# Beside unreserved, RFC 3987 ipchar is sub-delims, ":" and "@"; "/" divides segments; what is encoded has its "%".
# ucschar (§2.2) is without the private planes, and without the signs of direction.
_OTHERS = re.compile(
    "[^A-Za-z0-9_.~/!$&'()*+,;=:@%"
    "\u00a0-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    "\U00010000-\U0001fffd\U00020000-\U0002fffd-]+"
)
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def encode_key(text: str) -> str:
    """The key of *text*: white space removed, what an ``ipath`` may not hold percent-encoded (idempotent)."""
    bare = _BAD_PERCENT.sub("%25", _WHITE.sub("", text))
    return _OTHERS.sub(lambda found: quote(found[0], safe=""), bare)
