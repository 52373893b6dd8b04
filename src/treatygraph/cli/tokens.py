"""The commands about those who may write: token add, list, rotate, revoke."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from treatygraph.cli.common import json_option, note, print_json, store_option, store_path

if TYPE_CHECKING:
    from treatygraph.store.access import TokenFile

F = TypeVar("F", bound=Callable[..., Any])

_DAYS = re.compile(r"(\d{1,5})d")


def tokens_option(command: F) -> F:
    """Gives a command the option ``--tokens``."""
    return click.option(
        "--tokens",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        help="The file of tokens, for its owner's eyes alone. [default: tokens.json in the store]",
    )(command)


def _moment(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
    """The moment of "90d" or "2027-01-31", as a time of UTC."""
    if value is None:
        return None
    days = _DAYS.fullmatch(value)
    if days:
        return datetime.now(UTC) + timedelta(days=int(days[1]))
    try:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    except ValueError as error:
        raise click.BadParameter("give a date such as 2027-01-31, or days such as 90d") from error


_expires_option = click.option(
    "--expires", callback=_moment, metavar="DATE|DAYSd", help="When the token ends. [default: never]"
)


@click.group()
def token() -> None:
    """Say who may write through `serve --writes`.

    A token is shown once, when it is made; the store keeps its hash. A server that runs sees each change at once.

    \b
    Examples:
      treatygraph token add editor --scope update,graphs --expires 90d
      treatygraph token list
      treatygraph token rotate editor
      treatygraph token revoke editor
    """


@token.command()
@click.argument("name")
@click.option("--scope", required=True, help="What it is for: update, graphs, or both with a comma.")
@_expires_option
@tokens_option
@store_option
def add(name: str, scope: str, expires: datetime | None, tokens: Path | None, store_at: str | None) -> None:
    """Make a token called NAME and print its secret, the only time.

    \b
    Examples:
      treatygraph token add editor --scope update,graphs --expires 90d
    """
    scopes = tuple(part.strip() for part in scope.split(",") if part.strip())
    click.echo(_file(tokens, store_at).add(name, scopes, now=datetime.now(UTC), expires=expires))
    note("This is shown once. Send it as the header “Authorization: Bearer …”.")


@token.command("list")
@tokens_option
@store_option
@json_option
def list_tokens(tokens: Path | None, store_at: str | None, as_json: bool) -> None:
    """Show the tokens: what each may do, when it was made and when it ends. Never a secret.

    \b
    Examples:
      treatygraph token list --json
    """
    rows = _file(tokens, store_at).tokens()
    if as_json:
        print_json([{name: value for name, value in asdict(row).items() if name != "sha256"} for row in rows])
        return
    for row in rows:
        ends = row.expires or "never"
        state = "" if row.is_valid(datetime.now(UTC)) else " (ended)"
        click.echo(f"{row.name}  {','.join(row.scopes)}  made {row.created}  ends {ends}{state}")


@token.command()
@click.argument("name")
@_expires_option
@tokens_option
@store_option
def rotate(name: str, expires: datetime | None, tokens: Path | None, store_at: str | None) -> None:
    """Give the token NAME another secret and print it; the old one ends at once.

    \b
    Examples:
      treatygraph token rotate editor --expires 90d
    """
    click.echo(_file(tokens, store_at).rotate(name, now=datetime.now(UTC), expires=expires))
    note("This is shown once. The old secret has ended.")


@token.command()
@click.argument("name")
@tokens_option
@store_option
def revoke(name: str, tokens: Path | None, store_at: str | None) -> None:
    """Take the token NAME away, at once.

    \b
    Examples:
      treatygraph token revoke editor
    """
    _file(tokens, store_at).revoke(name)
    note(f"The token {name} has ended.")


def _file(tokens: Path | None, store_at: str | None) -> TokenFile:
    from treatygraph.store.access import TokenFile
    from treatygraph.store.layout import Layout, current_generation
    from treatygraph.store.places import token_path

    if tokens is not None:
        return TokenFile(tokens)
    path = token_path(store_path(store_at))
    current_generation(Layout(path.parent))
    return TokenFile(path)
