"""Every term and concept of ours is explained, exemplified and used as the generated files say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from treatygraph.graph import terms
from treatygraph.graph.iris import TERMS, THINGS
from treatygraph.graph.terms import EVIDENCED, PREFIXES, SUPERPROPERTIES, TG, properties_of, types_of
from treatygraph.model.actions import Modality
from treatygraph.model.citations import CitationKind, Reason
from treatygraph.model.tree import DocumentKind, Place

TURTLE = "\n".join(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items())


@pytest.fixture(scope="module")
def ontology(repo: Path) -> Graph:
    return Graph().parse(repo / "ontology" / "treatygraph.ttl")


@pytest.fixture(scope="module")
def concepts(repo: Path) -> Graph:
    return Graph().parse(repo / "ontology" / "concepts.ttl")


@pytest.fixture(scope="module")
def shapes(repo: Path) -> str:
    return "\n".join(
        file.read_text(encoding="utf-8") for file in (repo / "ontology" / "shapes").glob("*.ttl")
    )


def own(ontology: Graph) -> list[str]:
    return sorted({str(s) for s in ontology.subjects() if str(s).startswith(TERMS) and str(s) != TERMS})


def concept_names(concepts: Graph, scheme: str) -> set[str]:
    base = f"{THINGS}concept/{scheme}"
    return {str(s).removeprefix(base + "/") for s in concepts.subjects(SKOS.inScheme, URIRef(base))}


def test_every_term_is_explained(ontology: Graph) -> None:
    for term in own(ontology):
        for needed in (RDFS.label, SKOS.definition, SKOS.example, RDFS.isDefinedBy):
            assert ontology.value(URIRef(term), needed), f"{term} has no {needed}"


def test_every_example_is_turtle_that_uses_its_term(ontology: Graph) -> None:
    for term in own(ontology):
        example = str(ontology.value(URIRef(term), SKOS.example))
        graph = Graph().parse(data=f"@base <{THINGS}> .\n{TURTLE}\n{example}", format="turtle")
        used = {str(node) for triple in graph for node in triple}
        assert term in used, f"the example of {term} does not use it"


def test_every_property_says_of_what_it_is_and_what_it_takes(ontology: Graph) -> None:
    includes = [URIRef(f"https://schema.org/{name}Includes") for name in ("domain", "range")]
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    for term in map(URIRef, own(ontology)):
        if not {term, *ontology.objects(term, RDF.type)} & classes:
            assert ontology.value(term, RDFS.domain) or ontology.value(term, includes[0]), f"{term}: of what?"
            assert ontology.value(term, RDFS.range) or ontology.value(term, includes[1]), (
                f"{term}: what value?"
            )


def test_a_term_that_is_mentioned_exists(ontology: Graph, shapes: str) -> None:
    known = {*own(ontology), *map(str, ontology.objects(URIRef(TERMS), URIRef(TERMS + "reuses"))), TERMS}
    mentioned = {str(node) for triple in ontology for node in triple if isinstance(node, URIRef)}
    text = re.sub(r'sh:(message|prefix|namespace) "[^"]*"', "", shapes)
    for prefix, local in re.findall(r"(?<![\w-])([a-z][a-z-]*):([A-Za-z_]\w*)", text):
        if prefix in PREFIXES:
            mentioned.add(PREFIXES[prefix] + local)
    outside = ("https://w3id.org/treatygraph/ns/", "https://www.apache.org/")
    assert sorted(each for each in mentioned - known if not each.startswith(outside)) == []


def test_messages_of_shapes_mention_only_terms_that_exist(ontology: Graph, shapes: str) -> None:
    for message in re.findall(r'sh:message "((?:[^"\\]|\\.)*)"', shapes):
        for local in re.findall(r"\btg:(\w+)", message):
            assert TERMS + local in own(ontology), f"{message!r} mentions tg:{local}"


def test_every_message_says_how_to_mend_it(shapes: str) -> None:
    messages = re.findall(r'sh:message "((?:[^"\\]|\\.)*)"', shapes)
    assert len(messages) > 100
    assert [each for each in messages if not re.fullmatch(r".+[.] To mend it, [a-z].+[.]", each)] == []


def test_the_evidence_rule_looks_at_exactly_the_evidenced_properties(repo: Path) -> None:
    text = (repo / "ontology" / "shapes" / "evidence.ttl").read_text(encoding="utf-8")
    rule = text[text.index("tgs:EvidenceRule") : text.index("tgs:Edge ")]
    pairs = re.findall(r"\{ \?value (tg:\w+) \?object \. BIND \((tg:\w+) AS \?path\) \}", rule)
    assert all(stated == bound for stated, bound in pairs)
    assert sorted(stated for stated, _ in pairs) == sorted(
        f"tg:{node.value.split('#')[1]}" for node in EVIDENCED
    )


def test_the_superproperty_rule_looks_at_exactly_the_subproperties(repo: Path) -> None:
    text = (repo / "ontology" / "shapes" / "evidence.ttl").read_text(encoding="utf-8")
    rule = text[text.index("tgs:SuperpropertiesStated") : text.index("tgs:Passage ")]
    found = set(re.findall(r"\?value tg:(\w+) \?thing \. BIND", rule))
    assert found == {
        node.value.split("#")[1] for node, above in SUPERPROPERTIES.items() if TG.object in above
    }


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError):
        _ = TG.consernsProvision  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        TG.concernsProvision = TG.cites  # type: ignore[misc]


def test_types_of_a_class_are_itself_and_all_above_it() -> None:
    names = [node.value.rsplit("#", 1)[1] for node in types_of(TG.Session)]
    assert sorted(names) == ["Activity", "Activity", "Happening", "Session"]
    assert types_of(TG.EvidencedProperty) == tuple(
        sorted(types_of(TG.EvidencedProperty), key=lambda n: n.value)
    )


def test_properties_of_a_subproperty_hold_its_superproperty() -> None:
    assert properties_of(TG.adopts) == (TG.adopts, TG.object)
    assert properties_of(TG.object) == (TG.object,)


def test_what_stands_above_an_evidenced_property_is_evidenced() -> None:
    assert {above for node in EVIDENCED for above in SUPERPROPERTIES.get(node, ())} <= EVIDENCED


def test_every_value_of_the_model_has_its_concept(concepts: Graph) -> None:
    assert concept_names(concepts, "modality") == {each.value for each in Modality}
    assert concept_names(concepts, "reason") == {each.value for each in Reason}
    assert concept_names(concepts, "citation-kind") == {each.value for each in CitationKind}
    assert concept_names(concepts, "document-kind") >= {each.value.replace(" ", "-") for each in DocumentKind}
    assert concept_names(concepts, "place-in-document") == {each.value.replace(" ", "-") for each in Place}


def test_every_concept_is_explained_and_exemplified(concepts: Graph) -> None:
    for concept in concepts.subjects(RDF.type, SKOS.Concept):
        for needed in (RDFS.label, SKOS.prefLabel, SKOS.definition, SKOS.example, SKOS.inScheme):
            assert concepts.value(concept, needed), f"{concept} has no {needed}"


def test_concepts_are_sorted_and_stand_once(repo: Path) -> None:
    text = (repo / "ontology" / "concepts.ttl").read_text(encoding="utf-8")
    verbs = re.findall(r"^<concept/verb/([^>]+)> a skos:Concept", text, re.MULTILINE)
    assert verbs == sorted(verbs)
    assert len(verbs) == len(set(verbs)) >= 70


def test_example_of_a_verb_uses_the_verb(concepts: Graph) -> None:
    """The first word of the lemma, or of another name, begins a word of the example, past tense and all."""
    for verb in concepts.subjects(SKOS.inScheme, URIRef(f"{THINGS}concept/verb")):
        example = str(concepts.value(verb, SKOS.example)).lower()
        names = [*concepts.objects(verb, SKOS.prefLabel), *concepts.objects(verb, SKOS.altLabel)]
        stems = {str(each).split()[0].rstrip("ey")[:6] for each in names} | {"undertook"}
        assert any(stem in example for stem in stems), f"{verb}: {example}"


def test_terms_module_exports_one_object_a_namespace() -> None:
    assert {prefix.upper().replace("-", "_") for prefix in PREFIXES} <= set(vars(terms))


def test_every_verb_that_a_language_reads_is_a_concept(repo: Path, concepts: Graph) -> None:
    """An action with a verb outside the list would be refused at the gate."""
    files = sorted((repo / "src" / "treatygraph" / "parse" / "lang").glob("*/verbs.toml"))
    assert files
    for file in files:
        rows = tomllib.loads(file.read_text(encoding="utf-8"))["verb"]
        lemmas = {row["lemma"].replace(" ", "-") for row in rows}
        assert lemmas <= concept_names(concepts, "verb"), file


EDOXEN_ACTION_TYPES = frozenset(
    [
        "adopts",
        "thanks",
        "approves",
        "decides",
        "declares",
        "asks",
        "invites",
        "resolves",
        "confirms",
        "welcomes",
        "recommends",
        "requests",
        "congratulates",
        "instructs",
        "urges",
        "appoints",
        "calls-upon",
        "encourages",
        "affirms",
        "elects",
        "authorizes",
        "charges",
        "states",
        "remarks",
        "judges",
        "sanctions",
        "abrogates",
        "empowers",
    ]
)
"""The action types of Edoxen, each of which stands with a verb of this list."""


def test_notations_of_verbs_name_the_lists_that_they_are_of(concepts: Graph) -> None:
    notations = {
        str(notation)
        for verb in concepts.subjects(SKOS.inScheme, URIRef(f"{THINGS}concept/verb"))
        for notation in concepts.objects(verb, SKOS.notation)
    }
    assert all(re.fullmatch(r"(?:un80|edoxen):[a-z][a-z-]+", notation) for notation in notations)
    edoxen = {notation.removeprefix("edoxen:") for notation in notations if notation.startswith("edoxen:")}
    assert edoxen == EDOXEN_ACTION_TYPES
