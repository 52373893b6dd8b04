"""Document symbols: their shape, their normal form, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatygraph.cite.symbols import find_symbols, normalise_symbol

SYMBOLS = {
    "CTOC/COP/WG.3/2016/CRP.1": "CTOC/COP/WG.3/2016/CRP.1",
    "A/78/251.": "A/78/251",
    "S/PV.8010,": "S/PV.8010",
    "E/CN.15/2015/16": "E/CN.15/2015/16",
    "A/80/6 (Sect. 3)": "A/80/6(Sect.3)",
    "UNEP/EA.2/RES.14": "UNEP/EA.2/RES.14",
    "FCCC/CP/2015/10/Add.1": "FCCC/CP/2015/10/Add.1",
    "S/RES/2231 (2015)": "S/RES/2231(2015)",
    "A/RES/2200 (XXI) A": "A/RES/2200(XXI)A",
    "A/RES/46/36 L": "A/RES/46/36L",
    "TD/B(S-XXVII)/3": "TD/B(S-XXVII)/3",
    "A/HRC/S-28/1": "A/HRC/S-28/1",
    "ICCD/COP(13)/21/Add.1": "ICCD/COP(13)/21/Add.1",
    "CCPR/C/21/Rev.1/Add.13": "CCPR/C/21/Rev.1/Add.13",
    "ECE/TRANS/WP.29/GRSG/98": "ECE/TRANS/WP.29/GRSG/98",
    "A/66/6 (Vol. I)": "A/66/6",
    "HSP/HA.2/Res.7": "HSP/HA.2/Res.7",
    "CM/Rec(2019)1": "CM/Rec(2019)1",
    "SG/WEIR/doc.614/27": "SG/WEIR/doc.614/27",
    "NPT/CONF.1995/32 (Part I)/Corr.2": "NPT/CONF.1995/32/Corr.2",
    "NPT/CONF.2000/28 (Parts I and II)": "NPT/CONF.2000/28",
    "GC(62)/RES/10": "GC(62)/RES/10",
    "WHC/21/44.COM/18": "WHC/21/44.COM/18",
    "QUAY-07/31.COM/7A.Add": "QUAY-07/31.COM/7A.Add",
    "ATT/CSP5/2019/SEC/536/Conf.FinRep.Rev1": "ATT/CSP5/2019/SEC/536/Conf.FinRep.Rev1",
    "CoP18 Doc. 4.1": "CoP18Doc.4.1",
    "CoP18 Doc. 4.1 (Rev. 1)": "CoP18Doc.4.1(Rev.1)",
    "SC70 Inf. 12": "SC70Inf.12",
    "CoP19 Rec. 3": "CoP19Rec.3",
    "TOWER/GB-8/19/8.2 Rev.1": "TOWER/GB-8/19/8.2Rev.1",
    "TOWER-17/19/Report": "TOWER-17/19/Report",
    "WHC/21/44.COM/7B.Add.2": "WHC/21/44.COM/7B.Add.2",
    "CBD/WG8J/11/2": "CBD/WG8J/11/2",
    "MEPC 74/18/Add.1": "MEPC74/18/Add.1",
    "PPR 10/18": "PPR10/18",
    "BWC/CONF.IX/WP.21": "BWC/CONF.IX/WP.21",
    "TRANS/2019/WP.4": "TRANS/2019/WP.4",
    "C 2019/21 Rev.1": "C2019/21Rev.1",
    "CoP19 Com. II Rec. 3": "CoP19Com.IIRec.3",
}


@pytest.mark.parametrize(("printed", "normal"), SYMBOLS.items())
def test_a_symbol_is_found_in_its_normal_form(printed: str, normal: str) -> None:
    text = f"the paper ({printed}) was read"
    (found,) = find_symbols(text)
    assert found.normal == normal
    assert normalise_symbol(text[found.start : found.end]) == normal


@pytest.mark.parametrize(
    "text",
    [
        "HIV/AIDS",
        "TCP/IP",
        "influenza A/H1N1",
        "and/or 3/4",
        "BC-15/17",
        "km/h",
        "resolution 55/25",
        "resolution 33 C/15",
        "decision 186 EX/8",
        "N/A",
        "decision V/5",
        "regulation XIII/1",
        "decision SS.XII/5",
        "Protocol1 Doc. rule",
        "group ECE/TRANS/WP.30",
        "resolution 12 (XLVII-O/17)",
    ],
)
def test_other_words_with_a_slash_are_no_symbols(text: str) -> None:
    assert find_symbols(f"some {text} here") == ()


@pytest.mark.parametrize("dash", ["-", "–", "‑"])
def test_two_symbols_of_one_document_are_one(dash: str) -> None:
    found = find_symbols(f"see A/62/63{dash}E/2007/8 and A/62/64.")
    assert [each.normal for each in found] == ["A/62/63-E/2007/8", "A/62/64"]


def test_a_dash_joins_the_symbols_of_two_commissions_and_stands_between_papers_of_one() -> None:
    pair = find_symbols("see E/CN.7/2018/13–E/CN.15/2018/15")
    assert [each.normal for each in pair] == ["E/CN.7/2018/13-E/CN.15/2018/15"]
    papers = find_symbols("see E/CN.7/2018/CRP.1–E/CN.7/2018/CRP.4")
    assert [each.normal for each in papers] == ["E/CN.7/2018/CRP.1", "E/CN.7/2018/CRP.4"]


def test_a_dash_stands_between_documents_of_other_series() -> None:
    found = find_symbols("see WEIR/WP.1/2011/12–WEIR/WP.2/2011/114")
    assert [each.normal for each in found] == ["WEIR/WP.1/2011/12", "WEIR/WP.2/2011/114"]


@given(st.text(alphabet="AES/ .0123456789()CRVolb-;\u00a0\n", max_size=40))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normalise_symbol(normalise_symbol(text)) == normalise_symbol(text)


@given(st.text(alphabet="AES/ .0123456789()CRVol-", max_size=60))
def test_a_symbol_that_is_found_is_found_again_in_its_normal_form(text: str) -> None:
    for symbol in find_symbols(text):
        assert text[symbol.start : symbol.end].startswith(symbol.normal[:1])
        assert not any(c.isspace() for c in symbol.normal)
