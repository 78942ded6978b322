"""The audit trail of a project as files, for its owners."""

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from projects.access import Right, visit_project
from projects.exporters.audit_file import audit_csv, audit_json
from projects.models import Project
from projects.views.downloads import JSON
from projects.views.person import signed_in
from projects.views.project_history import filters_of
from projects.workflow.audit import csv_rows, json_events, json_head

CSV = "text/csv; charset=utf-8"


@require_safe
def history_csv(request: HttpRequest, project: str) -> StreamingHttpResponse:
    """What the page shows with the same filters, oldest first."""
    visit = visit_project(signed_in(request), project, Right.MANAGE)
    return _streamed(audit_csv(csv_rows(visit.project, filters_of(request))), CSV, f"{visit.project.key}-history.csv")


@require_safe
def history_json(request: HttpRequest, project: str) -> StreamingHttpResponse:
    """All of the chain: a part of it could not be verified."""
    visit = visit_project(signed_in(request), project, Right.MANAGE)
    # Read anew, so that count and hash are of one moment.
    head = Project.objects.get(pk=visit.project.pk)
    return _streamed(audit_json(json_head(head), json_events(head)), JSON, f"{head.key}-history.json")


def _streamed(pieces: Iterator[str], media_type: str, name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(pieces, content_type=media_type, headers=headers)
