"""Documents of a design: Markdown, HTML and PDF, made from Design and ReviewRecord and from nothing else.

`data_design` and `data_consistency` put the facts in their places as `blocks`; `markdown_writer` and `html_writer`
write those, `pdf` prints them, `archive` packs the tree. `sql` and `example_json` write what is derived for machines.
What people typed goes through `prose` and `escaping` on its way.
"""

from functools import partial

from projects.design.review_record import ReviewRecord
from projects.design.vocabulary import StepName
from projects.exporters import data_consistency as consistency
from projects.exporters import data_design as design
from projects.exporters.data_design.review import quality_checklist
from projects.exporters.document import Document

DATA_DESIGN = Document(
    slug="data-design",
    title="Data Design",
    path_template="docs/plan/{epic-key}/{feature-key}/03-data-design.md",
    content=design.data_design,
    parts=(*design.PARTS, (StepName.CHECKLIST, partial(quality_checklist, record=ReviewRecord()))),
)
DATA_CONSISTENCY = Document(
    slug="data-consistency",
    title=consistency.TITLE,
    path_template="docs/plan/{epic-key}/{feature-key}/data-consistency.md",
    content=consistency.data_consistency,
    parts=consistency.PARTS,
)

# The documents of one feature.
DOCUMENTS = (DATA_DESIGN, DATA_CONSISTENCY)
