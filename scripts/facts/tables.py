"""Tables as TOML text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from facts.evidence import Table


def toml(value: Any) -> str:
    """A value as TOML 1.0 writes it; the escapes of JSON strings are those of basic strings."""
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{name} = {toml(each)}" for name, each in value.items() if _kept(each)) + " }"
        )
    if isinstance(value, list):
        if len(value) > 1:
            return "[\n" + "".join(f"  {toml(each)},\n" for each in value) + "]"
        return "[" + ", ".join(toml(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _kept(value: Any) -> bool:
    return value not in (None, [], {}, False)


def tables(name: str, rows: Iterable[Table | None]) -> str:
    """`[[name]]` tables; lists of tables inside become `[[name.field]]`, tables inside `[name.field]`."""
    return "".join(_table(name, row) for row in rows if row is not None)


def _table(name: str, row: Table) -> str:
    lines, below = [f"\n[[{name}]]\n"], []
    for field, value in row.items():
        if isinstance(value, dict) and value:
            below.append(
                f"\n[{name}.{field}]\n" + "".join(f"{each} = {toml(of)}\n" for each, of in value.items())
            )
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            below.extend(_table(f"{name}.{field}", each) for each in value)
        elif _kept(value):
            lines.append(f"{field} = {toml(value)}\n")
    return "".join((*lines, *below))
