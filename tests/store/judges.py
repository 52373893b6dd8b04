"""Judges for the process that writes, which asks for them by name."""

import socket
from collections.abc import Callable, Iterable

from pyoxigraph import Triple

from treatygraph.model.errors import ValidationFailedError


def at_most_two() -> Callable[[Iterable[Triple]], None]:
    def check(triples: Iterable[Triple]) -> None:
        count = len(list(triples))
        if count > 2:
            raise ValidationFailedError(
                f"The state has {count} triples",
                report={"conforms": False, "triples": count},
                report_rdf=b"<a:a> <a:b> <a:c> .\n",
            )

    return check


def connecting() -> Callable[[Iterable[Triple]], None]:
    def check(triples: Iterable[Triple]) -> None:
        try:
            socket.socket()
        except OSError as error:
            raise ValidationFailedError(type(error).__name__) from error

    return check
