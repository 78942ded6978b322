"""Documents to read and to download."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from projects.models import Feature, RenderedDocument
from tests.factories import make_entity

BASE = "/projects/payments/billing/refunds/"


@pytest.fixture
def filled(feature: Feature) -> Feature:
    make_entity(feature, "refunds", "id uuid", "status text")
    return feature


@pytest.mark.parametrize(
    ("page", "media_type", "name"),
    [
        ("documents/data-design.md", "text/markdown", "03-data-design.md"),
        ("documents/data-design.html", "text/html", "03-data-design.html"),
        ("documents/data-design.pdf", "application/pdf", "03-data-design.pdf"),
        ("documents/data-consistency.md", "text/markdown", "data-consistency.md"),
        ("documents/data-consistency.html", "text/html", "data-consistency.html"),
        ("documents/data-consistency.pdf", "application/pdf", "data-consistency.pdf"),
        ("documents.zip", "application/zip", "billing-refunds.zip"),
        ("design.json", "application/json", "billing-refunds.design.json"),
    ],
)
def test_each_form_downloads_under_its_name(
    viewer_client: Client, filled: Feature, page: str, media_type: str, name: str
) -> None:
    answer = viewer_client.get(BASE + page)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(media_type)
    assert f'filename="{name}"' in answer.headers["Content-Disposition"]


def test_the_preview_holds_what_the_markdown_holds(viewer_client: Client, filled: Feature) -> None:
    page = viewer_client.get(f"{BASE}steps/document/").content.decode()
    for heading in ("Requirements", "Query Patterns", "Sign-off", "Not specified yet."):
        assert heading in page


def test_the_page_switches_between_the_documents(viewer_client: Client, filled: Feature) -> None:
    page = viewer_client.get(f"{BASE}steps/document/?at=data-consistency").content.decode()
    assert re.search(
        r'<a class="mono" href="[^"]*at=data-consistency" aria-current="page">data-consistency.md</a>', page
    )
    assert 'id="document-consistency-level"' in page
    assert "Query Coverage" not in re.sub(r"<aside.*?</aside>", "", page, flags=re.DOTALL)


def test_the_outline_leads_to_the_headings_of_the_document_on_show(viewer_client: Client, filled: Feature) -> None:
    page = viewer_client.get(f"{BASE}steps/document/?at=data-consistency&companion=outline").content.decode()
    outline = re.findall(r'<li class="outline-\d"><a href="#([^"]+)">', page)
    assert len(outline) == 28
    assert [identifier for identifier in outline if f'id="{identifier}"' not in page] == []


def test_a_document_that_is_none_shows_the_first(viewer_client: Client, filled: Feature) -> None:
    page = viewer_client.get(f'{BASE}steps/document/?at="><script>x</script>')
    assert page.status_code == 200
    assert "<script>x" not in page.content.decode()
    assert "document-quality-checklist" in page.content.decode()


def test_the_review_says_what_is_missing_and_leads_to_it(viewer_client: Client, filled: Feature) -> None:
    page = viewer_client.get(f"{BASE}steps/document/?companion=review").content.decode()
    rules = re.findall(r"<li class=\"review-rule\">.*?<strong>(.*?)</strong>", page, re.DOTALL)
    assert rules == [
        "Document complete",
        "Cross-references valid",
        "Diagram renders",
        "No code blocks",
        "DTO mapping aligned",
    ]
    assert f'<a href="{BASE}steps/migration/"><bdi>Rollback Plan</bdi></a>' in page
    assert "3 of 5 rules of the review pass" in page


def test_the_page_offers_every_form_of_both_documents(viewer_client: Client, filled: Feature) -> None:
    page = viewer_client.get(f"{BASE}steps/document/").content.decode()
    for slug in ("data-design", "data-consistency"):
        for form in ("md", "pdf", "html"):
            assert f'href="{BASE}documents/{slug}.{form}"' in page
    assert f'href="{BASE}documents.zip"' in page
    assert f'href="{BASE}design.json"' in page


def test_a_step_shows_what_it_fills_in_both_documents(viewer_client: Client, filled: Feature) -> None:
    part = viewer_client.get(f"{BASE}companion/?step=storage&companion=document").content.decode()
    assert [name for name in ("03-data-design.md", "data-consistency.md") if name in part] == [
        "03-data-design.md",
        "data-consistency.md",
    ]
    assert "Persistence Mechanism" in part
    assert "Why These Storage Choices?" in part
    assert "Query Patterns" not in part


def test_a_pdf_is_printed_once_for_one_state_of_the_design(viewer_client: Client, filled: Feature) -> None:
    first = viewer_client.get(f"{BASE}documents/data-design.pdf").content
    assert viewer_client.get(f"{BASE}documents/data-design.pdf").content == first
    assert RenderedDocument.objects.count() == 1


def test_each_document_is_kept_by_itself(viewer_client: Client, filled: Feature) -> None:
    contents = {
        viewer_client.get(f"{BASE}documents/{slug}.pdf").content for slug in ("data-design", "data-consistency")
    }
    assert len(contents) == RenderedDocument.objects.count() == 2


def test_the_page_waits_while_the_worker_prints(viewer_client: Client, filled: Feature, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    answer = viewer_client.get(f"{BASE}documents/data-design.pdf")
    assert answer.status_code == 202
    assert answer.headers["Refresh"] == f"2; url={BASE}documents/data-design.pdf?looks=1"
    assert "takes a few seconds" in answer.text
    for nonsense in ("x", "-1", "9" * 5000, "\u0663"):
        answer = viewer_client.get(f"{BASE}documents/data-design.pdf", {"looks": nonsense})
        assert answer.headers["Refresh"].endswith("?looks=1")


def test_a_page_that_waits_for_long_says_why_and_what_can_be_had_at_once(
    viewer_client: Client, filled: Feature, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    answer = viewer_client.get(f"{BASE}documents/data-design.pdf?looks=10")
    assert answer.headers["Refresh"] == f"10; url={BASE}documents/data-design.pdf?looks=11"
    for said in ("longer than usual", "may be busy or not running", f'href="{BASE}documents/data-design.md"', ".html"):
        assert said in answer.text
    assert "takes a few seconds" not in answer.text
    answer = viewer_client.get(f"{BASE}documents.zip?looks=10")
    assert "longer than usual" in answer.text
    assert "Each takes a few seconds" not in answer.text


def test_the_archive_holds_the_tree_and_the_design(viewer_client: Client, filled: Feature) -> None:
    content = viewer_client.get(f"{BASE}documents.zip").content
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    folder = "docs/plan/billing/refunds"
    documents = {f"{folder}/{name}.{end}" for name in ("03-data-design", "data-consistency") for end in ("md", "pdf")}
    assert set(names) == documents | {f"{folder}/design.json"}


def test_an_unknown_document_is_404(viewer_client: Client, filled: Feature) -> None:
    assert viewer_client.get(f"{BASE}documents/nonsense.md").status_code == 404


@pytest.mark.parametrize("page", ["documents/data-consistency.md", "documents/data-consistency.pdf", "documents.zip"])
def test_outsiders_find_nothing(client_of: Callable[[str], Client], filled: Feature, page: str) -> None:
    assert client_of("outsider").get(BASE + page).status_code == 404
