"""Where quads are kept: verdict + quads → committed generation; and queries over it in processes that can be ended."""

from treatygraph.store.embedded import EmbeddedStore
from treatygraph.store.guard import QueryForm, check_query, check_update
from treatygraph.store.places import ReadableStore, WritableStore, open_reader, open_writer
from treatygraph.store.pools import Pool, open_pool
from treatygraph.store.reader import EmbeddedReader
from treatygraph.store.remote import RemoteStore
from treatygraph.store.workers import Answer, QueryPool, Question

__all__ = [
    "Answer",
    "EmbeddedReader",
    "EmbeddedStore",
    "Pool",
    "QueryForm",
    "QueryPool",
    "Question",
    "ReadableStore",
    "RemoteStore",
    "WritableStore",
    "check_query",
    "check_update",
    "open_pool",
    "open_reader",
    "open_writer",
]
