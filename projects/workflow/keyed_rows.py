"""Rows of which a feature has one for each item of the checklist, or each step: they are made when first saved."""

from typing import Any
from uuid import UUID, uuid5

from projects.design.vocabulary import StepName
from projects.models import Exemption, Feature, ItemNote
from projects.workflow.editing import StaleVersion, editing
from projects.workflow.forms import RowForm, Scope
from projects.workflow.saving import Outcome, Result, Submission, resolve, save_row
from projects.workflow.steps.step import Record

# Requirements are asked of every design, and the last two steps read what the others say.
EXEMPTIBLE = tuple(
    step for step in StepName if step not in (StepName.REQUIREMENTS, StepName.CHECKLIST, StepName.DOCUMENT)
)
RESOLVES = {"resolve": "choices", "mine": "mine", "theirs": "theirs"}


class KeyedScope(Scope):
    """A scope that also says for which item or step a new row is."""

    def __init__(self, feature: Feature, key: Any) -> None:
        super().__init__(feature)
        self.key = key


class KeyedForm(RowForm):
    """A form whose new row is for the key of its scope; `key_name` is the column that holds it."""

    key_name = ""

    def place(self, instance: Any) -> None:
        if instance.pk is None and isinstance(self.scope, KeyedScope):
            setattr(instance, self.key_name, self.scope.key)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk is None:
            taken = {self.key_name: getattr(self.instance, self.key_name)}
            if self._meta.model.objects.filter(feature=self.scope.feature, **taken).exists():
                self.add_error(
                    None,
                    "Somebody wrote here while you did. Open the page in another tab to see it; your text stays here.",
                )
        return cleaned


class ItemNoteForm(KeyedForm):
    key_name = "item"

    class Meta:
        model = ItemNote
        fields = ["text", "is_not_applicable"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_not_applicable") and not cleaned.get("text"):
            self.add_error("text", "Say in a sentence why the item does not apply.")
        return cleaned


class ExemptionForm(KeyedForm):
    key_name = "step"

    class Meta:
        model = Exemption
        fields = ["reason"]


ITEM_NOTES = Record(slug="item-notes", title="Note", form=ItemNoteForm)
EXEMPTIONS = Record(slug="exemptions", title="This step does not apply", form=ExemptionForm)


def proposed_uid(feature: Feature, kind: str, key: object) -> UUID:
    """The uid of a row that is not there yet: the same on every page that offers it, so that it is made only once."""
    return uuid5(feature.uid, f"{kind}:{key}")


def save_keyed(submission: Submission, uid: UUID, verb: str) -> Outcome:
    """Save the row under this uid, or make it if there was none when the page was loaded; settle a conflict."""
    if verb in RESOLVES:
        return resolve(submission, uid, RESOLVES[verb])
    if submission.data.get(f"{uid}-version", "0") not in ("", "0"):
        return save_row(submission, uid)
    form = submission.form(None, str(uid))
    if form.is_blank:
        return Outcome(Result.UNCHANGED)
    if submission.part.row(submission.scope, uid) is not None:
        return save_row(submission, uid)
    if not form.is_valid():
        return Outcome(Result.INVALID, form)
    return _create(submission, form, uid)


def _create(submission: Submission, form: RowForm, uid: UUID) -> Outcome:
    form.instance.uid = uid
    try:
        with editing(submission.scope.feature, actor=submission.actor, now=submission.now) as door:
            # Asked again, as nobody else can make it now.
            if there := submission.part.row(submission.scope, uid):
                raise StaleVersion(there)
            form.write(door)
    except StaleVersion:
        return save_row(submission, uid)
    return Outcome(Result.SAVED, form, form.instance)
