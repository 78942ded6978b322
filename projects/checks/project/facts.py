"""What every rule over a project reads: the designs of its features, and the one model that they make."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from projects.checks.facts import Facts
from projects.design.defined_twice import DefinedTwice, defined_twice
from projects.design.project import Included
from projects.design.whole_model import WholeModel, whole_model


class ProjectFacts:
    """`now` is passed in, as a rule reads no clock."""

    def __init__(self, features: Iterable[Included], now: datetime, model: WholeModel | None = None) -> None:
        self.features = tuple(features)
        self.now = now
        self.model = model or whole_model("", self.features)
        self._facts: dict[str, Facts] = {}

    def of(self, feature: Included) -> Facts:
        """The facts of one design, with what it inherits."""
        if feature.path not in self._facts:
            self._facts[feature.path] = Facts(feature.design.in_force, self.now)
        return self._facts[feature.path]

    @cached_property
    def twice(self) -> tuple[DefinedTwice, ...]:
        return defined_twice(self.model)
