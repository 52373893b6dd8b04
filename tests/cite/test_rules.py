"""Each rule has a page, and its example is decided by that rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from treatygraph.cite.rules import BY_ID, RULES, Rule

SOURCES = Path(__file__).resolve().parents[2] / "src" / "treatygraph" / "cite"
USED = re.compile(r'"((?:provision|act|document|publication|happening|reject)/[a-z-]+)"')


def test_rules_are_sorted_and_each_stands_once() -> None:
    ids = [rule.id for rule in RULES]
    assert ids == sorted(set(ids))
    assert set(BY_ID) == set(ids)


def test_the_rules_with_a_page_are_those_that_decide() -> None:
    used = {
        rule
        for path in sorted(SOURCES.rglob("*.py"))
        if path.name != "rules.py"
        for rule in USED.findall(path.read_text(encoding="utf-8"))
    }
    names = {f"name/{what}" for what in ("alias", "body", "instrument", "text", "tool")}
    assert used | names == set(BY_ID)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.example], ids=lambda rule: rule.id)
def test_the_example_of_a_rule_is_decided_by_it(rule: Rule, cite) -> None:
    _, found, _ = cite(rule.example, rule.organ)
    decided = {(each.rule, each.text) for each in (*found.citations, *found.rejected)}
    assert (rule.id, rule.finds) in decided


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_page_says_what_it_takes_why_and_what_it_confuses(rule: Rule) -> None:
    assert all((rule.title, rule.takes, rule.why, rule.confusions))
