"""A project as one value: its handbook with a design of each feature. Every project document is a function of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from projects.design.review_record import ReviewRecord
from projects.design.tree import Design, Handbook


@dataclass(frozen=True)
class Included:
    """The design of one feature as a project document holds it: an approved revision, or the draft where none is."""

    design: Design
    record: ReviewRecord

    @property
    def mark(self) -> str:
        """What tells readers which state they read: “r3” or “draft”."""
        return f"r{self.record.revision}" if self.record.revision is not None else "draft"

    @property
    def path(self) -> str:
        """epic/feature, which is unique in a project."""
        return f"{self.design.identity.epic_key}/{self.design.identity.feature_key}"


@dataclass(frozen=True)
class ProjectDesign:
    """`features` are ordered by epic and feature key."""

    handbook: Handbook
    features: tuple[Included, ...] = ()

    @cached_property
    def designs(self) -> tuple[Design, ...]:
        """The designs with what they inherit from the policies filled in."""
        return tuple(included.design.in_force for included in self.features)

    @property
    def is_draft(self) -> bool:
        """Whether any of it may still change without a review."""
        return any(included.record.is_draft for included in self.features)

    @property
    def by_epic(self) -> Iterator[tuple[str, list[Included]]]:
        """(title of the epic, its features) in the order of the epics' keys."""
        for _, held in groupby(self.features, key=lambda each: each.design.identity.epic_key):
            features = list(held)
            yield features[0].design.identity.epic_title, features
