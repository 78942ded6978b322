"""The forms behind decisions, waivers and reviewers."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.design.vocabulary import PROSE_LENGTH
from projects.workflow.card_form import CardForm
from reviews.models import ReviewPolicy
from reviews.workflow.waivers import LASTS_AT_MOST

USUAL_WAIVER = timedelta(days=90)


class Prose(forms.CharField):
    """Some lines of text, of the length that the tables hold."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
        super().__init__(widget=widget, max_length=PROSE_LENGTH, **options)


class QuestionForm(forms.Form):
    use_required_attribute = False


class SignForm(QuestionForm):
    comment = Prose(label=_("Comment"), required=False, help_text=_("Optional; kept with the sign-off."))
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Asked again, so that nobody signs at a screen that you left."),
        error_messages={"required": _("Type your password to sign.")},
    )


class ChangesForm(QuestionForm):
    comment = Prose(
        label=_("What has to change"),
        error_messages={"required": _("Say what has to change. It goes to the architects.")},
    )


class ReasonForm(QuestionForm):
    reason = Prose(label=_("Reason"), error_messages={"required": _("Write the reason. It is kept with the review.")})


class OptionalReasonForm(QuestionForm):
    reason = Prose(label=_("Reason"), required=False)


class ItemWaiverForm(ReasonForm):
    expires_on = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day, UTC, on which the item passes by this waiver; within a year."),
        error_messages={
            "required": _("Choose the last day of the waiver."),
            "invalid": _("Write a date, like 2026-12-31."),
        },
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["expires_on"].initial = today + USUAL_WAIVER
        bounds = {"min": (today + timedelta(days=1)).isoformat(), "max": (today + LASTS_AT_MOST).isoformat()}
        self.fields["expires_on"].widget.attrs |= bounds


class ReviewerForm(QuestionForm):
    person = forms.TypedChoiceField(label=_("Person"), coerce=int, error_messages={"required": _("Choose a person.")})
    is_required = forms.BooleanField(label=_("Their decision is required"), required=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", "—"), *people]  # type: ignore[attr-defined]  # declared above


class ReviewPolicyForm(CardForm):
    class Meta:
        model = ReviewPolicy
        fields = ["required_approvals", "is_solo"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            # Also while the project has chosen nothing: two owners may begin at once.
            field.show_hidden_initial = True
