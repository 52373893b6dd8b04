"""The page of errors, made from the tree of classes: ``python -m treatygraph.cli.errors_page``."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

from treatygraph.model import errors
from treatygraph.model.errors import TreatygraphError

_HEAD = """\
# Errors

Made from `model/errors.py` (`python -m treatygraph.cli.errors_page docs/errors.md`); do not edit by hand.

Each error is one sentence: what went wrong, where (a file with line and column, a shape, an IRI), and how to mend
it. `treatygraph --debug` shows the traceback.
"""


def classes(root: type[TreatygraphError] = TreatygraphError, depth: int = 0) -> Iterator[tuple[type, int]]:
    """All errors with their depth below the root, each class before those under it, by name."""
    yield root, depth
    for each in sorted(root.__subclasses__(), key=lambda cls: cls.__name__):
        if each.__module__ == errors.__name__:
            yield from classes(each, depth + 1)


def page() -> str:
    """The Markdown page: one line a class."""
    lines = [
        f"{'  ' * depth}- `{cls.__name__}`: {inspect.cleandoc(cls.__doc__ or '')}" for cls, depth in classes()
    ]
    return "\n".join([_HEAD, *lines]) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
