"""Slow work, done by the worker: printing PDFs."""

import hashlib
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from projects.access import features
from projects.design.digest import canonical, plain
from projects.design.review_record import ReviewRecord
from projects.exporters import DOCUMENTS
from projects.exporters.document import Document
from projects.exporters.pdf import document_pdf
from projects.models import Feature, RenderedDocument
from projects.snapshot.current import current_design
from projects.workflow.records import draft_record

# Raise it when the look of the documents changes, so that kept ones are printed again.
RENDERER_VERSION = 2
KEPT_FOR = timedelta(days=7)
ASKED_AGAIN_AFTER_SECONDS = 120
DOCUMENT_BY_SLUG = {document.slug: document for document in DOCUMENTS}


def rendered_key(design_digest: str, record: ReviewRecord, document: Document, form: str) -> str:
    """Names one rendering: the same design and record give the same bytes."""
    parts = (design_digest, canonical(plain(record)), document.slug, form, str(RENDERER_VERSION))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def find_pdf(feature: Feature, document: Document) -> bytes | None:
    """The PDF of the feature's draft, or None while it is being printed; asks the worker for it the first time."""
    key = rendered_key(current_design(feature).digest, draft_record(feature), document, "pdf")
    if (found := _kept(key)) is not None:
        return found
    if cache.add(f"asked-for-{key}", True, ASKED_AGAIN_AFTER_SECONDS):
        print_pdf.enqueue(feature.pk, document.slug)
    # A queue that works at once, as in tests, has it now.
    return _kept(key)


def _kept(key: str) -> bytes | None:
    content = RenderedDocument.objects.filter(key=key).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


@task()
def print_pdf(feature_pk: int, slug: str) -> None:
    """Print the draft as it is when the worker comes to it."""
    feature = features().get(pk=feature_pk)
    keep_pdf(feature, DOCUMENT_BY_SLUG[slug], timezone.now())


def keep_pdf(feature: Feature, document: Document, now: datetime) -> bytes:
    digested, record = current_design(feature), draft_record(feature)
    content = document_pdf(digested.design, record, document)
    RenderedDocument.objects.filter(rendered_at__lt=now - KEPT_FOR).delete()
    RenderedDocument.objects.update_or_create(
        key=rendered_key(digested.digest, record, document, "pdf"),
        defaults={"content": content, "rendered_at": now},
    )
    return content
