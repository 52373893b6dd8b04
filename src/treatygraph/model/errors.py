"""The errors that treatygraph raises: one tree, each with what went wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an error: a file, and in it a line and column (from 1), or a named thing (a shape, an IRI)."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    thing: str | None = None

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.line is not None:
            parts.append(f"line {self.line}" + (f", column {self.column}" if self.column is not None else ""))
        if self.thing:
            parts.append(self.thing)
        return ", ".join(parts)


class TreatygraphError(Exception):
    """Any error that a user can meet; its text is one sentence of what, where and remedy."""

    def __init__(self, what: str, *, where: Where | None = None, remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what)

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where and str(self.where) else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{self.what}{place}.{remedy}"


class AssetsMissingError(TreatygraphError):
    """The files that come with the package (ontology, data, pages) are not where they should be."""


class ReadError(TreatygraphError):
    """A file cannot be read as a document."""


class RegistryError(TreatygraphError):
    """The registry holds something that is not well formed or contradicts itself."""


class VocabularyError(TreatygraphError):
    """The ontology or a list of concepts or words is not well formed."""


class KeyFormatError(TreatygraphError):
    """A string is not a key or an IRI of this space."""


class ValidationFailedError(TreatygraphError):
    """A graph does not conform to the shapes; nothing was stored."""

    def __init__(
        self,
        what: str,
        *,
        where: Where | None = None,
        remedy: str = "",
        report: Mapping[str, Any] | None = None,
        report_rdf: bytes = b"",
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.report = dict(report or {})
        """The verdict, the counts and every result as values of JSON; empty where only words are at hand."""
        self.report_rdf = report_rdf
        """The same as a SHACL validation report (SHACL §3.6) in N-Triples; empty where only words are at hand."""


class BuildError(TreatygraphError):
    """A build of many documents cannot run as it was asked for."""


class StoreError(TreatygraphError):
    """A store cannot be opened, read or written."""


class StoreMissingError(StoreError):
    """There is no store at the place named."""


class StoreBusyError(StoreError):
    """Another process is writing to the store."""


class StoreCorruptError(StoreError):
    """A store's files are damaged."""


class WriteRefusedError(TreatygraphError):
    """A write goes where nobody may write."""


class PreconditionError(TreatygraphError):
    """A write was to be made to another state than the store has now; nothing was stored."""


class UnknownGraphError(TreatygraphError):
    """There is no graph with an IRI in the store."""


class MediaTypeError(TreatygraphError):
    """Data come in a media type that is not read."""


class TokenError(TreatygraphError):
    """A token cannot be made, found or used."""


class QueryError(TreatygraphError):
    """A query cannot be run as it stands: a syntax error, or a part that is refused."""


class QueryTimeoutError(TreatygraphError):
    """A query was ended at its deadline."""


class QueryCrashedError(TreatygraphError):
    """A query ended its worker process (out of memory, or too deep)."""


class ServerBusyError(TreatygraphError):
    """All query processes are at work, and none came free in time."""


class AddressError(TreatygraphError):
    """The server cannot listen at an address."""


class UnknownThingError(TreatygraphError):
    """There is no thing with a key in the graph."""


class RdfSyntaxError(TreatygraphError):
    """A file of RDF is not well formed."""


class GoldError(TreatygraphError):
    """A gold file cannot be used for evaluation."""


class QuestionError(TreatygraphError):
    """A competency question is not well formed or does not give its rows."""
