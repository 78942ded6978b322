"""What is to be known of a revision before reading on: that it is not the newest, that the draft went on, …"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from projects.access import Right
from projects.design.vocabulary import DesignState
from projects.snapshot.current import current_design
from reviews.comparing import changes_between, side_of, side_of_draft
from reviews.rules.facts import names_of
from reviews.views.addresses import compare_page
from reviews.views.desk import ReviewDesk

IN_WORDS = {
    DesignState.IN_REVIEW: gettext_lazy("is in review"),
    DesignState.CHANGES_REQUESTED: gettext_lazy("waits for the changes that were requested"),
    DesignState.APPROVED: gettext_lazy("is approved"),
    DesignState.WITHDRAWN: gettext_lazy("was withdrawn"),
}


@dataclass(frozen=True)
class Banner:
    """A sentence above everything else, and where to go from there.

    `said` is what people said of it, each with their name, and `actions` are addresses with their labels.
    """

    text: str
    icon: str = "info"
    tone: str = ""
    url: str = ""
    label: str = ""
    said: tuple[tuple[str, str], ...] = ()
    actions: tuple[tuple[str, str], ...] = ()


def banners(desk: ReviewDesk) -> Iterator[Banner]:
    if desk.visit.project.is_archived:
        yield Banner(_("This project is archived: its reviews can be read, and do not change."), "archive", "warn")
    elif desk.feature.archived_at:
        yield Banner(_("This feature is archived: its reviews can be read, and do not change."), "archive", "warn")
    if not desk.is_head:
        yield _older(desk)
        return
    if desk.revision.withdrawn_at:
        yield _withdrawn(desk)
    changes = _draft_changes(desk)
    if desk.is_in_review and desk.revision.state == DesignState.CHANGES_REQUESTED:
        yield _requested(desk, is_mended=changes is not None)
    if changes:
        yield changes


def _older(desk: ReviewDesk) -> Banner:
    """An older revision can be read; everything that is said now is said of the newest."""
    revision, head, effective = desk.revision, desk.head, desk.effective
    newest = {"number": revision.number, "head": head.number, "state": IN_WORDS[DesignState(head.state)]}
    if revision.approved_at and effective and effective.pk != revision.pk:
        said = _("r%(number)d was approved, and superseded by r%(later)d.")
        said %= {"number": revision.number, "later": effective.number}
        said += " " + _("r%(head)d %(state)s.") % newest if head.pk != effective.pk else ""
    elif revision.approved_at:
        said = _("r%(number)d is the approved revision in force. The newest, r%(head)d, %(state)s.") % newest
    elif revision.withdrawn_at:
        said = _("r%(number)d was withdrawn. The newest, r%(head)d, %(state)s.") % newest
    else:
        said = _("r%(number)d is superseded: it can be read only. The newest, r%(head)d, %(state)s.") % newest
    return Banner(said, "layers", "warn", _head_page(desk), _("Go to r%d") % head.number)


def _head_page(desk: ReviewDesk) -> str:
    return desk.addresses.to("review", number=desk.head.number)


def _withdrawn(desk: ReviewDesk) -> Banner:
    said = _("r%d was withdrawn. It can be read; nothing is decided on it.") % desk.revision.number
    if not desk.visit.may(Right.EDIT):
        return Banner(said, "undo-2", "warn")
    return Banner(said, "undo-2", "warn", desk.addresses.to("submit"), _("Submit the draft…"))


def _requested(desk: ReviewDesk, *, is_mended: bool) -> Banner:
    """Who asks for changes and why; who may edit is led to the draft, and from there to the next revision."""
    facts = desk.facts
    requests = [each for each in facts.decisions if facts.asks_for_changes(each)]
    number = {"number": desk.revision.number}
    names = names_of(facts, [each.reviewer for each in requests])
    text = ngettext(
        "%(names)s asks for changes to r%(number)d.", "%(names)s ask for changes to r%(number)d.", len(requests)
    ) % (number | {"names": names})
    actions: list[tuple[str, str]] = []
    if desk.visit.may_edit:
        actions.append((desk.addresses.to("feature"), _("Open the draft")))
        if is_mended:
            actions.append((desk.addresses.to("submit"), _("Submit…")))
        else:
            text += " " + _("The draft is still the same as r%(number)d: mend it, then submit the next one.") % number
    said = tuple((facts.name(each.reviewer), each.comment) for each in requests if each.comment)
    return Banner(text, "undo-2", "warn", said=said, actions=tuple(actions))


def _draft_changes(desk: ReviewDesk) -> Banner | None:
    """That the draft went on since the newest revision was frozen."""
    revision = desk.revision
    total = len(changes_between(side_of(revision), side_of_draft(current_design(desk.feature))))
    if not total:
        return None
    said = ngettext(
        "The draft has changed since r%(number)d: %(total)d change.",
        "The draft has changed since r%(number)d: %(total)d changes.",
        total,
    ) % {"number": revision.number, "total": total}
    return Banner(said, "pencil", "", compare_page(desk.addresses, revision.number, None), _("See what changed"))
