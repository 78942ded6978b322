"""The form of a relationship: both ends as people write them, `payments.id` and `refunds.payment_id`."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch

from projects.design.vocabulary import LINE_LENGTH, Cardinality, StructureKind
from projects.models import Entity, EntityField, Relationship, RelationshipPair
from projects.workflow.forms import RowForm
from projects.workflow.names import items
from projects.workflow.steps.structure_columns import relationship_columns

PAIRS = Prefetch(
    "pairs",
    RelationshipPair.objects.select_related("child_field__entity", "parent_field__entity").order_by("position"),
)
End = tuple[Entity | None, list[EntityField]]


class RelationshipForm(RowForm):
    """Between tables and collections a reference; between node types what an edge type stands for, its junction."""

    from_text = forms.CharField(label="From", max_length=2000, help_text="The side that is referred to.")
    to_text = forms.CharField(label="To", max_length=2000, help_text="The side that refers, with its foreign key.")
    junction_name = forms.CharField(label="Through", required=False, max_length=2 * LINE_LENGTH)

    class Meta:
        model = Relationship
        fields = ["cardinality", "on_delete", "on_update", "description"]

    def cells(self) -> tuple[str, ...]:
        return tuple(column.name for column in relationship_columns(self.scope))

    @classmethod
    def texts(cls, instance: Relationship) -> dict[str, Any]:
        if not instance.pk:
            return {"from_text": "", "to_text": "", "junction_name": ""}
        pairs = list(instance.pairs.all())
        parents = [pair.parent_field for pair in pairs if pair.parent_field]
        return {
            "from_text": _text(instance.parent, parents) or instance.missing_target,
            "to_text": _text(instance.child, [pair.child_field for pair in pairs]),
            "junction_name": instance.junction.full_name if instance.junction else "",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_untouched("from_text", "to_text", "junction_name", "cardinality"):
            return cleaned
        parent, parent_fields = self._parent(cleaned.get("from_text") or "")
        child, child_fields = self.resolve("to_text", self._end, cleaned.get("to_text") or "") or (None, [])
        through = cleaned.get("junction_name") or self._edge_on_show
        cleaned["junction_name"] = through
        junction = self.resolve("junction_name", self.scope.names.entity, through) if through else None
        if self.errors or child is None:
            return cleaned
        if parent and parent_fields and len(parent_fields) != len(child_fields):
            self.add_error("to_text", f"Name as many fields here as on the other side: {len(parent_fields)}.")
        if cleaned.get("cardinality") == Cardinality.MANY_TO_MANY and junction is None:
            self.add_error("junction_name", "Name the entity that holds the pairs of an N:M relationship.")
        self._check_graph(parent, child, junction)
        self.instance.parent, self.instance.child, self.instance.junction = parent, child, junction
        padded: list[EntityField | None] = [*parent_fields] or [None] * len(child_fields)
        self.parts["pairs"] = [
            RelationshipPair(child_field=child_field, parent_field=parent_field)
            for child_field, parent_field in zip(child_fields, padded, strict=False)
        ]
        return cleaned

    @property
    def _edge_on_show(self) -> str:
        entity = self.scope.entity
        return entity.full_name if entity and entity.kind == StructureKind.EDGE and not self.instance.pk else ""

    def _check_graph(self, parent: Entity | None, child: Entity, junction: Entity | None) -> None:
        """An edge type lies between node types, and node types are joined by nothing else."""
        in_graph = {StructureKind.NODE, StructureKind.EDGE}
        if not in_graph & {each.kind for each in (parent, child, junction) if each}:
            return
        for name, end in (("from_text", parent), ("to_text", child)):
            if end and end.kind != StructureKind.NODE:
                self.add_error(name, f"An edge lies between node types, and “{end}” is none.")
        if junction is None or junction.kind != StructureKind.EDGE:
            self.add_error("junction_name", "Name the edge type that lies between these node types.")

    def _parent(self, text: str) -> End:
        """The end that is referred to; the words of a reference to something missing may stay as they are."""
        self_missing = self.instance.missing_target
        if self_missing and text == self_missing:
            return None, []
        self.instance.missing_target = ""
        return self.resolve("from_text", self._end, text) or (None, [])

    def _end(self, text: str) -> End:
        """`orders` as an entity alone, `orders.id, orders.region` as fields of one."""
        names = self.scope.names
        if entity := names.entities.get(text.casefold()):
            return entity, []
        fields: list[EntityField] = []
        for item in items(text):
            fields.append(names.field(item, fields[0].entity if fields else None))
        if len({field.entity_id for field in fields}) > 1:
            raise ValidationError("These fields belong to different entities; a reference leads to one.")
        if not fields:
            raise ValidationError("Name an entity, or fields of one, like orders.id.")
        return fields[0].entity, fields


def _text(entity: Entity | None, fields: list[EntityField]) -> str:
    if entity is None:
        return ""
    return ", ".join(f"{entity.full_name}.{field.name}" for field in fields) or entity.full_name
