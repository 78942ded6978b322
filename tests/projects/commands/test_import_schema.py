"""manage.py import_schema"""

import json
from pathlib import Path

import pytest

from projects.management.design_command import Problems
from projects.models import Entity, Event, Feature, Membership, Project, User
from tests.factories import make_feature
from tests.projects.commands.calling import call

SQL = """
CREATE TABLE refunds (id uuid PRIMARY KEY, amount_minor bigint CHECK (amount_minor > 0));
CREATE TABLE refund_lines (id uuid PRIMARY KEY, refund_id uuid REFERENCES refunds (id));
CREATE INDEX idx_refund_lines_refund_id ON refund_lines (refund_id);
CREATE FUNCTION nothing() RETURNS void LANGUAGE sql AS $$ SELECT 1 $$;
"""
PATH = "payments/billing/refunds"
pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "schema.sql"
    path.write_text(SQL)
    return str(path)


def test_it_counts_what_it_took_as_json(feature: Feature, file: str) -> None:
    answer = json.loads(call("import_schema", PATH, file, "--format", "json")[0])
    counts = ("tables", "columns", "foreign_keys", "indexes", "checks")
    assert [answer[name] for name in counts] == [2, 4, 1, 1, 1]
    assert [(each["line"], each["statement"][:15]) for each in answer["skipped"]] == [(5, "CREATE FUNCTION")]
    assert all(each["reason"] for each in answer["skipped"])
    assert Entity.objects.filter(feature=feature).count() == 2


def test_each_statement_not_taken_is_a_line_on_standard_error(feature: Feature, file: str) -> None:
    out, error = call("import_schema", PATH, file, "--dialect", "postgres")
    assert "2 tables, 4 columns, 1 foreign key, 1 index, 1 check" in out
    assert error.startswith("line 5: ")
    assert error.count("\n") == 1


def test_what_is_missing_of_the_path_is_made_on_request(db: None, file: str, owner: User) -> None:
    call("import_schema", "shop/stock/ware-houses", file, "--create", "--as", owner.email)
    made = Feature.objects.get(key="ware-houses", epic__key="stock", epic__project__key="shop")
    assert (made.title, made.epic.title, made.epic.project.title) == ("Ware houses", "Stock", "Shop")
    assert Membership.objects.filter(project__key="shop", user=owner, role="owner").exists()


def test_a_project_made_for_nobody_becomes_that_of_the_first_person_named(db: None, file: str, owner: User) -> None:
    call("import_schema", "shop/stock/one", file, "--create")
    call("import_schema", "shop/stock/two", file, "--create", "--as", owner.email)
    assert Membership.objects.get(project__key="shop").user == owner


def test_the_actor_stands_in_the_history(feature: Feature, file: str, architect: User) -> None:
    call("import_schema", PATH, file, "--as", architect.email.upper())
    assert Event.objects.get(feature=feature).actor == architect


def test_without_actor_it_is_the_command_line(feature: Feature, file: str) -> None:
    call("import_schema", PATH, file)
    assert Event.objects.get(feature=feature).actor_name == "command line"


def test_importing_again_is_refused_with_every_clash(feature: Feature, file: str) -> None:
    call("import_schema", PATH, file)
    with pytest.raises(Problems) as refused:
        call("import_schema", PATH, file)
    assert refused.value.returncode == 1
    assert [line.split("“")[1].split("”")[0] for line in refused.value.lines] == ["refunds", "refund_lines"]


def test_replacing_keeps_the_uids_of_what_keeps_its_name(feature: Feature, file: str) -> None:
    call("import_schema", PATH, file)
    before = set(Entity.objects.values_list("uid", flat=True))
    call("import_schema", PATH, file, "--replace")
    assert set(Entity.objects.values_list("uid", flat=True)) == before


@pytest.mark.parametrize(
    ("words", "returncode", "says"),
    [
        ((PATH, "/no/such/file.sql"), 2, "No such file"),
        (("payments/billing", "FILE"), 2, "PROJECT/EPIC/FEATURE"),
        (("payments/billing/nothing", "FILE"), 2, "There is no feature"),
        (("nothing/billing/refunds", "FILE"), 2, "There is no project"),
        (("No Key/b/c", "FILE", "--create"), 2, "key"),
        ((PATH, "FILE", "--as", "nobody@example.org"), 2, "Nobody here"),
        ((PATH, "FILE", "--as", "viewer@example.org"), 1, "Only owners and architects"),
    ],
)
def test_wrong_use_and_refusals_have_codes_and_say_why(
    words: tuple[str, ...], returncode: int, says: str, feature: Feature, file: str
) -> None:
    with pytest.raises(Problems, match=says) as refused:
        call("import_schema", *(file if word == "FILE" else word for word in words))
    assert refused.value.returncode == returncode
    assert not Entity.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not a text file"),
        (b"SQLite format 3\0", "SQLite database itself"),
        (b"SELECT 1;", "creates no table"),
        (b"-" * (11 * 1024 * 1024), "at most 10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    content: bytes, says: str, feature: Feature, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Problems, match=says) as refused:
        call("import_schema", PATH, str(path))
    assert refused.value.returncode == 1
    assert len(refused.value.lines) == 1


def test_a_refused_import_leaves_no_half_made_path(db: None, tmp_path: Path) -> None:
    path = tmp_path / "schema.sql"
    path.write_text("SELECT 1;")
    with pytest.raises(Problems):
        call("import_schema", "shop/stock/one", str(path), "--create")
    assert not Project.objects.exists()


def test_a_former_key_finds_the_feature(feature: Feature, file: str) -> None:
    feature.aliases.create(epic=feature.epic, key="returns")
    make_feature("payments/billing/other")
    call("import_schema", "payments/billing/returns", file)
    assert Entity.objects.filter(feature=feature).count() == 2
