"""Not read yet: an HTML page."""

from __future__ import annotations

from treatygraph.model.errors import ReadError
from treatygraph.read.compose import Composed
from treatygraph.read.limits import Limits


def read_html(data: bytes, *, name: str, limits: Limits) -> Composed:
    """Refuses the file."""
    raise ReadError(
        f"{name} is an HTML page, not text", remedy="Save the document as plain text or Markdown."
    )
