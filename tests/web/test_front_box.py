"""What is typed into the box is read as the thing that it names, however it is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatygraph.web.search_index import Entry, Index, index_of
from treatygraph.web.search_reading import read_query
from treatygraph.web.search_results import search_page
from treatygraph.web.search_words import fold, marked, squeeze, words

MOORS = "treaty/moors"
FENS = "treaty/fens"
COUNCIL = "body/moor-council"


def entry(key: str, kind: str, label: str, weight: int = 0, **names: tuple[str, ...]) -> Entry:
    titles, aliases, symbols = (names.get(name, ()) for name in ("titles", "aliases", "symbols"))
    return Entry(key, kind, label, "en", titles, aliases, symbols, weight)


def provisions(treaty: str, *paths: str) -> list[Entry]:
    return [entry(f"{treaty}/{path}", "Provision", f"{path}, {treaty}") for path in paths]


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(
        [
            entry(
                MOORS,
                "Treaty",
                "Convention on the Protection of Moors",
                aliases=("UNMOC", "Moors Convention"),
            ),
            entry(FENS, "Treaty", "Protocol on Fens", aliases=("Fens Protocol",)),
            entry("treaty/bogs", "Treaty", "Agreement on Bogs"),
            *provisions(
                MOORS, "art/16", "art/16/para/5", "art/16/para/5/a", "art/18", "art/18/para/7", "art/2/a"
            ),
            *provisions(MOORS, "chapter/4"),
            *provisions(FENS, "art/18", "art/18/para/7", "art/5"),
            entry("edge-of/art/1", "Provision", "an orphan"),
            entry("document/A/RES/55/25", "Document", "A/RES/55/25", symbols=("A/RES/55/25",)),
            entry("document/MOOR/COP/WG.3/2031/2", "Document", "MOOR/COP/WG.3/2031/2", 1),
            entry(
                "act/ctoc-cop/decision/2/2", "Document", "Decision 2/2", titles=("Ça va: échange d’idées",)
            ),
            entry("body/ctoc-cop/wg3", "Body", "Working Group on International Cooperation"),
            entry("meeting/ctoc-cop-wg3/7", "Meeting", "7th meeting", 3),
            entry("session/ctoc-cop/7", "Session", "7th session"),
            entry("mandate/0f1e2d3c4b5a69788796a5b4c3d2e1f0", "Mandate", "a task"),
        ]
    )


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("treaty/moors/art/16", f"{MOORS}/art/16"),
        ("Treaty/MOORS/art/16", f"{MOORS}/art/16"),
        ("<https://w3id.org/treatygraph/id/treaty/moors/art/16>", f"{MOORS}/art/16"),
        ("a/res/55/25", "document/A/RES/55/25"),
        ("A / RES /55 / 25", "document/A/RES/55/25"),
        ("moor/cop/wg3/2031/2", "document/MOOR/COP/WG.3/2031/2"),
        ("resolution 55/25", "document/A/RES/55/25"),
        ("General Assembly res. 55/25", "document/A/RES/55/25"),
        ("55/25", "document/A/RES/55/25"),
        ("decision 2/2", "act/ctoc-cop/decision/2/2"),
        ("dec 2/2", "act/ctoc-cop/decision/2/2"),
        ("art. 16, para. 5 (a)", f"{MOORS}/art/16/para/5/a"),
        ("Article 16, paragraph 5 (a)", f"{MOORS}/art/16/para/5/a"),
        ("art 16(5)(a)", f"{MOORS}/art/16/para/5/a"),
        ("16 5 a", f"{MOORS}/art/16/para/5/a"),
        ("unmoc 18 7", f"{MOORS}/art/18/para/7"),
        ("art. 18 para 7 UNMOC", f"{MOORS}/art/18/para/7"),
        ("para 7 art 18 moors convention", f"{MOORS}/art/18/para/7"),
        ("paragraph 7 of article 18 of the fens protocol", f"{FENS}/art/18/para/7"),
        ("art 18.7, Protocol on Fens", f"{FENS}/art/18/para/7"),
        ("unmoc chapter iv", f"{MOORS}/chapter/4"),
        ("art 2 a", f"{MOORS}/art/2/a"),
        ("moors CONVENTION", MOORS),
        ("ca va echange d'idees", "act/ctoc-cop/decision/2/2"),
        ("seventh meeting of the working group on international cooperation", "meeting/ctoc-cop-wg3/7"),
        ("Working Group on International Cooperation 7", "meeting/ctoc-cop-wg3/7"),
        ("7th session", "session/ctoc-cop/7"),
    ],
)
def test_reference_names_one_thing(index: Index, typed: str, key: str) -> None:
    reading = read_query(typed, index)
    assert reading is not None
    assert (reading.keys, reading.lacks) == ((key,), "")


def test_provision_of_no_named_treaty_may_be_of_several(index: Index) -> None:
    reading = read_query("art 18(7)", index)
    assert reading and set(reading.keys) == {f"{MOORS}/art/18/para/7", f"{FENS}/art/18/para/7"}


def test_what_more_points_to_comes_first() -> None:
    one, other = provisions("treaty/a", "art/3") + provisions("treaty/b", "art/3")
    treaties = [entry("treaty/a", "Treaty", "A treaty"), entry("treaty/b", "Treaty", "Another treaty")]
    below = entry("treaty/b/art/3/para/1", "Provision", "below", weight=2)
    reading = read_query("article 3", index_of([*treaties, one, other, below]))
    assert reading and reading.keys == ("treaty/b/art/3", "treaty/a/art/3")


def test_several_provisions_keep_their_order(index: Index) -> None:
    reading = read_query("articles 18 and 16 of the Moors Convention", index)
    assert reading and reading.keys == (f"{MOORS}/art/18", f"{MOORS}/art/16")


def test_provision_that_is_not_held_leads_to_what_is_nearest_and_says_so(index: Index) -> None:
    near = read_query("unmoc 16 9", index)
    assert near and near.keys == (f"{MOORS}/art/16",) and near.lacks
    whole = read_query("article 5 of the Agreement on Bogs", index)
    assert whole and whole.keys == ("treaty/bogs",) and whole.lacks


@pytest.mark.parametrize(
    "typed", ["", "  ", "moor", "art 16 peat", "2031", "99/99", "the", "?", "'" * 50, "art art art"]
)
def test_other_words_are_no_reference(index: Index, typed: str) -> None:
    assert read_query(typed, index) is None


@settings(deadline=None)  # the first reads the registry
@given(st.text(max_size=80))
def test_any_text_is_read_or_not(text: str) -> None:
    held = index_of([*provisions("treaty/a", "art/3"), entry("treaty/a", "Treaty", "A treaty")])
    reading = read_query(text, held)
    assert reading is None or set(reading.keys) <= held.entries.keys()
    search_page(text, reading, held, kind=None, page=1)


def test_words_find_names_that_have_them_all_the_last_as_a_beginning(index: Index) -> None:
    assert index.with_words(words("protection moo")) == {MOORS}
    assert index.with_words(words("prot moors")) == set()
    assert index.with_words(words("échange")) == {"act/ctoc-cop/decision/2/2"}


def test_number_is_not_the_beginning_of_another(index: Index) -> None:
    assert f"{MOORS}/art/16" not in index.with_words(["1"])


def test_name_by_a_hash_is_found_by_its_label_alone(index: Index) -> None:
    assert index.with_words(["0f1e2d3c4b5a69788796a5b4c3d2e1f0"]) == set()
    assert index.with_words(["task"]) == {"mandate/0f1e2d3c4b5a69788796a5b4c3d2e1f0"}


def test_name_that_begins_with_the_words_comes_before_one_that_has_them() -> None:
    held = index_of(
        [entry("treaty/a", "Treaty", "On moors", 9), entry("treaty/b", "Treaty", "Moors and peat")]
    )
    page = search_page("moors", None, held, kind=None, page=1)
    assert [hit.key for hit in page.hits] == ["treaty/b", "treaty/a"]


def test_page_after_the_last_is_the_last() -> None:
    held = index_of([entry(f"treaty/{number}", "Treaty", f"Moor {number}") for number in range(30)])
    page = search_page("moor", None, held, kind=None, page=9)
    assert (page.page, page.pages, page.total, len(page.hits)) == (2, 2, 30, 5)


def test_paragraph_shows_the_title_of_its_article() -> None:
    article = entry("treaty/a/art/3", "Provision", "Article 3", titles=("Peat",))
    below = entry("treaty/a/art/3/para/1", "Provision", "Article 3, paragraph 1")
    held = index_of([entry("treaty/a", "Treaty", "A treaty"), article, below])
    page = search_page("paragraph", None, held, kind=None, page=1)
    assert page.hits[0].also == (("Peat", False),)


@given(st.text(max_size=200))
def test_marking_keeps_the_text(text: str) -> None:
    assert "".join(piece for piece, _ in marked(text, words(text)[:2])) == text


def test_match_is_marked_without_regard_to_case_and_accents() -> None:
    assert marked("Économie, ECO-systems", ["eco"]) == (
        ("Économie", True), (", ", False), ("ECO", True), ("-systems", False),
    )  # fmt: skip


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_squeezing_is_idempotent(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)
