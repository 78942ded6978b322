"""Step 10: DTOs and their fields, what leads where, and DTOs from an API description."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects.models import Dto, DtoField, DtoSource, Entity, EntityField, Event, Feature, PendingImport
from tests.factories import make_entity

HTMX = {"HX-Request": "true"}
BASE = "/projects/payments/billing/refunds/"
STEP = f"{BASE}steps/contracts/"
IMPORT = f"{BASE}dtos/import/"


@pytest.fixture
def entity(feature: Feature) -> Entity:
    return make_entity(feature, "users", "id uuid", "first_name varchar(64)", "last_name text", "is_active boolean")


@pytest.fixture
def dto(feature: Feature, entity: Entity) -> Dto:
    return Dto.objects.create(feature=feature, name="UserResponse", entity=entity)


def add(client: Client, dto: Dto, **cells: Any) -> Any:
    data = {f"new-{name}": value for name, value in cells.items()} | {"at": str(dto.uid)}
    return client.post(f"{BASE}rows/dto-fields/new/", data, headers=HTMX)


def sources(field: DtoField) -> list[str]:
    return [source.field.name for source in field.sources.order_by("position")]


def mapping(client: Client, dto: Dto) -> str:
    return client.get(f"{BASE}companion/?step=contracts&companion=mapping&at={dto.uid}").content.decode()


def test_stored_fields_are_named_as_text(architect_client: Client, dto: Dto) -> None:
    answer = add(architect_client, dto, name="fullName", sources_text="users.first_name, last_name", kind="computed")
    assert answer.status_code == 200
    assert sources(DtoField.objects.get()) == ["first_name", "last_name"]
    assert "first_name, last_name" in architect_client.get(f"{STEP}?at={dto.uid}").content.decode()


def test_a_field_that_names_stored_ones_and_says_no_more_is_stored(architect_client: Client, dto: Dto) -> None:
    add(architect_client, dto, name="id", sources_text="id")
    assert DtoField.objects.get().kind == "stored"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"sources_text": "frist_name"}, "Did you mean first_name?"),
        ({"sources_text": "id", "kind": "unstored"}, "Clear them if it is neither."),
        ({"name": "ID"}, "Another field of this DTO has this name."),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    architect_client: Client, feature: Feature, dto: Dto, cells: dict[str, str], reason: str
) -> None:
    DtoField.objects.create(feature=feature, dto=dto, name="id")
    answer = add(architect_client, dto, **{"name": "other"} | cells)
    assert answer.status_code == 422
    assert reason in answer.content.decode()


def test_the_main_entity_is_typed_by_its_name(architect_client: Client, dto: Dto) -> None:
    def send(version: int, name: str) -> Any:
        cells = {"version": version, "name": "UserResponse", "entity_name": name}
        data = {f"{dto.uid}-{cell}": value for cell, value in cells.items()}
        return architect_client.post(f"{BASE}rows/dtos/{dto.uid}/", data, headers=HTMX)

    assert send(1, "user").status_code == 422
    assert send(1, "").status_code == 200
    assert Dto.objects.get().entity is None


def test_fields_are_pasted_from_a_spreadsheet(architect_client: Client, dto: Dto) -> None:
    text = "DTO field\tType\tReq.\tData fields\nid\tstring\tx\tusers.id\nnote\tstring\t\t"
    architect_client.post(f"{BASE}rows/dto-fields/paste/?at={dto.uid}", {"rows": text, "save": "1"})
    first, second = DtoField.objects.order_by("position")
    assert (first.is_required, sources(first), second.is_required, sources(second)) == (True, ["id"], False, [])


def test_the_fields_of_the_main_entity_are_mapped_in_one_click(architect_client: Client, dto: Dto) -> None:
    add(architect_client, dto, name="id", sources_text="id")
    architect_client.post(f"{BASE}rows/dto-fields/fill/?at={dto.uid}")
    made = {field.name: (field.type, field.limits, sources(field)) for field in DtoField.objects.all()}
    assert made["firstName"] == ("string", "at most 64 characters", ["first_name"])
    assert made["isActive"] == ("boolean", "", ["is_active"])
    assert len(made) == 4
    assert "Map the fields" not in architect_client.get(f"{STEP}?at={dto.uid}").content.decode()


def test_a_request_is_not_given_what_the_system_sets(architect_client: Client, dto: Dto) -> None:
    Dto.objects.update(direction="request")
    architect_client.post(f"{BASE}rows/dto-fields/fill/?at={dto.uid}")
    assert "id" not in DtoField.objects.values_list("name", flat=True)


def test_the_matrix_shows_what_leads_nowhere_on_either_side(architect_client: Client, dto: Dto) -> None:
    EntityField.objects.filter(name="last_name").update(is_required=True)
    add(architect_client, dto, name="firstName", sources_text="first_name")
    add(architect_client, dto, name="nickname")
    text = mapping(architect_client, dto)
    assert "UserResponse.nickname" in text
    assert 'dir="auto">users.last_name</a></li>' in text
    assert text.count('class="visually-hidden">mapped<') == 1
    add(architect_client, dto, name="lastName", sources_text="last_name")
    assert 'dir="auto">users.last_name</a></li>' not in mapping(architect_client, dto)


def test_deleting_a_stored_field_leaves_the_dto_field_open(architect_client: Client, dto: Dto) -> None:
    add(architect_client, dto, name="firstName", sources_text="first_name")
    EntityField.objects.get(name="first_name").delete()
    assert not DtoSource.objects.exists()
    assert "UserResponse.firstName" in mapping(architect_client, dto)


def test_hostile_names_stay_text(architect_client: Client, feature: Feature) -> None:
    bad = Dto.objects.create(feature=feature, name="<script>alert(1)</script>")
    DtoField.objects.create(feature=feature, dto=bad, name='"><img src=x onerror=alert(1)>')
    page = architect_client.get(f"{STEP}?at={bad.uid}").content.decode() + mapping(architect_client, bad)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


API = {
    "openapi": "3.0.3",
    "components": {
        "schemas": {
            "UserResponse": {"required": ["id"], "properties": {"id": {"type": "string"}, "age": {"type": "integer"}}},
            "Order": {"properties": {"lines": {"type": "array", "items": {"properties": {"sku": {"type": "string"}}}}}},
            "State": {"type": "string", "enum": ["open"]},
        }
    },
}


def bring(client: Client, text: str) -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile("api.json", text.encode())})


def test_dtos_of_an_api_description_are_shown_before_anything_is_saved(architect_client: Client, dto: Dto) -> None:
    preview = bring(architect_client, json.dumps(API)).headers["Location"]
    text = architect_client.get(preview).content.decode()
    assert "there, lacks 2 fields" in text
    assert "lines.sku" in text
    assert "It is a list of values" in text
    assert Dto.objects.count() == 1


def test_ticked_dtos_are_added_and_known_ones_get_what_they_lack(architect_client: Client, dto: Dto) -> None:
    DtoField.objects.create(feature=dto.feature, dto=dto, name="ID", type="uuid", position=5)
    preview = bring(architect_client, json.dumps(API)).headers["Location"]
    design = json.loads(PendingImport.objects.get().design)
    uids = [each["uid"] for each in design["dtos"]]
    architect_client.post(preview, {"take": uids})
    names = list(DtoField.objects.filter(dto=dto).order_by("position").values_list("name", "type"))
    assert names == [("ID", "uuid"), ("age", "integer")]
    assert list(Dto.objects.order_by("position").values_list("name", flat=True)) == ["UserResponse", "Order"]
    event = Event.objects.get(verb="imported")
    architect_client.post(f"{BASE}history/{event.sequence}/undo/")
    assert list(DtoField.objects.values_list("name", flat=True)) == ["ID"]


def test_nothing_ticked_saves_nothing(architect_client: Client, feature: Feature) -> None:
    preview = bring(architect_client, json.dumps(API)).headers["Location"]
    answer = architect_client.post(preview, {})
    assert answer.status_code == 422
    assert "No DTO is ticked" in answer.content.decode()
    assert not Dto.objects.exists()
    architect_client.post(preview, {"discard": "1"})
    assert architect_client.get(preview).status_code == 404


@pytest.mark.parametrize(("text", "reason"), [("openapi: 3.0.0", "YAML"), ("{}", "no schemas"), ("", "empty")])
def test_a_file_that_cannot_be_read_says_why(
    architect_client: Client, feature: Feature, text: str, reason: str
) -> None:
    answer = bring(architect_client, text)
    assert answer.status_code == 422
    assert reason in answer.content.decode()


def test_viewers_and_outsiders_are_refused(
    viewer_client: Client, outsider_client: Client, owner_client: Client, architect_client: Client, dto: Dto
) -> None:
    fill = f"{BASE}rows/dto-fields/fill/?at={dto.uid}"
    for client, status in ((viewer_client, 403), (outsider_client, 404)):
        answers = [add(client, dto, name="x"), client.post(fill), client.get(IMPORT), bring(client, json.dumps(API))]
        assert {answer.status_code for answer in answers} == {status}
    mine = bring(architect_client, json.dumps(API)).headers["Location"]
    assert owner_client.get(mine).status_code == 404
    assert architect_client.get(mine.replace("dtos/import", "import")).status_code == 404
    assert not DtoField.objects.exists()
