"""Where a design belongs, and the naming rules in force there."""

from projects.design.tree.node import Key, Line, Node, Prose
from projects.design.vocabulary import LetterCase, TableNumber

FORMAT = 1


class Identity(Node):
    """Where the design belongs. Titles are printed, keys become file paths."""

    project_key: Key
    project_title: Line
    epic_key: Key
    epic_title: Line
    feature_key: Key
    feature_title: Line

    @property
    def path(self) -> str:
        return f"{self.project_key}/{self.epic_key}/{self.feature_key}"


class Conventions(Node):
    """The naming rules in force: the project's policy as it was when the design was taken."""

    table_case: LetterCase = LetterCase.SNAKE
    field_case: LetterCase = LetterCase.SNAKE
    table_number: TableNumber = TableNumber.PLURAL
    primary_key_name: Line = "id"
    foreign_key_pattern: Line = "{singular}_id"
    timestamp_suffix: Line = "_at"
    boolean_prefixes: Line = "is_, has_"
    index_pattern: Line = "idx_{table}_{fields}"
    standard_fields: Line = "id, created_at, updated_at"
    soft_delete_field: Line = ""
    purge_after: Line = ""
    notes: Prose = ""
