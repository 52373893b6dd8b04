"""What the service did, counted for Prometheus (text format 0.0.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from treatygraph.model.errors import StoreError
from treatygraph.store.pools import Pool

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counts of one server."""

    def __init__(self, pool: Pool) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "treatygraph_requests",
            "Requests by route and status.",
            ("route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "treatygraph_request_seconds", "Time until an answer was sent, by route.", ("route",),
            registry=self._registry, buckets=_BUCKETS,
        )  # fmt: skip
        self._bytes = Counter(
            "treatygraph_sent_bytes", "Bytes of answers, by route.", ("route",), registry=self._registry
        )
        self._cache = Counter(
            "treatygraph_cache",
            "Queries answered from the cache, or not.",
            ("result",),
            registry=self._registry,
        )
        self._refused = Counter(
            "treatygraph_rate_limited", "Requests refused by the rate limit.", registry=self._registry
        )
        self._children: dict[tuple[str, int], tuple[Counter, Histogram, Counter]] = {}
        self._hit, self._miss = self._cache.labels("hit"), self._cache.labels("miss")
        self._registry.register(_PoolCollector(pool))

    def answered(self, route: str, status: int, seconds: float, size: int) -> None:
        """Counts one answer."""
        key = (route, status)
        if key not in self._children:
            self._children[key] = (
                self._requests.labels(route, str(status)),
                self._seconds.labels(route),
                self._bytes.labels(route),
            )
        requests, times, sent = self._children[key]
        requests.inc()
        times.observe(seconds)
        sent.inc(size)

    def queried(self, *, hit: bool) -> None:
        """Counts one query by whether its answer was kept from before."""
        (self._hit if hit else self._miss).inc()

    def limited(self) -> None:
        """Counts one request that the rate limit refused."""
        self._refused.inc()

    def text(self) -> bytes:
        """All counts."""
        return generate_latest(self._registry)


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
