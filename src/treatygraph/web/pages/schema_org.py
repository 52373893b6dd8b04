"""The thing in schema.org's words, for search engines: data in the page, never run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from treatygraph.graph.terms import SKOS, TG
from treatygraph.web.pages.subject import Subject
from treatygraph.web.pages.values import Link

_TYPES: Final = (
    (TG.Treaty, "Legislation"),
    (TG.Provision, "Legislation"),
    (TG.Body, "Organization"),
    (TG.Group, "Organization"),
    (TG.Happening, "Event"),
    (TG.AgendaItem, "Event"),
    (TG.Slot, "Event"),
    (TG.Document, "CreativeWork"),
    (TG.Expression, "CreativeWork"),
    (TG.Publication, "CreativeWork"),
    (TG.Tool, "CreativeWork"),
    (TG.Action, "Action"),
    (TG.Mandate, "Action"),
)


def schema_org(subject: Subject, crumbs: tuple[Link, ...]) -> Mapping[str, object]:
    """The thing as JSON-LD (schema.org): name, other names, days, place, whole."""
    kind = next((name for each, name in _TYPES if each in subject.types), "Thing")
    label = subject.label
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": subject.node.value,
        "url": subject.node.value,
        "name": label.value if label else subject.key,
    }
    if names := subject.texts(SKOS.altLabel):
        found["alternateName"] = list(names)
    if symbols := subject.texts(TG.symbol):
        found["identifier"] = symbols[0]
    first, last = subject.texts(TG.earliest), subject.texts(TG.latest)
    if kind == "Event" and first and last:
        # The most exact of several: the latest first day, the earliest last day.
        found |= {"startDate": first[-1], "endDate": last[0]}
        if places := subject.texts(TG.place):
            found["location"] = {"@type": "Place", "name": places[0]}
    elif kind == "Legislation" and first:
        found["legislationDate"] = first[-1]
    elif kind == "CreativeWork" and first:
        found["datePublished"] = first[-1]
    if crumbs:
        whole = crumbs[-1]
        name = {"Event": "superEvent", "Organization": "parentOrganization"}.get(kind, "isPartOf")
        if name == "superEvent" and TG.AgendaItem not in subject.types and TG.Slot not in subject.types:
            name = "organizer"
        if kind in ("Event", "Organization", "Legislation", "CreativeWork"):
            found[name] = {"@id": whole.iri, "name": whole.words}
    return found
