"""The command line: each command parses, calls the API, prints."""

from treatygraph.cli.main import main

__all__ = ["main"]
