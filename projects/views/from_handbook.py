"""The panel “From the handbook”: what this page of a step takes from the project's policies, and where it departs."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from projects.design.inheritance import InheritedFact, Standing, lines
from projects.design.vocabulary import PolicyName, StepName
from projects.models.base import Row
from projects.snapshot.current import Digested
from projects.views.addresses import Addresses
from projects.workflow.steps import data_model, integrity, performance, requirements

# Of those that follow; all that depart are listed.
LINES_AT_MOST = 60
STEPS = (
    StepName.REQUIREMENTS,
    StepName.STORAGE,
    StepName.DATA_MODEL,
    StepName.INTEGRITY,
    StepName.MIGRATION,
    StepName.PERFORMANCE,
    StepName.BACKUP,
)
# The pages of a step that policies speak of, by what `at` says, and of which; the other steps have no such pages.
PAGES: dict[tuple[StepName, str], tuple[PolicyName, ...]] = {
    (StepName.REQUIREMENTS, requirements.ASKED): (PolicyName.RETENTION,),
    (StepName.INTEGRITY, integrity.RULES): (PolicyName.MODELLING,),
    (StepName.INTEGRITY, integrity.CONSISTENCY): (PolicyName.MODELLING,),
    (StepName.PERFORMANCE, performance.VOLUME): (PolicyName.RETENTION,),
    (StepName.PERFORMANCE, performance.STRATEGIES): (PolicyName.CACHING, PolicyName.DATABASES),
}


@dataclass(frozen=True)
class ShownFact:
    """A fact with the address of its policy's page, empty if there is none."""

    fact: InheritedFact
    policy_address: str
    # What it is about, where that is not what the whole page is about.
    about_name: str

    @property
    def departs(self) -> bool:
        return self.fact.standing is Standing.DEPARTS


@dataclass(frozen=True)
class ShownFacts:
    """What the panel lists; `more` facts follow their policies too, and would only make it long."""

    facts: list[ShownFact]
    more: int


def from_handbook(
    step: StepName, digested: Digested, addresses: Addresses, at: str, picked: Row | None
) -> ShownFacts | None:
    """The facts that policies speak of on this page; None if there are none, or nobody decided on any."""
    found = [line for line in _lines(digested) if line.standing is not Standing.SILENT]
    shown = list(_on_page(step, digested, found, at, picked))
    # Every project has conventions; they are worth a line once somebody departs, or other policies are there.
    if all(line.policy is PolicyName.CONVENTIONS and not line.departs for line in shown):
        return None
    whole = picked.uid if picked else None
    listed = [line for place, line in enumerate(shown) if line.departs or place < LINES_AT_MOST]
    facts = [
        ShownFact(line, _address(addresses, line.policy), line.about_name if line.about != whole else "")
        for line in listed
    ]
    return ShownFacts(facts, len(shown) - len(listed))


@lru_cache(maxsize=32)
def _lines(digested: Digested) -> tuple[InheritedFact, ...]:
    return lines(digested.design)


def _on_page(
    step: StepName, digested: Digested, found: Iterable[InheritedFact], at: str, picked: Row | None
) -> Iterable[InheritedFact]:
    if step in {place for place, _ in PAGES}:
        policies = PAGES.get((step, at), ())
        # The systems of the stores are told of in step 2, the pools of connections here.
        return (line for line in found if line.policy in policies and line.step is not StepName.STORAGE)
    if step is StepName.MIGRATION:
        return (line for line in found if line.step is step)
    if at in data_model.PAGES:
        return ()
    return (line for line in found if line.step is step and picked and _holder(digested, line) == picked.uid)


def _holder(digested: Digested, line: InheritedFact) -> object:
    """The thing that is picked where the line belongs: the entity of a field, the store or entity itself."""
    entity = digested.design.entity_of_field.get(line.about) if line.about else None
    return entity.uid if entity else line.about


def _address(addresses: Addresses, policy: PolicyName) -> str:
    try:
        return reverse("handbook-policy", args=[addresses.keys["project"], policy.value])
    except NoReverseMatch:
        return ""
