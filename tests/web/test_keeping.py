"""What is made once a generation of the graph."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from treatygraph.web.asking import Asker


class Generations:
    """As much of a pool as keeping needs."""

    def __init__(self) -> None:
        self.now = 1

    def generation(self) -> int:
        return self.now


def test_it_is_made_again_when_the_graph_changes_and_not_before() -> None:
    pool, made = Generations(), []
    asker = Asker(cast(Any, pool))
    for now in (1, 1, 2):
        pool.now = now
        asker.keep("counts", lambda now=now: made.append(now))  # type: ignore[misc]
    assert made == [1, 2]


def test_who_asks_while_it_is_made_waits_for_it() -> None:
    asker, made, begun, go_on = Asker(cast(Any, Generations())), [], threading.Event(), threading.Event()

    def make() -> str:
        made.append(1)
        begun.set()
        go_on.wait(10)
        return "all of it"

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(asker.keep, "index", make)
        assert begun.wait(10)
        others = [pool.submit(asker.keep, "index", make) for _ in range(3)]
        assert asker.keep_if_free("index", make) is None
        go_on.set()
        assert {each.result(10) for each in (first, *others)} == {"all of it"}
    assert len(made) == 1


def test_what_was_begun_in_the_background_is_there_for_who_comes_next() -> None:
    asker, made = Asker(cast(Any, Generations())), threading.Event()

    def make() -> str:
        made.set()
        return "begun"

    asker.begin("index", make)
    assert made.wait(10)
    assert asker.keep("index", lambda: "made anew") == "begun"
