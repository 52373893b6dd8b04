"""Acts that lost their layout: head, preamble and operative part in one paragraph are read as if on lines."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import DocumentKind, DocumentTree
from treatygraph.parse import parse
from treatygraph.read import read_text

ENGLISH = """
HC/RES/85/12 Harbour Council Distr.: General 20 December 2030 Eighty-fifth session Agenda item 20
Resolution adopted by the Harbour Council on 12 December 2030 [on the report of the Second Committee (HC/85/430, para. 12)]
85/12. Protection of estuaries The Harbour Council, Recalling its resolution 70/1, Noting with concern the loss of habitats, and
the costs, 1. Urges States to protect estuaries; 2. Requests the Secretariat: (a) To assist States; (b) To report in 2031; 3. Decides
to meet again. 48th plenary meeting 12 December 2030
"""
CHINESE = """
第12(2031)号决议 港务理事会， 回顾其第11(2015)号决议， 重申对灯塔的承诺， 1. 决定将任务期限延长至2032年3月31日； 2. 请秘书长： (a) 每六个月提交一次报告；
(b) 在九十天内通报情况； 3. 决定继续处理此案。
"""
FRENCH = """
Décision 12/COL.15 Suivi des tourbières La Conférence des pilotes, Rappelant le paragraphe 2 de l’article 5 de la Convention,
Prenant note du document COL/15/4, 1. Invite les Parties : a) À communiquer leurs données ; b) À participer aux ateliers ;
2. Prie le secrétariat d’établir un rapport. Annexe Les données sont annuelles.
"""


def read(text: str, language: str) -> DocumentTree:
    return parse(read_text(" ".join(text.split()), name="act.txt", language=language))


def printed(tree: DocumentTree) -> list[tuple[str, str | None, str]]:
    found = [(p.kind.value, p.number, tree.source.text[p.span.start : p.span.end]) for p in tree.paragraphs]
    return [(kind, number, text[:12]) for kind, number, text in found if kind in ("preambular", "operative")]


def test_paragraphs_of_an_act_on_one_line_are_apart() -> None:
    tree = read(ENGLISH, "en")
    assert tree.kind is DocumentKind.RESOLUTION
    assert printed(tree) == [
        ("preambular", None, "Recalling it"),
        ("preambular", None, "Noting with "),
        ("operative", "1", "1. Urges Sta"),
        ("operative", "2", "2. Requests "),
        ("operative", "2 (a)", "(a) To assis"),
        ("operative", "2 (b)", "(b) To repor"),
        ("operative", "3", "3. Decides t"),
    ]
    last = max(p.span.end for p in tree.paragraphs if p.kind.value == "operative")
    assert tree.source.text[:last].endswith("to meet again.")


def test_head_of_an_act_on_one_line_gives_symbol_session_and_title() -> None:
    front = read(ENGLISH, "en").front
    assert (front.symbol, front.happening and front.happening[0]) == ("HC/RES/85/12", "Eighty-fifth session")
    assert front.title is not None
    assert front.title[0] == "Protection of estuaries"


@pytest.mark.parametrize(
    ("text", "language", "kind", "numbers"),
    [
        (CHINESE, "zh", DocumentKind.RESOLUTION, [None, None, "1", "2", "2 (a)", "2 (b)", "3"]),
        (FRENCH, "fr", DocumentKind.DECISION, [None, None, "1", "1 (a)", "1 (b)", "2"]),
    ],
)
def test_acts_on_one_line_are_read_in_other_languages(
    text: str, language: str, kind: DocumentKind, numbers: list[str | None]
) -> None:
    tree = read(text, language)
    assert tree.kind is kind
    assert [number for _, number, _ in printed(tree)] == numbers


def test_a_paragraph_that_only_counts_things_stays_whole() -> None:
    text = "The Harbour Council, Recalling its duty, counted: 1. boats that were lost in the winter; 2. lamps that went out at night, and found them."
    assert len(read(text, "en").source.blocks) == 1
