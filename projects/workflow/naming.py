"""The keys of projects, epics and features: proposed from titles, taken, left behind as aliases."""

import re

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from projects.design.vocabulary import RESERVED_KEYS
from projects.models import Epic, EpicAlias, Feature, FeatureAlias, Project, ProjectAlias

Named = Project | Epic | Feature
KEY_LENGTH = 64


def project_key_for(title: str) -> str:
    return free_key(title, "project", Project.objects.all())


def epic_key_for(title: str, project: Project) -> str:
    return free_key(title, "epic", Epic.objects.filter(project=project))


def feature_key_for(title: str, epic: Epic) -> str:
    return free_key(title, "feature", Feature.objects.filter(epic=epic))


def free_key(title: str, otherwise: str, siblings: QuerySet[Project] | QuerySet[Epic] | QuerySet[Feature]) -> str:
    """A key like the title that none of the siblings has; `otherwise` for titles without Latin letters or digits."""
    base = key_like(title) or otherwise
    taken = set(siblings.filter(key__startswith=base[: KEY_LENGTH - 8]).values_list("key", flat=True)) | RESERVED_KEYS
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        ending = f"-{number}"
        candidate = base[: KEY_LENGTH - len(ending)] + ending
    return candidate


def key_like(title: str) -> str:
    # Underscores and runs of hyphens pass slugify; a key has no underscores, and reads better without runs.
    return re.sub(r"[-_]+", "-", slugify(title)).strip("-")[:KEY_LENGTH].strip("-")


def save_named(row: Named, former_key: str = "") -> None:
    """Save the row under its key and leave an alias for the former one.

    A key that is taken again no longer leads to whoever had it before. Raises ValidationError by field.
    """
    try:
        row.full_clean()
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        raise ValidationError(_by_field(error)) from error
    except IntegrityError as error:  # somebody took the key after full_clean() looked
        raise ValidationError({"key": "This key was taken a moment ago. Choose another."}) from error
    _aliases(row).filter(key=row.key).delete()
    if former_key and former_key != row.key:
        _alias(row, former_key).save()


def _by_field(error: ValidationError) -> dict[str, list[ValidationError]]:
    """Constraints over two columns are about the key here, and belong beside its field."""
    found: dict[str, list[ValidationError]] = {}
    for name, errors in error.error_dict.items():
        found.setdefault("key" if name == NON_FIELD_ERRORS else name, []).extend(errors)
    return found


def _alias(row: Named, key: str) -> ProjectAlias | EpicAlias | FeatureAlias:
    if isinstance(row, Project):
        return ProjectAlias(project=row, key=key)
    if isinstance(row, Epic):
        return EpicAlias(project=row.project, epic=row, key=key)
    return FeatureAlias(epic=row.epic, feature=row, key=key)


def _aliases(row: Named) -> QuerySet[ProjectAlias] | QuerySet[EpicAlias] | QuerySet[FeatureAlias]:
    if isinstance(row, Project):
        return ProjectAlias.objects.all()
    if isinstance(row, Epic):
        return EpicAlias.objects.filter(project=row.project)
    return FeatureAlias.objects.filter(epic=row.epic)
