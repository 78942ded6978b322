"""Steps 2 and 3: the stores, and the entities in them."""

from django.core.validators import MinValueValidator
from django.db import models

from projects.design.vocabulary import (
    LINE_LENGTH,
    NAME_LENGTH,
    PROSE_LENGTH,
    DistanceMetric,
    StoreKind,
    StructureKind,
    VectorIndex,
)
from projects.models.base import FoldedField, Row, unique_uid
from projects.models.requirements import DataElement


class Store(Row):
    """Where data is kept, with the four parts of why."""

    name = models.CharField("store", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    kind = models.CharField(max_length=16, choices=StoreKind.choices(), default=StoreKind.RELATIONAL)
    system = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="Like PostgreSQL 16.")
    project_patterns = models.TextField(
        max_length=PROSE_LENGTH, blank=True, help_text="What does the project use already? Why the same, or why not?"
    )
    feature_requirements = models.TextField(
        max_length=PROSE_LENGTH, blank=True, help_text="Which needs of this feature does it answer?"
    )
    performance_needs = models.TextField(
        max_length=PROSE_LENGTH, blank=True, help_text="What load does it carry, and with what head-room?"
    )
    team_expertise = models.TextField(
        max_length=PROSE_LENGTH, blank=True, help_text="Who runs it, and what do they know of it?"
    )

    class Meta:
        verbose_name = "store"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="store_name_unique",
                violation_error_message="Another store has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Entity(Row):
    """A table, or what stands for it in another kind of store."""

    kind = models.CharField(max_length=20, choices=StructureKind.choices(), default=StructureKind.TABLE)
    namespace = models.CharField(
        max_length=NAME_LENGTH, blank=True, help_text="The schema, if it is not the usual one."
    )
    name = models.CharField("entity", max_length=NAME_LENGTH)
    folded_name = FoldedField(source="full_name")
    purpose = models.TextField(max_length=PROSE_LENGTH, blank=True)
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.SET_NULL, related_name="entities")
    data_element = models.ForeignKey(DataElement, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    size_limit = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="Of one document, like 16 MB.")
    resolution = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="One point every …, like 10 s.")
    downsampling = models.TextField(max_length=PROSE_LENGTH, blank=True)
    derived_from = models.CharField(
        "source", max_length=LINE_LENGTH, blank=True, help_text="What it is made from, like products.description."
    )
    embedding_model = models.CharField("model", max_length=LINE_LENGTH, blank=True)
    dimensions = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    metric = models.CharField("distance metric", max_length=12, choices=DistanceMetric.choices(), blank=True)
    vector_index = models.CharField("index type", max_length=12, choices=VectorIndex.choices(), blank=True)
    refresh = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="When changes become visible to a search.")
    no_index_reason = models.TextField("no index needed, because", max_length=PROSE_LENGTH, blank=True)
    departure = models.TextField("departs from the naming conventions, because", max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "entity"
        verbose_name_plural = "entities"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="entity_name_unique",
                violation_error_message="Another entity has this name. Upper and lower case do not make a difference.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.namespace}.{self.name}" if self.namespace else self.name

    @property
    def label(self) -> str:
        return self.full_name


class Reuse(Row):
    """An entity that another feature of the project owns and this one refers to."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="reuses")

    class Meta:
        verbose_name = "reused entity"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "entity"],
                name="reuse_unique",
                violation_error_message="This entity is in the design already.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.entity)

    @property
    def label(self) -> str:
        return self.entity.full_name
