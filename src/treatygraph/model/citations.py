"""Citations: what a text refers to, and where it says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from treatygraph.model.text import Span


class CitationKind(StrEnum):
    """What kind of thing a citation refers to."""

    PROVISION = "provision"
    ACT = "act"
    DOCUMENT = "document"
    HAPPENING = "happening"
    PUBLICATION = "publication"
    TREATY = "treaty"
    BODY = "body"
    TOOL = "tool"


class Reason(StrEnum):
    """Why a mention has no target (concepts of the list ``reason``)."""

    UNKNOWN_INSTRUMENT = "unknown-instrument"
    UNKNOWN_BODY = "unknown-body"
    NO_ANTECEDENT = "no-antecedent"
    AMBIGUOUS = "ambiguous"
    UNKNOWN_PROVISION = "unknown-provision"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference to one target; exactly one of ``target`` and ``reason`` is set.

    ``unit`` is the part of the mention that names this target, as printed ("7" in "articles 6, 7 and 17");
    ``candidates`` are the keys or names that an unresolved mention could have meant; ``rule`` is a rule id.
    ``agenda_item`` is the number of the item that the mention stands under; ``place`` the part of the document.
    """

    span: Span
    text: str
    kind: CitationKind
    target: str | None
    rule: str
    reason: Reason | None = None
    unit: str = ""
    candidates: tuple[str, ...] = ()
    agenda_item: str | None = None
    place: str | None = None

    def __post_init__(self) -> None:
        if (self.target is None) == (self.reason is None):
            raise ValueError("a citation has either a target or a reason for having none")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A mention that was found and is not a citation ("agenda item 5", "the present resolution"), with the cause."""

    span: Span
    text: str
    rule: str
    cause: str


@dataclass(frozen=True, slots=True)
class CitationSet:
    """All mentions of a document: citations in order of print, and rejected mentions.

    ``mentions`` counts what was found, each target of a list apart; it equals resolved + unresolved + rejected.
    """

    citations: tuple[Citation, ...]
    rejected: tuple[Rejected, ...]
    mentions: int

    @property
    def resolved(self) -> tuple[Citation, ...]:
        """The citations that have a target."""
        return tuple(citation for citation in self.citations if citation.target is not None)

    @property
    def unresolved(self) -> tuple[Citation, ...]:
        """The citations that have none."""
        return tuple(citation for citation in self.citations if citation.target is None)
