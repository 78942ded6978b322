"""Uploaded files, kept once for their content, and read only where they were brought in.

Digests of files stand in designs, and designs travel. So a digest in a design opens a file only in a project whose
history says that somebody uploaded it there.
"""

from collections.abc import Iterable
from uuid import UUID

from projects.design.tree import Design
from projects.importers.source_document import SourceDocument
from projects.models import Event, Project, Source, StoredFile
from projects.workflow.editing import Door

UPLOADED = "uploaded"


def file_uid(digest: str) -> UUID:
    """The identity of a file is its content: the first half of its sha256."""
    return UUID(hex=digest[:32])


def keep_file(door: Door, document: SourceDocument) -> str:
    """Store the file if no other row holds its content, note the upload, and give its digest."""
    digest = document.digest
    StoredFile.objects.get_or_create(
        digest=digest,
        defaults={
            "media_type": document.media_type,
            "size": len(document.content),
            "content": document.content,
            "text": document.text,
        },
    )
    door.record(UPLOADED, "file", document.name, object_uid=file_uid(digest), changes={"sha256": ["", digest]})
    return digest


def file_of(source: Source, project: Project) -> StoredFile | None:
    """The file of a source without its content; None if it has none, or none that was uploaded to this project."""
    return files_of([source], project).get(source.file_digest)


def files_of(sources: list[Source], project: Project) -> dict[str, StoredFile]:
    """The files of these sources, by digest, without their content."""
    return _files({source.file_digest for source in sources}, project)


def contents_of(design: Design, project: Project) -> dict[str, bytes]:
    """The files of all the design's sources that are here, by digest."""
    found = _files({source.file_digest for source in design.sources}, project)
    return {digest: bytes(file.content) for digest, file in sorted(found.items())}


def _files(named: Iterable[str], project: Project) -> dict[str, StoredFile]:
    digests = {digest for digest in named if _is_digest(digest)}
    if not digests:
        return {}
    uploads = Event.objects.filter(
        project=project, verb=UPLOADED, object_uid__in=[file_uid(digest) for digest in digests]
    )
    uploaded = {changes["sha256"][1] for changes in uploads.values_list("changes", flat=True)}
    found = StoredFile.objects.filter(digest__in=digests & uploaded).defer("content")
    return {file.digest: file for file in found}


def _is_digest(text: str) -> bool:
    return len(text) == 64 and all(character in "0123456789abcdef" for character in text)
