"""The pages that ask before a feature is archived or brought back."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from projects.access import Right, visit_feature
from projects.design.vocabulary import PROSE_LENGTH
from projects.models import Revision
from projects.views.addresses import Addresses
from projects.views.person import signed_in
from reviews.workflow.archive import archive, bring_back
from reviews.workflow.door import Refused, is_open


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=PROSE_LENGTH,
        help_text=_("Stands in the history. May be empty."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def archive_page(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    return _asked(request, (project, epic, feature), archive, is_archiving=True)


@require_http_methods(["GET", "HEAD", "POST"])
def restore_page(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    return _asked(request, (project, epic, feature), bring_back, is_archiving=False)


def _asked(
    request: HttpRequest, keys: tuple[str, str, str], verb: Callable[..., str], *, is_archiving: bool
) -> HttpResponse:
    person = signed_in(request)
    visit = visit_feature(person, *keys, Right.MANAGE)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            said = verb(visit.feature, actor=person, now=timezone.now(), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, said)
            return redirect(Addresses(visit.feature).to("feature"))
    head = Revision.objects.filter(feature=visit.feature).only("number", "state").order_by("-number").first()
    context = {
        "visit": visit,
        "feature": visit.feature,
        "form": form,
        "is_archiving": is_archiving,
        "is_done": (visit.feature.archived_at is not None) == is_archiving,
        "in_review": head if head and is_open(head) else None,
    }
    return render(request, "reviews/archiving.html", context, status=422 if form.errors else 200)
