"""manage.py export_design and import_design: a design goes out and comes back without loss."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.db.models import QuerySet

from projects.access import features
from projects.design import tree
from projects.design.digest import design_json
from projects.exporters.archive import zip_bytes
from projects.importers.source_document import read_source
from projects.management.design_command import Problems, WrongUse
from projects.models import Conventions, Entity, Event, Feature, Project, Source, StoredFile, User
from projects.snapshot.handbook import write_policies
from projects.snapshot.policies import policies_of
from projects.snapshot.take import take
from projects.workflow.apply_import import apply_import
from projects.workflow.editing import editing
from projects.workflow.stored_files import file_of, keep_file
from tests.factories import NOON
from tests.projects.commands.calling import call
from tests.projects.snapshot.sized import sized_design

PATH = "payments/billing/refunds"
pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(feature: Feature) -> Feature:
    apply_import(feature, sized_design(3), actor=None, now=NOON)
    Conventions.objects.filter(project=feature.epic.project).update(primary_key_name="key")
    return features().get(pk=feature.pk)


@pytest.fixture
def file(filled: Feature, tmp_path: Path) -> Path:
    path = tmp_path / "deep" / "refunds.json"
    call("export_design", PATH, "--out", str(path))
    return path


def taken(path: str) -> str:
    project, epic, key = path.split("/")
    return design_json(take(features().get(key=key, epic__key=epic, epic__project__key=project)))


def test_the_file_holds_the_canonical_bytes(filled: Feature, file: Path) -> None:
    assert file.read_text() == design_json(take(filled))


def test_without_out_the_design_goes_to_standard_output(filled: Feature) -> None:
    assert json.loads(call("export_design", PATH)[0])["format"] == 1


def test_a_file_leaves_nothing_else_behind(file: Path) -> None:
    assert [path.name for path in file.parent.iterdir()] == ["refunds.json"]


def test_out_and_in_again_gives_the_same_digest(file: Path, filled: Feature) -> None:
    before = taken(PATH)
    filled.epic.project.memberships.all().delete()
    Entity.objects.all().delete()
    call("import_design", str(file), "--replace")
    assert taken(PATH) == before


def test_into_a_new_project_the_conventions_come_along(file: Path, owner: User) -> None:
    call("import_design", str(file), "--project", "elsewhere", "--create", "--as", owner.email)
    there, here = json.loads(taken("elsewhere/billing/refunds")), json.loads(taken(PATH))
    assert there["conventions"] == {"primary_key_name": "key"}
    there["identity"]["project_key"] = "payments"
    assert there == here


def test_into_a_project_with_other_conventions_its_own_stay_and_it_says_so(file: Path, filled: Feature) -> None:
    Conventions.objects.update(primary_key_name="uid")
    assert "the project's stay" in call("import_design", str(file), "--replace")[0]
    assert Conventions.objects.get().primary_key_name == "uid"


POLICIES = tree.Policies(
    migration=tree.MigrationPolicy(tool="Flyway 10"),
    retention_rules=(tree.RetentionRule(uid=uuid4(), name="Accounting", kept_for="10 years"),),
)


def test_into_a_new_project_the_policies_come_along(filled: Feature, owner: User, tmp_path: Path) -> None:
    write_policies(filled.epic.project, POLICIES)
    path = tmp_path / "refunds.json"
    call("export_design", PATH, "--out", str(path))
    told = call("import_design", str(path), "--project", "elsewhere", "--create", "--as", owner.email)[0]
    assert policies_of(Project.objects.get(key="elsewhere")) == POLICIES
    assert "other policies" not in told


def test_into_a_project_with_other_policies_its_own_stay_and_it_says_so(file: Path, filled: Feature) -> None:
    write_policies(filled.epic.project, POLICIES)
    told = call("import_design", str(file), "--replace")[0]
    assert "The file has other policies than the project; the project's stay." in told
    assert json.loads(taken(PATH))["policies"]["migration"] == {"tool": "Flyway 10"}


def test_the_same_design_twice_is_refused(file: Path) -> None:
    with pytest.raises(Problems, match="There is an entity “entities_0000”") as refused:
        call("import_design", str(file))
    assert refused.value.returncode == 1


def test_a_feature_that_is_missing_is_made_only_on_request(file: Path) -> None:
    with pytest.raises(Problems) as refused:
        call("import_design", str(file), "--project", "elsewhere")
    assert refused.value.returncode == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 99}', '{"format": 1}', "CREATE TABLE a (b int);"])
def test_what_is_no_design_file_is_refused_in_one_sentence(text: str, feature: Feature, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(text)
    with pytest.raises(Problems) as refused:
        call("import_design", str(path))
    assert refused.value.returncode == 1
    assert len(refused.value.lines) == 1


@pytest.mark.parametrize(("revision", "returncode"), [("draft", None), ("approved", 1), ("3", 1), ("latest", 2)])
def test_without_a_submission_only_the_draft_can_be_asked_for(
    revision: str, returncode: int | None, filled: Feature
) -> None:
    if returncode is None:
        assert call("export_design", PATH, "--revision", revision)[0]
        return
    with pytest.raises(Problems, match="revision") as refused:
        call("export_design", PATH, "--revision", revision)
    assert refused.value.returncode == returncode


def test_an_archive_brings_the_files_of_the_sources_along(filled: Feature, architect: User, tmp_path: Path) -> None:
    with editing(filled, actor=architect, now=NOON) as door:
        source = Source(kind="prd", title="PRD", file_name="prd.md")
        source.file_digest = keep_file(door, read_source("prd.md", b"# PRD"))
        door.create(source)
    before, path = taken(PATH), tmp_path / "refunds.zip"
    call("export_design", PATH, "--archive", "--out", str(path))
    QuerySet(Event).filter(verb="uploaded").update(verb="forgotten")
    StoredFile.objects.all().delete()
    call("import_design", str(path), "--replace")
    assert taken(PATH) == before
    assert file_of(Source.objects.get(title="PRD"), filled.epic.project) == StoredFile.objects.get()
    assert StoredFile.objects.get().text == "# PRD"


def test_an_archive_needs_a_file_to_go_into(filled: Feature) -> None:
    with pytest.raises(WrongUse, match="--out FILE"):
        call("export_design", PATH, "--archive")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"other.json": b"{}"}, "holds no design.json"),
        ({"design.json": b"{}"}, "not a design file"),
        ({"files/a.md": b"# A"}, "files/a.md is the file of no source"),
    ],
)
def test_an_archive_that_is_none_changes_nothing(
    files: dict[str, bytes], says: str, filled: Feature, tmp_path: Path
) -> None:
    before, path = taken(PATH), tmp_path / "refunds.zip"
    held = {"design.json": design_json(take(filled)).encode()} if "files/a.md" in files else {}
    path.write_bytes(zip_bytes(held | files))
    with pytest.raises(Problems, match=says):
        call("import_design", str(path), "--replace")
    assert taken(PATH) == before
