"""The paragraphs of resolutions: kinds and numbers; the texts are our own."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from treatygraph.model.tree import Paragraph
from treatygraph.parse.openings import opening
from treatygraph.parse.resolution import parse_paragraphs
from treatygraph.read import read_file, read_text

Row = tuple[str, str | None, str]


def rows(text: str, language: str = "en") -> list[Row]:
    """Each paragraph as (kind, number, first words)."""
    source = read_text(text, name="text.txt", language=language)
    return [
        (p.kind.value, p.number, source.text[p.span.start : p.span.end][:12].split("\n")[0])
        for p in parse_paragraphs(source)
    ]


def kinds(text: str) -> list[tuple[str, str | None]]:
    return [(kind, number) for kind, number, _ in rows(text)]


HEAD = "40/3.\tLights\n\nThe Council of Pilots,\n\nRecalling its resolution 39/1,\n\n"


def test_a_resolution_from_masthead_to_closing_line() -> None:
    text = (
        "Council of Pilots\n\nForty-first session\n\nResolution adopted by the Council\n\n"
        "[on the report of the keepers]\n\n"
        f"{HEAD}Deeply concerned about fog,\n\n1.\tDecides to ring bells;\n\n2.\tRequests the harbour master:\n\n"
        "(a)\tTo buy:\n\n(i)\tBells;\n\n(ii)\tRopes;\n\n(b)\tTo report.\n\n62nd plenary meeting\n\n3 May 2002\n\n"
        "[Adopted without a vote.]\n"
    )
    assert [row[:2] for row in rows(text)] == [
        *[("front-matter", None)] * 4,
        ("heading", None),
        ("other", None),
        *[("preambular", None)] * 2,
        ("operative", "1"),
        ("operative", "2"),
        ("operative", "2 (a)"),
        ("operative", "2 (a) (i)"),
        ("operative", "2 (a) (ii)"),
        ("operative", "2 (b)"),
        *[("other", None)] * 3,
    ]


def test_a_resolution_that_names_itself_by_its_number_alone() -> None:
    text = (
        "Resolution 12 (2002)\n\nAdopted by the Council of Pilots at its 40th meeting, on\n\n3 May 2002\n\n"
        "The Council of Pilots,\n\nNoting the fog,\n\n1.\tDecides to ring bells.\n"
    )
    assert kinds(text) == [
        ("heading", None),
        ("front-matter", None),
        ("front-matter", None),
        ("other", None),
        ("preambular", None),
        ("operative", "1"),
    ]


def test_operative_paragraphs_without_printed_numbers_have_none() -> None:
    text = f"{HEAD}Stresses the need for bells;\n\nUrges the towns, including by:\n\nBuying bells;\n\nRinging them.\n"
    assert kinds(text)[3:] == [("operative", None)] * 4


def test_several_resolutions_on_a_page_each_begin_afresh() -> None:
    text = (
        f"{HEAD}1.\tDecides to ring bells.\n\n62nd plenary meeting\n\n40/4.\tHorns\n\nThe Council of Pilots,\n\n"
        "Noting the fog,\n\n1.\tDecides to blow horns;\n\n2.\tRequests the keepers to listen.\n"
    )
    assert kinds(text)[4:] == [
        ("other", None),
        ("heading", None),
        ("other", None),
        ("preambular", None),
        ("operative", "1"),
        ("operative", "2"),
    ]


def test_a_page_that_begins_in_the_middle_of_a_text() -> None:
    assert kinds(
        "the ships that pass,\n\nNoting the fog,\n\n5.\tDecides to ring bells;\n\n6.\tAlso urges rest.\n"
    ) == [
        ("preambular", None),
        ("preambular", None),
        ("operative", "5"),
        ("operative", "6"),
    ]


def test_headings_do_not_break_a_numbering_that_runs_through() -> None:
    text = f"{HEAD}I.\tBells\n\n1.\tDecides to ring bells;\n\nII.\tHorns\n\n2.\tDecides to blow horns.\n"
    assert kinds(text)[3:] == [("heading", None), ("operative", "1"), ("heading", None), ("operative", "2")]


def test_a_numbering_that_begins_again_below_a_heading() -> None:
    text = f"{HEAD}A\n\n1.\tDecides to ring:\n\n(a)\tBells.\n\nB\n\n1.\tDecides to blow:\n\n(a)\tHorns.\n"
    assert [number for _, number in kinds(text)[3:]] == [None, "1", "1 (a)", None, "1", "1 (a)"]


def test_what_an_annex_holds_is_annex_and_heading() -> None:
    annex = "Annex\n\nTreaty of Bells\n\nArticle 1\n\nUse\n\n1.\tBells ring;\n\n(a)\tAt noon.\n"
    text = f"{HEAD}1.\tAdopts the Treaty.\n\n{annex}"
    assert kinds(text)[4:] == [
        ("heading", None),
        ("heading", None),
        ("heading", None),
        ("heading", None),
        ("annex", "1"),
        ("annex", "1 (a)"),
    ]


def test_footnotes_and_page_marks_leave_the_part_that_they_stand_in() -> None:
    text = (
        f"{HEAD}1.\tDecides to ring bells as the\n\n---\n\n9 See the tide tables.\n\n<!-- Page 2 -->\n\n50\n\n"
        "keepers ask;\n\n2.\tUrges rest.\n"
    )
    assert kinds(text)[3:] == [
        ("operative", "1"),
        ("other", None),
        ("footnote", "9"),
        ("other", None),
        ("other", None),
        ("operative", None),
        ("operative", "2"),
    ]


def test_footnotes_below_one_another_count_on_whatever_their_words_are() -> None:
    text = (
        f"{HEAD}1.\tUrges keepers.\n\n1 Document WEIR/3.\n\n2 And, where needed, pilots.\n\n2 pilots came.\n"
    )
    assert [kind for kind, _ in kinds(text)][4:] == ["footnote", "footnote", "operative"]


def test_a_verb_in_capitals_tells_a_number_without_a_mark() -> None:
    text = f"{HEAD}1 ADOPTS the rules of the tower;\n\n2 ALSO REQUESTS the keepers to ring;\n\n3 FOG horns were bought;\n"
    assert kinds(text)[3:] == [("operative", "1"), ("operative", "2"), ("operative", None)]


def test_a_verb_on_a_line_of_its_own_opens_the_list_below_it() -> None:
    text = (
        "RESOLUTION 9 (Rev. Belltown, 2022)\n\nThe Council of Pilots (Belltown, 2022),\n\nrecalling\n\n"
        "a) resolution 8 on bells;\n\nb) the tide tables,\n\nnoting with concern\n\nthat fog is thick,\n\n"
        "resolves\n\n1 that the bells shall ring;\n\n2 to invite the towns to listen,\n\n"
        "instructs the Harbour Master\n\n1 to ring them;\n\n12 bells in all.\n"
    )
    assert kinds(text)[2:] == [
        *[("preambular", None), ("preambular", "(a)"), ("preambular", "(b)")],
        *[("preambular", None), ("preambular", None)],
        *[("operative", None), ("operative", "1"), ("operative", "2")],
        *[("operative", None), ("operative", "1"), ("operative", None)],
    ]


def test_a_figure_without_a_mark_numbers_what_opens_with_a_verb() -> None:
    text = "灯塔大会，\n\n忆及其第3号决议，\n\n1 通过灯塔规则；\n\n2 请各镇照管灯塔；\n\n3 座灯塔已经修好。\n"
    assert [(kind, number) for kind, number, _ in rows(text, "zh")][-3:] == [
        ("operative", "1"),
        ("operative", "2"),
        ("operative", None),
    ]


def test_paragraphs_may_all_begin_with_small_letters_below_who_speaks() -> None:
    text = (
        "Resolution 6\n\nThe Council of Pilots, at its ninth session,\n\nrecalling its resolution 5,\n\n"
        "invites the towns to listen,\n\nand requests the keepers to ring.\n"
    )
    assert [kind for kind, _ in kinds(text)][1:] == ["other", "preambular", "operative", "operative"]


def test_a_verb_alone_with_a_capital_is_the_head_of_a_list_above_small_letters() -> None:
    text = f"{HEAD}Invites\n\nthe towns:\n\n– to listen;\n\nAlso requests\n\nthe keepers to ring.\n"
    assert [kind for kind, _ in kinds(text)][3:] == ["operative"] * 5


def test_a_line_that_a_page_break_cut_is_no_head_of_a_list() -> None:
    text = f"{HEAD}1.\tThe Council of Pilots, at its third meeting,\n\nrequests the keepers to ring\n\nthe bells.\n"
    assert kinds(text)[3:] == [("operative", "1"), ("operative", None), ("operative", None)]


def test_a_count_that_begins_with_the_preamble() -> None:
    text = (
        "Decision: 4 BEL 2.17\n\nThe Council of Pilots,\n\n1.\tHaving examined the chart,\n\n"
        "2.\tCommends the keepers;\n\n3.\tRequests them to ring.\n"
    )
    assert kinds(text) == [
        *[("heading", None), ("other", None), ("preambular", "1")],
        *[("operative", "2"), ("operative", "3")],
    ]


def test_a_body_of_numbered_sentences_begins_with_the_first() -> None:
    text = (
        "Committee of Pilots\n\nObservations on the report of Belltown\n\n"
        "1.\tThe Committee considered the report of Belltown at two meetings, which were held in the old tower.\n\n"
        "A.\tBells\n\n"
        "2.\tIt is grateful to the keepers for the bells that were rung while the delegation was in the harbour.\n"
    )
    assert kinds(text)[1:] == [
        *[("front-matter", None), ("operative", "1")],
        *[("heading", None), ("operative", "2")],
    ]


def test_quoted_text_in_an_operative_paragraph_has_no_number() -> None:
    text = f"{HEAD}1.\tAmends the first rule to read:\n\n“1. Bells ring at noon”;\n\n2.\tUrges rest.\n"
    assert [number for _, number in kinds(text)[3:]] == ["1", None, "2"]


def test_the_sentences_of_a_statement_are_operative() -> None:
    sentences = "“The Council of Pilots welcomes the fog.\n\n“The Council of Pilots urges rest.”\n"
    text = f"Statement of the Council\n\n{sentences}"
    assert kinds(text) == [("front-matter", None), ("operative", None), ("operative", None)]


def test_a_report_is_no_resolution() -> None:
    text = "Report of the keepers\n\nRecognizing the fog, the keepers rang.\n\nThey slept at noon.\n"
    assert {kind for kind, _ in kinds(text)} == {"front-matter"}


def test_a_text_in_a_language_whose_words_are_not_held_is_other() -> None:
    assert [row[0] for row in rows("Kauft Glocken.\n\nLäutet sie.\n", language="und")] == ["other", "other"]


def test_paragraphs_are_in_order_and_do_not_overlap(repo: Path) -> None:
    source = read_file(repo / "tests/fixtures/treaties/saltmouth.txt", language="en")
    found = parse_paragraphs(source)
    assert [p.span for p in found] == sorted(p.span for p in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["", "\n\n", "(" * 10_000, "1. " * 10_000, "The " * 10_000])
def test_odd_texts_are_read_without_an_error(text: str) -> None:
    found: tuple[Paragraph, ...] = parse_paragraphs(read_text(text, name="text.txt", language="en"))
    assert len(found) <= 1


def test_opening_words_in_capitals_count_on_from_the_preamble_over_the_line_of_who_speaks() -> None:
    text = (
        "Resolution XIII.7\n\nCare of the marshes\n\n1. RECALLING Resolution XI.6 on tides;\n\n"
        "2. NOTING the reeds; and\n\nTHE CONFERENCE OF THE KEEPERS\n\n3. INSTRUCTS the harbour master to count;\n\n"
        "4. ENCOURAGES keepers to:\n\na) dig; and\n\nb) report.\n"
    )
    assert kinds(text) == [
        *[("heading", None)] * 2,
        ("preambular", "1"),
        ("preambular", "2"),
        ("other", None),
        ("operative", "3"),
        ("operative", "4"),
        ("operative", "4 (a)"),
        ("operative", "4 (b)"),
    ]


def test_preamble_in_capitals_without_numbers_stands_above_who_speaks() -> None:
    text = (
        "Conf. 12.3\n\nPermits\n\nRECALLING the rules of Article VI;\n\nTHE CONFERENCE OF THE PARTIES TO THE CONVENTION\n\n"
        "I. Regarding permits\n\n1. AGREES that forms be printed;\n"
    )
    assert kinds(text) == [
        *[("heading", None)] * 2,
        ("preambular", None),
        ("other", None),
        ("heading", None),
        ("operative", "1"),
    ]


@pytest.mark.parametrize(
    "title", ["HC-4/13: Care of the lights", "XII/4. Care of the lights", "Decision HC-4/13"]
)
def test_number_with_a_code_or_in_roman_figures_is_a_title(title: str) -> None:
    assert (
        rows(f"{title}\n\nThe Council of Pilots,\n\nNoting the fog,\n\n1. Decides to ring bells.\n")[0][0]
        == "heading"
    )


def test_annex_that_names_its_act_holds_annex_paragraphs_and_the_meeting_may_stand_below_it() -> None:
    text = f"{HEAD}1. Adopts the rules.\n\nAnnex to decision HC-4/13\n\nRules\n\n1. Bells ring.\n\n12th plenary meeting\n\n3 May 2002\n"
    assert kinds(text)[-6:] == [
        ("operative", "1"),
        *[("heading", None)] * 2,
        ("annex", "1"),
        *[("other", None)] * 2,
    ]


def test_first_article_ends_the_preamble_of_an_instrument() -> None:
    text = "The States Parties to this Treaty,\n\nMindful of the fog,\n\nHave agreed as follows:\n\nArticle 1\n\nBells are rung at noon.\n"
    assert [kind for kind, _ in kinds(text)][-2:] == ["heading", "operative"]


def test_a_preamble_may_open_the_text_with_clauses_that_a_semicolon_ends() -> None:
    text = "Guidelines on lamps\n\nRecalling that keepers keep lamps;\n\nNoting the fog,\n\nThe Council of Pilots,\n\n1. Decides to ring bells.\n"
    assert [kind for kind, _ in kinds(text)] == [
        "front-matter",
        "preambular",
        "preambular",
        "other",
        "operative",
    ]


@pytest.mark.parametrize("mark", [";", "；"])
def test_of_a_preamble_whose_words_open_both_kinds_only_the_last_clause_may_pause(mark: str) -> None:
    text = f"会议,\n\n忆及第1条{mark}\n\n注意到报告{mark}\n\n还忆及第2条,\n\n1. 决定点灯{mark}\n\n2. 请各方听钟。\n\n(第五次全体会议,2027年11月20日)\n"
    assert [(kind, number) for kind, number, _ in rows(text, "zh")] == [
        ("other", None),
        *[("preambular", None)] * 3,
        ("operative", "1"),
        ("operative", "2"),
        ("other", None),
    ]


def test_several_who_speak_have_verbs_in_the_plural() -> None:
    text = "Measure 3 (2031)\n\nLamps\n\nThe {},\n\nRecalling the fog,\n\n1. Request the keepers to ring;\n\n2. Urge all to listen.\n"
    expected = [("other", None), ("preambular", None), ("operative", "1"), ("operative", "2")]
    assert kinds(text.format("Representatives"))[2:] == expected
    assert opening("Request for lamps.", "en") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "نحن، وزراء الجزر الخمس،\n\nإذ نشير إلى الضباب،\n\n1 - نؤكد حبنا للمصابيح؛\n\n2 - ندعو الجميع إلى الإصغاء."),
        ("es", "Nosotros, los Ministros de las cinco islas,\n\nRecordando la niebla,\n\n1. Reafirmamos nuestro amor;\n\n2. Pedimos silencio."),
        ("fr", "Nous, ministres des cinq îles,\n\nRappelant la brume,\n\n1. Réaffirmons notre amour ;\n\n2. Nous appelons au silence."),
        ("ru", "Мы, министры пяти островов, собравшиеся в г. Боре,\n\nссылаясь на туман,\n\n1. Подтверждаем любовь;\n\n2. Мы призываем слушать."),
        ("zh", "我们，五个岛屿的部长们，\n\n忆及大雾，\n\n1. 重申我们的爱；\n\n2. 我们呼吁各方倾听。"),
    ],
)  # fmt: skip
def test_several_speak_of_themselves_in_five_more_languages(language: str, text: str) -> None:
    found = [(kind, number) for kind, number, _ in rows(text, language)]
    assert found == [("other", None), ("preambular", None), ("operative", "1"), ("operative", "2")]


def test_a_line_that_ends_with_a_verb_leads_on_to_what_is_numbered_below_it() -> None:
    text = "RECALLING the fog;\n\nTHE BOARD OF PILOTS (BP) {}\n\n1. Bells shall ring.\n"
    assert kinds(text.format("RECOMMENDS THAT:")) == [
        ("preambular", None),
        ("other", None),
        ("operative", "1"),
    ]
    assert kinds(text.format("IS LARGE:"))[1] == ("preambular", None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "EL CONSEJO DE FAROS\n\nDECIDE:\n\n1. Contar los faros.\n\n2. Pintar las boyas."),
        ("ru", "Совет глав островов\n\nрешил:\n\n1. Поручить лоцманам счет огней.\n\n2. Окрасить буи."),
        (
            "es",
            "Los Presidentes, reunidos en el puerto,\n\nACUERDAN:\n\n1. Contar los faros.\n\n2. Pintar las boyas.",
        ),
        ("ru", "Протокол\n\nРЕШИЛ:\n\n1.1. Поручить лоцманам счет огней.\n\n1.2. Окрасить буи."),
        ("ru", "ПОСТАНОВИЛИ:\n\n1. Поручить лоцманам счет огней.\n\n2. Окрасить буи."),
    ],
)
def test_a_verb_alone_on_its_line_leads_on_and_is_no_paragraph(language: str, text: str) -> None:
    found = [kind for kind, _, _ in rows(text, language)]
    assert found[-3:] == ["other", "operative", "operative"]


def test_numbered_recitals_in_chinese_go_up_to_the_line_of_who_speaks() -> None:
    text = "第IV.2号决议\n\n1. 忆及大雾；\n\n2. 注意到灯塔的报告；\n\n缔约方大会\n\n3. 请秘书处清点灯塔；\n\n4. 决定休会。"
    found = [(kind, number) for kind, number, _ in rows(text, "zh")]
    assert found[1:] == [
        ("preambular", "1"),
        ("preambular", "2"),
        ("other", None),
        ("operative", "3"),
        ("operative", "4"),
    ]


def test_a_decision_may_name_who_decided_before_the_verb_that_leads_on() -> None:
    text = "РЕШЕНИЕ\n\nВ соответствии со статьей 4 Договора о маяках Совет лоцманов решил:\n\n1. Утвердить план.\n\n2. Окрасить буи."
    found = [(kind, number) for kind, number, _ in rows(text, "ru")]
    assert found[-3:] == [("other", None), ("operative", "1"), ("operative", "2")]


def test_short_numbered_sentences_in_chinese_begin_the_body() -> None:
    text = "第八次审查会议\n\n最后宣言\n\n1. 会议重申灯塔在大雾中十分重要。\n\n2. 会议宣布所有灯塔均受保护。"
    assert [kind for kind, _, _ in rows(text, "zh")][-2:] == ["operative", "operative"]


def test_several_who_speak_of_themselves_may_repeat_the_pronoun() -> None:
    text = (
        "Declaration on Lamps\n\nWe, the Ministers of the five islands, meeting at dusk on 7 May 2031,\n\n"
        "Recalling the fog,\n\n1. Reaffirm our love of lamps;\n\n2. We also call upon all to listen.\n"
    )
    expected = [("other", None), ("preambular", None), ("operative", "1"), ("operative", "2")]
    assert kinds(text)[1:] == expected
    assert opening("We call upon all to listen.", "en") is None


def test_a_session_before_the_letters_of_an_act_is_no_mark_of_a_footnote() -> None:
    text = "42 C/Resolution 15\n\nThe Council,\n\nRecalling its duty,\n\n1. Requests reports.\n\n9 A/8783.\n\n10 A/CONF.48/14.\n"
    found = kinds(text)
    assert [kind for kind, _ in found].count("footnote") == 2
    assert found[-1][0] == "footnote"


def test_numbers_with_dots_count_on_below_their_paragraph() -> None:
    text = (
        "The Council,\n\nRecalling its duty,\n\n1. Urges States to act;\n\n2. Invites States to:\n\n2.1 share data; and\n\n"
        "2.2 report to the Council;\n\n3. Requests reports.\n\n5.6 tons of oil were lost.\n"
    )
    assert [number for _, number in kinds(text)][2:] == ["1", "2", "2.1", "2.2", "3", None]
