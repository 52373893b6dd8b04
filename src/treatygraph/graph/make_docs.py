"""Ontology, concepts and shapes in Turtle → the page ``docs/ontology.md``."""

from __future__ import annotations

from pathlib import Path


def reference(folder: Path) -> str:
    """The Markdown of the reference page."""
    return "# Ontology\n"
