"""The reference of the command line, made from the commands' own help: ``python -m treatygraph.cli.reference``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from treatygraph.cli.main import main

_HEAD = """\
# The command line

Made from the help of each command (`python -m treatygraph.cli.reference docs/cli.md`); do not edit by hand.

Exit status: 0 done; 1 a graph does not conform, or a question does not give its rows; 2 something cannot be read
or done.
"""


def reference() -> str:
    """The Markdown page: the group's help, then each command's, in alphabetical order."""
    context = click.Context(main, info_name="treatygraph", max_content_width=100, terminal_width=100)
    parts = [_HEAD, _block(main.get_help(context))]
    for name in sorted(main.commands):
        command = main.commands[name]
        inner = click.Context(
            command, info_name=name, parent=context, max_content_width=100, terminal_width=100
        )
        parts += [f"## treatygraph {name}\n", _block(command.get_help(inner))]
        for verb, below in sorted(getattr(command, "commands", {}).items()):
            deeper = click.Context(
                below, info_name=verb, parent=inner, max_content_width=100, terminal_width=100
            )
            parts += [f"### treatygraph {name} {verb}\n", _block(below.get_help(deeper))]
    return "\n".join(parts)


def _block(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
