"""The terms of the graph: closed namespaces, so that a misspelt term raises ``AttributeError``.

Made from ``ontology/treatygraph.ttl`` by ``python -m treatygraph.graph.make_terms``: change the ontology,
not this file.
"""
# ruff: noqa: N801, N815

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode


class _TG:
    """The terms of ``tg:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "https://w3id.org/treatygraph/ns#"
    Action: Final = NamedNode(NAMESPACE + "Action")
    AgendaItem: Final = NamedNode(NAMESPACE + "AgendaItem")
    Body: Final = NamedNode(NAMESPACE + "Body")
    Build: Final = NamedNode(NAMESPACE + "Build")
    Citation: Final = NamedNode(NAMESPACE + "Citation")
    Consideration: Final = NamedNode(NAMESPACE + "Consideration")
    Document: Final = NamedNode(NAMESPACE + "Document")
    Edge: Final = NamedNode(NAMESPACE + "Edge")
    EvidencedProperty: Final = NamedNode(NAMESPACE + "EvidencedProperty")
    Expression: Final = NamedNode(NAMESPACE + "Expression")
    Group: Final = NamedNode(NAMESPACE + "Group")
    Happening: Final = NamedNode(NAMESPACE + "Happening")
    Mandate: Final = NamedNode(NAMESPACE + "Mandate")
    Meeting: Final = NamedNode(NAMESPACE + "Meeting")
    PartyCount: Final = NamedNode(NAMESPACE + "PartyCount")
    Passage: Final = NamedNode(NAMESPACE + "Passage")
    Provision: Final = NamedNode(NAMESPACE + "Provision")
    Publication: Final = NamedNode(NAMESPACE + "Publication")
    SearchService: Final = NamedNode(NAMESPACE + "SearchService")
    Session: Final = NamedNode(NAMESPACE + "Session")
    Slot: Final = NamedNode(NAMESPACE + "Slot")
    Source: Final = NamedNode(NAMESPACE + "Source")
    Tool: Final = NamedNode(NAMESPACE + "Tool")
    Treaty: Final = NamedNode(NAMESPACE + "Treaty")
    UnresolvedCitation: Final = NamedNode(NAMESPACE + "UnresolvedCitation")
    actor: Final = NamedNode(NAMESPACE + "actor")
    address: Final = NamedNode(NAMESPACE + "address")
    addressee: Final = NamedNode(NAMESPACE + "addressee")
    addresseeText: Final = NamedNode(NAMESPACE + "addresseeText")
    adopts: Final = NamedNode(NAMESPACE + "adopts")
    agendaItem: Final = NamedNode(NAMESPACE + "agendaItem")
    agendaOf: Final = NamedNode(NAMESPACE + "agendaOf")
    amends: Final = NamedNode(NAMESPACE + "amends")
    buildsOn: Final = NamedNode(NAMESPACE + "buildsOn")
    buildsOnTransitive: Final = NamedNode(NAMESPACE + "buildsOnTransitive")
    candidate: Final = NamedNode(NAMESPACE + "candidate")
    citationKind: Final = NamedNode(NAMESPACE + "citationKind")
    cites: Final = NamedNode(NAMESPACE + "cites")
    clause: Final = NamedNode(NAMESPACE + "clause")
    closureOf: Final = NamedNode(NAMESPACE + "closureOf")
    codeVersion: Final = NamedNode(NAMESPACE + "codeVersion")
    concernsInstrument: Final = NamedNode(NAMESPACE + "concernsInstrument")
    concernsProvision: Final = NamedNode(NAMESPACE + "concernsProvision")
    convenedBy: Final = NamedNode(NAMESPACE + "convenedBy")
    count: Final = NamedNode(NAMESPACE + "count")
    countOf: Final = NamedNode(NAMESPACE + "countOf")
    date: Final = NamedNode(NAMESPACE + "date")
    dateText: Final = NamedNode(NAMESPACE + "dateText")
    deadline: Final = NamedNode(NAMESPACE + "deadline")
    deadlineText: Final = NamedNode(NAMESPACE + "deadlineText")
    deliverable: Final = NamedNode(NAMESPACE + "deliverable")
    disputed: Final = NamedNode(NAMESPACE + "disputed")
    distribution: Final = NamedNode(NAMESPACE + "distribution")
    documentKind: Final = NamedNode(NAMESPACE + "documentKind")
    documentOf: Final = NamedNode(NAMESPACE + "documentOf")
    documentation: Final = NamedNode(NAMESPACE + "documentation")
    dueBy: Final = NamedNode(NAMESPACE + "dueBy")
    during: Final = NamedNode(NAMESPACE + "during")
    earliest: Final = NamedNode(NAMESPACE + "earliest")
    endTime: Final = NamedNode(NAMESPACE + "endTime")
    endorses: Final = NamedNode(NAMESPACE + "endorses")
    entryIntoForce: Final = NamedNode(NAMESPACE + "entryIntoForce")
    establishes: Final = NamedNode(NAMESPACE + "establishes")
    fileHash: Final = NamedNode(NAMESPACE + "fileHash")
    follows: Final = NamedNode(NAMESPACE + "follows")
    followsTransitive: Final = NamedNode(NAMESPACE + "followsTransitive")
    foundingTreaty: Final = NamedNode(NAMESPACE + "foundingTreaty")
    fromAction: Final = NamedNode(NAMESPACE + "fromAction")
    fullAgenda: Final = NamedNode(NAMESPACE + "fullAgenda")
    gap: Final = NamedNode(NAMESPACE + "gap")
    givenBy: Final = NamedNode(NAMESPACE + "givenBy")
    graphHash: Final = NamedNode(NAMESPACE + "graphHash")
    heldBy: Final = NamedNode(NAMESPACE + "heldBy")
    isPartOfTransitive: Final = NamedNode(NAMESPACE + "isPartOfTransitive")
    issued: Final = NamedNode(NAMESPACE + "issued")
    jointWith: Final = NamedNode(NAMESPACE + "jointWith")
    key: Final = NamedNode(NAMESPACE + "key")
    latest: Final = NamedNode(NAMESPACE + "latest")
    limit: Final = NamedNode(NAMESPACE + "limit")
    listedAs: Final = NamedNode(NAMESPACE + "listedAs")
    mandate: Final = NamedNode(NAMESPACE + "mandate")
    matches: Final = NamedNode(NAMESPACE + "matches")
    mentions: Final = NamedNode(NAMESPACE + "mentions")
    method: Final = NamedNode(NAMESPACE + "method")
    modality: Final = NamedNode(NAMESPACE + "modality")
    mode: Final = NamedNode(NAMESPACE + "mode")
    number: Final = NamedNode(NAMESPACE + "number")
    object: Final = NamedNode(NAMESPACE + "object")
    occasion: Final = NamedNode(NAMESPACE + "occasion")
    occasionText: Final = NamedNode(NAMESPACE + "occasionText")
    order: Final = NamedNode(NAMESPACE + "order")
    ordinal: Final = NamedNode(NAMESPACE + "ordinal")
    partOf: Final = NamedNode(NAMESPACE + "partOf")
    partOfTransitive: Final = NamedNode(NAMESPACE + "partOfTransitive")
    participation: Final = NamedNode(NAMESPACE + "participation")
    place: Final = NamedNode(NAMESPACE + "place")
    publishedIn: Final = NamedNode(NAMESPACE + "publishedIn")
    reason: Final = NamedNode(NAMESPACE + "reason")
    recurrence: Final = NamedNode(NAMESPACE + "recurrence")
    recurrenceText: Final = NamedNode(NAMESPACE + "recurrenceText")
    regarding: Final = NamedNode(NAMESPACE + "regarding")
    reissueReason: Final = NamedNode(NAMESPACE + "reissueReason")
    reissued: Final = NamedNode(NAMESPACE + "reissued")
    rejectedMentions: Final = NamedNode(NAMESPACE + "rejectedMentions")
    renews: Final = NamedNode(NAMESPACE + "renews")
    reportOf: Final = NamedNode(NAMESPACE + "reportOf")
    resolvedMentions: Final = NamedNode(NAMESPACE + "resolvedMentions")
    reuses: Final = NamedNode(NAMESPACE + "reuses")
    room: Final = NamedNode(NAMESPACE + "room")
    rule: Final = NamedNode(NAMESPACE + "rule")
    ruleset: Final = NamedNode(NAMESPACE + "ruleset")
    scheduledIn: Final = NamedNode(NAMESPACE + "scheduledIn")
    score: Final = NamedNode(NAMESPACE + "score")
    search: Final = NamedNode(NAMESPACE + "search")
    secretariat: Final = NamedNode(NAMESPACE + "secretariat")
    seen: Final = NamedNode(NAMESPACE + "seen")
    snippet: Final = NamedNode(NAMESPACE + "snippet")
    source: Final = NamedNode(NAMESPACE + "source")
    startTime: Final = NamedNode(NAMESPACE + "startTime")
    strength: Final = NamedNode(NAMESPACE + "strength")
    structureHeld: Final = NamedNode(NAMESPACE + "structureHeld")
    subOrganizationOfTransitive: Final = NamedNode(NAMESPACE + "subOrganizationOfTransitive")
    submittedTo: Final = NamedNode(NAMESPACE + "submittedTo")
    supplements: Final = NamedNode(NAMESPACE + "supplements")
    supports: Final = NamedNode(NAMESPACE + "supports")
    symbol: Final = NamedNode(NAMESPACE + "symbol")
    symbolInferred: Final = NamedNode(NAMESPACE + "symbolInferred")
    symbolSeries: Final = NamedNode(NAMESPACE + "symbolSeries")
    textHash: Final = NamedNode(NAMESPACE + "textHash")
    textLength: Final = NamedNode(NAMESPACE + "textLength")
    title: Final = NamedNode(NAMESPACE + "title")
    unit: Final = NamedNode(NAMESPACE + "unit")
    unresolvedMentions: Final = NamedNode(NAMESPACE + "unresolvedMentions")
    unverified: Final = NamedNode(NAMESPACE + "unverified")
    verb: Final = NamedNode(NAMESPACE + "verb")
    where: Final = NamedNode(NAMESPACE + "where")


TG: Final = _TG()


class _ELI:
    """The terms of ``eli:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://data.europa.eu/eli/ontology#"
    Agent: Final = NamedNode(NAMESPACE + "Agent")
    Expression: Final = NamedNode(NAMESPACE + "Expression")
    LegalExpression: Final = NamedNode(NAMESPACE + "LegalExpression")
    LegalResource: Final = NamedNode(NAMESPACE + "LegalResource")
    LegalResourceSubdivision: Final = NamedNode(NAMESPACE + "LegalResourceSubdivision")
    Organization: Final = NamedNode(NAMESPACE + "Organization")
    Work: Final = NamedNode(NAMESPACE + "Work")
    first_date_entry_in_force: Final = NamedNode(NAMESPACE + "first_date_entry_in_force")
    has_part: Final = NamedNode(NAMESPACE + "has_part")
    id_local: Final = NamedNode(NAMESPACE + "id_local")
    is_part_of: Final = NamedNode(NAMESPACE + "is_part_of")
    is_realized_by: Final = NamedNode(NAMESPACE + "is_realized_by")
    language: Final = NamedNode(NAMESPACE + "language")
    number: Final = NamedNode(NAMESPACE + "number")
    realizes: Final = NamedNode(NAMESPACE + "realizes")
    related_to: Final = NamedNode(NAMESPACE + "related_to")
    type_subdivision: Final = NamedNode(NAMESPACE + "type_subdivision")


ELI: Final = _ELI()


class _ELI_DL:
    """The terms of ``eli-dl:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://data.europa.eu/eli/eli-draft-legislation-ontology#"
    Activity: Final = NamedNode(NAMESPACE + "Activity")
    Decision: Final = NamedNode(NAMESPACE + "Decision")
    ForeseenActivity: Final = NamedNode(NAMESPACE + "ForeseenActivity")
    executed: Final = NamedNode(NAMESPACE + "executed")


ELI_DL: Final = _ELI_DL()


class _ORG:
    """The terms of ``org:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://www.w3.org/ns/org#"
    Organization: Final = NamedNode(NAMESPACE + "Organization")
    OrganizationalUnit: Final = NamedNode(NAMESPACE + "OrganizationalUnit")
    classification: Final = NamedNode(NAMESPACE + "classification")
    subOrganizationOf: Final = NamedNode(NAMESPACE + "subOrganizationOf")


ORG: Final = _ORG()


class _PROV:
    """The terms of ``prov:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://www.w3.org/ns/prov#"
    Activity: Final = NamedNode(NAMESPACE + "Activity")
    Entity: Final = NamedNode(NAMESPACE + "Entity")
    Plan: Final = NamedNode(NAMESPACE + "Plan")
    endedAtTime: Final = NamedNode(NAMESPACE + "endedAtTime")
    generated: Final = NamedNode(NAMESPACE + "generated")
    hadPrimarySource: Final = NamedNode(NAMESPACE + "hadPrimarySource")
    startedAtTime: Final = NamedNode(NAMESPACE + "startedAtTime")
    used: Final = NamedNode(NAMESPACE + "used")
    wasGeneratedBy: Final = NamedNode(NAMESPACE + "wasGeneratedBy")


PROV: Final = _PROV()


class _OA:
    """The terms of ``oa:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://www.w3.org/ns/oa#"
    Annotation: Final = NamedNode(NAMESPACE + "Annotation")
    SpecificResource: Final = NamedNode(NAMESPACE + "SpecificResource")
    TextPositionSelector: Final = NamedNode(NAMESPACE + "TextPositionSelector")
    TextQuoteSelector: Final = NamedNode(NAMESPACE + "TextQuoteSelector")
    end: Final = NamedNode(NAMESPACE + "end")
    exact: Final = NamedNode(NAMESPACE + "exact")
    hasBody: Final = NamedNode(NAMESPACE + "hasBody")
    hasSelector: Final = NamedNode(NAMESPACE + "hasSelector")
    hasSource: Final = NamedNode(NAMESPACE + "hasSource")
    hasTarget: Final = NamedNode(NAMESPACE + "hasTarget")
    identifying: Final = NamedNode(NAMESPACE + "identifying")
    motivatedBy: Final = NamedNode(NAMESPACE + "motivatedBy")
    prefix: Final = NamedNode(NAMESPACE + "prefix")
    start: Final = NamedNode(NAMESPACE + "start")
    suffix: Final = NamedNode(NAMESPACE + "suffix")


OA: Final = _OA()


class _SKOS:
    """The terms of ``skos:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://www.w3.org/2004/02/skos/core#"
    Concept: Final = NamedNode(NAMESPACE + "Concept")
    ConceptScheme: Final = NamedNode(NAMESPACE + "ConceptScheme")
    altLabel: Final = NamedNode(NAMESPACE + "altLabel")
    broader: Final = NamedNode(NAMESPACE + "broader")
    closeMatch: Final = NamedNode(NAMESPACE + "closeMatch")
    definition: Final = NamedNode(NAMESPACE + "definition")
    exactMatch: Final = NamedNode(NAMESPACE + "exactMatch")
    example: Final = NamedNode(NAMESPACE + "example")
    hasTopConcept: Final = NamedNode(NAMESPACE + "hasTopConcept")
    inScheme: Final = NamedNode(NAMESPACE + "inScheme")
    narrower: Final = NamedNode(NAMESPACE + "narrower")
    notation: Final = NamedNode(NAMESPACE + "notation")
    note: Final = NamedNode(NAMESPACE + "note")
    prefLabel: Final = NamedNode(NAMESPACE + "prefLabel")
    topConceptOf: Final = NamedNode(NAMESPACE + "topConceptOf")


SKOS: Final = _SKOS()


class _RDF:
    """The terms of ``rdf:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    Property: Final = NamedNode(NAMESPACE + "Property")
    Statement: Final = NamedNode(NAMESPACE + "Statement")
    langString: Final = NamedNode(NAMESPACE + "langString")
    object: Final = NamedNode(NAMESPACE + "object")
    predicate: Final = NamedNode(NAMESPACE + "predicate")
    subject: Final = NamedNode(NAMESPACE + "subject")
    type: Final = NamedNode(NAMESPACE + "type")
    value: Final = NamedNode(NAMESPACE + "value")


RDF: Final = _RDF()


class _RDFS:
    """The terms of ``rdfs:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://www.w3.org/2000/01/rdf-schema#"
    Resource: Final = NamedNode(NAMESPACE + "Resource")
    comment: Final = NamedNode(NAMESPACE + "comment")
    domain: Final = NamedNode(NAMESPACE + "domain")
    isDefinedBy: Final = NamedNode(NAMESPACE + "isDefinedBy")
    label: Final = NamedNode(NAMESPACE + "label")
    range: Final = NamedNode(NAMESPACE + "range")
    seeAlso: Final = NamedNode(NAMESPACE + "seeAlso")
    subClassOf: Final = NamedNode(NAMESPACE + "subClassOf")
    subPropertyOf: Final = NamedNode(NAMESPACE + "subPropertyOf")


RDFS: Final = _RDFS()


class _OWL:
    """The terms of ``owl:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://www.w3.org/2002/07/owl#"
    Class: Final = NamedNode(NAMESPACE + "Class")
    DatatypeProperty: Final = NamedNode(NAMESPACE + "DatatypeProperty")
    ObjectProperty: Final = NamedNode(NAMESPACE + "ObjectProperty")
    Ontology: Final = NamedNode(NAMESPACE + "Ontology")
    inverseOf: Final = NamedNode(NAMESPACE + "inverseOf")
    versionIRI: Final = NamedNode(NAMESPACE + "versionIRI")


OWL: Final = _OWL()


class _XSD:
    """The terms of ``xsd:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://www.w3.org/2001/XMLSchema#"
    anyURI: Final = NamedNode(NAMESPACE + "anyURI")
    boolean: Final = NamedNode(NAMESPACE + "boolean")
    date: Final = NamedNode(NAMESPACE + "date")
    dateTime: Final = NamedNode(NAMESPACE + "dateTime")
    decimal: Final = NamedNode(NAMESPACE + "decimal")
    duration: Final = NamedNode(NAMESPACE + "duration")
    gYear: Final = NamedNode(NAMESPACE + "gYear")
    gYearMonth: Final = NamedNode(NAMESPACE + "gYearMonth")
    integer: Final = NamedNode(NAMESPACE + "integer")
    string: Final = NamedNode(NAMESPACE + "string")
    time: Final = NamedNode(NAMESPACE + "time")


XSD: Final = _XSD()


class _DCTERMS:
    """The terms of ``dcterms:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://purl.org/dc/terms/"
    identifier: Final = NamedNode(NAMESPACE + "identifier")
    isVersionOf: Final = NamedNode(NAMESPACE + "isVersionOf")
    license: Final = NamedNode(NAMESPACE + "license")
    replaces: Final = NamedNode(NAMESPACE + "replaces")
    source: Final = NamedNode(NAMESPACE + "source")


DCTERMS: Final = _DCTERMS()


class _SCHEMA:
    """The terms of ``schema:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "https://schema.org/"
    CreativeWork: Final = NamedNode(NAMESPACE + "CreativeWork")
    domainIncludes: Final = NamedNode(NAMESPACE + "domainIncludes")
    rangeIncludes: Final = NamedNode(NAMESPACE + "rangeIncludes")


SCHEMA: Final = _SCHEMA()


class _VOID:
    """The terms of ``void:`` in use."""

    __slots__ = ()

    NAMESPACE: Final = "http://rdfs.org/ns/void#"
    Dataset: Final = NamedNode(NAMESPACE + "Dataset")
    sparqlEndpoint: Final = NamedNode(NAMESPACE + "sparqlEndpoint")
    triples: Final = NamedNode(NAMESPACE + "triples")
    uriSpace: Final = NamedNode(NAMESPACE + "uriSpace")
    vocabulary: Final = NamedNode(NAMESPACE + "vocabulary")


VOID: Final = _VOID()

SUPERCLASSES: Final[Mapping[NamedNode, tuple[NamedNode, ...]]] = MappingProxyType(
    {
        ELI_DL.Decision: (ELI_DL.Activity,),
        ELI.LegalExpression: (ELI.Expression,),
        ELI.LegalResource: (ELI.Work,),
        ELI.LegalResourceSubdivision: (
            ELI.LegalResource,
            ELI.Work,
        ),
        ELI.Organization: (ELI.Agent,),
        ORG.OrganizationalUnit: (ORG.Organization,),
        PROV.Plan: (PROV.Entity,),
        TG.Action: (
            ELI_DL.Activity,
            ELI_DL.Decision,
        ),
        TG.AgendaItem: (ELI_DL.ForeseenActivity,),
        TG.Body: (
            ELI.Agent,
            ELI.Organization,
            ORG.Organization,
        ),
        TG.Build: (PROV.Activity,),
        TG.Citation: (OA.Annotation,),
        TG.Consideration: (ELI_DL.Activity,),
        TG.Document: (
            ELI.LegalResource,
            ELI.Work,
        ),
        TG.Edge: (RDF.Statement,),
        TG.EvidencedProperty: (RDF.Property,),
        TG.Expression: (
            ELI.Expression,
            ELI.LegalExpression,
        ),
        TG.Group: (ELI.Agent,),
        TG.Happening: (
            ELI_DL.Activity,
            PROV.Activity,
        ),
        TG.Mandate: (
            PROV.Entity,
            PROV.Plan,
        ),
        TG.Meeting: (
            ELI_DL.Activity,
            PROV.Activity,
            TG.Happening,
        ),
        TG.PartyCount: (PROV.Entity,),
        TG.Passage: (OA.Annotation,),
        TG.Provision: (
            ELI.LegalResource,
            ELI.LegalResourceSubdivision,
            ELI.Work,
        ),
        TG.Publication: (ELI.Work,),
        TG.Session: (
            ELI_DL.Activity,
            PROV.Activity,
            TG.Happening,
        ),
        TG.Slot: (ELI_DL.ForeseenActivity,),
        TG.Source: (PROV.Entity,),
        TG.Tool: (SCHEMA.CreativeWork,),
        TG.Treaty: (
            ELI.LegalResource,
            ELI.Work,
        ),
        TG.UnresolvedCitation: (
            OA.Annotation,
            TG.Citation,
        ),
    }
)
"""All superclasses of a class, near and far; data state them with the class (``types_of``)."""

SUPERPROPERTIES: Final[Mapping[NamedNode, tuple[NamedNode, ...]]] = MappingProxyType(
    {
        TG.adopts: (TG.object,),
        TG.amends: (TG.object,),
        TG.endorses: (TG.object,),
        TG.establishes: (TG.object,),
        TG.renews: (TG.object,),
    }
)
"""Our own superproperties of a property; data state them too (``properties_of``)."""

CLOSURES: Final[Mapping[NamedNode, tuple[NamedNode, ...]]] = MappingProxyType(
    {
        TG.buildsOnTransitive: (TG.buildsOn,),
        TG.followsTransitive: (
            TG.buildsOn,
            TG.follows,
        ),
        TG.isPartOfTransitive: (ELI.is_part_of,),
        TG.partOfTransitive: (TG.partOf,),
        TG.subOrganizationOfTransitive: (ORG.subOrganizationOf,),
    }
)
"""The properties that stand for paths of one or more steps → the properties of a step (``tg:closureOf``)."""

EVIDENCED: Final[frozenset[NamedNode]] = frozenset(
    {
        TG.actor,
        TG.addressee,
        TG.adopts,
        TG.agendaOf,
        TG.amends,
        TG.buildsOn,
        TG.cites,
        TG.concernsInstrument,
        TG.concernsProvision,
        TG.convenedBy,
        TG.count,
        TG.dateText,
        TG.deadline,
        TG.deadlineText,
        TG.deliverable,
        TG.documentOf,
        TG.documentation,
        TG.dueBy,
        TG.during,
        TG.earliest,
        TG.endorses,
        TG.entryIntoForce,
        TG.establishes,
        TG.follows,
        TG.givenBy,
        TG.heldBy,
        TG.issued,
        TG.jointWith,
        TG.latest,
        TG.method,
        TG.mode,
        TG.object,
        TG.occasion,
        TG.occasionText,
        TG.participation,
        TG.place,
        TG.publishedIn,
        TG.recurrence,
        TG.recurrenceText,
        TG.regarding,
        TG.reissueReason,
        TG.reissued,
        TG.renews,
        TG.reportOf,
        TG.scheduledIn,
        TG.secretariat,
        TG.source,
        TG.submittedTo,
        TG.title,
    }
)
"""The properties whose every triple needs an edge node."""

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tg": TG.NAMESPACE,
        "eli": ELI.NAMESPACE,
        "eli-dl": ELI_DL.NAMESPACE,
        "org": ORG.NAMESPACE,
        "prov": PROV.NAMESPACE,
        "oa": OA.NAMESPACE,
        "skos": SKOS.NAMESPACE,
        "rdf": RDF.NAMESPACE,
        "rdfs": RDFS.NAMESPACE,
        "owl": OWL.NAMESPACE,
        "xsd": XSD.NAMESPACE,
        "dcterms": DCTERMS.NAMESPACE,
        "schema": SCHEMA.NAMESPACE,
        "void": VOID.NAMESPACE,
    }
)
"""Prefix → namespace, for queries and Turtle."""


def types_of(cls: NamedNode) -> tuple[NamedNode, ...]:
    """The types that a node of that class gets: the class and all its superclasses, sorted by IRI."""
    return tuple(sorted((cls, *SUPERCLASSES.get(cls, ())), key=lambda node: node.value))


def properties_of(predicate: NamedNode) -> tuple[NamedNode, ...]:
    """The properties under which a triple is stated: the property and its superproperties, sorted by IRI."""
    return tuple(sorted((predicate, *SUPERPROPERTIES.get(predicate, ())), key=lambda node: node.value))
