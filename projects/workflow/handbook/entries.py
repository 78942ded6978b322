"""The prose of the handbook: one form for each entry of the catalogue, and the verb that saves a page of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from projects.access import Right
from projects.design.entries import CatalogueEntry, Theme
from projects.models import HandbookEntry, Project, User
from projects.workflow.handbook.base_form import HandbookForm
from projects.workflow.project_door import StaleCard, managing, plain, refuse_stale


class EntryForm(HandbookForm):
    """One entry, prefixed by its key, so that each of a page is saved, refused or contested by itself."""

    entry: CatalogueEntry

    class Meta:
        model = HandbookEntry
        fields = ["text"]

    def __init__(self, *args: Any, entry: CatalogueEntry, **options: Any) -> None:
        super().__init__(*args, prefix=entry.key, **options)
        self.entry = entry
        text = self.fields["text"]
        text.label, text.help_text = entry.label, entry.hint
        # An entry that nobody wrote yet can be contested as well.
        text.show_hidden_initial = True

    @property
    def is_changed(self) -> bool:
        """Whether the person changed the text, whatever somebody else saved in the meantime."""
        opened = self.instance.text if self.loaded is None else self.loaded["text"]
        return plain(opened) != plain(self.data.get(self.add_prefix("text"), ""))

    @property
    def is_sent(self) -> bool:
        return self.add_prefix("text") in self.data


def entry_forms(
    project: Project, entries: Iterable[CatalogueEntry], data: Mapping[str, Any] | None = None
) -> list[EntryForm]:
    """A form for each entry, with what is saved; two statements at most, however many there are."""
    entries = tuple(entries)
    saved = {row.key: row for row in project.entries.filter(key__in=[entry.key for entry in entries])}
    return [
        EntryForm(data, entry=entry, instance=saved.get(entry.key) or HandbookEntry(project=project, key=entry.key))
        for entry in entries
    ]


def save_entries(
    project: Project, theme: Theme, forms: Iterable[EntryForm], *, actor: User | None, now: datetime
) -> int:
    """Save what valid forms changed; one that is stale shows its conflict instead. Answers how many were saved."""
    forms = [form for form in forms if form.is_changed]
    with managing(project, actor=actor, now=now, right=Right.EDIT) as door:
        saved = {row.key: row for row in door.project.entries.filter(key__in=[form.entry.key for form in forms])}
        changes: dict[str, list[str]] = {}
        for form in forms:
            key = form.entry.key
            row = saved.get(key) or HandbookEntry(project=door.project, key=key, version=0)
            try:
                changes |= _write(row, form)
            except StaleCard as stale:
                form.show_conflict(stale)
        if changes:
            door.record("changed", "entries of the handbook", theme.label, changes=changes)
    return len(changes)


def _write(row: HandbookEntry, form: EntryForm) -> dict[str, list[str]]:
    """What the form changed, by the entry's label; raises StaleCard if somebody else changed the same entry."""
    before, text = row.text, form.values["text"]
    if plain(before) == plain(text):
        return {}
    refuse_stale(row, form.loaded)
    row.text, row.version = text, row.version + 1
    row.save()
    return {form.entry.label: [before, text]}
