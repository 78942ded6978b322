"""Taking rows out together with what cannot stay without them, and putting them back."""

import json
from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, connection, models, router, transaction
from django.db.models.deletion import Collector

from projects.models import EntityField, EntityKey, Index, Relationship, Reuse
from projects.models.base import Row


class CannotPutBack(Exception):
    """Something in today's design stands in the way; the message says what."""


class CompleteCollector(Collector):
    """Collects every row that a deletion takes, where Django's own would delete some unseen."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        return False


class Deletion:
    """What goes if the row goes."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.collector = CompleteCollector(using=router.db_for_write(type(row)), origin=row)
        for taken in (row, *_cannot_stay_without(row)):
            self.collector.collect([taken])

    @property
    def taken(self) -> list[Row]:
        """The rows with names of their own that go along."""
        own = (type(self.row), self.row.pk)
        rows = [instance for instance in self._instances() if isinstance(instance, Row)]
        return [row for row in rows if (type(row), row.pk) != own]

    @property
    def along(self) -> list[str]:
        """The same in words."""
        return sorted(f"{row._meta.verbose_name} {row.label}" for row in self.taken)

    def counts(self) -> dict[str, int]:
        """How many rows of each kind go along, by the plural or singular name of the kind."""
        counted: dict[str, int] = {}
        for model, instances in self.collector.data.items():
            number = len(instances) - (model is type(self.row))
            if issubclass(model, Row) and number:
                name = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
                counted[str(name)] = number
        return counted

    def kept(self) -> dict[str, Any]:
        """The rows and the references that are cut, as plain values."""
        updates: Any = self.collector.field_updates
        return {
            "rows": json.loads(serializers.serialize("json", _owners_first(self._instances()))),
            "cut": [
                [field.model._meta.label, instance.pk, field.attname, getattr(instance, field.attname)]
                for (field, _), groups in updates.items()
                for group in groups
                for instance in group
            ],
        }

    def carry_out(self) -> None:
        self.collector.delete()

    def _instances(self) -> list[models.Model]:
        return [instance for instances in self.collector.data.values() for instance in instances]


def _cannot_stay_without(row: Row) -> Iterable[Row]:
    """An index on two fields is another index without one of them, so it goes with either."""
    if isinstance(row, EntityField):
        yield from EntityKey.objects.filter(parts__field=row)
        yield from Index.objects.filter(parts__field=row)
        pairs = models.Q(pairs__child_field=row) | models.Q(pairs__parent_field=row)
        yield from Relationship.objects.filter(pairs).distinct()
    if isinstance(row, Reuse):
        ends = models.Q(parent=row.entity) | models.Q(junction=row.entity)
        yield from Relationship.objects.filter(ends, feature=row.feature)


@cache
def _insertion_order() -> dict[type[models.Model], int]:
    """Models by the order in which their rows can be inserted: what is pointed at comes before what points."""
    pointed_at: dict[Any, set[Any]] = {
        model: {field.related_model for field in model._meta.concrete_fields if field.is_relation} - {model}
        for model in apps.get_app_config("projects").get_models()
    }
    return {model: place for place, model in enumerate(TopologicalSorter(pointed_at).static_order())}


def _owners_first(instances: list[models.Model]) -> list[models.Model]:
    places = _insertion_order()
    return sorted(instances, key=lambda instance: (places[type(instance)], instance.pk))


def put_back(kept: dict[str, Any]) -> None:
    """Insert the kept rows again and mend the references that were cut; raises CannotPutBack."""
    try:
        with transaction.atomic():
            for restored in serializers.deserialize("python", kept["rows"]):
                if type(restored.object)._default_manager.filter(pk=restored.object.pk).exists():
                    raise CannotPutBack("It is back already.")
                restored.save(force_insert=True)
            for label, pk, column, value in kept["cut"]:
                model = apps.get_model(label)
                # A reference that was set to something else since then stays as it is.
                model._default_manager.filter(pk=pk, **{f"{column}__isnull": True}).update(**{column: value})
            # The databases look at references only on commit, when it is too late to explain.
            connection.check_constraints(sorted({apps.get_model(row["model"])._meta.db_table for row in kept["rows"]}))
    except IntegrityError as error:
        raise CannotPutBack(
            "It cannot come back as it was: something in the design has its name today, or what it belonged to is "
            "gone. Bring that back first, or rename what is in the way."
        ) from error
