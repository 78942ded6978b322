"""The prose of the handbook: a page for each theme, saved entry by entry."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from projects.design.entries import CATALOGUE, ENTRY_BY_KEY, Theme, entries_of
from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.models import Event, HandbookEntry, Project
from projects.snapshot.handbook import take_handbook
from projects.workflow.events import broken_links
from projects.workflow.handbook.progress import take_progress
from projects.workflow.project_design import project_design
from tests.pages import form_values

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("1")</script> | `x` & שלום 🧾\n\n1. one\n* two'
SECRET = "It is postgres://app:Tr0ub4dor3xK9@db.internal/orders."


def url(theme: str = Theme.ARCHITECTURE) -> str:
    return f"/projects/payments/handbook/entries/{theme}/"


def opened(client: Client, theme: str = Theme.ARCHITECTURE) -> dict[str, Any]:
    """The values of the page's form as a browser would send them back."""
    return form_values(client.get(url(theme)).content.decode())


def write(project: Project, key: str, text: str) -> HandbookEntry:
    return HandbookEntry.objects.create(project=project, key=key, text=text)


def texts(project: Project) -> dict[str, str]:
    return dict(project.entries.values_list("key", "text"))


def last_event(project: Project) -> Event:
    return Event.objects.filter(project=project).order_by("-sequence")[0]


def test_members_read_and_outsiders_learn_nothing(project: Project, client_of: Callable) -> None:
    who = ("owner", "architect", "reviewer", "viewer", "outsider", "nobody")
    assert [client_of(name).get(url()).status_code for name in who] == [200, 200, 200, 200, 404, 302]


def test_owners_and_architects_write(project: Project, client_of: Callable) -> None:
    sent = {"philosophy-text": "Rows that change."}
    who = ("owner", "architect", "reviewer", "viewer", "outsider", "nobody")
    answers = [client_of(name).post(url(), sent).status_code for name in who]
    assert answers == [302, 302, 403, 403, 404, 302]
    assert Event.objects.filter(project=project, label="Architecture").count() == 1


def test_an_archived_project_is_read_and_does_not_change(project: Project, owner_client: Client) -> None:
    write(project, "philosophy", "Rows that change.")
    Project.objects.update(is_archived=True)
    page = owner_client.get(url()).content.decode()
    assert "Rows that change." in page
    assert "<textarea" not in page
    assert owner_client.post(url(), {"philosophy-text": "Events."}).status_code == 403
    assert texts(project) == {"philosophy": "Rows that change."}


@pytest.mark.parametrize("theme", ["nothing", "databases"])
def test_an_unknown_theme_is_no_page(theme: str, project: Project, owner_client: Client) -> None:
    assert owner_client.get(url(theme)).status_code == 404


def test_one_save_writes_all_entries_and_one_event(project: Project, architect_client: Client) -> None:
    write(project, "connection-management", "Each request opens one.")
    sent = opened(architect_client)
    sent |= {"philosophy-text": "Rows that change.\r\n\r\n- Always", "connection-management-text": "A pool."}
    assert architect_client.post(url(), sent).url == url()
    assert texts(project) == {"philosophy": "Rows that change.\n\n- Always", "connection-management": "A pool."}
    event = last_event(project)
    assert event.changes == {
        "Philosophy": ["", "Rows that change.\n\n- Always"],
        "Connection management": ["Each request opens one.", "A pool."],
    }
    assert (event.verb, event.label, event.actor_name) == ("changed", "Architecture", "Ada Architect")
    assert broken_links(project) == []


def test_nothing_changed_is_no_event(project: Project, architect_client: Client) -> None:
    write(project, "philosophy", "Rows\nthat change.")
    before = project.events.count()
    answer = architect_client.post(url(), opened(architect_client), follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Nothing was changed."]
    assert project.events.count() == before
    assert project.entries.get().version == 1


def test_an_emptied_entry_counts_as_not_written(project: Project, architect_client: Client) -> None:
    write(project, "philosophy", "Rows that change.")
    architect_client.post(url(), opened(architect_client) | {"philosophy-text": ""})
    assert take_handbook(project).text_of == {}


def test_the_other_button_opens_the_next_theme(project: Project, architect_client: Client) -> None:
    answer = architect_client.post(url(), {"philosophy-text": "Rows.", "next": "1"})
    assert answer.url == url(Theme.ACCESS)
    assert architect_client.post(url(Theme.CHALLENGES), {"next": "1"}).url == url()


# Two people


def test_two_people_on_different_entries_do_not_conflict(project: Project, client_of: Callable) -> None:
    one, other = client_of("owner"), client_of("architect")
    mine, theirs = opened(one), opened(other)
    assert one.post(url(), mine | {"philosophy-text": "Rows."}).status_code == 302
    assert other.post(url(), theirs | {"environment-strategy-text": "Three."}).status_code == 302
    assert texts(project) == {"philosophy": "Rows.", "environment-strategy": "Three."}


@pytest.mark.parametrize(("choice", "kept"), [("saved", "Theirs."), ("mine", "Mine.")])
def test_a_stale_entry_shows_both_versions_and_loses_nothing(
    choice: str, kept: str, project: Project, architect_client: Client
) -> None:
    sent = opened(architect_client) | {"philosophy-text": "Mine.", "environment-strategy-text": "Three."}
    write(project, "philosophy", "Theirs.")
    answer = architect_client.post(url(), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert "Mine." in form_values(page)["philosophy-text"]
    assert texts(project) == {"philosophy": "Theirs.", "environment-strategy": "Three."}
    again = form_values(page) | {"choice-philosophy-text": choice}
    assert architect_client.post(url(), again).status_code == 302
    assert texts(project)["philosophy"] == kept


def test_the_same_text_from_two_people_is_no_conflict(project: Project, architect_client: Client) -> None:
    sent = opened(architect_client) | {"philosophy-text": "Rows."}
    write(project, "philosophy", "Rows.")
    assert architect_client.post(url(), sent).status_code == 302


# What is refused


def test_a_secret_is_refused_and_the_rest_is_saved(project: Project, architect_client: Client) -> None:
    theme = Theme.SECURITY
    sent = opened(architect_client, theme) | {"credential-storage-text": SECRET, "privacy-text": "Within a month."}
    answer = architect_client.post(url(theme), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "${DB_PASSWORD}" in page
    assert "One other is saved." in page
    assert form_values(page)["credential-storage-text"].strip() == SECRET
    assert texts(project) == {"privacy": "Within a month."}
    assert "Tr0ub4dor3xK9" not in str(list(Event.objects.values_list("changes", flat=True)))
    # What was saved meanwhile does not contest itself.
    mended = form_values(page) | {"credential-storage-text": "Vault, kv/orders."}
    assert architect_client.post(url(theme), mended).status_code == 302
    assert texts(project)["credential-storage"] == "Vault, kv/orders."


def test_too_long_a_text_is_refused_and_kept(project: Project, architect_client: Client) -> None:
    answer = architect_client.post(url(), {"philosophy-text": "long " * 4001})
    assert answer.status_code == 422
    assert answer.content.decode().count("long ") >= 4000
    assert texts(project) == {}


# The catalogue


def test_hostile_text_stays_text(project: Project, architect_client: Client, viewer_client: Client) -> None:
    architect_client.post(url(), {"philosophy-text": HOSTILE})
    assert texts(project)["philosophy"] == HOSTILE
    for client in (architect_client, viewer_client):
        assert "<script>alert" not in client.get(url()).content.decode()


def test_readers_see_prose_and_code(project: Project, viewer_client: Client) -> None:
    write(project, "philosophy", "Rows **change**.\n\n```sql\nSELECT 1\n```")
    page = viewer_client.get(url()).content.decode()
    assert "<strong>change</strong>" in page
    assert "SELECT 1" in page


@pytest.mark.parametrize("theme", Theme)
def test_the_form_of_a_theme_has_every_entry_with_its_places(
    theme: Theme, project: Project, architect_client: Client
) -> None:
    answer = architect_client.get(url(theme))
    shown = {entry.form.entry.key: entry for entry in answer.context["entries"]}
    assert list(shown) == [entry.key for entry in entries_of(theme)]
    for entry in entries_of(theme):
        assert {(place.document, place.heading) for place in shown[entry.key].places} == {
            (named(place.document).file_name, place.heading) for place in entry.places
        }


def named(slug: str) -> Any:
    return next(document for document in PROJECT_DOCUMENTS if document.slug == slug)


def test_what_is_typed_stands_under_every_heading_that_its_entry_names(
    project: Project, architect_client: Client
) -> None:
    for theme in Theme:
        sent = {f"{entry.key}-text": f"Typed for {entry.key}." for entry in entries_of(theme)}
        assert architect_client.post(url(theme), sent).status_code == 302
    design = project_design(project)
    assert missing_from(design) == []
    progress = take_progress(project)
    assert (progress.entries_written, progress.entries_total) == (len(CATALOGUE), len(CATALOGUE))
    assert progress.next_theme is None


def missing_from(design: Any) -> list[tuple[str, str, str]]:
    """The entries, with document and heading, that do not stand where the catalogue says."""
    printed = {
        (document.slug, section.path[-1]): str(section.blocks)
        for document in PROJECT_DOCUMENTS
        for section in document.sections(design)
    }
    return [
        (entry.key, place.document, place.heading)
        for entry in ENTRY_BY_KEY.values()
        for place in entry.places
        if f"Typed for {entry.key}." not in printed.get((place.document, str(place.heading)), "")
    ]


def test_the_page_takes_the_same_statements_however_much_is_written(
    project: Project, architect_client: Client, django_assert_max_num_queries: Callable
) -> None:
    for entry in CATALOGUE:
        write(project, entry.key, "Written.")
    with django_assert_max_num_queries(12):
        architect_client.get(url(Theme.SECURITY))
