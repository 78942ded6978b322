"""The addresses of reviews; those of designs are in projects.

None of these pages is kept by a browser: gone back to, a form would bring the key under which it was sent already.
"""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern
from django.urls import path as plain_path
from django.views.decorators.cache import never_cache

from projects.urls import FEATURE, PROJECT
from reviews.views import (
    archiving,
    compare,
    decisions,
    exports,
    inbox,
    items,
    page,
    review_policy,
    reviewers,
    revisions,
    submit,
    thread_form,
    threads,
    waivers,
    work,
)

REVISION = f"{FEATURE}revisions/<int:number>/"


def path(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return plain_path(route, never_cache(view), name=name)


urlpatterns = [
    path("work/", work.my_work, name="my-work"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox-read-all"),
    path("inbox/<int:notice>/", inbox.open_notice, name="inbox-open"),
    path("inbox/<int:notice>/read/", inbox.read_notice, name="inbox-read"),
    path(f"{FEATURE}archive/", archiving.archive_page, name="archive-feature"),
    path(f"{FEATURE}restore/", archiving.restore_page, name="restore-feature"),
    path(f"{FEATURE}submit/", submit.submit, name="submit"),
    path(f"{FEATURE}revisions/", revisions.revisions, name="revisions"),
    path(f"{FEATURE}compare/", compare.compare, name="review-compare"),
    path(REVISION, page.review, name="review"),
    path(f"{REVISION}record.md", exports.markdown, name="review-record-markdown"),
    path(f"{REVISION}record.json", exports.as_json, name="review-record-json"),
    path(f"{REVISION}threads/new/", thread_form.thread_new, name="review-thread-new"),
    path(f"{REVISION}threads/<uuid:thread>/", threads.thread_page, name="review-thread"),
    path(f"{REVISION}threads/drafts/<uuid:comment>/", threads.draft, name="review-thread-draft"),
    path(f"{REVISION}items/<int:item>/", items.item, name="review-item"),
    path(f"{REVISION}progress/", items.progress, name="review-progress"),
    path(f"{REVISION}publish/", items.publish, name="review-publish"),
    path(f"{REVISION}confirm/", items.confirm, name="review-confirm"),
    path(f"{REVISION}verdicts/<int:verdict>/dismiss/", items.dismiss_verdict, name="review-dismiss-verdict"),
    path(f"{REVISION}withdraw/", submit.withdraw, name="review-withdraw"),
    path(f"{REVISION}approve/", decisions.approve, name="review-approve"),
    path(f"{REVISION}request-changes/", decisions.request_changes, name="review-request-changes"),
    path(f"{REVISION}revoke/", decisions.revoke, name="review-revoke"),
    path(f"{REVISION}decisions/<int:decision>/clear/", decisions.clear, name="review-clear"),
    path(f"{REVISION}decisions/<int:decision>/dismiss/", decisions.dismiss, name="review-dismiss-decision"),
    path(f"{REVISION}reviewers/", reviewers.reviewers, name="review-reviewers"),
    path(f"{REVISION}reviewers/decline/", reviewers.decline, name="review-decline"),
    path(f"{REVISION}reviewers/<int:person>/ask-again/", reviewers.ask_again, name="review-ask-again"),
    path(f"{REVISION}reviewers/<int:person>/remove/", reviewers.remove, name="review-remove-reviewer"),
    path(f"{REVISION}waivers/items/<int:item>/", waivers.item, name="review-waive-item"),
    path(f"{REVISION}waivers/findings/<slug:subject>/", waivers.finding, name="review-waive-finding"),
    path(f"{REVISION}waivers/<uuid:waiver>/end/", waivers.end, name="review-end-waiver"),
    path(f"{PROJECT}settings/reviews/", review_policy.review_policy, name="review-policy"),
]
