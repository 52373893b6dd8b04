"""An invented conference on rivers, and documents made from marked text: ``[words|key]`` is a citation of *key*."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from treatygraph.acts import ActsFound, find_acts
from treatygraph.model.citations import Citation, CitationKind, CitationSet
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import Block, BlockKind, SourceText, Span
from treatygraph.model.tree import (
    DocumentKind,
    DocumentTree,
    FrontMatter,
    Paragraph,
    ParagraphKind,
    Place,
    Placement,
)
from treatygraph.registry.values import ActSeries, Alias, Body, Instrument, Named, Registry

_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
_NUMBER = re.compile(r"(\d+)\. |\(([a-z])\) ")

CONFERENCE = "Conference of the Parties to the Convention on Rivers"


def _scoped(*names: str, scope: str = "body/rivers-cop") -> tuple[Alias, ...]:
    return tuple(Alias(name, scope=scope) for name in names)


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The names of the invented conference, its groups, and a few real offices."""
    series = (
        ActSeries("decision", "session/number", "act/rivers-cop/decision/{session}/{number}"),
        ActSeries("resolution", "session/number", "act/rivers-cop/resolution/{session}/{number}"),
        ActSeries("decision", "code-session/number", "act/rivers-cop/decision/{session}/{number}", "RIV"),
    )
    assembly = (
        ActSeries("resolution", "session/number", "document/A/RES/{session}/{number}{suffix}"),
        ActSeries("resolution", "number (session)", "document/A/RES/{number}({session}){suffix}"),
    )
    bodies = (
        Body(
            "body/rivers-cop",
            CONFERENCE,
            _scoped("Conference", "Conference of the Parties"),
            counts="session",
            acts=series,
        ),
        Body(
            "body/rivers-cop/bureau",
            "Bureau of the Rivers Conference",
            _scoped("Bureau"),
            "body/rivers-cop",
            "meeting",
        ),
        Body(
            "body/rivers-cop/wg", "Working Group on Dams", _scoped("Dams Group"), "body/rivers-cop", "meeting"
        ),
        Body(
            "body/rivers-cop/experts",
            "informal expert panel on fish ladders",
            (),
            "body/rivers-cop",
            "meeting",
        ),
        Body("body/unga", "General Assembly", counts="session", acts=assembly),
        Body("body/un-secretariat", "United Nations Secretariat", _scoped("Secretariat")),
        Body(
            "body/un-secretary-general",
            "Secretary-General of the United Nations",
            (Alias("Secretary-General"),),
        ),
        Body("body/unodc", "United Nations Office on Drugs and Crime", (Alias("UNODC"),)),
        Body("body/crime-congress", "United Nations Congress on Rivers", counts="session"),
    )
    groups = (
        Named(
            "group/states-parties", "States parties", (Alias("States Parties"), Alias("all States parties"))
        ),
        Named("group/member-states", "Member States", (Alias("all Member States"),)),
        Named("group/states", "States", (Alias("all States"),)),
        Named("group/governments", "Governments"),
        Named("group/parties", "Parties", (Alias("all Parties"),)),
        Named("group/parties-to-conflict", "parties to armed conflict"),
        Named("group/donors", "donors"),
    )
    return Registry(
        instruments={
            "treaty/rivers": Instrument(
                "treaty/rivers", "Convention on Rivers", (Alias("Rivers Convention"),)
            )
        },
        bodies={body.key: body for body in bodies},
        groups={group.key: group for group in groups},
        tools={"tool/dam-atlas": Named("tool/dam-atlas", "Dam Atlas")},
        texts={"document/lagos-declaration": Named("document/lagos-declaration", "Lagos Declaration")},
        digest="",
    )


def _kind(key: str) -> CitationKind:
    head = key.split("/")[0]
    if head == "treaty":
        return CitationKind.PROVISION if "/art/" in key else CitationKind.TREATY
    if head in {"session", "meeting"}:
        return CitationKind.HAPPENING
    if head == "act" or key.startswith("document/A/RES"):
        return CitationKind.ACT
    return CitationKind(head)


def read_marks(marked: str) -> tuple[str, tuple[Citation, ...]]:
    """The text without its marks, and the citations that they mean; ``?`` before a key: nothing is cited."""
    pieces: list[str] = []
    citations: list[Citation] = []
    position = offset = 0
    for match in _MARK.finditer(marked):
        before = marked[position : match.start()]
        pieces += [before, match.group(1)]
        start = offset + len(before)
        offset = start + len(match.group(1))
        position = match.end()
        citations.append(
            Citation(Span(start, offset), match.group(1), _kind(match.group(2)), match.group(2), "test")
        )
    return "".join([*pieces, marked[position:]]), tuple(citations)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a text, with the text."""

    text: str
    found: ActsFound

    def lines(self) -> list[str]:
        """Each action as one line: verb, actor, to whom, by which text or meeting, when."""
        return [
            " | ".join(
                (
                    action.verb,
                    _short(action.actor),
                    "; ".join(
                        [
                            *map(_short, action.addressees),
                            *([f"“{action.addressee_text}”"] if action.addressee_text else []),
                        ]
                    )
                    or "-",
                    action.source or "-",
                    str(action.date.start) if action.date else "-",
                )
            )
            for action in self.found.actions
        ]


def _short(key: str | None) -> str:
    return "-" if key is None else key.split("/", 1)[1]


def blocks_of(text: str) -> tuple[Block, ...]:
    blocks, offset = [], 0
    for line in text.split("\n"):
        if line:
            span = Span(offset, offset + len(line))
            blocks.append(Block(BlockKind.PARAGRAPH, span, line, tuple(range(span.start, span.end))))
        offset += len(line) + 1
    return tuple(blocks)


Tell = Callable[..., Reading]


@pytest.fixture(scope="session")
def tell(registry: Registry) -> Tell:
    """Reads a marked text as the annotation of item 2 of an agenda of the Working Group on Dams."""

    def reading(
        marked: str, *, item: str = "2", kind: DocumentKind = DocumentKind.ANNOTATED_AGENDA
    ) -> Reading:
        text, citations = read_marks(marked)
        blocks = blocks_of(text)
        tree = DocumentTree(
            SourceText(text, blocks, "txt", "", "", "en"),
            kind,
            "a test",
            FrontMatter(),
            placements=tuple(Placement(block.span, Place.ANNOTATION, item) for block in blocks),
        )
        identity = DocumentIdentity(
            "document/RIV/WG/2031/1",
            "RIV/WG/2031/1",
            False,
            "body/rivers-cop/wg",
            "body/rivers-cop",
            "meeting/rivers-cop-wg/7",
        )
        found = find_acts(tree, identity, CitationSet(citations, (), len(citations)), registry)
        return Reading(text, found)

    return reading


@pytest.fixture(scope="session")
def order(registry: Registry) -> Tell:
    """Reads a marked text, a paragraph a line, as operative paragraphs of General Assembly resolution 90/1."""

    def reading(marked: str, *, kind: ParagraphKind = ParagraphKind.OPERATIVE) -> Reading:
        text, citations = read_marks(marked)
        blocks = blocks_of(text)
        paragraphs, parent = [], ""
        for block in blocks:
            number = _NUMBER.match(block.text)
            parent = number.group(1) or parent if number else parent
            printed = (
                f"{parent} ({number.group(2)})" if number and number.group(2) else number and number.group(1)
            )
            paragraphs.append(Paragraph(printed or None, kind, block.span))
        tree = DocumentTree(
            SourceText(text, blocks, "txt", "", "", "en"),
            DocumentKind.RESOLUTION,
            "a test",
            FrontMatter(),
            placements=tuple(Placement(block.span, Place.BODY, None) for block in blocks),
            paragraphs=tuple(paragraphs),
        )
        identity = DocumentIdentity("document/A/RES/90/1", "A/RES/90/1", False, "body/unga", None, None)
        return Reading(text, find_acts(tree, identity, CitationSet(citations, (), len(citations)), registry))

    return reading


@pytest.fixture(scope="session")
def read_page(registry: Registry) -> Callable[..., list[tuple[str | None, ...]]]:
    """Reads lines "o|…" (operative), "p|…" (prose), "x|…" (headings) and "f|…" (masthead) of a page; verb, actor, source and date of each action."""

    def reading(
        lines: str,
        kind: DocumentKind,
        key: str,
        *,
        body: str | None = "body/rivers-cop",
        registry: Registry = registry,
    ) -> list[tuple[str | None, ...]]:
        marks = [line[0] for line in lines.split("\n")]
        text, citations = read_marks("\n".join(line[2:] for line in lines.split("\n")))
        blocks = blocks_of(text)
        kinds = {"o": ParagraphKind.OPERATIVE, "p": ParagraphKind.OTHER, "x": ParagraphKind.HEADING}
        kinds["f"] = ParagraphKind.FRONT_MATTER
        paragraphs = tuple(
            Paragraph(None, kinds[mark], block.span) for mark, block in zip(marks, blocks, strict=True)
        )
        tree = DocumentTree(
            SourceText(text, blocks, "txt", "", "", "en"),
            kind,
            "a test",
            FrontMatter(),
            placements=tuple(Placement(block.span, Place.BODY, None) for block in blocks),
            paragraphs=paragraphs,
        )
        body = "body/unga" if kind is DocumentKind.RESOLUTION else body
        symbol = None if "sha256" in key else key.removeprefix("document/")
        identity = DocumentIdentity(key, symbol, False, body, None, None)
        found = find_acts(tree, identity, CitationSet(citations, (), len(citations)), registry)
        return [(a.verb, a.actor, a.source, str(a.date.start) if a.date else None) for a in found.actions]

    return reading
