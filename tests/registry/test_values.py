"""Names, scopes and keys of acts, as the values of the registry give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatygraph.registry import ActSeries, Registry, load_registry

ACTS = [
    # body, kind, style, printed parts, key
    ("unga", "resolution", "session/number", {"session": "55", "number": "25"}, "document/A/RES/55/25"),
    (
        "unga",
        "resolution",
        "session/number",
        {"session": "46", "number": "36", "suffix": "L"},
        "document/A/RES/46/36L",
    ),
    ("unga", "resolution", "session/number", {"session": "ES-10", "number": "20"}, "document/A/RES/ES-10/20"),
    (
        "unga",
        "resolution",
        "number (session)",
        {"session": "XXI", "number": "2200", "suffix": "A"},
        "document/A/RES/2200(XXI)A",
    ),
    ("unga", "decision", "session/number", {"session": "57", "number": "578"}, "document/A/DEC/57/578"),
    ("unsc", "resolution", "number (year)", {"number": "2231", "year": "2015"}, "document/S/RES/2231(2015)"),
    ("ecosoc", "resolution", "year/number", {"year": "2005", "number": "14"}, "document/E/RES/2005/14"),
    (
        "ecosoc",
        "resolution",
        "number (session)",
        {"number": "1503", "session": "XLVIII"},
        "document/E/RES/1503(XLVIII)",
    ),
    ("ecosoc", "decision", "year/number", {"year": "2012", "number": "215"}, "document/E/DEC/2012/215"),
    ("hrc", "resolution", "session/number", {"session": "49", "number": "23"}, "document/A/HRC/RES/49/23"),
    ("hrc", "decision", "session/number", {"session": "2", "number": "102"}, "document/A/HRC/DEC/2/102"),
    ("unea", "resolution", "session/number", {"session": "2", "number": "14"}, "document/UNEP/EA.2/RES.14"),
    ("unea", "decision", "session/number", {"session": "5", "number": "2"}, "document/UNEP/EA.5/DEC.2"),
    ("ctoc-cop", "decision", "session/number", {"session": "2", "number": "2"}, "act/ctoc-cop/decision/2/2"),
    (
        "unfccc-cop",
        "decision",
        "number/code.session",
        {"session": "21", "number": "1"},
        "act/unfccc-cop/decision/21/1",
    ),
    (
        "unfccc-cma",
        "decision",
        "number/code.session",
        {"session": "4", "number": "3"},
        "act/unfccc-cma/decision/4/3",
    ),
    (
        "cbd-cop",
        "decision",
        "session/number-roman",
        {"session": "XIII", "number": "5"},
        "act/cbd-cop/decision/13/5",
    ),
    (
        "cbd-cop",
        "decision",
        "session/number-roman",
        {"session": "VI", "number": "27", "suffix": "B"},
        "act/cbd-cop/decision/6/27B",
    ),
    ("cnd", "resolution", "session/number", {"session": "60", "number": "1"}, "act/cnd/resolution/60/1"),
    ("cnd", "resolution", "number (session)", {"session": "XXXIV", "number": "1"}, "act/cnd/resolution/34/1"),
    ("cnd", "resolution", "number (session)", {"session": "S-X", "number": "3"}, "act/cnd/resolution/S-10/3"),
    (
        "basel-cop",
        "decision",
        "code-session/number",
        {"session": "15", "number": "17"},
        "act/basel-cop/decision/15/17",
    ),
    (
        "imo-mepc",
        "resolution",
        "code.number(session)",
        {"session": "53", "number": "132"},
        "act/imo-mepc/resolution/53/132",
    ),
    (
        "fctc-cop",
        "decision",
        "codesession(number)",
        {"session": "5", "number": "14"},
        "act/fctc-cop/decision/5/14",
    ),
    (
        "cites-cop",
        "resolution",
        "code session.number",
        {"session": "4", "number": "6"},
        "act/cites-cop/resolution/4/6",
    ),
]


@pytest.mark.parametrize(("body", "kind", "style", "parts", "key"), ACTS, ids=[case[4] for case in ACTS])
def test_the_printed_number_of_an_act_gives_its_key(
    registry: Registry, body: str, kind: str, style: str, parts: dict[str, str], key: str
) -> None:
    [series] = [
        each for each in registry.bodies[f"body/{body}"].acts if (each.kind, each.style) == (kind, style)
    ] or [None]
    assert series is not None
    printed = dict(parts)
    assert series.key(printed.pop("number"), **printed) == key


@pytest.mark.parametrize(
    ("roman", "arabic"), [("I", "1"), ("IV", "4"), ("IX", "9"), ("XL", "40"), ("XLVIII", "48")]
)
def test_roman_sessions_are_arabic_in_keys_of_acts(roman: str, arabic: str) -> None:
    series = ActSeries("decision", "session/number-roman", "act/lake-cop/decision/{session}/{number}")
    assert series.key("3", session=roman) == f"act/lake-cop/decision/{arabic}/3"


def test_the_convention_is_that_of_the_body_or_of_its_parent(registry: Registry) -> None:
    assert registry.founding_treaty("body/ctoc-cop/wg3") == "treaty/untoc"
    assert registry.founding_treaty("body/cartagena-mop") == "treaty/cartagena-protocol"
    assert registry.founding_treaty("body/unga") is None


def test_an_alias_with_a_scope_holds_in_that_body_and_below_it(small: Path) -> None:
    registry = load_registry(small)
    [alias] = registry.bodies["body/lake-cop"].aliases
    assert registry.in_scope(alias, "body/lake-cop")
    assert registry.in_scope(alias, "body/lake-cop/wg1")
    assert not registry.in_scope(alias, None)


def test_the_digest_changes_with_any_byte_and_any_name(small: Path) -> None:
    before = load_registry(small).digest
    assert load_registry(small).digest == before
    (small / "bodies.toml").rename(small / "bodies2.toml")
    renamed = load_registry(small).digest
    (small / "bodies2.toml").write_text((small / "bodies2.toml").read_text() + "# a remark\n")
    assert len({before, renamed, load_registry(small).digest}) == 3
