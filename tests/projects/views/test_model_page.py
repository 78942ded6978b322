"""The page with the whole model of a project, its dictionary as CSV and its diagram as Markdown."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.access import features
from projects.exporters.whole_model import COLUMNS, plain
from projects.models import Entity, EntityField, Feature, KeySpace, Project, Reuse, Store
from projects.snapshot.current import current_designs
from projects.workflow.editing import editing
from projects.workflow.project_model import project_findings
from tests.factories import NOON, make_entity, make_feature

PAGE, FILE, DIAGRAM = "/projects/payments/model/", "/projects/payments/model/dictionary.csv", "model/diagram.md"
pytestmark = pytest.mark.django_db


def body(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def lines(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, f"{FILE}{query}"))))


@pytest.fixture
def shared(feature: Feature) -> Feature:
    """Refunds, which reuse payments of a feature in another epic."""
    owner = make_feature("payments/ledger/payments")
    payments = make_entity(owner, "payments", "id uuid", "amount_minor bigint")
    with editing(feature, actor=None, now=NOON) as door:
        door.create(Reuse(entity=payments))
    make_entity(feature, "refunds", "id uuid", "payment_id uuid")
    return feature


@pytest.mark.parametrize("address", ["", "dictionary.csv", "diagram.md"])
def test_members_read_the_model_and_others_do_not_learn_of_it(
    address: str, shared: Feature, client_of: Callable[[str], Client]
) -> None:
    answers = {name: client_of(name).get(f"{PAGE}{address}").status_code for name in ("viewer", "reviewer", "outsider")}
    assert answers == {"viewer": 200, "reviewer": 200, "outsider": 404}
    assert client_of("nobody").get(f"{PAGE}{address}").status_code == 302
    assert client_of("owner").get(f"/projects/elsewhere/model/{address}").status_code == 404
    assert client_of("owner").post(f"{PAGE}{address}").status_code == 405


def test_an_empty_project_says_what_will_be_there(project: Project, viewer_client: Client) -> None:
    page = body(viewer_client)
    assert "drawn from the tables of all features" in page
    assert "lists every entity of all features" in page
    assert lines(viewer_client) == []
    assert "No feature has a table yet" in body(viewer_client, f"/projects/payments/{DIAGRAM}")


def test_what_features_share_is_there_once_and_says_so(shared: Feature, viewer_client: Client) -> None:
    page = body(viewer_client)
    assert page.count(">shared</text>") == 1
    assert "shared: ledger/payments, billing/refunds" in page
    payments = Entity.objects.get(name="payments")
    assert page.count(f"/projects/payments/ledger/payments/steps/data-model/?at={payments.uid}") == 2
    row, *_ = lines(viewer_client)
    assert tuple(row) == COLUMNS
    assert list(row.values()) == [
        *("payments", "id", "uuid", "no", "PK", "", "", "ledger/payments (draft)", "ledger/payments, billing/refunds")
    ]


def test_an_epic_shows_its_own_and_what_it_reuses(shared: Feature, viewer_client: Client) -> None:
    make_entity(make_feature("payments/ledger/postings"), "postings", "id uuid")
    assert {row["Entity"] for row in lines(viewer_client, "?epic=billing")} == {"payments", "refunds"}
    assert {row["Entity"] for row in lines(viewer_client, "?epic=nowhere")} == {"payments", "postings", "refunds"}
    page = body(viewer_client, f"{PAGE}?epic=billing")
    assert ">reused</text>" in page
    assert "postings" not in page
    assert 'href="/projects/payments/model/dictionary.csv?epic=billing"' in page


def test_the_dictionary_is_filtered_by_a_text(shared: Feature, viewer_client: Client) -> None:
    assert [row["Field"] for row in lines(viewer_client, "?q=AMOUNT")] == ["amount_minor"]
    assert [row["Field"] for row in lines(viewer_client, "?q=refunds+payment_id")] == ["payment_id"]
    assert len(lines(viewer_client, "?q=billing/refunds+table")) == 4
    part = viewer_client.get(f"{PAGE}?q=nothing", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="dictionary">')
    assert "Nothing in the dictionary is about" in part


def test_many_entities_come_in_pages(feature: Feature, viewer_client: Client) -> None:
    rows = [Entity(feature=feature, name=f"table_{number:03}", position=number) for number in range(60)]
    Entity.objects.bulk_create(rows)
    first = viewer_client.get(f"{PAGE}?fields=keys").context["model"]
    assert (len(list(first.rows())), first.page.paginator.num_pages) == (50, 2)
    assert not first.shows_all
    assert "table_059" in body(viewer_client, f"{PAGE}?page=2")
    assert body(viewer_client, f"{PAGE}?page=no-number")
    assert len(lines(viewer_client)) == 60


HOSTILE = ("<script>alert(1)</script>", "a|b", "=1+1", "😀" * 30, "\u202eשלום", '"quoted", with a comma', "x" * 60)


def test_hostile_names_stay_text(feature: Feature, viewer_client: Client) -> None:
    for name in HOSTILE:
        entity = make_entity(feature, name)
        EntityField.objects.create(feature=feature, entity=entity, name=name, type=name, description=name, position=1)
    page = body(viewer_client)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    found = {row["Field"] for row in lines(viewer_client)}
    assert found == {*HOSTILE} - {"=1+1"} | {"'=1+1"}
    assert "<script>" not in body(viewer_client, f"/projects/payments/{DIAGRAM}")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum(a)", "\t=1", " =1", "＝1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert plain(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "amount", "a=b", "1-2", "'=1", "“-”"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert plain(cell) == cell


def test_a_table_that_two_features_define_differently_is_found(feature: Feature, viewer_client: Client) -> None:
    make_entity(feature, "refunds", "id uuid", "amount_minor bigint")
    second = make_entity(make_feature("payments/shop/orders"), "Refunds", "id uuid", "amount_minor text")
    page = body(viewer_client)
    assert "shop/orders · Refunds" in page
    assert "amount_minor is text here and bigint there" in page
    assert f"/projects/payments/shop/orders/steps/data-model/?at={second.uid}#row-{second.uid}" in page
    assert page.count('class="erd-box-faulty"') == 2
    (found,) = project_findings(feature.epic.project) or ()
    assert (found.feature, found.finding.rule) == ("shop/orders", "table-defined-twice-differently")
    assert "shop/orders · Refunds" not in body(viewer_client, f"{PAGE}?epic=billing")


def test_a_table_that_only_one_feature_places_is_a_question(feature: Feature, viewer_client: Client) -> None:
    make_entity(feature, "refunds", "id uuid")
    other = make_feature("payments/shop/orders")
    other_table = make_entity(other, "refunds", "id uuid")
    other_table.store = Store.objects.create(feature=other, name="main", kind="relational", system="PostgreSQL 16")
    other_table.save()
    assert "only one of them names a system: is it one table?" in body(viewer_client)


def test_key_spaces_stand_in_the_dictionary_too(feature: Feature, viewer_client: Client) -> None:
    keys = KeySpace.objects.create(feature=feature, pattern="session:{user_id}", value_type="JSON", position=1)
    (row,) = lines(viewer_client)
    assert (row["Entity"], row["Field"], row["Type"]) == ("session:{user_id}", "", "JSON")
    assert f"?at=key-spaces#row-{keys.uid}" in body(viewer_client)


def test_the_diagram_as_mermaid_says_what_is_shared(shared: Feature, viewer_client: Client) -> None:
    text = body(viewer_client, f"/projects/payments/{DIAGRAM}")
    assert "```mermaid\nerDiagram" in text
    assert "- `payments` of `ledger/payments`, reused by `billing/refunds`" in text


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        body(client, address)
    return len(asked)


def test_the_number_of_queries_does_not_depend_on_the_features(project: Project, viewer_client: Client) -> None:
    counted = []
    for number in range(30):
        make_entity(make_feature(f"payments/billing/feature-{number}"), f"table_{number}", "id uuid")
        if number in (2, 29):
            current_designs(features())
            counted.append([queries(viewer_client, address) for address in (f"{PAGE}?q=table", FILE)])
    assert counted[0] == counted[1]
    assert max(counted[0]) <= 9


def test_after_a_change_that_all_designs_depend_on_they_are_read_some_at_a_time(
    project: Project, viewer_client: Client
) -> None:
    for number in range(12):
        make_entity(make_feature(f"payments/billing/feature-{number}"), f"table_{number}", "id uuid")
    assert project_findings(project) is None
    waiting = viewer_client.get(PAGE)
    assert (waiting.status_code, waiting.headers["Refresh"]) == (202, "1")
    assert "10 of 12" in waiting.content.decode()
    assert "table_11" in body(viewer_client)
    assert project_findings(project) == ()


def test_a_part_leads_to_the_page_while_designs_are_read(project: Project, viewer_client: Client) -> None:
    for number in range(12):
        make_feature(f"payments/billing/feature-{number}")
    part = viewer_client.get(f"{PAGE}?q=id", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"], part.content) == (202, f"{PAGE}?q=id", b"")


def test_a_change_shows_at_once(feature: Feature, viewer_client: Client) -> None:
    entity = make_entity(feature, "refunds", "id uuid")
    assert "refunds" in body(viewer_client)
    entity.name = "returns"
    with editing(feature, actor=None, now=NOON) as door:
        door.update(entity, version=entity.version, changes={})
    assert "returns" in body(viewer_client)
