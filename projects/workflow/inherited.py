"""What the cells of a row take from the project's policies, and where they depart from them: for forms and grids."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from projects.design.inheritance import Standing, compared
from projects.design.policy_words import in_words
from projects.design.tree import Policies
from projects.design.vocabulary import PolicyName

# What stands after a value in its field, like “policy 1 hour”, has room for this many characters.
SHORT = 9


@dataclass(frozen=True)
class FromPolicy:
    """What a policy says of a cell. If it `is_stated`, the cell takes nothing over; the policy is only shown beside."""

    policy: PolicyName
    value: str
    departs: bool
    is_stated: bool = False
    # Whether the cell is one line that is typed, after which a short value finds room.
    is_line: bool = False

    @property
    def source(self) -> str:
        return f"the {self.policy.label.lower()}"

    @property
    def line(self) -> str:
        """The value on one line."""
        return " ".join(self.value.split())

    @property
    def words(self) -> str:
        """What is said of the cell, where there is room for a line."""
        if self.departs:
            return f"Departs from {self.source}: {self.line}"
        return f"{self.policy.label}: {self.line}" if self.is_stated else f"From {self.source}"

    @property
    def is_short(self) -> bool:
        return self.is_line and not self.is_stated and len(self.value) <= SHORT


def from_policy(policy: PolicyName, expected: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, FromPolicy]:
    """For each cell that the policy speaks of, what it says; `values` are those of the row."""
    found = {}
    for name, said in expected.items():
        standing = compared(said, values.get(name) or None, name)
        if standing not in (None, Standing.SILENT):
            found[name] = FromPolicy(policy, in_words(said), standing is Standing.DEPARTS)
    return found


def stated(policy: PolicyName, value: str, name: str, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
    """What the policy says as a whole, beside the field that gives the reason for doing otherwise."""
    departs = bool(str(values.get(name) or "").strip())
    return {name: FromPolicy(policy, value, departs, is_stated=True)} if value else {}


def retention(policies: Policies, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
    """What the rule that a data element names says of how long it is kept; the known rules, if it is none of them."""
    named = str(values.get("retention_rule") or "").strip()
    rule = policies.retention_rule(named)
    if rule is not None:
        said = {"kept_for": rule.kept_for, "afterwards": rule.afterwards}
        return from_policy(PolicyName.RETENTION, said, values)
    if not named or not policies.retention_rules:
        return {}
    known = ", ".join(each.name for each in policies.retention_rules)
    return {"retention_rule": FromPolicy(PolicyName.RETENTION, known, departs=True, is_stated=True)}
