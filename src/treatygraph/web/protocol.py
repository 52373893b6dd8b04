"""A request to ``/sparql`` → the operation that it asks for (SPARQL 1.1 Protocol §2.1 and §2.2); knows no framework.

Parameters that name a dataset are taken from the address and, in a form, from the body: a restriction is never lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.http import parse_options_header

from treatygraph.graph.iris import THINGS
from treatygraph.web.percent import parameters

BASE: Final = THINGS
"""What relative IRIs are resolved against where a query or update declares no BASE: the same at every address."""

FORM_BODY: Final = "application/x-www-form-urlencoded"
QUERY_BODY: Final = "application/sparql-query"
UPDATE_BODY: Final = "application/sparql-update"
_MOST_PARAMETERS = 1000
_UTF8 = ("utf-8", "utf8", "us-ascii")

Pairs = list[tuple[str, str]]
Values = dict[str, list[str]]
Graphs = tuple[str, ...] | None


class Sent(NamedTuple):
    """What a client sent: method, bytes after the question mark, ``Content-Type``, body."""

    method: str
    address: bytes
    content_type: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class QueryOperation:
    """The parameters of a query operation; *timeout* is in seconds, None where the client lowers nothing."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    form: str | None = None
    timeout: float | None = None

    @property
    def dataset(self) -> tuple[Graphs, Graphs]:
        """Default and named graphs; both None where the request names no dataset (then it is the store's)."""
        if self.default_graphs or self.named_graphs:
            return self.default_graphs, self.named_graphs
        return None, None


@dataclass(frozen=True, slots=True)
class UpdateOperation:
    """The parameters of an update operation; *timeout* is in seconds, None where the client lowers nothing."""

    update: str
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()
    timeout: float | None = None

    @property
    def dataset(self) -> tuple[Graphs, Graphs]:
        """Default and named graphs of each WHERE; both None where the request names none."""
        if self.using_graphs or self.using_named_graphs:
            return self.using_graphs, self.using_named_graphs
        return None, None


def operation_of(sent: Sent) -> QueryOperation | UpdateOperation | None:
    """The operation, None where nothing is asked; raises HTTP errors for what the protocol does not know."""
    values: Values = {}
    for name, value in _parameters(sent):
        values.setdefault(name, []).append(value)
    queries, updates = values.get("query"), values.get("update")
    if queries and updates:
        raise BadRequest("The request has a query and an update; send one of them.")
    if queries and len(queries) > 1:
        raise BadRequest("The request has more than one query; send one.")
    if updates and len(updates) > 1:
        raise BadRequest(
            "The request has more than one update; send one, its operations divided by semicolons."
        )
    if updates and sent.method != "POST":
        raise BadRequest("An update is sent by POST.")
    if queries:
        _refuse(values, "using-graph-uri", "using-named-graph-uri", of="an update")
        return _query(queries[0], values)
    if updates:
        _refuse(values, "default-graph-uri", "named-graph-uri", of="a query")
        return _update(updates[0], values)
    return None


def _query(text: str, values: Values) -> QueryOperation:
    formats = values.get("format")
    return QueryOperation(
        text,
        _iris(values, "default-graph-uri"),
        _iris(values, "named-graph-uri"),
        formats[0] if formats else None,
        _seconds(values),
    )


def _update(text: str, values: Values) -> UpdateOperation:
    return UpdateOperation(
        text, _iris(values, "using-graph-uri"), _iris(values, "using-named-graph-uri"), _seconds(values)
    )


def _parameters(sent: Sent) -> Pairs:
    in_address = decoded(sent.address)
    if sent.method != "POST":
        return in_address
    kind, options = parse_options_header(sent.content_type)
    if (
        kind not in (FORM_BODY, QUERY_BODY, UPDATE_BODY)
        or options.get("charset", "utf-8").lower() not in _UTF8
    ):
        raise UnsupportedMediaType(
            f"A POST to /sparql has the type {FORM_BODY} (with a parameter query or update), {QUERY_BODY} or "
            f"{UPDATE_BODY}, in UTF-8; this one has {sent.content_type or 'none'}."
        )
    if kind == FORM_BODY:
        return [*decoded(sent.body), *in_address]
    return [("query" if kind == QUERY_BODY else "update", _text(sent.body)), *in_address]


def decoded(data: bytes) -> Pairs:
    """The parameters of an address or a form, percent-decoded once; raises ``BadRequest`` where they are not UTF-8."""
    _text(data)
    try:
        return parameters(data, _MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise BadRequest("A parameter is not UTF-8.") from error
    except ValueError as error:
        raise BadRequest("The request has too many parameters.") from error


def absolute_iri(value: str, name: str) -> str:
    """The value of parameter *name*; raises ``BadRequest`` where it is no absolute IRI."""
    scheme, colon, _ = value.partition(":")
    if (
        not colon
        or not scheme[:1].isalpha()
        or any(c in value for c in '<>"{}|^`\\')
        or not value.isprintable()
    ):
        raise BadRequest(f"{name} is not an absolute IRI: {value[:200]!r}")
    if " " in value:
        raise BadRequest(f"{name} is not an absolute IRI, for it has a space: {value[:200]!r}")
    return value


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"The request is not UTF-8: byte {error.start + 1} cannot be read.") from error


def _iris(values: Values, name: str) -> tuple[str, ...]:
    stated = values.get(name)
    return tuple(dict.fromkeys(absolute_iri(value, name) for value in stated)) if stated else ()


def _refuse(values: Values, *names: str, of: str) -> None:
    """A dataset given to the wrong kind of operation would be a restriction that nobody keeps."""
    for name in names:
        if name in values:
            raise BadRequest(f"{name} belongs to {of}, and this is none.")


def _seconds(values: Values) -> float | None:
    """The client's own deadline; 0 and an empty value, which some clients send by default, lower nothing."""
    value = next(filter(None, values.get("timeout", ())), None)
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError as error:
        raise BadRequest(f"timeout is not a number of seconds: {value[:40]!r}") from error
    if not 0 <= seconds < float("inf"):
        raise BadRequest(f"timeout is not a number of seconds: {value[:40]!r}")
    return seconds or None
