"""An error of a query → its sentence and its place in the text, with an editor and without."""

from __future__ import annotations

from dataclasses import dataclass

from treatygraph.graph.terms import PREFIXES
from treatygraph.model.errors import QueryCrashedError, QueryError, QueryTimeoutError, TreatygraphError
from treatygraph.store.tokens import Token, position, tokens


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """Why a query has no answer."""

    words: str
    line: int | None = None
    column: int | None = None
    """From 1, in characters; None where the whole query is meant."""
    length: int = 1
    """How many characters the place has."""
    prefix: str | None = None
    """The prefix to declare, where its namespace is known."""
    before: str = ""
    """The line up to the place; with ``marked`` and ``after`` it is shown below the sentence."""
    marked: str = ""
    after: str = ""
    is_slow: bool = False
    """Whether the query was ended for its time or memory, so that it is worth seeing what makes it slow."""


def query_problem_of(query: str, error: TreatygraphError) -> QueryProblem:
    """What to say of an error that a query met."""
    if not isinstance(error, QueryError):
        # The path of a store is for the operator's log, not for a stranger.
        slow = isinstance(error, (QueryTimeoutError, QueryCrashedError))
        return QueryProblem(f"{error.what}. {error.remedy}".strip(), is_slow=slow)
    name = _undeclared(query)
    if name is not None:
        return _undeclared_problem(query, name)
    line, column = (error.where.line, error.where.column) if error.where else (None, None)
    return _placed(query, QueryProblem(str(error), line, column))


def _undeclared(query: str) -> Token | None:
    """The first name whose prefix is not declared: the engine tells of it in words about what may follow."""
    declared: set[str] = set()
    before = ""
    try:
        for token in tokens(query):
            if token.kind == "name":
                prefix = token.text.partition(":")[0]
                if before.upper() == "PREFIX":
                    declared.add(prefix)
                elif prefix != "_" and prefix not in declared:
                    return token
            before = token.text
    except QueryError:
        pass
    return None


def _undeclared_problem(query: str, name: Token) -> QueryProblem:
    prefix = name.text.partition(":")[0]
    where = position(query, name.offset)
    known = prefix in PREFIXES
    remedy = f"PREFIX {prefix}: <{PREFIXES[prefix] if known else '…'}>"
    words = (
        f"The prefix of {name.text[:80]} is not declared (line {where.line}, column {where.column}). "
        f"Declare it at the top: {remedy}."
    )
    length = len(name.text)
    return _placed(query, QueryProblem(words, where.line, where.column, length, prefix if known else None))


def _placed(query: str, problem: QueryProblem) -> QueryProblem:
    """The problem with the words of its line, cut where the line is long."""
    lines = query.split("\n")
    if problem.line is None or not 0 < problem.line <= len(lines):
        return problem
    line = lines[problem.line - 1]
    start = max(0, (problem.column or 1) - 1)
    end = start + problem.length
    return QueryProblem(
        problem.words,
        problem.line,
        problem.column,
        problem.length,
        problem.prefix,
        line[:start][-200:],
        line[start:end][:200] or "⏎",
        line[end:][:200],
    )
