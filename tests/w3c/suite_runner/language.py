"""Cases of the query and update languages: syntax and evaluation, each run over HTTP."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from .endpoint import Endpoint, Reply, triples_of
from .manifests import MF, QT, UT, Case, Data
from .results import by_value, canonical, expected, given, media_type, same

_EMPTY: Final = Data((), ())
_ANY: Final = "application/sparql-results+json, application/n-triples"
_FROM: Final = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)


class OnlyByValueError(Exception):
    """A result has the values that are wanted, in another spelling: 1.0 as 1."""


def query_is_taken(case: Case, endpoint: Endpoint) -> None:
    """A query that is well formed is answered."""
    reply = endpoint.query(case.files.text(_file(case)), _ANY)
    assert reply.status == 200 or _could_not_be_run(reply), f"{reply.status}: {reply.text}"


def query_is_refused(case: Case, endpoint: Endpoint) -> None:
    """A query that is not well formed gives 400, as a problem that names a place in it."""
    reply = endpoint.query(case.files.text(_file(case)), _ANY)
    _is_syntax_problem(reply)


def update_is_taken(case: Case, endpoint: Endpoint) -> None:
    """An update that is well formed is run; one that is refused for what it reaches was read whole before."""
    reply = endpoint.update(case.files.text(_file(case)))
    refused = reply.status == 403 and reply.json["error"] == "WriteRefusedError"
    assert reply.status == 204 or refused or _could_not_be_run(reply), f"{reply.status}: {reply.text}"


def update_is_refused(case: Case, endpoint: Endpoint) -> None:
    """An update that is not well formed gives 400, as a problem that names a place in it."""
    _is_syntax_problem(endpoint.update(case.files.text(_file(case))))


def query_gives_result(case: Case, endpoint: Endpoint) -> None:
    """A query over the data of the case gives the result of the case."""
    query = _text(case, QT + "query")
    assert isinstance(case.result, NamedNode)
    endpoint.load(case.files, _data_of(case, query))
    reply = endpoint.query(query, media_type(case.result.value))
    assert reply.status == 200, f"{reply.status}: {reply.text}"
    wanted, got = expected(case.files, case.result.value), given(reply.body, reply.kind)
    lax = case.graph.text(case.node, MF + "resultCardinality") == MF + "LaxCardinality"
    if same(wanted, got, lax=lax):
        return
    assert same(by_value(wanted), by_value(got), lax=lax), f"wanted {wanted}\ngot {got}"
    raise OnlyByValueError(f"wanted {wanted}\ngot {got}")


def update_gives_dataset(case: Case, endpoint: Endpoint) -> None:
    """An update over the data of the case leaves the dataset of the case."""
    endpoint.load(case.files, case.data(case.action, UT), anew=True)
    reply = endpoint.update(_text(case, UT + "request"))
    assert reply.status == 204, f"{reply.status}: {reply.text}"
    data = case.data(case.result, UT)
    wanted = {None: frozenset(triples_of(case.files, data.default))}
    wanted |= {name: frozenset(triples_of(case.files, [file])) for name, file in data.named}
    got = endpoint.dataset()
    assert {name: canonical(each) for name, each in wanted.items() if each} == {
        name: canonical(each) for name, each in got.items()
    }, f"wanted {wanted}\ngot {got}"


def _is_syntax_problem(reply: Reply) -> None:
    assert (reply.status, reply.kind) == (400, "application/problem+json"), f"{reply.status}: {reply.text}"
    problem = reply.json
    assert problem["error"] == "QueryError", problem
    # The engine names a place, but for the one rule that it checks later: then it names the blank node.
    assert "cannot be run" not in problem["detail"], problem
    assert "_:" in problem["detail"] or (problem["line"] >= 1 and problem["column"] >= 1), problem


def _could_not_be_run(reply: Reply) -> bool:
    """Whether a text was well formed, and failed when it was run (a graph that is not there, a function not known)."""
    return reply.status == 400 and " cannot be run: " in reply.json["detail"]


def _file(case: Case) -> str:
    assert isinstance(case.action, NamedNode), "the action is one file"
    return case.action.value


def _text(case: Case, predicate: str) -> str:
    """The text of the query or update, with the base that its file has."""
    file = case.graph.text(case.action, predicate)
    assert file is not None, f"{case.iri} names no {predicate}"
    return f"BASE <{file}>\n{case.files.text(file)}"


def _data_of(case: Case, query: str) -> Data:
    """The dataset of the case; where it has none, the files that the query takes its dataset FROM."""
    data = case.data(case.action, QT)
    if data != _EMPTY:
        return data
    base = query[len("BASE <") : query.index(">")]
    taken = dict.fromkeys(urljoin(base, each) for each in _FROM.findall(query))
    return Data((), tuple((iri, iri) for iri in taken if case.files.holds(iri)))
