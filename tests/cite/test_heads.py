"""What the head of a document says of the names below it: whose treaty "the Convention" is, whose Secretary-General."""

from __future__ import annotations

import pytest

from treatygraph.cite import cite_document
from treatygraph.parse import parse
from treatygraph.read import read_text

COMMITTEE = "Stockholm Convention on Persistent Organic Pollutants\n\nFog Review Committee\n\nThird meeting\n\nReport on fogs\n\nI. Fogs\n\n"
LANTERNS = (
    "Meeting of the Parties to the Convention on Lanterns\n\nThird session\n\nReport on lamps\n\nI. Lamps\n\n"
)


@pytest.fixture(scope="module")
def targets(registry):
    """The words of each citation in a text, with its target."""

    def reading(text: str, language: str = "en", symbol: str | None = None) -> list[tuple[str, str | None]]:
        tree = parse(read_text(text, name="paper.txt", language=language))
        _, found = cite_document(tree, registry, symbol=symbol)
        return [(each.text, each.target) for each in found.citations]

    return reading


def test_the_convention_is_the_one_in_the_head_whatever_is_named_on_the_way(targets) -> None:
    found = targets(
        f"{COMMITTEE}1. It recalled Annex III to the Rotterdam Convention.\n\n2. It looked at Annex B to the Convention."
    )
    assert ("Annex B", "treaty/stockholm-convention/annex/B") in found
    assert ("Annex III", "treaty/rotterdam-convention/annex/3") in found


def test_the_conference_is_that_of_the_treaty_in_the_head(targets) -> None:
    found = targets(f"{COMMITTEE}1. The Conference of the Parties was told.")
    assert ("Conference of the Parties", "body/stockholm-cop") in found


def test_a_treaty_in_the_head_that_the_registry_lacks_keeps_the_convention_open(targets) -> None:
    found = targets(
        f"{LANTERNS}1. It thanked the Convention on Biological Diversity.\n\n2. It looked at article 4 of the Convention."
    )
    assert ("article 4", None) in found


def test_a_treaty_named_in_the_same_sentence_is_nearer_than_the_head(targets) -> None:
    found = targets(
        f"{LANTERNS}1. Under the Convention on Biological Diversity, it looked at article 4 of the Convention."
    )
    assert ("article 4", "treaty/cbd/art/4") in found


def test_parties_who_speak_say_what_the_convention_is_as_a_head_does(targets) -> None:
    found = targets(
        "Les Parties contractantes à la Convention pour la protection des phares (Convention de Port-Vieux), réunies à "
        "Port-Vieux,\n\nRappelant la Convention sur la diversité biologique,\n\n"
        "1. Prient les gardiens d’appliquer l’article 4 de la Convention ;",
        "fr",
    )
    assert ("article 4", None) in found


def test_a_part_of_a_name_in_the_head_is_that_name(targets) -> None:
    head = "Meeting of the Parties to the Vienna Convention for the Protection of the Ozone Layer\n\nReport\n\nI. Fog\n\n"
    found = targets(f"{head}1. It recalled article 3 of the Vienna Convention.")
    assert ("article 3", "treaty/vienna-convention-ozone/art/3") in found


ASKS = {
    "en": (
        "Bell Union\n\nResolution 4\n\nThe Bell Congress,\n\nRequests the {} to rest;",
        "Secretary-General",
    ),
    "fr": (
        "Union des cloches\n\nRésolution 4\n\nLe Congrès,\n\nPrie le {} de se reposer ;",
        "Secrétaire général",
    ),
    "es": (
        "Unión de Campanas\n\nResolución 4\n\nEl Congreso,\n\nPide al {} que descanse;",
        "Secretario General",
    ),
    "ru": ("Союз\n\nРезолюция 4\n\nКонгресс,\n\nВидел, что {} отдыхает;", "Генеральный секретарь"),
    "zh": ("钟联盟\n\n第4号决议\n\n钟理事会，\n\n请{}休息；", "秘书长"),
    "ar": ("اتحاد الأجراس\n\nالقرار 4\n\nالمؤتمر،\n\nيرجو من {} أن يستريح؛", "الأمين العام"),
}


@pytest.mark.parametrize("language", sorted(ASKS))
def test_the_secretary_general_of_an_organization_without_a_key_is_nobody_s(targets, language) -> None:
    frame, title = ASKS[language]
    family = {"en": "UNITED NATIONS", "fr": "NATIONS UNIES", "es": "NACIONES UNIDAS", "zh": "联合国"}
    family |= {"ru": "ОРГАНИЗАЦИЯ ОБЪЕДИНЕННЫХ НАЦИЙ", "ar": "الأمم المتحدة"}
    text = frame.format(title)
    keys = [key for words, key in targets(text, language) if words == title]
    assert set(keys) <= {None}
    keys = [key for words, key in targets(f"{family[language]}\n\n{text}", language) if words == title]
    assert set(keys) == {"body/un-secretary-general"}


def test_a_symbol_of_the_family_says_whose_officer_it_is_too(targets) -> None:
    text = "Requests the Secretary-General to rest."
    assert ("Secretary-General", "body/un-secretary-general") in targets(text, symbol="A/AC.999/4")
    assert ("Secretary-General", "body/un-secretary-general") not in targets(text, symbol="BELL/4")


def test_a_code_in_capitals_is_the_code(targets) -> None:
    text = (
        "RESOLUTION CONF. 12.3 (REV. COP19)\n\nOn eels\n\nRECALLING RESOLUTION CONF. 11.2;\n\n1. URGES rest."
    )
    assert ("RESOLUTION CONF. 11.2", "act/cites-cop/resolution/11/2") in targets(text)


def test_the_next_session_that_the_head_prints_is_the_conference_s_own(targets) -> None:
    head = "ICCD/COP(15)/23/Add.1\n\nConference of the Parties\n\nFifteenth session\n\nDecision 23/COP.15\n\nThe Conference of the Parties,\n\n"
    found = targets(f"{head}1. Requests the working group to report at its sixteenth session;")
    assert ("sixteenth session", "session/unccd-cop/16") in found


def test_the_meeting_of_the_parties_below_an_unknown_organ_is_none_that_numbers_its_decisions_so(
    targets,
) -> None:
    head = "Economic Commission for Europe\n\nMeeting of the Parties to the Convention on Lanterns\n\nLamp Committee\n\nThird meeting\n\nReport on lamps\n\n"
    found = targets(
        f"{head}1. In decision VI/8 the Meeting of the Parties asked the Lamp Committee to report on its lamps."
    )
    assert not [target for _, target in found if target and "decision" in target]
