"""The step “Requirements”: the sources, what they ask of the data, and what the backend design names."""

from dataclasses import replace

from projects.workflow.steps.contract_forms import DtoNameForm
from projects.workflow.steps.requirement_forms import (
    ComponentForm,
    DataElementForm,
    DemandForm,
    EndpointForm,
    QuoteForm,
    RequirementsForm,
    SourceForm,
    join_quotes,
)
from projects.workflow.steps.step import Column, Grid, Page, Record, Shown, Step

# What `at` says for the pages of this step; the first has none.
ASKED, INTERFACE, QUOTES = "", "interface", "quotes"


def on_the_page_of_what_is_asked(shown: Shown) -> bool:
    return shown.at not in (INTERFACE, QUOTES)


def on_the_page_of_the_interface(shown: Shown) -> bool:
    return shown.at == INTERFACE


def on_the_page_of_quotes(shown: Shown) -> bool:
    return shown.at == QUOTES


SOURCES = Grid(
    slug="sources",
    title="Sources",
    shows=on_the_page_of_what_is_asked,
    form=SourceForm,
    reads_in="sources",
    empty="No sources yet. Bring the documents that this design answers, such as the PRD, or name where they are.",
    add_label="Add a source…",
    columns=(
        Column("kind", "Document", "choice", width="m"),
        Column("title", "Title", width="l"),
        Column("location", "Location", "mono", width="xl"),
        Column("status", "Status", "choice", width="m"),
    ),
)

RULE = Column("retention_rule", "Retention rule", "text", "retention-rules", width="m")
# Also a grid of its own in step 8, where these columns are what it is about.
RETENTION = (
    RULE,
    Column("kept_for", "Kept for", width="m"),
    Column("afterwards", "Then", width="xl"),
    Column("departure", "Departs from its rule, because", width="l"),
)

DATA_ELEMENTS = Grid(
    slug="data-elements",
    title="Data to persist",
    shows=on_the_page_of_what_is_asked,
    form=DataElementForm,
    empty="No data elements yet. Write down each thing the feature must remember, in the words of its users.",
    add_label="Add a data element…",
    columns=(
        Column("name", "Data element", width="m"),
        Column("description", "Description", width="xl"),
        Column("reason", "Reason for storage", width="xl"),
        Column("size_estimate", "Size estimate", width="m"),
        RULE,
        *(replace(column, is_rare=True, is_elsewhere=True) for column in RETENTION[1:]),
    ),
)

WHOLE = Record(
    slug="requirements",
    title="The data as a whole",
    shows=on_the_page_of_what_is_asked,
    form=RequirementsForm,
    groups=(("access_profile", "access_notes"), ("retention", "volume"), ("project_context",)),
)

COMPONENTS = Grid(
    slug="components",
    title="Components",
    shows=on_the_page_of_the_interface,
    form=ComponentForm,
    empty="No components yet. Name the parts of the system that read or write this data.",
    add_label="Add a component…",
    columns=(Column("name", "Component", width="l"), Column("description", "Description", width="xl")),
)

ENDPOINTS = Grid(
    slug="endpoints",
    title="Endpoints",
    shows=on_the_page_of_the_interface,
    form=EndpointForm,
    select=("query",),
    empty="No endpoints yet. Name what the backend design offers; each is served by an operation of step 4.",
    add_label="POST /refunds",
    columns=(
        Column("name", "Endpoint", "mono", width="l"),
        Column("description", "Description", width="xl"),
        Column("query", "Served by", "choice", width="l"),
    ),
)

NAMED_DTOS = Grid(
    slug="named-dtos",
    title="DTOs",
    shows=on_the_page_of_the_interface,
    form=DtoNameForm,
    select=("source",),
    empty="No DTOs yet. Name those of the contracts and the backend design; step 10 gives them their fields.",
    add_label="Add a DTO…",
    columns=(
        Column("name", "DTO", "mono", width="l"),
        Column("direction", "Direction", "choice", width="s"),
        Column("source", "Source", "choice", width="m"),
        Column("description", "Description", width="xl"),
    ),
)

DEMANDS = Grid(
    slug="demands",
    title="Asked of the data",
    shows=on_the_page_of_the_interface,
    form=DemandForm,
    select=("source",),
    empty="Nothing is asked yet. Write down what the contracts and the backend design say on validation and caching; "
    "rules of step 6 and caches of step 8 answer it.",
    add_label="",
    columns=(
        Column("kind", "Kind", "choice", width="s"),
        Column("text", "What is asked", width="xl"),
        Column("source", "Source", "choice", width="l"),
    ),
)

QUOTED = Grid(
    slug="quotes",
    title="Quotes",
    shows=on_the_page_of_quotes,
    form=QuoteForm,
    select=("source",),
    empty="No quotes yet. Select words in the text of a source, in the companion, and quote them for a fact.",
    add_label="",
    columns=(
        Column("text", "Quote", width="xl"),
        Column("source", "From", "choice", width="l"),
        Column("place", "Place", width="m"),
        Column("about_text", "About", "text", "things", width="l"),
    ),
)

STEP = Step(
    slug="requirements",
    title="Requirements",
    group="Define",
    summary="What must be kept, and why. Everything later is held against this.",
    pages=(
        Page(ASKED, "What is asked"),
        Page(INTERFACE, "Components & interface"),
        Page(QUOTES, "Quotes"),
    ),
    join=join_quotes,
    companion=("sources", "document", "findings", "diagram"),
    parts=(SOURCES, DATA_ELEMENTS, WHOLE, COMPONENTS, ENDPOINTS, NAMED_DTOS, DEMANDS, QUOTED),
)
