"""What the author says of the design as a whole before others read it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from projects.design.vocabulary import CHECKLIST_ITEMS, PROSE_LENGTH, StepName
from projects.models.base import Row, unique_uid


class ItemNote(Row):
    item = models.PositiveSmallIntegerField(
        editable=False, validators=[MinValueValidator(1), MaxValueValidator(CHECKLIST_ITEMS)]
    )
    text = models.TextField("note", max_length=PROSE_LENGTH, blank=True)
    is_not_applicable = models.BooleanField("does not apply", default=False)

    class Meta:
        verbose_name = "note on the checklist"
        verbose_name_plural = "notes on the checklist"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(fields=["feature", "item"], name="item_note_one_each"),
        ]

    def __str__(self) -> str:
        return f"Item {self.item}"

    @property
    def label(self) -> str:
        return str(self)


class Exemption(Row):
    step = models.CharField(max_length=16, choices=StepName.choices(), editable=False)
    reason = models.TextField("it does not apply, because", max_length=PROSE_LENGTH)

    class Meta:
        verbose_name = "step that does not apply"
        verbose_name_plural = "steps that do not apply"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(fields=["feature", "step"], name="exemption_one_each"),
        ]

    def __str__(self) -> str:
        return self.get_step_display()

    @property
    def label(self) -> str:
        return str(self)
