"""The backups that a store has by the project's backup policy, as long as it has none of its own."""

from projects.design.tree import Design, PolicySchedule
from projects.design.vocabulary import PolicyName
from projects.models import BackupSchedule, Recovery, Store
from projects.models.base import Row
from projects.workflow.forms import Scope
from projects.workflow.steps.step import Filler, Inherited

FACTS = ("kind", "frequency", "retention", "location", "automation")


def policy_schedules(scope: Scope, holder: Row | None) -> Inherited | None:
    """The policy's backups for a store that is not rebuilt from anything else."""
    schedules = scope.policies.schedules
    if not schedules or holder is None or _is_rebuilt(scope, holder):
        return None
    return Inherited(PolicyName.BACKUP, tuple(_cells(each) for each in schedules))


def _is_rebuilt(scope: Scope, holder: Row) -> bool:
    if scope.design is not None:
        plans = (plan for plan in scope.design.recoveries if plan.store == holder.uid)
        return any(plan.rebuildable_from.strip() for plan in plans)
    return Recovery.objects.filter(store=holder.pk).exclude(rebuildable_from="").exists()


def _cells(schedule: PolicySchedule) -> tuple[str, ...]:
    return schedule.kind.label, *(getattr(schedule, name) for name in FACTS[1:])


def words(design: Design, holder: Row | None) -> str:
    """What the button says that makes the policy's backups rows of the store, to be changed from there."""
    schedules = design.policies.schedules
    if holder is None or not schedules or any(each.store == holder.uid for each in design.backup_schedules):
        return ""
    if any(plan.rebuildable_from.strip() for plan in design.recoveries if plan.store == holder.uid):
        return ""
    return "Take it over as a row" if len(schedules) == 1 else "Take them over as rows"


def make(scope: Scope) -> list[tuple[Row, dict[str, list[str]]]]:
    store = scope.holder
    if not isinstance(store, Store) or BackupSchedule.objects.filter(store=store).exists():
        return []
    return [_row(store, schedule) for schedule in scope.policies.schedules]


def _row(store: Store, schedule: PolicySchedule) -> tuple[Row, dict[str, list[str]]]:
    row = BackupSchedule(feature=store.feature, store=store, **{name: getattr(schedule, name) for name in FACTS})
    said = dict(zip(("Type", "Frequency", "Kept for", "Location", "Automation"), _cells(schedule), strict=True))
    return row, {label: ["", text] for label, text in said.items() if text}


TAKE_OVER = Filler(words, make)
