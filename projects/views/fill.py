"""Add the rows that follow from the design, such as a volume for each entity that has none, in one click."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from projects.views.desk import open_desk
from projects.workflow.editing import NotAllowed, editing


@require_POST
def fill(request: HttpRequest, project: str, epic: str, feature: str, part: str) -> HttpResponse:
    desk = open_desk(request, project, epic, feature, part)
    filler = desk.part.filler
    if filler is None or (desk.part.held_by and desk.scope.holder is None):
        raise Http404("There is nothing to fill in here.")
    try:
        with editing(desk.visit.feature, actor=desk.visit.user, now=timezone.now()) as door:
            rows = filler.make(desk.scope)
            for row, changes in rows:
                door.create(row, changes)
            if filler.finish and rows:
                filler.finish(door, [row for row, _ in rows])
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    if rows:
        messages.success(request, f"{len(rows)} row{'s' if len(rows) != 1 else ''} added.")
    else:
        messages.info(request, "Nothing was missing.")
    return desk.back(rows[0][0] if rows else None)
