"""The verbs that save the handbook: a policy, or a page of it with its lists, all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from projects.models import Conventions, Project, User
from projects.models.handbook import Policy
from projects.snapshot.handbook import renew_policy_stamp
from projects.workflow.handbook.list_saving import write_list
from projects.workflow.handbook.page_input import PageInput, StalePage
from projects.workflow.handbook.pages import RETENTION_RULES
from projects.workflow.handbook.retention_names import Followed, follow_names, lock_naming, rule_names
from projects.workflow.project_door import ProjectDoor, StaleCard, assign, managing, refuse_stale

Values = Mapping[str, Any]
Changes = dict[str, list[str]]
OneEach = TypeVar("OneEach", bound=Policy | Conventions)


@dataclass(frozen=True)
class Saved:
    """Whether a save changed anything, and what it meant for data elements that name retention rules."""

    is_changed: bool
    followed: Followed


def change_policy(
    project: Project,
    model: type[OneEach],
    values: Values,
    *,
    loaded: Values | None = None,
    actor: User | None,
    now: datetime,
) -> OneEach:
    """Set these values of a policy, which is made if it is missing; raises StaleCard unless they are as `loaded`."""
    with managing(project, actor=actor, now=now) as door:
        row, changes = write_policy(door, model, values, loaded)
        if changes:
            renew_policy_stamp(door.project)
            kind = str(model._meta.verbose_name)
            door.record("changed", kind, door.project.title, object_version=row.version, changes=changes)
    return row


def write_policy(
    door: ProjectDoor, model: type[OneEach], values: Values, loaded: Values | None
) -> tuple[OneEach, Changes]:
    """The row as it is now, and what that changed; the caller records it."""
    saved = model._default_manager.filter(project=door.project).first()
    row: Any = saved or model(project=door.project, version=0)
    refuse_stale(row, loaded)
    changes = assign(row, values)
    if changes:
        row.version += 1
        row.save()
    return row, changes


def save_page(sent: PageInput, *, actor: User | None, now: datetime) -> Saved:
    """Save all of a valid page with one event, and carry the new names of retention rules into the features.

    If somebody saved parts of it meanwhile, nothing is written, the page shows both, and StalePage is raised.
    """
    stale = StalePage()
    has_rules = RETENTION_RULES in sent.page.tables
    followed = Followed()
    try:
        with transaction.atomic():
            if has_rules:
                lock_naming(sent.project)
            with managing(sent.project, actor=actor, now=now) as door:
                names = rule_names(door.project) if has_rules else {}
                changes = _write(door, sent, stale)
                if stale.is_stale:
                    raise stale
                if changes:
                    _record(door, sent, changes)
                if changes and has_rules:
                    followed = follow_names(door.project, names, rule_names(door.project), actor=actor, now=now)
    except StalePage:
        stale.tell()
        raise
    return Saved(bool(changes), followed)


def _record(door: ProjectDoor, sent: PageInput, changes: Changes) -> None:
    if any(table.table.is_policy for table in sent.tables) or sent.page.policies:
        renew_policy_stamp(door.project)
    door.record("changed", sent.page.kind, door.project.title, changes=changes)


def _write(door: ProjectDoor, sent: PageInput, stale: StalePage) -> Changes:
    changes: Changes = {}
    for card in sent.cards:
        if not card.form.has_changed():
            continue
        try:
            changes |= write_policy(door, card.form._meta.model, card.form.values, card.form.loaded)[1]
        except StaleCard as found:
            stale.add_card(card.form, found)
    for table in sent.tables:
        changes |= write_list(door, table, stale)
    return changes
