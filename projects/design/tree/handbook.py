"""A project's handbook, and the project as a whole: what the documents of a project are made of."""

from functools import cached_property

from projects.design.tree.context import Conventions
from projects.design.tree.node import Key, Line, Name, Node, Prose, Thing
from projects.design.tree.policies import Policies

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

    @cached_property
    def text_of(self) -> dict[str, str]:
        """Key of an entry → what was written, without entries that are blank."""
        return {entry.key: entry.text for entry in self.entries if entry.text.strip()}
