"""The import page: bring a file, look at what was read, then save all of it or nothing."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.access import features
from projects.design.digest import design_json
from projects.models import Entity, Event, Feature, PendingImport, Store, User
from projects.snapshot.take import take
from projects.workflow.apply_import import apply_import
from tests.conftest import CAST
from tests.factories import NOON, make_feature
from tests.projects.snapshot.sized import sized_design

KEYS = {"project": "payments", "epic": "billing", "feature": "refunds"}
NEW = "/projects/payments/billing/refunds/import/"
SQL = """CREATE TABLE refunds (id uuid PRIMARY KEY);
CREATE TABLE refund_lines (id uuid PRIMARY KEY, refund_id uuid REFERENCES refunds (id));
CREATE VIEW nothing AS SELECT 1;
INSERT INTO refunds VALUES (1);
INSERT INTO refunds VALUES (2);
"""
pytestmark = pytest.mark.django_db


def bring(client: Client, text: str = SQL, dialect: str = "") -> HttpResponse:
    return client.post(NEW, {"text": text, "dialect": dialect})


def upload(client: Client, content: bytes, name: str = "schema.sql") -> HttpResponse:
    return client.post(NEW, {"file": SimpleUploadedFile(name, content)})


def preview_of(client: Client, text: str = SQL) -> str:
    response = bring(client, text)
    assert response.status_code == 302, response.content.decode()
    return str(response.headers["Location"])


def ticked(html: str) -> list[str]:
    return re.findall(r'name="take" value="([^"]+)"[^>]* checked', html)


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize(("name", "status"), [*zip(CAST, (200, 200, 403, 403, 404, 302), strict=True)])
def test_owners_and_architects_import(
    name: str, status: int, feature: Feature, client_of: Callable[[str], Client]
) -> None:
    assert client_of(name).get(NEW).status_code == status


def test_nothing_is_saved_before_the_person_confirms(feature: Feature, architect_client: Client) -> None:
    html = page(architect_client, preview_of(architect_client))
    assert "Nothing is saved until you confirm" in html
    assert "refund_lines" in html
    assert not Entity.objects.exists()
    assert not Event.objects.filter(feature=feature).exists()


def test_the_preview_counts_what_was_read_and_groups_what_was_not(feature: Feature, architect_client: Client) -> None:
    html = page(architect_client, preview_of(architect_client))
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", html))
    assert facts == {"Tables": "2", "Columns": "3", "Foreign keys": "1", "Indexes": "0", "Checks": "0"}
    assert "2 of 5 statements were taken" in html
    assert html.count("Rows of data are not part of a design.") == 1
    for statement in ("CREATE VIEW nothing", "VALUES (1)", "VALUES (2)"):
        assert statement in html


def test_confirming_saves_everything_in_one_event_and_leads_to_the_data_model(
    feature: Feature, architect_client: Client, architect: User
) -> None:
    address = preview_of(architect_client)
    response = architect_client.post(address, {"take": ticked(page(architect_client, address))})
    assert response.headers["Location"] == reverse("step", kwargs=KEYS | {"step": "data-model"})
    assert set(Entity.objects.values_list("name", flat=True)) == {"refunds", "refund_lines"}
    assert Event.objects.get(feature=feature).actor == architect
    assert not PendingImport.objects.exists()


def test_an_entity_that_is_not_ticked_is_left_out(feature: Feature, architect_client: Client) -> None:
    address = preview_of(architect_client)
    architect_client.post(address, {"take": ticked(page(architect_client, address))[1:]})
    assert [entity.name for entity in Entity.objects.all()] == ["refund_lines"]


def test_with_nothing_ticked_nothing_is_imported(feature: Feature, architect_client: Client) -> None:
    response = architect_client.post(preview_of(architect_client), {})
    assert response.status_code == 422
    assert "No entity is ticked" in response.content.decode()


def test_discarding_saves_nothing_and_forgets_the_file(feature: Feature, architect_client: Client) -> None:
    address = preview_of(architect_client)
    assert architect_client.post(address, {"discard": "1"}).headers["Location"] == NEW
    assert not PendingImport.objects.exists()
    assert not Entity.objects.exists()


def test_what_is_in_the_design_already_is_marked_and_not_ticked(feature: Feature, architect_client: Client) -> None:
    first = preview_of(architect_client, "CREATE TABLE Refunds (id uuid PRIMARY KEY);")
    architect_client.post(first, {"take": ticked(page(architect_client, first))})
    html = page(architect_client, preview_of(architect_client))
    assert "One entity of the file is in this design already" in html
    assert len(ticked(html)) == 1


def test_a_clash_is_explained_and_the_choices_stay(feature: Feature, architect_client: Client) -> None:
    address = preview_of(architect_client)
    both = ticked(page(architect_client, address))
    other = preview_of(architect_client, "CREATE TABLE refunds (id uuid PRIMARY KEY);")
    architect_client.post(other, {"take": ticked(page(architect_client, other))})
    response = architect_client.post(address, {"take": both})
    assert response.status_code == 422
    assert "There is an entity “refunds” in this design already." in response.content.decode()
    assert ticked(response.content.decode()) == both


def test_replacing_keeps_the_identity_of_what_keeps_its_name(feature: Feature, architect_client: Client) -> None:
    for data in ({}, {"replace": "1"}):
        address = preview_of(architect_client)
        html = page(architect_client, address)
        uids = re.findall(r'name="take" value="([^"]+)"', html)
        before = set(Entity.objects.values_list("uid", flat=True))
        architect_client.post(address, {"take": uids} | data)
    assert set(Entity.objects.values_list("uid", flat=True)) == before


def test_a_design_file_is_recognised_and_brought_in_whole(feature: Feature, architect_client: Client) -> None:
    response = upload(architect_client, design_json(sized_design(2)).encode(), "refunds.json")
    architect_client.post(response.headers["Location"], {})
    assert take(features().get(pk=feature.pk)).entities == sized_design(2).entities
    assert Store.objects.filter(feature=feature).exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "This file is empty."),
        (b"  \n", "This file is empty."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "This is not a text file."),
        (b"CREATE TABLE refunds (id uuid", "ine 1"),
        (b"hello", "creates no table"),
        (b"{", "This is not a design file"),
        (b'{"format": 99}', "format 99"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_in_one_message(
    content: bytes, says: str, feature: Feature, architect_client: Client
) -> None:
    response = upload(architect_client, content)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not PendingImport.objects.exists()


def test_twenty_megabytes_are_refused_by_their_size(feature: Feature, architect_client: Client) -> None:
    response = upload(architect_client, b"-" * 20_000_000)
    assert response.status_code == 422
    assert "This file has 19.1 MB; at most 10 MB can be read." in response.content.decode()


def test_another_dialect_is_named(feature: Feature, architect_client: Client) -> None:
    response = bring(architect_client, "CREATE TABLE `a` (`id` int AUTO_INCREMENT) ENGINE=InnoDB;", "postgres")
    text = (
        response.content.decode()
        if response.status_code == 422
        else page(architect_client, response.headers["Location"])
    )
    assert "MySQL" in text


def test_what_was_pasted_is_kept_when_it_cannot_be_read(feature: Feature, architect_client: Client) -> None:
    response = bring(architect_client, "SELECT '<script>alert(1)</script>';\n", "sqlite")
    html = response.content.decode()
    assert response.status_code == 422
    assert "SELECT &#x27;&lt;script&gt;alert(1)&lt;/script&gt;&#x27;;" in html
    assert '<option value="sqlite" selected>' in html


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"text": "  "}, "Choose a file, or paste the definitions below."),
        ({"text": SQL, "file": SimpleUploadedFile("a.sql", b"x")}, "Bring one of them."),
        ({"text": SQL, "dialect": "cobol"}, "cobol"),
    ],
)
def test_a_form_that_says_too_little_or_too_much_is_sent_back(
    data: dict[str, object], says: str, feature: Feature, architect_client: Client
) -> None:
    response = architect_client.post(NEW, data)
    assert response.status_code == 422
    assert says in response.content.decode()


def test_markup_in_a_schema_stays_text(feature: Feature, architect_client: Client) -> None:
    hostile = 'CREATE TABLE "<script>alert(1)</script>" (id uuid PRIMARY KEY); CREATE VIEW "<b>" AS SELECT 1;'
    html = page(architect_client, preview_of(architect_client, hostile))
    assert "<script>alert" not in html
    assert "<b>" not in html


def test_a_preview_is_seen_by_nobody_else(feature: Feature, architect_client: Client, owner_client: Client) -> None:
    address = preview_of(architect_client)
    assert owner_client.get(address).status_code == 404
    assert owner_client.post(address, {"discard": "1"}).status_code == 404
    assert PendingImport.objects.exists()


def test_a_preview_belongs_to_its_feature(feature: Feature, architect_client: Client) -> None:
    pending = preview_of(architect_client).rstrip("/").rpartition("/")[2]
    make_feature("payments/billing/disputes")
    elsewhere = reverse("schema-import-preview", kwargs=KEYS | {"feature": "disputes", "pending": pending})
    assert architect_client.get(elsewhere).status_code == 404


def test_previews_of_yesterday_are_forgotten_with_the_next_import(feature: Feature, architect_client: Client) -> None:
    preview_of(architect_client)
    PendingImport.objects.update(created_at=timezone.now() - timedelta(hours=25))
    preview_of(architect_client)
    assert PendingImport.objects.count() == 1


def test_the_preview_asks_as_often_for_many_entities_as_for_few(
    feature: Feature, architect_client: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    apply_import(feature, sized_design(5), actor=None, now=NOON)
    tables = "".join(f"CREATE TABLE t{number} (id uuid PRIMARY KEY);" for number in range(60))
    address = preview_of(architect_client, tables)
    page(architect_client, address)
    with django_assert_max_num_queries(12):
        assert "t59" in page(architect_client, address)
