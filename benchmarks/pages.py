"""Print how long the server takes for a page of each kind: `.venv/bin/python benchmarks/pages.py`.

Median and slowest of the repeats in milliseconds, size in kB, and the ratio of the median to that of `/health` in
the same run: the ratio is what can be compared between machines. The first answer of each page is told apart.
Without `--url` a server is started over a new store of the shipped graph.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from running import server
from site_walk import PAGE, examples

HEALTH = "/health"


def main() -> None:
    """Measure every kind of page and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--url", help="a server that runs already")
    parser.add_argument("--repeats", type=int, default=15)
    arguments = parser.parse_args()
    with server(arguments.url) as url:
        health = _times(url, HEALTH, arguments.repeats)[1]
        print(f"{'page':<22}{'first':>9}{'median':>9}{'slowest':>9}{'kB':>7}{'× health':>10}")
        for name, address in ({"(health)": HEALTH} | examples(url)).items():
            first, rest, size = _times(url, address, arguments.repeats)
            median, slowest = statistics.median(rest), max(rest)
            ratio = median / statistics.median(health)
            print(f"{name:<22}{first:>9.1f}{median:>9.1f}{slowest:>9.1f}{size / 1000:>7.1f}{ratio:>10.1f}")


def _times(url: str, address: str, repeats: int) -> tuple[float, list[float], int]:
    """Milliseconds of the first answer and of each after it, over one connection, and the size in bytes."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    times, size = [], 0
    for _ in range(repeats + 1):
        start = time.perf_counter()
        connection.request("GET", address, headers={"Accept": PAGE})
        answer = connection.getresponse()
        size = len(answer.read())
        times.append(1000 * (time.perf_counter() - start))
        if answer.status != 200:
            print(f"{address} answers {answer.status}", file=sys.stderr)
    connection.close()
    return times[0], times[1:], size


if __name__ == "__main__":
    main()
