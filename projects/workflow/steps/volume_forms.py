"""Forms of how much data there will be, how long it is kept, and what is cached."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from django import forms

from projects.capacity.rows import RowGrowth
from projects.design.tree import Design, Policies
from projects.design.tree.in_force import optimization_facts
from projects.design.vocabulary import NAME_LENGTH, PolicyName
from projects.models import Cache, DataElement, Entity, Lifecycle, Optimization, Store, Volume
from projects.models.base import Row
from projects.workflow.forms import RowForm, Scope
from projects.workflow.inherited import FromPolicy, from_policy
from projects.workflow.quantity_cells import COUNT, DURATION, GROWTH, SIZE
from projects.workflow.steps.requirement_forms import KEPT, DataElementForm


class VolumeForm(RowForm):
    quantities = {"initial_rows": COUNT, "growth": GROWTH, "peak_rows": COUNT, "row_size": SIZE}
    entity_name = forms.CharField(label="Entity", max_length=2 * NAME_LENGTH + 1)

    class Meta:
        model = Volume
        fields = ["initial_rows", "growth", "peak_rows", "row_size"]

    @classmethod
    def texts(cls, instance: Volume) -> dict[str, Any]:
        return {"entity_name": instance.entity.full_name if instance.entity_id else ""}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        text = cleaned.get("entity_name") or ""
        if text and not self.is_untouched("entity_name"):
            entity = self.resolve("entity_name", self.scope.names.entity, text)
            if entity and self._is_free(entity):
                self.instance.entity = entity
        return cleaned

    def _is_free(self, entity: Entity) -> bool:
        """Whether the volume of the entity can be given here; if not, the cell says why."""
        if entity.feature_id != self.scope.feature.pk:
            self.add_error("entity_name", f"“{entity.full_name}” is reused; its volume is given where it is designed.")
            return False
        if Volume.objects.filter(entity=entity).exclude(pk=self.instance.pk).exists():
            self.add_error("entity_name", f"“{entity.full_name}” has a volume in another row. Change that one.")
            return False
        return True


class RetentionForm(DataElementForm):
    """The data elements of step 1 again, by how long they are kept."""

    class Meta:
        model = DataElement
        fields = ["name", *KEPT]


class CacheForm(RowForm):
    quantities = {"ttl": DURATION, "tolerated_staleness": DURATION}

    class Meta:
        model = Cache
        fields = ["name", "holds", "store", "place", "ttl", "invalidation", "eviction", "tolerated_staleness", "demand"]


class OptimizationForm(RowForm):
    class Meta:
        model = Optimization
        fields = ["partitioning", "caching", "denormalization", "pooling", "query_optimization", "departure"]
        help_texts = {
            "partitioning": "Which entities, by which field and how finely; or why none is large enough.",
            "caching": "What is worth caching and what is not. The caches themselves are rows above.",
            "denormalization": "What is stored twice, what for, and what keeps both copies equal.",
            "pooling": "Connections for each process and in all, and what happens when they run out.",
            "query_optimization": "How slow operations are found, and what is done about those of step 4.",
        }

    @classmethod
    def inherited(cls, scope: Scope, instance: Any, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
        if scope.policies == Policies():
            return {}
        said = optimization_facts((store.system for store in scope.rows(Store)), scope.policies)
        return {
            **from_policy(PolicyName.CACHING, {"caching": said["caching"]}, values),
            **from_policy(PolicyName.DATABASES, {"pooling": said["pooling"]}, values),
        }


class LifecycleForm(RowForm):
    class Meta:
        model = Lifecycle
        fields = ["creation", "modification", "archival", "deletion"]
        help_texts = {
            "creation": "What brings data into being, and what is checked before it is kept.",
            "modification": "What may change later, by whom, and what keeps the trace of it.",
            "archival": "What moves out of the way, when and where to, and how it is read from there.",
            "deletion": "What goes, when and how: at once or marked first, and what goes along with it.",
        }


def missing_volumes(design: Design, holder: Row | None) -> str:
    """What the button says that adds a row for each entity without one; nothing if there is none."""
    given = {volume.entity for volume in design.volumes}
    count = sum(entity.uid not in given for entity in design.own_entities)
    return f"Add {count} entit{'y' if count == 1 else 'ies'} without a volume" if count else ""


def propose_peak(scope: Scope, volume: Volume, values: dict[str, Any]) -> dict[str, str]:
    """The most rows within three years, where nobody said how many there are at the peak."""
    if values.get("peak_rows") or not volume.entity_id:
        return {}
    element = volume.entity.data_element
    growth = RowGrowth.read(volume.initial_rows, volume.growth, element.kept_for if element else "")
    return {"peak_rows": f"{ceil(growth.most):,}"} if growth.most is not None else {}


def make_volumes(scope: Scope) -> list[tuple[Row, dict[str, list[str]]]]:
    rows = Entity.objects.filter(feature=scope.feature, volume=None).order_by("position", "uid")
    return [(Volume(feature=scope.feature, entity=row), {"Entity": ["", row.full_name]}) for row in rows]
