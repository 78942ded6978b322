"""A page of the handbook as it is shown and sent: its forms and its lists, filled from what is saved or typed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.forms import BoundField

from projects.models import DatabaseProfile, Project
from projects.workflow.handbook.base_form import HandbookForm
from projects.workflow.handbook.pages import Card, Page
from projects.workflow.handbook.tables import Table, TableInput
from projects.workflow.project_door import StaleCard


class Wrong(NamedTuple):
    """Something to put right: the id of its input, what the input is called, and what is wrong with it."""

    id: str
    label: str
    text: str


class FieldGroup(NamedTuple):
    title: str
    fields: list[BoundField]


@dataclass(frozen=True)
class CardInput:
    card: Card
    form: HandbookForm

    @property
    def groups(self) -> list[FieldGroup]:
        return [FieldGroup(group.title, [self.form[name] for name in group.fields]) for group in self.card.groups]


class PageInput:
    """`data` is what was sent, or None. A database profile's page is that of the row `profile`, saved or not."""

    def __init__(
        self, page: Page, project: Project, data: Any = None, *, profile: DatabaseProfile | None = None
    ) -> None:
        self.page = page
        self.project = project
        self.profile = profile
        self.was_checked = False
        self.cards = [CardInput(card, self._form(card, data)) for card in page.cards]
        self.tables = [TableInput(table, rows_of(table, project, profile), data) for table in page.tables]

    def _form(self, card: Card, data: Any) -> HandbookForm:
        model = card.form._meta.model
        saved = self.profile if model is DatabaseProfile else model.objects.filter(project=self.project).first()
        return card.form(data, instance=saved or model(project=self.project), only=card.fields)

    def is_valid(self) -> bool:
        self.was_checked = True
        # All of them, so that everything that is wrong is said at once.
        return all([*(card.form.is_valid() for card in self.cards), *(table.is_valid() for table in self.tables)])

    def act(self, action: str) -> bool:
        """Carry out what a button of a table asks, like “rules delete new-1”; whether it was one of them."""
        slug, verb, token = [*action.split(" "), "", "", ""][:3]
        table = next((table for table in self.tables if table.table.slug == slug), None)
        if table is None:
            return False
        table.act(verb, token)
        for card in self.cards:
            card.form.leave_unchecked()
        for row in (row for each in self.tables for row in each.rows):
            row.form.leave_unchecked()
        return True

    @property
    def wrong(self) -> list[Wrong]:
        return list(self._wrong()) if self.was_checked else []

    def _wrong(self) -> Iterator[Wrong]:
        for card in self.cards:
            yield from (Wrong("", "", str(error)) for error in card.form.non_field_errors())
            yield from _fields_wrong(card.form, "")
        for table in self.tables:
            for row in table.used:
                yield from _fields_wrong(row.form, row.name)

    @property
    def is_conflict(self) -> bool:
        return any(card.form.conflict for card in self.cards) or any(table.is_conflict for table in self.tables)


def _fields_wrong(form: HandbookForm, about: str) -> Iterator[Wrong]:
    for field in form.visible_fields():
        label = f"{about}, {field.label}" if about else str(field.label)
        yield from (Wrong(field.id_for_label or field.auto_id, label, str(error)) for error in field.errors)


def rows_of(table: Table, project: Project, profile: DatabaseProfile | None = None) -> list[Any]:
    """The saved rows of the list, in order; those of a profile that is not saved yet are none."""
    if not table.has_profile:
        return list(table.model._default_manager.filter(project=project).order_by("position", "uid"))
    return list(profile.environments.order_by("position", "uid")) if profile and profile.pk else []


class StalePage(Exception):
    """Somebody else saved parts of the page since it was opened; `tell` shows that on the page."""

    def __init__(self) -> None:
        super().__init__("This changed while you were editing it.")
        self._told: list[Callable[[], None]] = []

    def add(self, tell: Callable[[], None]) -> None:
        self._told.append(tell)

    def add_card(self, form: HandbookForm, stale: StaleCard) -> None:
        self.add(lambda: form.show_conflict(stale))

    @property
    def is_stale(self) -> bool:
        return bool(self._told)

    def tell(self) -> None:
        for each in self._told:
            each()
