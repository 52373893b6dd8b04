"""What all commands share: the store option, errors as one sentence, output, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from treatygraph.model.assets import assets

if TYPE_CHECKING:
    from treatygraph.pipeline.shipped import Sources

DEFAULT_STORE = ".treatygraph"
"""Where the store stands unless ``--store`` or ``TREATYGRAPH_STORE`` says otherwise."""

PATIENCE = 10.0
"""Seconds that a command waits for another process that writes: a server's commits are over sooner."""

F = TypeVar("F", bound=Callable[..., Any])


def store_option(command: F) -> F:
    """Gives a command the option ``--store``."""
    return click.option(
        "--store",
        "store_at",
        envvar="TREATYGRAPH_STORE",
        metavar="DIR|URL",
        default=None,
        help=f"The store to work on. [default: the global --store, TREATYGRAPH_STORE, or {DEFAULT_STORE}]",
    )(command)


def data_option(command: F) -> F:
    """Gives a command the option ``--data``."""
    return click.option(
        "--data",
        "data_dir",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        default=None,
        help="A folder like data/ to read the registry, documents and questions from. [default: the project's own]",
    )(command)


def json_option(command: F) -> F:
    """Gives a command the option ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON value for programs.")(command)


def store_path(store_at: str | None) -> str:
    """Where the store of a command stands: its own option, else the global one, else the default."""
    context = click.get_current_context()
    parent = context.find_root().params.get("store_at")
    return str(store_at or parent or DEFAULT_STORE)


def sources(data_dir: Path | None) -> Sources:
    """The folders that a build reads."""
    from treatygraph.pipeline.shipped import Sources

    root = assets()
    return Sources(root / "ontology", data_dir or root / "data")


def print_json(value: Any) -> None:
    """Prints one JSON value, in the letters of its own script."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def note(text: str) -> None:
    """Prints a line for a person, on standard error, so that standard output stays for data."""
    click.echo(text, err=True)


@contextmanager
def steps(length: int, label: str, *, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """A progress bar of *length* steps on standard error; the function given moves it on and names the step.

    Shown on a terminal only, so that logs and programs are not disturbed.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(
        length=length, label=label, file=sys.stderr, item_show_func=lambda name: name
    ) as bar:
        yield lambda name: bar.update(1, name)


def write_output(data: bytes, output: Path | None) -> None:
    """Writes bytes to a file, through a neighbour that is renamed when whole, or to standard output."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    part = output.with_name(output.name + ".part")
    part.write_bytes(data)
    part.replace(output)
