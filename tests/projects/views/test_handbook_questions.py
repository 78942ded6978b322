"""The five questions that a project starts with, the first page of the handbook, and what is left."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.design.entries import CATALOGUE
from projects.design.tree import Entry
from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.models import (
    BackupPolicy,
    CachingPolicy,
    DatabaseProfile,
    DesignPolicy,
    Event,
    HandbookEntry,
    MigrationPolicy,
    PolicySchedule,
    Project,
    SkippedQuestion,
)
from projects.views.handbook_overview import next_step
from projects.workflow.events import broken_links
from projects.workflow.handbook.pages import PAGES
from projects.workflow.handbook.places import PLACES_OF
from projects.workflow.handbook.progress import QuestionState, progress_of, take_progress
from projects.workflow.handbook.questions import QUESTIONS, example_of
from projects.workflow.project_design import project_design
from tests.factories import make_feature
from tests.pages import form_values
from tests.projects.exporters.full_handbook import full_handbook

pytestmark = pytest.mark.django_db
ANSWERS: dict[int, dict[str, str]] = {
    1: {"system": "PostgreSQL", "system_version": "16", "entities": "Members and books.", "normalization": "3nf"},
    2: {"tool": "Flyway", "reversibility": "all"},
    3: {"rpo": "15 min", "schedules-new-1-kind": "full", "schedules-new-1-frequency": "every day"},
    4: {"layers": "http", "ttl": "Ten minutes."},
    5: {"orm": "Django ORM", "api_layer": "Lengths."},
}
DONE = "/projects/payments/handbook/questions/done/"


def url(number: int) -> str:
    return f"/projects/payments/handbook/questions/{number}/"


def opened(client: Client, number: int) -> dict[str, Any]:
    """The values of the page's form, its one new row by a name that tests can write."""
    values = form_values(client.get(url(number)).content.decode())
    for token in values.get("schedules-row", []):
        values = {name.replace(token, "new-1"): value for name, value in values.items()} | {"schedules-row": "new-1"}
    return values


def answer(client: Client, number: int, **more: str) -> Any:
    return client.post(url(number), opened(client, number) | ANSWERS[number] | more)


def states(project: Project) -> str:
    """The first letter of the state of each question: open, skipped, answered."""
    return "".join(state.value[0] for state in take_progress(project).questions.values())


def last_event(project: Project) -> Event:
    return Event.objects.filter(project=project).order_by("-sequence")[0]


# Who


@pytest.mark.parametrize("path", ["", "questions/", "questions/1/", "questions/3/", "questions/done/"])
def test_members_read_and_outsiders_learn_nothing(path: str, project: Project, client_of: Callable) -> None:
    who = ("owner", "architect", "reviewer", "viewer", "outsider", "nobody")
    found = [client_of(name).get(f"/projects/payments/handbook/{path}").status_code for name in who]
    assert found == [200, 200, 200, 200, 404, 302]


@pytest.mark.parametrize("sent", [{"tool": "Flyway"}, {"skip": "1"}])
def test_owners_answer_and_skip(sent: dict[str, str], project: Project, client_of: Callable) -> None:
    others = ("architect", "reviewer", "viewer", "outsider", "nobody")
    assert [client_of(name).post(url(2), sent).status_code for name in others] == [403, 403, 403, 404, 302]
    assert states(project) == "ooooo"
    assert client_of("owner").post(url(2), sent).url == url(3)


def test_an_archived_project_is_read_and_does_not_change(project: Project, owner_client: Client) -> None:
    Project.objects.update(is_archived=True)
    assert "<textarea" not in owner_client.get(url(2)).content.decode()
    assert owner_client.post(url(2), {"tool": "Flyway"}).status_code == 403
    assert owner_client.post(url(2), {"skip": "1"}).status_code == 403
    assert states(project) == "ooooo"


@pytest.mark.parametrize("number", [0, 6, 99])
def test_there_are_five(number: int, project: Project, owner_client: Client) -> None:
    assert owner_client.get(url(number)).status_code == 404


# The path


def test_the_whole_path_writes_the_policies_of_the_handbook(project: Project, owner_client: Client) -> None:
    following = [answer(owner_client, number).url for number in ANSWERS]
    assert following == [url(2), url(3), url(4), url(5), DONE]
    assert states(project) == "aaaaa"
    database = DatabaseProfile.objects.get()
    assert (str(database), database.is_primary) == ("PostgreSQL 16", True)
    assert DesignPolicy.objects.get().entities == "Members and books."
    assert MigrationPolicy.objects.get().tool == "Flyway"
    assert BackupPolicy.objects.get().rpo == "15 min"
    assert PolicySchedule.objects.get().frequency == "every day"
    assert CachingPolicy.objects.get().layers == ["http"]
    for page in (owner_client.get(reverse("handbook-policy", args=["payments", name])) for name in ("migration",)):
        assert "Flyway" in page.content.decode()
    assert broken_links(project) == []


def test_what_was_written_on_the_policy_page_is_an_answer(project: Project, owner_client: Client) -> None:
    MigrationPolicy.objects.create(project=project, tool="Alembic", naming="By verb.")
    assert states(project) == "oaooo"
    assert opened(owner_client, 2)["tool"] == "Alembic"
    answer(owner_client, 2)
    policy = MigrationPolicy.objects.get()
    # What the question does not ask for stays.
    assert (policy.tool, policy.naming) == ("Flyway", "By verb.")


def test_features_start_from_an_answer(project: Project, owner_client: Client) -> None:
    make_feature("payments/billing/refunds")
    before = Project.objects.get().policy_stamp
    answer(owner_client, 2)
    assert Project.objects.get().policy_stamp != before
    assert project_design(project).designs[0].policies.migration.tool == "Flyway"


def test_skipped_for_now_and_answered_later(project: Project, owner_client: Client) -> None:
    assert owner_client.post(url(1), opened(owner_client, 1) | {"skip": "1"}).url == url(2)
    assert states(project) == "soooo"
    assert (last_event(project).verb, last_event(project).label) == ("skipped", "Database design")
    page = owner_client.get("/projects/payments/handbook/questions/").content.decode()
    assert "Resume at question 2" in page
    answer(owner_client, 1)
    assert states(project) == "aoooo"
    assert not SkippedQuestion.objects.exists()


def test_skipping_twice_is_one_event(project: Project, owner_client: Client) -> None:
    before = project.events.count()
    owner_client.post(url(2), {"skip": "1"})
    owner_client.post(url(2), {"skip": "1"})
    assert project.events.count() == before + 1


def test_skipping_does_not_throw_away_what_was_typed(project: Project, owner_client: Client) -> None:
    answered = owner_client.post(url(2), opened(owner_client, 2) | {"tool": "Flyway", "skip": "1"})
    page = answered.content.decode()
    assert answered.status_code == 422
    assert "Not skipped" in page
    assert form_values(page)["tool"] == "Flyway"
    assert states(project) == "ooooo"


def test_nothing_typed_is_no_answer(project: Project, owner_client: Client) -> None:
    before = project.events.count()
    for number in ANSWERS:
        assert owner_client.post(url(number), opened(owner_client, number)).status_code == 302
    assert states(project) == "ooooo"
    assert project.events.count() == before
    assert not DatabaseProfile.objects.exists()
    assert not PolicySchedule.objects.exists()


def test_resuming_leads_to_the_first_open_question(project: Project, owner_client: Client) -> None:
    answer(owner_client, 1)
    owner_client.post(url(2), {"skip": "1"})
    assert owner_client.get("/projects/payments/handbook/").context["next"].url == url(3)


# What is refused


@pytest.mark.parametrize(
    ("number", "sent"),
    [
        (1, {"system": "", "hosting": "A machine in the cellar"}),
        (1, {"entities": "See postgres://app:Tr0ub4dor3xK9@db/orders."}),
        (3, {"rpo": "soon"}),
        (3, {"schedules-new-1-frequency": "now and then"}),
        (4, {"layers": ["none", "http"]}),
        (5, {"orm": "x" * 201}),
    ],
)
def test_wrong_input_is_explained_and_kept(
    number: int, sent: dict[str, Any], project: Project, owner_client: Client
) -> None:
    answered = owner_client.post(url(number), opened(owner_client, number) | sent)
    kept = form_values(answered.content.decode())
    assert answered.status_code == 422
    assert {name: kept.get(name) for name in sent} == sent
    assert states(project) == "ooooo"


def test_a_stale_answer_shows_both_and_loses_nothing(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, 2) | {"tool": "Flyway"}
    MigrationPolicy.objects.create(project=project, tool="Alembic")
    answered = owner_client.post(url(2), sent)
    page = answered.content.decode()
    assert answered.status_code == 409
    assert "Alembic" in page
    assert form_values(page)["tool"] == "Flyway"
    assert MigrationPolicy.objects.get().tool == "Alembic"
    assert owner_client.post(url(2), form_values(page) | {"choice-tool": "mine"}).status_code == 302
    assert MigrationPolicy.objects.get().tool == "Flyway"


def test_a_database_that_somebody_described_meanwhile_is_not_overwritten(
    project: Project, owner_client: Client
) -> None:
    sent = opened(owner_client, 1) | ANSWERS[1]
    DatabaseProfile.objects.create(project=project, system="MariaDB", system_version="11", is_primary=True)
    answered = owner_client.post(url(1), sent)
    assert answered.status_code == 409
    assert form_values(answered.content.decode())["system"] == "PostgreSQL"
    assert str(DatabaseProfile.objects.get()) == "MariaDB 11"
    assert "system" not in opened(owner_client, 1)


def test_a_row_is_added_without_saving(project: Project, owner_client: Client) -> None:
    answered = owner_client.post(url(3), opened(owner_client, 3) | {"rpo": "1 h", "act": "schedules add"})
    kept = form_values(answered.content.decode())
    assert answered.status_code == 200
    assert kept["rpo"] == "1 h"
    assert kept["schedules-row"][0] == "new-1"
    assert len(kept["schedules-row"]) == 2
    assert not BackupPolicy.objects.exists()


def test_hostile_text_stays_text(project: Project, owner_client: Client, viewer_client: Client) -> None:
    answer(owner_client, 1, entities='<script>alert("1")</script> | שלום')
    for path in ("", "questions/1/", "questions/done/"):
        for client in (owner_client, viewer_client):
            page = client.get(f"/projects/payments/handbook/{path}").content.decode()
            assert "<script>alert" not in page


# What is filled, and what is left


def printed(project: Project) -> dict[tuple[str, str], str]:
    design = project_design(project)
    return {
        (document.slug, section.path[-1]): str(section.blocks)
        for document in PROJECT_DOCUMENTS
        for section in document.sections(design)
    }


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.title)
def test_an_answer_changes_sections_of_the_documents_that_it_is_said_to_fill(
    question: Any, project: Project, owner_client: Client
) -> None:
    before = printed(project)
    answer(owner_client, question.number)
    after = printed(project)
    changed = {place for place in after if after[place] != before.get(place)}
    named = {(place.document, place.heading) for place in PLACES_OF[question.page.slug]}
    databases = {(place.document, place.heading) for place in PLACES_OF["databases"]}
    assert changed <= named | (databases if question.number == 1 else set())
    assert {document for document, _ in changed} >= {document for document, _ in named}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.title)
def test_a_question_has_an_example_for_fields_that_it_asks(question: Any) -> None:
    asked = {name for card in question.page.cards for name in card.fields} | {t.slug for t in question.page.tables}
    assert {name for name, _ in question.example} <= asked
    assert all(label and words for label, words in example_of(question))


def test_the_end_tells_what_each_section_says_and_where_it_is_edited(project: Project, owner_client: Client) -> None:
    for number in ANSWERS:
        answer(owner_client, number)
    found = owner_client.get(DONE)
    page = found.content.decode()
    sections = {
        (each["document"].slug, section.heading): section
        for each in found.context["documents"]
        for section, _ in each["sections"]
    }
    assert {document.slug for document in PROJECT_DOCUMENTS} == {slug for slug, _ in sections}
    assert sections["codebase-spec", "Backup Strategy"].is_filled
    assert not sections["database", "Credentials"].is_filled
    assert reverse("handbook-entries", args=["payments", "security"]) in page
    assert reverse("handbook-policy", args=["payments", "access"]) in page
    assert "5 of 5 questions are answered" in page


def test_progress_counts_questions_policies_and_entries(project: Project, owner_client: Client) -> None:
    answer(owner_client, 1)
    owner_client.post(url(4), {"skip": "1"})
    HandbookEntry.objects.create(project=project, key="philosophy", text="Rows.")
    HandbookEntry.objects.create(project=project, key="privacy", text="  ")
    progress = take_progress(project)
    filled = {state.page.slug for state in progress.policies if state.is_filled}
    assert (progress.answered, progress.skipped, progress.next_question) == (1, 1, 2)
    assert progress.questions[4] is QuestionState.SKIPPED
    # The conventions hold from the start.
    assert filled == {"databases", "design", "conventions"}
    assert progress.entries_written == 1
    assert not progress.is_complete


def test_access_roles_and_metrics_count_like_every_other_page(project: Project, owner_client: Client) -> None:
    full = full_handbook()
    texts = tuple(Entry(key=entry.key, text="Written.") for entry in CATALOGUE)
    for left, slug in (({"access_roles": ()}, "access"), ({"metrics": ()}, "monitoring")):
        progress = progress_of(full.with_values(entries=texts, **left), ())
        step = next_step("payments", progress, may_manage=True)
        assert (progress.policies_filled, len(progress.policies)) == (len(PAGES) - 1, len(PAGES))
        assert step is not None
        assert step.url == f"/projects/payments/handbook/{slug}/"
        assert not progress.is_complete
    assert progress_of(full.with_values(entries=texts), ()).is_complete
    overview = owner_client.get("/projects/payments/handbook/")
    listed = overview.content.decode().count("Not filled in yet.")
    assert overview.context["progress"].policies_filled == len(PAGES) - listed


def test_half_a_page_of_policies_is_not_filled(project: Project, owner_client: Client) -> None:
    half = full_handbook().with_values(policies=full_handbook().policies.with_values(protections=()))
    state = next(each for each in progress_of(half, ()).policies if each.page.slug == "retention")
    assert (bool(state.summary), state.is_filled) == (True, False)


@pytest.mark.parametrize("path", ["handbook/", "handbook/questions/done/", ""])
def test_architects_are_led_to_what_they_may_write(path: str, project: Project, client_of: Callable) -> None:
    first = reverse("handbook-entries", args=["payments", "architecture"])
    found = {who: client_of(who).get(f"/projects/payments/{path}").content.decode() for who in ("owner", "architect")}
    assert "Start with question 1" in found["owner"]
    assert "Start with question 1" not in found["architect"]
    assert re.search(f'href="{first}">(Next: )?Write on: Architecture</a>', found["architect"])


@pytest.mark.parametrize("path", ["questions/done/", "questions/1/", "questions/3/", "entries/security/"])
def test_links_to_sections_of_documents_arrive_there(path: str, project: Project, owner_client: Client) -> None:
    page = owner_client.get(f"/projects/payments/handbook/{path}").content.decode()
    links = set(re.findall(r'href="(/projects/payments/documents/\?at=[^"#]+)#([^"]+)"', page))
    targets = {url: owner_client.get(url).content.decode() for url, _ in links}
    assert links
    assert [link for link in links if f'id="{link[1]}"' not in targets[link[0]]] == []


def test_documents_are_counted_alike_everywhere(project: Project, owner_client: Client) -> None:
    """By their complete sections, over an outline that grows with nothing."""
    HandbookEntry.objects.create(project=project, key="privacy", text="By law.")
    shown = {each["document"].slug: each for each in owner_client.get(DONE).context["documents"]}
    rows = owner_client.get("/projects/payments/documents/").context["page"].rows
    side = owner_client.get("/projects/payments/").context["side"].documents
    ended = [(each["complete"], len(each["sections"])) for each in shown.values()]
    assert [tuple(row["standing"]) for row in rows] == ended
    assert [each["sections"] for each in side] == ended
    # Only what a section says of the file itself; compliance is said in part.
    assert ended[0] == (1, 19)


def test_the_overview_has_a_summary_of_each_policy(
    project: Project, viewer_client: Client, owner_client: Client
) -> None:
    for number in ANSWERS:
        answer(owner_client, number)
    page = viewer_client.get("/projects/payments/handbook/").content.decode()
    for words in ("PostgreSQL 16", "Members and books.", "RPO 15 min", "HTTP cache", "5 of 5", "Not filled in yet."):
        assert words in page


@pytest.mark.parametrize("path", ["", "questions/1/", "questions/done/"])
def test_the_pages_take_the_same_statements_however_many_features_there_are(
    path: str, project: Project, owner_client: Client, django_assert_num_queries: Callable
) -> None:
    def statements() -> int:
        owner_client.get(f"/projects/payments/handbook/{path}")
        with django_assert_num_queries(100, exact=False) as counted:
            owner_client.get(f"/projects/payments/handbook/{path}")
        return len(counted)

    make_feature("payments/billing/refunds")
    few = statements()
    for key in ("orders", "carts", "prices"):
        make_feature(f"payments/billing/{key}")
    assert statements() == few
