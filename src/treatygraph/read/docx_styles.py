"""The styles of a Word file → what each says of a paragraph: heading level, list, bold, with what it inherits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from xml.etree.ElementTree import Element

# ISO/IEC 29500-1 §17.3.1.20: level 9 is "no level".
_NO_LEVEL: Final = 9
_DEEPEST: Final = 6
# Headings of templates that set no outline level: "heading 2", "Title", "_ H_1", "_ H _Ch" (United Nations).
_HEADING_NAME: Final = re.compile(r"(?:heading ?(\d)|title|subtitle|_ ?H ?_(?:\d|Ch).{0,4})", re.IGNORECASE)
_LONGEST_CHAIN: Final = 30


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says: ``level`` of a heading from 1, ``list_id`` and ``list_level`` of its numbers, emphasis."""

    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    emphasis: bool = False
    hidden: bool = False


def read_styles(root: Element | None) -> Mapping[str, Style]:
    """The styles by identifier; a style that names a heading by its name alone is one too."""
    raw = {
        each.get("styleId", ""): each for each in (root if root is not None else ()) if each.tag == "style"
    }
    return {key: _resolve(key, raw) for key in raw}


def _resolve(key: str, raw: Mapping[str, Element]) -> Style:
    """A style with what it inherits; a chain that turns back on itself ends there."""
    chain: list[Element] = []
    seen: set[str] = set()
    while key in raw and key not in seen and len(chain) < _LONGEST_CHAIN:
        seen.add(key)
        chain.append(raw[key])
        key = value(raw[key].find("basedOn")) or ""
    style = Style()
    for element in reversed(chain):
        style = own_style(element.find("pPr"), element.find("rPr"), style)
        name = _HEADING_NAME.fullmatch(value(element.find("name")) or "")
        if name and style.level is None:
            style = replace(style, level=min(int(name.group(1) or 1) or 1, _DEEPEST))
    return style


def own_style(properties: Element | None, run: Element | None, style: Style) -> Style:
    """*style* with what the properties of a paragraph (and of its runs) say on top."""
    if properties is not None:
        outline, numbers = value(properties.find("outlineLvl")), properties.find("numPr")
        if outline is not None and outline.isdigit():
            level = int(outline)
            style = replace(style, level=min(level + 1, _DEEPEST) if level < _NO_LEVEL else None)
        if numbers is not None:
            list_id, level_text = value(numbers.find("numId")), value(numbers.find("ilvl"))
            style = replace(
                style,
                list_id=list_id or style.list_id,
                list_level=int(level_text) if level_text and level_text.isdigit() else style.list_level,
            )
    if run is not None:
        style = replace(
            style, emphasis=emphasised(run, style.emphasis), hidden=_on(run.find("vanish"), style.hidden)
        )
    return style


def emphasised(properties: Element | None, inherited: bool) -> bool:
    """Whether a run is set in bold or italics."""
    if properties is None:
        return inherited
    bold, italic = properties.find("b"), properties.find("i")
    if bold is None and italic is None:
        return inherited
    return _on(bold, False) or _on(italic, False)


def _on(element: Element | None, inherited: bool) -> bool:
    return inherited if element is None else element.get("val", "true") not in ("0", "false", "off", "none")


def value(element: Element | None) -> str | None:
    """The ``val`` of a property, or None."""
    return None if element is None else element.get("val")
