"""Commands that keep a store safe: backup, restore, verify. All work while a server serves it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from treatygraph.cli.common import json_option, note, print_json, store_option, store_path

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("destination", type=_FOLDER)
@store_option
@json_option
def backup(destination: Path, store_at: str | None, as_json: bool) -> None:
    """Copy the store's current generation and texts to DESTINATION, a new folder, with the hash of every file.

    Tokens are left out. A remote engine is backed up by its own tools, or by `treatygraph export`.

    \b
    Examples:
      treatygraph backup /srv/backups/2026-05-01
    """
    from treatygraph.store.backup import backup as run
    from treatygraph.store.places import local_path

    copied = run(local_path(store_path(store_at)), destination)
    if as_json:
        print_json(asdict(copied))
    else:
        note(f"generation {copied.generation}: {copied.files} files, {copied.bytes:,} bytes")


@click.command()
@click.argument("source", type=_FOLDER)
@store_option
@json_option
def restore(source: Path, store_at: str | None, as_json: bool) -> None:
    """Make the backup in SOURCE the next generation of the store, after every file was compared with its hash.

    A server that serves the store goes over to it without losing a request. What the store held before stays readable
    for queries that run, and is gone after the next commits.

    \b
    Examples:
      treatygraph restore /srv/backups/2026-05-01
    """
    from treatygraph.store.backup import restore as run
    from treatygraph.store.places import local_path

    number = run(source, local_path(store_path(store_at)))
    if as_json:
        print_json({"generation": number})
    else:
        note(f"restored as generation {number}")


@click.command()
@click.argument("source", type=_FOLDER, required=False)
@store_option
@json_option
@click.pass_context
def verify(context: click.Context, source: Path | None, store_at: str | None, as_json: bool) -> None:
    """Read all of the store, or of the backup in SOURCE, and name what is damaged. Exit status 0: whole; 1: damaged.

    \b
    Examples:
      treatygraph verify
      treatygraph verify /srv/backups/2026-05-01
    """
    from treatygraph.store.backup import damages
    from treatygraph.store.places import local_path
    from treatygraph.store.verify import Verified
    from treatygraph.store.verify import verify as run

    found = Verified(damages=tuple(damages(source))) if source else run(local_path(store_path(store_at)))
    if as_json:
        print_json(asdict(found))
    else:
        for damage in found.damages:
            note(f"damaged: {damage}")
        if source is not None:
            click.echo(f"the backup is {'damaged' if found.damages else 'whole'}")
        else:
            click.echo(
                f"generation {found.generation}: {found.graphs} graphs, {found.quads} statements, "
                f"{found.triples} in the default graph, {found.texts} texts; "
                f"{'damaged' if found.damages else 'whole'}"
            )
    context.exit(1 if found.damages else 0)
