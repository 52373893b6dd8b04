"""Tree and citations → the actions that bodies took, the happenings told, and what the text says of documents."""

from treatygraph.acts.actions import ActsFound, find_acts
from treatygraph.acts.mandates import Mandate, mandates_of

__all__ = ["ActsFound", "Mandate", "find_acts", "mandates_of"]
