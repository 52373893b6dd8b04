"""What a noun alone means: "the Assembly", "the Conference of the Parties", and words that only look like one."""

from __future__ import annotations

import pytest

from treatygraph.cite import cite_document
from treatygraph.parse import parse
from treatygraph.read import read_text

HEAD = "A/RES/99/1\n\nLamps\n\nThe General Assembly,\n\n"


@pytest.fixture(scope="module")
def bodies(registry):
    """The words of each body named below the head, with its key."""

    def reading(text: str) -> list[tuple[str, str | None]]:
        tree = parse(read_text(HEAD + text, name="paper.txt", language="en"))
        _, found = cite_document(tree, registry)
        named = [each for each in found.citations if each.kind == "body" and each.span.start >= len(HEAD)]
        return [(each.text, each.target) for each in named]

    return reading


@pytest.mark.parametrize(
    "text",
    [
        "Recalling the freedom of peaceful assembly,",
        "Recalling the freedoms of expression and of assembly,",
        "Having asked for an assembly of keepers,",
        "Having heard the national assembly,",
        "Having asked its staff to council the keepers,",
    ],
)
def test_word_in_small_letters_without_its_article_names_nobody(bodies, text: str) -> None:
    assert bodies(text) == []


@pytest.mark.parametrize(
    "text", ["Noting that the assembly met,", "Noting that the open-ended assembly met,"]
)
def test_noun_in_small_letters_with_its_article_means_who_speaks(bodies, text: str) -> None:
    assert bodies(text) == [("assembly", "body/unga")]


def test_assembly_of_a_president_is_the_assembly(bodies) -> None:
    found = bodies("1. Requests the President of the General Assembly to light the lamps of the Assembly;")
    assert found == [("President of the General Assembly", "body/unga-president"), ("Assembly", "body/unga")]


def test_conference_alone_is_none_that_serves_as_another(bodies) -> None:
    found = bodies(
        "1. Thanks the Conference of the Parties to the Convention on Biological Diversity and the Conference of the "
        "Parties serving as the meeting of the Parties to the Nagoya Protocol on Access and Benefit-sharing;\n\n"
        "2. Welcomes the lamps of the Conference of the Parties."
    )
    assert found[-1] == ("Conference of the Parties", "body/cbd-cop")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Rappelant l’Assemblée mondiale de la Santé et la Commission d’enquête sur le naufrage,", "fr"),
        ("Rappelant la convocation d’une assemblée constituante,", "fr"),
        ("Recordando la asamblea legislativa del Territorio,", "es"),
    ],
)
def test_noun_that_goes_on_with_an_adjective_is_the_name_of_another(
    registry, text: str, language: str
) -> None:
    tree = parse(read_text(f"A/RES/99/1\n\n{text}", name="paper.txt", language=language))
    _, found = cite_document(tree, registry)
    assert [each.target for each in found.citations if each.kind == "body"] == []


def test_conference_that_serves_as_a_meeting_is_that_of_the_protocol(registry) -> None:
    text = "Rappelant la Conférence des Parties tenant lieu de réunion des Parties au Protocole de Cartagena,"
    tree = parse(read_text(f"A/RES/99/1\n\n{text}", name="paper.txt", language="fr"))
    _, found = cite_document(tree, registry)
    assert [each.target for each in found.citations if each.kind == "body"] == ["body/cartagena-mop"]


@pytest.mark.parametrize(
    ("text", "language", "targets"),
    [
        ("回顾大会决议所载《宣言》的执行情况，", "zh", []),
        ("感谢灯塔公约秘书处和秘书处，", "zh", ["body/un-secretariat"]),
        ("Rappelant la Déclaration politique sur les phares,", "fr", []),
        ("Rappelant la Déclaration et le Programme d’action du Phare,", "fr", []),
        ("Recordando la Declaración política de la reunión,", "es", []),
        ("وإذ تشير إلى مؤتمر القمة العالمي للمنارات،", "ar", []),
    ],
)
def test_noun_of_something_else_means_nothing_that_is_known(registry, text, language, targets) -> None:
    tree = parse(read_text(f"A/RES/99/1\n\n{text}", name="paper.txt", language=language))
    _, found = cite_document(tree, registry)
    below = [each for each in found.citations if each.kind in ("body", "treaty") and each.span.start > 10]
    assert [each.target for each in below if each.target != "body/unga"] == targets


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Remerciant le Secrétariat technique du Phare,", "fr"),
        ("Dando las gracias a la Secretaría Técnica del Faro,", "es"),
        ("感谢灯塔组织技术秘书处，", "zh"),
        ("回顾《南海禁止核武器条约》，", "zh"),
        ("Rappelant le Traité visant la protection des phares,", "fr"),
        ("ссылаясь на Конференцию глав портов,", "ru"),
    ],
)
def test_name_inside_a_longer_one_is_not_meant(registry, text: str, language: str) -> None:
    head = {"fr": "Traité sur la non-prolifération des armes nucléaires"}.get(language, "")
    tree = parse(read_text(f"A/RES/99/1\n\n{head}\n\n{text}", name="paper.txt", language=language))
    _, found = cite_document(tree, registry)
    below = [each for each in found.citations if each.kind in ("body", "treaty") and each.text not in head]
    assert [each.target for each in below if each.target != "body/unga"] == []


def test_noun_of_two_words_needs_no_article_in_a_document_of_its_own(registry) -> None:
    head = "CTOC/COP/WG.3/2031/1\n\nWorking Group on International Cooperation\n\nThird meeting\n\n"
    text = f"{head}1. The Conference decided to establish an open-ended working group.\n"
    _, found = cite_document(parse(read_text(text, name="paper.txt", language="en")), registry)
    assert ("working group", "body/ctoc-cop/wg3") in [(each.text, each.target) for each in found.citations]


@pytest.mark.parametrize(
    ("text", "language", "targets"),
    [
        ("Invites the Secretariat of the Harbour Process and the Secretariat", "en", ["body/un-secretariat"]),
        ("Thanks the Secretary-General of the Lighthouse Organization,", "en", []),
        (
            "Welcomes the appointment by the Secretary-General of the High Pilot,",
            "en",
            ["body/un-secretary-general"],
        ),
        (
            "Welcomes the report of the Secretary-General of the United Nations,",
            "en",
            ["body/un-secretary-general"],
        ),
        ("Remerciant le Secrétaire général de l’Organisation des phares,", "fr", []),
        ("la División de la Secretaría de los Derechos de los Pescadores,", "es", ["body/un-secretariat"]),
        ("Rappelant la Charte sociale des ports,", "fr", []),
        ("感谢港口进程秘书处和秘书处，", "zh", ["body/un-secretariat"]),
    ],
)
def test_office_that_goes_on_with_whose_it_is_is_that_of_another(registry, text, language, targets) -> None:
    tree = parse(read_text(f"A/RES/99/1\n\n{text}", name="paper.txt", language=language))
    _, found = cite_document(tree, registry)
    below = [each for each in found.citations if each.kind in ("body", "treaty") and each.span.start > 10]
    assert [each.target for each in below] == targets


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Recuerda las resoluciones del Consejo de Seguridad y las declaraciones de su Presidencia,", []),
        ("Pide a su Presidencia que informe,", ["body/unga-president"]),
        ("Pide a la Asamblea General y a su Presidencia que informen,", ["body/unga-president"]),
    ],
)
def test_its_president_is_that_of_the_body_before_it(registry, text, targets) -> None:
    tree = parse(read_text(f"A/RES/99/1\n\n{text}", name="paper.txt", language="es"))
    _, found = cite_document(tree, registry)
    assert [each.target for each in found.citations if "president" in (each.target or "")] == targets
