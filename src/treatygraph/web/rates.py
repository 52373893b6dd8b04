"""How often one client may ask: a bucket of tokens each, filled at a steady rate."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import Final

_CLIENTS = 10_000


class Rates:
    """At most *rate* requests a second and client, and *burst* at once; the clients seen last are remembered."""

    def __init__(self, rate: float, burst: float | None = None) -> None:
        self._rate: Final = rate
        self._burst: Final = max(1.0, burst if burst is not None else 2 * rate)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str, now: float) -> int:
        """0 where the client may ask now, else the whole seconds until it may."""
        level, since = self._buckets.pop(client, (self._burst, now))
        level = min(self._burst, level + (now - since) * self._rate)
        allowed = level >= 1.0
        self._buckets[client] = (level - 1.0 if allowed else level, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1.0 - level) / self._rate))
