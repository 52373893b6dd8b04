"""The public function that reads a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from treatygraph.model.assets import assets
from treatygraph.pipeline.contract import to_contract
from treatygraph.pipeline.extract import extract_file
from treatygraph.registry.load import load_registry


def extract(path: Path | str, *, symbol: str | None = None, language: str | None = None) -> dict[str, Any]:
    """Everything that a document yields, as the object that ``treatygraph extract`` prints.

    *symbol* names a document whose text does not print its symbol; *language* is a code such as ``en``. Raises
    ``ReadError`` for a file that cannot be read.
    """
    registry = load_registry(assets() / "data" / "registry")
    return to_contract(extract_file(Path(path), registry, symbol=symbol, language=language), registry)
