"""The items of a revision's checklist as one reader sees them: evidence, everybody's verdicts, their own drafts."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from projects.checks.readings import READINGS, EvidenceState
from projects.design.checklist import ITEM_BY_NUMBER, ChecklistItem
from projects.design.tree import ItemNote
from reviews.models import DraftVerdict, ItemVerdict
from reviews.reading_drafts import unsent_drafts
from reviews.rules.anchors import Anchor
from reviews.rules.eligibility import eligible
from reviews.rules.facts import FindingFact, VerdictFact, WaiverFact
from reviews.rules.items import item_state
from reviews.rules.terms import ItemState, Verdict
from reviews.rules.verdicts import why_incomplete
from reviews.views.desk import ReviewDesk
from reviews.views.thread_cards import new_thread_address, place_address

# An item may have hundreds of findings; the others stand in their step.
SHOWN = 10
BEARING = {reading.number: frozenset(reading.deciding) | frozenset(reading.bearing) for reading in READINGS}
CHOICES = (Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True)
class Ground:
    """A finding that the evidence rests on, with the place it is about."""

    finding: FindingFact
    url: str


@dataclass(frozen=True)
class Opinion:
    """A verdict that somebody published. `note` says what is special about it; `dismiss` is where it is dismissed."""

    name: str
    initials: str
    is_self: bool
    verdict: Verdict
    comment: str
    note: str = ""
    is_older: bool = False
    dismissed: str = ""
    dismissed_by: str = ""
    dismiss: str = ""


@dataclass(frozen=True)
class Refusal:
    """What was typed on an item and not taken, and why; `url` leads to where it can be said."""

    item: int
    sentence: str
    verdict: str = ""
    comment: str = ""
    url: str = ""


@dataclass(frozen=True)
class ShownItem:
    """`standing` is the reader's own published verdict, `draft` what they have not published yet."""

    item: ChecklistItem
    state: ItemState
    evidence: str
    reason: str
    grounds: tuple[Ground, ...]
    found: int
    note: ItemNote | None
    waiver: WaiverFact | None
    opinions: tuple[Opinion, ...]
    threads: int
    threads_url: str
    new_thread: str
    url: str
    waive: str
    is_asked: bool
    standing: VerdictFact | None = None
    draft: DraftVerdict | None = None
    unsent: DraftVerdict | None = None
    refusal: Refusal | None = None

    @property
    def chosen(self) -> str:
        """The verdict that the control shows."""
        if self.refusal:
            return self.refusal.verdict
        if self.draft:
            return self.draft.verdict
        return self.standing.verdict if self.standing else Verdict.NONE

    @property
    def comment(self) -> str:
        said = self.refusal or self.draft or self.standing
        return said.comment if said else ""

    @property
    def incomplete(self) -> str:
        """What the draft still lacks."""
        return why_incomplete(Verdict(self.draft.verdict), self.draft.comment, self.standing) if self.draft else ""

    @property
    def hidden(self) -> int:
        """How many findings are not listed."""
        return self.found - len(self.grounds)

    @property
    def is_carried(self) -> bool:
        return self.standing is not None and self.standing.carried_from is not None and not self.draft

    @property
    def is_failed(self) -> bool:
        return self.state is ItemState.FAILED

    @property
    def is_to_confirm(self) -> bool:
        """Whether it was carried over, and the reader has not looked at it in this revision."""
        is_fail = self.standing is not None and self.standing.verdict is Verdict.FAIL
        return self.standing is not None and not self.standing.is_own and not self.draft and not is_fail

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it asks for a look."""
        if self.state in (ItemState.OPEN, ItemState.FAILED) or self.unsent or self.refusal:
            return False
        is_said = self.chosen not in (Verdict.NONE, Verdict.FAIL) and not self.is_to_confirm and not self.incomplete
        return not self.is_asked or self.state is ItemState.WAIVED or is_said


class Sheet:
    """What the items of one revision are drawn from, read in a fixed number of queries."""

    def __init__(self, desk: ReviewDesk, refusal: Refusal | None = None) -> None:
        self.desk = desk
        self.refusal = refusal

    def item(self, number: int) -> ShownItem:
        desk, facts = self.desk, self.desk.facts
        evidence = self._evidence.get(number, {"state": EvidenceState.JUDGEMENT.value, "reason": ""})
        grounds = [each for each in facts.findings if each.rule in BEARING[number]]
        refusal = self.refusal if self.refusal and self.refusal.item == number else None
        state = item_state(facts, number)
        return ShownItem(
            item=ITEM_BY_NUMBER[number],
            state=state,
            evidence="needs-judgement" if evidence["state"] == EvidenceState.JUDGEMENT else evidence["state"],
            reason=evidence["reason"],
            grounds=tuple(Ground(each, self._place(each)) for each in grounds[:SHOWN]),
            found=len(grounds),
            note=self._notes.get(number),
            waiver=facts.waiver_by_item.get(number),
            opinions=(*self._opinions(number), *self._older.get(number, ())),
            threads=self._threads[number],
            threads_url=self._first_thread(number),
            new_thread=new_thread_address(desk.addresses, Anchor(item=number)) if desk.may_comment else "",
            url=desk.addresses.at("item", item=number),
            waive=desk.addresses.at("waive-item", item=number) if self._may_waive(state) else "",
            is_asked=desk.may_decide or refusal is not None,
            standing=facts.verdict_of(desk.user.pk, number) if desk.may_decide else None,
            draft=self.drafts.get(number) if desk.may_decide else None,
            unsent=self._unsent.get(number),
            refusal=refusal,
        )

    @cached_property
    def drafts(self) -> dict[int, DraftVerdict]:
        """The reader's unpublished verdicts."""
        found = DraftVerdict.objects.filter(revision=self.desk.revision, reviewer=self.desk.user)
        return {draft.item: draft for draft in found}

    @cached_property
    def _unsent(self) -> dict[int, DraftVerdict]:
        """What the reader drafted on earlier revisions and never published, until they say something new."""
        if not self.desk.may_decide:
            return {}
        return unsent_drafts([self.desk.revision], self.desk.user.pk)[self.desk.revision.pk]

    @cached_property
    def _evidence(self) -> dict[int, dict[str, str]]:
        return {each["item"]: each for each in self.desk.revision.evidence}

    @cached_property
    def _notes(self) -> dict[int, ItemNote]:
        return {note.item: note for note in self.desk.digested.design.item_notes}

    @cached_property
    def _threads(self) -> Counter[int]:
        return self.desk.threads.open_by_item

    def _first_thread(self, number: int) -> str:
        """Where the oldest open thread on the item stands."""
        found = next((each for each in self.desk.threads.unresolved if each.row.item == number), None)
        return f"{self.desk.addresses.review}?view=threads#thread-{found.uid}" if found else ""

    def _place(self, finding: FindingFact) -> str:
        """The row of the frozen design that it is about, or all of the design."""
        addresses = self.desk.addresses
        return place_address(addresses, Anchor(finding.uid)) if finding.uid else f"{addresses.review}?view=design"

    def _opinions(self, number: int) -> Iterator[Opinion]:
        """What was said of the item in this revision; the reader's own verdict stands in the control instead."""
        desk = self.desk
        for each in desk.facts.verdicts_by_item.get(number, ()):
            is_self = each.reviewer == desk.user.pk
            if each.verdict is Verdict.NONE or (is_self and desk.may_decide and each.counts):
                continue
            may_dismiss = desk.may_dismiss and each.counts and each.verdict is Verdict.FAIL and not is_self
            yield Opinion(
                name=each.reviewer_name,
                initials=initials(each.reviewer_name),
                is_self=is_self,
                verdict=each.verdict,
                comment=each.comment,
                note=self._note(each),
                dismissed=each.dismissed,
                dismissed_by=each.dismissed_by,
                dismiss=desk.addresses.at("dismiss-verdict", verdict=each.pk) if may_dismiss else "",
            )

    def _note(self, verdict: VerdictFact) -> str:
        notes = []
        if verdict.carried_from:
            said = _("carried from r%d, confirmed") if verdict.is_confirmed else _("carried from r%d")
            notes.append(said % verdict.carried_from)
        is_counted = verdict.reviewer in self._eligible or self.desk.facts.approved_at
        if verdict.verdict is not Verdict.FAIL and not is_counted:
            notes.append(_("does not count"))
        return ", ".join(notes)

    @cached_property
    def _eligible(self) -> frozenset[int]:
        return eligible(self.desk.facts)

    @cached_property
    def _older(self) -> dict[int, list[Opinion]]:
        """The last verdicts of earlier revisions, back to the approved one, that did not carry over to this one."""
        desk = self.desk
        earlier = [each for each in desk.revisions if each.number < desk.revision.number]
        since = max((each.number for each in earlier if each.approved_at), default=0)
        numbers = {each.pk: each.number for each in earlier if each.number >= since}
        found = ItemVerdict.objects.filter(revision__in=numbers).select_related("dismissal").order_by("pk")
        latest = {(row.item, row.reviewer_id): row for row in found}
        said = {(each.item, each.reviewer) for each in desk.facts.verdicts}
        older: defaultdict[int, list[Opinion]] = defaultdict(list)
        for (item, reviewer), row in latest.items():
            if (item, reviewer) not in said and row.verdict != Verdict.NONE:
                older[item].append(_older_opinion(row, numbers[row.revision_id], reviewer == desk.user.pk))
        return older

    def _may_waive(self, state: ItemState) -> bool:
        return self.desk.may_dismiss and state in (ItemState.FAILED, ItemState.OPEN)


def _older_opinion(row: ItemVerdict, number: int, is_self: bool) -> Opinion:
    dismissal = getattr(row, "dismissal", None)
    return Opinion(
        name=row.reviewer_name,
        initials=initials(row.reviewer_name),
        is_self=is_self,
        verdict=Verdict(row.verdict),
        comment=row.comment,
        note=_("r%d, older") % number,
        is_older=True,
        dismissed=dismissal.reason if dismissal else "",
        dismissed_by=dismissal.by_name if dismissal else "",
    )


def initials(name: str) -> str:
    """As `User.initials`, of a name that was kept."""
    words = name.replace("@", " ").split()
    return "".join(word[0] for word in words[:2]).upper()
