"""Steps 1 and 10: what the contracts and the backend design name, and what crosses the interface."""

from django.db import models

from projects.design.vocabulary import (
    LINE_LENGTH,
    NAME_LENGTH,
    PROSE_LENGTH,
    DemandKind,
    DtoDirection,
    MappingKind,
)
from projects.models.base import FoldedField, Row, unique_uid
from projects.models.entity import EntityField
from projects.models.requirements import Source
from projects.models.storage import Entity


class Component(Row):
    name = models.CharField("component", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    description = models.TextField(max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "component"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="component_name_unique",
                violation_error_message="Another component has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Endpoint(Row):
    name = models.CharField("endpoint", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    description = models.TextField(max_length=PROSE_LENGTH, blank=True)
    query = models.ForeignKey(
        "projects.Query", verbose_name="served by", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "endpoint"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="endpoint_name_unique",
                violation_error_message="Another endpoint has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Demand(Row):
    kind = models.CharField(max_length=12, choices=DemandKind.choices(), default=DemandKind.VALIDATION)
    text = models.TextField("what is asked", max_length=PROSE_LENGTH)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "demand"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def label(self) -> str:
        return str(self)


class Dto(Row):
    name = models.CharField("DTO", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    direction = models.CharField(max_length=8, choices=DtoDirection.choices(), blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    description = models.TextField(max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "DTO"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="dto_name_unique",
                violation_error_message="Another DTO has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DtoField(Row):
    dto = models.ForeignKey(Dto, on_delete=models.CASCADE, related_name="fields", editable=False)
    name = models.CharField("DTO field", max_length=NAME_LENGTH)
    type = models.CharField(max_length=LINE_LENGTH, blank=True)
    is_required = models.BooleanField("required", default=False)
    limits = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="Like 1–64 characters, or one of: a, b.")
    kind = models.CharField("stored or computed", max_length=12, choices=MappingKind.choices(), blank=True)
    transformation = models.CharField(max_length=LINE_LENGTH, blank=True)
    alignment = models.CharField("validation alignment", max_length=LINE_LENGTH, blank=True)

    class Meta:
        verbose_name = "DTO field"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return self.name


class DtoSource(models.Model):
    """A stored field behind a field of a DTO."""

    dto_field = models.ForeignKey(DtoField, on_delete=models.CASCADE, related_name="sources")
    field = models.ForeignKey(EntityField, on_delete=models.CASCADE, related_name="+")
    position = models.IntegerField()

    def __str__(self) -> str:
        return str(self.field)
