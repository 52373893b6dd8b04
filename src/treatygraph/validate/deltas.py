"""A rule and a difference → the rule asked only of what the difference can have made fail.

A graph that conformed has no row of a rule. A row that is there now needs a triple that came, where the rule asks for
one, or lacks one that is gone, where it asks that there be none (FILTER NOT EXISTS). So each pattern of the rule is put
together with the triples of the difference that fit it, and the rule is asked for the values of its variables there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Triple
from rdflib import URIRef, Variable
from rdflib.paths import Path, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from treatygraph.model.store import Difference

_MOST_ROWS: Final = 20_000
"""Of a larger difference the rule is asked as a whole."""

_ROWS_AT_ONCE: Final = 2_000
_FEW_VALUES: Final = 500
_VALUE: Final = "value"
_SAME: Final = frozenset(
    {
        "SelectQuery", "Project", "Distinct", "Filter", "Join", "Union", "Extend", "GroupGraphPatternSub",
        "GroupOrUnionGraphPattern", "ConditionalAndExpression", "ConditionalOrExpression", "TrueFilter", "Bind",
    }
)  # fmt: skip
"""Parts of a query that have a row more only where one of theirs has."""


class _WholeError(Exception):
    """A rule, or a rule with this difference, is to be asked as a whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A query, and what ``?value`` stands for in it where it is asked of one thing."""

    sparql: str
    value: NamedNode | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern of a rule."""

    subject: Any
    predicate: Any
    object: Any
    wanted: bool | None
    """Whether rows need such a triple (True), or that there is none (False); None: it could be either."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The patterns of a rule, and the variables that its rows bind."""

    patterns: tuple[Pattern, ...]
    variables: frozenset[str]


def parts(sparql: str, difference: Difference) -> Iterator[Part] | None:
    """The rule for what a difference can have made fail, in one query or more; None: it is to be asked as a whole."""
    try:
        rows = _rows(_rule(sparql), difference)
    except _WholeError:
        return None
    return _parts(sparql, rows)


def parts_for(sparql: str, values: Collection[str]) -> Iterator[Part]:
    """The rule for some things as ``?value``, each written as in SPARQL.

    Few are put into it one by one: the engine joins a clause of VALUES only after it has gone through all that the
    rule could be about (SPARQL 1.1 §10.2.2).
    """
    ordered = sorted(values)
    if len(ordered) <= _FEW_VALUES and all(map(_is_iri, ordered)):
        yield from (Part(sparql, NamedNode(each[1:-1])) for each in ordered)
        return
    for start in range(0, len(ordered), _ROWS_AT_ONCE):
        some = " ".join(ordered[start : start + _ROWS_AT_ONCE])
        yield Part(f"{sparql}\nVALUES ?{_VALUE} {{ {some} }}")


def _is_iri(term: str) -> bool:
    return term.startswith("<") and not term.startswith("<<")


def _parts(sparql: str, rows: dict[tuple[str, ...], set[tuple[str, ...]]]) -> Iterator[Part]:
    for names, found in sorted(rows.items()):
        if names == (_VALUE,):
            yield from parts_for(sparql, {row[0] for row in found})
            continue
        ordered = sorted(found)
        head = " ".join(f"?{name}" for name in names)
        for start in range(0, len(ordered), _ROWS_AT_ONCE):
            some = " ".join(f"({' '.join(row)})" for row in ordered[start : start + _ROWS_AT_ONCE])
            yield Part(f"{sparql}\nVALUES ({head}) {{ {some} }}")


def _rows(rule: Rule, difference: Difference) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """Variables → their values in the triples of the difference that fit a pattern."""
    rows: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for pattern in rule.patterns:
        changed: list[Iterable[Triple]] = []
        if pattern.wanted is not False:
            changed.append(difference.come)
        if pattern.wanted is not True:
            changed.append(difference.gone)
        for triples in changed:
            for triple in triples:
                bound = _bound(pattern, triple)
                if bound is None:
                    continue
                known = {name: value for name, value in bound.items() if name in rule.variables}
                if not known:
                    raise _WholeError
                if _VALUE in known:
                    known = {_VALUE: known[_VALUE]}
                rows[tuple(sorted(known))].add(tuple(known[name] for name in sorted(known)))
    if sum(map(len, rows.values())) > _MOST_ROWS:
        raise _WholeError
    return rows


def _bound(pattern: Pattern, triple: Triple) -> dict[str, str] | None:
    """The values of a pattern's variables in a triple; None where it does not fit."""
    predicate, place = pattern.predicate, (True, True)
    bound: dict[str, str] = {}
    if isinstance(predicate, Path):
        places = _places(predicate, triple.predicate)
        if places is None:
            return None
        place = places
    elif isinstance(predicate, Variable):
        bound[str(predicate)] = str(triple.predicate)
    elif str(predicate) != triple.predicate.value:
        return None
    for term, value, counts in (
        (pattern.subject, triple.subject, place[0]),
        (pattern.object, triple.object, place[1]),
    ):
        if not counts:
            continue
        if isinstance(term, URIRef) and not (isinstance(value, NamedNode) and value.value == str(term)):
            return None
        if isinstance(term, Variable):
            if not isinstance(value, (NamedNode, Literal)):
                raise _WholeError
            if bound.setdefault(str(term), str(value)) != str(value):
                return None
    return bound


def _places(path: Path, predicate: NamedNode) -> tuple[bool, bool] | None:
    """Whether a step of a path that has a predicate begins and ends it; None where no step has it."""
    if not isinstance(path, SequencePath) or not all(isinstance(each, URIRef) for each in path.args):
        raise _WholeError
    names = [str(each) for each in path.args]
    if predicate.value not in names:
        return None
    if names.count(predicate.value) > 1:
        raise _WholeError
    at = names.index(predicate.value)
    return at == 0, at == len(names) - 1


@lru_cache(maxsize=256)
def _rule(sparql: str) -> Rule:
    """The patterns of a rule; raises ``_WholeError`` for one that has parts whose rows do not stand alone.

    Read in a thread of its own: the parser keeps its exceptions, and with them every frame below: one holds the engine.
    """
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(_read, sparql).result()


def _read(sparql: str) -> Rule:
    found: list[Pattern] = []
    variables: set[str] = set()
    _walk(translateQuery(parseQuery(sparql)).algebra, True, False, found, variables)
    return Rule(tuple(found), frozenset(variables))


def _walk(node: Any, wanted: bool | None, hidden: bool, found: list[Pattern], variables: set[str]) -> None:
    """Collects patterns; *hidden* are those whose variables no row binds."""
    if isinstance(node, CompValue):
        _walk_part(node, wanted, hidden, found, variables)
    elif isinstance(node, (list, tuple)):
        for each in node:
            _walk(each, wanted, hidden, found, variables)


def _walk_part(
    node: CompValue, wanted: bool | None, hidden: bool, found: list[Pattern], variables: set[str]
) -> None:
    name = node.name
    if name in ("BGP", "TriplesBlock"):
        for triple in node.triples:
            # In a block that is not translated, triples stand one behind the other.
            for start in range(0, len(triple), 3):
                subject, predicate, thing = triple[start : start + 3]
                pattern = Pattern(subject, predicate, thing, wanted)
                found.append(pattern)
                if not hidden:
                    ends = (pattern.subject, pattern.predicate, pattern.object)
                    variables.update(str(each) for each in ends if isinstance(each, Variable))
    elif name == "Builtin_NOTEXISTS":
        _walk(node.graph, None if wanted is None else not wanted, True, found, variables)
    elif name == "Builtin_EXISTS":
        _walk(node.graph, wanted, True, found, variables)
    elif name == "LeftJoin":
        _walk(node.p1, wanted, hidden, found, variables)
        # What may be there or not changes what a row says, and by a filter whether it is one.
        _walk(node.p2, None, True, found, variables)
        _walk(node.expr, None, True, found, variables)
    elif name in _SAME:
        for key in node:
            if key not in ("_vars", "PV", "var", "datasetClause"):
                _walk(node[key], wanted, hidden, found, variables)
    elif name.startswith(("Builtin_", "Function")) or name.endswith("Expression"):
        for key in node:
            if key != "_vars":
                _walk(node[key], None, True, found, variables)
    else:
        raise _WholeError
