"""Commands that read one document: extract, provisions."""

from __future__ import annotations

from pathlib import Path

import click

from treatygraph.cli.common import data_option, sources, write_output
from treatygraph.model.errors import RegistryError

FILE = click.Path(path_type=Path, dir_okay=True)


@click.command()
@click.argument("file", type=FILE)
@click.option("--symbol", help="The document's symbol, where its text does not print it.")
@click.option("--language", help="The language of the text (en), where it cannot be told.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "nquads"]),
    default="json",
    show_default=True,
    help="json: the extraction contract; nquads: the statements of the document's graph.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write to a file, not to standard output."
)
@data_option
def extract(
    file: Path,
    symbol: str | None,
    language: str | None,
    form: str,
    output: Path | None,
    data_dir: Path | None,
) -> None:
    """Print everything that FILE yields: items, citations, acts, happenings, schedule.

    \b
    Examples:
      treatygraph extract agenda.md
      treatygraph extract agenda.md --symbol CTOC/COP/WG.3/2016/1 | jq .citations
      treatygraph extract agenda.md --format nquads -o agenda.nq

    Exit status 2 and a sentence for a file that cannot be read; an empty file is read.
    """
    import json

    from treatygraph.graph.canonical import to_nquads
    from treatygraph.graph.statements import document_quads
    from treatygraph.pipeline.contract import to_contract
    from treatygraph.pipeline.extract import extract_file
    from treatygraph.registry.load import load_registry

    registry = load_registry(sources(data_dir).registry)
    extraction = extract_file(file, registry, symbol=symbol, language=language)
    if form == "nquads":
        write_output(to_nquads(document_quads(extraction, registry)), output)
        return
    text = json.dumps(to_contract(extraction, registry), ensure_ascii=False, indent=1)
    write_output(text.encode() + b"\n", output)


@click.command()
@click.argument("file", type=FILE)
@click.option("--treaty", "instrument", required=True, help="The instrument's key, such as treaty/untoc.")
@click.option(
    "--document", required=True, help="The key of the text that prints it, such as document/A/RES/55/25."
)
@click.option("--address", required=True, help="Where the text stands, as the source of its titles.")
@click.option("--seen", default="public repository", show_default=True, help="How the text was seen.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write to a file, not to standard output."
)
@data_option
def provisions(
    file: Path,
    instrument: str,
    document: str,
    address: str,
    seen: str,
    output: Path | None,
    data_dir: Path | None,
) -> None:
    """Read a treaty and print its structure as a file of data/registry/provisions/.

    \b
    Example:
      treatygraph provisions A_RES_55_25.txt --treaty treaty/untoc --document document/A/RES/55/25 \\
        --address https://example.org/A_RES_55_25.txt -o data/registry/provisions/untoc.toml
    """
    from treatygraph.parse.treaty import parse_treaties
    from treatygraph.pipeline.provisions import choose_treaty, provisions_file
    from treatygraph.read import read_file
    from treatygraph.registry.load import load_registry

    known = load_registry(sources(data_dir).registry).instruments.get(instrument)
    if known is None:
        raise RegistryError(
            f"The registry has no instrument {instrument}",
            remedy="Add it to data/registry/instruments.toml, with its name as printed.",
        )
    source = read_file(file)
    names = (known.name, *(alias.text for alias in known.aliases))
    treaty = choose_treaty(parse_treaties(source), instrument, names)
    text = provisions_file(
        treaty, source, instrument=instrument, document=document, address=address, seen=seen
    )
    write_output(text.encode(), output)
