"""One entity of lettered fields and one query over it, for the tests of coverage."""

from projects.checks.coverage import coverage
from projects.design.vocabulary import UseRole
from tests.projects.checks.builders import make_design, make_entity, make_index, make_query

ROLES = {role.value for role in UseRole}
ROWS = make_entity("rows", "id uuid", "a uuid", "b uuid", "c uuid", "t text", "g geometry", "v vector(3)", "j jsonb")


def covered(*indexes, entities=(ROWS,), stores=(), query=None, **facts):
    """The coverage of one query over rows; its fields are named by their letter."""
    facts |= {role: [path(letter) for letter in facts[role]] for role in ROLES & facts.keys()}
    asked = query or make_query("Find", "rows", **facts)
    return coverage(make_design(entities=entities, queries=[asked], indexes=indexes, stores=stores))[0]


def path(letter):
    return f"-rows.{letter.lower()}" if letter.isupper() else f"rows.{letter}"


def index(fields, **facts):
    """An index by letters, capitals for descending ones."""
    return make_index("idx", "rows", ", ".join(path(one).replace("rows.", "") for one in fields), **facts)
