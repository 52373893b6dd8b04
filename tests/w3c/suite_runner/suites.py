"""The suites of the W3C: the manifests that are run, and how many cases each has; those that are left out, and why."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

QUERY_11: Final[Mapping[str, int]] = MappingProxyType(
    {
        "sparql11/aggregates/manifest.ttl": 47,
        "sparql11/bind/manifest.ttl": 10,
        "sparql11/bindings/manifest.ttl": 11,
        "sparql11/cast/manifest.ttl": 6,
        "sparql11/construct/manifest.ttl": 7,
        "sparql11/csv-tsv-res/manifest.ttl": 6,
        "sparql11/exists/manifest.ttl": 6,
        "sparql11/functions/manifest.ttl": 75,
        "sparql11/grouping/manifest.ttl": 6,
        "sparql11/json-res/manifest.ttl": 4,
        "sparql11/negation/manifest.ttl": 12,
        "sparql11/project-expression/manifest.ttl": 7,
        "sparql11/property-path/manifest.ttl": 33,
        "sparql11/subquery/manifest.ttl": 14,
        "sparql11/syntax-query/manifest.ttl": 94,
    }
)
"""SPARQL 1.1 Query and its result formats: evaluation and syntax."""

UPDATE_11: Final[Mapping[str, int]] = MappingProxyType(
    {
        "sparql11/add/manifest.ttl": 8,
        "sparql11/basic-update/manifest.ttl": 13,
        "sparql11/clear/manifest.ttl": 4,
        "sparql11/copy/manifest.ttl": 6,
        "sparql11/delete-data/manifest.ttl": 6,
        "sparql11/delete-insert/manifest.ttl": 17,
        "sparql11/delete-where/manifest.ttl": 6,
        "sparql11/delete/manifest.ttl": 19,
        "sparql11/drop/manifest.ttl": 4,
        "sparql11/move/manifest.ttl": 6,
        "sparql11/syntax-update-1/manifest.ttl": 54,
        "sparql11/syntax-update-2/manifest.ttl": 1,
        "sparql11/update-silent/manifest.ttl": 13,
    }
)
"""SPARQL 1.1 Update: evaluation and syntax."""

HTTP_11: Final[Mapping[str, int]] = MappingProxyType(
    {
        "sparql11/graph-store-protocol/manifest-direct.ttl": 4,
        "sparql11/graph-store-protocol/manifest-indirect.ttl": 9,
        "sparql11/protocol/manifest.ttl": 34,
        "sparql11/service-description/manifest.ttl": 3,
    }
)
"""What SPARQL 1.1 says of HTTP: all of it passes."""

QUERY_10: Final[Mapping[str, int]] = MappingProxyType(
    {
        "sparql10/algebra/manifest.ttl": 14,
        "sparql10/ask/manifest.ttl": 4,
        "sparql10/basic/manifest.ttl": 27,
        "sparql10/bnode-coreference/manifest.ttl": 1,
        "sparql10/boolean-effective-value/manifest.ttl": 7,
        "sparql10/bound/manifest.ttl": 1,
        "sparql10/cast/manifest.ttl": 7,
        "sparql10/construct/manifest.ttl": 5,
        "sparql10/dataset/manifest.ttl": 12,
        "sparql10/distinct/manifest.ttl": 11,
        "sparql10/expr-builtin/manifest.ttl": 25,
        "sparql10/expr-equals/manifest.ttl": 15,
        "sparql10/expr-ops/manifest.ttl": 18,
        "sparql10/graph/manifest.ttl": 17,
        "sparql10/i18n/manifest.ttl": 5,
        "sparql10/open-world/manifest.ttl": 18,
        "sparql10/optional-filter/manifest.ttl": 5,
        "sparql10/optional/manifest.ttl": 7,
        "sparql10/reduced/manifest.ttl": 2,
        "sparql10/regex/manifest.ttl": 21,
        "sparql10/solution-seq/manifest.ttl": 13,
        "sparql10/sort/manifest.ttl": 14,
        "sparql10/syntax-sparql1/manifest.ttl": 81,
        "sparql10/syntax-sparql2/manifest.ttl": 53,
        "sparql10/syntax-sparql3/manifest.ttl": 51,
        "sparql10/syntax-sparql4/manifest.ttl": 12,
        "sparql10/syntax-sparql5/manifest.ttl": 2,
        "sparql10/triple-match/manifest.ttl": 4,
        "sparql10/type-promotion/manifest.ttl": 30,
    }
)
"""SPARQL 1.0, of which SPARQL 1.1 keeps all but some corners."""

LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sparql11/entailment/manifest.ttl": "a specification of its own; the service says that its regime is simple entailment",
        "sparql11/http-rdf-update/manifest.ttl": "deprecated by the W3C in favour of graph-store-protocol",
        "sparql11/service/manifest.ttl": "a specification of its own (federation); SERVICE to other servers is refused",
        "sparql11/syntax-fed/manifest.ttl": "a specification of its own (federation); SERVICE to other servers is refused",
    }
)
"""Manifests that are not run."""
