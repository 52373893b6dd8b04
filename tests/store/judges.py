"""Judges for the process that writes, which asks for them by name."""

import socket

from pyoxigraph import DefaultGraph
from pyoxigraph import Store as Engine

from treatygraph.model.errors import ValidationFailedError
from treatygraph.model.store import Difference
from treatygraph.store.embedded import CheckDifference


def at_most_two() -> CheckDifference:
    def check(engine: Engine, difference: Difference) -> None:
        count = len(list(engine.quads_for_pattern(None, None, None, DefaultGraph())))
        if count > 2:
            raise ValidationFailedError(
                f"The state has {count} triples, {len(difference.come)} of them new",
                report={"conforms": False, "triples": count},
                report_rdf=b"<a:a> <a:b> <a:c> .\n",
            )

    return check


def connecting() -> CheckDifference:
    def check(engine: Engine, difference: Difference) -> None:
        try:
            socket.socket()
        except OSError as error:
            raise ValidationFailedError(type(error).__name__) from error

    return check
