"""Cases → what came of each: a type that is not known fails, as does a case that raises anything."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from . import descriptions, exchanges, language
from .endpoint import Endpoint
from .manifests import Case

_LONGEST: Final = 1500
Run = Callable[[Case, Endpoint], None]

RUNS: Final[Mapping[str, Run]] = MappingProxyType(
    {
        "CSVResultFormatTest": language.query_gives_result,
        "GraphStoreProtocolTest": exchanges.graph_store_protocol_is_kept,
        "NegativeSyntaxTest": language.query_is_refused,
        "NegativeSyntaxTest11": language.query_is_refused,
        "NegativeUpdateSyntaxTest11": language.update_is_refused,
        "PositiveSyntaxTest": language.query_is_taken,
        "PositiveSyntaxTest11": language.query_is_taken,
        "PositiveUpdateSyntaxTest11": language.update_is_taken,
        "ProtocolTest": exchanges.protocol_is_kept,
        "QueryEvaluationTest": language.query_gives_result,
        "ServiceDescriptionTest": descriptions.service_description_is_kept,
        "UpdateEvaluationTest": language.update_gives_dataset,
    }
)
"""How a case of each type is run."""


@dataclass(frozen=True)
class Gap:
    """A case that is known to fail: why, and where that is told."""

    iri: str
    cause: str
    link: str


@dataclass(frozen=True)
class Gaps:
    """The cases that are known to fail, and those whose values come in another spelling."""

    failing: tuple[Gap, ...]
    by_value: tuple[Gap, ...]

    def among(self, cases: Iterable[Case]) -> Gaps:
        """The gaps of these cases alone."""
        iris = {case.iri for case in cases}
        return Gaps(
            tuple(gap for gap in self.failing if gap.iri in iris),
            tuple(gap for gap in self.by_value if gap.iri in iris),
        )


@dataclass(frozen=True)
class Outcome:
    """How many cases were run, what went wrong with those that failed, and which passed by value only, by IRI."""

    ran: int
    failed: Mapping[str, str]
    by_value: Mapping[str, str]

    def differs_from(self, gaps: Gaps) -> list[str]:
        """What is not as the list of gaps says: failures that it has not, and gaps that pass."""
        return _difference(self.failed, gaps.failing, "fails") + _difference(
            self.by_value, gaps.by_value, "gives the values in another spelling"
        )


def run(cases: Iterable[Case], endpoint: Endpoint) -> Outcome:
    """Runs cases in order."""
    failed: dict[str, str] = {}
    spelt: dict[str, str] = {}
    ran = 0
    for case in cases:
        ran += 1
        try:
            _run_of(case)(case, endpoint)
        except language.OnlyByValueError as error:
            spelt[case.iri] = str(error)[:_LONGEST]
        except Exception as error:
            failed[case.iri] = f"{type(error).__name__}: {error}"[:_LONGEST]
    return Outcome(ran, failed, spelt)


def _run_of(case: Case) -> Run:
    known = [RUNS[kind] for kind in case.kinds if kind in RUNS]
    assert len(known) == 1, f"no run is known for a test of type {', '.join(case.kinds) or 'none'}"
    return known[0]


def read_gaps(path: Path) -> Gaps:
    """The known gaps of a TOML file: ``[[gap]]`` and ``[[by_value]]`` with ``tests`` (IRIs), ``cause`` and ``link``."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))

    def read(name: str) -> tuple[Gap, ...]:
        rows = tables.get(name, [])
        return tuple(Gap(iri, row["cause"], row["link"]) for row in rows for iri in row["tests"])

    return Gaps(read("gap"), read("by_value"))


def _difference(found: Mapping[str, str], known: Iterable[Gap], what: str) -> list[str]:
    listed = {gap.iri for gap in known}
    new = [f"{iri} {what}: {why}" for iri, why in found.items() if iri not in listed]
    return new + [f"{iri} is listed as one that {what}, and does not" for iri in sorted(listed - set(found))]
