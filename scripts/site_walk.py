"""The kinds of page that the server has, an example of each, and a walk along the links from the first page.

Address of a running server in, what its pages are and link to out. Tests, screenshots and the benchmark of pages all
take the kinds from here, so that a kind that is added here is measured everywhere.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""What a browser accepts."""

TERMS = "https://w3id.org/treatygraph/ns#"
TIMEOUT = 60
ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: its name, the addresses that belong to it, and an example.

    The example is an address, or the SPARQL pattern of ``?thing`` whose first key in order is taken: things that are
    named by a hash change their names whenever a document is read in another way.
    """

    name: str
    pattern: str
    example: str


def _things(name: str, key: str, example: str) -> Kind:
    return Kind(name, rf"/doc/{key}", example)


_ASK = f"""PREFIX tg: <{TERMS}>
SELECT ?item ?provision WHERE {{ ?item tg:concernsProvision ?provision }} ORDER BY ?item ?provision"""

KINDS = (
    Kind("start", r"/", "/"),
    Kind("search", r"/search(\?.*)?", "/search?q=cooperation"),
    Kind("treaties", r"/treaties(\?.*)?", "/treaties"),
    Kind("bodies", r"/bodies(\?.*)?", "/bodies"),
    Kind("meetings", r"/meetings(\?.*)?", "/meetings"),
    Kind("documents", r"/documents(\?.*)?", "/documents"),
    Kind("questions", r"/questions", "/questions"),
    Kind("question", r"/questions/[^/?]+", "/questions/q01"),
    Kind("about", r"/about", "/about"),
    Kind("rules", r"/rules", "/rules"),
    Kind("shapes", r"/shapes", "/shapes"),
    Kind("vocabulary", r"/ontology", "/ontology"),
    Kind("query", r"/(query|sparql)(\?.*)?", f"/query?{urlencode({'query': _ASK})}"),
    Kind("articles and agenda", r"/views/articles-agenda(\?.*)?", "/views/articles-agenda"),
    Kind("mandates of a body", r"/views/mandates(\?.*)?", "/views/mandates"),
    Kind("reader", r"/read/[^?]+(\?.*)?", "?thing a tg:Expression ; tg:textHash ?hash"),
    _things("count of parties", r"treaty/[^/]+/parties/[^/]+", "?thing a tg:PartyCount"),
    _things("paragraph", r"treaty/[^/]+/.*para/.+", "/doc/treaty/untoc/art/16/para/5"),
    _things("article", r"treaty/[^/]+/.+", "/doc/treaty/untoc/art/16"),
    _things("treaty", r"treaty/[^/]+", "/doc/treaty/untoc"),
    _things("body", r"body/.+", "/doc/body/ctoc-cop/wg3"),
    _things("consideration", r"(meeting|session|document)/.+/held", ""),
    _things("agenda item", r"(meeting|session|document)/.+/item/.+", "/doc/meeting/ctoc-cop-wg3/7/item/4"),
    _things("slot", r"(meeting|session|document)/.+/slot/.+", "?thing a tg:Slot"),
    _things("meeting", r"meeting/.+", "/doc/meeting/ctoc-cop-wg3/7"),
    _things("session", r"session/.+", "/doc/session/ctoc-cop/8"),
    _things("event", r"event/.+", ""),
    _things("expression", r"(document|act)/.+@[^/]+", "?thing a tg:Expression"),
    _things("document", r"document/.+", "?thing tg:agendaOf ?meeting"),
    _things("adoption", r"act/.+/adoption", "?thing a tg:Action FILTER STRENDS(?key, '/adoption')"),
    _things("text of an act", r"act/.+", "/doc/act/ctoc-cop/decision/2/2"),
    _things("action", r"action/.+", "?thing a tg:Action FILTER STRSTARTS(?key, 'action/')"),
    _things("mandate", r"mandate/.+", "?thing a tg:Mandate"),
    _things("group", r"group/.+", "/doc/group/states-parties"),
    _things("tool", r"tool/.+", "?thing a tg:Tool"),
    _things("publication", r"publication/.+", "?thing a tg:Publication"),
    _things("citation", r"citation/.+", "?thing a tg:Citation"),
    _things("passage", r"passage/.+", "?thing a tg:Passage"),
    _things("edge", r"edge/.+", "?thing a tg:Edge"),
    _things("source", r"source/.+", "?thing a tg:Source"),
    _things("concept", r"concept/.+", "/doc/concept/verb/decide"),
    _things("named graph", r"graph/.+", "/doc/graph/registry/bodies"),
)
"""Each kind of page, the first that fits an address; an empty example marks a kind that the shipped graph lacks."""

_COMPILED = tuple((kind.name, re.compile(kind.pattern)) for kind in KINDS)
_DATA = re.compile(r"\.(ttl|nt|rdf|jsonld|csv|tsv|json|xml|svg|css|js|woff2)$|[?&]format=(?!html)")


def kind_of(address: str) -> str:
    """The name of the kind of page that an address (from the slash after the host) leads to; "" for no kind.

    Data and files of the front end are kinds of their own: "turtle of a treaty" is written "treaty .ttl".
    """
    if found := _DATA.search(address):
        bare = address[: found.start()] if found[1] else urlsplit(address).path
        return f"{kind_of(bare) or bare.split('/')[1]} {found[0].lstrip('?&')}"
    path = (
        address.replace("/id/", "/doc/", 1) if address.startswith("/id/") else address.removesuffix(".html")
    )
    return next((name for name, pattern in _COMPILED if pattern.fullmatch(path)), "")


def examples(url: str) -> dict[str, str]:
    """The address of an example of each kind of page, by the kind's name, on the server at *url*."""
    return {kind.name: _example(url, kind) for kind in KINDS if kind.example}


def _example(url: str, kind: Kind) -> str:
    if kind.example.startswith("/"):
        return kind.example
    query = f"PREFIX tg: <{TERMS}> SELECT ?key WHERE {{ ?thing tg:key ?key . {kind.example} }} ORDER BY ?key LIMIT 1"
    answer = json.loads(fetch(url, f"/sparql?{urlencode({'query': query, 'format': 'json'})}").body)
    [row] = answer["results"]["bindings"]
    start = "/read/" if kind.name == "reader" else "/doc/"
    return start + quote(row["key"]["value"], safe="/@():,;+'!*~.-_")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers by their names in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return self.headers.get("content-type", "").startswith("text/html")


def fetch(url: str, address: str, **headers: str) -> Answer:
    """One GET that follows no redirect; header names are given with underscores."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT)
    try:
        sent = {"Accept": PAGE} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", address, headers=sent)
        reply = connection.getresponse()
        return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
    finally:
        connection.close()


class Outline(HTMLParser):
    """What a page has of language, title, headings, landmarks, names of places, and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.title = ""
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self._in_title = False
        self._in_picture = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Counts the element and keeps its id and its link; a title inside a picture is that of a part of it."""
        values = {name: value or "" for name, value in attrs}
        self._in_picture |= tag == "svg"
        if tag != "title" or not self._in_picture:
            self.tags[tag] += 1
        self._in_title = tag == "title" and not self._in_picture and self.tags["title"] == 1
        if tag == "html":
            self.language = values.get("lang", "")
        if "id" in values:
            self.ids.append(values["id"])
        self.links += [values[name] for name in ("href", "src") if values.get(name)]
        if tag == "form" and values.get("method", "get").lower() == "get":
            self.links.append(values.get("action", ""))

    def handle_endtag(self, tag: str) -> None:
        """Ends the title, or the picture."""
        if tag == "title":
            self._in_title = False
        elif tag == "svg":
            self._in_picture = False

    def handle_data(self, data: str) -> None:
        """Keeps the words of the title."""
        if self._in_title:
            self.title += data


@dataclass(slots=True)
class Visit:
    """An address that was asked for: its kind, where it was linked, the answer after redirects, and its outline."""

    address: str
    kind: str
    linked_from: str
    answer: Answer
    final: str
    outline: Outline | None = None
    places: list[str] = field(default_factory=list)


def walk(url: str, *, of_each_kind: int, most: int, first: Iterable[str] = ()) -> list[Visit]:
    """Visits of the pages that can be reached from the first page by links and forms, in rounds outwards.

    Of each kind *of_each_kind* addresses are visited, *most* in all: those of *first* where they are met, then by their
    hash; so the same server gives the same walk, and the pages are spread over all that there are.
    """
    visits: list[Visit] = []
    seen = {"/"}
    left: Counter[str] = Counter()
    front = [("/", "")]
    wanted = frozenset(first)
    with ThreadPoolExecutor(4) as pool:
        for _ in range(ROUNDS):
            chosen = list(_within(front, left, of_each_kind, wanted))[: most - len(visits)]
            found = list(pool.map(lambda step: _visit(url, *step), chosen))
            visits += found
            front = _new_links(found, seen)
            if not front:
                break
    return visits


def _within(
    front: list[tuple[str, str]], taken: Counter[str], of_each_kind: int, first: frozenset[str]
) -> Iterator[tuple[str, str]]:
    def order(step: tuple[str, str]) -> tuple[bool, bytes]:
        return step[0] not in first, hashlib.sha256(step[0].encode()).digest()

    for address, source in sorted(front, key=order):
        kind = kind_of(address)
        if taken[kind] < of_each_kind:
            taken[kind] += 1
            yield address, source


def _new_links(visits: Iterable[Visit], seen: set[str]) -> list[tuple[str, str]]:
    """Addresses on this server that no page before linked to, each with a page that links to it."""
    result = []
    for visit in visits:
        for link in visit.places:
            if link not in seen:
                seen.add(link)
                result.append((link, visit.address))
    return result


def _visit(url: str, address: str, source: str) -> Visit:
    final, answer = address, fetch(url, address)
    for _ in range(3):
        if answer.status not in (301, 302, 303, 307, 308):
            break
        final = (
            urlsplit(urljoin(url + final, answer.headers["location"]))._replace(scheme="", netloc="").geturl()
        )
        answer = fetch(url, final.partition("#")[0])
    visit = Visit(address, kind_of(address), source, answer, final)
    if answer.is_page:
        visit.outline = Outline(answer.body.decode())
        visit.places = list(dict.fromkeys(_local(url, final, visit.outline.links)))
    return visit


def _local(url: str, base: str, links: Iterable[str]) -> Iterator[str]:
    """The links that stay on this server, without the place in the page."""
    for link in links:
        parts = urlsplit(urljoin(url + base, link))
        if parts.netloc == urlsplit(url).netloc:
            yield parts._replace(scheme="", netloc="", fragment="").geturl() or "/"


def missing_places(visit: Visit) -> list[str]:
    """Links of a page to a place in itself that it does not have."""
    assert visit.outline is not None
    wanted = [unquote(link[1:]) for link in visit.outline.links if len(link) > 1 and link[0] == "#"]
    return [place for place in wanted if place not in visit.outline.ids]
