"""Commands that write, judge and give out a graph: ingest, load, validate, export."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

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
    write_output,
)
from treatygraph.cli.documents import FILE


@click.command()
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option("--symbol", help="The document's symbol, where its text does not print it (one file only).")
@click.option("--language", help="The language of the texts (en), where it cannot be told.")
@store_option
@data_option
@json_option
def ingest(
    files: tuple[Path, ...],
    symbol: str | None,
    language: str | None,
    store_at: str | None,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    """Read FILES and put what they state into the store: all of them, or none.

    The texts stay in the store, on this machine only, so that citations can be shown in them.

    \b
    Examples:
      treatygraph ingest agenda.md
      treatygraph ingest agenda.md --symbol CTOC/COP/WG.3/2016/1
      treatygraph ingest corpus/*.txt --json
    """
    from treatygraph.pipeline.ingest import ingest as run
    from treatygraph.store import open_writer

    with (
        open_writer(store_path(store_at), patience=PATIENCE) as store,
        steps(len(files) + 1, "ingest", quiet=as_json) as step,
    ):
        rows = run(files, store, sources(data_dir), symbol=symbol, language=language, progress=step)
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    for row in rows:
        note(
            f"{row.path}: {row.document}, {row.items} agenda items, {row.citations} citations "
            f"({row.unresolved} unresolved), {row.actions} actions, {row.statements} statements"
        )


@click.command()
@click.argument("files", type=FILE, nargs=-1)
@click.option(
    "--validate/--no-validate", "judge", default=True, help="Whether the graph must conform to the shapes."
)
@click.option(
    "--plain",
    is_flag=True,
    help="Add to a dataset as SPARQL has it: its default graph is its own, nothing is judged. "
    "Makes one where there is no store, an empty one without FILES.",
)
@store_option
@data_option
@json_option
def load(
    files: tuple[Path, ...],
    judge: bool,
    plain: bool,
    store_at: str | None,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    """Put the named graphs of RDF FILES (N-Quads, TriG) into the store, each in place of what it held.

    \b
    Examples:
      treatygraph load export.nq
      treatygraph load draft.trig --no-validate
      treatygraph load --plain anything.ttl more.nq.gz --store /srv/plain
    """
    if plain:
        _load_plain(files, store_path(store_at), as_json=as_json)
        return
    if not files:
        raise click.UsageError("Missing argument 'FILES...'.")
    from treatygraph.pipeline.load import load_files
    from treatygraph.store import open_writer

    with open_writer(store_path(store_at), patience=PATIENCE) as store:
        graphs = load_files(files, store, sources(data_dir), validate=judge)
    counts = {graph.value: len(quads) for graph, quads in graphs.items()}
    if as_json:
        print_json(counts)
        return
    for graph, count in counts.items():
        note(f"{graph}: {count} statements")


def _load_plain(files: tuple[Path, ...], store_at: str, *, as_json: bool) -> None:
    from treatygraph.pipeline.load import load_plain
    from treatygraph.store.places import open_plain_writer

    with open_plain_writer(store_at) as store:
        generation = load_plain(files, store) if files else store.generation()
    if as_json:
        print_json({"generation": generation})
    else:
        note(f"{len(files)} files loaded; generation {generation}")


@click.command()
@click.argument("file", type=FILE, required=False)
@store_option
@data_option
@json_option
@click.pass_context
def validate(
    context: click.Context, file: Path | None, store_at: str | None, data_dir: Path | None, as_json: bool
) -> None:
    """Judge a graph by the shapes: the store's, or that of an RDF FILE. Exit status 0: it conforms; 1: it does not.

    \b
    Examples:
      treatygraph validate
      treatygraph validate export.nq --json
    """
    from treatygraph.pipeline.shipped import read_rdf
    from treatygraph.store import open_reader
    from treatygraph.validate import load_shapes, render_report, report_values, validate_triples

    shapes = load_shapes(sources(data_dir).shapes)
    if file is not None:
        triples = {quad.triple for quad in read_rdf(file)}
    else:
        with open_reader(store_path(store_at)) as store:
            triples = set(store.merged())
    report = validate_triples(triples, shapes)
    if as_json:
        print_json(report_values(report))
    else:
        click.echo(render_report(report))
    context.exit(0 if report.conforms else 1)


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["nquads", "trig", "ntriples", "turtle", "rdfxml", "jsonld"]),
    default="nquads",
    show_default=True,
    help="nquads, trig: the named graphs; the others: their merge.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write to a file, not to standard output."
)
@click.option("--with-build", is_flag=True, help="With graph/build: when and by what the graph was built.")
@store_option
def export(form: str, output: Path | None, with_build: bool, store_at: str | None) -> None:
    """Give out the graph: the same store gives the same bytes.

    \b
    Examples:
      treatygraph export -o graph.nq
      treatygraph export --format turtle | less
    """
    from treatygraph.export import graph_bytes
    from treatygraph.store import open_reader

    with open_reader(store_path(store_at)) as store:
        write_output(graph_bytes(store, form, with_build=with_build), output)
