"""Print how fast documents are read for citations beside eyecite: `.venv/bin/python benchmarks/extraction.py CORPUS`.

CORPUS is a folder or a tar archive of documents. Characters per second of processor time, on one core: of our citation
pass (from the parsed document to resolved citations), of the whole extraction (from bytes to citations and acts), and
of eyecite's `get_citations` on the same text, in the same run (`make bench-setup` installs it). The ratio to eyecite is
what can be compared between machines. Then inputs made to be hard, each at growing lengths: time must grow with the
length and no faster.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from treatygraph.cite import cite_document
from treatygraph.model.assets import assets
from treatygraph.model.text import SourceText
from treatygraph.parse import parse
from treatygraph.pipeline.extract import extract
from treatygraph.read import read_bytes, read_text
from treatygraph.registry.load import load_registry
from treatygraph.registry.values import Registry

PEER = Path(__file__).resolve().parents[1] / ".cache" / "bench" / "bin" / "python"
PEER_PROGRAM = """
import json, sys, time
from eyecite import get_citations
texts = json.load(sys.stdin)
get_citations("See 1 U.S. 1.")
began = time.process_time()
found = sum(len(get_citations(text)) for text in texts)
print(json.dumps({"seconds": time.process_time() - began, "found": found}))
"""
HARD = {
    "nested brackets": "(((((a) ",
    "a list of numbers": "resolutions 55/25, 60/1, ",
    "a list of articles": "articles 1, 2 (a) and 3 to 9, ",
    "ranges": "articles 1 to 9999, ",
    "names that go on": "the Convention on the ",
    "one endless word": "lighthouse",
    "one endless number": "9999999999",
    "slashes": "A/B/C/D/E/F/",
    "ordinals": "first and second, third ",
    "quotations that stay open": "“",
    "what was told": "At its sixth meeting, held in May 2030, the Working Group recommended that all should act. ",
    "volumes": "Treaty Series, vols. 1, 2, ",
    "lettered paragraphs": "article 1, paragraph 2 (a) (b) (c), ",
}
LENGTHS = (10_000, 20_000, 40_000, 80_000)


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--every", type=int, default=25, help="take each n-th document")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    registry = load_registry(assets() / "data" / "registry")
    files = [each for index, each in enumerate(_members(arguments.corpus)) if index % arguments.every == 0]
    _beside_peer(files, registry, arguments.repeats)
    _hard_inputs(registry)


def _members(corpus: Path) -> Iterator[tuple[str, bytes]]:
    if corpus.is_dir():
        for path in sorted(each for each in corpus.rglob("*") if each.is_file()):
            yield path.name, path.read_bytes()
        return
    with tarfile.open(corpus) as packed:
        for member in packed:
            stream = packed.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield PurePosixPath(member.name).name, stream.read()


def _beside_peer(files: list[tuple[str, bytes]], registry: Registry, repeats: int) -> None:
    sources = [read_bytes(data, name=name) for name, data in files]
    trees = [parse(source) for source in sources]
    length = sum(len(source.text) for source in sources)
    found = sum(len(cite_document(tree, registry)[1].citations) for tree in trees)  # warms caches too

    def cite() -> None:
        for tree in trees:
            cite_document(tree, registry)

    def whole() -> None:
        for name, data in files:
            extract(read_bytes(data, name=name), registry)

    ours, all_of_it, peers = [], [], []
    peer_found = 0
    for _ in range(repeats):  # in turn, so that what else the machine does falls on all of them
        ours.append(_seconds(cite))
        all_of_it.append(_seconds(whole))
        seconds, peer_found = _peer(sources)
        peers.append(seconds)
    print(f"{len(files)} documents, {length:,} characters; best of {repeats}, one core, processor time")
    print(f"{'':<18}{'characters/s':>14}{'× eyecite':>11}{'citations':>11}")
    rows = (
        ("citation pass", ours, found),
        ("whole extraction", all_of_it, found),
        ("eyecite", peers, peer_found),
    )
    for name, times, count in rows:
        print(f"{name:<18}{length / min(times):>14,.0f}{min(peers) / min(times):>11.2f}{count:>11}")


def _peer(sources: list[SourceText]) -> tuple[float, int]:
    if not PEER.is_file():
        sys.exit("eyecite is not installed: run `make bench-setup`")
    given = json.dumps([source.text for source in sources])
    done = subprocess.run(
        [str(PEER), "-c", PEER_PROGRAM], input=given, capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout)
    return float(answer["seconds"]), int(answer["found"])


def _hard_inputs(registry: Registry) -> None:
    """Seconds at each length, and the power of the length with which they grow (1 is linear, 2 quadratic)."""
    print(f"\n{'hard input':<28}" + "".join(f"{length:>10,}" for length in LENGTHS) + f"{'power':>8}")
    for name, piece in HARD.items():
        times = []
        for length in LENGTHS:
            source = read_text(piece * (length // len(piece)), name="hard.txt", language="en")
            times.append(min(_seconds(partial(extract, source, registry)) for _ in range(2)))
        power = math.log(times[-1] / times[0]) / math.log(LENGTHS[-1] / LENGTHS[0])
        print(f"{name:<28}" + "".join(f"{seconds:>10.3f}" for seconds in times) + f"{power:>8.2f}")


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
