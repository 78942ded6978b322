"""The threads section of a review page, and what is done with one thread: replying, and taking it further."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from projects.access import Right
from projects.design.checklist import CHECKLIST, ChecklistItem
from projects.htmx import render_part, wants_part
from reviews.models import Comment
from reviews.rules.anchors import Anchor
from reviews.thread_reading import FollowedThread
from reviews.views.desk import ReviewDesk, carry_out, open_desk
from reviews.views.gate import gate_section
from reviews.views.thread_cards import ThreadCard, cards, may_write, new_thread_address
from reviews.workflow.door import Form, Refused
from reviews.workflow.thread_states import mark_addressed, reopen_thread, resolve
from reviews.workflow.threads import delete_draft, edit_draft, post_draft, reply

# Resolved ones that stay in sight among the open.
RESOLVED_SHOWN = 2
VIEWS = ("design", "document", "changes", "checklist")


@dataclass(frozen=True)
class ThreadsPanel:
    """The column of threads: the open ones with the last that were resolved, or all."""

    desk: ReviewDesk

    @property
    def shows_all(self) -> bool:
        return self.desk.request.GET.get("threads") == "all"

    @property
    def may_write(self) -> bool:
        return may_write(self.desk)

    @cached_property
    def item(self) -> ChecklistItem | None:
        """The item of the checklist whose threads alone are asked for."""
        return next((each for each in CHECKLIST if str(each.number) == self.desk.request.GET.get("item")), None)

    @property
    def item_address(self) -> str:
        return new_thread_address(self.desk.addresses, Anchor(item=self.item.number if self.item else None))

    @cached_property
    def shown(self) -> tuple[FollowedThread, ...]:
        """All that are asked for, whatever their state."""
        number = self.item.number if self.item else None
        return tuple(each for each in self.desk.threads.all if number is None or each.row.item == number)

    @property
    def published(self) -> list[FollowedThread]:
        return [each for each in self.desk.threads.all if not each.is_draft]

    @property
    def open_number(self) -> int:
        return sum(not each.is_resolved for each in self.published)

    @property
    def total(self) -> int:
        return self.open_number + len(self.desk.threads.resolved)

    @property
    def draft_number(self) -> int:
        """Own comments that nobody else sees yet."""
        return sum(each.published_at is None for thread in self.desk.threads.all for each in thread.comments)

    @property
    def unresolved(self) -> list[ThreadCard]:
        return self._unresolved(is_there=True)

    @property
    def removed(self) -> list[ThreadCard]:
        """Unresolved, and what they are about is not in this revision any more."""
        return self._unresolved(is_there=False)

    @property
    def resolved(self) -> list[ThreadCard]:
        done = self._resolved
        return cards(self.desk, done if self.shows_all or self.item else done[:RESOLVED_SHOWN], folded=True)

    @property
    def more_resolved(self) -> int:
        return len(self._resolved) - len(self.resolved)

    @property
    def _resolved(self) -> list[FollowedThread]:
        shown = {each.uid for each in self.shown}
        return [each for each in self.desk.threads.resolved if each.uid in shown]

    def _unresolved(self, *, is_there: bool) -> list[ThreadCard]:
        found = (each for each in self.shown if not each.is_resolved and each.followed.is_there is is_there)
        return cards(self.desk, found)

    @property
    def open_address(self) -> str:
        return self._address(None)

    @property
    def all_address(self) -> str:
        return self._address("all")

    def _address(self, threads: str | None) -> str:
        query = self.desk.request.GET.copy()
        query.pop("threads", None)
        query.pop("item", None)
        if threads:
            query["threads"] = threads
        # A tab of the narrow page stays on the threads.
        if query.get("view") not in VIEWS:
            query["view"] = "threads"
        return f"{self.desk.addresses.review}?{query.urlencode()}#review-threads"


def threads_section(desk: ReviewDesk) -> dict[str, Any]:
    """What reviews/_threads.html needs."""
    return {"threads": ThreadsPanel(desk)}


@require_http_methods(["GET", "HEAD", "POST"])
def thread_page(request: HttpRequest, project: str, epic: str, feature: str, number: int, thread: UUID) -> HttpResponse:
    """One thread: as a page, or for htmx as the card; what is done with it is named by the button."""
    right = Right.COMMENT if request.method == "POST" else Right.READ
    desk = open_desk(request, (project, epic, feature), number, right)
    found = _find(desk, thread)
    if request.method != "POST":
        return _show(desk, ThreadCard(desk, found))
    act = _ACTIONS.get(request.POST.get("action", ""))
    if act is None:
        raise Http404("This form was not made by the application.")
    return _carry_out(desk, found, lambda form: act(desk, found, form))


@require_POST
def draft(request: HttpRequest, project: str, epic: str, feature: str, number: int, comment: UUID) -> HttpResponse:
    """Save, post or delete one's own draft of a comment."""
    desk = open_desk(request, (project, epic, feature), number, Right.COMMENT)
    row = Comment.objects.select_related("thread__feature").filter(uid=comment, thread__feature=desk.feature).first()
    if row is None or row.author_id != desk.user.pk:
        raise Http404("There is no such comment in this feature.")
    found = _find(desk, row.thread.uid)
    act = _DRAFT_ACTIONS.get(request.POST.get("action", ""))
    if act is None:
        raise Http404("This form was not made by the application.")
    return _carry_out(desk, found, lambda form: act(desk, row, form))


def thread_back(desk: ReviewDesk, uid: UUID | None = None) -> str:
    """The page of the review at this thread, or at all of them; what stood in the middle stays there."""
    view = desk.request.POST.get("view", "")
    place = f"thread-{uid}" if uid else "review-threads"
    return f"{desk.addresses.review}?view={view if view in VIEWS else 'threads'}#{place}"


def _find(desk: ReviewDesk, uid: UUID) -> FollowedThread:
    """The thread if it is of this feature and the person sees it; Http404 otherwise."""
    if found := desk.threads.find(uid):
        return found
    raise Http404("There is no such thread at this revision.")


def _carry_out(desk: ReviewDesk, thread: FollowedThread, act: Callable[[Form], str]) -> HttpResponse:
    back = ThreadCard(desk, thread).address if wants_part(desk.request) else thread_back(desk, thread.uid)
    if desk.request.POST.get("action") == "delete" and thread.is_draft:
        back = thread_back(desk)
    try:
        return carry_out(desk, act, back)
    except Refused as refused:
        typed = desk.request.POST.get("text", "")
        return _show(desk, replace(ThreadCard(desk, thread), error=str(refused), typed=typed), status=422)


def _show(desk: ReviewDesk, card: ThreadCard, status: int = 200) -> HttpResponse:
    """The thread with, for htmx, the counts beside it and the bar at the foot as they are now."""
    is_part = wants_part(desk.request)
    context: dict[str, Any] = {
        "desk": desk,
        "visit": desk.visit,
        "feature": desk.feature,
        "addresses": desk.addresses,
        "card": card,
        "threads": ThreadsPanel(desk),
        "is_part": is_part,
        "is_alone": not is_part,
    }
    if is_part:
        context |= gate_section(desk)
    return render_part(desk.request, "reviews/thread.html", "reviews/_thread_answer.html", context, status)


def _text(desk: ReviewDesk) -> str:
    return desk.request.POST.get("text", "")


def _reply(desk: ReviewDesk, thread: FollowedThread, form: Form) -> str:
    return reply(thread.row, _text(desk), actor=desk.user, now=desk.now, form=form)


def _address(desk: ReviewDesk, thread: FollowedThread, form: Form) -> str:
    return mark_addressed(thread.row, _text(desk), actor=desk.user, now=desk.now, form=form)


def _resolve(desk: ReviewDesk, thread: FollowedThread, form: Form) -> str:
    return resolve(thread.row, _text(desk), actor=desk.user, now=desk.now, form=form)


def _reopen(desk: ReviewDesk, thread: FollowedThread, form: Form) -> str:
    return reopen_thread(thread.row, _text(desk), actor=desk.user, now=desk.now, form=form)


def _save_draft(desk: ReviewDesk, row: Comment, form: Form) -> str:
    blocking = {"yes": True, "no": False}.get(desk.request.POST.get("blocking", ""))
    return edit_draft(row, _text(desk), actor=desk.user, now=desk.now, form=form, is_blocking=blocking)


def _post_draft(desk: ReviewDesk, row: Comment, form: Form) -> str:
    return post_draft(row, actor=desk.user, now=desk.now, form=form)


def _delete_draft(desk: ReviewDesk, row: Comment, form: Form) -> str:
    return delete_draft(row, actor=desk.user, now=desk.now, form=form)


_ACTIONS: dict[str, Callable[[ReviewDesk, FollowedThread, Form], str]] = {
    "reply": _reply,
    "address": _address,
    "resolve": _resolve,
    "reopen": _reopen,
}
_DRAFT_ACTIONS: dict[str, Callable[[ReviewDesk, Comment, Form], str]] = {
    "save": _save_draft,
    "post": _post_draft,
    "delete": _delete_draft,
}
