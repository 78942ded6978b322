"""The documents of a project, in the order of their numbers."""

from projects.design.entries import CODEBASE, DATA_MANAGEMENT, DATABASE, TECHNICAL_DESIGN
from projects.exporters import data_management
from projects.exporters.database_document import TITLE, database_document
from projects.exporters.project_document import ProjectDocument
from projects.exporters.specs import codebase, technical_design

DATABASE_HANDBOOK = ProjectDocument(slug=DATABASE, title=TITLE, path="DATABASE.md", content=database_document)
DATA_MANAGEMENT_DOCUMENT = ProjectDocument(
    slug=DATA_MANAGEMENT,
    title=data_management.TITLE,
    path="docs/data-management.md",
    content=data_management.data_management,
)
TECHNICAL_DESIGN_SPEC = ProjectDocument(
    slug=TECHNICAL_DESIGN,
    title=technical_design.TITLE,
    path="docs/specs/technical_design_spec.md",
    content=technical_design.technical_design_spec,
)
CODEBASE_SPEC = ProjectDocument(
    slug=CODEBASE,
    title=codebase.TITLE,
    path="docs/specs/codebase_spec.md",
    content=codebase.codebase_spec,
)

PROJECT_DOCUMENTS: tuple[ProjectDocument, ...] = (
    DATABASE_HANDBOOK,
    DATA_MANAGEMENT_DOCUMENT,
    TECHNICAL_DESIGN_SPEC,
    CODEBASE_SPEC,
)
PROJECT_DOCUMENT_BY_SLUG = {document.slug: document for document in PROJECT_DOCUMENTS}
