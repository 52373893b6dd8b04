"""The benchmark that compares the acts of translations with those of the original, on a small example."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "acts_agreement.py"


@pytest.fixture(scope="module")
def benchmark() -> Iterator[ModuleType]:
    """The benchmark as a module."""
    spec = importlib.util.spec_from_file_location("acts_agreement", PATH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_paragraphs_are_compared_by_number_and_a_missing_act_counts(benchmark: ModuleType) -> None:
    def act(verb: str, printed: str, *addressees: str) -> object:
        return benchmark.Act(verb, printed, "body/harbours", addressees)

    english = {
        ("1", 1): act("request", "requests", "body/keeper"),
        ("2", 1): act("underline", "underlines"),
        ("3", 1): act("note", "notes"),
        ("4", 1): None,
        ("5", 1): act("thank", "thanks"),
    }
    french = {
        ("1", 1): act("request", "prie", "body/keeper"),
        ("2", 1): act("stress", "souligne"),
        ("3", 1): None,
        ("4", 1): act("note", "note"),
    }
    found = benchmark.scores([("H/1", "en", english), ("H/1", "fr", french), ("H/2", "fr", french)])
    score = found["fr"]
    assert (score.paragraphs, score.verbs, score.actors, score.addressees) == (3, 1, 2, 2)
    assert benchmark.render(found, apart=True).splitlines()[1:] == [
        "fr            3   0.333   0.667       0.667",
        "         1  underline | stress souligne",
        "         1  note | none ",
    ]


def test_a_sample_takes_all_languages_of_a_text_or_none(benchmark: ModuleType) -> None:
    names = [f"77/{folder}/H_{number}-99{folder[0]}.xml" for number in range(40) for folder in ("En", "Fr")]
    taken = [name for name in names if benchmark.is_taken(name, 4)]
    assert 0 < len(taken) < 80
    assert {name.replace("En", "Fr").replace("E.xml", "F.xml") for name in taken} == {
        name for name in taken if "Fr" in name
    }
