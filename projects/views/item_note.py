"""The author's note on one item of the checklist; it comes to be when it is first saved."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from projects.access import FeatureVisit, Right, visit_feature
from projects.design.checklist import ITEM_BY_NUMBER
from projects.htmx import wants_part
from projects.models import ItemNote
from projects.views.addresses import Addresses
from projects.views.keyed_forms import note_view
from projects.views.step_pages import show_step
from projects.views.workbench import Workbench
from projects.workflow.editing import NotAllowed
from projects.workflow.keyed_rows import ITEM_NOTES, KeyedScope, save_keyed
from projects.workflow.saving import Outcome, Result, Submission
from projects.workflow.steps import STEP_BY_SLUG

STATUS = {Result.INVALID: 422, Result.CONFLICT: 409, Result.GONE: 409}


@require_POST
def item_note(request: HttpRequest, project: str, epic: str, feature: str, item: int, uid: UUID) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    if item not in ITEM_BY_NUMBER:
        raise Http404("The checklist has no such item.")
    verb = request.POST.get("action", "save").partition(":")[0]
    submission = Submission(ITEM_NOTES, KeyedScope(visit.feature, item), request.POST, visit.user, timezone.now())
    try:
        outcome = save_keyed(submission, uid, verb)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    if wants_part(request):
        return _part(request, visit, item, outcome)
    if not outcome.is_settled:
        bench = Workbench(visit, STEP_BY_SLUG["checklist"], noting=(item, outcome))
        return show_step(request, bench, status=STATUS[outcome.result])
    return redirect(f"{Addresses(visit.feature).step('checklist')}#item-{item}")


def _part(request: HttpRequest, visit: FeatureVisit, item: int, outcome: Outcome) -> HttpResponse:
    row = ItemNote.objects.filter(feature=visit.feature, item=item).first()
    view = note_view(visit.feature, item, row, may_edit=True, outcome=outcome)
    context = {"note": view, "item": ITEM_BY_NUMBER[item]}
    response = render(request, "projects/workbench/_item_note.html", context, status=STATUS.get(outcome.result, 200))
    if outcome.result is Result.SAVED:
        trigger_client_event(response, "saved", {})
    return response
