import pytest

from projects.checks.systems import KNOWN, possible_systems
from projects.design.vocabulary import TypeKind
from tests.projects.checks.builders import (
    findings_of,
    make_design,
    make_entity,
    make_field,
    make_index,
    make_store,
    make_type,
    open_paths_of,
    paths_of,
)
from tests.projects.checks.designs import finished_design, finished_entities, finished_indexes


def in_system(system, *fields, name="notes"):
    entity = make_entity(name, "id uuid", *(make_field(name, field) for field in fields))
    return make_design(entities=(entity,), stores=(make_store(system),))


@pytest.mark.parametrize(
    ("system", "word"),
    [
        ("PostgreSQL 16", "user"),
        ("PostgreSQL 16", "order"),
        ("MySQL 8.4", "rank"),
        ("SQLite 3", "index"),
        ("Oracle 19c", "level"),
        ("SQL Server 2022", "plan"),
        ("PostgreSQL 16", "OFFSET"),
    ],
)
def test_a_reserved_word_of_the_system_is_found(system, word):
    assert paths_of(in_system(system, f"{word} text"), "name-reserved") == [f"notes.{word}"]


@pytest.mark.parametrize(("system", "word"), [("PostgreSQL 16", "rank"), ("MySQL 8.4", "user"), ("SQLite 3", "user")])
def test_a_reserved_word_of_another_system_is_fine(system, word):
    design = in_system(system, f"{word} text")
    assert paths_of(design, "name-reserved") == open_paths_of(design, "name-reserved") == []


def test_a_word_that_some_systems_reserve_is_left_to_people_where_the_system_is_open():
    design = in_system("", "user text")
    assert paths_of(design, "name-reserved") == []
    assert open_paths_of(design, "name-reserved") == ["notes.user"]


def test_a_word_that_all_systems_reserve_is_found_wherever_it_is_kept():
    assert paths_of(in_system("", "order text"), "name-reserved") == ["notes.order"]


@pytest.mark.parametrize("name", ["user", "table"])
def test_tables_and_types_have_names_too(name):
    design = finished_design(
        entities=(*finished_entities(), make_entity(name, "id uuid")),
        types=(*finished_design().types, make_type("all", TypeKind.ENUM)),
    )
    assert paths_of(design, "name-reserved") == ["all", name]


@pytest.mark.parametrize(
    ("system", "longest", "letter"),
    [
        ("PostgreSQL 16", 63, "x"),
        ("PostgreSQL 16", 31, "é"),
        ("MySQL 8.4", 64, "é"),
        ("MariaDB", 64, "x"),
        ("Oracle 11g", 30, "x"),
    ],
)
def test_the_longest_name_passes_and_one_more_does_not(system, longest, letter):
    fits, too_long = letter * longest, letter * (longest + 1)
    assert paths_of(in_system(system, f"{fits} text"), "name-too-long") == []
    assert paths_of(in_system(system, f"{too_long} text"), "name-too-long") == [f"notes.{too_long}"]


@pytest.mark.parametrize("system", ["Oracle 19c", "Oracle 12.2", "SQL Server 2022"])
def test_the_longest_name_that_can_be_typed_fits(system):
    assert paths_of(in_system(system, "x" * 128 + " text"), "name-too-long") == []


def test_postgresql_counts_bytes_and_says_so():
    finding = findings_of(in_system("PostgreSQL 16", "é" * 32 + " text"), "name-too-long")[0]
    assert "has 64 bytes, where PostgreSQL allows 63 bytes" in finding.message


def test_sqlite_has_no_limit():
    assert paths_of(in_system("SQLite 3", "x" * 128 + " text"), "name-too-long") == []


@pytest.mark.parametrize("system", ["", "Oracle", "Oracle 12c", "Some new database"])
def test_a_length_that_hangs_on_the_system_is_left_to_people(system):
    design = in_system(system, "x" * 40 + " text")
    assert paths_of(design, "name-too-long") == []
    assert len(open_paths_of(design, "name-too-long")) == 1


def test_the_entitys_own_store_decides():
    stores = (make_store("PostgreSQL 16"), make_store("MySQL 8.4", name="other"))
    entity = make_entity("notes", "id uuid", "user text", store=stores[1].uid)
    design = finished_design(entities=(entity,), relationships=(), queries=(), indexes=(), stores=stores, types=())
    assert paths_of(design, "name-reserved") == []


def test_index_key_and_check_names_count():
    index = make_index("x" * 70, "refunds", "currency")
    assert paths_of(finished_design(indexes=(*finished_indexes(), index)), "name-too-long") == ["x" * 70]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PostgreSQL 16", {"PostgreSQL"}),
        ("Amazon Aurora PostgreSQL", {"PostgreSQL"}),
        ("TimescaleDB", {"PostgreSQL"}),
        ("MySQL 8.4 (Oracle)", {"MySQL"}),
        ("mariadb", {"MariaDB"}),
        ("SQLite (WAL)", {"SQLite"}),
        ("Microsoft SQL Server 2022", {"SQL Server"}),
        ("Oracle Database 23ai", {"Oracle"}),
        ("CockroachDB", {system.name for system in KNOWN}),
    ],
)
def test_the_system_is_read_from_the_stores_own_words(text, names):
    assert {system.name for system in possible_systems(text)} == names


def test_names_that_differ_in_case_alone_are_found():
    design = in_system("PostgreSQL 16", "body text", "Body text")
    finding = findings_of(design, "name-duplicate")[0]
    assert finding.path == "notes.Body"
    assert "“notes.body”" in finding.message
    assert paths_of(design, "name-nearly-duplicate") == []


def test_entities_of_two_namespaces_may_share_a_name():
    one, other = (make_entity("notes", "id uuid", namespace=space) for space in ("a", "b"))
    other = other.model_copy(
        update={"uid": make_entity("x", "id uuid").uid, "fields": make_entity("x", "id uuid").fields, "keys": ()}
    )
    assert paths_of(finished_design(entities=(*finished_entities(), one, other)), "name-duplicate") == []


@pytest.mark.parametrize(("system", "found"), [("PostgreSQL 16", 1), ("MySQL 8.4", 0)])
def test_two_indexes_of_one_name_collide_where_they_share_a_schema(system, found):
    indexes = (make_index("idx_main", "refunds", "currency"), make_index("IDX_MAIN", "ledger_entries", "account_code"))
    design = finished_design(indexes=indexes, stores=(make_store(system),))
    assert len(paths_of(design, "name-duplicate")) == found


@pytest.mark.parametrize("names", [("user_id", "userid"), ("userId", "user_id")])
def test_fields_that_read_the_same_are_found(names):
    design = in_system("PostgreSQL 16", *(f"{name} uuid" for name in names))
    assert paths_of(design, "name-nearly-duplicate") == [f"notes.{names[1]}"]


def test_entities_that_differ_in_number_alone_are_found():
    design = finished_design(entities=(*finished_entities(), make_entity("refund", "id uuid")))
    assert paths_of(design, "name-nearly-duplicate") == ["refund"]


@pytest.mark.parametrize("fields", [("tag text", "tags text[]"), ("user_id uuid", "approver_id uuid")])
def test_fields_that_read_otherwise_are_fine(fields):
    assert paths_of(in_system("PostgreSQL 16", *fields), "name-nearly-duplicate") == []
