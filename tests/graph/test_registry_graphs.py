"""The graphs of the registry: every fact with its source, conflicts with both values, the same bytes each time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from treatygraph.graph.canonical import to_nquads
from treatygraph.graph.iris import THINGS, edge_key, iri
from treatygraph.graph.statements_registry import registry_quads
from treatygraph.graph.terms import EVIDENCED, PROV, RDF, RDFS, TG
from treatygraph.model.errors import RegistryError

PREFIXES = f"BASE <{THINGS}> PREFIX tg: <{TG.NAMESPACE}> PREFIX eli: <http://data.europa.eu/eli/ontology#> "
PREFIXES += (
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX prov: <http://www.w3.org/ns/prov#> "
)

Graphs = dict[str, list[Quad]]


@pytest.fixture(scope="module")
def graphs(repo: Path) -> Graphs:
    return registry_quads(repo / "data" / "registry")


@pytest.fixture(scope="module")
def merged(graphs: Graphs) -> Store:
    """The merge of all graphs, as queries see it."""
    store = Store()
    store.extend(
        Quad(each.subject, each.predicate, each.object) for quads in graphs.values() for each in quads
    )
    return store


def ask(store: Store, where: str) -> set[tuple[str, ...]]:
    """The rows of a query: keys of things, lexical forms of literals."""
    found = store.query(PREFIXES + where)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return {tuple(shown(row[name]) for name in names) for row in found}


def shown(term: object) -> str:
    assert isinstance(term, NamedNode | Literal)
    return term.value.removeprefix(THINGS)


def rows(graphs: Graphs) -> Iterable[Quad]:
    return (quad for quads in graphs.values() for quad in quads)


def test_every_evidenced_triple_has_an_edge_node_with_a_source(graphs: Graphs) -> None:
    statements = {(each.subject, each.predicate, each.object) for each in rows(graphs)}
    sourced = {subject for subject, predicate, _ in statements if predicate == PROV.hadPrimarySource}
    evidenced = [each for each in statements if each[1] in EVIDENCED]
    assert len(evidenced) > 1000
    for subject, predicate, value in evidenced:
        edge = iri(edge_key(subject, predicate, value))
        assert (edge, RDF.object, value) in statements
        assert edge in sourced


def test_every_thing_that_is_pointed_to_has_a_type_and_a_label(graphs: Graphs) -> None:
    """Concepts apart, which a graph of their own describes."""
    typed = {each.subject for each in rows(graphs) if each.predicate == RDF.type}
    labelled = {each.subject for each in rows(graphs) if each.predicate == RDFS.label}
    pointed = {
        each.object
        for each in rows(graphs)
        if isinstance(each.object, NamedNode) and each.object.value.startswith(THINGS)
    }
    things = {node for node in pointed if not node.value.startswith(THINGS + "concept/")}
    assert things <= typed & labelled


def test_each_thing_has_one_label(graphs: Graphs) -> None:
    labels: dict[object, set[object]] = {}
    for each in rows(graphs):
        if each.predicate == RDFS.label:
            labels.setdefault(each.subject, set()).add(each.object)
    assert {node: names for node, names in labels.items() if len(names) > 1} == {}


def test_the_acts_that_established_or_renewed_a_working_group(merged: Store) -> None:
    found = ask(
        merged,
        """SELECT ?group ?how ?act WHERE {
            VALUES ?how { tg:establishes tg:renews }
            ?action ?how ?group ; tg:source ?act ; tg:actor <body/ctoc-cop> .
            FILTER STRSTARTS(STR(?group), "https://w3id.org/treatygraph/id/body/ctoc-cop/wg") }""",
    )
    establishes, renews = TG.establishes.value, TG.renews.value
    assert found == {
        ("body/ctoc-cop/wg2", establishes, "act/ctoc-cop/decision/2/6"),
        ("body/ctoc-cop/wg3", renews, "act/ctoc-cop/decision/3/2"),
        ("body/ctoc-cop/wg4", establishes, "act/ctoc-cop/decision/4/4"),
        ("body/ctoc-cop/wg5", establishes, "act/ctoc-cop/resolution/5/5"),
        ("body/ctoc-cop/wg7", renews, "act/ctoc-cop/resolution/7/1"),
    }


def test_a_body_that_is_established_to_do_something_has_a_mandate(merged: Store) -> None:
    found = ask(
        merged,
        """SELECT ?body ?by ?occasion WHERE { ?mandate tg:addressee ?body ; tg:givenBy ?by ; tg:fromAction ?action .
            ?action tg:source <act/ctoc-cop/resolution/12/4> . ?mandate tg:occasion ?occasion }""",
    )
    assert found == {("body/ctoc-cop/ieg-environment", "body/ctoc-cop", "session/ctoc-cop/13")}


def test_a_numbered_text_has_its_adoption(merged: Store) -> None:
    found = ask(
        merged,
        """SELECT ?action ?actor ?source ?date WHERE { ?action tg:adopts <act/ctoc-cop/decision/1/2> ;
            tg:actor ?actor ; tg:source ?source ; tg:earliest ?date }""",
    )
    assert found == {
        ("act/ctoc-cop/decision/1/2/adoption", "body/ctoc-cop", "session/ctoc-cop/1", "2004-07-07")
    }


def test_a_resolution_adopted_the_convention_and_two_protocols(merged: Store) -> None:
    found = ask(
        merged,
        """SELECT ?treaty ?date WHERE { ?action tg:source <document/A/RES/55/25> ; tg:actor <body/unga> ;
            tg:adopts ?treaty ; tg:earliest ?date }""",
    )
    assert found == {(f"treaty/{name}", "2000-11-15") for name in ("untoc", "untoc-som", "untoc-tip")}


def test_both_values_of_a_conflict_are_disputed(merged: Store) -> None:
    query = """SELECT ?value ?address WHERE { ?edge rdf:subject <%s> ; rdf:predicate %s ; rdf:object ?value ;
        tg:disputed true ; prov:hadPrimarySource/tg:address ?address }"""
    last = ask(merged, query % ("session/ctoc-cop/1", "tg:latest"))
    assert {value for value, _ in last} == {"2004-07-08", "2004-07-09"}
    assert ask(merged, query % ("session/ctoc-cop/1", "tg:earliest")) == set()
    year = ask(merged, query % ("session/ctoc-cop/2", "tg:earliest"))
    assert {value for value, _ in year} == {"2005-10-01", "2006-10-10"}
    assert {value[:9] for value, _ in ask(merged, query % ("act/ctoc-cop/resolution/11/5", "tg:title"))} == {
        "Implement",
        "Effective",
    }
    report = ask(merged, query % ("document/CTOC/COP/WG.4/2010/6", "tg:earliest"))
    assert {value for value, _ in report} == {"2010-02-16", "2010-02-17"}


def test_parties_are_counted_at_dates(merged: Store) -> None:
    found = ask(
        merged,
        """SELECT ?date ?count WHERE { ?node tg:countOf <treaty/untoc-firearms> ; tg:count ?count ;
            tg:earliest ?date }""",
    )
    assert found == {("2005-03-08", "35"), ("2018-10-19", "115"), ("2020-10-12", "119")}


def test_a_treaty_entered_into_force_and_is_printed(merged: Store) -> None:
    found = ask(
        merged,
        """SELECT ?date ?where ?supplements WHERE { <treaty/untoc-som> tg:entryIntoForce ?date ;
            tg:publishedIn ?where ; tg:supplements ?supplements }""",
    )
    assert found == {("2004-01-28", "publication/unts/2241/39574", "treaty/untoc")}


def test_an_agenda_item_concerns_the_instrument_of_its_title(merged: Store) -> None:
    found = ask(
        merged,
        """SELECT ?item ?number WHERE { ?item tg:concernsInstrument <treaty/untoc-firearms> ; tg:number ?number }""",
    )
    assert found == {
        ("session/ctoc-cop/6/item/2/d", "2 (d)"),
        ("meeting/ctoc-cop-wg6/2018-05-02/item/3", "3"),
    }


def test_an_item_is_part_of_the_item_that_its_number_names(merged: Store) -> None:
    found = ask(merged, "SELECT ?above WHERE { <session/ctoc-cop/9/item/2/b> tg:partOf ?above }")
    assert found == {("session/ctoc-cop/9/item/2",)}


def test_a_report_is_of_its_session(merged: Store) -> None:
    found = ask(merged, "SELECT ?text WHERE { ?text tg:reportOf <session/ctoc-cop/4> }")
    assert found == {("document/CTOC/COP/2008/19",)}


def test_a_joint_discussion_was_held_by_two_and_endorsed(merged: Store) -> None:
    happening = "meeting/ctoc-cop-wg2-wg3/2012-10-18"
    assert ask(merged, f"SELECT ?body WHERE {{ <{happening}> tg:heldBy ?body }}") == {
        ("body/ctoc-cop/wg2",),
        ("body/ctoc-cop/wg3",),
    }
    endorsed = ask(
        merged,
        "SELECT ?what WHERE { ?action tg:source <act/ctoc-cop/resolution/6/1> ; tg:endorses ?what }",
    )
    assert (happening,) in endorsed
    assert len(endorsed) == 2


@pytest.mark.parametrize(
    ("treaty", "articles", "paragraphs", "lettered"),
    [("untoc", 41, 174, 130), ("untoc-tip", 20, 54, 23), ("untoc-som", 25, 66, 41)],
)
def test_provisions_are_stated_with_their_place(
    merged: Store, treaty: str, articles: int, paragraphs: int, lettered: int
) -> None:
    counted = {
        kind: len(
            ask(
                merged,
                f"""SELECT ?node WHERE {{ ?node a tg:Provision ; eli:id_local ?local ; eli:is_part_of ?above ;
                    eli:type_subdivision <concept/subdivision/{kind}> .
                    FILTER STRSTARTS(STR(?node), "{THINGS}treaty/{treaty}/") }}""",
            )
        )
        for kind in ("article", "paragraph", "subparagraph")
    }
    assert counted == {"article": articles, "paragraph": paragraphs, "subparagraph": lettered}


def test_a_provision_has_title_number_and_label(merged: Store) -> None:
    found = ask(
        merged,
        """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?title ?number ?label WHERE { <treaty/untoc/art/19> tg:title ?title ; eli:number ?number ;
            rdfs:label ?label }""",
    )
    assert found == {("Joint investigations", "19", "Article 19, Organized Crime Convention")}


def test_two_builds_give_the_same_bytes(repo: Path, graphs: Graphs) -> None:
    """Under another hash seed and locale too."""
    program = (
        "import sys; from pathlib import Path\n"
        "from treatygraph.graph.canonical import to_nquads\n"
        "from treatygraph.graph.statements_registry import registry_quads\n"
        "graphs = registry_quads(Path(sys.argv[1]))\n"
        "sys.stdout.buffer.write(b''.join(to_nquads(graphs[key]) for key in graphs))\n"
    )
    run = subprocess.run(  # our own interpreter, on our own files
        [sys.executable, "-c", program, str(repo / "data" / "registry")],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONPATH": str(repo / "src")},
    )
    assert run.stdout == b"".join(to_nquads(graphs[key]) for key in graphs)


def registry_with(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_plain_turtle_becomes_a_graph_of_its_own(tmp_path: Path) -> None:
    text = f'@prefix tg: <{TG.NAMESPACE}> . <body/pond> tg:gap "Nobody knows its depth."@en .'
    graphs = registry_quads(registry_with(tmp_path, "pond.ttl", text))
    [quad] = graphs["graph/registry/pond"]
    assert (quad.subject, quad.graph_name) == (iri("body/pond"), iri("graph/registry/pond"))


def test_broken_turtle_is_refused_with_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="not Turtle") as caught:
        registry_quads(registry_with(tmp_path, "pond.ttl", "<body/pond> a\n  tg:Body ..\n"))
    where = caught.value.where
    assert where is not None
    assert (where.file, where.line) == ("pond.ttl", 2)
    assert where.column is not None


def test_a_blank_node_in_turtle_is_refused(tmp_path: Path) -> None:
    text = f"@prefix tg: <{TG.NAMESPACE}> . [] tg:gap 'What?' ."
    with pytest.raises(RegistryError, match="blank node"):
        registry_quads(registry_with(tmp_path, "pond.ttl", text))
