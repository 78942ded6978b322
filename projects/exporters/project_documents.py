"""The documents of a project, in the order of their numbers."""

from projects.exporters.project_document import ProjectDocument

PROJECT_DOCUMENTS: tuple[ProjectDocument, ...] = ()
PROJECT_DOCUMENT_BY_SLUG = {document.slug: document for document in PROJECT_DOCUMENTS}
