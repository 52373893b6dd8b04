"""The registry's files of provisions are made by the reader, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatygraph.model.errors import RegistryError
from treatygraph.parse.treaty import parse_treaties
from treatygraph.pipeline.provisions import choose_treaty, provisions_file
from treatygraph.read import read_file
from treatygraph.registry import load_registry
from treatygraph.registry.loading import read_toml
from treatygraph.registry.provisions import load_provisions, table_of

SAMPLES = {
    "document/A/RES/2200(XXI)A": "A_RES_2200_XXI.txt",
    "document/A/RES/55/25": "A_RES_55_25.txt",
    "document/A/RES/55/255": "A_RES_55_255.txt",
    "document/A/RES/57/199": "A_RES_57_199.txt",
    "document/A/RES/79/243": "A_RES_79_243.txt",
}
"""Where the corpus keeps the text of each document that a file of provisions was read from."""


@pytest.mark.parametrize(
    "name",
    [
        "iccpr",
        "iccpr-op1",
        "icescr",
        "opcat",
        "un-cybercrime",
        "untoc",
        "untoc-firearms",
        "untoc-som",
        "untoc-tip",
    ],
)
def test_each_file_is_made_again_byte_for_byte(repo: Path, shared: Path, name: str) -> None:
    path = repo / "data/registry/provisions" / f"{name}.toml"
    table = table_of(read_toml(path))
    source = read_file(shared / "corpus/samples" / SAMPLES[table.document])
    instrument = load_registry(repo / "data/registry").instruments[table.instrument]
    names = [instrument.name, *(alias.text for alias in instrument.aliases)]
    treaty = choose_treaty(parse_treaties(source), table.instrument, names)
    made = provisions_file(
        treaty,
        source,
        instrument=table.instrument,
        document=table.document,
        address=table.address,
        seen=table.seen,
    )
    assert made == path.read_text(encoding="utf-8")


def test_no_file_of_provisions_is_left_out_of_the_test_above(repo: Path) -> None:
    tables = load_provisions(repo / "data/registry/provisions")
    assert {table.document for table in tables.values()} == set(SAMPLES)
    assert len(tables) == 9


def test_a_file_that_is_made_is_read_back(repo: Path, tmp_path: Path) -> None:
    source = read_file(repo / "tests/fixtures/treaties/saltmouth.txt", language="en")
    treaty = parse_treaties(source)[0]
    text = provisions_file(
        treaty,
        source,
        instrument="treaty/lights",
        document="document/CP/RES/40/3",
        address="“ours”\\",
        seen="test",
    )
    (tmp_path / "lights.toml").write_text(text, encoding="utf-8")
    table = load_provisions(tmp_path)["treaty/lights"]
    assert [(u.path, u.kind, u.number, u.title, u.span) for u in treaty.provisions] == [
        (p.path, p.kind, p.number, p.title, table.spans[p.path]) for p in table.provisions.values()
    ]
    assert table.repairs == treaty.repairs
    assert table.address == "“ours”\\"


def test_the_treaty_is_chosen_by_its_name_or_an_alias(repo: Path) -> None:
    treaties = parse_treaties(read_file(repo / "tests/fixtures/treaties/saltmouth.txt", language="en"))
    assert (
        choose_treaty(treaties, "treaty/lights", ["convention on the  tending of lighthouses"]) is treaties[0]
    )
    assert choose_treaty(treaties, "treaty/buoys", ["Protocol against the Wrecking of Buoys"]) is treaties[1]
    with pytest.raises(RegistryError, match="holds 0 treaties") as caught:
        choose_treaty(treaties, "treaty/lights", ["Convention"])
    assert "Convention on the Tending of Lighthouses" in str(caught.value)
