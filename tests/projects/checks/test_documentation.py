"""docs/checks.md lists every rule in the words of its page, and no other."""

import re
from pathlib import Path

import pytest

from projects.checks import RULES
from projects.checks.project import PROJECT_RULES
from projects.checks.rule import Described

ALL = (*RULES, *PROJECT_RULES)
TEXT = (Path(__file__).parents[3] / "docs" / "checks.md").read_text(encoding="utf-8")


def line_of(rule: Described) -> str:
    return f"- `{rule.code}` ({rule.severity}): {rule.what} {rule.why} Source: {rule.source}."


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_rule_stands_in_the_documentation_as_in_the_code(rule):
    assert line_of(rule) in TEXT.splitlines()


def test_the_documentation_lists_no_rule_that_is_gone():
    assert re.findall(r"^- `([a-z0-9-]+)` \(", TEXT, re.MULTILINE) == [rule.code for rule in ALL]
