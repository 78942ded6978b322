"""The inbox: the news of the person who is signed in. Those of others, and of projects that one left, are not there."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from projects.views.person import signed_in
from reviews.models import Notice
from reviews.notices import inbox_of, mark_read, place_of, unread
from reviews.reading import light

PER_PAGE = 50


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    notices = _with_places(inbox_of(person)).order_by("-at", "-pk")
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    number = unread(person).count()
    if number != person.unread_notices:
        # A project was left since: its news do not wait any more.
        mark_read(person, timezone.now(), pk__in=[])
        person.refresh_from_db(fields=["unread_notices"])
    newest = max((each.pk for each in page), default=0)
    return render(request, "reviews/inbox.html", {"page": page, "unread": number, "newest": newest})


@require_safe
def open_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Leads to what it tells of, by today's address. Asking again changes nothing more, so a link may do it."""
    person = signed_in(request)
    found = get_object_or_404(_with_places(inbox_of(person)), pk=notice)
    if request.method == "GET" and found.read_at is None:
        mark_read(person, timezone.now(), pk=found.pk)
    return redirect(place_of(found))


@require_POST
def read_notice(request: HttpRequest, notice: int) -> HttpResponse:
    person = signed_in(request)
    found = get_object_or_404(inbox_of(person), pk=notice)
    mark_read(person, timezone.now(), pk=found.pk)
    return redirect(_back(request))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """What came after the page was loaded stays unread: nobody has seen it."""
    newest = request.POST.get("newest", "")
    # A number that no key can have would be an error of the database.
    until = int(newest) if newest.isascii() and newest.isdigit() and len(newest) < 19 else 0
    number = mark_read(signed_in(request), timezone.now(), pk__lte=until)
    if number:
        messages.success(request, ngettext("%d notice is read.", "%d notices are read.", number) % number)
    else:
        messages.success(request, _("Nothing was unread."))
    return redirect("inbox")


def _with_places(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    return light(notices.select_related("project", "feature__epic__project", "revision"), "revision")


def _back(request: HttpRequest) -> str:
    number = request.POST.get("page", "")
    return reverse("inbox") + (f"?page={number}" if number.isascii() and number.isdigit() else "")
