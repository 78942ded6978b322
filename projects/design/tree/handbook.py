"""A project's handbook, and the project as a whole: what the documents of a project are made of."""

from functools import cached_property
from typing import Self

from pydantic import model_validator

from projects.design.tree.context import Conventions
from projects.design.tree.node import Key, Line, Name, Node, Prose, Thing
from projects.design.tree.policies import Policies, refuse_twice

HANDBOOK_FORMAT = 1


class AccessRole(Thing):
    """A role in the database: what it may do, and who connects with it."""

    name: Name
    rights: Prose = ""
    used_by: Line = ""


class Metric(Thing):
    """What is watched, and when it alarms; the threshold is kept as typed, like > 80 % of the pool."""

    name: Name
    threshold: Line = ""
    note: Prose = ""


class Entry(Node):
    """Prose under a key of the catalogue (`projects.design.entries`)."""

    key: Line
    text: Prose


class Handbook(Node):
    """All that is said of a project's data once, beside the designs of its features."""

    format: int = HANDBOOK_FORMAT
    project_key: Key
    project_title: Line
    conventions: Conventions = Conventions()
    policies: Policies = Policies()
    access_roles: tuple[AccessRole, ...] = ()
    metrics: tuple[Metric, ...] = ()
    entries: tuple[Entry, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        refuse_twice("access role", [role.name for role in self.access_roles])
        refuse_twice("metric", [metric.name for metric in self.metrics])
        refuse_twice("entry", [entry.key for entry in self.entries])
        for things in (self.access_roles, self.metrics):
            refuse_twice("uid", [str(thing.uid) for thing in things])
        return self

    @cached_property
    def text_of(self) -> dict[str, str]:
        """Key of an entry → what was written, without entries that are blank."""
        return {entry.key: entry.text for entry in self.entries if entry.text.strip()}
