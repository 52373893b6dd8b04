"""Questions over the graph, a function each, and the graph as a network."""

from treatygraph.history.network import to_networkx
from treatygraph.history.walk import (
    ActionRow,
    Evidence,
    ItemLink,
    MandateRow,
    actions_regarding,
    evidence_of,
    items_concerning,
    mandates_of,
)

__all__ = [
    "ActionRow",
    "Evidence",
    "ItemLink",
    "MandateRow",
    "actions_regarding",
    "evidence_of",
    "items_concerning",
    "mandates_of",
    "to_networkx",
]
