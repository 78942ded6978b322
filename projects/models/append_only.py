"""Rows that are written once: what was recorded is neither changed nor taken away."""

from typing import Any, NoReturn

from django.db import models

REFUSAL = "%s is append-only: what was recorded is not changed and not deleted. Record what follows instead."


class WrittenOnce(Exception):
    """Code tried to change or delete what was recorded."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(REFUSAL % model.__name__)


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> NoReturn:
        raise WrittenOnce(self.model)

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        raise WrittenOnce(self.model)

    def update_or_create(self, *args: Any, **values: Any) -> NoReturn:
        raise WrittenOnce(self.model)

    def delete(self) -> NoReturn:
        raise WrittenOnce(self.model)


class AppendOnly(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce(type(self))
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise WrittenOnce(type(self))
