"""The built front end: ``/static/`` and the addresses of its files by their source names."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from treatygraph.model.assets import assets

static_files = Blueprint("static_files", __name__)

_YEAR = 365 * 24 * 3600


@static_files.get("/static/<path:name>")
def static_file(name: str) -> Response:
    """A built file; those with a hash in their names may be kept for good."""
    response = send_from_directory(_dist(), name, max_age=_YEAR if name.startswith("assets/") else 3600)
    if name.startswith("assets/"):
        response.cache_control.immutable = True
    return response


def asset(name: str) -> str:
    """The address of a built file by the name of its source ("main.ts"); pages are whole without it."""
    return f"/static/{_manifest().get(name, name)}"


def _dist() -> Path:
    return assets() / "web" / "dist"


@cache
def _manifest() -> dict[str, str]:
    path = _dist() / ".vite" / "manifest.json"
    if not path.is_file():
        return {}
    return {name: entry["file"] for name, entry in json.loads(path.read_text(encoding="utf-8")).items()}
