"""The matrix of step 10: which field of a DTO leads to which stored field."""

from projects.checks.facts import Facts
from projects.checks.mapping_matrix import Standing, matrix_of, open_fields, unfed_fields
from projects.design.tree import Dto, DtoField
from projects.design.vocabulary import MappingKind
from tests.projects.checks.builders import NOW, make_design, make_entity, uid_of

USERS = make_entity("users", "first_name text", "last_name text", key="")
OTHERS = make_entity("teams", "title text?", key="")


def field(name: str, *sources: str, kind: MappingKind | None = None, transformation: str = "") -> DtoField:
    leads_to = tuple(uid_of(path) for path in sources)
    return DtoField(uid=uid_of(f"dto {name}"), name=name, sources=leads_to, kind=kind, transformation=transformation)


DTO = Dto(
    uid=uid_of("dto"),
    name="UserRequest",
    entity=USERS.uid,
    fields=(
        field("firstName", "users.first_name"),
        field("fullName", "users.first_name", "teams.title", kind=MappingKind.COMPUTED),
        field("token", kind=MappingKind.UNSTORED),
        field("nickname"),
    ),
)
DESIGN = make_design(entities=(USERS, OTHERS), dtos=(DTO,))


def test_columns_are_the_main_entity_and_then_what_else_is_named() -> None:
    matrix = matrix_of(DESIGN, DTO)
    assert [one.name for _, one in matrix.columns] == ["first_name", "last_name", "title"]
    assert matrix.uses == (2, 0, 1)
    assert matrix.rows[1].cells == (True, False, True)


def test_each_field_says_where_it_leads() -> None:
    standings = [row.standing for row in matrix_of(DESIGN, DTO).rows]
    assert standings == [Standing.STORED, Standing.COMPUTED, Standing.UNSTORED, Standing.OPEN]


def test_both_sides_name_what_leads_nowhere() -> None:
    assert [one.name for _, one in open_fields(DESIGN)] == ["nickname"]
    assert [one.name for _, one in unfed_fields(Facts(DESIGN, NOW))] == ["last_name"]
