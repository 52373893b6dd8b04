"""Whose "General Assembly" a document is of: that of the best known family, or of another organization."""

from __future__ import annotations

import pytest

from treatygraph.cite import cite_document
from treatygraph.cite.families import names_organization
from treatygraph.parse import parse
from treatygraph.parse.lexicon import entries, languages
from treatygraph.read import read_text
from treatygraph.registry.values import Registry

RESOLUTION = (
    "{}\n\nOn lamps\n\nThe General Assembly,\n\nRecalling resolution 55/25 of the United Nations General Assembly,\n\n"
    "1. Requests the General Assembly to consider lamps at its sixtieth session.\n"
)


def of(registry: Registry, text: str) -> tuple[str | None, str, list[str | None]]:
    identity, found = cite_document(parse(read_text(text, name="a.txt", language="en")), registry)
    targets = [c.target for c in found.citations if c.kind in ("act", "happening")]
    return identity.body, identity.key, targets


@pytest.mark.parametrize("head", ["AG/RES. 31 (LIX-O/29)", "ORGANIZATION OF ISLAND LAMPS (OIL)"])
def test_the_general_assembly_of_another_organization_is_not_the_known_one(registry, head: str) -> None:
    body, _, targets = of(registry, RESOLUTION.format(head))
    assert (body, targets) == (None, ["document/A/RES/55/25", None])


@pytest.mark.parametrize("head", ["A/RES/59/31", "Strengthening of the Organization", "UNITED NATIONS"])
def test_a_head_that_names_no_other_organization_leaves_the_known_one(registry, head: str) -> None:
    body, _, targets = of(registry, RESOLUTION.format(head))
    assert (body, targets) == ("body/unga", ["document/A/RES/55/25", "session/unga/60"])


def test_a_paper_of_a_body_that_is_not_known_speaks_of_the_known_one(registry) -> None:
    note = "{}\n\nStanding Committee\n\nTraining of wallers\n\n1. The General Assembly adopted resolution 55/25 at its fifty-fifth session.\n"
    body, _, targets = of(registry, note.format("WALL/SC.3/2026/5"))
    assert (body, targets) == (None, ["document/A/RES/55/25", "session/unga/55"])


def test_an_act_that_is_numbered_as_the_known_one_numbers_its_own_is_its_own(registry) -> None:
    text = RESOLUTION.replace("\n\nOn", " On").format("ORGANIZATION OF ISLAND LAMPS\n\n59/31.")
    assert of(registry, text)[:2] == ("body/unga", "document/A/RES/59/31")


@pytest.mark.parametrize("language", languages())
def test_each_noun_of_an_organization_is_found_in_its_example(language: str) -> None:
    for entry in entries(language, "frontmatter", "organization"):
        assert names_organization(entry["example"], language), entry


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Organization of work", "en"),
        ("Reform of the Organization", "en"),
        ("组织事项", "zh"),
        ("Union", "fr"),
    ],
)
def test_what_only_holds_the_noun_names_no_organization(line: str, language: str) -> None:
    assert not names_organization(line, language)
