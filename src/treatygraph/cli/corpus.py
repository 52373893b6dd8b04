"""Commands that read many documents: build, standoff."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from treatygraph.cli.common import (
    PATIENCE,
    data_option,
    json_option,
    note,
    print_json,
    sources,
    steps,
    store_option,
    store_path,
)
from treatygraph.cli.documents import FILE
from treatygraph.model.errors import ReadError

if TYPE_CHECKING:
    from treatygraph.pipeline.build import Built
    from treatygraph.pipeline.corpus import Found
    from treatygraph.pipeline.corpus_build import Ledger, Reader
    from treatygraph.pipeline.reading import Failed, Setting

F = TypeVar("F", bound=Callable[..., Any])


def _crew_options(command: F) -> F:
    """Gives a command the options about which files are read, and by whom."""
    for option in (
        click.option(
            "--dask",
            "address",
            metavar="ADDRESS",
            help="Read on the Dask cluster with this scheduler (tcp://…).",
        ),
        click.option(
            "--workers",
            type=click.IntRange(1, 256),
            default=1,
            show_default=True,
            help="Processes that read side by side.",
        ),
        click.option(
            "--match",
            multiple=True,
            metavar="PATTERN",
            help="Only files whose name in CORPUS matches (* and ?); may be repeated.",
        ),
    ):
        command = option(command)
    return command


def _reader(setting: Setting, workers: int, address: str | None) -> Reader:
    from treatygraph.pipeline.crew import read_here, read_on_dask

    if address:
        return lambda found: read_on_dask(found, setting, address=address)
    return lambda found: read_here(found, setting, workers=workers)


def _length(corpus: Sequence[Path], match: tuple[str, ...], *, quiet: bool) -> int:
    """How many documents a corpus has; not counted where no bar is shown."""
    import sys

    from treatygraph.pipeline.corpus import sources_of

    return 0 if quiet or not sys.stderr.isatty() else sum(1 for _ in sources_of(corpus, match=match))


@click.command()
@click.argument("corpus", type=FILE, nargs=-1)
@_crew_options
@click.option("--language", help="The language of texts (en) whose own cannot be told.")
@click.option("--force", is_flag=True, help="Build, validate and read again even what has not changed.")
@store_option
@data_option
@json_option
@click.pass_context
def build(
    context: click.Context,
    corpus: tuple[Path, ...],
    match: tuple[str, ...],
    workers: int,
    address: str | None,
    language: str | None,
    force: bool,
    store_at: str | None,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    """Build the shipped graph from data/, and read a CORPUS into it: files, folders, archives (.zip, .tar.xz …).

    Does nothing when the store holds just that already. A build that was ended goes on where it was; a file that
    cannot be read, or does not conform, is named at the end and stops no other (exit status 1).

    \b
    Examples:
      treatygraph build
      treatygraph build my-documents/ --store /srv/graph
      treatygraph build resolutions.tar.xz --match '*/English/*' --workers 8
      treatygraph build resolutions.tar.xz --dask tcp://scheduler:8786
    """
    from treatygraph.pipeline.build import build as run
    from treatygraph.store import open_writer
    from treatygraph.store.heap import give_memory_back

    give_memory_back()
    ledger: Ledger | None = None
    with open_writer(store_path(store_at), patience=PATIENCE) as store:
        with steps(4, "build", quiet=as_json) as step:
            built = run(
                store,
                sources(data_dir),
                version=version("treatygraph"),
                now=datetime.now(UTC),
                force=force,
                progress=step,
            )
        if corpus:
            from treatygraph.pipeline.corpus import sources_of
            from treatygraph.pipeline.corpus_build import build_corpus
            from treatygraph.pipeline.reading import Setting
            from treatygraph.validate import load_shapes

            setting = Setting.of(data_dir, language=language)
            with steps(_length(corpus, match, quiet=as_json), "documents", quiet=as_json) as step:
                ledger = build_corpus(
                    store,
                    sources_of(corpus, match=match),
                    setting,
                    load_shapes(sources(data_dir).shapes),
                    _reader(setting, workers, address),
                    force=force,
                    progress=step,
                )
    if as_json:
        print_json({**asdict(built), "documents": None if ledger is None else _ledger_values(ledger)})
    else:
        _say(built, ledger)
    context.exit(1 if ledger and ledger.failed else 0)


def _say(built: Built, ledger: Ledger | None) -> None:
    if built.changed:
        judged = "validated" if built.validated else "its verdicts hold"
        note(f"built {built.graphs} graphs, {built.statements} statements ({judged})")
    else:
        note("the graph is up to date")
    if ledger is None:
        return
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(ledger.unresolved.items()))
    note(
        f"{ledger.documents} documents read ({ledger.unchanged} unchanged, {ledger.duplicates} in two files, "
        f"{len(ledger.failed)} failed): {ledger.statements} statements, {ledger.actions} actions, "
        f"{ledger.citations} citations, {ledger.resolved} resolved"
        + (f", {ledger.unresolved.total()} unresolved ({reasons})" if reasons else "")
    )
    _say_failed(ledger.failed)


def _say_failed(failed: Iterable[Failed]) -> None:
    for each in failed:
        note(f"failed: {each.name}: {each.error}")


def _ledger_values(ledger: Ledger) -> dict[str, Any]:
    return {**asdict(ledger), "resolved": ledger.resolved, "unresolved": dict(ledger.unresolved)}


@click.command()
@click.argument("corpus", type=FILE, nargs=-1, required=True)
@click.option("--into", type=click.Path(path_type=Path), required=True, help="The folder to write to.")
@click.option(
    "--naming", multiple=True, metavar="KEY", help="Only documents that cite this thing or a part of it."
)
@click.option(
    "--again", is_flag=True, help="Only the files that --into's selection.toml names, as they were."
)
@_crew_options
@click.option("--symbol", help="The document's symbol, where its text does not print it (one file only).")
@click.option("--language", help="The language of the texts (en), where it cannot be told.")
@data_option
@click.pass_context
def standoff(
    context: click.Context,
    corpus: tuple[Path, ...],
    into: Path,
    naming: tuple[str, ...],
    again: bool,
    match: tuple[str, ...],
    workers: int,
    address: str | None,
    symbol: str | None,
    language: str | None,
    data_dir: Path | None,
) -> None:
    """Write the stand-off graph of each file, and its verdict, as data/documents/ holds them.

    No source text is written: facts, titles, offsets, mentions with 32 characters on each side, hashes. With
    --naming or --again the folder is made to hold the graphs of these documents and no others.

    \b
    Examples:
      treatygraph standoff corpus/*.md --into data/documents
      treatygraph standoff corpus/ --naming treaty/untoc --into data/documents --workers 4
      treatygraph standoff corpus/ --again --into data/documents
    """
    if not naming and not again:
        _each(corpus, into, symbol, language, data_dir)
        return
    from treatygraph.pipeline.corpus import sources_of
    from treatygraph.pipeline.reading import Setting
    from treatygraph.pipeline.standoff import Selection, choose, write_chosen

    found: Iterator[Found] = sources_of(corpus, match=match)
    length = 0
    if again:
        selection = Selection.read(into)
        found, naming, length = selection.of(found), selection.naming, len(selection.documents)
    setting = Setting.of(data_dir, language=language, judged=False)
    with steps(length or _length(corpus, match, quiet=False), "documents") as step:
        outcomes = _stepping(_reader(setting, workers, address)(found), step)
        chosen, failed = choose(outcomes, naming)
    with steps(len(chosen) + 1, "graphs") as step:
        write_chosen(chosen, into, sources(data_dir), naming, progress=step)
    note(f"wrote {len(chosen)} graphs, {sum(each.statements for each in chosen)} statements")
    _say_failed(failed)
    context.exit(1 if failed else 0)


def _stepping(outcomes: Iterable[Any], step: Callable[[str], None]) -> Iterator[Any]:
    for outcome in outcomes:
        step(outcome.name)
        yield outcome


def _each(
    files: tuple[Path, ...], into: Path, symbol: str | None, language: str | None, data_dir: Path | None
) -> None:
    from treatygraph.pipeline.standoff import write_standoff

    if symbol and len(files) > 1:
        raise ReadError("A symbol names one document", remedy="Give one file with --symbol.")
    with steps(len(files), "documents") as step:
        for path in write_standoff(
            files, into, sources(data_dir), symbol=symbol, language=language, progress=step
        ):
            note(f"wrote {path}")
