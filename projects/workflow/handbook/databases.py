"""The databases of a project: each has a page with its environments, and exactly one of them is primary."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError

from projects.design.vocabulary import PolicyName
from projects.models import DatabaseProfile, Environment, Project, User
from projects.snapshot.handbook import renew_policy_stamp
from projects.snapshot.restore import STEP_BETWEEN_POSITIONS
from projects.workflow.handbook.list_saving import write_list
from projects.workflow.handbook.page_input import PageInput, StalePage
from projects.workflow.handbook.pages import ENVIRONMENTS, Card, Group, Page
from projects.workflow.handbook.row_forms import DatabaseProfileForm
from projects.workflow.project_door import ProjectDoor, StaleCard, assign, in_words, managing, refuse_stale

Changes = dict[str, list[str]]
PRIMARY = "Primary database"

DATABASE = Page(
    "databases",
    "Database",
    "What this project keeps data in, where it runs, and how many connections it takes.",
    "database profile",
    (
        Card(
            DatabaseProfileForm,
            (
                Group("System", ("system", "system_version", "kind", "is_primary", "hosting", "access_patterns")),
                Group("Connection pool", ("pool_minimum", "pool_maximum", "pool_idle_timeout", "pool_reuse")),
            ),
        ),
    ),
    (ENVIRONMENTS,),
    (PolicyName.DATABASES,),
)


class DatabaseGone(Exception):
    """Somebody deleted the database while its page was open."""


class DatabaseThere(Exception):
    """The same new page was sent before, and added it."""


def databases_of(project: Project) -> list[DatabaseProfile]:
    """In the order of the list, each with its environments."""
    profiles = DatabaseProfile.objects.filter(project=project).prefetch_related("environments")
    return list(profiles.order_by("position", "uid"))


def save_database(sent: PageInput, *, actor: User | None, now: datetime) -> DatabaseProfile:
    """Save a valid page of a database, which is added if it is new.

    The first database is primary; marking another takes the mark from that one. Raises StalePage as `save_page`
    does, DatabaseGone, DatabaseThere, and ValidationError by field.
    """
    stale = StalePage()
    try:
        with managing(sent.project, actor=actor, now=now) as door:
            others = databases_of(door.project)
            row = _target(door, sent, others)
            is_new = row.pk is None
            changes = _write_profile(sent, row, others, stale)
            places = {} if stale.is_stale else write_list(door, sent.tables[0], stale, row)
            if stale.is_stale:
                raise stale
            if places and not changes and not is_new:
                # Who deletes the database has seen its environments too.
                row.version += 1
                row.save(update_fields=["version"])
            changes |= places
            if changes or is_new:
                renew_policy_stamp(door.project)
                _record(door, "added" if is_new else "changed", row, changes)
    except StalePage:
        stale.tell()
        raise
    return row


def _target(door: ProjectDoor, sent: PageInput, others: list[DatabaseProfile]) -> DatabaseProfile:
    assert sent.profile is not None
    if sent.profile.pk is None:
        if any(row.uid == sent.profile.uid for row in others):
            raise DatabaseThere
        last = max((row.position for row in others), default=0)
        place = last + STEP_BETWEEN_POSITIONS
        return DatabaseProfile(project=door.project, uid=sent.profile.uid, version=0, position=place)
    found = next((row for row in others if row.uid == sent.profile.uid), None)
    if found is None:
        raise DatabaseGone
    others.remove(found)
    return found


def _write_profile(sent: PageInput, row: DatabaseProfile, others: list[DatabaseProfile], stale: StalePage) -> Changes:
    form = sent.cards[0].form
    was_primary = row.is_primary
    try:
        if row.pk is not None and form.has_changed():
            refuse_stale(row, form.loaded)
    except StaleCard as found:
        stale.add_card(form, found)
        return {}
    changes = assign(row, form.values) if form.has_changed() or row.pk is None else {}
    changes.pop(PRIMARY, None)
    primary = next((each for each in others if each.is_primary), None)
    if was_primary and not row.is_primary and others:
        raise ValidationError({"is_primary": "One database is primary. Mark another one, and this one no longer is."})
    row.is_primary = row.is_primary or primary is None
    if row.is_primary and not was_primary:
        changes[PRIMARY] = [str(primary or ""), str(row)]
        _unmark(others)
    if changes or row.pk is None:
        row.version += 1
        row.save()
    return changes


def _unmark(rows: Iterable[DatabaseProfile]) -> None:
    for row in rows:
        if row.is_primary:
            row.is_primary, row.version = False, row.version + 1
            row.save(update_fields=["is_primary", "version"])


def delete_database(project: Project, uid: UUID, version: int, *, actor: User | None, now: datetime) -> DatabaseProfile:
    """Delete it with its environments; the first of the others becomes primary if it was.

    Raises DatabaseGone, and StaleCard if it is not of this version any more.
    """
    with managing(project, actor=actor, now=now) as door:
        rows = databases_of(door.project)
        row = next((each for each in rows if each.uid == uid), None)
        if row is None:
            raise DatabaseGone
        if row.version != version:
            raise StaleCard({"version": row.version})
        rows.remove(row)
        changes = {label: [text, ""] for label, text in _words(row).items()}
        if row.is_primary and rows:
            rows[0].is_primary, rows[0].version = True, rows[0].version + 1
            rows[0].save(update_fields=["is_primary", "version"])
            changes[PRIMARY] = [str(row), str(rows[0])]
        row.delete()
        renew_policy_stamp(door.project)
        _record(door, "deleted", row, changes)
    return row


def move_database(project: Project, uid: UUID, by: int, *, actor: User | None, now: datetime) -> None:
    """Move it up or down in the list; what stands at an end stays there. Raises DatabaseGone."""
    with managing(project, actor=actor, now=now) as door:
        rows = databases_of(door.project)
        place = next((place for place, each in enumerate(rows) if each.uid == uid), None)
        if place is None:
            raise DatabaseGone
        before = ", ".join(map(str, rows))
        rows.insert(min(max(place + by, 0), len(rows) - 1), rows.pop(place))
        after = ", ".join(map(str, rows))
        if rows[place].uid == uid:
            return
        for position, row in enumerate(rows, 1):
            row.position = position * STEP_BETWEEN_POSITIONS
        DatabaseProfile.objects.bulk_update(rows, ["position"])
        renew_policy_stamp(door.project)
        door.record("changed", "database profiles", door.project.title, changes={"Order": [before, after]})


def _words(row: DatabaseProfile) -> dict[str, str]:
    """Label of each fact → what it says, as the history keeps it."""
    facts = {name: in_words(row, name) for name in DATABASE.cards[0].fields if name != "is_primary"}
    labels = DatabaseProfileForm.base_fields
    places = "\n".join(_environment(each) for each in row.environments.all())
    words = {str(labels[name].label): text for name, text in facts.items()} | {ENVIRONMENTS.title: places}
    return {label: text for label, text in words.items() if text.strip()}


def _environment(row: Environment) -> str:
    return "; ".join(text for text in (row.name, row.connection, row.migrations) if text.strip())


def _record(door: ProjectDoor, verb: str, row: DatabaseProfile, changes: Changes) -> None:
    door.record(verb, "database profile", str(row), object_uid=row.uid, object_version=row.version, changes=changes)
