"""Loading shapes: what is named, what the digest covers, what is refused and how."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import SH, BNode, Graph

from treatygraph.model.errors import VocabularyError
from treatygraph.validate import Shapes, load_shapes, validate_triples

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix tgs: <https://w3id.org/treatygraph/shapes#> .
"""


@pytest.fixture
def copied(repo: Path, tmp_path: Path) -> Path:
    """A copy of the shapes, with the lists of concepts beside it."""
    shutil.copytree(repo / "ontology", tmp_path / "ontology")
    return tmp_path / "ontology" / "shapes"


def test_every_property_shape_has_a_name(shapes: Shapes) -> None:
    parts = list(shapes.graph.objects(None, SH.property))
    assert len(parts) > 100
    assert not [part for part in parts if isinstance(part, BNode)]
    assert {shapes.owner(part) for part in parts} <= set(shapes.graph.subjects(SH.property))


def test_every_node_shape_says_in_which_file_it_stands(shapes: Shapes) -> None:
    assert {str(shape) for shape in shapes.node_shapes()} <= set(shapes.files)
    assert shapes.files["https://w3id.org/treatygraph/shapes#Slot"] == "agenda.ttl"


def test_digest_is_of_the_content_of_shapes_and_concepts(copied: Path, shapes: Shapes) -> None:
    assert load_shapes(copied).digest == shapes.digest
    for file in (copied / "agenda.ttl", copied.parent / "concepts.ttl"):
        before = load_shapes(copied).digest
        file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert load_shapes(copied).digest != before


def test_broken_turtle_is_refused_with_file_and_line(copied: Path) -> None:
    (copied / "lamps.ttl").write_text(
        HEAD + "tgs:Lamp a sh:NodeShape ;\n  sh:targetClass ] .\n", encoding="utf-8"
    )
    with pytest.raises(VocabularyError) as caught:
        load_shapes(copied)
    assert caught.value.where is not None
    assert caught.value.where.line == 4
    assert "lamps.ttl, line 4" in str(caught.value)
    assert caught.value.remedy


def test_bytes_that_are_not_utf_8_are_refused(copied: Path) -> None:
    (copied / "lamps.ttl").write_bytes(b"\xff\xfe")
    with pytest.raises(VocabularyError, match=r"lamps\.ttl"):
        load_shapes(copied)


def test_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="no shapes"):
        load_shapes(tmp_path)


@pytest.mark.parametrize(
    "shape",
    [
        "tgs:Lamp a sh:NodeShape ; sh:targetNode tgs:X ;"
        ' sh:sparql [ sh:select "SELECT $this WHERE { VALUES ?x { 1 } }" ] .',
        "tgs:Lamp a sh:NodeShape ; sh:targetNode tgs:X ; sh:property [ sh:minCount 1 ] .",
    ],
    ids=["VALUES in a constraint", "property shape without a path"],
)
def test_shapes_that_the_engine_cannot_use_are_refused(tmp_path: Path, shape: str) -> None:
    (tmp_path / "lamps.ttl").write_text(HEAD + shape, encoding="utf-8")
    with pytest.raises(VocabularyError, match="cannot be used"):
        validate_triples(Graph(), load_shapes(tmp_path))
