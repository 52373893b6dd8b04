"""An engine's answer to a query as values of ours, and its errors as ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from pyoxigraph import QueryBoolean, QuerySolutions
from pyoxigraph import Store as Engine

from treatygraph.model.errors import QueryError, StoreError, Where
from treatygraph.model.store import QueryAnswer, Row, Solutions
from treatygraph.store.fulltext import filled
from treatygraph.store.guard import check_query
from treatygraph.store.search import searching

_SYNTAX = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LONGEST = 300


def answer(
    engine: Engine, sparql: str, *, base: str | None = None, index: Callable[[], Path] | None = None
) -> QueryAnswer:
    """The answer to a query, wholly read; raises ``QueryError`` for one that cannot be run.

    *index* gives the search index of the engine's data, and is called for a query that looks for words.
    """
    check_query(sparql)
    query, search = searching(sparql)
    try:
        if search is not None:
            query = _filled(query, search, base, index)
        found = engine.query(query, base_iri=base)
    except SyntaxError as error:
        raise syntax_error(str(error)) from error
    if isinstance(found, QueryBoolean):
        return bool(found)
    if isinstance(found, QuerySolutions):
        rows = tuple(cast(Row, tuple(solution)) for solution in found)
        return Solutions(tuple(variable.value for variable in found.variables), rows)
    return tuple(dict.fromkeys(found))


def _filled(query: str, search: dict[str, Any], base: str | None, index: Callable[[], Path] | None) -> str:
    if index is None:
        raise QueryError("Words cannot be looked for here", remedy="Ask a store on disk, or a server.")
    # The places that an error of syntax names are those of the query as it was asked.
    Engine().query(query, base_iri=base)
    try:
        return filled(str(index()), **search)
    except RuntimeError as error:
        raise no_index(str(error)) from error


def no_index(message: str) -> StoreError:
    """The error for a search index that cannot be read."""
    return StoreError(
        "Words cannot be looked for: the search index is damaged",
        where=Where(message),
        remedy="Remove the folder search/ of the store; it is made again.",
    )


def syntax_error(message: str) -> QueryError:
    """The error for a text that the engine's parser refuses, with the place that it names."""
    match = _SYNTAX.match(message)
    if match is None:
        return QueryError(f"The query is not well formed: {_short(message)}", where=Where("query"))
    line, column, expected = match.groups()
    if "Prefix not found" in expected:
        return QueryError(
            "The name that ends here has a prefix that the query does not declare",
            where=Where("query", int(line), int(column)),
            remedy="Declare it above: PREFIX tg: <https://w3id.org/treatygraph/ns#>, for instance.",
        )
    return QueryError(
        f"The query is not well formed: {_short(expected)}",
        where=Where("query", int(line), int(column)),
        remedy="Look at this place, and at what stands just before it.",
    )


def _short(expected: str) -> str:
    # The parser lists every character that could go on a name; the words and signs before that are what helps.
    readable = re.sub(r",? ?\[[^\]]*\]", "", " ".join(expected.split()))
    if len(readable) > _LONGEST:
        readable = f"{readable[:_LONGEST].rpartition(',')[0]} …"
    return readable or "something else is expected here"
