"""Walking the shipped graph: from a provision to items and actions, to the words, and as a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

import treatygraph
from treatygraph.model.errors import KeyFormatError, QueryError, StoreMissingError
from treatygraph.model.store import Solutions

ITEM = "meeting/ctoc-cop-wg3/7/item/4"


@pytest.fixture(scope="module")
def graph(built_store: Path) -> Iterator[treatygraph.Graph]:
    with treatygraph.open(built_store) as opened:
        yield opened


def test_items_that_concern_a_provision_or_a_part_of_it(graph: treatygraph.Graph) -> None:
    links = [
        link
        for link in graph.items_concerning("treaty/untoc/art/18")
        if link.happening == "meeting/ctoc-cop-wg3/7"
    ]
    assert {(link.number, link.provision, link.where) for link in links} == {
        ("3", "treaty/untoc/art/18", "annotation"),
        ("3", "treaty/untoc/art/18/para/7", "annotation"),
    }
    assert {link.earliest for link in links} == {"2016-10-19"}


def test_actions_that_regard_a_provision_come_in_order_of_time(graph: treatygraph.Graph) -> None:
    rows = graph.actions_regarding("treaty/untoc")
    days = [row.when for row in rows if row.when is not None]
    assert len(days) > 3 and days == sorted(days)
    assert all(row.when is None for row in rows[len(days) :])
    assert ("recommend", "body/ctoc-cop/wg3", "group/states-parties") in {
        (r.verb, r.actor, r.addressee) for r in rows
    }


def test_what_a_body_was_asked_to_do(graph: treatygraph.Graph) -> None:
    rows = graph.mandates_of("body/un-secretariat")
    assert ("body/ctoc-cop/wg3", "recommend", "meeting/ctoc-cop-wg3/6", "treaty/untoc/art/19") in {
        (row.given_by, row.verb, row.source, row.regarding) for row in rows
    }


def test_the_words_behind_an_edge_in_order_of_print(graph: treatygraph.Graph) -> None:
    words = graph.evidence_of(ITEM, "concernsProvision", "treaty/untoc/art/19")
    assert [each.quote for each in words] == ["Article 19", "The same provision", "article 19"]
    assert [each.start for each in words] == sorted(each.start or 0 for each in words)
    assert all(each.rule and each.expression for each in words)


def test_the_source_behind_a_fact_of_the_registry(graph: treatygraph.Graph) -> None:
    (first, *_) = graph.evidence_of("meeting/ctoc-cop-wg3/13", "heldBy", "body/ctoc-cop/wg3")
    assert first.address and first.seen and first.quote is None


def test_a_provision_that_nothing_points_to_gives_no_rows(graph: treatygraph.Graph) -> None:
    assert graph.items_concerning("treaty/untoc/art/41") == ()


def test_a_string_that_is_no_key_is_refused(graph: treatygraph.Graph) -> None:
    with pytest.raises(KeyFormatError):
        graph.items_concerning("article 18")


def test_a_query_has_base_and_prefixes_and_may_declare_its_own(graph: treatygraph.Graph) -> None:
    answer = graph.query("SELECT ?n WHERE { <meeting/ctoc-cop-wg3/7/item/4> tg:number ?n }")
    assert isinstance(answer, Solutions) and [row[0].value for row in answer if row[0]] == ["4"]
    assert graph.query("PREFIX tg: <http://example.org/> ASK { ?x tg:number ?n }") is False


def test_a_syntax_error_names_its_line(graph: treatygraph.Graph) -> None:
    with pytest.raises(QueryError, match="line 2"):
        graph.query("SELECT ?n WHERE {\n ?x ?y ?n ?z ?w }")


def test_the_network_joins_an_article_to_an_item(graph: treatygraph.Graph) -> None:
    network = graph.network()
    assert isinstance(network, nx.MultiDiGraph)
    assert network.has_edge(ITEM, "treaty/untoc/art/19", key="concernsProvision")
    assert "AgendaItem" in network.nodes[ITEM]["types"]
    assert network.nodes["treaty/untoc/art/19"]["label"].startswith("Article 19")
    assert nx.has_path(network.to_undirected(), "treaty/untoc/art/13", "act/ctoc-cop/decision/2/2")


def test_where_there_is_no_store_the_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="nowhere"):
        treatygraph.open(tmp_path / "nowhere")
