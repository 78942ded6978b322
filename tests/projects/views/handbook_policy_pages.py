"""The pages of policies as a browser has them: opened, filled in, and the rows they write."""

from typing import Any

from django.test import Client

from projects.models import (
    Event,
    Project,
)
from projects.models.handbook import HandbookRow
from tests.pages import form_values


def url(slug: str) -> str:
    return f"/projects/payments/handbook/{slug}/"


def opened(client: Client, slug: str) -> dict[str, Any]:
    """The values of a page's form as a browser would send them back."""
    return form_values(client.get(url(slug)).content.decode())


def add(model: type[HandbookRow], project: Project, **values: Any) -> Any:
    place = model._default_manager.filter(project=project).count() + 1
    return model._default_manager.create(project=project, position=1024 * place, **values)


def row_of(row: HandbookRow, slug: str) -> str:
    return f"{slug}-{row.uid.hex}"


def last_event(project: Project) -> Event:
    return Event.objects.filter(project=project).order_by("-sequence")[0]
