"""``/read/…``: a user's own file with its citations marked, and the quotes of a text that is not held here."""

from __future__ import annotations

import re
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin

import pytest

OWN = "/read/document/MFCC/2025/1/eng@2025-02-03"


@dataclass
class Marked:
    """A stretch of the text under one anchor."""

    classes: list[str]
    words: str = ""


class Reading(HTMLParser):
    """The text of the reader, its marks by anchor, its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.marks: dict[str, Marked] = {}
        self.links: list[str] = []
        self.blocks: list[str] = []
        self._open: list[str | None] = []
        self._inside = False
        self._in_block = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "article":
            self._inside = True
        if tag == "a":
            self.links.append(given.get("href", ""))
        if not self._inside:
            return
        if tag == "p":
            self.blocks.append("")
            self._in_block = True
        if tag == "span":
            name = given.get("id") or given.get("data-of")
            self._open.append(name)
            if name:
                self.marks.setdefault(name, Marked(given["class"].split()))

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._inside = False
        if tag == "p":
            self._in_block = False
        if tag == "span" and self._inside:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not (self._inside and self._in_block):
            return  # the verbs of actions stand in the margin
        self.blocks[-1] += data
        for name in self._open:
            if name:
                self.marks[name].words += data


def get(url: str, **headers: str) -> Any:
    sent = {"Accept": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=sent), timeout=60) as answer:
            return answer.status, answer.geturl(), dict(answer.headers), answer.read().decode()
    except HTTPError as error:
        return error.code, url, dict(error.headers), error.read().decode()


@pytest.fixture(scope="module")
def own(reading_server: Any) -> Reading:
    status, _, _, page = get(reading_server.url + OWN)
    assert status == 200
    return Reading(page)


def citations(own: Reading) -> dict[str, list[str]]:
    """Words of a citation → its classes."""
    return {mark.words: mark.classes for mark in own.marks.values() if "m" in mark.classes}


def test_text_is_shown_whole_and_unchanged(own: Reading, repo: Path) -> None:
    text = (repo / "docs" / "examples" / "meridian-forum-agenda.md").read_text(encoding="utf-8")
    wanted = [part for part in re.split(r"[ \t]*\n(?:[ \t]*\n)+", text) if part.strip()]
    shown = [block for block in own.blocks if block.strip()]
    assert [block.strip("\n") for block in shown] == [part.strip("\n") for part in wanted]


def test_citations_are_marked_by_kind(own: Reading) -> None:
    found = citations(own)
    assert "provision" in found["Article 19"]
    assert "provision" in found["The same provision"]
    assert "document" in found["MFCC/2025/2"]
    # The Forum is a body of its own invention, so whose second meeting it was is not known.
    assert [words for words, classes in found.items() if "unresolved" in classes] == ["second meeting"]


def test_each_mark_leads_to_its_note(reading_server: Any, own: Reading) -> None:
    """Without script too: the address names the mention, and the page comes with what is known of it."""
    name = next(name for name, mark in own.marks.items() if mark.words == "The same provision")
    link = next(link for link in own.links if link.endswith(f"#{name}"))
    _, _, _, page = get(urljoin(reading_server.url, link))
    note = page[page.index('<aside class="reader-note"') :]
    assert "Article 19, Organized Crime Convention" in note
    assert "concerns provision" in note
    assert "Article 19</a>" in note, "the other mention of it"
    assert f'href="/doc/citation/{name}"' in note
    assert "chosen" in Reading(page).marks[name].classes


def test_note_comes_alone_for_the_script(reading_server: Any, own: Reading) -> None:
    name = next(name for name, mark in own.marks.items() if mark.words == "article 57")
    _, _, _, note = get(f"{reading_server.url}{OWN}?mention={name}&part=note")
    assert "Convention against Corruption" in note
    assert "<html" not in note


def test_every_piece_of_evidence_has_its_place(reading_server: Any, own: Reading) -> None:
    """Each citation and passage of the text is an anchor of the reader, beside the clauses of actions."""
    query = (
        "SELECT ?key { ?mark <http://www.w3.org/ns/oa#hasTarget>/<http://www.w3.org/ns/oa#hasSource> "
        "<https://w3id.org/treatygraph/id/document/MFCC/2025/1/eng@2025-02-03> ; "
        "<https://w3id.org/treatygraph/ns#key> ?key }"
    )
    _, _, _, rows = get(
        f"{reading_server.url}/sparql?{urllib.parse.urlencode({'query': query, 'format': 'csv'})}"
    )
    keys = rows.split()[1:]
    assert len(keys) > 20
    evidence = {name for name, mark in own.marks.items() if "clause" not in mark.classes}
    assert {key.rpartition("/")[2] for key in keys} == evidence
    assert len(evidence) < len(own.marks)


def test_outline_leads_to_where_an_item_is_explained(reading_server: Any) -> None:
    _, _, _, page = get(reading_server.url + OWN)
    outline = re.findall(r'<a href="#(at-\d+)"[^>]*>(?:<span[^>]*>([^<]*)</span> )?([^<]*)', page)
    assert [number for _, number, _ in outline] == ["1", "2", "3", "3 (a)", "3 (b)", "4"]
    anchor = next(anchor for anchor, number, _ in outline if number == "2")
    place = page.index(f'id="{anchor}"')
    assert "2. Joint investigations in practice" in page[place : place + 400]
    assert place > page.index("Annotations</p>")


def test_document_leads_to_its_text(reading_server: Any) -> None:
    status, address, _, _ = get(f"{reading_server.url}/read/document/MFCC/2025/1")
    assert (status, address) == (200, reading_server.url + OWN)
    status, address, _, _ = get(f"{reading_server.url}/read/document/mfcc/2025/1/ENG@2025-02-03")
    assert (status, address) == (200, reading_server.url + OWN)


@pytest.mark.parametrize("key", ["treaty/untoc/art/16", "document/NONE/1", "nothing"])
def test_what_is_no_text_is_not_found(reading_server: Any, key: str) -> None:
    assert get(f"{reading_server.url}/read/{key}")[0] == 404


def test_unknown_mention_shows_the_text_alone(reading_server: Any) -> None:
    status, _, _, page = get(f"{reading_server.url}{OWN}?mention=%3Cscript%3E")
    assert status == 200
    assert "Choose a marked mention" in page


def test_text_that_is_not_held_shows_its_quotes_and_how_to_add_it(live_server: Any) -> None:
    status, address, headers, page = get(f"{live_server.url}/read/{shipped(live_server)}")
    assert status == 200
    assert "not held on this machine" in page and "treatygraph ingest FILE" in page
    quotes = re.findall(r'<li id="([0-9a-f]{32})"><span dir="auto">…(.*?)</li>', page, re.DOTALL)
    assert len(quotes) > 100
    assert len({name for name, _ in quotes}) == len(quotes)
    assert any("Article 16" in words or "article 16" in words for _, words in quotes)
    assert len(page.encode()) < 100_000
    again = get(address, If_None_Match=headers["etag"])
    assert again[0] == 304


def shipped(server: Any) -> str:
    """The key of the one text of the shipped graph."""
    query = "SELECT ?key { ?t <https://w3id.org/treatygraph/ns#textHash> ?h ; <https://w3id.org/treatygraph/ns#key> ?key }"
    _, _, _, rows = get(f"{server.url}/sparql?{urllib.parse.urlencode({'query': query, 'format': 'csv'})}")
    return rows.split()[1]


HOSTILE = "# <script>alert(1)</script>\n\nUnder article 5 of \u202ethe Convention\u202c & <b>it</b>.\n\nالمادة 16 من الاتفاقية\n"


def test_text_with_markup_and_direction_signs_is_text(
    tmp_path: Path, started_server: Callable[[Path], Any], treatygraph_command: list[str]
) -> None:
    """Whatever a file holds is shown, never run, and each paragraph has its own direction."""
    source, store = tmp_path / "hostile.md", tmp_path / "store"
    source.write_text(HOSTILE, encoding="utf-8")
    subprocess.run(
        [*treatygraph_command, "--store", str(store), "ingest", str(source), "--symbol", "HOST/1"], check=True
    )
    client, _, _ = started_server(store)
    page = client.get("/read/document/HOST/1", "text/html")
    assert page.status == 303
    text = client.get(page.headers["location"], "text/html").text
    assert "<script>alert" not in text and "<b>it" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert re.search(r'<p class="block text" dir="auto"[^>]*>المادة 16', text)
