"""The step “Indexing”: indexes, held against the operations of the step before."""

from typing import Any

from django import forms
from django.db.models import Prefetch

from projects.design.vocabulary import LINE_LENGTH, NAME_LENGTH, IndexMethod, StructureKind
from projects.models import Entity, Index, IndexPart
from projects.workflow.forms import RowForm
from projects.workflow.names import Part, part_text
from projects.workflow.steps.step import Column, Grid, Step

PARTS = Prefetch("parts", IndexPart.objects.select_related("field__entity").order_by("position"))


# What systems of each kind offer; a table may have them all.
METHODS: dict[StructureKind, tuple[IndexMethod, ...]] = {
    StructureKind.COLLECTION: (
        *(IndexMethod.BTREE, IndexMethod.HASH, IndexMethod.TEXT),
        *(IndexMethod.GEOSPATIAL, IndexMethod.VECTOR),
    ),
    StructureKind.MEASUREMENT: (IndexMethod.BTREE, IndexMethod.HASH, IndexMethod.BRIN),
    StructureKind.VECTORS: (
        *(IndexMethod.VECTOR, IndexMethod.BTREE, IndexMethod.HASH),
        *(IndexMethod.TEXT, IndexMethod.GEOSPATIAL),
    ),
    StructureKind.NODE: (IndexMethod.BTREE, IndexMethod.TEXT, IndexMethod.GEOSPATIAL, IndexMethod.VECTOR),
    StructureKind.EDGE: (IndexMethod.BTREE, IndexMethod.TEXT, IndexMethod.GEOSPATIAL, IndexMethod.VECTOR),
    StructureKind.SEARCH: (IndexMethod.TEXT, IndexMethod.BTREE, IndexMethod.GEOSPATIAL, IndexMethod.VECTOR),
}


class IndexForm(RowForm):
    name = forms.CharField(label="Index name", required=False, max_length=NAME_LENGTH)
    entity_name = forms.CharField(label="Entity", max_length=2 * LINE_LENGTH)
    fields_text = forms.CharField(label="Fields", max_length=2000)

    class Meta:
        model = Index
        fields = ["name", "method", "is_unique", "condition", "purpose"]

    @classmethod
    def texts(cls, instance: Index) -> dict[str, Any]:
        if not instance.pk:
            return {"entity_name": "", "fields_text": ""}
        parts = (
            part_text(part.field, part.expression, part.direction, instance.entity_id) for part in instance.parts.all()
        )
        return {"entity_name": instance.entity.full_name, "fields_text": ", ".join(parts)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_untouched("entity_name", "fields_text", "method") and cleaned.get("name"):
            return cleaned
        entity = self.resolve("entity_name", self.scope.names.entity, cleaned.get("entity_name") or "")
        if entity is None:
            return cleaned
        self.instance.entity = entity
        self._check_method(entity, str(cleaned.get("method") or ""))
        parts = self.resolve("fields_text", self.scope.names.parts, cleaned.get("fields_text") or "", entity) or []
        self.parts["parts"] = [IndexPart(field=p.field, expression=p.expression, direction=p.direction) for p in parts]
        if not cleaned.get("name"):
            cleaned["name"] = self._proposed_name(entity.name, parts)
        return cleaned

    def _check_method(self, entity: Entity, method: str) -> None:
        fitting = METHODS.get(StructureKind(entity.kind))
        if fitting and method and method not in fitting:
            kind = StructureKind(entity.kind).label.lower()
            self.add_error("method", f"A {kind} has no {method} index. Choose {', '.join(fitting)}.")

    def _proposed_name(self, table: str, parts: list[Part]) -> str:
        fields = "_".join(part.field.name if part.field else "expression" for part in parts)
        pattern = self.scope.conventions.index_pattern or "idx_{table}_{fields}"
        return pattern.replace("{table}", table).replace("{fields}", fields)[:NAME_LENGTH]

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error("name" if field == "folded_name" else field, error)


STEP = Step(
    slug="indexing",
    title="Indexing",
    group="Access",
    summary="Primary and unique keys are indexes already; these are the ones beside them.",
    companion=("coverage", "findings", "diagram", "document"),
    parts=(
        Grid(
            slug="indexes",
            title="Indexes",
            form=IndexForm,
            select=("entity",),
            related=(PARTS,),
            empty="No indexes yet. The matrix beside this shows which operations have none to serve them.",
            add_label="Name, or empty for the convention's",
            columns=(
                Column("name", "Index name", "mono", width="l"),
                Column("entity_name", "Entity", "mono", "entities", width="m"),
                Column("fields_text", "Fields", "mono", width="l"),
                Column("method", "Type", "choice", width="s"),
                Column("is_unique", "Unique", "check", width="xs"),
                Column("condition", "Only where", width="m"),
                Column("purpose", "Purpose", width="xl"),
            ),
        ),
    ),
)
