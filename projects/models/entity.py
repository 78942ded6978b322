"""Step 3: what an entity holds (fields, keys, checks), and types with names of their own."""

from django.db import models

from projects.design.vocabulary import (
    LINE_LENGTH,
    NAME_LENGTH,
    PROSE_LENGTH,
    FieldRole,
    Generation,
    KeyKind,
    Sensitivity,
    TypeKind,
)
from projects.models.base import FoldedField, Row, unique_uid
from projects.models.storage import Entity


class EntityField(Row):
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="fields", editable=False)
    name = models.CharField("field", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    type = models.CharField(max_length=LINE_LENGTH, blank=True)
    is_array = models.BooleanField("array", default=False)
    is_required = models.BooleanField("required", default=False)
    default = models.CharField(max_length=LINE_LENGTH, blank=True)
    generation = models.CharField("generated", max_length=16, choices=Generation.choices(), blank=True)
    rule = models.CharField(max_length=LINE_LENGTH, blank=True)
    sensitivity = models.CharField("data class", max_length=16, choices=Sensitivity.choices(), blank=True)
    protection = models.CharField(max_length=LINE_LENGTH, blank=True)
    role = models.CharField(max_length=8, choices=FieldRole.choices(), blank=True)
    analyser = models.CharField(max_length=LINE_LENGTH, blank=True)
    weight = models.CharField(max_length=LINE_LENGTH, blank=True)
    description = models.TextField(max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "field"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["entity", "folded_name"],
                name="field_name_unique",
                violation_error_message="Another field of this entity has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EntityKey(Row):
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="keys", editable=False)
    kind = models.CharField(max_length=8, choices=KeyKind.choices(), default=KeyKind.UNIQUE)
    name = models.CharField(max_length=LINE_LENGTH, blank=True)

    class Meta:
        verbose_name = "key"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["entity"],
                condition=models.Q(kind="primary"),
                name="primary_key_one_each",
                violation_error_message="This entity has a primary key already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()

    @property
    def label(self) -> str:
        return str(self)


class KeyPart(models.Model):
    key = models.ForeignKey(EntityKey, on_delete=models.CASCADE, related_name="parts")
    field = models.ForeignKey(EntityField, on_delete=models.CASCADE, related_name="key_parts")
    position = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "field"], name="key_part_unique")]

    def __str__(self) -> str:
        return str(self.field)


class EntityCheck(Row):
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="checks", editable=False)
    name = models.CharField(max_length=LINE_LENGTH, blank=True)
    expression = models.TextField("every row keeps", max_length=PROSE_LENGTH)

    class Meta:
        verbose_name = "check"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return self.name or self.expression[:60]

    @property
    def label(self) -> str:
        return str(self)


class NamedType(Row):
    namespace = models.CharField(max_length=NAME_LENGTH, blank=True)
    name = models.CharField("type", max_length=NAME_LENGTH)
    folded_name = FoldedField(source="full_name")
    kind = models.CharField(max_length=16, choices=TypeKind.choices(), default=TypeKind.ENUM)
    base = models.CharField(max_length=LINE_LENGTH, blank=True)
    values = models.JSONField(default=list, blank=True)
    rule = models.TextField(max_length=PROSE_LENGTH, blank=True)
    description = models.TextField(max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "type"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="named_type_name_unique",
                violation_error_message="Another type has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.namespace}.{self.name}" if self.namespace else self.name
