"""What is told of an organ that the registry lacks: an action of which only the actor stays open."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from treatygraph.acts import find_acts
from treatygraph.model.citations import CitationSet
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import SourceText, Span
from treatygraph.model.tree import DocumentKind, DocumentTree, FrontMatter, Place, Placement

from .conftest import blocks_of, read_marks

COP2 = "[second session|session/rivers-cop/2]"
D24 = "[decision 2/4|act/rivers-cop/decision/2/4]"


@dataclass(frozen=True, slots=True)
class Told:
    """An action in short."""

    verb: str
    actor: str | None
    source: str | None


@pytest.fixture(scope="module")
def report(registry):
    """Reads a marked text as a report of a body without a key, whose head names *organs*."""

    def reading(marked: str, *organs: str, body: str | None = None, language: str = "en") -> list[Told]:
        text, citations = read_marks(marked)
        blocks = blocks_of(text)
        tree = DocumentTree(
            SourceText(text, blocks, "txt", "", "", language),
            DocumentKind.REPORT,
            "a test",
            FrontMatter(organs=tuple((organ, Span(0, 1)) for organ in organs)),
            placements=tuple(Placement(block.span, Place.BODY, None) for block in blocks),
        )
        identity = DocumentIdentity("document/LACE/1", "LACE/1", False, body, None, None)
        found = find_acts(tree, identity, CitationSet(citations, (), len(citations)), registry)
        return [Told(action.verb, action.actor, action.source) for action in found.actions]

    return reading


@pytest.mark.parametrize(
    ("sentence", "verbs"),
    [
        (
            "The Steering Board on Lace requested the weavers to rest and agreed to meet again.",
            ["request", "agree"],
        ),
        ("The Lace, Yarn and Wool Committee endorsed the pattern.", ["endorse"]),
        ("The Group took note of the thread.", ["take note of"]),
        ("The Group of Twelve took note of the thread.", []),
        ("The Committee administering the Mill of Threads recommended that they rest.", ["recommend"]),
        ("The Committee established under article 9 requested them to rest.", ["request"]),
        ("The Committee established a group under article 9.", ["establish"]),
        ("The Board’s chair approved the thread.", []),
        ("The Committee was chaired by a weaver.", []),
        ("A committee approved the thread.", []),
    ],
)
def test_an_organ_known_by_its_noun_acts(report, sentence, verbs):
    assert [(each.verb, each.actor) for each in report(sentence)] == [(verb, None) for verb in verbs]


def test_one_organ_takes_no_source_from_what_another_did(report):
    told = report(
        f"In {D24}, the Weavers’ Board asked for thread.\nThe Steering Board on Lace adopted a pattern."
    )
    assert [each.source for each in told if each.verb == "adopt"] == [None]


def test_the_committee_is_the_one_that_the_head_names(report):
    text = "The Working Group on Dams met.\nThe Working Group adopted the pattern."
    assert [each.actor for each in report(text)] == ["body/rivers-cop/wg"]
    assert [each.actor for each in report(text, "Working Group on Lace")] == [None]
    assert [each.actor for each in report(text, "Working Group on Dams")] == ["body/rivers-cop/wg"]


def test_an_organ_without_a_key_acts_in_documents_of_others_too(report):
    told = report("The Lace Committee approved the pattern.", body="body/rivers-cop")
    assert [(each.verb, each.actor) for each in told] == [("approve", None)]


def test_what_such_an_organ_made_ends_no_row_of_verbs(report):
    told = report(
        "The Conference welcomed the work undertaken by the Lace Committee; approved the pattern; and noted it.",
        body="body/rivers-cop",
    )
    assert ("approve", "body/rivers-cop") in [(each.verb, each.actor) for each in told]


def test_a_list_that_such_an_organ_leads_tells_one_action_an_entry(report):
    told = report(
        "The Steering Board on Lace:\n(a) Took note of the thread;\n(b) Requested the weavers to rest."
    )
    assert [(each.verb, each.actor) for each in told] == [("take note of", None), ("request", None)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Le Conseil des passeurs a pris note de la corde."),
        ("fr", "L’Assemblée a pris note de la corde."),
        ("es", "El Consejo de Puertos tomó nota de la cuerda."),
        ("es", "El Comité Científico tomó nota de la cuerda."),
        ("fr", "Le Comité préparatoire a pris note de la corde."),
        ("es", "La Comisión Permanente de Cuerdas tomó nota de la cuerda."),
        ("ru", "Совет по паромам принял к сведению доклад."),
        ("ru", "Рабочая группа приняла к сведению доклад."),
        ("ru", "Совещание Сторон приняло к сведению доклад."),
        ("ar", "1- أحاطت لجنة الحبال علما بالتقرير."),
        ("ar", "1- وأحاط المجلس التنفيذي علما بالتقرير."),
        ("zh", "绳索委员会表示注意到该报告。"),
        ("zh", "1. 技术和经济评估小组在其第六次会议上表示注意到该报告。"),
    ],
)
def test_an_organ_is_known_by_its_noun_in_other_languages(report, language, sentence):
    assert [(each.verb, each.actor) for each in report(sentence, language=language)] == [
        ("take note of", None)
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "核可委员会的报告。"),
        ("zh", "经委员会核准，报告已公布。"),
        ("zh", "委员会主席表示注意到该报告。"),
        ("ar", "1- أحاط رئيس لجنة الحبال علما بالتقرير."),
    ],
)
def test_what_is_said_of_an_organ_is_no_action_of_it(report, language, sentence):
    assert report(sentence, language=language) == []


def test_a_verb_in_the_feminine_has_no_subject_in_the_masculine(report):
    told = report("1- اعتمدت لجنة الحبال التقرير، وأوصت مجلس الموانئ بأن ينشره.", language="ar")
    assert [each.verb for each in told] == ["adopt", "recommend"]
    assert [each.actor for each in told] == [None, None]


def test_the_names_of_parties_with_the_noun_of_an_organ_are_that_organ(report):
    assert [each.verb for each in report("缔约国会议决定设立一个工作组。", language="zh")] == ["decide"]


def test_a_list_is_led_over_words_between_commas_and_in_the_present(report):
    told = report(
        "The Steering Board, on the advice of its Officers:\n(a) takes note of the thread;\n(b) requests the weavers to rest."
    )
    assert [(each.verb, each.actor) for each in told] == [("take note of", None), ("request", None)]


@pytest.mark.parametrize(
    ("sentence", "verbs"),
    [
        ("Leaders endorsed the plan and requested the office to print it.", ["endorse", "request"]),
        ("Forum Lamp Ministers agreed to meet.", ["agree"]),
        ("The Heads of State and Government decided to meet.", ["decide"]),
        ("The Leaders’ Retreat decided nothing.", []),
        ("A letter of Ministers noted it.", []),
    ],
)
def test_persons_who_meet_act_together(report, sentence, verbs):
    told = report(sentence)
    assert [each.verb for each in told] == verbs
    assert {each.actor for each in told} <= {None}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ar", "وقرر القادة إنشاء صندوق للدانتيل."),
        ("es", "Los Ministros decidieron crear un fondo de encajes."),
        ("es", "Las Jefas y los Jefes de Estado y de Gobierno decidieron crear un fondo."),
        ("fr", "Les chefs d’État et de gouvernement ont décidé de créer un fonds."),
        ("ru", "Главы государств решили создать фонд кружев."),
        ("zh", "部长们决定设立花边基金。"),
    ],
)
def test_persons_who_meet_act_together_in_other_languages(report, language, sentence):
    assert [(each.verb, each.actor) for each in report(sentence, language=language)] == [("decide", None)]


@pytest.fixture(scope="module")
def written(registry):
    """Reads a text as a document of an author without a key, below the lines of its *head*."""

    def reading(
        head: str, text: str, language: str = "en", kind: DocumentKind = DocumentKind.OTHER
    ) -> list[Told]:
        whole = f"{head}\n{text}"
        blocks = blocks_of(whole)
        first = head.count("\n") + 1
        tree = DocumentTree(
            SourceText(whole, blocks, "txt", "", "", language),
            kind,
            "a test",
            FrontMatter(),
            placements=tuple(
                Placement(block.span, Place.FRONT_MATTER if number < first else Place.BODY, None)
                for number, block in enumerate(blocks)
            ),
        )
        identity = DocumentIdentity("document/GL(2031)1", "GL(2031)1", False, None, None, None)
        found = find_acts(tree, identity, CitationSet((), (), 0), registry)
        return [Told(action.verb, action.actor, action.source) for action in found.actions]

    return reading


@pytest.mark.parametrize("kind", [DocumentKind.OTHER, DocumentKind.REPORT])
@pytest.mark.parametrize(
    ("language", "head", "text"),
    [
        ("en", "GLACE REPORT ON RURITANIA", "GLACE urges the weavers to rest.\nTo that end, GLACE invites the mayor to pay."),
        ("en", "Advisory Committee on Lace", "The Advisory Committee urges rest.\nThe Advisory Committee invites the mayor."),
        ("fr", "Groupe d’experts sur la dentelle (GEDENT)", "GEDENT exhorte les autorités à dormir.\nLe GEDENT invite le maire à payer."),
    ],
)  # fmt: skip
def test_an_author_that_the_head_names_speaks_in_the_present(written, kind, language, head, text):
    source = "document/GL(2031)1"
    assert written(head, text, language, kind) == [Told("urge", None, source), Told("invite", None, source)]


def test_an_author_speaks_under_a_shorter_name_too(written):
    text = "Le Comité permanent adopte le dessin.\nLe Comité demande aux tisserands de dormir.\nLe Comité prend note du fil."
    told = written("Comité permanent de la dentelle", text, "fr")
    assert [each.verb for each in told] == ["adopt", "call upon", "take note of"]


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("REPORT ON RURITANIA", "GLACE urges the weavers to rest.\nGLACE invites the mayor to pay."),
        ("GLACE REPORT ON RURITANIA", "GLACE urges the weavers to rest.\nThe mayor pays."),
        ("GLACE REPORT ON RURITANIA", "The mayor urges GLACE to rest.\nHe invites GLACE to pay."),
    ],
)
def test_who_is_not_named_or_speaks_once_is_no_author(written, head, text):
    assert written(head, text) == []


def test_an_acronym_in_brackets_behind_an_organ_stands_for_it(report):
    text = "The Lace Commission’s Scientific Committee (SC) met.\nThe SC ENDORSED the pattern and URGED the weavers to rest.\nThe SD endorsed it."
    assert [(each.verb, each.actor) for each in report(text)] == [("endorse", None), ("urge", None)]


def test_the_committee_alone_is_the_author_where_it_speaks_again_and_again(written):
    text = "The Committee notes the lace.\nThe Committee urges rest.\nThe Committee invites the mayor."
    assert [each.verb for each in written("Observations on Ruritania", text)] == ["note", "urge", "invite"]
    assert written("Observations on Ruritania", text[: text.rindex("\n")]) == []


def test_the_author_is_meant_by_it_behind_what_is_only_recalled(written):
    text = "The Committee notes the lace.\nThe Committee urges rest.\nThe Committee recalls that it rained. It requests the mayor to pay."
    assert [
        each.verb for each in written("Observations on Ruritania", text + "\nThe Committee asks for rest.")
    ] == [
        "note",
        "urge",
        "request",
        "ask",
    ]
