"""Operative paragraphs in five more languages: one engine, data for order, joints and determiners."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from treatygraph.acts import find_acts
from treatygraph.model.actions import Action
from treatygraph.model.citations import CitationSet
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import Block, BlockKind, SourceText, Span
from treatygraph.model.tree import (
    DocumentKind,
    DocumentTree,
    FrontMatter,
    Paragraph,
    ParagraphKind,
    Place,
    Placement,
)
from treatygraph.registry.values import Alias, Body, Named, Registry

KEEPER = {
    "ar": "حارس المنارة",
    "es": "Guardián del Faro",
    "fr": "Gardien du phare",
    "ru": "Хранитель маяка",
    "zh": "灯塔守护人",
}
TOWNS = {
    "ar": "المدن الساحلية",
    "es": "Ciudades Costeras",
    "fr": "Villes côtières",
    "ru": "прибрежные города",
    "zh": "沿海城镇",
}
SEVERAL = {
    "ar": "نحن، وزراء الجزر الخمس،",
    "es": "Nosotros, los Ministros de las cinco islas,",
    "fr": "Nous, ministres des cinq îles,",
    "ru": "Мы, министры пяти островов,",
    "zh": "我们，五个岛屿的部长们，",
}
Acts = Callable[[str, str], list[str]]
Actions = Callable[[str, str], tuple[Action, ...]]


def _aliases(names: dict[str, str]) -> tuple[Alias, ...]:
    return tuple(Alias(text, language) for language, text in names.items())


@pytest.fixture(scope="module")
def actions() -> Actions:
    """Reads a text, a paragraph a line, as operative paragraphs."""
    keeper = Body("body/keeper", "Keeper of the Light", _aliases(KEEPER))
    towns = Named("group/towns", "coastal towns", _aliases(TOWNS))
    registry = Registry({}, {keeper.key: keeper}, {towns.key: towns}, {}, {}, "test")

    kinds = dict.fromkeys(SEVERAL.values(), ParagraphKind.OTHER)

    def reading(text: str, language: str) -> tuple[Action, ...]:
        blocks, offset = [], 0
        for line in text.split("\n"):
            span = Span(offset, offset + len(line))
            blocks.append(Block(BlockKind.PARAGRAPH, span, line, tuple(range(span.start, span.end))))
            offset += len(line) + 1
        tree = DocumentTree(
            SourceText(text, tuple(blocks), "txt", "", "", language),
            DocumentKind.RESOLUTION,
            "a test",
            FrontMatter(),
            placements=tuple(Placement(block.span, Place.BODY, None) for block in blocks),
            paragraphs=tuple(
                Paragraph(None, kinds.get(block.text, ParagraphKind.OPERATIVE), block.span)
                for block in blocks
            ),
        )
        identity = DocumentIdentity("document/HAR/1", "HAR/1", False, None, None, None)
        return find_acts(tree, identity, CitationSet((), (), 0), registry).actions

    return reading


@pytest.fixture(scope="module")
def acts(actions: Actions) -> Acts:
    """Verb and addressees of each action of a text."""

    def reading(text: str, language: str) -> list[str]:
        return [
            " ".join((action.verb, *(f"→ {key.split('/')[1]}" for key in action.addressees)))
            for action in actions(text, language)
        ]

    return reading


CASES = [
    ("fr", "1. Prie le Gardien du phare de compter les bouées ;", ["request → keeper"]),
    ("fr", "2. Demande également aux Villes côtières de draguer le chenal ;", ["call upon → towns"]),
    (
        "fr",
        "3. Prend note du rapport, et prie le Gardien du phare de l’afficher ;",
        ["take note of", "request → keeper"],
    ),
    ("fr", "4. Salue l’effort des Villes côtières et les invite à continuer ;", ["welcome", "invite"]),
    ("fr", "5. Décide, dans ce but, de prier le Gardien du phare de veiller ;", ["decide → keeper"]),
    ("fr", "6. Réaffirme que les Villes côtières doivent draguer ;", ["reaffirm"]),
    ("es", "1. Solicita al Guardián del Faro que cuente las boyas;", ["request → keeper"]),
    ("es", "2. Exhorta también a las Ciudades Costeras a que draguen el canal;", ["call upon → towns"]),
    (
        "es",
        "3. Toma nota del informe y alienta al Guardián del Faro a publicarlo;",
        ["take note of", "encourage → keeper"],
    ),
    ("es", "4. Acoge con beneplácito el esfuerzo de las Ciudades Costeras;", ["welcome"]),
    ("ru", "1. просит также Хранителя маяка сосчитать буи;", ["request → keeper"]),
    ("ru", "2. настоятельно призывает прибрежные города углубить фарватер;", ["urge → towns"]),
    (
        "ru",
        "3. принимает к сведению доклад и предлагает Хранителю маяка его издать;",
        ["take note of", "invite → keeper"],
    ),
    ("ru", "4. с удовлетворением отмечает усилия прибрежных городов;", ["welcome"]),
    ("ar", "1 - تطلب إلى حارس المنارة أن يعد العوامات؛", ["request → keeper"]),
    ("ar", "2 - تهيب أيضا بالمدن الساحلية أن تجرف القناة؛", ["call upon → towns"]),
    ("ar", "3 - تحيط علما بالتقرير، وتشجع المدن الساحلية على نشره؛", ["take note of", "encourage → towns"]),
    ("ar", "4 - تقرر أن تعتمد المدن الساحلية القواعد؛", ["decide"]),
    ("zh", "1. 请灯塔守护人清点浮标；", ["request → keeper"]),
    ("zh", "2. 又促请所有沿海城镇疏浚航道；", ["call upon → towns"]),
    ("zh", "3. 赞赏地注意到该报告，并请灯塔守护人公布报告；", ["note", "request → keeper"]),
    ("zh", "4. 敦促尚未疏浚航道的沿海城镇尽快疏浚；", ["urge → towns"]),
    ("zh", "5. 表示注意到沿海城镇的努力；", ["take note of"]),
    # What follows an adverb's mark, and what only looks like one.
    ("zh", "6. 重申地中海的灯塔必须修理；", ["reaffirm"]),
    # A head of its own goes before names in what is asked of it; what is decided for somebody asks nobody.
    # Whom the first verb asks does not act itself.
    ("zh", "6. 请灯塔守护人继续守夜；", ["request → keeper"]),
    ("zh", "7. 促请领航员组织执行《航道纲要》，为此将其纳入各自的沿海城镇计划；", ["call upon"]),
    ("zh", "8. 决定，对于已经缴款的沿海城镇，应考虑到比额表；", ["decide"]),
    # A clause behind "чтобы", whose verb stands farther behind its subject.
    (
        "ru",
        "5. призывает к тому, чтобы прибрежные города самостоятельно углубили фарватер;",
        ["call upon → towns"],
    ),
    ("fr", "5. Encourage les Villes côtières à mieux se prévaloir des règles ;", ["encourage → towns"]),
    (
        "fr",
        "6. Demande une fois de plus aux Villes côtières de ne reconnaître aucun péage ;",
        ["reiterate → towns"],
    ),
    # Some of a group, told by what they have, are another group.
    ("fr", "7. Prie les Villes côtières dotés de phares de les réparer ;", ["request"]),
    ("ar", "5 - تحث المدن الساحلية الحائزة للمنارات على إصلاحها؛", ["urge"]),
    ("ru", "6. призывает прибрежные города, обладающие маяками, починить их;", ["call upon"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_an_operative_paragraph_yields_its_verbs_and_whom_it_asks(
    acts: Acts, language: str, text: str, expected: list[str]
) -> None:
    assert acts(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "verb"),
    [
        ("fr", "1. Prie le Gardien du phare :\na) De compter les bouées ;\nb) De les peindre ;", "request"),
        ("es", "1. Solicita al Guardián del Faro que:\na) Cuente las boyas;\nb) Las pinte;", "request"),
        ("ru", "1. просит Хранителя маяка:\na) сосчитать буи;\nb) покрасить их;", "request"),
        ("ar", "1 - تطلب إلى حارس المنارة:\n(أ) عد العوامات؛\n(ب) طلاء العوامات؛", "request"),
        ("zh", "1. 请灯塔守护人：\n(a) 清点浮标；\n(b) 粉刷浮标；", "request"),
        ("zh", "1. 请灯塔守护人在现有资源范围内：\n(a) 清点浮标；\n(b) 粉刷浮标；", "request"),
        (
            "fr",
            "1. Prie le Gardien du phare de faire ce qui suit, selon ses moyens :\na) Compter ;\nb) Peindre ;",
            "request",
        ),
        (
            "es",
            "1. Solicita al Guardián del Faro que, en verano, de ser posible:\na) Cuente;\nb) Pinte;",
            "request",
        ),
        (
            "ar",
            "1 - تطلب إلى حارس المنارة أن يقوم، في حدود موارده، بما يلي:\n(أ) عد العوامات؛\n(ب) طلاء العوامات؛",
            "request",
        ),
    ],
)
def test_sub_paragraphs_inherit_verb_and_addressee(acts: Acts, language: str, text: str, verb: str) -> None:
    assert acts(text, language) == [f"{verb} → keeper"] * 2


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "1 - نرحب بالتقرير ونحث المدن الساحلية على العمل؛", ["welcome", "urge → towns"]),
        ("es", "1. Acogemos con beneplácito el informe e instamos a las Ciudades Costeras a actuar;", ["welcome", "urge → towns"]),
        ("fr", "1. Saluons le rapport et exhortons les Villes côtières à agir ;", ["welcome", "urge → towns"]),
        ("ru", "1. Мы приветствуем доклад и призываем прибрежные города действовать;", ["welcome", "call upon → towns"]),
        ("zh", "1. 我们欢迎该报告，并敦促沿海城镇采取行动；", ["welcome", "urge → towns"]),
    ],
)  # fmt: skip
def test_several_speak_of_themselves(acts: Acts, language: str, text: str, expected: list[str]) -> None:
    assert acts(f"{SEVERAL[language]}\n{text}", language) == expected


def test_what_is_to_be_founded_is_not_asked(actions: Actions) -> None:
    (action,) = actions("1. 决定设立一个专家组，就浮标问题提供咨询；", "zh")
    assert (action.verb, action.addressee_text) == ("decide", None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "1. Souligne que le règlement « Prie le Gardien du phare de veiller » est ancien ;"),
        ("es", "1. Destaca que el lema “solicita al Guardián del Faro que vele” es antiguo;"),
        ("ru", "1. подчеркивает, что правило «просит Хранителя маяка бодрствовать» старое;"),
        ("ar", "1 - تؤكد أن القاعدة ”وتطلب إلى حارس المنارة أن يسهر“ قديمة؛"),
        ("zh", "1. 强调指出规则“，并请灯塔守护人守夜”是旧的；"),
    ],
)
def test_a_quoted_verb_is_no_act(acts: Acts, language: str, text: str) -> None:
    assert acts(text, language) == ["stress"]


ASKED = [
    (
        "fr",
        "1. Prie le Gardien du phare de présenter, avant la fin de 2031, un rapport sur les bouées et de publier "
        "un guide tous les deux ans ;",
        ["un rapport sur les bouées", "un guide"],
        "2031",
        "P2Y",
    ),
    (
        "es",
        "1. Solicita al Guardián del Faro que presente, a más tardar el 1 de marzo de 2031, un informe sobre las "
        "boyas, y que publique una guía cada dos años;",
        ["un informe sobre las boyas", "una guía"],
        "2031-03-01",
        "P2Y",
    ),
    (
        "ru",
        "1. просит Хранителя маяка до конца 2031 года представить доклад о буях и каждые два года издавать карту;",
        ["доклад о буях"],
        "2031",
        "P2Y",
    ),
    (
        "ar",
        "1 - تطلب إلى حارس المنارة أن يقدم بحلول عام 2031 تقريرا عن العوامات كل سنتين؛",
        ["تقريرا عن العوامات"],
        "2031",
        "P2Y",
    ),
    ("zh", "1. 请灯塔守护人在2031年之前每两年提交关于浮标的报告；", ["关于浮标的报告"], "2031", "P2Y"),
]


@pytest.mark.parametrize(("language", "text", "made", "due", "interval"), ASKED)
def test_what_is_to_be_made_by_when_and_how_often(
    actions: Actions, language: str, text: str, made: list[str], due: str, interval: str
) -> None:
    found = actions(text, language)
    assert [each.text for action in found for each in action.deliverables] == made
    assert [str(each.date) for action in found for each in action.deadlines] == [due]
    assert [action.recurrence.interval for action in found if action.recurrence] == [interval]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "1. Prie le Gardien du phare de veiller à sa prochaine session ;", "à sa prochaine session"),
        (
            "es",
            "1. Solicita al Guardián del Faro que vele en su próximo período de sesiones;",
            "en su próximo período de sesiones",
        ),
        ("ru", "1. просит Хранителя маяка бодрствовать на ее следующей сессии;", "на ее следующей сессии"),
        ("ar", "1 - تطلب إلى حارس المنارة أن يسهر في دورتها المقبلة؛", "في دورتها المقبلة"),
        ("zh", "1. 请灯塔守护人在下届会议守夜；", "在下届会议"),
    ],
)
def test_an_occasion_that_is_not_known_keeps_its_words(
    actions: Actions, language: str, text: str, words: str
) -> None:
    found = [each for action in actions(text, language) for each in action.occasions]
    assert [(each.text, each.key) for each in found] == [(words, None)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "1. À cette fin, l’État partie devrait réparer ses digues. Il devrait notamment :\n2. Compter ses bouées.\n"
            "3. L’État partie est invité à faire rapport.\n4. On dit que l’État partie devrait dormir.",
            ["recommend", "recommend", "invite"],
        ),
        (
            "es",
            "1. A tal fin, el Estado parte debe reparar sus diques. En particular, debe contar las boyas. Debe también pintarlas."
            "\n2. Se invita al Estado parte a presentar un informe.\n3. Se dice que el Estado parte debe dormir.",
            ["recommend", "recommend", "recommend", "invite"],
        ),
        (
            "ru",
            "1. С этой целью государству-участнику следует починить дамбы. В частности, ему следует сосчитать буи.\n"
            "2. Говорят, что государству-участнику следует спать.",
            ["recommend", "recommend"],
        ),
        (
            "zh",
            "1. 为此，缔约国应修理堤坝。特别是，缔约国还应清点浮标。\n2. 有人说缔约国应休息。",
            ["recommend", "recommend"],
        ),
        (
            "ar",
            "1 - وتحقيقا لهذه الغاية، ينبغي للدولة الطرف أن تصلح السدود. وينبغي لها أيضا أن تعد العوامات.\n"
            "2 - يقال إنه ينبغي للدولة الطرف أن تنام.",
            ["recommend", "recommend"],
        ),
    ],
)
def test_what_a_state_should_do_is_recommended_to_it(
    acts: Acts, language: str, text: str, expected: list[str]
) -> None:
    assert acts(text, language) == expected
