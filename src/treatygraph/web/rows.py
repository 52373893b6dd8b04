"""How many rows an answer has: solutions of a table, triples of a graph in N-Triples; counted for the log alone."""

from __future__ import annotations

import json

from treatygraph.store.spool import Answer


def rows_of(answer: Answer, form: str) -> int | None:
    """The rows of an answer in a form; None for a boolean, for forms that have none, and for an answer in a file."""
    body = answer.content
    if not isinstance(body, bytes):
        return None
    if form == "json":
        results = json.loads(body).get("results")
        return None if results is None else len(results["bindings"])
    if form == "xml":
        return None if b"<boolean>" in body else body.count(b"<result>")
    if form == "ntriples":
        return body.count(b"\n")
    if form not in ("csv", "tsv") or body in (b"true", b"false"):
        return None
    # In CSV a literal may have line breaks: what stands between two quotation marks is no end of a row.
    outside = body.split(b'"')[::2] if form == "csv" else [body]
    return sum(part.count(b"\n") for part in outside) - 1
