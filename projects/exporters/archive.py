"""The documents of a feature and of a project as files: the tree that is exported, and the same in one ZIP."""

import io
from collections.abc import Callable, Collection, Mapping
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from projects.design.digest import design_json
from projects.design.project import ProjectDesign
from projects.design.review_record import ReviewRecord
from projects.design.tree import Design
from projects.exporters import DOCUMENTS
from projects.exporters.document import Document
from projects.exporters.html import document_page
from projects.exporters.pdf import document_pdf
from projects.exporters.project_document import ProjectDocument
from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.exporters.project_html import project_page, project_pdf

DESIGN_FILE = "design.json"

# The earliest moment that a ZIP can hold: equal files make equal bytes whenever they are packed.
EPOCH = (1980, 1, 1, 0, 0, 0)


def _markdown(design: Design, record: ReviewRecord, document: Document) -> bytes:
    return document.markdown(design, record).encode()


def _html(design: Design, record: ReviewRecord, document: Document) -> bytes:
    return document_page(design, record, document).encode()


FORMATS: dict[str, Callable[[Design, ReviewRecord, Document], bytes]] = {
    "md": _markdown,
    "html": _html,
    "pdf": document_pdf,
}


PROJECT_FORMATS: dict[str, Callable[[ProjectDesign, ProjectDocument], bytes]] = {
    "md": lambda project, document: document.markdown(project).encode(),
    "html": lambda project, document: project_page(project, document).encode(),
    "pdf": project_pdf,
}


def tree(design: Design, record: ReviewRecord, formats: Collection[str] = ("md",)) -> dict[str, bytes]:
    """Every document of the feature by its path in the tree, in each of the formats, and the design file beside them.

    Raises ValueError for a format that is not one of FORMATS.
    """
    files = {}
    for document in DOCUMENTS:
        for suffix in _known(formats):
            path = with_suffix(document.path(design.identity), suffix)
            files[path] = FORMATS[suffix](design, record, document)
    folder = DOCUMENTS[0].path(design.identity).rpartition("/")[0]
    return files | {f"{folder}/{DESIGN_FILE}": design_json(design).encode()}


def project_tree(project: ProjectDesign, formats: Collection[str] = ("md",)) -> dict[str, bytes]:
    """The documents of the project and the trees of its features by their paths; raises as `tree` does."""
    files = project_files(project, formats)
    for included in project.features:
        files |= tree(included.design, included.record, formats)
    return files


def project_files(project: ProjectDesign, formats: Collection[str] = ("md",)) -> dict[str, bytes]:
    """The documents of the project alone by their paths; raises as `tree` does."""
    return {
        with_suffix(document.path, suffix): PROJECT_FORMATS[suffix](project, document)
        for document in PROJECT_DOCUMENTS
        for suffix in _known(formats)
    }


def with_suffix(path: str, suffix: str) -> str:
    return f"{path.removesuffix('.md')}.{suffix}"


def _known(formats: Collection[str]) -> list[str]:
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise ValueError(f"no document is made as {', '.join(unknown)}; choose from {', '.join(FORMATS)}")
    return [suffix for suffix in FORMATS if suffix in formats]


def design_archive(design: Design, text: str, files: Mapping[str, bytes]) -> bytes:
    """The design file with the files of its sources, which come by their digest, as one ZIP."""
    suffixes = {source.file_digest: _plain(PurePosixPath(source.file_name).suffix) for source in design.sources}
    held = {f"files/{digest}{suffixes.get(digest, '')}": content for digest, content in files.items()}
    return zip_bytes({DESIGN_FILE: text.encode()} | held)


def _plain(suffix: str) -> str:
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() else ""


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP; equal files give equal bytes."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for path, content in sorted(files.items()):
            entry = ZipInfo(path, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            # Without this, the machine that packs is written into the file.
            entry.create_system = 3
            archive.writestr(entry, content)
    return packed.getvalue()
