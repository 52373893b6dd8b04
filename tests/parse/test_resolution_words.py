"""Each opening word of resolutions finds itself in its own example and stays away from its counter-example."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import ParagraphKind
from treatygraph.parse.furniture import footnote_mark
from treatygraph.parse.lexicon import entries, forms, languages, tables
from treatygraph.parse.openings import leads_on, opening, says_hereby
from treatygraph.parse.resolution import parse_paragraphs
from treatygraph.parse.resolution_lines import names_author, speaks_in_plural
from treatygraph.read import read_text

TABLES = [(language, table) for language in languages() for table in tables(language, "resolution")]
KINDS = {"preambular": (ParagraphKind.PREAMBULAR,), "operative": (ParagraphKind.OPERATIVE,)}
EITHER = (ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE)
TEXTS = {
    "ar": ("40/3 - الأنوار", "إن مجلس المرشدين،", "تقرر أن تنام.", "القرار 12 (2002)"),
    "en": ("40/3.\tLights", "The Council of Pilots,", "Decides to sleep.", "Resolution 12 (2002)"),
    "es": ("40/3. Faros", "El Consejo de Prácticos,", "Decide dormir.", "Resolución 12 (2002)"),
    "fr": ("40/3. Feux", "Le Conseil des pilotes,", "Décide de dormir.", "Résolution 12 (2002)"),
    "ru": ("40/3. Огни", "Совет лоцманов,", "постановляет спать.", "Резолюция 12 (2002)"),
    "zh": ("40/3. 灯火", "引航员理事会，", "决定睡觉。", "第12(2002)号决议"),
}
"""Of each language the lines of a resolution: number with title, author, a paragraph, its own name."""


def frame(language: str, table: str) -> tuple[str, ParagraphKind] | None:
    """For words that count only in their place: a text that the line is put into, and the kind that it gets there."""
    title, author, paragraph, name = TEXTS[language]
    frames = {
        "meeting": (f"{title}\n\n{author}\n\n{paragraph}\n\n{{}}\n", ParagraphKind.OTHER),
        "adopted": (f"{name}\n\n{{}}\n\n{author}\n\n{paragraph}\n", ParagraphKind.FRONT_MATTER),
        "self_name": (f"{{}}\n\n{author}\n\n{paragraph}\n", ParagraphKind.HEADING),
    }
    return frames.get(table)


def finds(language: str, table: str, text: str) -> bool:
    if table in ("plural_author", "plural_of", "first_person"):
        return speaks_in_plural(text, language)
    if table == "leads_on":
        return leads_on(text, language) is not None
    if table == "hereby":
        return says_hereby(text, language)
    if table == "footnote":
        block = read_text(text, name="text.txt", language=language).blocks[0]
        return footnote_mark(block, language) is not None
    framed = frame(language, table)
    if framed is not None:
        words, kind = framed
        source = read_text(words.format(text), name="text.txt", language=language)
        return any(
            p.kind is kind and source.text[p.span.start : p.span.end] == text
            for p in parse_paragraphs(source)
        )
    return opening(text, language) in KINDS.get(table, EITHER)


@pytest.mark.parametrize(("language", "table"), TABLES)
def test_a_word_finds_itself_in_its_example_alone(language: str, table: str) -> None:
    for entry in entries(language, "resolution", table):
        printed = [form.replace("{n}", "") for form in forms(entry)]
        assert any(set(form.casefold()) <= set(entry["example"].casefold()) for form in printed), entry
        assert finds(language, table, entry["example"]), entry
        assert "counter_example" not in entry or not finds(language, table, entry["counter_example"]), entry


@pytest.mark.parametrize("language", languages())
def test_lists_are_sorted_and_have_no_duplicates(language: str) -> None:
    for table in tables(language, "resolution"):
        texts = [entry["text"] for entry in entries(language, "resolution", table)]
        assert texts == sorted(set(texts)), table


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "La 78.ª Asamblea de los Faros,"),
        ("es", "La 78ª Asamblea de los Faros,"),
        ("fr", "La 78e Assemblée des phares,"),
    ],
)
def test_who_speaks_may_be_counted_in_figures(language: str, line: str) -> None:
    assert names_author(line, language)
    assert not names_author(line.replace("78", "Tabla 78 de 12: "), language)


def test_several_who_speak_in_capitals_are_no_conference_of_theirs() -> None:
    assert speaks_in_plural("THE CONTRACTING PARTIES TO THE CONVENTION ON LIGHTS,", "en")
    assert not speaks_in_plural("THE CONFERENCE OF THE CONTRACTING PARTIES,", "en")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "LES PARTIES CONTRACTANTES À LA CONVENTION SUR LES FEUX,"),
        ("fr", "Les Hautes Parties contractantes,"),
        ("es", "Las Partes Contratantes en el Convenio sobre las luces:"),
    ],
)
def test_several_who_speak_are_known_in_other_languages(language: str, line: str) -> None:
    assert speaks_in_plural(line, language)
    assert opening("Adoptent le plan ;" if language == "fr" else "Adoptan el plan;", language, plural=True)
