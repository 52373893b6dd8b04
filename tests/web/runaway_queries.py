"""Reads `runaways.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_TEN = " ".join(map(str, range(1, 11)))


def runaway_queries() -> dict[str, str]:
    """The queries by name, written out."""
    table = tomllib.loads(Path(__file__).with_name("runaways.toml").read_text(encoding="utf-8"))
    return {name: _written_out(text) for name, text in table.items()}


def _written_out(text: str) -> str:
    text = re.sub(
        r"@([a-z]+)", lambda match: " ".join(f"VALUES ?{name} {{ {_TEN} }}" for name in match[1]), text
    )
    return re.sub(
        r"%(\d)", lambda match: " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(1, int(match[1]) + 1)), text
    )
