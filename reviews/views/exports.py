"""The record of a revision's review to download."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from projects.views.downloads import JSON, MARKDOWN, download
from reviews.exports import Said, review_record
from reviews.exports_markdown import record_markdown
from reviews.views.desk import ReviewDesk, open_desk


@require_safe
def markdown(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number)
    return download(record_markdown(_record(desk)), MARKDOWN, _name(desk, "md"))


@require_safe
def as_json(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    desk = open_desk(request, (project, epic, feature), number)
    return download(json.dumps(_record(desk), ensure_ascii=False, indent=1) + "\n", JSON, _name(desk, "json"))


def _record(desk: ReviewDesk) -> Said:
    return review_record(desk.revision, desk.now)


def _name(desk: ReviewDesk, ending: str) -> str:
    return f"{desk.feature.key}-r{desk.revision.number}-review.{ending}"
