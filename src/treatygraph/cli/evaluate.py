"""The command that measures: evaluate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from treatygraph.cli.common import data_option, json_option, print_json, sources, steps, write_output

if TYPE_CHECKING:
    from treatygraph.evaluate.record import Change, Measured

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("gold", type=_PATH, nargs=-1)
@click.option("--text", type=_PATH, help="The text that the gold points into (one gold file only).")
@click.option(
    "--corpus",
    type=_PATH,
    envvar="TREATYGRAPH_CORPUS",
    help="The folder of archives and samples that gold names its text in. [TREATYGRAPH_CORPUS]",
)
@click.option(
    "--languages",
    type=_PATH,
    help="Needs no gold: compare the translations in a folder or archive of AKN4UN files with the English.",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes for --languages."
)
@click.option("--details", is_flag=True, help="Name the rows that were missed and those that are surplus.")
@click.option(
    "--against", type=_PATH, help="A recorded run to compare with. [default: data/evaluation/latest.json]"
)
@click.option("--record", type=_PATH, help="Write the run to a file: counts, places and targets, no words.")
@data_option
@json_option
def evaluate(
    gold: tuple[Path, ...],
    text: Path | None,
    corpus: Path | None,
    languages: Path | None,
    workers: int,
    details: bool,
    against: Path | None,
    record: Path | None,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    """Score extraction against GOLD files: precision, recall, F1 and wrong-target rate, per kind.

    Gains and losses beside the last recorded run are told with their places.

    \b
    Examples:
      treatygraph evaluate gold/*.json
      treatygraph evaluate agenda.json --text agenda.md --details
      treatygraph evaluate tests/gold/*.json --corpus ../shared/corpus --record latest.json
      treatygraph evaluate --languages resolutions.tar.xz --workers 2
    """
    from treatygraph.model.errors import GoldError

    if languages is not None:
        _compare_languages(languages, sources(data_dir).registry, workers, details=details, as_json=as_json)
        return
    if not gold:
        raise GoldError("There is no gold to score against", remedy="Name a GOLD file, or --languages.")
    if text is not None and len(gold) > 1:
        raise GoldError("One text belongs to one gold file", remedy="Give one GOLD with --text.")
    measured = _measure(gold, text, corpus, sources(data_dir).registry)
    before = against or sources(data_dir).data / "evaluation" / "latest.json"
    found: tuple[Change, ...] = ()
    if against is not None or before.is_file():
        from treatygraph.evaluate.record import changes, read_record

        found = changes(read_record(before), measured)
    if record is not None:
        from treatygraph.evaluate.record import record_bytes

        write_output(record_bytes(measured), record)
    _print(measured, found, before, details=details, as_json=as_json)


def _measure(
    paths: Sequence[Path], text: Path | None, corpus: Path | None, registry_folder: Path
) -> list[Measured]:
    from treatygraph.evaluate import load_gold, score
    from treatygraph.evaluate.details import score_details
    from treatygraph.evaluate.gold import load_golds
    from treatygraph.evaluate.record import Measured
    from treatygraph.evaluate.score import judge_file
    from treatygraph.pipeline.contract import to_contract
    from treatygraph.pipeline.extract import extract
    from treatygraph.read import read_bytes
    from treatygraph.registry.load import load_registry

    registry = load_registry(registry_folder)
    files = (load_gold(paths[0], text),) if text is not None else load_golds(paths, corpus)
    measured = []
    for one in files:
        source = read_bytes(one.data, name=one.text_path.name, language=one.language)
        extracted = to_contract(extract(source, registry, symbol=one.symbol), registry)
        scores = (*score(one, extracted), *score_details(one, extracted))
        measured.append(Measured(one.name, scores, judge_file(one, extracted)))
    return measured


def _print(
    measured: Sequence[Measured], found: Sequence[Change], before: Path, *, details: bool, as_json: bool
) -> None:
    from treatygraph.evaluate import render, total
    from treatygraph.evaluate.report import as_values, render_changes

    results = [(each.name, each.scores) for each in measured]
    sections = dict.fromkeys(score.name for _, scores in results for score in scores)
    if len(results) > 1:
        every = [
            total((s for _, scores in results for s in scores if s.name == name), name) for name in sections
        ]
        results.append((f"all {len(measured)} files", every))
    if as_json:
        print_json([as_values(name, scores) for name, scores in results])
        return
    for name, scores in results:
        click.echo(render(name, scores, details=details and not name.startswith("all ")) + "\n")
    if found:
        click.echo(render_changes(found, str(before)))


def _compare_languages(
    place: Path, registry_folder: Path, workers: int, *, details: bool, as_json: bool
) -> None:
    from treatygraph.evaluate.languages import consistency, languages_as_values, render_languages
    from treatygraph.evaluate.versions import count_members, members, versions

    with steps(count_members(place), "Reading", quiet=as_json) as step:
        found = consistency(versions(members(place), registry_folder, workers=workers, step=step))
    if as_json:
        print_json(languages_as_values(found))
    else:
        click.echo(render_languages(found, details=details))
