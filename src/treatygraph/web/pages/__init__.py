"""The pages of things: a module for each kind, and the page of any thing for the rest."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from pyoxigraph import NamedNode

from treatygraph.web.pages import action, body, document, happening, item, provision, support, treaty
from treatygraph.web.pages.kind import Kind

KINDS: Final = (
    treaty.KIND,
    provision.KIND,
    body.KIND,
    happening.KIND,
    item.KIND,
    action.ACTION,
    action.MANDATE,
    document.KIND,
    document.EXPRESSION,
    support.CITATION,
    support.PASSAGE,
    support.SOURCE,
    support.EDGE,
)
"""The kinds with a page of their own; a thing of several kinds has the page of the first."""

ANY: Final = Kind(None)


def kind_of(types: Collection[NamedNode]) -> Kind:
    """The kind whose page a thing of these classes has."""
    return next((kind for kind in KINDS if kind.of in types), ANY)
