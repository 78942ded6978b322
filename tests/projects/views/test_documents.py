"""Documents to read and to download."""

import io
import zipfile

import pytest
from django.test import Client

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


def test_a_pdf_is_printed_once_for_one_state_of_the_design(viewer_client: Client, filled: Feature) -> None:
    first = viewer_client.get(f"{BASE}documents/data-design.pdf").content
    assert viewer_client.get(f"{BASE}documents/data-design.pdf").content == first
    assert RenderedDocument.objects.count() == 1


def test_the_page_waits_while_the_worker_prints(viewer_client: Client, filled: Feature, settings: object) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # type: ignore[attr-defined]
    answer = viewer_client.get(f"{BASE}documents/data-design.pdf")
    assert answer.status_code == 202
    assert answer.headers["Refresh"] == "2"


def test_the_archive_holds_the_tree_and_the_design(viewer_client: Client, filled: Feature) -> None:
    content = viewer_client.get(f"{BASE}documents.zip").content
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "docs/plan/billing/refunds/03-data-design.md" in names
    assert any(name.endswith(".json") for name in names)


def test_an_unknown_document_is_404(viewer_client: Client, filled: Feature) -> None:
    assert viewer_client.get(f"{BASE}documents/nonsense.md").status_code == 404
