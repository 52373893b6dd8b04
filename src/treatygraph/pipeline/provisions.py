"""A text that holds a treaty → the registry's file of its provisions (``data/registry/provisions/{name}.toml``)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from treatygraph.model.errors import RegistryError
from treatygraph.model.text import Repair, SourceText
from treatygraph.model.tree import ProvisionUnit, TreatyText

_HEADER: Final = """\
# The provisions of one instrument, read from the text named below. No words of it but titles stand here.
# Made by `treatygraph provisions`; to change it, mend the reader and make it again.
"""
_TITLE_ENDS: Final = (";", ":", ",", ".", " ")


def choose_treaty(treaties: Sequence[TreatyText], instrument: str, names: Iterable[str]) -> TreatyText:
    """The one of *treaties* that bears one of the *names* of the instrument with that key.

    A title bears a name when it is the name, or begins with it and goes on behind a punctuation mark ("… against
    Cybercrime; Strengthening …"). Raises ``RegistryError`` when none or more than one does.
    """
    folded = sorted({_fold(name) for name in names})
    found = [treaty for treaty in treaties if _bears(_fold(treaty.title), folded)]
    if len(found) != 1:
        held = "; ".join(f"“{treaty.title}”" for treaty in treaties) or "none"
        raise RegistryError(
            f"The text holds {len(found)} treaties named as {instrument} is; it holds: {held}",
            remedy="Name another instrument, or add the printed title to its aliases.",
        )
    return found[0]


def _bears(title: str, names: Sequence[str]) -> bool:
    return any(
        title == name or (title.startswith(name) and title[len(name) :].startswith(_TITLE_ENDS[:-1]))
        for name in names
    )


def _fold(title: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).split()).casefold()


def provisions_file(
    treaty: TreatyText, source: SourceText, *, instrument: str, document: str, address: str, seen: str
) -> str:
    """The TOML file of the provisions of *treaty*, as the registry reads it (``registry.provisions``).

    *instrument* and *document* are keys of the treaty and of the text that prints it, *address* and *seen* say
    where the text came from. The same input gives the same bytes; offsets are code points of *source*.
    """
    head = [
        f"instrument = {_text(instrument)}",
        f"title = {_text(treaty.title)}",
        "provisions = [",
        "  # path, kind, number, title, start, end",
        *(f"  {_row(unit)}," for unit in treaty.provisions),
        "]",
    ]
    origin = [
        "[source]",
        f"document = {_text(document)}",
        f"address = {_text(address)}",
        f"seen = {_text(seen)}",
        f"text_sha256 = {_text(source.text_sha256)}",
    ]
    repairs = ["\n".join(_repair(repair)) for repair in treaty.repairs]
    return "\n\n".join([_HEADER.rstrip(), "\n".join(head), "\n".join(origin), *repairs]) + "\n"


def _row(unit: ProvisionUnit) -> str:
    words = (_text(value) for value in ("/".join(unit.path), unit.kind, unit.number, unit.title or ""))
    return f"[{', '.join(words)}, {unit.span.start}, {unit.span.end}]"


def _repair(repair: Repair) -> list[str]:
    return [
        "[[repair]]",
        f"start = {repair.span.start}",
        f"end = {repair.span.end}",
        f"before = {_text(repair.before)}",
        f"after = {_text(repair.after)}",
        f"reason = {_text(repair.reason)}",
    ]


def _text(value: str) -> str:
    """A TOML basic string (TOML 1.0, String): JSON's escapes are a subset of TOML's, DEL apart."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
