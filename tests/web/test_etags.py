"""Pages carry an ETag of the generation that gave them: kept while it lasts, given anew after a commit."""

from __future__ import annotations

from typing import Any

import pytest
from site_walk import KINDS, PAGE, examples, fetch

from treatygraph.store import EmbeddedStore

SHOWN = tuple(kind.name for kind in KINDS if kind.example)


@pytest.fixture(scope="module")
def addresses(live_server: Any) -> dict[str, str]:
    return examples(live_server.url)


@pytest.mark.parametrize("kind", SHOWN)
def test_page_that_the_client_has_is_not_sent_again(
    live_server: Any, addresses: dict[str, str], kind: str
) -> None:
    first = fetch(live_server.url, addresses[kind])
    assert first.status == 200
    again = fetch(live_server.url, addresses[kind], If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("address", ["/", "/doc/meeting/well-council/3"])
def test_page_after_a_commit_is_another(started_server: Any, tmp_path: Any, address: str) -> None:
    place = tmp_path / "store"
    with EmbeddedStore(place) as store:
        store.update(_insert("Third meeting", "meeting/well-council/3"))
    client, _, _ = started_server(place)
    before = client.get(address, PAGE)
    assert client.get(address, PAGE, If_None_Match=before.headers["etag"]).status == 304
    with EmbeddedStore(place) as store:
        store.update(_insert("Fourth meeting", "meeting/well-council/4"))
    after = client.get(address, PAGE, If_None_Match=before.headers["etag"])
    assert after.status == 200
    assert after.headers["etag"] != before.headers["etag"]


def _insert(label: str, key: str) -> str:
    return f"""
        PREFIX tg: <https://w3id.org/treatygraph/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        BASE <https://w3id.org/treatygraph/id/>
        INSERT DATA {{ GRAPH <graph/x> {{ <{key}> a tg:Meeting, tg:Happening ; rdfs:label "{label}"@en ; tg:key "{key}" }} }}"""
