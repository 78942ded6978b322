"""The step “DTO mapping”: what crosses the interface, field by field, and the stored fields behind it."""

from projects.design.tree import Design
from projects.models import Dto
from projects.workflow.steps.contract_forms import SOURCES, DtoFieldForm, DtoForm
from projects.workflow.steps.dto_filler import FILLER
from projects.workflow.steps.step import Choice, Column, Grid, Pick, Record, Step


def dto_choices(design: Design) -> list[Choice]:
    return [Choice(dto.uid, dto.name, len(dto.fields)) for dto in design.dtos]


STEP = Step(
    slug="contracts",
    title="DTO mapping",
    group="Hand over",
    summary="What crosses the interface, field by field, and the stored fields behind it.",
    pick=Pick(Dto, dto_choices, part="dtos"),
    companion=("mapping", "findings", "document"),
    parts=(
        Record(
            slug="dtos",
            title="DTO",
            form=DtoForm,
            select=("entity",),
            empty="No DTOs yet. Add one, or import them from the API's description.",
            groups=(("name", "entity_name"), ("direction", "source"), ("description",)),
        ),
        Grid(
            slug="dto-fields",
            title="Fields",
            held_by="dto",
            form=DtoFieldForm,
            select=("dto__entity",),
            related=(SOURCES,),
            filler=FILLER,
            empty="No fields yet. Type the first below, paste rows from a spreadsheet, or start from the main entity.",
            add_label="Add a field…",
            columns=(
                Column("name", "DTO field", "mono", width="m"),
                Column("type", "Type", "mono", width="m"),
                Column("is_required", "Req.", "check", width="xs"),
                Column("limits", "Limits", width="m"),
                Column("sources_text", "Data fields", "mono", "fields", width="l"),
                Column("kind", "Stored or computed", "choice", width="m"),
                Column("transformation", "Transformation", width="l"),
                Column("alignment", "Validation alignment", width="l"),
            ),
        ),
    ),
)
