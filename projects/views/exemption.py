"""Say that a step does not apply to this feature, and why; or that it applies after all."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from projects.access import FeatureVisit, Right, visit_feature
from projects.design.vocabulary import StepName
from projects.models import Exemption
from projects.views.addresses import Addresses
from projects.views.step_pages import show_step
from projects.views.workbench import Workbench
from projects.workflow.editing import NotAllowed, editing
from projects.workflow.keyed_rows import EXEMPTIBLE, EXEMPTIONS, KeyedScope, save_keyed
from projects.workflow.saving import Result, Submission
from projects.workflow.steps import STEP_BY_SLUG

STATUS = {Result.INVALID: 422, Result.CONFLICT: 409, Result.GONE: 409}


@require_POST
def exemption(request: HttpRequest, project: str, epic: str, feature: str, step: str, uid: UUID) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    if step not in EXEMPTIBLE:
        raise Http404("This step applies to every design.")
    verb = request.POST.get("action", "save").partition(":")[0]
    try:
        return _lift(request, visit, step) if verb == "lift" else _save(request, visit, step, uid, verb)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error


def _save(request: HttpRequest, visit: FeatureVisit, step: str, uid: UUID, verb: str) -> HttpResponse:
    scope = KeyedScope(visit.feature, StepName(step))
    outcome = save_keyed(Submission(EXEMPTIONS, scope, request.POST, visit.user, timezone.now()), uid, verb)
    if outcome.result is Result.GONE and outcome.form is not None:
        outcome.form.is_valid()
        outcome.form.add_error(None, "Somebody said meanwhile that the step applies after all. Your reason stays here.")
    if not outcome.is_settled:
        bench = Workbench(visit, STEP_BY_SLUG[step], exempting=outcome)
        return show_step(request, bench, status=STATUS[outcome.result])
    if outcome.row is None:
        messages.info(request, "Write the reason why the step does not apply.")
    return redirect(Addresses(visit.feature).step(step) + "#exemption")


def _lift(request: HttpRequest, visit: FeatureVisit, step: str) -> HttpResponse:
    addresses = Addresses(visit.feature)
    row = Exemption.objects.filter(feature=visit.feature, step=step).first()
    if row is None:
        messages.info(request, "The step applies already.")
        return redirect(addresses.step(step))
    with editing(visit.feature, actor=visit.user, now=timezone.now()) as door:
        door.delete(row)
    place = f"{addresses.history}#event-{door.events[-1].sequence}"
    messages.success(request, format_html("The step applies again. <a href='{}'>Undo it in the history</a>.", place))
    return redirect(addresses.step(step))
