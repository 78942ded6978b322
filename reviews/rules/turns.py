"""Whose turn it is in a review, why, and since when.

Asked is who can move the review on, and nobody whose word the gate does without.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from projects.design.vocabulary import DesignState, Role
from reviews.rules.eligibility import DECIDERS, eligible
from reviews.rules.facts import DecisionFact, ReviewFacts, ThreadFact, VerdictFact, names_of
from reviews.rules.gate import architects, gate, objection_in_words, owners
from reviews.rules.items import item_state, item_states, undecided_by
from reviews.rules.states import OPEN_STATES, derive_state
from reviews.rules.terms import DecisionKind, Ended, ItemState, RequirementState, ThreadState, Verdict

TALKERS = frozenset({Role.OWNER, Role.ARCHITECT, Role.REVIEWER})


@dataclass(frozen=True)
class Submitted:
    """When the revision was, and the primary keys of who answers for the design."""

    at: datetime
    by: int
    owner: int | None = None


@dataclass(frozen=True)
class Turn:
    """One thing that waits for a person; `since` is never before the revision was submitted, `view` is where on the
    page of the review it is done."""

    person: int
    sentence: str
    since: datetime
    view: str = "checklist"


def turns(facts: ReviewFacts, submitted: Submitted) -> tuple[Turn, ...]:
    """All turns in a review that is open, by person and oldest first; none in one that is not."""
    state = derive_state(facts)
    if state not in OPEN_STATES:
        return ()
    found = [*_authors_turns(facts, submitted), *_openers_turns(facts), *_owners_turns(facts, submitted)]
    if state is DesignState.IN_REVIEW:
        found += [*_reviewers_turns(facts, submitted), *_objectors_turns(facts), *_carried_turns(facts)]
    clipped = (replace(each, since=max(each.since, submitted.at)) for each in found)
    return tuple(sorted(clipped, key=lambda each: (each.person, each.since, each.sentence)))


# What reviewers owe


def _reviewers_turns(facts: ReviewFacts, submitted: Submitted) -> Iterator[Turn]:
    """Those asked who have not decided; everybody eligible, where too few were asked for it ever to be approved."""
    older = {each.reviewer for each in _to_look_again(facts)}
    undecided = eligible(facts) - {each.reviewer for each in facts.decisions if _decides(facts, each)}
    approvals = next(each for each in gate(facts) if each.key == "approvals")
    asked = {each.reviewer: each for each in facts.assignments}
    waiting = {p for p, each in asked.items() if p in undecided and (each.is_required or not approvals.is_met)}
    for person in waiting - older:
        word = "Your decision on {} is required" if asked[person].is_required else "You are asked to review {}"
        since = max(asked[person].asked_at, _last_ending(facts, person, submitted.at))
        yield Turn(person, f"{word.format(f'r{facts.revision}')}: {_left_to_do(facts, person)}.", since)
    if approvals.is_met:
        yield from _unjudged_turns(facts, frozenset(asked))
    signed = {each.reviewer for each in facts.approvals} & eligible(facts)
    needed = facts.required_approvals or 0
    if not approvals.is_met and len(signed) + len(waiting | (older & undecided)) < needed:
        few = f"{len(signed)} of {needed} approvals given, and too few people are asked"
        for person in undecided - waiting - older:
            since = _last_ending(facts, person, submitted.at)
            yield Turn(person, f"r{facts.revision} needs reviewers: {few}. You may decide.", since)


def _unjudged_turns(facts: ReviewFacts, asked: frozenset[int]) -> Iterator[Turn]:
    """Items that lost their verdict or waiver after enough people had signed."""
    unjudged = [item for item, state in item_states(facts).items() if state is ItemState.OPEN]
    signed = {each.reviewer: each.decided_at for each in facts.approvals}
    if unjudged:
        since, lack = max(signed.values()), "lacks" if len(unjudged) == 1 else "lack"
        for person in eligible(facts) & (asked | signed.keys()):
            yield Turn(person, f"Enough have signed r{facts.revision}, and {_items(unjudged)} {lack} a verdict.", since)


def _decides(facts: ReviewFacts, decision: DecisionFact) -> bool:
    return decision.stands and decision.revision == facts.revision


def _last_ending(facts: ReviewFacts, person: int, otherwise: datetime) -> datetime:
    """When a reviewer's word was wanted again: their own decision ended, or what held the review up did."""
    ended = (
        each.ended_at
        for each in facts.decisions
        if each.ended_at
        and each.revision == facts.revision
        and (each.reviewer == person or each.kind is DecisionKind.REQUEST_CHANGES or each.ended is Ended.REVOKED)
    )
    return max(ended, default=otherwise)


def _left_to_do(facts: ReviewFacts, person: int) -> str:
    left = len(undecided_by(facts, person))
    if not left:
        return "every item has your verdict, the decision is missing"
    return "1 item waits for your verdict" if left == 1 else f"{left} items wait for your verdict"


def _to_look_again(facts: ReviewFacts) -> tuple[DecisionFact, ...]:
    """Requests for changes on an earlier revision, and sign-offs that were revoked."""
    return tuple(each for each in facts.objections if not facts.asks_for_changes(each))


def _objectors_turns(facts: ReviewFacts) -> Iterator[Turn]:
    for each in _to_look_again(facts):
        if _is_left_behind(facts, each):
            continue
        did = "requested changes" if each.stands else "revoked your sign-off"
        since = f", and r{facts.revision} came since" if each.revision != facts.revision else ""
        sentence = f"You {did} on r{each.revision}{since}: decide anew."
        yield Turn(each.reviewer, sentence, each.ended_at or each.decided_at)


def _is_left_behind(facts: ReviewFacts, objection: DecisionFact) -> bool:
    """Whether its author cannot take it back. A request can be cleared; a revocation takes another decision."""
    if objection.stands:
        return not facts.members.get(objection.reviewer, frozenset()) & DECIDERS
    return objection.reviewer not in eligible(facts)


def _carried_turns(facts: ReviewFacts) -> Iterator[Turn]:
    for person, fails in _by_reviewer(each for each in _fails(facts) if not each.is_own):
        if facts.members.get(person, frozenset()) & DECIDERS:
            fail = "Your fail" if len(fails) == 1 else "Your fails"
            what = f"{fail} on {_items(each.item for each in fails)} came along to r{facts.revision}"
            yield Turn(person, f"{what}: look whether it was mended.", min(each.given_at for each in fails))


def _openers_turns(facts: ReviewFacts) -> Iterator[Turn]:
    addressed = [each for each in facts.blocking_threads if each.state is ThreadState.ADDRESSED]
    for person in sorted({each.opened_by for each in addressed}):
        if not facts.members.get(person, frozenset()) & TALKERS:
            continue
        mine = [each for each in addressed if each.opened_by == person]
        what = "Your blocking thread is" if len(mine) == 1 else f"{len(mine)} of your blocking threads are"
        sentence = f"{what} marked addressed: {_labels(mine)}. Resolve, or say what is missing."
        yield Turn(person, sentence, _oldest(mine), "threads")


# What architects owe


def _authors_turns(facts: ReviewFacts, submitted: Submitted) -> Iterator[Turn]:
    people = _answering(facts, submitted)
    for sentence, since, view in _to_mend(facts, submitted):
        for person in people:
            yield Turn(person, sentence, since, view)


def _answering(facts: ReviewFacts, submitted: Submitted) -> frozenset[int]:
    """Who answers for the design: its owner and who submitted it; whoever else may edit, if neither may any more."""
    editors = architects(facts)
    only_architects = frozenset(p for p, roles in facts.members.items() if Role.ARCHITECT in roles)
    first = {submitted.by, submitted.owner}
    return (editors & first) or (editors & facts.contributors) or only_architects or editors


def _to_mend(facts: ReviewFacts, submitted: Submitted) -> Iterator[tuple[str, datetime, str]]:
    number = f"r{facts.revision}"
    if requests := [each for each in facts.objections if facts.asks_for_changes(each)]:
        who = names_of(facts, (each.reviewer for each in requests))
        yield f"{who} requested changes on {number}.", min(each.decided_at for each in requests), "approval"
    if threads := [each for each in facts.blocking_threads if each.state is ThreadState.OPEN]:
        count = "1 blocking thread is" if len(threads) == 1 else f"{len(threads)} blocking threads are"
        yield f"{count} open: {_labels(threads)}.", _oldest(threads), "threads"
    if fails := [each for each in _fails(facts) if each.is_own]:
        fail = "fails" if len({each.item for each in fails}) == 1 else "fail"
        who = names_of(facts, (each.reviewer for each in fails))
        sentence = f"{_items(each.item for each in fails)} {fail} on {number}, says {who}."
        yield sentence[0].upper() + sentence[1:], min(each.given_at for each in fails), "checklist"
    findings = next(each for each in gate(facts) if each.key == "findings")
    if not findings.is_met:
        yield findings.sentence, submitted.at, "approval"


# What only owners can do


def _owners_turns(facts: ReviewFacts, submitted: Submitted) -> Iterator[Turn]:
    for requirement in gate(facts):
        if requirement.state is RequirementState.ERROR:
            for person in requirement.people:
                yield Turn(
                    person, f"r{facts.revision} cannot be approved: {requirement.sentence}", submitted.at, "approval"
                )
    # Who changed the design neither waives nor dismisses what is said of it.
    people = (owners(facts) & eligible(facts)) or owners(facts)
    for sentence, since in (*_expired(facts), *_left_behind(facts)):
        for person in people:
            yield Turn(person, sentence, since, "approval")


def _expired(facts: ReviewFacts) -> Iterator[tuple[str, datetime]]:
    for each in facts.waivers:
        if not each.item or not each.expires_on or each.is_in_force(facts.today):
            continue
        if item_state(facts, each.item) in (ItemState.OPEN, ItemState.FAILED):
            sentence = f"The waiver of item {each.item} expired on {each.expires_on}: renew it, or let it be reviewed."
            yield sentence, datetime.combine(each.expires_on + timedelta(days=1), time(), UTC)


def _left_behind(facts: ReviewFacts) -> Iterator[tuple[str, datetime]]:
    """What blocks, of people who can take it back no more."""
    gone = " cannot take it back any more: dismiss it with a reason."
    for each in facts.objections:
        if _is_left_behind(facts, each):
            yield f"{objection_in_words(facts, each)} and{gone}", each.ended_at or each.decided_at
    for person, fails in _by_reviewer(_fails(facts)):
        if not facts.members.get(person, frozenset()) & DECIDERS:
            sentence = f"{facts.name(person)} failed {_items(each.item for each in fails)} and{gone}"
            yield sentence, min(each.given_at for each in fails)
    threads = [each for each in facts.blocking_threads if each.state is ThreadState.ADDRESSED]
    if left := [each for each in threads if not facts.members.get(each.opened_by, frozenset()) & TALKERS]:
        who = names_of(facts, (each.opened_by for each in left))
        sentence = f"{_labels(left)}: {who} cannot resolve it any more. Resolve it with a reason."
        yield sentence, _oldest(left)


# Words and groups


def _fails(facts: ReviewFacts) -> tuple[VerdictFact, ...]:
    return tuple(
        each
        for each in facts.verdicts
        if each.counts and each.verdict is Verdict.FAIL and each.item not in facts.waiver_by_item
    )


def _by_reviewer(verdicts: Iterable[VerdictFact]) -> list[tuple[int, list[VerdictFact]]]:
    grouped: dict[int, list[VerdictFact]] = {}
    for each in verdicts:
        grouped.setdefault(each.reviewer, []).append(each)
    return sorted(grouped.items())


def _items(items: Iterable[int]) -> str:
    numbers = sorted(set(items))
    if len(numbers) == 1:
        return f"item {numbers[0]}"
    return f"{len(numbers)} items" if len(numbers) > 4 else "items " + ", ".join(map(str, numbers))


def _labels(threads: list[ThreadFact]) -> str:
    labels = ", ".join(each.label for each in threads[:3])
    return f"{labels} and {len(threads) - 3} more" if len(threads) > 3 else labels


def _oldest(threads: Iterable[ThreadFact]) -> datetime:
    return min(each.since or datetime.min.replace(tzinfo=UTC) for each in threads)
