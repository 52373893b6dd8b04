"""Queries at ``/sparql`` without the framework: what was asked is read once, what was answered is kept.

Only what is plainly a query for data goes this way. Everything else (updates, pages, descriptions, mistakes) is left to
the framework, so that each rule of the protocol stands once. An answer has the same headers on either way.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header, parse_etags

from treatygraph.model.errors import QueryError
from treatygraph.store.pools import Pool
from treatygraph.store.question import Question, text_of
from treatygraph.store.result_cache import ResultCache
from treatygraph.store.spool import Answer
from treatygraph.web.caching import mark_of
from treatygraph.web.compression import CODING, SMALLEST, packed, tag_of, wanted
from treatygraph.web.headers import HEADERS
from treatygraph.web.negotiate import GRAPHS, HTML, TABLES, Form, choose, prefers_page
from treatygraph.web.protocol import BASE, QueryOperation, Sent, operation_of
from treatygraph.web.replies import Headers, Reply

_READINGS = 4096
_READ_BYTES = 2 << 20
"""Bytes of all requests that are remembered; what is read of each takes a few times as many."""

LONGEST_READING: Final = 16 << 10
"""Bytes of a request that is remembered; what a longer one asks for is to be read in a thread."""

_PACK_ASIDE = 64 << 10
_SECURITY: Final[Headers] = [(name.lower(), value) for name, value in HEADERS.items()]


class Asked(NamedTuple):
    """A request as it came: all that the answer depends on beside the data."""

    sent: Sent
    path: str
    accept: str
    accept_encoding: str

    @property
    def size(self) -> int:
        """Bytes of all its parts."""
        return (
            len(self.sent.address)
            + len(self.sent.body)
            + len(self.sent.content_type)
            + len(self.accept)
            + len(self.accept_encoding)
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a request asks for: the question, its key, its deadline, and how the answer is sent."""

    question: Question
    key: Hashable
    seconds: float
    mark: str | None
    """The end of the entity tag; None where the answer is good for one time."""
    packs: bool
    headers: Headers


class Fast:
    """Answers queries over *pool*; *cache_bytes* bound the packed forms of answers, which are kept beside them."""

    def __init__(self, pool: Pool, cache_bytes: int) -> None:
        self._pool = pool
        self._readings: OrderedDict[Asked, Reading | None] = OrderedDict()
        self._read_bytes = 0
        self._packed: ResultCache[Answer] = ResultCache(cache_bytes)

    def read(self, asked: Asked) -> Reading | None:
        """What is asked for; None where the framework must answer. Remembered for requests of common length."""
        if asked.size > LONGEST_READING:
            return _read(asked, self._pool.settings.timeout)
        if asked in self._readings:
            self._readings.move_to_end(asked)
            return self._readings[asked]
        reading = self._readings[asked] = _read(asked, self._pool.settings.timeout)
        self._read_bytes += asked.size
        while len(self._readings) > _READINGS or self._read_bytes > _READ_BYTES:
            self._read_bytes -= self._readings.popitem(last=False)[0].size
        return reading

    def at_once(self, reading: Reading, if_none_match: str | None) -> Reply | None:
        """An answer that nobody waits for: 304 where the client has it, one from before, or that of a look-up."""
        generation = self._pool.generation()
        if if_none_match and reading.mark is not None:
            tags = parse_etags(if_none_match)
            tag = f"g{generation}-{reading.mark}"
            held = next((each for each in (tag, tag_of(tag)) if tags.contains(each)), None)
            if held is not None:
                return Reply(304, _tagged(reading, held), size=0, hit=True)
        kept = self._pool.kept.get((generation, reading.key))
        answer = kept or self._pool.looked_up(reading.question, generation)
        if answer is None:
            return None
        hit = kept is not None
        if not reading.packs or answer.size < SMALLEST or not isinstance(answer.content, bytes):
            return _reply(reading, answer, hit=hit)
        short = self._packed.get((generation, reading.key))
        return None if short is None else _reply(reading, short, of=answer, is_packed=True, hit=hit)

    async def fresh(self, reading: Reading) -> Reply:
        """The answer of the engine, or of the pool's cache; raises what ``QueryPool.ask`` raises."""
        answer = await self._pool.ask_async(reading.question, timeout=reading.seconds)
        if not reading.packs or answer.size < SMALLEST or not isinstance(answer.content, bytes):
            return _reply(reading, answer)
        short = await self._pack(reading, answer, answer.content)
        return _reply(reading, short, of=answer, is_packed=True)

    async def _pack(self, reading: Reading, answer: Answer, content: bytes) -> Answer:
        if len(content) > _PACK_ASIDE:
            data = await asyncio.get_running_loop().run_in_executor(None, packed, content)
        else:
            data = packed(content)
        short = Answer(data, answer.is_graph, answer.generation)
        if reading.mark is not None or self._pool.kept.get((answer.generation, reading.key)) is not None:
            self._packed.put((answer.generation, reading.key), short)
        return short


def _read(asked: Asked, most_seconds: float) -> Reading | None:
    try:
        operation = operation_of(asked.sent)
        if not isinstance(operation, QueryOperation):
            return None
        text = text_of(operation.query)
        chosen = _chosen(asked.accept, text.form.gives_graph, operation.form)
    except (HTTPException, QueryError):
        return None
    if chosen is None:
        return None
    default, named = operation.dataset
    question = Question(operation.query, chosen.name, default, named, base=BASE)
    once = asked.sent.method == "POST" or text.is_volatile
    return Reading(
        question,
        question.key,
        min(operation.timeout or most_seconds, most_seconds),
        None if once else mark_of(f"{asked.path}?{asked.sent.address.decode(errors='replace')}", chosen.name),
        wanted(asked.accept_encoding),
        [
            ("content-type", chosen.content_type),
            ("vary", "Accept, Accept-Encoding"),
            ("cache-control", "no-store" if once else "no-cache"),
            *_SECURITY,
        ],
    )


@lru_cache(1024)
def _chosen(accept_header: str, gives_graph: bool, asked: str | None) -> Form | None:
    """The form of the answer; None for a page. Clients that want pages are told their mistakes by pages, too."""
    accept = parse_accept_header(accept_header[:LONGEST_READING], MIMEAccept)
    if prefers_page(accept):
        return None
    chosen = choose(accept, (*(GRAPHS if gives_graph else TABLES), HTML), asked)
    return None if chosen is HTML else chosen


def _reply(
    reading: Reading, answer: Answer, *, of: Answer | None = None, is_packed: bool = False, hit: bool = False
) -> Reply:
    headers = [*reading.headers, ("content-length", str(answer.size))]
    if reading.mark is not None:
        tag = f"g{answer.generation}-{reading.mark}"
        headers.append(("etag", f'"{tag_of(tag) if is_packed else tag}"'))
    if is_packed:
        headers.append(("content-encoding", CODING))
    body = answer.content if isinstance(answer.content, bytes) else answer.chunks()
    return Reply(200, headers, body, answer.size, hit, of or answer)


def _tagged(reading: Reading, tag: str) -> Headers:
    kept = [pair for pair in reading.headers if pair[0] not in ("content-type", "vary")]
    return [*kept, ("vary", "Accept"), ("etag", f'"{tag}"')]
