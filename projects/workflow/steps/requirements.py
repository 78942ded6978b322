"""The step “Requirements”: sources, data elements, and what the data as a whole asks for."""

from projects.design.tree import Design
from projects.design.vocabulary import StepState
from projects.models import DataElement, Requirements, Source
from projects.workflow.forms import RowForm
from projects.workflow.steps.step import Column, Grid, Record, Step, by_answers


class SourceForm(RowForm):
    class Meta:
        model = Source
        fields = ["kind", "title", "location", "status"]


class DataElementForm(RowForm):
    class Meta:
        model = DataElement
        fields = ["name", "description", "reason", "size_estimate"]


class RequirementsForm(RowForm):
    class Meta:
        model = Requirements
        fields = ["access_profile", "access_notes", "retention", "volume", "project_context"]


def progress(design: Design) -> StepState:
    asked = design.requirements
    return by_answers(
        bool(design.sources),
        bool(design.data_elements) and all(element.reason for element in design.data_elements),
        asked.access_profile is not None,
        bool(asked.retention),
        bool(asked.volume),
        bool(asked.project_context),
    )


STEP = Step(
    slug="requirements",
    title="Requirements",
    group="Define",
    summary="What must be kept, and why. Everything later is held against this.",
    progress=progress,
    sections=("Requirements",),
    parts=(
        Grid(
            slug="sources",
            title="Sources",
            form=SourceForm,
            empty="No sources yet. Name the documents that this design answers, such as the PRD.",
            add_label="Add a source…",
            columns=(
                Column("kind", "Document", "choice", width="m"),
                Column("title", "Title", width="l"),
                Column("location", "Location", "mono", width="xl"),
                Column("status", "Status", "choice", width="m"),
            ),
        ),
        Grid(
            slug="data-elements",
            title="Data to persist",
            form=DataElementForm,
            empty="No data elements yet. Write down each thing the feature must remember, in the words of its users.",
            add_label="Add a data element…",
            columns=(
                Column("name", "Data element", width="m"),
                Column("description", "Description", width="xl"),
                Column("reason", "Reason for storage", width="xl"),
                Column("size_estimate", "Size estimate", width="m"),
            ),
        ),
        Record(
            slug="requirements",
            title="The data as a whole",
            form=RequirementsForm,
            groups=(("access_profile", "access_notes"), ("retention", "volume"), ("project_context",)),
        ),
    ),
)
