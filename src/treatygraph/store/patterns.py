"""The tokens of a query → its triple patterns, group by group: enough to say what joins with what, not an algebra.

Follows SPARQL 1.1 §19.8 (GroupGraphPattern, TriplesBlock). A pattern keeps its text as it was written; a blank node
is a variable that has no name. What it does not know it skips, up to the end of the group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from treatygraph.store.tokens import PROLOGUE, Token, tokens

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]*\.[0-9]+|[0-9]+)(?:[eE][+-]?[0-9]+)?")
_IRI: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern: its three parts as written, the offset of the first, and the graph that it stands in."""

    subject: str
    predicate: str
    object: str
    offset: int
    graph: str | None = None

    @property
    def text(self) -> str:
        """The pattern as it could stand in a query."""
        triple = f"{self.subject} {self.predicate} {self.object}"
        return f"GRAPH {self.graph} {{ {triple} }}" if self.graph else triple

    @property
    def variables(self) -> frozenset[str]:
        """Its variables and blank nodes."""
        parts = (self.subject, self.predicate, self.object, self.graph or "")
        return frozenset(
            part if part[0] == "_" else f"?{part[1:]}" for part in parts if part[:1] in ("?", "$", "_")
        )

    @property
    def repeats(self) -> bool:
        """Whether its path takes any number of steps."""
        return any(sign in _IRI.sub("", self.predicate) for sign in "+*")


@dataclass(slots=True)
class Group:
    """What stands between braces: its patterns, the variables that VALUES, BIND and subqueries give, inner groups."""

    kind: str
    patterns: list[Pattern] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    inner: list[Group] = field(default_factory=list)

    def everything(self) -> list[Group]:
        """This group and all groups in it."""
        return [self, *(each for group in self.inner for each in group.everything())]

    def variables(self) -> set[str]:
        """The variables of this group and of all groups in it."""
        return {
            name
            for group in self.everything()
            for name in (*group.given, *(v for pattern in group.patterns for v in pattern.variables))
        }


def prologue_of(sparql: str) -> str:
    """The declarations at the beginning of a query."""
    previous = ""
    for token in tokens(sparql):
        if token.kind == "word" and token.text.upper() not in PROLOGUE and not previous.endswith(":"):
            return sparql[: token.offset]
        previous = token.text
    return ""


def group_of(sparql: str) -> Group:
    """The outermost group of a query that the guard has let through; empty where it has none (a plain DESCRIBE)."""
    try:
        return _Reading(sparql).outermost()
    except EOFError:
        # The engine's parser has the last word on a query whose braces stay open.
        return Group("")


class _Reading:
    def __init__(self, sparql: str) -> None:
        self._sparql = sparql
        self._stream = list(tokens(sparql))
        self._at = len(list(tokens(prologue_of(sparql))))
        self._unnamed = 0

    def outermost(self) -> Group:
        """The group after WHERE; the template of a CONSTRUCT is skipped."""
        template = self._word() == "CONSTRUCT"
        while self._at < len(self._stream):
            token = self._take()
            if token.text == "(":
                self._skip_to_close()
            elif token.text == "{":
                if template and not self._is_short():
                    self._skip_to_close()
                    template = False
                else:
                    return self._group("", None)
        return Group("")

    def _is_short(self) -> bool:
        """Whether the brace just read is that of CONSTRUCT WHERE, which is template and pattern at once."""
        return self._stream[self._at - 2].text.upper() == "WHERE"

    def _group(self, kind: str, graph: str | None) -> Group:
        group = Group(kind)
        while self._at < len(self._stream):
            token = self._peek()
            word = token.text.upper() if token.kind == "word" else ""
            if token.text == "}":
                self._at += 1
                return group
            if word == "SELECT":
                self._subquery(group, graph)
            elif word in ("FILTER", "BIND", "VALUES", "GRAPH", "SERVICE", "OPTIONAL", "MINUS", "UNION"):
                self._at += 1
                self._clause(word, group, graph)
            elif token.text == "{":
                self._at += 1
                group.inner.append(self._group("", graph))
            elif token.text == ".":
                self._at += 1
            else:
                self._triples(group, graph)
        return group

    def _clause(self, word: str, group: Group, graph: str | None) -> None:
        if word == "GRAPH":
            name = self._take().text
            if self._peek().text == "{":
                self._at += 1
                group.inner.append(self._group("GRAPH", name))
        elif word in ("OPTIONAL", "MINUS", "UNION"):
            if self._peek().text == "{":
                self._at += 1
                group.inner.append(self._group(word, graph))
        elif word == "SERVICE":
            while self._take().text != "{":
                pass
            begin = self._at
            self._skip_to_close()
            group.given |= self._variables(begin, self._at)
        elif word == "VALUES":
            begin = self._at
            while self._take().text != "{":
                pass
            group.given |= self._variables(begin, self._at)
            self._skip_to_close()
        elif word == "BIND":
            self._at += 1
            self._skip_to_close()
            group.given |= {"?" + self._stream[self._at - 2].text[1:]}
        else:
            self._filter(group, graph)

    def _filter(self, group: Group, graph: str | None) -> None:
        """An expression: (NOT) EXISTS and its group, a bracketed one, or a call."""
        while self._peek().kind in ("word", "name", "iri"):
            self._at += 1
        if self._take().text == "{":
            group.inner.append(self._group("EXISTS", graph))
        else:
            self._skip_to_close()

    def _subquery(self, group: Group, graph: str | None) -> None:
        begin = self._at
        while self._peek().text != "{":
            if self._take().text == "(":
                self._skip_to_close()
        given = self._variables(begin, self._at)
        starred = any(token.text == "*" for token in self._stream[begin : self._at])
        self._at += 1
        inner = self._group("SELECT", graph)
        group.inner.append(inner)
        group.given |= inner.variables() if starred else given
        while self._peek().text != "}":
            if self._take().kind == "open":
                self._skip_to_close()

    # -- triples

    def _triples(self, group: Group, graph: str | None) -> None:
        """A subject and its predicates and objects, up to what ends them."""
        offset = self._peek().offset
        subject = self._node(group, graph)
        self._predicates(group, graph, subject, offset, (".", "}", "{"))

    def _predicates(
        self, group: Group, graph: str | None, subject: str, offset: int, ends: tuple[str, ...]
    ) -> None:
        while self._at < len(self._stream) and self._peek().text not in ends:
            if self._peek().text == ";":
                self._at += 1
                continue
            if self._peek().kind == "word" and self._peek().text != "a":
                return
            predicate = self._path()
            while True:
                object_ = self._node(group, graph)
                group.patterns.append(Pattern(subject, predicate, object_, offset, graph))
                if self._at >= len(self._stream) or self._peek().text != ",":
                    break
                self._at += 1

    def _path(self) -> str:
        """A predicate or path: as long as its signs bind."""
        begin = self._peek().offset
        end = begin
        wants = True
        while self._at < len(self._stream):
            token = self._peek()
            if wants and token.text in ("^", "!"):
                self._at += 1
            elif wants and token.text == "(":
                self._at += 1
                self._skip_to_close()
                wants = False
            elif wants and token.kind in ("iri", "name", "word", "variable"):
                self._at += 1
                wants = False
            elif not wants and token.text in ("/", "|"):
                self._at += 1
                wants = True
            elif not wants and token.text in ("*", "+", "?"):
                self._at += 1
            else:
                break
            last = self._stream[self._at - 1]
            end = last.offset + len(last.text)
        if end == begin:
            self._at += 1
        return self._sparql[begin:end]

    def _node(self, group: Group, graph: str | None) -> str:
        """A term as written; blank nodes with properties and lists leave their patterns behind."""
        token = self._take()
        if token.text == "[":
            name = self._name()
            self._predicates(group, graph, name, token.offset, ("]",))
            self._at += 1
            return name
        if token.text == "(":
            while self._at < len(self._stream) and self._peek().text != ")":
                self._node(group, graph)
            self._at += 1
            return self._name()
        end = token.offset + len(token.text)
        if number := _NUMBER.match(self._sparql, token.offset):
            end = number.end()
        elif token.kind == "string" and self._peek().kind == "tag":
            end = self._peek().offset + len(self._peek().text)
        elif token.kind == "string" and self._peek().text == "^":
            self._at += 2
            end = self._peek().offset + len(self._peek().text)
        while self._peek().offset < end:
            self._at += 1
        return self._sparql[token.offset : end]

    def _name(self) -> str:
        self._unnamed += 1
        return f"_:unnamed{self._unnamed}"

    # -- tokens

    def _word(self) -> str:
        return self._peek().text.upper() if self._at < len(self._stream) else ""

    def _peek(self) -> Token:
        return (
            self._stream[self._at] if self._at < len(self._stream) else Token("end", "}", len(self._sparql))
        )

    def _take(self) -> Token:
        token = self._peek()
        if token.kind == "end":
            raise EOFError
        self._at += 1
        return token

    def _skip_to_close(self) -> None:
        depth = 1
        while depth and self._at < len(self._stream):
            token = self._take()
            depth += (token.kind == "open") - (token.kind == "close")

    def _variables(self, begin: int, end: int) -> set[str]:
        return {"?" + token.text[1:] for token in self._stream[begin:end] if token.kind == "variable"}
