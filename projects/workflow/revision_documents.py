"""The documents of a revision: made when it is submitted and after each transition, and kept as they were made.

They are looked up by revision, document, form and the digest of the ReviewRecord, so the same record has the same bytes
for ever, whatever becomes of the draft, of the policies or of the renderer.
"""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.utils import timezone
from django_tasks import task

from projects.exporters import DOCUMENTS
from projects.exporters.archive import DESIGN_FILE, FORMATS, project_files, tree, with_suffix
from projects.exporters.document import Document
from projects.models import Event, Revision, RevisionDocument
from projects.snapshot.revisions import NotIntact, frozen, require_intact
from projects.workflow.asked import answered, ask_once
from projects.workflow.project_design import DigestedProject
from projects.workflow.records import record_digest, revision_record


class Printed(NamedTuple):
    """Names the PDF of a document of a feature's revision, with the record that it is to be made with."""

    feature: int
    revision: int
    record_digest: str
    slug: str


def find_document(revision: Revision, document: Document, form: str, now: datetime) -> bytes:
    """The document as it was made with today's record of the revision; made and kept now if it is missing.

    Raises NotIntact if what is stored is not what was submitted, signed and rendered.
    """
    require_intact(revision)
    record = revision_record(revision)
    name = record_digest(record)
    row = RevisionDocument.objects.filter(revision=revision, slug=document.slug, form=form, record_digest=name).first()
    if row is None:
        content = FORMATS[form](frozen(revision).design, record, document)
        # What somebody else kept in the meantime stays.
        row, _ = RevisionDocument.objects.get_or_create(
            revision=revision,
            slug=document.slug,
            form=form,
            record_digest=name,
            defaults={"content": content, "content_digest": _sha256(content), "rendered_at": now},
        )
    return _content(row, revision)


def find_pdfs(revision: Revision) -> dict[str, bytes | None]:
    """The PDF of each document by its slug, None while it is being printed; raises as `find_document` does."""
    require_intact(revision)
    name = record_digest(revision_record(revision))
    wanted = {each.slug: Printed(revision.feature_id, revision.number, name, each.slug) for each in DOCUMENTS}
    printed = find_printed_revisions(wanted.values())
    return {slug: printed.get(key) for slug, key in wanted.items()}


def find_printed_revisions(wanted: Collection[Printed]) -> dict[Printed, bytes]:
    """What is printed already of these; each revision of which something is missing is asked for once."""
    found = _printed(wanted)
    missing = {(each.feature, each.revision) for each in wanted if each not in found}
    asked = [ask_once(_name(*each), partial(print_revision.enqueue, *each)) for each in sorted(missing)]
    # A queue that works at once, as in tests, has them now.
    return _printed(wanted) if any(asked) else found


def revision_tree(revision: Revision, formats: Collection[str], now: datetime) -> dict[str, bytes]:
    """Every document by its path in the tree, in each of the formats, and the design file; raises as
    `find_document` does."""
    identity = frozen(revision).design.identity
    files = {
        with_suffix(document.path(identity), form): find_document(revision, document, form, now)
        for document in DOCUMENTS
        for form in formats
    }
    folder = DOCUMENTS[0].path(identity).rpartition("/")[0]
    return files | {f"{folder}/{DESIGN_FILE}": revision.text.encode()}


def whole_tree(current: DigestedProject, formats: Collection[str], now: datetime) -> dict[str, bytes]:
    """The documents of the project and the trees of its features by their paths: those of revisions as they are kept.

    Raises as `find_document` does.
    """
    project = current.project
    numbers = {
        taken.feature: included.record.revision
        for taken, included in zip(current.taken, project.features, strict=True)
        if included.record.revision
    }
    rows = Revision.objects.filter(feature__in=numbers, number__in=set(numbers.values()))
    revisions = {row.feature_id: row for row in rows if row.number == numbers[row.feature_id]}
    files = project_files(project, formats)
    for taken, included in zip(current.taken, project.features, strict=True):
        if revision := revisions.get(taken.feature):
            files |= revision_tree(revision, formats, now)
        else:
            files |= tree(included.design, included.record, formats)
    return files


@task()
def print_revision(feature_pk: int, number: int) -> None:
    """Make the documents with the record as it is when the worker comes to it."""
    pk = Revision.objects.values_list("pk", flat=True).get(feature=feature_pk, number=number)
    keep_documents(pk, timezone.now())
    answered(_name(feature_pk, number))


def keep_documents(revision_pk: int, now: datetime) -> None:
    """Make each document in each form with the record as it is now, unless it is kept, and drop what is outdated.

    Raises NotIntact, and makes nothing, if the stored text is not what was submitted.
    """
    revision = Revision.objects.get(pk=revision_pk)
    for document in DOCUMENTS:
        for form in FORMATS:
            find_document(revision, document, form, now)
    _drop_outdated(revision, now)


def _drop_outdated(revision: Revision, now: datetime) -> None:
    """Forget what was made with earlier records of this revision, before it was approved for the first time.

    Of what was made since then people may hold copies that say who signed, so all of that stays.
    """
    others = RevisionDocument.objects.filter(revision=revision, rendered_at__lt=now)
    outdated = others.exclude(record_digest=record_digest(revision_record(revision)))
    approvals = Event.objects.filter(feature=revision.feature_id, revision=revision.number, verb="approved")
    if first := approvals.order_by("sequence").values_list("at", flat=True).first():
        outdated = outdated.filter(rendered_at__lt=first)
    outdated.delete()


def _printed(wanted: Iterable[Printed]) -> dict[Printed, bytes]:
    keys = set(wanted)
    rows = RevisionDocument.objects.filter(
        form="pdf",
        revision__feature__in={each.feature for each in keys},
        record_digest__in={each.record_digest for each in keys},
    )
    found = {}
    for row in rows.select_related("revision").defer("revision__text", "revision__findings", "revision__evidence"):
        key = Printed(row.revision.feature_id, row.revision.number, row.record_digest, row.slug)
        if key in keys:
            found[key] = _content(row, row.revision)
    return found


def _content(row: RevisionDocument, revision: Revision) -> bytes:
    content = bytes(row.content)
    if _sha256(content) != row.content_digest:
        raise NotIntact(revision, f"its document {row.slug}.{row.form}")
    return content


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _name(feature: int, number: int) -> str:
    return f"revision-{feature}-{number}"
