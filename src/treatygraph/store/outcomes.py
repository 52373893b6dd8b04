"""How a question ended, as an error of ours."""

from __future__ import annotations

from typing import Final

from treatygraph.model.errors import (
    QueryCrashedError,
    QueryError,
    QueryTimeoutError,
    ServerBusyError,
    StoreError,
    TreatygraphError,
    Where,
)
from treatygraph.store.answers import no_index, syntax_error
from treatygraph.store.process import Ending, QueryProcess, Reply
from treatygraph.store.question import PoolSettings
from treatygraph.store.worker import Status

_LESS: Final = "Ask for less: bind more terms, add a LIMIT, order or group fewer rows."


def timed_out(seconds: float) -> QueryTimeoutError:
    """The error for a query that its deadline ended."""
    return QueryTimeoutError(
        f"The query was ended after {seconds:g} seconds",
        remedy="Ask for less: bind more terms, add a LIMIT, or avoid patterns that share no variable.",
    )


def busy(settings: PoolSettings) -> ServerBusyError:
    """The error where no process came free in time."""
    return ServerBusyError(
        f"All {settings.workers} query processes are at work", remedy="Ask again in a few seconds."
    )


def line_full(settings: PoolSettings) -> ServerBusyError:
    """The error where as many wait as may."""
    return ServerBusyError(
        f"{settings.queue} queries wait for a process already", remedy="Ask again in a few seconds."
    )


def moved_on() -> ServerBusyError:
    """The error where each generation went away before it was opened, until the deadline."""
    return ServerBusyError(
        "The store changes faster than it can be opened", remedy="Ask again when the writer has finished."
    )


def closed(root: str) -> StoreError:
    """The error of a pool that was closed."""
    return StoreError("The queries of this store have ended", where=Where(root), remedy="Open it again.")


def ended(process: QueryProcess, seconds: float, settings: PoolSettings, root: str) -> TreatygraphError:
    """The error for a question whose process was ended, or ended itself; waits until it is gone."""
    if process.ending is Ending.DEADLINE:
        return timed_out(seconds)
    if process.ending is Ending.CLOSED:
        return closed(root)
    if process.ending is Ending.CROWDED:
        return ServerBusyError(
            f"{settings.long} long queries run already, and this one was ended to let short ones through",
            remedy="Ask again in a few seconds, or ask for less.",
        )
    if process.ending is Ending.MEMORY:
        return QueryCrashedError("The long queries needed more memory than they may have", remedy=_LESS)
    return QueryCrashedError(
        f"The query ended its process ({process.signal_that_ended_it()}): "
        f"it needs more than {settings.memory >> 20} MB of memory, or is too deep",
        remedy=_LESS,
    )


def refused(reply: Reply, settings: PoolSettings) -> TreatygraphError:
    """The error for a question that came back without a result."""
    if reply.status is Status.SYNTAX:
        return syntax_error(reply.message)
    if reply.status is Status.LARGE:
        return QueryError(
            f"The answer has more than {settings.result_bytes >> 20} MB",
            where=Where("query"),
            remedy="Ask for a part of it with LIMIT and OFFSET, or take `treatygraph export`.",
        )
    if reply.status is Status.DISK_FULL:
        return StoreError(
            "There is no room on the disk for the answer",
            where=Where("the folder of temporary files"),
            remedy="Ask for a part of it with LIMIT and OFFSET, or name a larger folder with TMPDIR.",
        )
    if reply.status is Status.NO_INDEX:
        return no_index(reply.message)
    return QueryError(
        f"The query cannot be run: {reply.message}",
        where=Where("query"),
        remedy="Look at what its functions are given.",
    )
