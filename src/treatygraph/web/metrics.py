"""What the service did, counted for Prometheus (text format 0.0.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from treatygraph.model.errors import StoreError
from treatygraph.store.pools import Pool

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counts of one server, kept by its event loop alone: plain numbers, for each request adds to several."""

    def __init__(self, pool: Pool) -> None:
        self._requests: dict[tuple[str, int], int] = {}
        self._routes: dict[str, _Route] = {}
        self._hits = self._misses = self._refused = 0
        self._registry = CollectorRegistry()
        self._registry.register(self)
        self._registry.register(_PoolCollector(pool))

    def answered(self, route: str, status: int, seconds: float, size: int) -> None:
        """Counts one answer."""
        key = (route, status)
        self._requests[key] = self._requests.get(key, 0) + 1
        if (counts := self._routes.get(route)) is None:
            counts = self._routes[route] = _Route()
        counts.buckets[bisect_left(_BUCKETS, seconds)] += 1
        counts.seconds += seconds
        counts.bytes += size

    def queried(self, *, hit: bool) -> None:
        """Counts one query by whether its answer was kept from before."""
        if hit:
            self._hits += 1
        else:
            self._misses += 1

    def limited(self) -> None:
        """Counts one request that the rate limit refused."""
        self._refused += 1

    def text(self) -> bytes:
        """All counts."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """What was counted, as the library writes it."""
        requests = CounterMetricFamily(
            "treatygraph_requests", "Requests by route and status.", labels=("route", "status")
        )
        for (route, status), count in self._requests.items():
            requests.add_metric((route, str(status)), count)
        times = HistogramMetricFamily(
            "treatygraph_request_seconds", "Time until an answer was sent, by route.", labels=("route",)
        )
        sent = CounterMetricFamily("treatygraph_sent_bytes", "Bytes of answers, by route.", labels=("route",))
        bounds = [*map(str, _BUCKETS), "+Inf"]
        for route, counts in self._routes.items():
            buckets = list(zip(bounds, accumulate(counts.buckets), strict=True))
            times.add_metric((route,), buckets, counts.seconds)
            sent.add_metric((route,), counts.bytes)
        cache = CounterMetricFamily(
            "treatygraph_cache", "Queries answered from the cache, or not.", labels=("result",)
        )
        cache.add_metric(("hit",), self._hits)
        cache.add_metric(("miss",), self._misses)
        yield from (requests, times, sent, cache)
        yield CounterMetricFamily(
            "treatygraph_rate_limited", "Requests refused by the rate limit.", self._refused
        )


class _Route:
    """The answers of one route: how many took how long (the last bucket: longer than all), seconds, bytes."""

    __slots__ = ("buckets", "bytes", "seconds")

    def __init__(self) -> None:
        self.buckets = [0] * (len(_BUCKETS) + 1)
        self.seconds = 0.0
        self.bytes = 0


class _PoolCollector:
    """Asks the pool how it stands when somebody looks."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        """The metrics of the pool and of the store."""
        counts = self._pool.counts()
        processes = GaugeMetricFamily(
            "treatygraph_query_processes", "Query processes by state.", labels=("state",)
        )
        for state, value in (("free", counts.free), ("quick", counts.quick), ("long", counts.long)):
            processes.add_metric((state,), value)
        ended = CounterMetricFamily(
            "treatygraph_queries_ended", "Queries ended early, by reason.", labels=("reason",)
        )
        for reason, count in counts.ended.items():
            ended.add_metric((reason,), count)
        yield processes
        yield ended
        yield GaugeMetricFamily("treatygraph_queries_waiting", "Queries that wait.", counts.waiting)
        yield GaugeMetricFamily("treatygraph_cache_bytes", "Bytes of kept answers.", self._pool.kept.bytes)
        yield GaugeMetricFamily("treatygraph_cache_entries", "Kept answers.", len(self._pool.kept))
        try:
            yield GaugeMetricFamily(
                "treatygraph_generation", "The current generation.", self._pool.generation()
            )
        except StoreError:
            return
