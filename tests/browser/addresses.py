"""Every page there is, on the demonstration's data."""

from uuid import UUID

from projects.models import Entity, Feature, PendingImport
from projects.workflow.steps import STEPS

PROJECT = "/projects/storefront/"
FEATURE = f"{PROJECT}billing/refunds/"

SIGNED_OUT = (
    *("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/"),
    "/accounts/logout/",
)
OF_THE_PROJECT = (
    *("/projects/", "/projects/?q=no-such-thing", "/projects/new/", "/search/", "/search/?q=refund"),
    *(f"{PROJECT}search/?q={words}" for words in ("refund", "amount+minor", "no-such-thing")),
    *(f"{PROJECT}{page}" for page in ("", "people/", "people/invite/", "history/", "settings/")),
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


# In the dark: one of each kind.
MAIN = (
    *("/projects/", PROJECT, f"{PROJECT}people/", "/profile/", f"{FEATURE}history/", f"{FEATURE}diagram/"),
    *(
        f"{FEATURE}steps/{slug}/"
        for slug in ("requirements", "storage", "data-model", "queries", "indexing", "document")
    ),
)
