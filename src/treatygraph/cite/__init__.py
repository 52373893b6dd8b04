"""Tree → mentions: what a document refers to, each resolved to a key or refused with a reason, and whose it is."""

from treatygraph.cite.document import cite_document
from treatygraph.cite.identity import instrument_of
from treatygraph.cite.resolve import OWN_SYMBOL

__all__ = ["OWN_SYMBOL", "cite_document", "instrument_of"]
