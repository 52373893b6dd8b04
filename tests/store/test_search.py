"""Looking for words in texts: what a word is in six languages, what is found, in which order, with which snippet."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from treatygraph.store.fulltext import Field, Hit, Index, Term, cut, filled, fold, folded_words, make, wanted

ARTICLES = ("ال", "وال", "بال", "لل")

TEXTS = {
    "harbour": "The Harbour Convention lets no ship in without a pilot.",
    "light": "A lighthouse keeper writes down each ship; the keeper's book is public.",
    "estuary": "Estuary Commission, decision 4/2: dredging of the estuary",
    "symbol": "EC/COP/WG.3/2031/2",
    "fr": "Coopération des autorités portuaires en matière d’éclairage",
    "es": "Navegación por los estuarios y señalización marítima",
    "ru": "Береговые маяки и ещё один причал",
    "ar": "اتفاقية المرافئ والمنارات",
    "zh": "关于灯塔和港口的公约第十六条",
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    yield from opened(tmp_path, TEXTS)


def opened(folder: Path, texts: dict[str, str], others: dict[str, str] | None = None) -> Iterator[Index]:
    fields = [
        Field("names", 4.0, [(key, text, "en") for key, text in texts.items()]),
        Field("words", 1.0, [(key, text, None) for key, text in (others or {}).items()]),
    ]
    make(folder / "words.db", fields, articles=ARTICLES)
    held = Index(folder / "words.db")
    yield held
    held.close()


def found(index: Index, text: str, limit: int = 50) -> set[str]:
    return {hit.thing for hit in index.find(text, limit)}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("harbour convention", "harbour"),
        ("HARBOUR", "harbour"),
        ("cooperation PORTUAIRES", "fr"),
        ("éclairage", "fr"),
        ("navegacion senalizacion", "es"),
        ("МАЯКИ", "ru"),
        ("еще причал", "ru"),
        ("مرافئ", "ar"),
        ("المنارات", "ar"),
        ("灯塔", "zh"),
        ("港口", "zh"),
        ("港", "zh"),
        ("第十六条", "zh"),
    ],
)
def test_words_are_found_in_each_language_however_they_are_typed(index: Index, text: str, thing: str) -> None:
    assert found(index, text) == {thing}


@pytest.mark.parametrize("text", ["塔灯", "港灯", "harbours", "ship light", '"convention harbour"', "16"])
def test_what_does_not_stand_there_is_not_found(index: Index, text: str) -> None:
    assert found(index, text) == set()


def test_all_words_must_be_there_and_alternatives_are_divided_by_or(index: Index) -> None:
    assert found(index, "ship") == {"harbour", "light"}
    assert found(index, "ship keeper") == {"light"}
    assert found(index, "pilot OR dredging") == {"harbour", "estuary"}
    assert found(index, "pilot or dredging") == set()


def test_words_in_a_row_stand_in_quotation_marks_or_without_spaces(index: Index) -> None:
    assert found(index, '"lighthouse keeper"') == {"light"}
    assert found(index, '"keeper lighthouse"') == set()
    assert found(index, "COP/WG.3") == {"symbol"}
    assert found(index, "WG.3/COP") == set()


def test_the_beginning_of_a_word_is_looked_for_with_a_star(index: Index) -> None:
    assert found(index, "light*") == {"light"}
    assert found(index, "light") == set()
    assert found(index, "estuar*") == {"estuary", "es"}


def test_the_words_of_one_thing_may_stand_in_several_texts_but_those_in_a_row_in_one(tmp_path: Path) -> None:
    for index in opened(tmp_path, {"reef": "The long reef"}, {"reef": "buoys mark it"}):
        assert found(index, "reef buoys") == {"reef"}
        assert found(index, '"reef buoys"') == set()
    fields = [Field("names", 1.0, [("reef", "The long reef", None), ("reef", "buoys mark it", None)])]
    make(tmp_path / "two.db", fields)
    assert found(Index(tmp_path / "two.db"), '"reef buoys"') == set()
    assert found(Index(tmp_path / "two.db"), "reef buoys") == {"reef"}


def test_what_is_called_so_comes_before_what_says_so_and_equals_come_by_name(tmp_path: Path) -> None:
    texts = {"b": "Tide tables", "a": "Tide tables", "c": "Mooring"}
    for index in opened(tmp_path, texts, {"c": "See the tide tables"}):
        hits = index.find("tide", 10)
        assert [hit.thing for hit in hits] == ["a", "b", "c"]
        assert hits[0].score == hits[1].score > hits[2].score > 0
        assert [hit.thing for hit in index.find("tide", 2)] == ["a", "b"]


def test_a_snippet_is_the_text_around_the_words_with_its_language(index: Index) -> None:
    assert index.find("dredging", 1)[0].snippet == TEXTS["estuary"]
    assert index.find("灯塔", 1)[0] == Hit("zh", index.find("灯塔", 1)[0].score, TEXTS["zh"], "en")
    long = " ".join(f"buoy{number}" for number in range(100))
    assert cut(long, (long.index("buoy50"), long.index("buoy51"))).split()[0] == "…"
    assert "buoy50" in cut(long, (long.index("buoy50"), long.index("buoy51")), most=5)
    assert cut(long, (0, 5), most=3) == "buoy0 buoy1 buoy2 …"
    assert cut(long, (len(long) - 6, len(long)), most=3) == "… buoy97 buoy98 buoy99"


def test_a_snippet_shows_the_text_of_the_thing_that_has_most_of_the_words(tmp_path: Path) -> None:
    for index in opened(tmp_path, {"reef": "Reef 7"}, {"reef": "The reef is marked by buoys"}):
        assert index.find("reef buoys", 1)[0].snippet == "The reef is marked by buoys"
        assert index.find("reef", 1)[0].snippet == "Reef 7"


def test_what_is_asked_for_is_read_into_terms() -> None:
    assert wanted('ship "tide table" mar* OR 港口') == (
        (Term(("ship",)), Term(("tide", "table")), Term(("mar",), begins=True)),
        (Term(("港", "口")),),
    )
    assert wanted(' — * "" OR OR ?') == ()


def test_text_without_words_is_not_looked_for(index: Index) -> None:
    assert index.find("— * ()", 10) == []


@pytest.mark.parametrize(
    "text",
    [
        '"); DROP TABLE things; --', "field0 : ship", "NEAR(ship keeper)", "NOT ship", "ship AND", '"ship', "^ship",
        "ship\0", "\ud7ff", "{ship}", "-ship",
    ],
)  # fmt: skip
def test_signs_of_the_engines_language_are_signs_and_not_orders(index: Index, text: str) -> None:
    index.find(text, 10)
    assert found(index, "ship") == {"harbour", "light"}


def test_no_text_gets_out_of_its_quotation_marks_when_a_query_is_filled(tmp_path: Path) -> None:
    evil = 'A pier") } } SELECT * { ?s ?p ?o } #\\"'
    for _ in opened(tmp_path, {"https://example.org/pier": evil}):
        block = {
            "words": "pier", "limit": 5, "variables": ("?t", "?s", "?x"), "score": True, "snippet": True,
        }  # fmt: skip
        query = filled(str(tmp_path / "words.db"), ["SELECT * {", "}"], [block])
        assert query.startswith("SELECT * { VALUES (?t ?s ?x) { (<https://example.org/pier> 0.000")
        assert '"A pier\\") } } SELECT * { ?s ?p ?o } #\\\\\\""@en) } }' in query


def test_an_index_is_asked_by_one_thread_after_another_and_by_several_at_once(index: Index) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: found(index, "ship"), range(40)))
    assert answers == [{"harbour", "light"}] * 40


def test_an_index_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, str, None]]:
        yield "reef", "a reef", None
        raise RuntimeError("the engine went away")

    with pytest.raises(RuntimeError):
        make(tmp_path / "words.db", [Field("names", 1.0, broken())])
    assert list(tmp_path.iterdir()) == []


def test_an_index_finds_what_reading_every_text_finds(tmp_path: Path) -> None:
    chance = random.Random(20)
    words = [
        "reef",
        "Réef",
        "buoy",
        "buoys",
        "港",
        "灯塔",
        "маяк",
        "Маяки",
        "المرفأ",
        "مرفأ",
        "7",
        "WG.3",
        "ß",
        "SS",
    ]
    texts = {
        f"thing{number}": " ".join(chance.choices(words, k=chance.randint(1, 6))) for number in range(300)
    }
    for index in opened(tmp_path, texts):
        for _ in range(150):
            asked = chance.sample(words, chance.randint(1, 2))
            if chance.random() < 0.3:
                asked = [f'"{" ".join(asked)}"']
            elif chance.random() < 0.3:
                asked = [asked[0], "OR", asked[-1]]
            text = " ".join(asked) + ("*" if chance.random() < 0.2 and '"' not in asked[-1] else "")
            expected = {thing for thing, held in texts.items() if reads(held, text)}
            assert found(index, text, 1000) == expected, text


def reads(held: str, text: str) -> bool:
    """Whether a text has what is asked for: the slow and plain way."""
    bare = [without_article(word) for word in folded_words(held)]

    def has(term: Term) -> bool:
        asked = [without_article(word) for word in term.words]
        rows = (bare[at : at + len(asked)] for at in range(len(bare) - len(asked) + 1))
        return any(
            row[:-1] == asked[:-1]
            and (row[-1].startswith(asked[-1]) if term.begins else row[-1] == asked[-1])
            for row in rows
        )

    return any(all(has(term) for term in terms) for terms in wanted(text))


def without_article(word: str) -> str:
    for article in sorted(map(fold, ARTICLES), key=len, reverse=True):
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word
