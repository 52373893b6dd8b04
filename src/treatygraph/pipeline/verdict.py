"""The verdict that a stored graph carries: that it conforms, beside which registry and under which shapes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Verdict:
    """That a document's graph conforms, beside a registry and under shapes with these hashes."""

    graph: str
    graph_sha256: str
    registry_sha256: str
    shapes_sha256: str
    conforms: bool

    def holds_beside(self, registry_sha256: str, shapes_sha256: str) -> bool:
        """Whether it says that its graph conforms, beside that registry and under those shapes."""
        return self.conforms and (self.registry_sha256, self.shapes_sha256) == (
            registry_sha256,
            shapes_sha256,
        )

    def write(self, path: Path) -> None:
        """Writes the verdict as JSON."""
        values = {name: getattr(self, name) for name in self.__slots__}
        path.write_text(json.dumps(values, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Verdict | None:
        """The verdict in a file, or None where there is none that can be read."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
