"""Values beside a query → the same query with them in it, for engines that take a text and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.model.errors import QueryError
from treatygraph.store.guard import QueryForm, check_query
from treatygraph.store.tokens import tokens

_GRAPH: Final = "tg_graph_"


def with_graph_variables(sparql: str) -> str:
    """The query with a variable of one value in place of each graph that GRAPH names.

    Virtuoso finds nothing in a graph that is named so, beside a default graph that the request names, and everything
    by a variable. ``without_graph_variables`` takes the columns of ``SELECT *`` away again.
    """
    parts: list[str] = []
    done, count, graph = 0, 0, False
    for token in tokens(sparql):
        if graph and token.kind in ("iri", "name"):
            count += 1
            parts[-1] += f"VALUES ?{_GRAPH}{count} {{ {token.text} }} GRAPH ?{_GRAPH}{count}"
            done = token.offset + len(token.text)
        elif graph:
            parts[-1] += sparql[done : token.offset]
            done = token.offset
        graph = token.kind == "word" and token.text.upper() == "GRAPH"
        if graph:
            parts.append(sparql[done : token.offset])
            done = token.offset
    return "".join(parts) + sparql[done:]


def without_graph_variables(results: bytes) -> bytes:
    """SPARQL results in JSON without the columns of ``with_graph_variables``."""
    if _GRAPH.encode() not in results:
        return results
    values = json.loads(results)
    values["head"]["vars"] = [name for name in values["head"]["vars"] if not name.startswith(_GRAPH)]
    rows = values["results"]["bindings"]
    values["results"]["bindings"] = [
        {name: term for name, term in row.items() if not name.startswith(_GRAPH)} for row in rows
    ]
    return json.dumps(values, ensure_ascii=False).encode()


def with_bindings(sparql: str, bindings: Mapping[str, NamedNode | Literal]) -> str:
    """The query with a VALUES block of one row at the beginning of its pattern; terms write themselves."""
    if not bindings:
        return sparql
    names = " ".join(f"?{name}" for name in bindings)
    row = " ".join(map(str, bindings.values()))
    place = _pattern(sparql)
    return f"{sparql[:place]} VALUES ({names}) {{ ({row}) }} {sparql[place:]}"


def with_declarations(sparql: str, base: str | None, prefixes: Mapping[str, str] | None) -> str:
    """The query after BASE and PREFIX on its own first line; what it declares itself comes later and wins."""
    parts = [f"BASE <{base}>"] if base else []
    parts += [f"PREFIX {name}: <{space}>" for name, space in sorted((prefixes or {}).items())]
    return " ".join((*parts, sparql))


def _pattern(sparql: str) -> int:
    """The offset behind the brace that opens the query's pattern (a template of CONSTRUCT comes before it)."""
    template = check_query(sparql) is QueryForm.CONSTRUCT
    depth, before = 0, ""
    for token in tokens(sparql):
        if token.text == "{" and depth == 0 and not (template and before.upper() == "CONSTRUCT"):
            return token.offset + 1
        depth += (token.kind == "open") - (token.kind == "close")
        before = token.text
    raise QueryError("The query has no pattern to bind values in", remedy="Give it a WHERE { … }.")
