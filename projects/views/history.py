"""The history of a feature: who changed what, from what to what; and the undo of deletions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from projects.access import FeatureVisit, Right, visit_feature
from projects.models import Event
from projects.views.addresses import Addresses
from projects.workflow.apply_import import ImportRefused, undo_import
from projects.workflow.deletion import CannotPutBack
from projects.workflow.editing import NotAllowed, editing

EVENTS_A_PAGE = 50
UNDO_OF = "undo of "
IMPORTS = ("imported", "replaced")


@require_safe
def feature_history(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    events = Event.objects.filter(feature=visit.feature).order_by("-sequence")
    if uid := _uid(request.GET.get("uid", "")):
        events = events.filter(object_uid=uid)
    page = Paginator(events.defer("kept"), EVENTS_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "visit": visit,
        "feature": visit.feature,
        "addresses": Addresses(visit.feature),
        "page": page,
        "events": page.object_list,
        "uid": uid,
        "label": page.object_list[0].label if uid and page.object_list else "",
        "undone": _undone(visit.feature),
        "undoable": ("deleted", *IMPORTS),
    }
    return render(request, "projects/workbench/history.html", context)


def _undone(feature: Any) -> set[int]:
    """The numbers of the events that were undone: a restoring says so in its reason, a replacing in its label."""
    told = Q(reason__startswith=UNDO_OF) | Q(label__startswith=UNDO_OF)
    events = Event.objects.filter(told, feature=feature).values_list("reason", "label")
    return {int((reason or label).removeprefix(UNDO_OF)) for reason, label in events}


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
def undo(request: HttpRequest, project: str, epic: str, feature: str, sequence: int) -> HttpResponse:
    """Put back what a deletion took, or the design as it was before an import."""
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    event = Event.objects.filter(feature=visit.feature, sequence=sequence, kept__isnull=False).first()
    if event is None:
        raise Http404("This event of the history cannot be undone.")
    try:
        _undo(visit, event)
    except (CannotPutBack, ImportRefused) as error:
        messages.error(request, f"{event.label} is not undone. {error}")
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    else:
        messages.success(request, f"{event.verb.capitalize()} {event.label}: undone.")
    return redirect(Addresses(visit.feature).history)


def _undo(visit: FeatureVisit, event: Event) -> None:
    if event.verb in IMPORTS:
        undo_import(visit.feature, event, actor=visit.user, now=timezone.now())
        return
    with editing(visit.feature, actor=visit.user, now=timezone.now()) as door:
        door.restore(event)
