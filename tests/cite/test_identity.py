"""Whose document it is: body, convener, symbol, and the session or meeting it belongs to."""

from __future__ import annotations

import pytest

from treatygraph.cite import cite_document, instrument_of
from treatygraph.model.text import BlockKind, Span
from treatygraph.model.tree import (
    DocumentKind,
    DocumentTree,
    FrontMatter,
    Place,
    Placement,
    ProvisionUnit,
    TreatyText,
)
from treatygraph.parse import parse
from treatygraph.read import read_text

CONFERENCE = (
    "Conference of the Parties to the United Nations Convention against Transnational Organized Crime"
)


def treaty(title: str, text: str, *provisions: ProvisionUnit) -> TreatyText:
    return TreatyText(title, Span(0, 1), Span(0, len(text)), provisions)


def test_a_working_group_is_convened_by_its_conference(registry) -> None:
    text = f"{CONFERENCE}\n\nWorking Group on Firearms\n\nReport"
    tree = parse(read_text(text, name="report.txt", language="en"))
    identity, _ = cite_document(tree, registry)
    assert (identity.body, identity.convened_by) == ("body/ctoc-cop/wg6", "body/ctoc-cop")


def test_a_resolution_is_of_the_body_that_acts(cite) -> None:
    identity, _, _ = cite("60/1. On boats\n\nThe General Assembly,\n\nRecalling its resolution 55/25,")
    assert identity.body == "body/unga"
    assert (identity.symbol, identity.symbol_inferred) == ("A/RES/60/1", True)
    assert identity.key == "document/A/RES/60/1"


def test_a_title_with_the_code_of_one_body_names_it(cite) -> None:
    identity, _, _ = cite("Conf. 12.3 (Rev. CoP19)\n\nOn eels\n\nRECALLING the eels;\n\n1. URGES rest.")
    assert (identity.body, identity.key) == ("body/cites-cop", "act/cites-cop/resolution/12/3")
    assert cite("On eels\n\nRECALLING Resolution Conf. 12.3;\n\n1. URGES rest.")[0].body is None


def test_a_symbol_that_is_the_number_of_an_act_is_the_act_s(cite) -> None:
    head = "FCTC/COP12(9)\n\nOn pipes\n\nThe Conference of the Parties,\n\nNoting document FCTC/COP/12/7,\n\n1. DECIDES to rest."
    identity, _, _ = cite(head)
    assert (identity.symbol, identity.key) == ("FCTC/COP12(9)", "act/fctc-cop/decision/12/9")


def test_what_a_committee_says_of_a_state_is_the_committee_s_and_an_organ_below_is_none(cite) -> None:
    assert cite("Observations", symbol="CCPR/C/FIN/CO/7")[0].body == "body/ccpr"
    assert cite("Comment", symbol="CRC/C/GC/26")[0].body == "body/crc"
    assert cite("Report", symbol="CAC/COSP/IRG/2019/11")[0].body is None


def test_a_symbol_that_a_user_gives_is_not_inferred(cite) -> None:
    identity, _, _ = cite("Report on boats", symbol="CTOC/COP/WG.3/2016/1")
    assert (identity.key, identity.symbol_inferred) == ("document/CTOC/COP/WG.3/2016/1", False)
    assert identity.body == "body/ctoc-cop/wg3"


def test_a_document_that_says_nothing_is_named_by_its_file(cite) -> None:
    identity, found, _ = cite("Report on boats")
    assert identity.key.startswith("document/sha256-")
    assert (identity.body, identity.symbol, found.mentions) == (None, None, 0)


def test_a_page_with_several_resolutions_has_no_number_of_its_own(cite) -> None:
    identity, _, _ = cite(
        "1993/39. On nets\n\nThe Economic and Social Council,\n\nRecalling all,\n\n1993/40. On boats\n\nThe Economic and Social Council,"
    )
    assert identity.symbol is None
    assert identity.body == "body/ecosoc"


def test_another_body_that_acts_inside_speaks_for_itself(cite) -> None:
    _, found, _ = cite(
        "2019/19. On nets\n\nThe Economic and Social Council,\n\nRecalling its resolution 2012/8,\n\n"
        "The General Assembly,\n\nDecides to include the item in the agenda of its seventy-fifth session."
    )
    targets = [c.target for c in found.citations if c.kind in ("act", "happening")]
    assert targets == ["document/E/RES/2012/8", "session/unga/75"]


def agenda(text: str, registry, happening: str | None = None):  # type: ignore[no-untyped-def]
    source = read_text(text, name="a.txt", language="en")
    front = FrontMatter(
        organs=((CONFERENCE, Span(0, 0)), ("Working Group on Firearms", Span(0, 0))),
        happening=(happening, Span(0, 0)) if happening else None,
    )
    whole = (Placement(Span(0, len(text)), Place.BODY, None),)
    return cite_document(DocumentTree(source, DocumentKind.AGENDA, "", front, placements=whole), registry)[0]


def test_the_happening_printed_in_the_head_is_certain(registry) -> None:
    identity = agenda("The fifth meeting was long.", registry, "Ninth meeting")
    assert identity.happening == "meeting/ctoc-cop-wg6/9"
    assert identity.happening_reason == "printed in the head of the document"


def test_an_agenda_belongs_to_the_latest_meeting_of_its_body_that_it_tells_of(registry) -> None:
    identity = agenda(
        "After the eighth meeting of the Working Group, its ninth meeting will be held.", registry
    )
    assert identity.happening == "meeting/ctoc-cop-wg6/9"
    assert identity.happening_reason


def test_a_language_without_words_still_gives_its_symbols(registry) -> None:
    source = read_text("Voir A/78/251 et la résolution 55/25.", name="a.txt", language="xx")
    tree = DocumentTree(source, DocumentKind.OTHER, "", FrontMatter(symbol="A/78/300"))
    identity, found = cite_document(tree, registry)
    assert identity.key == "document/A/78/300"
    assert [c.target for c in found.citations] == ["document/A/78/251"]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("United Nations Convention against Transnational Organized Crime", "treaty/untoc"),
        ("UNITED NATIONS CONVENTION AGAINST CORRUPTION*", "treaty/uncac"),
        (
            "United Nations Convention against Cybercrime; Strengthening International Cooperation",
            "treaty/un-cybercrime",
        ),
        ("Convention on the Safety of Boats", None),
    ],
)
def test_a_treaty_text_is_known_by_its_title(title: str, key: str | None, registry) -> None:
    assert instrument_of(treaty(title, "x"), registry) == key


def test_in_a_treaty_its_own_articles_are_meant(cite) -> None:
    text = "Article 16\n\n1. This article applies to article 3, paragraph 1 (a) or (b), and paragraph 10 of this article.\n\nArticle 17\n\nIt is subject to article 18."
    second = text.index("Article 17")
    units = (
        ProvisionUnit(("art", "16"), "article", "16", None, Span(0, second)),
        ProvisionUnit(("art", "16", "para", "1"), "paragraph", "1", None, Span(12, second)),
        ProvisionUnit(("art", "17"), "article", "17", None, Span(second, len(text))),
    )
    title = "United Nations Convention against Transnational Organized Crime"
    _, found, _ = cite(text, treaties=(treaty(title, text, *units),))
    assert [c.target for c in found.citations if c.kind == "provision"] == [
        "treaty/untoc/art/16",
        "treaty/untoc/art/3/para/1/a",
        "treaty/untoc/art/3/para/1/b",
        "treaty/untoc/art/16/para/10",
        "treaty/untoc/art/18",
    ]
    assert [r.text for r in found.rejected] == ["Article 16", "Article 17"]
    assert {c.rule for c in found.citations if c.kind == "provision"} == {"provision/enclosing"}


def test_a_paragraph_with_nothing_around_it_is_the_acts_own_if_it_has_one(cite) -> None:
    text = "60/1. On boats\n\nThe General Assembly,\n\n11. Acting as described in paragraph 9. Nobody saw paragraph 99,"
    _, found, _ = cite(text, numbered=("9", "11"))
    assert [c.target for c in found.citations if c.kind == "act"] == ["document/A/RES/60/1/para/9"]
    assert [r.text for r in found.rejected if r.rule == "reject/no-antecedent"] == ["paragraph 99"]


def test_of_joint_heads_the_body_is_the_one_whose_meeting_is_printed_first(registry) -> None:
    text = (
        "Conference of the Parties to the Basel Convention\n\nSeventeenth meeting\n\nGeneva, 28 April–9 May 2025\n\n"
        "Conference of the Parties to the Rotterdam Convention\n\nTwelfth meeting\n\nGeneva, 28 April–9 May 2025\n\n"
        "# Provisional agenda\n\n1. Opening of the meetings.\n2. Other matters.\n3. Closure of the meetings."
    )
    identity, _ = cite_document(parse(read_text(text, name="agenda.md", language="en")), registry)
    assert (identity.body, identity.happening) == ("body/basel-cop", "meeting/basel-cop/17")


def test_a_conference_that_counts_itself_is_numbered_by_its_name(registry) -> None:
    text = (
        "# Eleventh Conference of States Parties to the Arms Trade Treaty\n\nATT/CSP11/2025/SEC/801/Conf.Agenda\n\n"
        "# Provisional agenda\n\n1. Opening of the Conference.\n2. Other matters.\n3. Closure of the Conference."
    )
    identity, _ = cite_document(parse(read_text(text, name="agenda.md", language="en")), registry)
    assert (identity.body, identity.happening) == ("body/att-csp", "session/att-csp/11")
    assert identity.symbol == "ATT/CSP11/2025/SEC/801/Conf.Agenda"


AGENDA = (
    "# Provisional agenda\n\n1. Opening of the session.\n2. Other matters.\n3. Adoption of the report.\n\n"
)


def test_session_of_an_organ_without_a_key_is_not_that_of_the_conference_above_it(registry) -> None:
    text = (
        "Conference of the States Parties to the United Nations Convention against Corruption\n\n"
        f"Implementation Review Group\n\nFifteenth session\n\nVienna, 27–31 May 2024\n\n{AGENDA}"
    )
    identity, _ = cite_document(parse(read_text(text, name="agenda.md", language="en")), registry)
    assert identity.happening is None


def test_a_meeting_that_is_over_is_not_the_one_that_the_agenda_is_for(registry) -> None:
    text = (
        f"{CONFERENCE}\n\nWorking Group on Trafficking in Persons\n\nVienna, 3 and 4 October 2023\n\n{AGENDA}"
        "## Annotations\n\n### 2. Other matters\n\nAt its {}, the Working Group adopted a list."
    )
    over = text.format("tenth meeting, held in Vienna on 10 and 11 September 2020")
    identity, _ = cite_document(parse(read_text(over, name="agenda.md", language="en")), registry)
    assert identity.happening is None
    open_ = text.format("tenth meeting")
    identity, _ = cite_document(parse(read_text(open_, name="agenda.md", language="en")), registry)
    assert identity.happening == "meeting/ctoc-cop-wg4/10"


def test_a_note_that_is_a_symbol_alone_is_not_the_document_s_own(registry) -> None:
    text = "# Report on boats\n\nBoats are many.<sup>1</sup>\n\n<sup>1</sup> A/80/50.\n"
    tree = parse(read_text(text, name="report.md", language="en"))
    assert any(block.kind is BlockKind.FOOTNOTE for block in tree.source.blocks)
    assert cite_document(tree, registry)[0].symbol is None


def test_a_document_with_two_symbols_cites_neither(cite) -> None:
    identity, found, _ = cite(
        "A/67/828–S/2013/210\n\nLetter on boats\n\nIt is issued as A/67/828–S/2013/210."
    )
    assert (identity.symbol, identity.key) == ("A/67/828-S/2013/210", "document/A/67/828-S/2013/210")
    assert [c.target for c in found.citations] == []


def test_a_note_that_is_nothing_but_a_symbol_names_another_document(cite) -> None:
    identity, found, _ = cite("Report on boats\n\nA/50/16.\n\nBoats were counted.")
    assert identity.symbol is None
    assert [c.target for c in found.citations] == ["document/A/50/16"]


def test_decisions_that_go_on_after_resolutions_are_told_by_their_number(cite) -> None:
    head = "2/102. On boats\n\nThe Human Rights Council,\n\nRecalling all,"
    assert cite(head, "Human Rights Council")[0].symbol == "A/HRC/DEC/2/102"
    assert cite(head.replace("102", "12"), "Human Rights Council")[0].symbol == "A/HRC/RES/2/12"


def test_an_old_resolution_with_a_high_number_is_no_decision(cite) -> None:
    page = "2994 (XXVII). On boats\n\nThe General Assembly,\n\n1. Requests all to row.\n\n2995 (XXVII). On oars\n\n"
    body = "The General Assembly,\n\n1. Decides to meet;\n\n2. Recognizes that the work in paragraph 1 above is done."
    _, found, _ = cite(page + body, "General Assembly", symbol="A/RES/2994(XXVII)")
    assert [c.target for c in found.citations if "paragraph" in c.text] == [
        "document/A/RES/2995(XXVII)/para/1"
    ]


@pytest.mark.parametrize(("number", "key"), [("BC-4/13:", "4/13"), ("BC-4/13.", "4/13")])
def test_a_body_that_only_decides_needs_no_word_for_it(number: str, key: str, registry) -> None:
    text = (
        f"Basel Convention\n\n{number} On boats\n\nThe Conference of the Parties,\n\n1. Requests all to row;\n\n"
        "2. Decides to meet."
    )
    identity, _ = cite_document(parse(read_text(text, name="a.txt", language="en")), registry)
    assert identity.key == f"act/basel-cop/decision/{key}"


def test_a_statement_is_of_the_body_whose_president_makes_it(registry) -> None:
    text = "Statement by the President of the Security Council\n\nAt the 6587th meeting of the Security Council, he spoke."
    identity, _ = cite_document(parse(read_text(text, name="a.txt", language="en")), registry)
    assert identity.body == "body/unsc"


def test_a_report_on_its_session_is_of_the_body_that_held_it(registry) -> None:
    text = (
        "Twelfth session\n\nReport of the United Nations Conference on Trade and Development on its twelfth session\n\n"
        "Boats were counted."
    )
    identity, _ = cite_document(parse(read_text(text, name="a.txt", language="en")), registry)
    assert identity.body == "body/unctad"


def test_a_body_in_the_name_of_something_else_is_not_whose_document_it_is(cite) -> None:
    identity, _, _ = cite(
        "Boats sail.", "Organization of the Department for General Assembly and Conference Management"
    )
    assert identity.body is None


def test_the_sessions_of_an_organ_without_a_key_are_not_those_of_the_body_above(registry) -> None:
    text = "Economic and Social Council\n\nCommission on Nets\n\nFourth session\n\nAt its third session, nets were mended."
    tree = parse(read_text(text, name="a.txt", language="en"))
    _, found = cite_document(tree, registry)
    assert [c.target for c in found.citations if c.kind == "happening"] == []


def test_no_reference_runs_over_the_border_of_a_cell(registry) -> None:
    text = "Posts\n\n| Body | Posts |\n|---|---|\n| General Assembly resolution | 55/25 |\n| General Assembly | resolution 55/26 |\n"
    tree = parse(read_text(text, name="a.md", language="en"))
    _, found = cite_document(tree, registry)
    assert [c.text for c in found.citations if c.kind == "act"] == ["resolution 55/26"]


def test_a_number_without_a_full_stop_is_that_of_an_act_of_the_printed_session(registry) -> None:
    head = "Human Rights Council\n\nSixteenth session\n\nResolution adopted by the Human Rights Council\n\n{}\n\nOn boats\n\nThe Human Rights Council,\n\nRecalling all,"
    symbols = [
        cite_document(parse(read_text(head.format(number), name="a.txt", language="en")), registry)[0].symbol
        for number in ("16/1", "1/16")
    ]
    assert symbols == ["A/HRC/RES/16/1", None]


def test_what_a_body_says_of_another_does_not_make_it_that_body(cite) -> None:
    text = "Decision on boats\n\nThe Assembly,\n\nRecalling General Assembly resolution 75/315 of 9 September 2021,"
    assert cite(text, "Oceanic Union")[0].body is None


def test_the_session_of_the_parties_to_an_unknown_treaty_is_not_that_of_the_body_above(registry) -> None:
    head = "Economic Commission for Europe\n\nMeeting of the Parties to the Convention on {}\n\nNinth session\n\n"
    tree = parse(read_text(head.format("Seamarks") + AGENDA, name="agenda.md", language="en"))
    assert cite_document(tree, registry)[0].happening is None


@pytest.mark.parametrize(
    ("line", "body"),
    [
        (
            "The Plenipotentiary Conference of the International Telecommunication Union (Dakar, 2031),",
            "body/itu-pp",
        ),
        (
            "The Plenipotentiary Conference of the International Telecommunication Union (four officers),",
            None,
        ),
    ],
)
def test_where_and_when_a_conference_met_is_no_part_of_its_name(line: str, body: str | None, cite) -> None:
    assert cite(f"RESOLUTION 7 (Dakar, 2031)\n\nOn boats\n\n{line}\n\nrecalling all,")[0].body == body


@pytest.mark.parametrize(
    ("organ", "body"),
    [("Assemblies of the Member States of the Lamp Union", None), ("General Assembly", "body/unga")],
)
def test_a_symbol_that_begins_with_a_letter_alone_is_of_no_body_that_the_head_does_not_name(
    organ: str, body: str | None, registry
) -> None:
    tree = parse(read_text(f"A/72/1\n\n{organ}\n\n{AGENDA}", name="agenda.md", language="en"))
    assert cite_document(tree, registry)[0].body == body


@pytest.mark.parametrize(
    ("told", "target"),
    [
        ("At its 2nd meeting, on 10 July 2029, it rested.", None),
        ("At its 2nd meeting, on 10 July, it rested.", None),
        ("At its second meeting, on 10 July, it rested.", "meeting/ctoc-cop-wg6/2"),
        ("At its 2nd meeting, on 10 July 2007, it rested.", "meeting/ctoc-cop-wg6/2"),
    ],
)
def test_a_meeting_in_figures_on_a_day_of_the_report_s_own_is_a_sitting(
    told: str, target: str | None, registry
) -> None:
    head = f"{CONFERENCE}\n\nWorking Group on Firearms\nVienna, 10 and 11 July 2029\n\n"
    text = f"{head}Report on the meeting of the Working Group on Firearms held in Vienna on 10 and 11 July 2029\n\n1. {told}\n"
    _, found = cite_document(parse(read_text(text, name="a.txt", language="en")), registry)
    assert next((c.target for c in found.citations if c.kind == "happening"), None) == target


def test_an_organization_in_the_masthead_is_not_the_body_of_a_paper_of_another_series(cite) -> None:
    head = "United Nations Environment Programme\n\nReport on lamps"
    assert cite(head, symbol="UNEP/OzL.Pro.30/11")[0].body == "body/montreal-mop"
    assert cite(head, symbol="UNEP/12")[0].body == "body/unep"


def test_a_noun_that_only_begins_the_name_of_an_organ_is_no_committee_that_the_text_speaks_of(
    registry,
) -> None:
    head = "Committee of the Parties to the Convention of the Harbours on the Protection of Eels\n\nReport"
    text = f"{head}\n\n1. The Committee noted the Convention on the Rights of the Child and the Committee on the Rights of the Child."
    identity, _ = cite_document(parse(read_text(text, name="report.txt", language="en")), registry)
    assert identity.body is None


def test_an_organization_above_the_organ_of_an_unknown_treaty_is_not_who_speaks(registry) -> None:
    text = "联合国环境规划署\n\n关于灯塔的水城公约缔约方大会第四次会议\n\n第IV/2号决定\n\n缔约方大会，\n\n忆及《蒙特利尔议定书》，\n\n1. 请秘书处报告。\n\n2. 决定休会。\n"
    identity, _ = cite_document(parse(read_text(text, name="text.txt", language="zh")), registry)
    assert identity.body is None


def test_title_of_an_item_is_not_the_body_of_the_agenda(registry) -> None:
    agenda = "Harbour Council\n\nProvisional agenda\n\n1.\n\nAdoption of the agenda\n\n2.\n\n{}\n\n3.\n\nOther matters\n"
    tree = parse(read_text(agenda.format("World Food Programme"), name="agenda.txt", language="en"))
    assert [item.title for item in tree.items][1] == "World Food Programme"
    assert cite_document(tree, registry)[0].body is None
