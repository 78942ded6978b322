"""What a rule is, how one is declared, and the one place where its messages are rendered."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import UUID

from projects.checks.facts import Facts
from projects.checks.finding import Finding, Undecided
from projects.design.tree import Node, Thing
from projects.design.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule yields: a place, and the words that its templates need. It holds no sentence yet."""

    about: Node | None
    words: Mapping[str, object]
    field_name: str | None = None
    is_decided: bool = True

    @property
    def uid(self) -> UUID | None:
        return self.about.uid if isinstance(self.about, Thing) else None


def problem(about: Node | None, *, field_name: str | None = None, **words: object) -> Claim:
    return Claim(about, words, field_name)


def doubt(about: Node | None, *, field_name: str | None = None, **words: object) -> Claim:
    """A claim that the rule cannot settle: it becomes Undecided, no finding and no pass."""
    return Claim(about, words, field_name, is_decided=False)


Check = Callable[[Facts], Iterable[Claim]]


@dataclass(frozen=True)
class Described:
    """All that the page of a rule in the help says, without its check.

    `says`, `remedy` and `asks` are str.format templates over {path} and the words of a claim; `asks` is the question
    that a person is left with where the rule cannot decide, empty for a rule that always can. A rule without a step
    sends people to the step of the thing it is about.
    """

    code: str
    severity: Severity
    what: str
    why: str
    says: str
    remedy: str
    asks: str
    breaks: str
    keeps: str
    source: str
    step: str | None

    def finding(self, facts: Facts, claim: Claim, severity: Severity) -> Finding:
        path = facts.path(claim.about)
        words = {"path": path, **claim.words}
        message, remedy = self.says.format_map(words), self.remedy.format_map(words)
        step = self.step or facts.step(claim.about)
        return Finding(self.code, severity, claim.uid, path, message, remedy, step, claim.field_name)

    def undecided(self, facts: Facts, claim: Claim) -> Undecided:
        path = facts.path(claim.about)
        reason = self.asks.format_map({"path": path, **claim.words})
        return Undecided(self.code, claim.uid, path, reason, self.step or facts.step(claim.about), claim.field_name)


@dataclass(frozen=True)
class Rule(Described):
    check: Check = field(repr=False)


class Page(TypedDict):
    """What a rule says of itself, beside the docstring of its check."""

    says: str
    remedy: str
    breaks: str
    keeps: str
    source: str
    asks: NotRequired[str]
    step: NotRequired[str]


def described(code: str, severity: Severity, page: Page, docstring: str | None) -> dict[str, Any]:
    """The facts of `Described`: the first paragraph of the docstring says what the rule finds, the rest why."""
    what, _, why = inspect.cleandoc(docstring or "").partition("\n\n")
    return {
        "code": code,
        "severity": severity,
        "what": " ".join(what.split()),
        "why": " ".join(why.split()),
        "says": page["says"],
        "remedy": page["remedy"],
        "asks": page.get("asks", ""),
        "breaks": page["breaks"],
        "keeps": page["keeps"],
        "source": page["source"],
        "step": page.get("step"),
    }


def rule(code: str, severity: Severity, **page: Unpack[Page]) -> Callable[[Check], Rule]:
    """Turn a check into a rule, with its docstring as what it finds and why that matters."""

    def declare(check: Check) -> Rule:
        return Rule(**described(code, severity, page, check.__doc__), check=check)

    return declare
