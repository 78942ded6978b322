"""Every page there is, on the demonstration's data."""

from uuid import UUID

from projects.models import DataElement, Entity, Feature, PendingImport
from projects.workflow.steps import STEPS
from reviews.models import Decision, ItemVerdict, Thread
from reviews.rules.terms import DecisionKind, Verdict

PROJECT = "/projects/storefront/"
FEATURE = f"{PROJECT}billing/refunds/"
REVIEW = f"{FEATURE}revisions/2/"
# Approved.
PAYMENTS = f"{PROJECT}billing/payments/"
VIEWS = ("changes", "checklist", "threads", "approval", "document", "design")

SIGNED_OUT = (
    *("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/"),
    "/accounts/logout/",
)
OF_THE_PROJECT = (
    *("/projects/", "/projects/?q=no-such-thing", "/projects/new/", "/search/", "/search/?q=refund"),
    *(f"{PROJECT}search/?q={words}" for words in ("refund", "amount+minor", "no-such-thing")),
    *(f"{PROJECT}{page}" for page in ("", "people/", "people/invite/", "settings/", "settings/reviews/")),
    *(f"{PROJECT}history/{query}" for query in ("", "?reviews=1", "?q=refunds&person=1", "?q=no-such-thing")),
    *(f"{PROJECT}handbook/{page}/" for page in ("conventions", "backup", "retention", "databases", "databases/new")),
    *(f"{PROJECT}handbook/{page}" for page in ("", "entries/security/", "questions/", "questions/done/")),
    *(f"{PROJECT}handbook/questions/{number}/" for number in (1, 3, 4)),
    *(f"{PROJECT}{page}" for page in ("new/", "epics/new/", "billing/edit/", "billing/refunds/edit/")),
    *("/profile/", "/accounts/email/", "/accounts/password/change/", "/accounts/logout/", "/no-such-page/"),
)


def of_the_feature() -> list[str]:
    """The steps, each tab of the companion, what an entity shows, and the pages beside the workbench."""
    refunds = Feature.objects.get(key="refunds")
    lines = Entity.objects.get(feature=refunds, name="refund_lines")
    reused = Entity.objects.get(feature__key="payments", name="payments")
    steps = [f"{FEATURE}steps/{step.slug}/" for step in STEPS]
    steps += [f"{FEATURE}steps/{step.slug}/?at={page.at}" for step in STEPS for page in step.pages[1:]]
    tabs = [f"{FEATURE}steps/indexing/?companion={tab}" for tab in ("findings", "diagram", "document")]
    tabs += [f"{FEATURE}steps/integrity/?companion=sharing", f"{FEATURE}steps/backup/?companion=topology"]
    picked: list[UUID | str] = ["new", "types", lines.uid, reused.uid]
    entities = [f"{FEATURE}steps/data-model/?at={at}" for at in picked]
    beside = ["history/", "reuse/", "diagram/", "diagram/?keys", "import/", f"rows/fields/paste/?at={lines.uid}"]
    beside += ["copy/", "dtos/import/", "sources/new/"]
    deleting = f"{FEATURE}rows/entities/{lines.uid}/delete/"
    previews = [f"{FEATURE}import/{pending.pk}/" for pending in PendingImport.objects.all()]
    return [*steps, *tabs, *entities, *(FEATURE + page for page in beside), deleting, *previews]


def of_the_reviews() -> list[str]:
    """The review of the revision in hand and what is asked in it, its neighbours, and what waits for whom."""
    blocking = Thread.objects.get(is_blocking=True)
    failed = ItemVerdict.objects.filter(verdict=Verdict.FAIL, revision__number=2).latest("pk")
    request = Decision.objects.get(kind=DecisionKind.REQUEST_CHANGES)
    element = DataElement.objects.filter(feature__key="refunds").first()
    views = [f"{REVIEW}?view={view}" for view in VIEWS] + [f"{REVIEW}?view=threads&threads=all&item=4"]
    asking = [
        *("approve/", "request-changes/", "revoke/", "withdraw/", "waivers/items/3/", "reviewers/"),
        *("reviewers/decline/", f"decisions/{request.pk}/dismiss/", f"verdicts/{failed.pk}/dismiss/"),
        *(f"reviewers/{request.reviewer_id}/remove/", f"threads/{blocking.uid}/"),
        *("threads/new/?item=3", f"threads/new/?uid={element.uid if element else ''}"),
    ]
    beside = [
        *("revisions/", "revisions/1/", "compare/", "compare/?from=1&to=2", "compare/?from=1&to=draft&as=document"),
        *("submit/", "archive/", "restore/"),
    ]
    approved = [PAYMENTS + page for page in ("revisions/", "revisions/1/", "revisions/1/?view=approval")]
    at_hand = [*(REVIEW + page for page in asking), *(FEATURE + page for page in beside)]
    return ["/work/", "/inbox/", *views, *at_hand, *approved]


# What a reviewer sees otherwise than an owner does.
OF_A_REVIEWER = (
    *("/work/", "/inbox/", PROJECT, f"{PAYMENTS}revisions/1/revoke/"),
    *(f"{REVIEW}{page}" for page in ("", "?view=checklist", "?view=approval", "approve/", "request-changes/")),
)


# In the dark: one of each kind.
MAIN = (
    *("/projects/", PROJECT, f"{PROJECT}people/", "/profile/", f"{FEATURE}history/", f"{FEATURE}diagram/"),
    *(
        f"{FEATURE}steps/{slug}/"
        for slug in ("requirements", "storage", "data-model", "queries", "indexing", "document")
    ),
)
IN_REVIEW = (
    *("/work/", "/inbox/", f"{FEATURE}submit/", f"{FEATURE}compare/?from=1&to=2&as=document"),
    *(f"{REVIEW}?view={view}" for view in VIEWS),
)
