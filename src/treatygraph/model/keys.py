"""How a key is written.

In a key white space is removed, brackets stay, and everything else that RFC 3987 does not allow in ``ipath`` is
percent-encoded, so that base + key is an IRI, character for character.
"""

from __future__ import annotations

import re
from urllib.parse import quote

# RFC 3987 ipchar beside unreserved and iunreserved: sub-delims, ":" and "@"; "/" divides segments, "#" a fragment.
_SAFE = "/!$&'()*+,;=:@-._~%"
_WHITE = re.compile(r"\s+")
# ucschar of RFC 3987 §2.2, without the private planes.
_UCS = re.compile("[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd]")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def encode_key(text: str) -> str:
    """The key of *text*: white space removed, what an ``ipath`` may not hold percent-encoded (idempotent)."""
    bare = _BAD_PERCENT.sub("%25", _WHITE.sub("", text))
    return "".join(
        c if _UCS.fullmatch(c) and not _DIRECTION.fullmatch(c) else quote(c, safe=_SAFE) for c in bare
    )
