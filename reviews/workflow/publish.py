"""Publishing what a person drafted on a revision, verdicts and comments, as one batch: one transaction, one event, and
one notice to each person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from projects.access import Right
from projects.models import Feature, User
from reviews.models import Assignment, DraftVerdict, ItemVerdict
from reviews.rules.eligibility import why_not_eligible
from reviews.rules.facts import ReviewFacts, VerdictFact
from reviews.rules.terms import NoticeKind, Verdict
from reviews.rules.verdicts import says_the_same, why_incomplete
from reviews.workflow.door import Form, Refused, ReviewDoor, is_open, reviewing
from reviews.workflow.parties import concerned, mending
from reviews.workflow.threads import publish_drafts
from reviews.workflow.verdicts import confirmation, drafts_of, given, in_words, item_label


@dataclass(frozen=True)
class Published:
    """How much was published; `fails` are among the `verdicts`, what opened `blocking` threads among the `comments`."""

    verdicts: int = 0
    fails: int = 0
    comments: int = 0
    blocking: int = 0

    def __bool__(self) -> bool:
        return bool(self.verdicts or self.comments)

    @property
    def asks_for_mending(self) -> bool:
        """Whether it is the architects' turn by it."""
        return bool(self.fails or self.blocking)

    def __str__(self) -> str:
        return in_numbers(self)


def in_numbers(published: Published) -> str:
    """Like: 6 verdicts, 1 fail, 2 comments, 1 blocking thread."""
    counted = (
        ("verdict", published.verdicts),
        ("fail", published.fails),
        ("comment", published.comments),
        ("blocking thread", published.blocking),
    )
    return ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for word, number in counted if number)


def publish(feature: Feature, *, actor: User, now: datetime, form: Form | None = None) -> str:
    """Publish the person's drafts on the head; raises Refused if there are none, or if one lacks its reason."""
    with reviewing(feature, actor=actor, now=now, right=Right.COMMENT, form=form) as door:
        published = publish_into(door)
        if not published:
            why = why_not_eligible(door.facts(), actor.pk) if drafts_of(door).exists() else ""
            raise Refused(why or "There is nothing to publish: you have no draft on this revision.")
        door.said = f"Published: {published}."
    return door.said


def publish_into(door: ReviewDoor, *, is_told: bool = True) -> Published:
    """Publish the drafts of who acts, in the transaction of what the door is open for.

    Notices are left to the caller unless `is_told`. Raises Refused if a draft lacks its reason; nothing to publish is
    no fault. Verdicts drafted by who may not judge any more stay drafts.
    """
    facts = door.facts()
    judged = _judged(door, facts)
    changes = {item_label(item): [_before(before), in_words(*after)] for item, before, after in judged}
    comments, blocking = publish_drafts(door)
    fails = sum(after[0] is Verdict.FAIL for _, _, after in judged)
    published = Published(len(judged), fails, comments, blocking)
    if not published:
        return published
    if judged:
        # The comments have events of their own, in their threads.
        changes |= {"Comments": ["", str(comments)]} if comments else {}
        door.record("published", f"r{door.in_hand.number}", changes=changes)
        _join(door)
    if is_told:
        text = f"{door.actor.display_name} reviewed {door.feature.title} r{door.in_hand.number}: {published}."
        others = {door.in_hand.submitted_by_id, *(each.opened_by for each in facts.threads)}
        turn = mending(door, facts) if published.asks_for_mending else set()
        door.tell(turn, NoticeKind.PUBLISHED, text, is_turn=True)
        door.tell((concerned(facts) | others) - turn, NoticeKind.PUBLISHED, text)
    return published


# The item, what stood, and what is said now.
Change = tuple[int, VerdictFact | None, tuple[Verdict, str]]


def _judged(door: ReviewDoor, facts: ReviewFacts) -> list[Change]:
    """Make verdicts of the drafts; what they repeat adds nothing."""
    if not is_open(door.in_hand) or why_not_eligible(facts, door.actor.pk):
        return []
    drafts = list(drafts_of(door).order_by("item"))
    standing = {each.item: facts.verdict_of(door.actor.pk, each.item) for each in drafts}
    _refuse_incomplete(drafts, standing)
    carried = ItemVerdict.objects.in_bulk([each.pk for each in standing.values() if each and not each.is_own])
    rows, changes = [], []
    for draft in drafts:
        verdict, before = Verdict(draft.verdict), standing[draft.item]
        is_same = says_the_same(verdict, draft.comment, before)
        if is_same and (before is None or before.is_own):
            continue
        # Carried over, and said again in the same words: that confirms it.
        rows.append(confirmation(door, carried[before.pk]) if before and is_same else given(door, draft))
        changes.append((draft.item, before, (verdict, draft.comment)))
    ItemVerdict.objects.bulk_create(rows)
    drafts_of(door).delete()
    return changes


def _refuse_incomplete(drafts: Iterable[DraftVerdict], standing: dict[int, VerdictFact | None]) -> None:
    lacking = {
        each.item: f"{item_label(each.item)}: {why}"
        for each in drafts
        if (why := why_incomplete(Verdict(each.verdict), each.comment, standing[each.item]))
    }
    if lacking:
        raise Refused(f"Nothing was published; your drafts are kept. {' '.join(lacking.values())}", min(lacking))


def _before(verdict: VerdictFact | None) -> str:
    return in_words(verdict.verdict, verdict.comment) if verdict else Verdict.NONE.label


def _join(door: ReviewDoor) -> None:
    """Whoever judges without being asked takes part as an optional reviewer."""
    if review := door.review:
        Assignment.objects.get_or_create(
            review=review, reviewer=door.actor, ended_at=None, defaults={"asked_at": door.now}
        )
