"""A process that holds an engine is started so that it keeps small blocks at hand, beside what the operator has set."""

import subprocess
import sys

import pytest

from treatygraph.store.heap import MANY_BLOCKS, environment


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("", "glibc.malloc.tcache_count=256"),
        ("glibc.malloc.perturb=1", "glibc.malloc.perturb=1:glibc.malloc.tcache_count=256"),
        ("glibc.malloc.tcache_count=64", "glibc.malloc.tcache_count=256"),
        (
            "glibc.malloc.tcache_count=7:glibc.malloc.perturb=1",
            "glibc.malloc.tcache_count=7:glibc.malloc.perturb=1",
        ),
    ],
    ids=["nothing set", "something else set", "set by the server itself", "set by the operator"],
)
def test_blocks_are_kept_beside_what_the_operator_has_set(
    given: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLIBC_TUNABLES", given)
    assert environment(MANY_BLOCKS) == {"GLIBC_TUNABLES": found}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no such C library")
def test_program_starts_again_once_with_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    program = (
        "import os, sys\n"
        "from treatygraph.store.heap import start_again_with_environment\n"
        "print(os.getpid(), flush=True)\n"
        "start_again_with_environment()\n"
        "print(sys.argv[1], os.environ['GLIBC_TUNABLES'])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "a word"], capture_output=True, text=True, check=True
    )
    first, again, told = ran.stdout.splitlines()
    assert first == again
    assert told == "a word glibc.malloc.tcache_count=64"
