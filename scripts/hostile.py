"""Hostile queries: deep, endless, huge, broken and strange, as the bytes of requests; the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_from_bytes

Make = Callable[[random.Random], str | bytes]


def _product(chance: random.Random) -> str:
    blocks = "".join(f"VALUES ?v{i} {{ 1 2 3 4 5 6 7 8 9 10 }} " for i in range(chance.randint(7, 12)))
    what = chance.choice(
        ["(COUNT(*) AS ?n)", "(SUM(?v0) AS ?n)", "*", "DISTINCT ?v0", "(GROUP_CONCAT(?v1) AS ?n)"]
    )
    end = chance.choice(["", " ORDER BY DESC(?v1)", " LIMIT 3 OFFSET 99999999"])
    return f"SELECT {what} {{ {blocks} FILTER(?v0 + ?v6 > {chance.randint(0, 19)}) }}{end}"


def _patterns(chance: random.Random) -> str:
    count = chance.randint(5, 60)
    return f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?a{i} ?b{i} ?c{i}' for i in range(count))} }}"


def _nested(chance: random.Random) -> str:
    left, right = chance.choice(["{}", "()", "[]"])
    depth = chance.choice([100, 127, 128, 500, 5000, 100_000])
    return f"SELECT * {{ ?s ?p {left * depth}1{right * depth} }}"


def _braces(chance: random.Random) -> str:
    depth = chance.randint(1, 120)
    return f"SELECT * {'{' * depth}?s ?p ?o{'}' * depth}"


def _operators(chance: random.Random) -> str:
    count = chance.choice([100, 10_000, 100_000])
    return f"ASK {{ FILTER({chance.choice(['!', '-', '+ ']) * count}1) }}"


def _expression(chance: random.Random) -> str:
    operator = chance.choice([" + ", " || ", " = ", " * "])
    return f"ASK {{ FILTER({operator.join(['1'] * chance.choice([100, 5000, 50_000]))}) }}"


def _path(chance: random.Random) -> str:
    step = chance.choice(["<a:p>", "!<a:p>", "(<a:p>|!<a:p>)*", "^!<a:q>", "(<a:p>?)+"])
    return f"SELECT * {{ ?s {'/'.join([step] * chance.choice([2, 30, 3000]))} ?o }}"


def _regex(chance: random.Random) -> str:
    pattern = chance.choice(["(a+)+$", "(a|aa)+b", "(.*)*x", "[", "a{1000}{1000}", "(?=a)", "\\\\p{L}{500}"])
    return f"SELECT * {{ ?s ?p ?o . ?a ?b ?c FILTER(REGEX(CONCAT(STR(?o), '{'a' * 40}'), '{pattern}')) }}"


def _literal(chance: random.Random) -> str:
    word = chance.choice("xé\u202e\U0001f30a") * chance.choice([1000, 100_000, 450_000])
    return f"ASK {{ ?s ?p '{word}' }}"


def _grown(chance: random.Random) -> str:
    binds = "".join(f"BIND(CONCAT(?w{i}, ?w{i}) AS ?w{i + 1}) " for i in range(chance.randint(20, 40)))
    return f"SELECT (STRLEN(?w20) AS ?n) {{ BIND('{'x' * 64}' AS ?w0) {binds} }}"


def _refused(chance: random.Random) -> str:
    return chance.choice(
        [
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "LOAD <http://127.0.0.1:9/>",
            "ASK { FILTER(?a<?b)SERVICE:x#>\n{} }",
            "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
            "DROP ALL",
            "SELECT * { ?s ?p ?o",
            "ASK { ?s ?p 'open }",
        ]
    )


def _unions(chance: random.Random) -> str:
    return f"SELECT * {{ {' UNION '.join(['{ ?s ?p ?o }'] * chance.choice([50, 2000, 10_000]))} }}"


def _bytes(chance: random.Random) -> bytes:
    return bytes(chance.randrange(256) for _ in range(chance.randint(1, 300)))


def _broken(chance: random.Random) -> bytes:
    text = bytearray(b"SELECT ?s { ?s ?p 'word' FILTER(?s != <a:b>) } ORDER BY ?s")
    for _ in range(chance.randint(1, 5)):
        text[chance.randrange(len(text))] = chance.randrange(256)
    return bytes(text)


def _numbers(chance: random.Random) -> str:
    digits = chance.choice(["9" * 100_000, "1e999999999", "0." + "0" * 100_000 + "1", "-" * 50 + "1"])
    return f"SELECT ({digits} AS ?n) {{}} LIMIT 99999999999999999999"


_KINDS: tuple[Make, ...] = (
    _product, _patterns, _nested, _braces, _operators, _expression, _path, _regex, _literal, _grown, _refused, _unions,
    _bytes, _broken, _numbers,
)  # fmt: skip


def hostile_requests(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """So many requests to /sparql, each with the name of its kind; by GET where the query is short enough."""
    chance = random.Random(seed)
    for _ in range(count):
        make = chance.choice(_KINDS)
        query = make(chance)
        data = query if isinstance(query, bytes) else query.encode("utf-8", "replace")
        timeout = chance.choice(["", "&timeout=0.3", "&timeout=0.15"])
        name = make.__name__.strip("_")
        if len(data) < 4000 and chance.random() < 0.5:
            text = quote(query, safe="") if isinstance(query, str) else quote_from_bytes(query, safe="")
            yield (
                name,
                f"GET /sparql?query={text}{timeout} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode(),
            )
            continue
        head = (
            f"POST /sparql?format={timeout or 'json'} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            f"Content-Type: application/sparql-query\r\nContent-Length: {len(data)}\r\n\r\n"
        ).replace("?format=&", "?")
        yield name, head.encode() + data
