"""Documents that tell the same things conform together."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Triple

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import TG
from treatygraph.pipeline.extract import extract_file
from treatygraph.pipeline.gate import merge
from treatygraph.pipeline.ingest import extraction_graph
from treatygraph.pipeline.shipped import Graphs, Sources, registry_graphs
from treatygraph.registry.load import load_registry
from treatygraph.validate import Shapes, validate_triples

TOLD = """# Conference of the Parties to the United Nations Convention against Transnational Organized Crime

## Working Group on International Cooperation

Vienna, {days} May 2031

### Provisional agenda and annotations

1. Review of lamps.

## Annotations

### 1. Review of lamps

At its second session, held in Vienna from 10 to 21 October 2005, the Conference of the Parties to the Organized
Crime Convention adopted decision 2/2. {more}
"""


def graphs_of(repo: Path, folder: Path, texts: dict[str, str]) -> Graphs:
    sources = Sources(repo / "ontology", repo / "data")
    registry = load_registry(sources.registry)
    graphs = registry_graphs(sources)
    for name, text in texts.items():
        file = folder / name
        file.write_text(text, encoding="utf-8")
        graphs |= extraction_graph(
            extract_file(file, registry, symbol=f"CTOC/COP/WG.3/2031/{name[0]}"), registry
        )
    return graphs


def test_two_agendas_may_tell_the_same_adoption(repo: Path, tmp_path: Path, shapes: Shapes) -> None:
    """Each says it in its own words, and both stand as evidence."""
    texts = {
        "1.md": TOLD.format(days="5-7", more=""),
        "2.md": TOLD.format(days="8-9", more="The Working Group has met since."),
    }
    triples: set[Triple] = merge(graphs_of(repo, tmp_path, texts))
    adoption = iri("act/ctoc-cop/decision/2/2/adoption")
    clauses = {each.object for each in triples if each.subject == adoption and each.predicate == TG.clause}
    assert len(clauses) == 2
    assert [result.message for result in validate_triples(triples, shapes).results] == []
