"""The databases of a project: the list of them, and a page for each with its environments and its pool."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.access import Right, Visit, visit_project
from projects.models import DatabaseProfile
from projects.views.handbook_page import render_handbook_page
from projects.views.handbook_policy import policy_page, said_of
from projects.views.person import signed_in
from projects.workflow.card_form import attempt
from projects.workflow.forms import whole
from projects.workflow.handbook import databases as verbs
from projects.workflow.handbook.page_input import PageInput, StalePage
from projects.workflow.handbook.pages import DATABASES
from projects.workflow.handbook.touched import touched_features
from projects.workflow.project_door import StaleCard

PAGE = "projects/handbook/database.html"
MOVES = {"up": -1, "down": 1}


@require_safe
def handbook_databases(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project)
    context = {
        "page": DATABASES,
        "databases": verbs.databases_of(visit.project),
        "may_change": visit.may_manage and not visit.project.is_archived,
        "touched": touched_features(visit.project, DATABASES.policies),
    }
    return render_handbook_page(request, visit, "projects/handbook/databases.html", context, current=DATABASES.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def handbook_database_new(request: HttpRequest, project: str) -> HttpResponse:
    visit = _managed(request, project)
    return _page_of(request, visit, DatabaseProfile(project=visit.project, uid=_uid_of_new(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def handbook_database(request: HttpRequest, project: str, uid: UUID) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.READ if request.method != "POST" else Right.MANAGE)
    profile = DatabaseProfile.objects.filter(project=visit.project, uid=uid).first()
    if profile is not None:
        return _page_of(request, visit, profile)
    if request.method == "POST":
        return _gone(request, visit)
    raise Http404("There is no such database in this project, or somebody deleted it.")


def _uid_of_new(request: HttpRequest) -> UUID:
    """The page of a new database brings its uid, so that it is added once however often it is sent."""
    try:
        return UUID(request.POST.get("uid", ""))
    except ValueError:
        return uuid4()


def _managed(request: HttpRequest, project: str) -> Visit:
    """For owners, and while the project is not archived."""
    visit = visit_project(signed_in(request), project, Right.MANAGE)
    # Owners may edit too, but for archived projects, whose settings they still manage.
    visit.require(Right.EDIT)
    return visit


def _page_of(request: HttpRequest, visit: Visit, profile: DatabaseProfile) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    sent = PageInput(verbs.DATABASE, visit.project, data, profile=profile)
    if data is None or sent.act(data.get("act", "")) or not sent.is_valid():
        return policy_page(request, visit, sent, PAGE, profile=profile)
    try:
        saved = attempt(
            sent.cards[0].form, lambda: verbs.save_database(sent, actor=signed_in(request), now=timezone.now())
        )
    except StalePage:
        saved = None
    except verbs.DatabaseGone:
        return _gone(request, visit)
    except verbs.DatabaseThere:
        saved = profile
    if saved is None:
        return policy_page(request, visit, sent, PAGE, profile=profile)
    messages.success(request, said_of(DATABASES))
    return redirect("handbook-database", visit.project.key, saved.uid)


def _gone(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Somebody deleted it meanwhile: what was typed comes back as that of a new one."""
    data: QueryDict = request.POST.copy()
    data["environments-loaded"] = ""
    profile = DatabaseProfile(project=visit.project)
    sent = PageInput(verbs.DATABASE, visit.project, data, profile=profile)
    sent.is_valid()
    return policy_page(request, visit, sent, PAGE, profile=profile, is_gone=True)


@require_http_methods(["GET", "HEAD", "POST"])
def handbook_database_delete(request: HttpRequest, project: str, uid: UUID) -> HttpResponse:
    """Asks first, with what goes along."""
    visit = _managed(request, project)
    if request.method != "POST":
        return _asked(request, visit, uid)
    version = whole(request.POST.get("version"))
    try:
        deleted = verbs.delete_database(visit.project, uid, version, actor=signed_in(request), now=timezone.now())
    except verbs.DatabaseGone:
        messages.warning(request, _("Somebody else deleted it already."))
    except StaleCard:
        messages.warning(request, _("Not deleted: somebody changed it since you opened this page. Look at it first."))
    else:
        messages.success(request, _("%s is deleted. The history has what it said.") % deleted)
    return redirect("handbook-policy", visit.project.key, DATABASES.slug)


def _asked(request: HttpRequest, visit: Visit, uid: UUID) -> HttpResponse:
    profile = get_object_or_404(DatabaseProfile, project=visit.project, uid=uid)
    context = {"profile": profile, "environments": profile.environments.order_by("position", "uid")}
    template = "projects/handbook/database_delete.html"
    return render_handbook_page(request, visit, template, context, current=DATABASES.slug)


@require_POST
def handbook_database_move(request: HttpRequest, project: str, uid: UUID) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.MANAGE)
    by = MOVES.get(request.POST.get("to", ""), 0)
    try:
        verbs.move_database(visit.project, uid, by, actor=signed_in(request), now=timezone.now())
    except verbs.DatabaseGone:
        messages.warning(request, _("Somebody else deleted it already."))
    return redirect("handbook-policy", visit.project.key, DATABASES.slug)
