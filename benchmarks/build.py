"""Print how fast a corpus is built and what memory it takes: `.venv/bin/python benchmarks/build.py CORPUS…`.

Files per second at 1 and 2 workers (reading, stating, judging, committing) and their ratio, which is what can be
compared between machines; then the peak memory of the process that commits, and of its largest worker, for growing
numbers of documents: it stays flat when the memory does not follow the number.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path

from treatygraph.model.assets import assets
from treatygraph.pipeline.corpus import sources_of
from treatygraph.pipeline.corpus_build import build_corpus
from treatygraph.pipeline.crew import read_here
from treatygraph.pipeline.reading import Setting
from treatygraph.pipeline.shipped import Sources, registry_graphs
from treatygraph.store import open_writer
from treatygraph.store.heap import give_memory_back
from treatygraph.validate import load_shapes


def main() -> None:
    """Measure, each number of documents in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--match", action="append", default=[])
    parser.add_argument("--documents", type=int, nargs="+", default=[50, 200, 800])
    parser.add_argument("--speed-documents", type=int, default=100)
    parser.add_argument("--one", nargs=2, type=int, metavar=("DOCUMENTS", "WORKERS"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(_measured(arguments.corpus, arguments.match, *arguments.one)))
        return
    print(f"{'documents':>9} {'workers':>8} {'files/s':>8} {'MB build':>9} {'MB worker':>10}")
    speeds = [_run(arguments.speed_documents, workers) for workers in (1, 2)]
    for count in arguments.documents:
        _run(count, 2)
    print(f"two workers against one: × {speeds[1] / speeds[0]:.2f}")


def _run(documents: int, workers: int) -> float:
    words = [word for word in sys.argv[1:] if word]
    command = [sys.executable, __file__, *words, "--one", str(documents), str(workers)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    speed = found["documents"] / found["seconds"]
    print(
        f"{found['documents']:>9} {workers:>8} {speed:>8.2f} {found['build']:>9.0f} {found['worker']:>10.0f}",
        flush=True,
    )
    return speed


def _measured(corpus: list[Path], match: list[str], documents: int, workers: int) -> dict[str, float]:
    give_memory_back()
    root, setting = assets(), Setting.of()
    sources = Sources(root / "ontology", root / "data")
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder) / "store") as store:
        store.replace_graphs(registry_graphs(sources))
        worker = _Watch()
        worker.start()
        start = time.perf_counter()
        ledger = build_corpus(
            store,
            islice(sources_of(corpus, match=match), documents),
            setting,
            load_shapes(sources.shapes),
            lambda found: read_here(found, setting, workers=workers),
        )
        seconds = time.perf_counter() - start
    return {
        "documents": ledger.documents + ledger.duplicates + len(ledger.failed),
        "seconds": seconds,
        "build": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "worker": worker.peak / 1000,
    }


class _Watch(threading.Thread):
    """Looks twice a second at the highest memory (kB) of the processes that this one has started, and they."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0

    def run(self) -> None:
        while True:
            ours = {os.getpid()}
            for entry in sorted(Path("/proc").glob("[0-9]*"), key=lambda each: int(each.name)):
                try:
                    fields = dict(
                        line.split(":", 1)
                        for line in (entry / "status").read_text().splitlines()
                        if ":" in line
                    )
                except OSError:
                    continue
                if int(fields["PPid"]) in ours:
                    ours.add(int(entry.name))
                    self.peak = max(self.peak, int(fields.get("VmHWM", "0 kB").split()[0]))
            time.sleep(0.5)


if __name__ == "__main__":
    main()
