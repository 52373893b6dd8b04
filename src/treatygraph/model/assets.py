"""Where the files that are not code stand: ontology, data, page templates and the built front end."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from treatygraph.model.errors import AssetsMissingError, Where

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def assets() -> Path:
    """Find the folder that holds `ontology/`, `data/`, `web/templates/` and, once built, `web/dist/`.

    An installed wheel carries it as `treatygraph/_assets`; in a checkout it is the checkout itself.
    Raises AssetsMissingError where there is neither.
    """
    return find_assets(_PACKAGE)


def find_assets(package: Path) -> Path:
    """Find the assets of the package that stands at `package` (the folder of `treatygraph/__init__.py`)."""
    for folder in (package / "_assets", package.parents[1]):
        if (folder / "ontology").is_dir():
            return folder
    raise AssetsMissingError(
        "The ontology, data and pages of treatygraph are neither in the package nor in a checkout around it",
        where=Where(file=str(package)),
        remedy="Install the wheel again, or run `make setup` in a checkout.",
    )
