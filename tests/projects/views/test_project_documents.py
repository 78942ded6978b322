"""The documents of a project: their page, their downloads, the tree as one ZIP."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.access import features
from projects.design import tree
from projects.models import Feature, Project, RenderedDocument
from projects.snapshot.current import current_designs, is_current
from projects.snapshot.handbook import renew_policy_stamp, write_policies
from projects.workflow import jobs
from tests.factories import make_entity, make_feature

BASE = "/projects/payments/documents"
SLUGS = ("database", "data-management", "technical-design-spec", "codebase-spec")
PATHS = ("DATABASE", "docs/data-management", "docs/specs/technical_design_spec", "docs/specs/codebase_spec")


@pytest.fixture
def filled(feature: Feature) -> Feature:
    make_entity(feature, "refunds", "id uuid", "status text")
    return feature


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was printed; printing itself takes seconds, and is tested where it is done."""
    done: list[str] = []

    def pdf(*of: object) -> bytes:
        done.append(of[-1].slug)  # type: ignore[attr-defined]  # the last argument is the document
        return b"%PDF-of-" + done[-1].encode()

    monkeypatch.setattr(jobs, "document_pdf", pdf)
    monkeypatch.setattr(jobs, "project_pdf", pdf)
    return done


def test_the_page_lists_each_document_with_how_full_it_is(viewer_client: Client, filled: Feature) -> None:
    page = viewer_client.get(f"{BASE}/").content.decode()
    assert [path for path in PATHS if f">{path}.md</a>" in page] == list(PATHS)
    assert len(re.findall(r"<progress value=\"\d+\" max=\"\d+\"", page)) == 4
    for slug in SLUGS:
        for form in ("md", "pdf", "html"):
            assert f'href="{BASE}/{slug}.{form}"' in page
    assert 'href="/projects/payments/documents.zip"' in page


def test_the_page_says_what_is_merged_and_as_what(viewer_client: Client, filled: Feature) -> None:
    page = viewer_client.get(f"{BASE}/").content.decode()
    assert '<a href="/projects/payments/billing/refunds/"><bdi>Refunds</bdi></a>' in page
    assert "1 feature has no approved revision: its draft is merged, and marked." in page


def test_a_project_without_features_has_documents_too(viewer_client: Client, project: Project) -> None:
    page = viewer_client.get(f"{BASE}/?at=codebase-spec").content.decode()
    assert "No features yet: the documents come from the handbook alone." in page
    assert "Not specified yet." in page


@pytest.mark.parametrize("slug", SLUGS)
def test_one_is_read_with_its_outline(viewer_client: Client, filled: Feature, slug: str) -> None:
    page = viewer_client.get(f"{BASE}/?at={slug}").content.decode()
    outline = re.findall(r'<li class="outline-\d"><a href="#([^"]+)">', page)
    assert outline
    assert [identifier for identifier in outline if f'id="{identifier}"' not in page] == []
    assert len(re.findall('aria-current="true"', page)) == 1


def test_a_document_that_is_none_shows_the_list(viewer_client: Client, filled: Feature) -> None:
    answer = viewer_client.get(f'{BASE}/?at="><script>x</script>')
    assert answer.status_code == 200
    assert "<script>x" not in answer.content.decode()
    assert "Choose a document to read it here" in answer.content.decode()


def test_names_that_people_typed_stay_text(viewer_client: Client, project: Project) -> None:
    make_feature("payments/billing/odd", title="<script>x</script> | 'a'")
    page = viewer_client.get(f"{BASE}/?at=database").content.decode()
    assert "<script>x" not in page


@pytest.mark.parametrize(
    ("page", "media_type", "name"),
    [
        ("/database.md", "text/markdown", "DATABASE.md"),
        ("/data-management.md", "text/markdown", "data-management.md"),
        ("/technical-design-spec.html", "text/html", "technical_design_spec.html"),
        ("/codebase-spec.pdf", "application/pdf", "codebase_spec.pdf"),
        (".zip", "application/zip", "payments.zip"),
    ],
)
def test_each_form_downloads_under_its_name(
    viewer_client: Client, filled: Feature, printed: list[str], page: str, media_type: str, name: str
) -> None:
    answer = viewer_client.get(BASE + page)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(media_type)
    assert f'filename="{name}"' in answer.headers["Content-Disposition"]


def test_the_archive_holds_the_whole_tree_in_the_same_bytes_each_time(
    viewer_client: Client, filled: Feature, printed: list[str]
) -> None:
    content = viewer_client.get(f"{BASE}.zip").content
    assert viewer_client.get(f"{BASE}.zip").content == content
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    folder = "docs/plan/billing/refunds"
    stems = (*PATHS, f"{folder}/03-data-design", f"{folder}/data-consistency")
    assert set(names) == {f"{stem}.{end}" for stem in stems for end in ("md", "pdf")} | {f"{folder}/design.json"}
    assert sorted(printed) == sorted([*SLUGS, "data-design", "data-consistency"])


def test_a_pdf_is_printed_again_when_a_design_or_the_handbook_changed(
    viewer_client: Client, filled: Feature, printed: list[str]
) -> None:
    for _ in range(2):
        viewer_client.get(f"{BASE}/codebase-spec.pdf")
    assert len(printed) == RenderedDocument.objects.count() == 1
    Feature.objects.filter(pk=filled.pk).update(version=filled.version + 1)
    make_entity(filled, "lines", "id uuid")
    viewer_client.get(f"{BASE}/codebase-spec.pdf")
    filled.epic.project.entries.create(key="philosophy", text="Plain tables.")
    viewer_client.get(f"{BASE}/codebase-spec.pdf")
    assert len(printed) == RenderedDocument.objects.count() == 3


def test_what_is_kept_already_is_not_printed_again(filled: Feature, printed: list[str]) -> None:
    for _ in range(2):
        jobs.print_project_pdf.call(filled.epic.project.pk, "database")
        jobs.print_pdf.call(filled.pk, "data-design")
    assert sorted(printed) == ["data-design", "database"]


def test_a_rendering_is_queued_once_until_a_job_for_it_is_done(
    viewer_client: Client, filled: Feature, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[tuple[int, str, str]] = []
    monkeypatch.setattr(type(jobs.print_project_pdf), "enqueue", lambda _, *given: queued.append(given))
    for _ in range(2):
        viewer_client.get(f"{BASE}/database.pdf")
    assert len(queued) == 1
    # The job finds another state than the one it was asked for, which is then wanted once more.
    renamed = filled.epic.project.entries.create(key="philosophy", text="Plain tables.")
    jobs.print_project_pdf.call(*queued[0])
    renamed.delete()
    viewer_client.get(f"{BASE}/database.pdf")
    assert queued == [queued[0]] * 2


@pytest.mark.parametrize(
    ("page", "says"), [("/database.pdf", "The PDF is being printed"), (".zip", "0 of 6 are there")]
)
def test_the_page_waits_while_the_worker_prints(
    viewer_client: Client, filled: Feature, settings: Settings, page: str, says: str
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    answer = viewer_client.get(BASE + page)
    assert answer.status_code == 202
    assert answer.headers["Refresh"] == f"2; url={BASE}{page}?looks=1"
    assert says in answer.content.decode()
    assert "longer than usual" in viewer_client.get(f"{BASE}{page}?looks=10").text


@pytest.mark.parametrize("page", ["/", "/?at=database", "/database.md", ".zip"])
def test_the_number_of_queries_does_not_depend_on_the_features(
    viewer_client: Client, filled: Feature, printed: list[str], page: str
) -> None:
    counts = []
    for number in (3, 30):
        for each in range(Feature.objects.count(), number):
            make_feature(f"payments/epic-{each % 4}/feature-{each}")
        current_designs(features())
        viewer_client.get(BASE + page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            viewer_client.get(BASE + page)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


@pytest.mark.parametrize("page", ["/", "/database.md", "/database.html", "/database.pdf", ".zip"])
def test_outsiders_find_nothing(client_of: Callable[[str], Client], filled: Feature, page: str) -> None:
    assert client_of("outsider").get(BASE + page).status_code == 404
    assert client_of("nobody").get(BASE + page).status_code == 302


@pytest.mark.parametrize("page", ["/nonsense.md", "/nonsense.pdf", "/nonsense.html"])
def test_an_unknown_document_is_404(viewer_client: Client, filled: Feature, page: str) -> None:
    assert viewer_client.get(BASE + page).status_code == 404


def test_an_old_key_of_the_project_leads_there(viewer_client: Client, project: Project) -> None:
    project.aliases.create(key="money")
    answer = viewer_client.get("/projects/money/documents/database.md")
    assert answer.status_code in (301, 302, 308)
    assert answer.headers["Location"].endswith(f"{BASE}/database.md")


# After a change that all drafts depend on

SIDE = f"{BASE}/counted/"
WAITING = [
    *(f"{BASE}/{page}" for page in ("", "?at=database", "database.md", "database.html", "codebase-spec.pdf")),
    *(f"{BASE}.zip", SIDE, "/projects/payments/handbook/questions/done/"),
    *("/projects/payments/model/dictionary.csv", "/projects/payments/model/diagram.md"),
]


@pytest.fixture
def many(project: Project) -> Project:
    for number in range(25):
        make_feature(f"payments/epic-{number % 4}/feature-{number}")
    return project


def stale(project: Project) -> int:
    return sum(not is_current(feature) for feature in features().filter(epic__project=project))


def change_a_policy(project: Project, tool: str) -> None:
    write_policies(project, tree.Policies(migration=tree.MigrationPolicy(tool=tool)))
    renew_policy_stamp(project)


def test_after_a_change_of_a_policy_drafts_are_read_some_at_a_time(viewer_client: Client, many: Project) -> None:
    current_designs(features())
    change_a_policy(many, "Alembic")
    left, asked = [stale(many)], []
    while True:
        with CaptureQueriesContext(connection) as queries:
            answer = viewer_client.get(f"{BASE}/")
        asked.append(len(queries))
        if answer.status_code != 202:
            break
        assert answer.headers["Refresh"] == "1"
        left.append(stale(many))
    assert (left, stale(many), answer.status_code) == ([25, 15, 5], 0, 200)
    assert max(asked) <= 600


def test_whatever_needs_all_drafts_waits_for_them(viewer_client: Client, many: Project, printed: list[str]) -> None:
    for page in WAITING:
        change_a_policy(many, page)
        answer = viewer_client.get(page)
        assert (page, answer.status_code, stale(many)) == (page, 202, 15)
        assert "10 of 25 are read." in answer.content.decode()
    assert not printed


def test_figures_beside_the_list_ask_again_until_all_drafts_are_read(viewer_client: Client, many: Project) -> None:
    cache.clear()
    answers = [viewer_client.get(SIDE, HTTP_HX_REQUEST="true") for _ in range(3)]
    assert [answer.context["side"].is_current for answer in answers] == [False, False, True]
    assert [f'hx-get="{SIDE}"' in answer.content.decode() for answer in answers] == [True, True, False]
