"""The pages on which a draft is submitted as a revision, and a revision is withdrawn."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from projects.access import FeatureVisit, Right, visit_feature
from projects.design.vocabulary import PROSE_LENGTH
from projects.models import Revision
from projects.snapshot.current import Digested, current_design
from projects.views.addresses import Addresses
from projects.workflow.progress import Overview, StepProgress, overview_of
from projects.workflow.steps import STEP_BY_SLUG
from reviews.models import Assignment, Review
from reviews.reading import effective_of, head_of, members_of
from reviews.rules.eligibility import is_solo
from reviews.views.addresses import ReviewAddresses
from reviews.views.asking import People, SubmitForm
from reviews.views.desk import ReviewDesk, carry_out, open_desk
from reviews.views.summary import Summary, changes_to_draft
from reviews.workflow import submit as verbs
from reviews.workflow.contributors import contributors_of
from reviews.workflow.door import Form, Refused, is_open


@dataclass(frozen=True)
class SubmitDesk:
    """Who is about to submit which draft."""

    request: HttpRequest
    visit: FeatureVisit
    now: datetime

    @cached_property
    def draft(self) -> Digested:
        return current_design(self.visit.feature)

    @cached_property
    def head(self) -> Revision | None:
        return head_of(self.visit.feature)

    @cached_property
    def effective(self) -> Revision | None:
        return effective_of(self.visit.feature)

    @cached_property
    def review(self) -> Review:
        return verbs.review_to_come(self.visit.feature, self.people_here[0], self.now)

    @cached_property
    def people_here(self) -> tuple[Any, dict[int, str]]:
        return members_of(self.visit.project)

    @cached_property
    def people(self) -> People:
        members, names = self.people_here
        standing = Assignment.objects.filter(review=self.review, ended_at=None) if self.review.pk else ()
        return People(
            members,
            names,
            contributors_of(self.visit.feature, self.draft.design),
            {row.reviewer_id: row.is_required for row in standing},
            is_solo(members, self.review.is_solo),
        )

    @property
    def needed(self) -> int:
        return 1 if self.people.solo else self.review.required_approvals

    @cached_property
    def refusal(self) -> str:
        """Why submitting would be refused as things are now; empty if it would not."""
        return self.nothing_designed or verbs.nothing_new(self.draft.digest, self.head, self.effective) or self.nobody

    @property
    def nothing_designed(self) -> str:
        return verbs.nothing_designed(self.draft.design)

    @cached_property
    def nobody(self) -> str:
        return verbs.never_approved(self.review, self.people.members, self.people.contributors)

    @property
    def new_key(self) -> UUID:
        return uuid4()

    @property
    def number(self) -> int:
        """The number that the revision gets: a withdrawn one that is submitted unchanged keeps its own."""
        if self.head is None:
            return 1
        is_same = self.head.withdrawn_at is not None and self.head.digest == self.draft.digest
        return self.head.number if is_same else self.head.number + 1

    @cached_property
    def changes(self) -> Summary:
        return changes_to_draft(self.visit.feature, self.head, self.draft)

    @cached_property
    def overview(self) -> Overview:
        return overview_of(self.draft)

    @property
    def open_steps(self) -> list[tuple[str, StepProgress]]:
        """The steps that are not complete or hold errors or warnings, by title."""
        return [
            (STEP_BY_SLUG[step.slug].title, step)
            for step in self.overview.steps
            if step.state != "complete" or step.errors or step.warnings
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    desk = SubmitDesk(request, visit, timezone.now())
    form = SubmitForm(desk.people, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return carry_out(desk, lambda sent: _submit(desk, form, sent), lambda: _head_page(visit))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _submit_page(desk, form)


def _submit(desk: SubmitDesk, form: SubmitForm, sent: Form) -> str:
    said = verbs.Submission(form.cleaned_data["message"], form.asked)
    # A form that names no revision was loaded before there was one.
    sent = replace(sent, revision=sent.revision or 0)
    revision = verbs.submit(desk.visit.feature, said, actor=desk.visit.user, now=desk.now, form=sent)
    return verbs.submitted(revision, len(form.asked))


def _head_page(visit: FeatureVisit) -> str:
    head = head_of(visit.feature)
    return ReviewAddresses(visit.feature, head).review if head else Addresses(visit.feature).to("revisions")


def _submit_page(desk: SubmitDesk, form: SubmitForm) -> HttpResponse:
    context = {"desk": desk, "visit": desk.visit, "feature": desk.visit.feature, "form": form}
    context["addresses"] = Addresses(desk.visit.feature)
    return render(desk.request, "reviews/submit.html", context, status=422 if form.errors else 200)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("May be empty. Those who were asked are told."),
        required=False,
        max_length=PROSE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number, Right.EDIT)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return carry_out(desk, lambda sent: _withdraw(desk, form, sent), desk.addresses.revisions)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"desk": desk, "visit": desk.visit, "feature": desk.feature, "form": form}
    context |= {"addresses": desk.addresses, "can_withdraw": desk.is_head and is_open(desk.revision)}
    return render(request, "reviews/withdraw.html", context, status=422 if form.errors else 200)


def _withdraw(desk: ReviewDesk, form: WithdrawForm, sent: Form) -> str:
    reason = form.cleaned_data["reason"]
    revision = verbs.withdraw(desk.feature, actor=desk.user, now=desk.now, reason=reason, form=sent)
    return verbs.withdrawn(revision)
