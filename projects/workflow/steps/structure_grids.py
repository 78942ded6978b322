"""The grids of what has no fields: key spaces and file layouts."""

from projects.workflow.steps.step import Column, Grid
from projects.workflow.steps.structure_forms import FileLayoutForm, KeySpaceForm

STORE = Column("store", "Store", "choice", width="m")
DATA_ELEMENT = Column("data_element", "Data element", "choice", width="m")

KEY_SPACE_GRID = Grid(
    slug="key-spaces",
    title="Key spaces",
    form=KeySpaceForm,
    empty="No key spaces yet. Describe each kind of key once, with a name in braces for what differs, "
    "like session:{user_id}.",
    add_label="session:{user_id}",
    columns=(
        Column("pattern", "Key pattern", "mono", width="l"),
        STORE,
        Column("value_type", "Value type", "mono", width="m"),
        Column("ttl", "TTL", width="s"),
        Column("eviction", "Eviction policy", "choice", width="m"),
        Column("size_estimate", "Size", width="s"),
        Column("purpose", "Purpose", width="xl"),
        DATA_ELEMENT,
    ),
)
FILE_LAYOUT_GRID = Grid(
    slug="file-layouts",
    title="File layouts",
    form=FileLayoutForm,
    empty="No file layouts yet. Describe the directories that files of one sort lie in, "
    "with a name in braces for what differs, like invoices/{yyyy}/{mm}/.",
    add_label="invoices/{yyyy}/{mm}/",
    columns=(
        Column("structure", "File structure", "mono", width="l"),
        STORE,
        Column("format", "File format", width="m"),
        Column("naming", "Naming convention", "mono", width="l"),
        Column("access_pattern", "Access pattern", width="xl"),
        Column("size_estimate", "Size", width="s"),
        DATA_ELEMENT,
    ),
)
