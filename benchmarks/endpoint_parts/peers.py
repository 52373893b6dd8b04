"""The servers that are measured: each is started over the same graph, and ended after."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
_START_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Peer:
    """A server that runs: its name, port, path of queries, first process, seconds from its start to an answer."""

    name: str
    port: int
    path: str
    process: int
    seconds: float

    def memory(self) -> int:
        """Bytes of memory that it and its children hold (proportional set size)."""
        return sum(map(_held, _family(self.process)))

    def held_by(self, processes: list[int]) -> int:
        """Bytes of memory that some of its processes hold."""
        return sum(map(_held, processes))

    def query_processes(self) -> list[int]:
        """Those of its processes that answer queries, and the one that they are forked from; none where it has none."""
        return [each for each in _family(self.process) if b"/store/worker.py" in _command(each)]

    def forked_processes(self) -> list[int]:
        """Those of its processes that answer queries."""
        all_of_them = set(self.query_processes())
        return [each for each in all_of_them if _parent(each) in all_of_them]


@contextlib.contextmanager
def ours(store: Path, log: Path, *options: str) -> Iterator[Peer]:
    """`treatygraph serve` over a store."""
    port = _free_port()
    command = [
        Path(sys.executable).with_name("treatygraph"),
        "serve",
        "--store",
        store,
        "--port",
        port,
        *options,
    ]
    with _started("treatygraph", command, port, "/sparql", log) as peer:
        yield peer


@contextlib.contextmanager
def oxigraph(store: Path, log: Path, *options: str) -> Iterator[Peer]:
    """The Oxigraph server, read-only, over a copy (hard links) of the store's current generation."""
    generation = store / "generations" / (store / "CURRENT").read_text().strip()
    copy = log.with_name("oxigraph-store")
    shutil.copytree(generation, copy, copy_function=os.link)
    port = _free_port()
    command = [
        Path(sys.executable).with_name("oxigraph"), "serve-read-only", "--location", copy,
        "--bind", f"127.0.0.1:{port}", *options,
    ]  # fmt: skip
    try:
        with _started("oxigraph", command, port, "/query", log) as peer:
            yield peer
    finally:
        shutil.rmtree(copy)


@contextlib.contextmanager
def rdflib_endpoint(triples: Path, log: Path) -> Iterator[Peer]:
    """rdflib-endpoint over N-Triples in memory; raises ``FileNotFoundError`` where it is not installed."""
    python = REPOSITORY / ".cache" / "bench" / "bin" / "python"
    if not python.exists():
        raise FileNotFoundError("rdflib-endpoint is not installed: run `make bench-setup`")
    port = _free_port()
    code = (
        "import sys, uvicorn, rdflib; from rdflib_endpoint import SparqlEndpoint\n"
        "graph = rdflib.Graph(); graph.parse(sys.argv[1], format='nt')\n"
        "uvicorn.run(SparqlEndpoint(graph=graph, path='/'), port=int(sys.argv[2]), log_level='error')\n"
    )
    with _started("rdflib-endpoint", [python, "-c", code, triples, port], port, "/", log) as peer:
        yield peer


_SETTINGS = REPOSITORY / "scripts" / "virtuoso.ini"
# The buffers are 3 GB, as its own file of settings advises for a machine with 4; the pages it fills count as memory.
_BUFFERS, _DIRTY_BUFFERS = 340_000, 250_000
_IN_GRAPHS = 512


@contextlib.contextmanager
def virtuoso(folder: Path, quads: Iterator[str], log: Path) -> Iterator[Peer]:
    """Virtuoso 7 over N-Quads, loaded into *folder* unless they are there; its default graph is all named graphs.

    Raises ``FileNotFoundError`` where it is not to be had.
    """
    found = subprocess.run(
        [REPOSITORY / "scripts" / "virtuoso.sh"], capture_output=True, text=True, check=False
    )
    if found.returncode:
        raise FileNotFoundError(found.stderr)
    whole = folder / "whole"
    if not whole.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with (folder / "all.nq").open("w", encoding="utf-8") as out:
            # Every second line is the triple in the default graph, which this server has none of.
            for text in quads:
                out.writelines(text.splitlines(keepends=True)[::2])
    sql, port = _free_port(), _free_port()
    settings = _SETTINGS.read_text().format(
        sql=sql, http=port, buffers=_BUFFERS, dirty_buffers=_DIRTY_BUFFERS, threads=80, rows=1_000_000
    )
    (folder / "virtuoso.ini").write_text(settings)
    command: list[object] = [found.stdout.strip(), "+configfile", "virtuoso.ini", "+foreground"]
    with _started("virtuoso", command, port, "/sparql", log, cwd=folder) as peer:
        if not whole.exists():
            start = time.perf_counter()
            load = f"ttlp_mt (file_open ('all.nq'), '', 'urn:all', {_IN_GRAPHS}, 2); checkpoint;"
            isql = Path(found.stdout.strip()).parent / "usr" / "bin" / "isql-vt"
            loading: list[object] = [
                isql if isql.exists() else "isql-vt",
                f"127.0.0.1:{sql}",
                "dba",
                "dba",
                f"exec={load}",
            ]
            subprocess.run(list(map(str, loading)), check=True, capture_output=True, env=_libraries(isql))
            lines = sum(1 for _ in (folder / "all.nq").open("rb"))
            seconds = time.perf_counter() - start
            print(f"virtuoso loaded {lines:,} quads in {seconds:.0f} s ({lines / seconds:,.0f} a second)")
            (folder / "all.nq").unlink()
            whole.touch()
        yield peer


def _libraries(program: Path) -> dict[str, str]:
    """The environment in which an unpacked program finds its libraries."""
    root = program.parents[2]
    return {**os.environ, "LD_LIBRARY_PATH": f"{root}/lib/x86_64-linux-gnu:{root}/usr/lib/x86_64-linux-gnu"}


@contextlib.contextmanager
def _started(
    name: str, command: list[object], port: int, path: str, log: Path, cwd: Path | None = None
) -> Iterator[Peer]:
    with log.open("ab") as output:
        process = subprocess.Popen(list(map(str, command)), stdout=output, stderr=subprocess.STDOUT, cwd=cwd)
    try:
        start = time.perf_counter()
        _wait(process, port, path, log)
        yield Peer(name, port, path, process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    """Returns when an answer has come to a query that reads one triple."""
    asked = f"http://127.0.0.1:{port}{path}?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(asked, timeout=_START_SECONDS):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _family(first: int) -> list[int]:
    pairs = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                pairs.append(
                    (int(entry.name), int((entry / "stat").read_text().rpartition(")")[2].split()[1]))
                )
    found, front = [first], [first]
    while front:
        front = [child for child, parent in pairs if parent in front]
        found += front
    return found


def _held(process: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    return 0


def _parent(process: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _command(process: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""
