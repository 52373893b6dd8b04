"""One address names all endpoints of an engine; a secret in it is never shown."""

import pytest

from treatygraph.model.errors import StoreError
from treatygraph.store.digest import Credentials
from treatygraph.store.endpoints import endpoints_of, is_address, shown


@pytest.mark.parametrize(
    ("address", "query", "update", "graphs"),
    [
        ("http://h:7878", "http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        ("http://h:7878/query", "http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        (
            "https://u:s@h/sparql",
            "https://h/sparql", "https://h/sparql-auth", "https://h/sparql-graph-crud-auth",
        ),
        ("http://h:3030/ds/query", "http://h:3030/ds/query", "http://h:3030/ds/update", "http://h:3030/ds/data"),
        (
            "http://h/repositories/x",
            "http://h/repositories/x",
            "http://h/repositories/x/statements",
            "http://h/repositories/x/rdf-graphs/service",
        ),
        ("https://h:8182/sparql", "https://h:8182/sparql", "https://h:8182/sparql", "https://h:8182/sparql"),
        ("https://h/a?k=1#update=https://i/b&graphs=https://i/c", "https://h/a?k=1", "https://i/b", "https://i/c"),
    ],
)  # fmt: skip
def test_endpoints_are_told_from_the_address(address: str, query: str, update: str, graphs: str) -> None:
    found = endpoints_of(address)
    assert (found.query, found.update, found.graphs) == (query, update, graphs)


def test_secret_is_taken_and_never_shown() -> None:
    found = endpoints_of("https://harbour:s%40fe@h/sparql")
    assert (found.user, found.secret) == ("harbour", "s@fe")
    assert "fe" not in repr(found) + shown("https://harbour:s%40fe@h/sparql")
    assert shown("a/folder") == "a/folder" and not is_address("a/folder")


@pytest.mark.parametrize("address", ["ftp://h/x", "http://", "file:///etc"])
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(StoreError, match="https://"):
        endpoints_of(address)


def test_digest_is_that_of_the_standard() -> None:
    # The example of RFC 2617 §3.5, whose client nonce is fixed.
    who = Credentials("Mufasa", "Circle Of Life")
    assert who.header("GET", "/dir/index.html") is None
    assert who.learn(
        ['Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc"']
    )
    header = who.header("GET", "/dir/index.html")
    assert header is not None and header.startswith('Digest username="Mufasa"')
    # Without qop the response is MD5(A1:nonce:A2) alone (RFC 2069).
    assert 'response="670fd8c2df070c60b045671b8b24ff02"' in header and 'opaque="5ccc"' in header


def test_basic_is_said_where_it_is_wanted() -> None:
    who = Credentials("Aladdin", "open sesame")
    assert not who.learn(["Negotiate"])
    assert who.learn(['Basic realm="x"'])
    assert who.header("GET", "/") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
