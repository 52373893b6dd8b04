"""What a key means: the class of its thing, and a name that a person can read."""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import NamedNode

from treatygraph.graph.terms import SKOS, TG
from treatygraph.model.errors import KeyFormatError
from treatygraph.model.numbering import letter_value, roman_value
from treatygraph.registry.values import Registry

_KINDS: Final = {
    "art": "article",
    "para": "paragraph",
    "annex": "annex",
    "chapter": "chapter",
    "part": "part",
    "section": "section",
    "schedule": "schedule",
    "table": "table",
    "regulation": "regulation",
}
"""Path steps that name the kind of the unit whose number follows, with the name of the kind."""

_CLASSES: Final = {
    "treaty": TG.Treaty,
    "document": TG.Document,
    "act": TG.Document,
    "session": TG.Session,
    "meeting": TG.Meeting,
    "body": TG.Body,
    "group": TG.Group,
    "tool": TG.Tool,
    "publication": TG.Publication,
    "concept": SKOS.Concept,
    "source": TG.Source,
}
ADOPTION: Final = "/adoption"
"""The last step of the key of the action that adopted a text."""

_UNIT = re.compile(r"/(?:section|annex|chapter|part)(?:/[^/]+)?(?=/|$)|/para/")


def split_provision(key: str) -> tuple[str, tuple[str, ...]]:
    """The instrument or text of a provision's key, and the path below it: empty for the whole.

    ``treaty/untoc/art/18/para/7`` → ``("treaty/untoc", ("art", "18", "para", "7"))``;
    ``document/A/RES/60/1/para/7`` → ``("document/A/RES/60/1", ("para", "7"))``.
    """
    if key.startswith("treaty/"):
        head, name, *path = key.split("/")
        return f"{head}/{name}", tuple(path)
    if key.startswith(("document/", "act/")):
        match = _UNIT.search(key)
        if match:
            return key[: match.start()], tuple(key[match.start() + 1 :].split("/"))
    return key, ()


def units(path: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The path below an instrument as (kind, number) of each unit, from the whole to the part.

    ``("art", "16", "para", "5", "a")`` → article 16, paragraph 5, subparagraph a.
    """
    found: list[tuple[str, str]] = []
    steps = list(path)
    while steps:
        step = steps.pop(0)
        if step in _KINDS:
            number = steps.pop(0) if steps and steps[0] not in _KINDS else ""
            found.append((_KINDS[step], number))
        else:
            found.append(("subparagraph", step))
    return tuple(found)


def parents(key: str) -> tuple[str, ...]:
    """The keys that a provision is part of, nearest first, ending with its instrument or text."""
    whole, path = split_provision(key)
    above: list[str] = []
    steps = list(path)
    while steps:
        steps.pop()
        if steps and steps[-1] in _KINDS:
            steps.pop()
        above.append("/".join((whole, *steps)))
    return tuple(above)


def class_of(key: str) -> NamedNode:
    """The class of the thing with that key; raises ``KeyFormatError`` where a key's form names none."""
    head = key.split("/", 1)[0]
    if head in ("document", "act") and key.endswith(ADOPTION):
        return TG.Action
    if head in ("treaty", "document", "act") and split_provision(key)[1]:
        return TG.Provision
    if head in ("session", "meeting"):
        if key.endswith("/held"):
            return TG.Consideration
        if "/item/" in key:
            return TG.AgendaItem
        if "/slot/" in key:
            return TG.Slot
    cls = _CLASSES.get(head)
    if cls is None:
        raise KeyFormatError(
            f"{key!r} names no kind of thing", remedy=f"Keys begin with {', '.join(_CLASSES)}."
        )
    return cls


def ordinal(number: str) -> str:
    """An ordinal in figures: "7" → "7th"; anything that is not a number stays as it is."""
    if not number.isdigit():
        return number
    last = int(number) % 100
    ending = "th" if 10 < last < 20 else {1: "st", 2: "nd", 3: "rd"}.get(last % 10, "th")
    return f"{number}{ending}"


def label_of(key: str, registry: Registry) -> str:
    """A name in English for the thing with that key, from the registry's names and the form of the key."""
    named = (
        registry.instruments.get(key)
        or registry.bodies.get(key)
        or registry.groups.get(key)
        or registry.tools.get(key)
        or registry.texts.get(key)
    )
    if named is not None:
        return named.name
    if key.endswith(ADOPTION):
        return f"Adoption of {label_of(key.removesuffix(ADOPTION), registry)}"
    whole, path = split_provision(key)
    if path:
        return f"{unit_label(path)}, {short_name(whole, registry)}"
    head, _, rest = key.partition("/")
    if head == "document":
        return rest
    if head == "act":
        return _act_label(rest, registry)
    if head in ("session", "meeting"):
        return _happening_label(head, rest, registry)
    if head == "publication":
        return f"publication {rest}"
    return rest.replace("/", " ").replace("-", " ")


def unit_label(path: tuple[str, ...]) -> str:
    """A provision's number in words: "Article 16, paragraph 5 (a)"."""
    words: list[str] = []
    for kind, number in units(path):
        if kind == "subparagraph":
            words[-1:] = [f"{words[-1]} ({number})"] if words else [f"({number})"]
        else:
            words.append(f"{kind} {number}".strip())
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


def short_name(key: str, registry: Registry) -> str:
    """The shortest name of an instrument or text that means the same everywhere."""
    instrument = registry.instruments.get(key)
    if instrument is None:
        return label_of(key, registry)
    if instrument.short is not None:
        return instrument.short
    names = [alias.text for alias in instrument.aliases if alias.scope == "*" and alias.language == "en"]
    words = [name for name in (instrument.name, *names) if " " in name or len(names) == 0]
    return min(words or names, key=lambda name: (len(name), name))


def _act_label(rest: str, registry: Registry) -> str:
    stem, _, number = (
        rest.replace("/decision/", "\0decision ", 1)
        .replace("/resolution/", "\0resolution ", 1)
        .partition("\0")
    )
    name = _body_name(stem, registry)
    return f"{number[:1].upper()}{number[1:]}, {name}"


def _happening_label(head: str, rest: str, registry: Registry) -> str:
    stem, _, number = rest.partition("/")
    number, _, part = number.partition("/")
    ordinal_or_date = ordinal(number) if number.isdigit() else number
    if number.isdigit():
        name = f"{ordinal_or_date} {head}, {_body_name(stem, registry)}"
    else:
        name = f"{head.capitalize()} of {ordinal_or_date}, {_body_name(stem, registry)}"
    return f"{name}: {part.replace('/', ' ')}" if part else name


def _body_name(stem: str, registry: Registry) -> str:
    for body in registry.bodies.values():
        if body.happening_stem == stem:
            return body.name
    return stem


def item_order(number: str, position: int) -> int:
    """Where an item stands among all items of its meeting, from its number alone: "5 (b)" → 50200.

    So two documents of one meeting, of which one prints a part of the agenda only, say the same. *position* on this
    agenda stands in for a number that is not understood.
    """
    steps = number.replace("(", " ").replace(")", " ").replace(".", " ").split()
    values = [_step(step, depth) for depth, step in enumerate(steps[:3])]
    if not values or any(value is None or not 0 <= value < 100 for value in values):
        return position
    first, second, third = [value or 0 for value in values] + [0] * (3 - len(values))
    return 10_000 * first + 100 * second + third


def _step(step: str, depth: int) -> int | None:
    if step.isdigit():
        return int(step)
    return letter_value(step) if depth == 1 else roman_value(step)
