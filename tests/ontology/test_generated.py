"""The files made from the ontology are current, and the context takes a graph there and back."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urljoin

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from treatygraph.graph import make_terms
from treatygraph.graph.iris import THINGS
from treatygraph.graph.make_terms import PREFIXES, load, main, module, outputs, split
from treatygraph.model.errors import VocabularyError

SMALL = """
@base <https://w3id.org/treatygraph/id/> .
@prefix tg: <https://w3id.org/treatygraph/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<meeting/lighthouse-cop/1> a tg:Meeting ;
    rdfs:label "First meeting"@en, "Première réunion"@fr ;
    tg:earliest "2001-02-03"^^xsd:date ;
    tg:place "Port Lamp" ;
    tg:ordinal 1 ;
    tg:heldBy <body/lighthouse-cop>, <body/lamp-bureau> .
<treaty/lighthouse> tg:structureHeld true .
<document/S/RES/2231(2015)> tg:cites <treaty/lighthouse/art/1> .
"""


@pytest.mark.parametrize("path", sorted(outputs()), ids=lambda path: path.name)
def test_generated_file_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == outputs()[path], "run python -m treatygraph.graph.make_terms"


def test_check_writes_nothing_and_fails_when_a_file_is_not_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "docs" / "ontology.md"
    monkeypatch.setattr(make_terms, "DOCS_FILE", page)
    monkeypatch.setattr(make_terms, "CHECKOUT", tmp_path)
    assert main(["--check", "--docs"]) == 1
    assert not page.exists()
    assert "is not current" in capsys.readouterr().err
    assert main(["--docs"]) == 0
    assert main(["--check", "--docs"]) == 0
    assert page.read_text(encoding="utf-8").startswith("# Ontology")


def test_module_is_the_same_for_the_same_ontology(repo: Path) -> None:
    path = repo / "ontology" / "treatygraph.ttl"
    backwards = Graph()
    for triple in sorted(load(path), reverse=True):
        backwards.add(triple)
    assert module(backwards) == module(load(path))


def test_a_term_of_an_unknown_namespace_is_named() -> None:
    with pytest.raises(VocabularyError, match="lamp#Wick"):
        split("https://example.org/lamp#Wick")


def test_an_ontology_that_is_not_turtle_is_refused_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "treatygraph.ttl"
    broken.write_text("@prefix tg: <https://w3id.org/treatygraph/ns#> .\n\ntg:Treaty a .\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        load(broken)
    assert caught.value.where is not None
    assert caught.value.where.line == 3


def test_context_knows_every_prefix(repo: Path) -> None:
    context = json.loads((repo / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert {prefix: context[prefix] for prefix in PREFIXES} == dict(PREFIXES)


def test_a_graph_goes_to_json_ld_and_back(repo: Path) -> None:
    context = json.loads((repo / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
    graph = Graph().parse(data=SMALL, format="turtle")
    text = graph.serialize(format="json-ld", context=context["@context"])
    assert isomorphic(Graph().parse(data=text, format="json-ld"), graph)


def test_json_ld_reads_as_plain_names(repo: Path) -> None:
    context = json.loads((repo / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
    graph = Graph().parse(data=SMALL, format="turtle")
    values = json.loads(graph.serialize(format="json-ld", context=context["@context"]))
    meeting = next(each for each in values["@graph"] if each.get("type") == "Meeting")
    assert meeting["earliest"] == "2001-02-03"
    assert meeting["place"] == "Port Lamp"
    resolved = sorted(urljoin(context["@context"]["@base"], each) for each in meeting["heldBy"])
    assert resolved == [f"{THINGS}body/lamp-bureau", f"{THINGS}body/lighthouse-cop"]
