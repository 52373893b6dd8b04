"""Where quads are kept: verdict + quads → committed generation; and queries over it in processes that can be ended."""

from treatygraph.store.embedded import EmbeddedStore
from treatygraph.store.guard import QueryForm, check_query, check_update
from treatygraph.store.places import open_reader, open_writer
from treatygraph.store.reader import EmbeddedReader
from treatygraph.store.workers import Answer, QueryPool, Question

__all__ = [
    "Answer",
    "EmbeddedReader",
    "EmbeddedStore",
    "QueryForm",
    "QueryPool",
    "Question",
    "check_query",
    "check_update",
    "open_reader",
    "open_writer",
]
