"""Exports: the same store gives the same bytes, and each format is read back as what it was."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from treatygraph.export import GRAPH_FORMATS, graph_bytes
from treatygraph.graph.iris import iri
from treatygraph.model.errors import RdfSyntaxError
from treatygraph.store import open_reader


def test_the_named_graphs_come_without_the_build_unless_asked(built_store: Path) -> None:
    build = iri("graph/build")
    with open_reader(built_store) as store:
        plain = {quad.graph_name for quad in parse(graph_bytes(store, "nquads"), format=RdfFormat.N_QUADS)}
        full = {
            quad.graph_name
            for quad in parse(graph_bytes(store, "nquads", with_build=True), format=RdfFormat.N_QUADS)
        }
    assert build not in plain
    assert full == plain | {build}


@pytest.mark.parametrize("form", ["nquads", "ntriples"])
def test_lines_are_sorted_and_none_stands_twice(built_store: Path, form: str) -> None:
    with open_reader(built_store) as store:
        lines = graph_bytes(store, form).splitlines()
    assert lines == sorted(set(lines))


@pytest.mark.parametrize("form", ["trig", "nquads"])
def test_formats_with_graphs_hold_the_same_quads(built_store: Path, form: str) -> None:
    with open_reader(built_store) as store:
        data = graph_bytes(store, form)
        held = {
            quad for graph in store.graphs() if graph != iri("graph/build") for quad in store.quads(graph)
        }
    assert set(parse(data, format=GRAPH_FORMATS[form])) == held


@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_formats_without_graphs_hold_the_merge(built_store: Path, form: str) -> None:
    with open_reader(built_store) as store:
        data = graph_bytes(store, form)
        merged = set(store.merged())
    assert {quad.triple for quad in parse(data, format=GRAPH_FORMATS[form])} == merged


def test_rdflib_reads_the_turtle(built_store: Path) -> None:
    with open_reader(built_store) as store:
        data = graph_bytes(store, "turtle")
        count = len(set(store.merged()))
    assert len(rdflib.Graph().parse(data=data, format="turtle")) == count


def test_an_unknown_format_is_refused(built_store: Path) -> None:
    with open_reader(built_store) as store, pytest.raises(RdfSyntaxError, match="nquads"):
        graph_bytes(store, "xlsx")
