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
_BOOLEAN: Final = "http://www.w3.org/2001/XMLSchema#boolean"
_WORDS: Final = {"0": "false", "1": "true"}


def with_graph_variables(sparql: str) -> str:
    """The query with a variable of one value in place of each graph that GRAPH names.

    Virtuoso finds nothing in a graph that is named so, beside a default graph that the request names, and everything
    by a variable. ``mended`` takes the columns of ``SELECT *`` away again.
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


def mended(results: bytes) -> bytes:
    """Results in JSON without the columns of ``with_graph_variables``, and with booleans in words.

    Virtuoso writes 1 and 0; "true" and "false" are the canonical forms of the same values (XSD 1.1 part 2 §3.3.2.2).
    """
    if _GRAPH.encode() not in results and _BOOLEAN.encode() not in results:
        return results
    values = json.loads(results)
    values["head"]["vars"] = [name for name in values["head"]["vars"] if not name.startswith(_GRAPH)]
    values["results"]["bindings"] = [
        {name: _mended(term) for name, term in row.items() if not name.startswith(_GRAPH)}
        for row in values["results"]["bindings"]
    ]
    return json.dumps(values, ensure_ascii=False).encode()


def _mended(term: dict[str, str]) -> dict[str, str]:
    if term.get("datatype") == _BOOLEAN and term["value"] in _WORDS:
        return term | {"value": _WORDS[term["value"]]}
    return term


def with_bindings(sparql: str, bindings: Mapping[str, NamedNode | Literal]) -> str:
    """The query with a VALUES block of one row at the beginning of its pattern; terms write themselves."""
    if not bindings:
        return sparql
    names = " ".join(f"?{name}" for name in bindings)
    row = " ".join(map(str, bindings.values()))
    place = _pattern(sparql)
    return f"{sparql[:place]} VALUES ({names}) {{ ({row}) }} {sparql[place:]}"


def with_declarations(sparql: str, base: str | None = None, prefixes: Mapping[str, str] | None = None) -> str:
    """The query with one BASE and then each PREFIX once, on its own first line; what it declares itself wins.

    Virtuoso takes a BASE at the very beginning only. Lines and columns of the rest stay as they are, but for the first
    line. A declaration relative to a base stays where it is, and so does all that follows.
    """
    declared = dict(prefixes or {})
    blanked: list[tuple[int, int]] = []
    stream = tokens(sparql)
    for token in stream:
        word = token.text.upper() if token.kind == "word" else ""
        if word not in ("BASE", "PREFIX"):
            break
        name = next(stream, None) if word == "PREFIX" else None
        iri = next(stream, None)
        if iri is None or iri.kind != "iri" or ":" not in iri.text:
            break
        if name is None:
            base = iri.text[1:-1]
        else:
            declared[name.text[:-1]] = iri.text[1:-1]
        blanked.append((token.offset, iri.offset + len(iri.text)))
    for start, end in blanked:
        sparql = sparql[:start] + "".join(c if c == "\n" else " " for c in sparql[start:end]) + sparql[end:]
    parts = [f"BASE <{base}>"] if base else []
    parts += [f"PREFIX {name}: <{space}>" for name, space in sorted(declared.items())]
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
