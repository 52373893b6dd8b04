"""The build hook: a wheel carries the ontology, data, page templates and built front end in `treatygraph/_assets`.

In editable mode nothing is carried: `treatygraph.model.assets` then finds the same folders in the checkout,
which need not have been built yet.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = ("ontology", "data", "web/templates", "web/dist")
TARGET = "treatygraph/_assets"


class AssetsHook(BuildHookInterface[Any]):
    """Puts the files that are not code into the wheel, under the paths that they have in the checkout."""

    PLUGIN_NAME = "assets"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders to carry; raise FileNotFoundError when one is missing from a real wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        missing = [folder for folder in CARRIED if not (root / folder).is_dir()]
        if missing:
            raise FileNotFoundError(
                f"cannot build a wheel without {', '.join(missing)}; run `make setup` first (it builds the front end)"
            )
        for folder in CARRIED:
            build_data["force_include"][str(root / folder)] = f"{TARGET}/{folder}"
