"""Makes data/registry/names-confirmed.toml: which names of the registry stand in public texts, and where.

    python scripts/confirm_names.py PARAGRAPHS.tar.xz FACTS.json [FILE]

What comes in: the archive of paragraphs of mandate documents (one JSON file a document, rows with `text`), and the
gathered facts of the Conference. What goes out: for each thing the first document, by name, in which its name stands,
or else one of its aliases that means it everywhere and has more than one word; for bodies of the Conference that no
document names, the sources of the facts. What is not in the file is marked as unverified.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from treatygraph.graph.iris import digest
from treatygraph.registry import Registry, load_registry
from treatygraph.registry.values import EVERYWHERE, Body, Instrument, Named

REPO = Path(__file__).resolve().parents[1]
ADDRESS = "github:UN-EOSG-Analytics/un-mandates-housekeeping public/data/paragraphs/{name}"
CORPUS = "project corpus"
HEADER = """\
# Which of the names stand in public texts: what is not listed here is marked as unverified.
# Made by scripts/confirm_names.py; change the script, not this file.
# A source is source/{digest of address and quote}, the quote being the name.
"""


def documents(archive: Path) -> dict[str, str]:
    """The text of each document, white space folded, by file name."""
    texts = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() and member.name.endswith(".json") else None
            if file is not None:
                rows = json.load(file)
                words = " ".join(row["text"] or "" for row in rows)
                texts[Path(member.name).name] = folded(words)
    return dict(sorted(texts.items()))


def folded(text: str) -> str:
    """A text with single spaces and straight apostrophes."""
    return " ".join(text.replace("’", "'").split())


def names_of(entry: Instrument | Body | Named) -> Iterable[str]:
    """The name, and the aliases that mean the thing everywhere and are no abbreviation."""
    yield entry.name
    yield from (alias.text for alias in entry.aliases if alias.scope == EVERYWHERE and " " in alias.text)


def first_with(name: str, texts: Mapping[str, str]) -> str | None:
    """The first document in which the name stands as words of its own."""
    wanted = folded(name)
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return next((file for file, text in texts.items() if wanted in text and pattern.search(text)), None)


def rows(
    registry: Registry, texts: Mapping[str, str], facts: Mapping[str, Any]
) -> list[tuple[str, str, list[Any]]]:
    """Key, name and sources (address, quote, how seen) of each thing that something confirms, sorted by key."""
    entries: dict[str, Instrument | Body | Named] = {
        **registry.instruments,
        **registry.bodies,
        **registry.groups,
        **registry.tools,
        **registry.texts,
    }
    known = {each["key"]: [each["source"], *each.get("also", ())] for each in facts["bodies"]}
    found = []
    for key, entry in sorted(entries.items()):
        for name in names_of(entry):
            file = first_with(name, texts)
            if file is not None:
                found.append((key, name, [(ADDRESS.format(name=file), name, "public repository")]))
                break
        else:
            said = [each for each in known.get(key, ()) if each["seen"] != CORPUS]
            if said and said[0] == known[key][0]:
                found.append((key, entry.name, [(each["url"], each["quote"], each["seen"]) for each in said]))
    return found


def toml(found: Iterable[tuple[str, str, list[Any]]]) -> str:
    """The file."""
    sources: dict[str, tuple[str, str]] = {}
    confirmed = []
    for key, name, said in found:
        keys = []
        for address, quote, seen in said:
            source = f"source/{digest(address, quote)}"
            sources[source] = (address, seen)
            keys.append(source)
        text = ", ".join(f'"{each}"' for each in keys)
        confirmed.append(f'\n[[confirmed]]\nkey = "{key}"\nname = {_string(name)}\nsources = [{text}]\n')
    listed = [
        f'\n[[source]]\nkey = "{key}"\naddress = {_string(address)}\nseen = "{seen}"\n'
        for key, (address, seen) in sorted(sources.items())
    ]
    return HEADER + "".join(confirmed) + "".join(listed)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    """Writes the file."""
    registry = load_registry(REPO / "data" / "registry")
    facts = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    path = Path(sys.argv[3]) if len(sys.argv) > 3 else REPO / "data" / "registry" / "names-confirmed.toml"
    path.write_text(toml(rows(registry, documents(Path(sys.argv[1])), facts)), encoding="utf-8")


if __name__ == "__main__":
    main()
