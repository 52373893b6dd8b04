"""What keys say: the class of a thing, what it is part of, and its name."""

import pytest

from treatygraph.graph import labels
from treatygraph.graph.terms import TG
from treatygraph.model.errors import KeyFormatError
from treatygraph.registry.values import Alias, Body, Instrument, Registry

REGISTRY = Registry(
    instruments={
        "treaty/lakes": Instrument(
            "treaty/lakes", "Convention on the Protection of Lakes", (Alias("Lakes Convention"),)
        )
    },
    bodies={"body/lakes-cop": Body("body/lakes-cop", "Conference of the Parties to the Lakes Convention")},
    groups={},
    tools={},
    texts={},
    digest="",
)


@pytest.mark.parametrize(
    ("key", "cls"),
    [
        ("treaty/lakes", TG.Treaty),
        ("treaty/lakes/art/2", TG.Provision),
        ("document/A/RES/60/1", TG.Document),
        ("document/A/RES/60/1/para/7", TG.Provision),
        ("document/A/RES/60/1/adoption", TG.Action),
        ("act/lakes-cop/decision/2/2", TG.Document),
        ("act/lakes-cop/decision/2/2/adoption", TG.Action),
        ("session/lakes-cop/2", TG.Session),
        ("meeting/lakes-cop-bureau/16", TG.Meeting),
        ("meeting/lakes-cop-bureau/16/item/5/b", TG.AgendaItem),
        ("meeting/lakes-cop-bureau/16/item/5/b/held", TG.Consideration),
        ("meeting/lakes-cop-bureau/16/slot/2016-10-20T1000", TG.Slot),
    ],
)
def test_the_form_of_a_key_tells_the_class(key: str, cls: object) -> None:
    assert labels.class_of(key) == cls


def test_a_key_of_no_known_kind_is_refused() -> None:
    with pytest.raises(KeyFormatError):
        labels.class_of("nonsense/1")


@pytest.mark.parametrize(
    ("key", "above"),
    [
        (
            "treaty/lakes/art/16/para/5/a",
            ("treaty/lakes/art/16/para/5", "treaty/lakes/art/16", "treaty/lakes"),
        ),
        ("treaty/lakes/annex/1", ("treaty/lakes",)),
        ("document/A/RES/60/1/annex/para/3", ("document/A/RES/60/1/annex", "document/A/RES/60/1")),
        ("treaty/lakes", ()),
    ],
)
def test_a_provision_is_part_of_every_unit_above_it(key: str, above: tuple[str, ...]) -> None:
    assert labels.parents(key) == above


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("treaty/lakes/art/16/para/5/a/ii", "Article 16, paragraph 5 (a) (ii), Lakes Convention"),
        ("act/lakes-cop/decision/2/2", "Decision 2/2, Conference of the Parties to the Lakes Convention"),
        (
            "act/lakes-cop/decision/2/2/adoption",
            "Adoption of Decision 2/2, Conference of the Parties to the Lakes Convention",
        ),
        ("session/lakes-cop/3", "3rd session, Conference of the Parties to the Lakes Convention"),
        (
            "session/lakes-cop/2012-10-15",
            "Session of 2012-10-15, Conference of the Parties to the Lakes Convention",
        ),
        ("document/A/RES/60/1/para/7", "Paragraph 7, A/RES/60/1"),
        ("publication/E.05.V.2", "publication E.05.V.2"),
    ],
)
def test_a_thing_has_a_name_that_a_person_can_read(key: str, label: str) -> None:
    assert labels.label_of(key, REGISTRY) == label


@pytest.mark.parametrize(
    ("number", "words"),
    [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("11", "11th"), ("112", "112th"), ("S-17", "S-17")],
)
def test_ordinals_in_figures(number: str, words: str) -> None:
    assert labels.ordinal(number) == words
