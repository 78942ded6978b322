"""The page of a project: its features with owner and state, the filters, and what stands beside them."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from projects.design.vocabulary import DesignState, Role
from projects.models import DraftDesign, Event, Feature, HandbookEntry, Project, Source, User
from projects.snapshot.current import stamp
from projects.views.project_side import FEATURES_AT_ONCE
from projects.workflow import feature_list
from projects.workflow.editing import editing
from projects.workflow.people import change_roles, remove_member
from projects.workflow.progress import overview
from projects.workflow.project_door import managing
from projects.workflow.standings import Standing
from tests.factories import NOON, add_member, make_entity, make_epic, make_feature, make_user

pytestmark = pytest.mark.django_db
PAGE = "/projects/payments/"
EDIT = "/projects/payments/billing/refunds/edit/"
PART = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def listed(client: Client, **query: str) -> list[str]:
    groups = client.get(PAGE, query).context["list"].groups
    return [row.feature.key for group in groups for row in group.features]


def counted(client: Client, **query: str) -> str:
    """What the page says of the number of features."""
    text = client.get(PAGE, query, **PART).content.decode()
    return " ".join(text.split('id="feature-count"')[1].split(">", 1)[1].split("<")[0].split())


# The list


def test_row_shows_state_revision_documents_and_owner(feature: Feature, architect: User, viewer_client: Client) -> None:
    Feature.objects.update(owner=architect)
    text = viewer_client.get(PAGE).content.decode()
    assert all(words in text for words in ("Draft", "not yet", "Ada Architect"))
    for name in ("documents/data-design.md", "documents/data-design.pdf", "documents.zip"):
        assert f'href="/projects/payments/billing/refunds/{name}"' in text
    assert EDIT not in text


def test_state_and_revision_come_from_one_place(
    feature: Feature, viewer_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_feature("payments/billing/invoices")
    approved = Standing(DesignState.APPROVED, 4, NOON)
    known = {feature.pk: approved}
    monkeypatch.setattr(feature_list, "standings", lambda features: {pk: known.get(pk, Standing()) for pk in features})
    text = viewer_client.get(PAGE).content.decode()
    assert "<strong>r4</strong>" in text
    assert "2 features, 1 approved" in " ".join(text.split())
    assert listed(viewer_client, state="approved") == ["refunds"]
    assert listed(viewer_client, state="draft") == ["invoices"]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({"q": "REFUND"}, ["refunds"]),
        ({"q": "étude"}, ["studies"]),
        ({"q": "billing/ref"}, ["refunds"]),
        ({"q": "%"}, []),
        ({"q": "\x00"}, ["refunds", "postings", "studies"]),
        ({"epic": "ledger"}, ["postings", "studies"]),
        ({"epic": "ledger", "q": "post"}, ["postings"]),
        ({"state": "draft"}, ["refunds", "postings", "studies"]),
        ({"state": "approved"}, []),
        ({"state": "nonsense"}, ["refunds", "postings", "studies"]),
    ],
)
def test_filters_narrow_the_list(
    query: dict[str, str], keys: list[str], project: Project, viewer_client: Client
) -> None:
    make_feature("payments/billing/refunds")
    make_feature("payments/ledger/postings")
    make_feature("payments/ledger/studies", "ÉTUDES")
    assert listed(viewer_client, **query) == keys


def test_features_with_findings_alone(project: Project, viewer_client: Client) -> None:
    make_feature("payments/billing/refunds")
    make_entity(make_feature("payments/billing/invoices"), "Invoice")
    assert listed(viewer_client, findings="1") == ["invoices"]
    assert counted(viewer_client, findings="1") == "1 of 2 features"


def test_count_follows_the_filter(project: Project, viewer_client: Client) -> None:
    make_epic(project, "empty")
    make_feature("payments/billing/refunds")
    make_feature("payments/ledger/postings")
    assert counted(viewer_client) == "2 features in 3 epics"
    assert counted(viewer_client, q="post") == "1 of 2 features"


def test_nothing_that_fits_is_said_and_leads_back(feature: Feature, viewer_client: Client) -> None:
    text = viewer_client.get(PAGE, {"state": "approved"}).content.decode()
    assert "No feature here fits the filter." in text
    assert "No features yet" not in text


@pytest.mark.parametrize("query", [{}, {"q": "f"}, {"epic": "billing"}, {"findings": "1"}, {"state": "draft"}])
@pytest.mark.parametrize("number", [10, 100])
def test_page_takes_as_many_queries_for_few_features_as_for_many(
    number: int,
    query: dict[str, str],
    project: Project,
    owner: User,
    owner_client: Client,
    django_assert_max_num_queries: Callable,
) -> None:
    epic = make_epic(project, "billing")
    Feature.objects.bulk_create(
        Feature(epic=epic, key=f"f{n:04}", title=f"F {n:04}", owner=owner, changed_at=NOON) for n in range(number)
    )
    features = list(Feature.objects.select_related("epic__project__conventions"))
    overview(features[0])
    keep_alike(features)
    if number <= FEATURES_AT_ONCE:
        owner_client.get(PAGE)
    # One more where the figures beside the list are kept in the database.
    with django_assert_max_num_queries(7):
        page = owner_client.get(PAGE, query)
    assert page.context["list"].total == number
    assert not page.context["list"].is_counting


def keep_alike(features: list[Feature]) -> None:
    """Drafts of features that differ in nothing but their names: taking a hundred is not what the test is about."""
    first = DraftDesign.objects.get()
    DraftDesign.objects.bulk_create(
        DraftDesign(feature=each, stamp=stamp(each), digest=first.digest, text=first.text, overview=first.overview)
        for each in features
        if each.pk != first.feature_id
    )


# Beside the list


def test_documents_and_handbook_stand_beside_the_list(project: Project, viewer_client: Client) -> None:
    text = " ".join(viewer_client.get(PAGE).content.decode().split())
    for name in ("DATABASE.md", "data-management.md", "technical_design_spec.md", "codebase_spec.md"):
        assert name in text
    assert " sections" in text
    assert "0 of 67" in text or "0 of " in text
    assert "Counted before" not in text


def test_figures_are_kept_until_the_project_changes(
    project: Project, owner: User, viewer_client: Client, django_assert_max_num_queries: Callable
) -> None:
    before = viewer_client.get(PAGE).context["side"]
    with managing(project, actor=owner, now=NOON) as door:
        HandbookEntry.objects.create(project=project, key="philosophy", text="Events add up.")
        door.record("changed", "entry", "Philosophy")
    with django_assert_max_num_queries(9):
        stale = viewer_client.get(PAGE)
    assert (stale.context["side"].handbook, stale.context["side"].is_current) == (before.handbook, False)
    assert 'hx-trigger="load"' in stale.content.decode()
    part = viewer_client.get(f"{PAGE}documents/counted/", **PART)
    assert part.context["side"].handbook["entries_written"] == before.handbook["entries_written"] + 1
    assert viewer_client.get(PAGE).context["side"].is_current


def test_documents_of_many_features_are_not_made_while_the_page_is_waited_for(
    project: Project, viewer_client: Client
) -> None:
    for number in range(FEATURES_AT_ONCE + 1):
        make_feature(f"payments/billing/f{number}")
    page = viewer_client.get(PAGE)
    assert page.context["side"].handbook is None
    assert "Sections are not counted yet." in page.content.decode()
    answer = viewer_client.get(f"{PAGE}documents/counted/", follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert answer.context["side"].is_current


def test_work_in_a_design_makes_the_figures_stale(feature: Feature, viewer_client: Client) -> None:
    assert viewer_client.get(PAGE).context["side"].is_current
    with editing(feature, actor=None, now=NOON) as door:
        door.create(Source(title="PRD"))
    assert not viewer_client.get(PAGE).context["side"].is_current


# Owners


def test_who_creates_a_feature_owns_it(project: Project, architect: User, architect_client: Client) -> None:
    architect_client.post(f"{PAGE}new/", {"new_epic": "Billing", "title": "Refunds"})
    assert Feature.objects.get().owner == architect
    assert Event.objects.get(kind="feature").changes["Owner"] == ["", "Ada Architect"]


def test_owner_is_chosen_among_those_who_may_edit(
    feature: Feature, owner: User, architect: User, architect_client: Client
) -> None:
    choices = architect_client.get(EDIT).context["form"].fields["owner"].choices
    assert [name for _, name in choices] == ["Nobody", "Ada Architect", "Olu Owner"]
    card = {"title": "Refunds", "key": "refunds", "description": ""}
    answer = architect_client.post(EDIT, card | {"owner": str(owner.pk)})
    assert (answer.status_code, Feature.objects.get().owner) == (302, owner)
    assert Event.objects.get().changes == {"Owner": ["", "Olu Owner"]}
    architect_client.post(EDIT, card | {"owner": ""})
    assert Event.objects.order_by("sequence").last().changes == {"Owner": ["Olu Owner", ""]}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["viewer", "reviewer", "outsider"])
def test_others_cannot_be_made_owners(
    name: str, feature: Feature, architect_client: Client, request: pytest.FixtureRequest
) -> None:
    person: User = request.getfixturevalue(name)
    answer = architect_client.post(EDIT, {"title": "Refunds", "key": "refunds", "owner": str(person.pk)})
    assert (answer.status_code, Feature.objects.get().owner) == (422, None)


def test_two_who_change_the_owner_see_both(
    feature: Feature, owner: User, architect: User, architect_client: Client
) -> None:
    Feature.objects.update(owner=owner)
    opened = {"initial-title": "Refunds", "initial-key": "refunds", "initial-description": "", "initial-owner": ""}
    answer = architect_client.post(
        EDIT, opened | {"title": "Refunds", "key": "refunds", "description": "", "owner": str(architect.pk)}
    )
    text = answer.content.decode()
    assert (answer.status_code, Feature.objects.get().owner) == (409, owner)
    assert all(name in text for name in ("Olu Owner", "Ada Architect"))
    settled = opened | {"initial-owner": str(owner.pk), "choice-owner": "mine"}
    architect_client.post(
        EDIT, settled | {"title": "Refunds", "key": "refunds", "description": "", "owner": str(architect.pk)}
    )
    assert Feature.objects.get().owner == architect


def test_who_may_no_longer_edit_owns_nothing(feature: Feature, project: Project, owner: User) -> None:
    grace = make_user(name="Grace")
    add_member(project, grace, Role.ARCHITECT, Role.VIEWER)
    Feature.objects.update(owner=grace)
    change_roles(project, grace, add=[Role.OWNER], remove=[Role.VIEWER], actor=owner, now=NOON)
    assert Feature.objects.get().owner == grace
    change_roles(project, grace, add=[Role.REVIEWER], remove=[Role.OWNER, Role.ARCHITECT], actor=owner, now=NOON)
    assert Feature.objects.get().owner is None
    assert Event.objects.order_by("sequence").last().changes["Owner of"] == ["billing/refunds", ""]  # type: ignore[union-attr]
    Feature.objects.update(owner=grace)
    remove_member(project, grace, actor=owner, now=NOON)
    assert Feature.objects.get().owner is None
