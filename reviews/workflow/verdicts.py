"""Verdicts on items: kept as private drafts, confirmed where they were carried over, dismissed by owners."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from projects.access import Right
from projects.design.checklist import ITEM_BY_NUMBER
from projects.models import Feature, User
from reviews.models import DraftVerdict, ItemVerdict, VerdictDismissal
from reviews.reading_drafts import unsent_drafts
from reviews.rules.facts import ReviewFacts, VerdictFact
from reviews.rules.terms import NoticeKind, Verdict
from reviews.rules.verdicts import says_the_same
from reviews.workflow.door import Form, Refused, ReviewDoor, reviewing
from reviews.workflow.parties import head_in_review, require_eligible, require_owner, typed, written
from reviews.workflow.sealing import account

CARRIED = (Verdict.PASS, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True)
class Judgement:
    """What a reviewer says of one item. A verdict of NONE takes the published one back."""

    item: int
    verdict: Verdict
    comment: str = ""


def draft_verdict(
    feature: Feature, said: Judgement, *, actor: User, now: datetime, form: Form | None = None
) -> DraftVerdict | None:
    """Keep it for its author alone, in place of an earlier draft; None if it says what is published anyway.

    It may lack its reason: publishing asks for that. Raises Refused for who may not judge this revision.
    """
    with reviewing(feature, actor=actor, now=now, right=Right.REVIEW, form=_repeatable(form)) as door:
        door.is_private = True
        facts = facts_for_judging(door)
        comment = typed(said.comment)
        place: dict[str, Any] = {"revision": door.in_hand, "reviewer": actor, "item": ITEM_BY_NUMBER[said.item].number}
        if says_the_same(said.verdict, comment, facts.verdict_of(actor.pk, said.item)):
            DraftVerdict.objects.filter(**place).delete()
            return None
        kept: dict[str, Any] = {"verdict": said.verdict, "comment": comment, "saved_at": now}
        return DraftVerdict.objects.update_or_create(**place, defaults=kept)[0]


def drop_draft(feature: Feature, item: int, *, actor: User, now: datetime, form: Form | None = None) -> None:
    """Forget the draft: what is published stands."""
    with reviewing(feature, actor=actor, now=now, right=Right.REVIEW, form=_repeatable(form)) as door:
        door.is_private = True
        DraftVerdict.objects.filter(revision=door.in_hand, reviewer=actor, item=item).delete()


def confirm_carried(
    feature: Feature, items: Collection[int] | None, *, actor: User, now: datetime, form: Form | None = None
) -> str:
    """Confirm what the person said in an earlier revision and still holds: on these items, or on all of them.

    Fails are not confirmed: they hold until they are cleared. An item with a draft is left to its draft. Of all
    carried ones, those stay out on which the person drafted something on an earlier revision and did not publish it.
    """
    with reviewing(feature, actor=actor, now=now, right=Right.REVIEW, form=form) as door:
        facts = facts_for_judging(door)
        drafted = set(drafts_of(door).values_list("item", flat=True))
        carried = [each for each in to_confirm(facts, actor.pk) if each.item not in drafted]
        overtaken = unsent_drafts([door.in_hand], actor.pk)[door.in_hand.pk] if items is None else {}
        chosen = [each for each in carried if each.item not in overtaken and (items is None or each.item in items)]
        left = _left([each.item for each in carried if each.item in overtaken])
        if not chosen:
            raise Refused(left or "There is no carried verdict of yours to confirm.")
        rows = ItemVerdict.objects.in_bulk([each.pk for each in chosen])
        ItemVerdict.objects.bulk_create(confirmation(door, rows[each.pk]) for each in chosen)
        changes = {item_label(each.item): [_carried(each), f"{each.verdict.label}, confirmed"] for each in chosen}
        door.record("confirmed", f"r{door.in_hand.number}", changes=changes)
        number = "1 carried verdict is" if len(chosen) == 1 else f"{len(chosen)} carried verdicts are"
        door.said = f"{number} confirmed. {left}".strip()
    return door.said


def _left(items: list[int]) -> str:
    """Why these are not confirmed with the others."""
    if not items:
        return ""
    which = f"Item {items[0]} is" if len(items) == 1 else f"Items {', '.join(map(str, items))} are"
    return f"{which} left: you drafted something on an earlier revision and did not publish it. Look at it there."


def dismiss_fail(
    feature: Feature, verdict: int, reason: str, *, actor: User, now: datetime, form: Form | None = None
) -> str:
    """An owner who did not write the design lets a fail block no longer; it stays to be read, with the reason."""
    with reviewing(feature, actor=actor, now=now, right=Right.REVIEW, form=form) as door:
        facts = facts_for_judging(door)
        failed = fail_to_dismiss(facts, actor.pk, verdict)
        reason = written(reason, "why the fail is dismissed")
        VerdictDismissal.objects.create(
            verdict_id=failed.pk, by=actor, by_name=actor.display_name, reason=reason, at=now
        )
        author = facts.name(failed.reviewer)
        changes = {item_label(failed.item): [f"{author}: {in_words(failed.verdict, failed.comment)}", "Dismissed"]}
        changes |= account(failed.reviewer)
        door.record("dismissed a fail", f"r{door.in_hand.number}", changes=changes, reason=reason)
        item, title = ITEM_BY_NUMBER[failed.item], f"{door.feature.title} r{door.in_hand.number}"
        text = f"{actor.display_name} dismissed your fail of item {item.number}, {item.wording}, in {title}: {reason}"
        door.tell([failed.reviewer], NoticeKind.DISMISSED, text)
        door.said = f"{author}’s fail of item {item.number} is dismissed."
    return door.said


def fail_to_dismiss(facts: ReviewFacts, person: int, verdict: int) -> VerdictFact:
    """The fail with this primary key; raises PermissionDenied or Refused if this person cannot dismiss it."""
    require_eligible(facts, person)
    require_owner(facts, person, "dismisses a fail")
    failed = next((each for each in facts.verdicts if each.pk == verdict and each.counts), None)
    if failed is None or failed.verdict is not Verdict.FAIL:
        raise Refused("This fail does not stand any more, so there is nothing to dismiss.")
    if failed.reviewer == person:
        raise Refused("This fail is yours: give another verdict in its place.")
    return failed


def facts_for_judging(door: ReviewDoor) -> ReviewFacts:
    """The facts, for somebody who may give verdicts on the head now; raises Refused to others."""
    head_in_review(door)
    facts = door.facts()
    require_eligible(facts, door.actor.pk)
    return facts


def to_confirm(facts: ReviewFacts, person: int) -> list[VerdictFact]:
    """The carried verdicts that the person can confirm."""
    mine = (each for each in facts.verdicts if each.reviewer == person and each.counts and not each.is_own)
    return [each for each in mine if each.verdict in CARRIED]


def confirmation(door: ReviewDoor, row: ItemVerdict) -> ItemVerdict:
    """The same verdict once more, by its author, for this revision."""
    return given(door, row, carried_from_id=row.carried_from_id, is_confirmed=True)


def given(door: ReviewDoor, said: DraftVerdict | ItemVerdict, **more: Any) -> ItemVerdict:
    """What was said, as a verdict that the person at the door gives now."""
    return ItemVerdict(
        revision=said.revision,
        item=said.item,
        reviewer=door.actor,
        reviewer_name=door.actor.display_name,
        verdict=said.verdict,
        comment=said.comment,
        given_at=door.now,
        **more,
    )


def in_words(verdict: Verdict, comment: str) -> str:
    return f"{verdict.label}: {comment}" if comment else verdict.label


def _carried(verdict: VerdictFact) -> str:
    return f"{in_words(verdict.verdict, verdict.comment)} (carried from r{verdict.carried_from})"


def item_label(number: int) -> str:
    return f"{number}. {ITEM_BY_NUMBER[number].wording}"


def drafts_of(door: ReviewDoor) -> QuerySet[DraftVerdict]:
    """What the person has not published yet on the head."""
    return DraftVerdict.objects.filter(revision=door.in_hand, reviewer=door.actor)


def _repeatable(form: Form | None) -> Form | None:
    """The same draft saved twice is one draft; a form saved again with other words is not to be passed over."""
    return Form(form.revision, form.digest) if form else None
