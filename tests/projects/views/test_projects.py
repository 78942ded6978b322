"""The list of projects, a project's page, its settings and history."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from projects import access
from projects.models import Conventions, Epic, Event, Feature, Membership, Project, Source, User
from projects.snapshot.current import current_design
from projects.workflow.editing import editing
from projects.workflow.events import broken_links
from projects.workflow.feature_list import RECOUNTED_AT_ONCE
from projects.workflow.progress import overview
from projects.workflow.projects import change_conventions
from tests.factories import NOON, make_epic, make_feature, make_project, make_user

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("1")</script> & `x` | שלום 🧾'
SIXTY = "n" * 60


def loaded(values: dict[str, str]) -> dict[str, str]:
    return {f"initial-{name}": value for name, value in values.items()}


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


# The list


def test_start_page_leads_to_the_projects(owner_client: Client) -> None:
    assert owner_client.get("/").headers["Location"] == "/projects/"


def test_list_shows_my_projects_with_roles_and_counts(project: Project, owner_client: Client) -> None:
    make_feature("payments/billing/refunds")
    page = owner_client.get("/projects/")
    found = page.context["current"][0]
    assert (found.title, found.my_roles, found.feature_count) == ("Payments platform", "Owner", 1)


def test_list_hides_projects_of_others(project: Project, outsider_client: Client) -> None:
    assert "Payments platform" not in text_of(outsider_client, "/projects/")


def test_list_invites_a_newcomer_to_create_a_project(outsider_client: Client) -> None:
    text = text_of(outsider_client, "/projects/")
    assert "No projects yet" in text
    assert reverse("project-new") in text


@pytest.mark.parametrize(("typed", "is_found"), [("PLATFORM", True), ("paym", True), ("%", False), ("none", False)])
def test_list_is_filtered_by_title_and_key(typed: str, is_found: bool, project: Project, owner_client: Client) -> None:
    page = owner_client.get("/projects/", {"q": typed})
    assert bool(page.context["current"]) is is_found


def test_archived_projects_are_folded_away(project: Project, owner_client: Client) -> None:
    Project.objects.update(is_archived=True)
    page = owner_client.get("/projects/")
    assert (list(page.context["current"]), list(page.context["archived"])) == ([], [project])


def test_htmx_gets_only_the_list(project: Project, owner_client: Client) -> None:
    answer = owner_client.get("/projects/", HTTP_HX_REQUEST="true")
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("number", [3, 120])
def test_list_takes_as_many_queries_for_few_as_for_many(
    number: int, owner: User, owner_client: Client, django_assert_max_num_queries: Callable
) -> None:
    projects = Project.objects.bulk_create(Project(key=f"p{n}", title=f"P {n}") for n in range(number))
    Conventions.objects.bulk_create(Conventions(project=each) for each in projects)
    Membership.objects.bulk_create(Membership(project=each, user=owner, role="owner") for each in projects)
    with django_assert_max_num_queries(6):
        page = owner_client.get("/projects/")
    assert len(page.context["current"]) == min(number, 100)


# A new project


def test_creator_owns_the_project_with_its_conventions(outsider: User, outsider_client: Client) -> None:
    answer = outsider_client.post("/projects/new/", {"title": "Ledger & Books", "key": "", "description": "Keeps."})
    project = Project.objects.get()
    assert answer.headers["Location"] == "/projects/ledger-books/"
    assert (project.key, project.description, project.conventions.version) == ("ledger-books", "Keeps.", 1)
    assert project.memberships.values_list("user", "role").get() == (outsider.pk, "owner")
    assert project.events.values_list("verb", "kind", "label").get() == ("created", "project", "Ledger & Books")


def test_key_is_proposed_from_the_title(project: Project, owner_client: Client) -> None:
    page = owner_client.get("/projects/new/", {"title": "Payments!"})
    assert page.context["form"]["key"].value() == "payments-2"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("payments", "Another project on this site has this key"),
        ("Upper Case", "Use small letters, digits and hyphens"),
        ("-a", "Use small letters, digits and hyphens"),
        ("settings", "is kept for the application"),
        ("conventions", "is kept for the application"),
        ("con", "is kept for the application"),
        ("k" * 65, "at most 64 characters"),
    ],
)
def test_wrong_key_is_explained_and_the_input_kept(key: str, said: str, project: Project, owner_client: Client) -> None:
    answer = owner_client.post("/projects/new/", {"title": "Other", "key": key, "description": "kept text"})
    text = answer.content.decode()
    assert (answer.status_code, said in text, "kept text" in text) == (422, True, True)
    assert Project.objects.count() == 1


def test_staff_alone_creates_projects_where_the_setting_says_so(owner_client: Client, settings: LazySettings) -> None:
    settings.PROJECT_CREATION = "staff"
    assert owner_client.get("/projects/new/").status_code == 403
    assert reverse("project-new") not in text_of(owner_client, "/projects/")


# Its page


def test_empty_project_says_what_belongs_there(project: Project, owner_client: Client, viewer_client: Client) -> None:
    url = reverse("project", args=["payments"])
    assert "No features yet" in text_of(owner_client, url)
    assert reverse("feature-new", args=["payments"]) not in text_of(viewer_client, url)


def test_features_stand_under_their_epics(project: Project, viewer_client: Client) -> None:
    for path in ("payments/ledger/postings", "payments/billing/refunds", "payments/billing/invoices"):
        make_feature(path)
    make_epic(project, "access")
    groups = viewer_client.get("/projects/payments/").context["list"].groups
    found = [(group.epic.key, [row.feature.key for row in group.features]) for group in groups]
    assert found == [("access", []), ("billing", ["invoices", "refunds"]), ("ledger", ["postings"])]


@pytest.mark.parametrize(
    ("query", "keys"), [({"q": "refu"}, ["refunds"]), ({"q": "LEDG"}, ["postings"]), ({"epic": "ledger"}, ["postings"])]
)
def test_features_are_filtered(query: dict[str, str], keys: list[str], project: Project, viewer_client: Client) -> None:
    make_feature("payments/ledger/postings")
    make_feature("payments/billing/refunds")
    groups = viewer_client.get("/projects/payments/", query).context["list"].groups
    assert [row.feature.key for group in groups for row in group.features] == keys


def many_features(project: Project, number: int) -> None:
    epic = make_epic(project, "billing")
    Feature.objects.bulk_create(
        Feature(epic=epic, key=f"f{n:04}", title=f"F {n:04}", changed_at=NOON) for n in range(number)
    )


@pytest.mark.parametrize("number", [5, 105])
def test_page_takes_as_many_queries_for_few_features_as_for_many(
    number: int, project: Project, owner_client: Client, django_assert_max_num_queries: Callable
) -> None:
    many_features(project, number)
    for feature in Feature.objects.select_related("epic__project__conventions"):
        overview(feature)
    # What stands beside the list is counted after each change, by the first who looks.
    owner_client.get("/projects/payments/documents/counted/")
    with django_assert_max_num_queries(9):
        page = owner_client.get("/projects/payments/")
    assert not page.context["list"].is_counting


def test_after_a_change_of_conventions_few_features_are_counted_at_once(
    project: Project, owner: User, owner_client: Client
) -> None:
    many_features(project, RECOUNTED_AT_ONCE + 2)
    first = owner_client.get("/projects/payments/")
    second = owner_client.get("/projects/payments/", HTTP_HX_REQUEST="true")
    assert [row.overview is None for row in first.context["list"].groups[0].features].count(True) == 2
    assert (first.context["list"].is_counting, second.context["list"].is_counting) == (True, False)


def test_findings_of_an_earlier_state_are_never_shown(feature: Feature, owner_client: Client) -> None:
    owner_client.get("/projects/payments/")
    with editing(feature, actor=None, now=NOON) as door:
        door.create(Source(title="PRD"))
    current_design(access.features().get())  # as the workbench does, which has no use for the overview
    row = owner_client.get("/projects/payments/").context["list"].groups[0].features[0]
    assert row.overview.marks[0] == "started"


def test_names_of_any_kind_are_shown_as_text(project: Project, owner_client: Client) -> None:
    Project.objects.update(title=HOSTILE, description=HOSTILE)
    make_feature("payments/e/f", HOSTILE)
    Epic.objects.update(title=SIXTY)
    for url in ("/projects/", "/projects/payments/", "/projects/payments/settings/", "/projects/payments/history/"):
        text = text_of(owner_client, url)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


# Settings


def test_settings_change_title_key_and_description(project: Project, owner_client: Client) -> None:
    answer = owner_client.post(
        "/projects/payments/settings/", {"title": "Paying", "key": "paying", "description": "All of it"}, follow=True
    )
    assert answer.redirect_chain == [("/projects/paying/settings/", 302)]
    event = Event.objects.get()
    assert event.changes["Key"] == ["payments", "paying"]
    assert broken_links(project) == []


def test_archiving_and_bringing_back_are_recorded(project: Project, owner_client: Client) -> None:
    owner_client.post("/projects/payments/settings/archive/")
    archived = Project.objects.get().is_archived
    owner_client.post("/projects/payments/settings/restore/")
    assert (archived, Project.objects.get().is_archived) == (True, False)
    assert list(Event.objects.values_list("verb", flat=True)) == ["archived", "brought back"]


def test_two_owners_who_change_the_settings_see_both_versions(project: Project, owner_client: Client) -> None:
    opened = {"title": "Payments platform", "key": "payments", "description": ""}
    Project.objects.update(title="Theirs", description="Their words")
    answer = owner_client.post(
        "/projects/payments/settings/", opened | loaded(opened) | {"title": "Mine", "key": "payments"}
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert all(version in text for version in ("Payments platform", "Theirs", "Mine"))
    assert answer.context["form"]["description"].value() == "Their words"
    assert Project.objects.get().title == "Theirs"


@pytest.mark.parametrize(("choice", "kept"), [("saved", "Theirs"), ("mine", "Mine")])
def test_conflict_is_settled_by_choosing(choice: str, kept: str, project: Project, owner_client: Client) -> None:
    Project.objects.update(title="Theirs")
    saved = loaded({"title": "Theirs", "key": "payments", "description": ""})
    mine = {"title": "Mine", "key": "payments", "description": "", "choice-title": choice}
    assert owner_client.post("/projects/payments/settings/", saved | mine).status_code == 302
    assert Project.objects.get().title == kept


# History


def test_history_pages_by_the_number_in_the_chain(project: Project, owner: User, viewer_client: Client) -> None:
    for number in range(52):
        change_conventions(project, {"notes": f"note {number}"}, actor=owner, now=NOON)
    first = viewer_client.get("/projects/payments/history/")
    second = viewer_client.get("/projects/payments/history/", {"before": first.context["older"]})
    assert [event.sequence for event in first.context["events"]] == list(range(52, 2, -1))
    assert [event.sequence for event in second.context["events"]] == [2, 1]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "²"])
def test_history_bears_any_address(before: str, project: Project, viewer_client: Client) -> None:
    assert viewer_client.get("/projects/payments/history/", {"before": before}).status_code == 200


def test_history_shows_before_and_after_and_leads_to_the_feature(
    project: Project, owner: User, owner_client: Client, django_assert_max_num_queries: Callable
) -> None:
    make_feature("payments/billing/refunds")
    owner_client.post("/projects/payments/billing/refunds/edit/", {"title": "Returns", "key": "returns"})
    with django_assert_max_num_queries(7):
        text = text_of(owner_client, "/projects/payments/history/")
    assert "<del" in text
    assert ">Refunds</del>" in text
    assert reverse("feature", args=["payments", "billing", "returns"]) in text


def test_people_of_a_site_keep_apart(project: Project) -> None:
    other = make_project("other", owner=make_user())
    client = Client()
    client.force_login(other.memberships.get().user)
    assert client.get("/projects/payments/history/").status_code == 404
