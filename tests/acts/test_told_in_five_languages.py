"""Actions told in agendas and reports in five more languages: who, what, whom, under which text or at which meeting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from treatygraph.acts import find_acts
from treatygraph.cite import cite_document
from treatygraph.parse import parse
from treatygraph.read import read_text
from treatygraph.registry.load import load_registry

HEADS = {
    "ar": "جدول الأعمال المؤقت المشروح\n\n1- افتتاح الاجتماع\n2- مسائل أخرى\n\nالشروح\n\n1- افتتاح الاجتماع\n\n",
    "es": "Programa provisional anotado\n\n1. Apertura\n2. Otros asuntos\n\nAnotaciones\n\n1. Apertura\n\n",
    "fr": "Ordre du jour provisoire annoté\n\n1. Ouverture\n2. Questions diverses\n\nAnnotations\n\n1. Ouverture\n\n",
    "ru": "Аннотированная предварительная повестка дня\n\n1. Открытие совещания\n2. Прочие вопросы\n\nАннотации\n\n"
    "1. Открытие совещания\n\n",
    "zh": "临时议程说明\n\n1. 会议开幕\n2. 其他事项\n\n说明\n\n1. 会议开幕\n\n",
}
RESOLUTION, DECISION = "act/ctoc-cop/resolution/", "act/ctoc-cop/decision/"
Told = Callable[[str, str], list[tuple[str, str | None, tuple[str, ...], str | None]]]


@pytest.fixture(scope="module")
def told() -> Told:
    """Reads a paragraph of the annotations to an agenda of the working group on international cooperation."""
    registry = load_registry(Path(__file__).resolve().parents[2] / "data" / "registry")

    def reading(language: str, text: str) -> list[tuple[str, str | None, tuple[str, ...], str | None]]:
        source = read_text(
            f"CTOC/COP/WG.3/2018/1\n\n{HEADS[language]}{text}\n", name="a.txt", language=language
        )
        tree = parse(source)
        identity, citations = cite_document(tree, registry)
        found = find_acts(tree, identity, citations, registry).actions
        return [
            (act.verb, act.actor and act.actor.removeprefix("body/"), act.addressees, act.source)
            for act in found
        ]

    return reading


CASES = [
    # The verb stands before its subject; what it asks, behind the text that carries it.
    ("ar", "طلب المؤتمر، في قراره 7/4، إلى الأمانة أن تعد دليلا.", "request", "body/un-secretariat", "7/4"),
    ("ar", "وفي قراره 7/4، دعا المؤتمر الدول الأطراف إلى تبادل الأدلة.", "invite", "group/states-parties", "7/4"),
    ("ar", "وحث المؤتمر الدول الأطراف، في قراره 7/4، على التصديق.", "urge", "group/states-parties", "7/4"),
    ("ar", "القرار 7/4، الذي دعا فيه المؤتمر الدول الأطراف إلى تبادل الأدلة.", "invite", "group/states-parties", "7/4"),
    ("ar", "وفي قراره 7/4، أقر المؤتمر الاستنتاجات.", "endorse", None, "7/4"),
    ("ar", "وفي قراره 7/4، أقر المؤتمر بأهمية الأدلة.", "recognize", None, "7/4"),
    # A verb has no tense; a text may itself decide.
    ("zh", "缔约方会议在其第7/4号决议中请秘书处编写指南。", "request", "body/un-secretariat", "7/4"),
    ("zh", "缔约方会议第7/4号决议敦促缔约国批准《公约》。", "urge", "group/states-parties", "7/4"),
    ("zh", "在第7/4号决议中，缔约方会议核可了这些结论。", "endorse", None, "7/4"),
    # The noun of a decision is no part of the verb that adopts it.
    ("ru", "В своей резолюции 7/4 Конференция приняла решение 4/2.", "adopt", None, "7/4"),
    ("fr", "Dans sa résolution 7/4, la Conférence a engagé instamment les États parties à agir.", "urge", "group/states-parties", "7/4"),
    # Who is asked stands in a case of its own and is no agent.
    ("ru", "В своей резолюции 7/4 Конференция просила Секретариат подготовить пособие.", "request", "body/un-secretariat", "7/4"),
    ("ru", "Конференция в своей резолюции 7/4 рекомендовала государствам-участникам делиться данными.", "recommend", "group/states-parties", "7/4"),
    ("es", "En su resolución 7/4, la Conferencia aprobó el informe.", "adopt", None, "7/4"),
    ("es", "La Conferencia pidió, en su resolución 7/4, a la Secretaría que preparara una guía.", "request", "body/un-secretariat", "7/4"),
    ("fr", "Dans sa résolution 7/4, la Conférence a invité les États parties à échanger des données.", "invite", "group/states-parties", "7/4"),
    ("fr", "La Conférence a prié, dans sa résolution 7/4, le Secrétariat d’établir un guide.", "request", "body/un-secretariat", "7/4"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "verb", "whom", "number"), CASES)
def test_what_a_body_did_is_told_with_whom_it_asks_and_the_text_that_carries_it(
    told: Told, language: str, text: str, verb: str, whom: str | None, number: str
) -> None:
    assert told(language, text) == [(verb, "ctoc-cop", (whom,) if whom else (), RESOLUTION + number)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "أقر المؤتمر، في مقرره 4/2، الاستنتاجات ودعا الدول الأطراف إلى العمل بها."),
        ("zh", "缔约方会议在其第4/2号决定中核可了结论，并请缔约国照此办理。"),
    ],
)
def test_a_joined_verb_shares_subject_and_text(told: Told, language: str, text: str) -> None:
    assert [(verb, actor, source) for verb, actor, _, source in told(language, text)] == [
        ("endorse", "ctoc-cop", f"{DECISION}4/2"),
        ("request" if language == "zh" else "invite", "ctoc-cop", f"{DECISION}4/2"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "La Conferencia decidió crear un grupo. También pidió a la Secretaría que lo ayudara.", 2),
        ("fr", "La Conférence a créé un groupe. Elle a prié le Secrétariat de l’aider.", 2),
        ("fr", "La Conférence est ancienne. Un délégué a parlé. Il a prié le Secrétariat de l’aider.", 0),
        ("es", "Un orador habló del grupo. También pidió a la Secretaría que lo ayudara.", 0),
        ("ar", "قرر المؤتمر إنشاء فريق. وطلب إلى الأمانة أن تساعده.", 2),
        ("ar", "تكلم ممثل عن الفريق. وطلب إلى الأمانة أن تساعده.", 0),
    ],
)
def test_a_subject_left_out_is_that_of_the_action_told_right_before(
    told: Told, language: str, text: str, expected: int
) -> None:
    assert [actor for _, actor, _, _ in told(language, text)] == ["ctoc-cop"] * expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "سيعتمد الفريق العامل تقريرا."),
        ("ar", "بناء على طلب المؤتمر، أعدت ورقة."),
        ("ar", "قبل المؤتمر كانت ورقة."),
        ("zh", "工作组将通过一份报告。"),
        ("zh", "核可工作组的建议。"),
        ("zh", "应请工作组核准日期。"),
        ("ru", "Рабочая группа утвердит доклад."),
    ],
)
def test_what_is_planned_named_or_asked_of_a_body_is_no_act_of_it(
    told: Told, language: str, text: str
) -> None:
    assert told(language, text) == []


OBSERVATIONS = {
    "ar": "لجنة حقوق الطفل\n\nالملاحظات الختامية بشأن تقرير روريتانيا\n\n1- نظرت اللجنة في تقرير روريتانيا.",
    "es": "Comité de los Derechos del Niño\n\nObservaciones finales sobre el informe de Ruritania\n\n1. El Comité examinó el informe.",
    "fr": "Comité des droits de l’enfant\n\nObservations finales concernant le rapport de la Ruritanie\n\n1. Le Comité a examiné le rapport.",
    "ru": "Комитет по правам ребенка\n\nЗаключительные замечания по докладу Руритании\n\n1. Комитет рассмотрел доклад Руритании.",
    "zh": "儿童权利委员会\n\n关于卢里塔尼亚报告的结论性意见\n\n1. 委员会审议了卢里塔尼亚的报告。\n\n2. 委员会欢迎该报告。",
}  # fmt: skip


@pytest.fixture(scope="module")
def observed() -> Callable[[str, str], list[tuple[str, str | None, str | None]]]:
    """Reads paragraphs of a committee's concluding observations on one State."""
    registry = load_registry(Path(__file__).resolve().parents[2] / "data" / "registry")

    def reading(language: str, text: str) -> list[tuple[str, str | None, str | None]]:
        source = read_text(
            f"CRC/C/RUR/CO/3\n\n{OBSERVATIONS[language]}\n\n{text}\n", name="a.txt", language=language
        )
        tree = parse(source)
        identity, citations = cite_document(tree, registry)
        found = find_acts(tree, identity, citations, registry).actions
        at = source.text.index(text)
        return [(act.verb, act.actor, act.source) for act in found if act.span.start >= at]

    return reading


@pytest.mark.parametrize(
    ("language", "text", "verbs"),
    [
        ("ar", "2- توصي اللجنة الدولة الطرف بأن تعتمد قانونا.", ["recommend"]),
        ("ar", "2- واللجنة، إذ تشير إلى تعليقها، توصي الدولة الطرف بأن تعتمد قانونا.", ["recommend"]),
        ("ar", "2- وإذ تشير اللجنة إلى تعليقها، فإنها تحث الدولة الطرف على العمل به.", ["urge"]),
        ("es", "2. El Comité recomienda al Estado parte que apruebe una ley.", ["recommend"]),
        ("es", "2. El Estado parte debe mejorar sus diques. En particular, debe:\n\na) Contarlos;", ["recommend", "recommend"]),
        ("fr", "2. Rappelant son observation, le Comité recommande à l’État partie d’adopter une loi.", ["recommend"]),
        ("fr", "2. Le Comité prend note de la loi. Il engage l’État partie à l’appliquer.", ["take note of", "urge"]),
        ("fr", "2. Le Comité ne recommande pas à l’État partie d’adopter la loi.", []),
        ("fr", "2. Le Gouvernement recommande une loi.", []),
        ("fr", "2. Rappelant son observation, le Comité recommande la loi et lui demande instamment de l’appliquer.", ["recommend", "urge"]),
        ("es", "2. El Comité insta al Estado parte a que informe, y lo exhorta a aprobar una ley.", ["urge", "call upon"]),
        ("ru", "2. Комитет рекомендует государству-участнику принять закон.", ["recommend"]),
        # What is to be done may begin as what a body does.
        ("zh", "3. 委员会建议缔约国：\n\n(a) 通过一项法律；\n\n(b) 设立一个基金。", ["recommend", "recommend"]),
        ("ar", "2- توصي اللجنة الدولة الطرف بما يلي:\n\n(أ) أن تعتمد قانونا؛\n\n(ب) أن تنشئ صندوقا.", ["recommend", "recommend"]),
        ("ar", "2- توصي اللجنة بأن تقوم الدولة الطرف بما يلي:\n\n(أ) نشر القانون؛\n\n(ب) إنشاء صندوق.", ["recommend", "recommend"]),
        # What is to be done is joined as what a body does.
        ("zh", "3. 委员会建议缔约国考虑作出声明,并批准该公约。", ["recommend"]),
        ("zh", "3. 委员会鼓励缔约国继续努力;加强培训方案;并请缔约国报告。", ["encourage", "request"]),
        ("zh", "3. 委员会审议了报告，并在5月3日举行的会议上通过了意见。", ["adopt"]),
        # Whom the verb asks is written together with it.
        ("ar", "2- توصي اللجنة الدولة الطرف بأن تنشر القانون، وتدعوها إلى تنفيذه.", ["recommend", "invite"]),
        ("es", "2. El Comité acoge con satisfacción el informe. Sin embargo, observa que la ley falta, aunque lamenta el retraso.", ["welcome", "note", "regret"]),
        ("es", "2. El Estado Parte debería aprobar una ley.", ["recommend"]),
        # A verb of two words may have its subject between them.
        ("ar", "2- تحيط اللجنة علما بالقانون وتحث الدولة الطرف على نشره.", ["take note of", "urge"]),
        ("ar", "2- وتوجه اللجنة انتباه الدولة الطرف إلى القانون.", ["draw attention to"]),
        ("es", "2. El Comité recomienda al Estado parte que:\n\na) Apruebe una ley;\n\nb) Cree un fondo.", ["recommend", "recommend"]),
        ("fr", "2. Le Comité recommande à l’État partie :\n\na) D’adopter une loi ;\n\nb) De créer un fonds.", ["recommend", "recommend"]),
    ],
)  # fmt: skip
def test_a_committee_speaks_in_the_present_in_its_own_observations(
    observed: Callable[[str, str], list[tuple[str, str | None, str | None]]],
    language: str,
    text: str,
    verbs: list[str],
) -> None:
    assert observed(language, text) == [(verb, "body/crc", "document/CRC/C/RUR/CO/3") for verb in verbs]


@pytest.mark.parametrize(
    ("symbol", "whom"), [("CRC/C/RUR/CO/3", ()), ("CRC/C/GC/26", ("group/states-parties",))]
)
def test_a_noun_without_number_is_the_state_that_a_paper_is_about(symbol: str, whom: tuple[str, ...]) -> None:
    registry = load_registry(Path(__file__).resolve().parents[2] / "data" / "registry")
    tree = parse(
        read_text(
            f"{symbol}\n\n{OBSERVATIONS['zh']}\n\n3. 委员会建议缔约国批准该公约。",
            name="a.txt",
            language="zh",
        )
    )
    identity, citations = cite_document(tree, registry)
    *_, action = find_acts(tree, identity, citations, registry).actions
    assert (action.verb, action.addressees) == ("recommend", whom)


REPORTS = {
    "ar": "تقرير عن اجتماع الفريق العامل المعني بالأسلحة النارية\n\nأولا- التوصيات\n\n1- اعتمد الفريق العامل المعني بالأسلحة النارية التوصيات التالية:",
    "es": "Informe sobre la reunión del Grupo de Trabajo sobre Armas de Fuego\n\nI. Recomendaciones\n\n1. El Grupo de Trabajo aprobó las recomendaciones siguientes:",
    "fr": "Rapport sur la réunion du Groupe de travail sur les armes à feu\n\nI. Recommandations\n\n1. Le Groupe de travail a adopté les recommandations suivantes :",
    "ru": "Доклад о работе совещания Рабочей группы по огнестрельному оружию\n\nI. Рекомендации\n\n1. Рабочая группа приняла следующие рекомендации:",
    "zh": "枪支问题工作组会议报告\n\n一、建议\n\n1. 枪支问题工作组通过了以下建议：",
}  # fmt: skip
PARTIES, SECRETARIAT = "group/states-parties", "body/un-secretariat"


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("ar", "(أ) ينبغي للدول الأطراف أن تسم الأسلحة؛", ("recommend", PARTIES)),
        ("es", "a) Los Estados parte deberían marcar las armas;", ("recommend", PARTIES)),
        ("es", "a) Se alienta a los Estados partes a intercambiar datos;", ("encourage", PARTIES)),
        ("fr", "a) Les États parties devraient marquer les armes ;", ("recommend", PARTIES)),
        ("fr", "a) Le Secrétariat est prié d’établir un guide ;", ("request", SECRETARIAT)),
        ("fr", "a) Il fut dit que les États parties devraient agir ;", None),
        ("ru", "a) Секретариату следует подготовить пособие;", ("recommend", SECRETARIAT)),
        ("zh", "(a) 缔约国应标记枪支；", ("recommend", PARTIES)),
        ("zh", "(a) 请秘书处编写一份指南；", ("request", SECRETARIAT)),
    ],
)
def test_each_entry_of_adopted_recommendations_says_whom_it_asks(
    language: str, text: str, asked: tuple[str, str] | None
) -> None:
    registry = load_registry(Path(__file__).resolve().parents[2] / "data" / "registry")
    whole = f"CTOC/COP/WG.6/2027/3\n\n{REPORTS[language]}\n\n{text}\n"
    tree = parse(read_text(whole, name="a.txt", language=language))
    identity, citations = cite_document(tree, registry)
    adopted, *listed = find_acts(tree, identity, citations, registry).actions
    assert (adopted.verb, adopted.actor) == ("adopt", "body/ctoc-cop/wg6")
    assert [(act.verb, *act.addressees) for act in listed] == ([asked] if asked else [])


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        ("ar", "وفي قراره 7/4، شجع المؤتمر الأمانة على ما يلي.", ("body/un-secretariat",)),
        ("es", "La Conferencia invitó, en su resolución 7/4, a la Secretaría a informar, y le pidió que publicara una guía.", ("body/un-secretariat",)),
        ("zh", "缔约方会议在其第7/4号决议中请《港口公约》秘书处编写指南。", ()),
    ],
)  # fmt: skip
def test_who_is_asked_may_be_a_pronoun_or_an_office_behind_its_treaty(
    told: Told, language: str, text: str, whom: tuple[str, ...]
) -> None:
    assert [addressees for _, _, addressees, _ in told(language, text)][-1] == whom


def test_what_has_no_number_below_another_heading_goes_on_no_list(
    observed: Callable[[str, str], list[tuple[str, str | None, str | None]]],
) -> None:
    text = "2. El Comité recomienda al Estado parte que:\n\na) Apruebe una ley.\n\nB. Buques\n\nUna ley regula los buques."
    assert [verb for verb, _, _ in observed("es", text)] == ["recommend"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "fr",
            "La Conférence a :\n\na) pris note du rapport ;\n\nb) prié le Secrétariat de publier un guide.",
        ),
        (
            "es",
            "La Conferencia ha:\n\na) tomado nota del informe;\n\nb) solicitado a la Secretaría que publique una guía.",
        ),
    ],
)
def test_an_auxiliary_before_a_list_leads_what_was_done_in_its_entries(
    told: Told, language: str, lines: str
) -> None:
    assert [act[:2] for act in told(language, lines)][:2] == [
        ("take note of", "ctoc-cop"),
        ("request", "ctoc-cop"),
    ]


OBSERVED_LISTS = [
    (
        "fr",
        "2. Le Comité :\n\n- a pris note du rapport et l’a publié ;\n\n- a créé un groupe, chargé d’élaborer un guide.",
        ["take note of", "establish"],
    ),
    (
        "es",
        "2. El Comité tomó nota del informe y acordó:\n\na) Crear un grupo;\n\nb) Invitar a los Estados Miembros a participar.",
        ["take note of", "agree", "agree"],
    ),
    (
        "ar",
        "2- واتفقت اللجنة على ما يلي:\n\n(أ) إنشاء فريق عامل؛\n\n(ب) دعوة الدول إلى المشاركة.",
        ["agree", "agree"],
    ),
]


@pytest.mark.parametrize(("language", "text", "verbs"), OBSERVED_LISTS)
def test_what_a_committee_did_is_told_in_lists_of_several_forms(
    observed: Callable[[str, str], list[tuple[str, str | None, str | None]]],
    language: str,
    text: str,
    verbs: list[str],
) -> None:
    assert [verb for verb, _, _ in observed(language, text)] == verbs
