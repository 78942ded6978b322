"""Documents of a design: Markdown, HTML and PDF, made from Design and ReviewRecord and from nothing else.

`data_design` puts the facts in their places as `blocks`; `markdown_writer` and `html_writer` write those, `pdf` prints
them, `archive` packs the tree. What people typed goes through `prose` and `escaping` on its way.
"""

from projects.exporters.data_design import data_design
from projects.exporters.document import Document

DATA_DESIGN = Document(
    slug="data-design",
    title="Data Design",
    path_template="docs/plan/{epic-key}/{feature-key}/03-data-design.md",
    content=data_design,
)

DOCUMENTS = (DATA_DESIGN,)
