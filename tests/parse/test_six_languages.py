"""One resolution in six languages: each print gives the same paragraphs, numbers and headings, as plain lines do."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import DocumentKind, ParagraphKind
from treatygraph.parse import parse
from treatygraph.parse.item_labels import label_at
from treatygraph.parse.labels import leading_labels
from treatygraph.parse.openings import opening
from treatygraph.parse.resolution import parse_paragraphs
from treatygraph.read import read_text

TEXTS = {
    "ar": """الجمعية العامة للمرشدين
الدورة السابعة
قرار اتخذته جمعية المرشدين في 3 أيار/مايو 2021
7/12 - صيانة الأنوار
إن جمعية المرشدين،
إذ تشير إلى قرارها 6/3 بشأن المراسي،
وإذ تسلم بحاجات الموانئ الجزرية،
[1] انظر القرار 6/3.
1 - تقرر إنشاء لجنة لإشارات الضباب؛
2 - تطلب إلى ربان الميناء:
(أ) أن يعد السفن الغارقة؛
(ب) أن يقدم تقريرا في دورتها المقبلة؛
أولا - أحكام أخرى
3 - تقرر إبقاء المسألة قيد نظرها.
الجلسة العامة 62
3 أيار/مايو 2021
المرفق
قواعد الإرشاد""",
    "en": """General Assembly of Pilots
Seventh session
Resolution adopted by the Assembly of Pilots on 3 May 2021
7/12. Tending of the lights
The Assembly of Pilots,
Recalling its resolution 6/3 on anchors,
Recognizing the needs of island ports,
[1] See resolution 6/3.
1. Decides to establish a committee on fog signals;
2. Requests the harbour master:
(a) To count the wrecks;
(b) To report at its next session;
I. Other provisions
3. Decides to remain seized of the matter.
62nd plenary meeting
3 May 2021
Annex
Rules of pilotage""",
    "es": """Asamblea General de Prácticos
Séptimo período de sesiones
Resolución aprobada por la Asamblea de Prácticos el 3 de mayo de 2021
7/12. Cuidado de los faros
La Asamblea de Prácticos,
Recordando su resolución 6/3 sobre las anclas,
Profundamente preocupada por los puertos insulares,
[1] Véase la resolución 6/3.
1. Decide crear un comité sobre señales de niebla;
2. Solicita al capitán de puerto que:
a) Cuente los naufragios;
b) Le presente un informe en su próximo período de sesiones;
I. Otras disposiciones
3. Decide seguir ocupándose de la cuestión.
62ª sesión plenaria
3 de mayo de 2021
Anexo
Reglas de practicaje""",
    "fr": """Assemblée générale des pilotes
Septième session
Résolution adoptée par l’Assemblée des pilotes le 3 mai 2021
7/12. Entretien des feux
L’Assemblée des pilotes,
Rappelant sa résolution 6/3 sur les ancres,
Consciente des besoins des ports insulaires,
[1] Voir la résolution 6/3.
1. Décide de créer un comité des signaux de brume ;
2. Prie le capitaine de port :
a) De compter les épaves ;
b) De lui présenter un rapport à sa prochaine session ;
I. Autres dispositions
3. Décide de rester saisie de la question.
62e séance plénière
3 mai 2021
Annexe
Règles de pilotage""",
    "ru": """Генеральная Ассамблея лоцманов
Седьмая сессия
Резолюция, принятая Ассамблеей лоцманов 3 мая 2021 года
7/12. Уход за огнями
Ассамблея лоцманов,
ссылаясь на свою резолюцию 6/3 о якорях,
будучи глубоко обеспокоена нуждами островных портов,
[1] См. резолюцию 6/3.
1. постановляет учредить комитет по туманным сигналам;
2. просит капитана порта:
a) сосчитать затонувшие суда;
b) представить доклад на ее следующей сессии;
I. Прочие положения
3. постановляет продолжать заниматься этим вопросом.
62-е пленарное заседание
3 мая 2021 года
Приложение
Правила лоцманской проводки""",
    "zh": """引航员大会
第七届会议
2021年5月3日引航员大会决议
7/12. 维护灯火
引航员大会，
回顾其关于锚的第6/3号决议，
深为关切岛屿港口的需要，
[1] 见第6/3号决议。
1. 决定设立雾号委员会；
2. 请港务长：
(a) 清点沉船；
(b) 向其下届会议提出报告；
一. 其他规定
3. 决定继续处理此案。
第62次全体会议
2021年5月3日
附件
引航规则""",
}
FRONT, HEADING, OTHER = ParagraphKind.FRONT_MATTER, ParagraphKind.HEADING, ParagraphKind.OTHER
PREAMBULAR, OPERATIVE, NOTE = ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE, ParagraphKind.FOOTNOTE
EXPECTED = [
    (FRONT, None),
    (FRONT, None),
    (FRONT, None),
    (HEADING, None),
    (OTHER, None),
    (PREAMBULAR, None),
    (PREAMBULAR, None),
    (NOTE, "1"),
    (OPERATIVE, "1"),
    (OPERATIVE, "2"),
    (OPERATIVE, "2 (a)"),
    (OPERATIVE, "2 (b)"),
    (HEADING, None),
    (OPERATIVE, "3"),
    (OTHER, None),
    (OTHER, None),
    (HEADING, None),
    (HEADING, None),
]


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_each_print_gives_the_same_paragraphs(language: str) -> None:
    source = read_text(TEXTS[language], name="text.txt", language=language)
    found = [(paragraph.kind, paragraph.number) for paragraph in parse_paragraphs(source)]
    assert found == EXPECTED


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_each_print_is_a_resolution_of_its_session(language: str) -> None:
    tree = parse(read_text(TEXTS[language], name="text.txt", language=language))
    assert tree.kind is DocumentKind.RESOLUTION
    assert tree.kind_reason
    assert tree.front.happening is not None
    assert tree.front.title is not None
    assert tree.front.organs


def test_where_both_kinds_open_alike_the_mark_at_the_end_decides() -> None:
    assert opening("欢迎第六个河口加入，", "zh") is PREAMBULAR
    assert opening("欢迎第六个河口加入；", "zh") is OPERATIVE
    assert opening("欢迎第六个河口加入，[2]", "zh") is PREAMBULAR
    assert opening("欢迎第六个河口", "zh") is None
    assert opening("重申下列目的：", "zh") is None


def test_the_longer_opening_wins() -> None:
    assert opening("Se félicitant de l’adhésion d’un estuaire,", "fr") is PREAMBULAR
    assert opening("Se félicite de l’adhésion d’un estuaire ;", "fr") is OPERATIVE


def test_a_stop_by_misprint_inside_a_preamble_opens_no_operative_part() -> None:
    lines = (
        "引航员大会，\n回顾其关于锚的决议，\n注意到疏浚的进展；\n欢迎第六个河口加入，\n1. 决定设立委员会。\n"
    )
    kinds = [p.kind for p in parse_paragraphs(read_text(lines, name="text.txt", language="zh"))]
    assert kinds == [OTHER, PREAMBULAR, PREAMBULAR, PREAMBULAR, OPERATIVE]


def test_a_section_of_the_operative_part_may_have_a_preamble_of_its_own() -> None:
    lines = (
        "7/13. Budget of the lights\n\nThe Assembly of Pilots,\n\nI\nOil\n\nHaving considered the report on oil,\n\n"
        "1. Approves the budget for oil;\n\nII\nWicks\n\nHaving considered the report on wicks,\n\n"
        "1. Approves the budget for wicks.\n"
    )
    found = [p.kind for p in parse_paragraphs(read_text(lines, name="text.txt", language="en"))]
    assert [kind for kind in found if kind is not HEADING] == [
        OTHER,
        PREAMBULAR,
        OPERATIVE,
        PREAMBULAR,
        OPERATIVE,
    ]


def test_a_number_alone_above_its_title_is_a_heading() -> None:
    lines = "7/14\nصيانة المراسي\nإن جمعية المرشدين،\nإذ تشير إلى قرارها 6/3،\n1 - تقرر أن تنام.\n"
    found = [p.kind for p in parse_paragraphs(read_text(lines, name="text.txt", language="ar"))]
    assert found == [HEADING, HEADING, OTHER, PREAMBULAR, OPERATIVE]


def test_letters_of_other_scripts_number_the_same_places() -> None:
    for lines in (
        "1 - تقرر ما يلي:\n(أ) أن تنام؛\n(ب) أن تعمل؛\n(ج) أن تعود.\n",
        "1. решает:\nа) спать;\nб) работать;\nв) вернуться.\n",
        "1. решает:\nа) спать;\nb) работать;\nс) вернуться.\n",
    ):
        language = "ar" if "تقرر" in lines else "ru"
        author = "إن المجلس،\n" if language == "ar" else "Совет лоцманов,\n"
        title = "7/15. X\n"
        source = read_text(title + author + lines, name="text.txt", language=language)
        numbers = [p.number for p in parse_paragraphs(source) if p.kind is OPERATIVE]
        assert numbers == ["1", "1 (a)", "1 (b)", "1 (c)"]


def test_letters_are_doubled_after_the_last_one() -> None:
    (label,) = leading_labels("(أ أ) صيانة المراسي؛")
    assert label.readings[0].token == "aa"
    assert leading_labels("(أ ب) صيانة المراسي؛") == ()


def test_a_number_in_words_may_carry_signs_of_vowels() -> None:
    heading = "خامساً - صيانة المراسي"
    (label,) = leading_labels(heading)
    found = label_at(heading, "ar")
    assert label.token == "V"
    assert found is not None
    assert found.value == 5
