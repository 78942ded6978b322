"""Forms of rows that come to be when first saved: the exemption of a step, the author's note on an item."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from projects.design.vocabulary import StepName
from projects.models import Exemption, Feature, ItemNote
from projects.views.addresses import Addresses
from projects.workflow.conflict import Conflict
from projects.workflow.forms import RowForm, whole
from projects.workflow.keyed_rows import EXEMPTIBLE, ExemptionForm, ItemNoteForm, KeyedScope, proposed_uid
from projects.workflow.saving import Outcome


@dataclass(frozen=True)
class KeyedFormView:
    """`version` is 0 while there is no row."""

    form: RowForm
    uid: UUID
    version: int
    url: str
    may_edit: bool
    conflict: Conflict | None = None

    @property
    def is_new(self) -> bool:
        return self.version == 0


def exemption_view(
    feature: Feature, step: str, *, is_exempt: bool, may_edit: bool, outcome: Outcome | None = None
) -> KeyedFormView | None:
    """None where the step applies to every design. A step that is not exempt costs no query."""
    if step not in EXEMPTIBLE:
        return None
    row = Exemption.objects.filter(feature=feature, step=step).first() if is_exempt or outcome else None
    uid = row.uid if row else proposed_uid(feature, "exemption", step)
    url = Addresses(feature).to("exemption", step=step, uid=uid)
    return _view(ExemptionForm, KeyedScope(feature, StepName(step)), row, uid, url, may_edit, outcome)


def note_view(
    feature: Feature, item: int, row: ItemNote | None, *, may_edit: bool, outcome: Outcome | None = None
) -> KeyedFormView:
    uid = row.uid if row else proposed_uid(feature, "item", item)
    url = Addresses(feature).to("item-note", item=item, uid=uid)
    return _view(ItemNoteForm, KeyedScope(feature, item), row, uid, url, may_edit, outcome)


def _view(  # noqa: PLR0913 - one place for both kinds of form
    form_class: type[RowForm], scope: Any, row: Any, uid: UUID, url: str, may_edit: bool, outcome: Outcome | None
) -> KeyedFormView:
    if outcome is not None and not outcome.is_settled and outcome.form is not None:
        version = whole(outcome.form.data.get(f"{uid}-version"))
        return KeyedFormView(outcome.form, uid, version, url, may_edit, outcome.conflict)
    form = form_class(instance=row, prefix=str(uid), scope=scope)
    return KeyedFormView(form, uid, row.version if row else 0, url, may_edit)
