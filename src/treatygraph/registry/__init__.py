"""What texts refer to, from ``data/registry``: instruments, bodies, groups, tools, and the facts known of them."""

from treatygraph.registry.load import load_registry
from treatygraph.registry.values import (
    EVERYWHERE,
    ActSeries,
    Alias,
    Body,
    Instrument,
    Named,
    Provision,
    Registry,
)

__all__ = [
    "EVERYWHERE",
    "ActSeries",
    "Alias",
    "Body",
    "Instrument",
    "Named",
    "Provision",
    "Registry",
    "load_registry",
]
