"""The step “Persistence mechanism”: stores with their rationale, and which data element lies where."""

from projects.design.tree import Design
from projects.design.vocabulary import StepState
from projects.models import DataElement, Store
from projects.workflow.forms import RowForm
from projects.workflow.steps.step import Column, Grid, Record, Step, by_answers

RATIONALE = ("project_patterns", "feature_requirements", "performance_needs", "team_expertise")


class StoreForm(RowForm):
    class Meta:
        model = Store
        fields = ["name", "kind", "system", *RATIONALE]


class PlacementForm(RowForm):
    class Meta:
        model = DataElement
        fields = ["name", "store", "access_pattern", "note"]


def progress(design: Design) -> StepState:
    return by_answers(
        bool(design.stores),
        bool(design.stores) and all(store.system for store in design.stores),
        bool(design.stores) and all(all(getattr(store, part) for part in RATIONALE) for store in design.stores),
        bool(design.data_elements) and all(element.store for element in design.data_elements),
    )


STEP = Step(
    slug="storage",
    title="Persistence mechanism",
    group="Define",
    summary="Where the data is kept, and the four parts of why.",
    progress=progress,
    sections=("Persistence Mechanism",),
    picks="store",
    parts=(
        Record(
            slug="stores",
            title="Store",
            form=StoreForm,
            empty="No store yet. Choose where the data is kept; most features use what the project runs already.",
            groups=(
                ("name", "kind", "system"),
                ("project_patterns", "feature_requirements"),
                ("performance_needs", "team_expertise"),
            ),
        ),
        Grid(
            slug="placements",
            title="Which data lies where",
            form=PlacementForm,
            empty="The data elements of step 1 are placed here, once there are some.",
            add_label="Add a data element…",
            columns=(
                Column("name", "Data element", width="m"),
                Column("store", "Store", "choice", width="m"),
                Column("access_pattern", "Access pattern", width="l"),
                Column("note", "Why here, if not by the store's rationale", width="xl"),
            ),
        ),
    ),
)
