"""The bar at the foot of a review: how far this reader is, and what is left to do before signing."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.access import Right
from projects.design.checklist import CHECKLIST, GROUPS
from projects.design.vocabulary import DesignState
from reviews.models import DraftVerdict
from reviews.rules.facts import DecisionFact
from reviews.rules.gate import gate
from reviews.rules.items import item_state
from reviews.rules.signing import Missing, missing
from reviews.rules.terms import DecisionKind, Ended, ItemState, Verdict
from reviews.views.desk import ReviewDesk

FAIL = Verdict.FAIL
GIVEN = {Verdict.PASS: ItemState.PASSED, Verdict.NOT_APPLICABLE: ItemState.NOT_APPLICABLE}


@dataclass(frozen=True)
class Mark:
    """An item of the checklist as the reader sees it; a fail of somebody else shows, and leaves it to decide."""

    item: int
    state: ItemState
    is_decided: bool


class Bar:
    """For who may judge, the marks are of their own verdicts with their drafts; for others, of all verdicts together.

    A fail of anybody shows as such to everybody.
    """

    def __init__(self, desk: ReviewDesk) -> None:
        self.desk = desk

    @cached_property
    def drafts(self) -> dict[int, Verdict]:
        """The reader's own unpublished verdicts, by item."""
        rows = DraftVerdict.objects.filter(revision=self.desk.revision, reviewer=self.desk.user)
        return {item: Verdict(verdict) for item, verdict in rows.values_list("item", "verdict")}

    @cached_property
    def missing(self) -> Missing:
        return missing(self.desk.facts, self.desk.user.pk, self.drafts)

    @cached_property
    def marks(self) -> list[list[Mark]]:
        """By the groups of the checklist, in their order."""
        return [[self._mark(item.number) for item in CHECKLIST if item.group == group] for group in GROUPS]

    def _mark(self, item: int) -> Mark:
        facts, reader = self.desk.facts, self.desk.user.pk
        if not self.desk.may_decide or item in facts.waiver_by_item:
            state = item_state(facts, item)
            return Mark(item, state, state is not ItemState.OPEN)
        own = facts.verdict_of(reader, item)
        given = own.verdict if own and (own.is_own or own.verdict == FAIL) else None
        drafted = self.drafts.get(item)
        verdict = drafted or given
        is_decided = (drafted is not Verdict.NONE) if drafted else bool(own and own.is_own)
        fails = {each.reviewer for each in facts.verdicts_by_item.get(item, ()) if each.counts and each.verdict == FAIL}
        if verdict == FAIL or fails - {reader}:
            return Mark(item, ItemState.FAILED, is_decided)
        return Mark(item, GIVEN.get(verdict, ItemState.OPEN) if verdict else ItemState.OPEN, is_decided)

    @cached_property
    def states(self) -> list[Mark]:
        return [mark for group in self.marks for mark in group]

    @property
    def total(self) -> int:
        return len(self.states)

    @property
    def decided(self) -> int:
        return sum(mark.is_decided for mark in self.states)

    @cached_property
    def carried(self) -> int:
        """How many verdicts of a reader who judges were carried over and wait to be confirmed."""
        facts, reader = self.desk.facts, self.desk.user.pk
        if not self.desk.may_decide:
            return 0
        return sum(
            each.reviewer == reader and each.counts and not each.is_own and each.verdict is not FAIL
            for each in facts.verdicts
            if each.item not in self.drafts and each.item not in facts.waiver_by_item
        )

    @property
    def failed(self) -> list[int]:
        return [mark.item for mark in self.states if mark.state is ItemState.FAILED]

    @property
    def in_words(self) -> str:
        """The marks for who does not see them."""
        said = _("%(part)d of %(all)d items are decided") % {"part": self.decided, "all": self.total}
        said = _("You: %s") % said if self.desk.may_decide else said
        if self.failed:
            numbers = ", ".join(map(str, self.failed))
            said += ngettext("; item %s fails", "; items %s fail", len(self.failed)) % numbers
        return said

    @property
    def open_threads(self) -> int:
        return sum(each.state != "resolved" for each in self.desk.facts.threads)

    @property
    def is_asked(self) -> bool:
        """Whether the reader gets the buttons: whoever may review here, while there is something to decide."""
        return self.desk.is_in_review and self.desk.visit.may(Right.REVIEW)

    @property
    def approve(self) -> str:
        return self.desk.addresses.at("approve")

    @property
    def request_changes(self) -> str:
        return self.desk.addresses.at("request-changes")

    @property
    def revoke(self) -> str:
        return self.desk.addresses.at("revoke")

    @property
    def has_signed(self) -> bool:
        return any(each.reviewer == self.desk.user.pk for each in self.desk.facts.approvals)

    @property
    def may_revoke(self) -> bool:
        """A sign-off of the head, or of the revision in effect."""
        desk = self.desk
        is_effective = desk.effective is not None and desk.effective.pk == desk.revision.pk
        return self.has_signed and (desk.is_head or is_effective) and desk.visit.may(Right.REVIEW)

    @cached_property
    def obstacle(self) -> str:
        """Why the reader cannot sign now; empty if they can."""
        desk = self.desk
        if not desk.is_in_review:
            return self._state_in_words()
        if desk.why_not_eligible:
            return desk.why_not_eligible
        if self.has_signed:
            return _("You signed r%d, and your sign-off counts.") % desk.revision.number
        return self.missing.sentence

    @cached_property
    def left_to_others(self) -> list[str]:
        """What would stand before approval had the reader signed, but for the other sign-offs and verdicts."""
        facts, reader = self.desk.facts, self.desk.user.pk
        mine = [each for each in facts.decisions if each.reviewer == reader]
        others = [each for each in facts.decisions if each.reviewer != reader]
        said_before = [replace(each, ended=Ended.DECIDED_ANEW) for each in mine]
        signed = DecisionFact(0, facts.revision, reader, DecisionKind.APPROVE, "", "", "", facts.digest, self.desk.now)
        after = gate(replace(facts, decisions=(*others, *said_before, signed)))
        return [each.sentence for each in after if not each.is_met and each.key not in ("approvals", "items")]

    @property
    def in_short(self) -> str:
        """The sentence where there is little room."""
        is_missing = self.is_asked and self.missing and self.sentence == self.missing.sentence
        return self.missing.in_short if is_missing else self.sentence

    @property
    def sentence(self) -> str:
        """What is left, for this reader."""
        desk = self.desk
        if not desk.is_in_review:
            return self._state_in_words()
        unmet = [each for each in desk.requirements if not each.is_met]
        if not self.is_asked:
            return self._turn_of_others(len(unmet))
        if self.has_signed or not self.obstacle:
            others = [each.sentence for each in unmet] if self.has_signed else self.left_to_others
            said = self.obstacle or _("You can sign.")
            return f"{said} {others[0]}" if others else said
        return self.obstacle

    def _turn_of_others(self, unmet: int) -> str:
        if self.desk.revision.state == DesignState.CHANGES_REQUESTED and self.desk.visit.may_edit:
            return _("Changes are requested: mend the draft, then submit the next revision.")
        return ngettext("%d thing stands before approval.", "%d things stand before approval.", unmet) % unmet

    def _state_in_words(self) -> str:
        number = self.desk.revision.number
        if self.desk.feature.archived_at or self.desk.visit.project.is_archived:
            return _("This is archived, so nothing is decided here.")
        return {
            DesignState.APPROVED: _("r%d is approved."),
            DesignState.WITHDRAWN: _("r%d was withdrawn, so nothing is decided here."),
        }.get(DesignState(self.desk.revision.state), _("A newer revision than r%d was submitted.")) % number
