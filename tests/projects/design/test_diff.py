"""What changed between two designs: nothing is left out, nothing is invented, and it is said in the design's terms."""

from random import Random

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from projects.design import tree
from projects.design.diff import Change, changes
from projects.design.digest import DESCRIPTIONS, SECTIONS, design_json, section_digests
from projects.design.tree import Design
from projects.design.vocabulary import Term
from tests.examples import at_most
from tests.projects.design.fillers import HOSTILE_TEXTS
from tests.projects.design.strategies import designs


def differing(before: Design, after: Design) -> set[str]:
    one, other = section_digests(before), section_digests(after)
    return {section for section in SECTIONS if one[section] != other[section]}


def agree_with_digests(before: Design, after: Design) -> tuple[Change, ...]:
    found = changes(before, after)
    told, different = {change.section for change in found}, differing(before, after)
    assert told <= different
    # Descriptions that came or went with what they describe are told with it.
    assert different - told <= ({DESCRIPTIONS} if "data-model" in told else set())
    assert bool(found) == (design_json(before) != design_json(after))
    for change in found:
        assert change.before != change.after
        assert change.what.strip()
        assert change.part
    return found


@given(designs())
@settings(max_examples=at_most(10))
def test_a_design_does_not_differ_from_itself(design: Design) -> None:
    assert changes(design, design.model_copy(deep=True)) == ()


@given(designs(), designs())
@settings(max_examples=at_most(10))
def test_changes_and_digests_say_the_same_of_any_two_designs(before: Design, after: Design) -> None:
    agree_with_digests(before, after)
    agree_with_digests(after, before)


@given(designs(), st.integers(0, 2**32), st.integers(1, 3))
@settings(max_examples=at_most(40), phases=[phase for phase in Phase if phase is not Phase.shrink])
def test_every_edit_is_told_in_its_section(design: Design, seed: int, times: int) -> None:
    edited, random = design, Random(seed)
    for _ in range(times):
        edited = valid_or(edited, an_edit(edited, random))
    assume(edited != design)
    agree_with_digests(design, edited)


def an_edit(design: Design, random: Random) -> Design:
    """The design with a list in another order, without a thing, or with a thing or answer that says something else."""
    name = random.choice([name for name in Design.model_fields if getattr(design, name) and name != "format"])
    held = getattr(design, name)
    if isinstance(held, tree.Policies):
        inner = random.choice(list(tree.Policies.model_fields))
        return design.with_values(policies=held.with_values(**{inner: edited(getattr(held, inner), random)}))
    return design.with_values(**{name: edited(held, random)})


def edited(held: tree.Node | tuple[object, ...], random: Random) -> object:
    if isinstance(held, tree.Node):
        return other_facts(held, random)
    things = list(held)
    if not things:
        return held
    at = random.randrange(len(things))
    act = random.choice(("shuffle", "remove", "change", "change"))
    if act == "shuffle":
        random.shuffle(things)
    elif act == "remove":
        del things[at]
    else:
        things[at] = other_facts(things[at], random)
    return tuple(things)


def other_facts(node: tree.Node, random: Random) -> tree.Node:
    """The same node with another value for one fact, or with what it holds edited; references stay."""
    name = random.choice([name for name in type(node).model_fields if name != "uid"])
    return node.with_values(**{name: another(getattr(node, name), random)})


def another(value: object, random: Random) -> object:
    if isinstance(value, tuple):
        is_held = bool(value) and isinstance(value[0], tree.Thing)
        return edited(value, random) if is_held else value[::-1] if random.random() < 0.5 else value[1:]
    if isinstance(value, bool):
        return not value
    if isinstance(value, Term):
        return random.choice(list(type(value)))
    return random.choice((*HOSTILE_TEXTS, f"{value} ")) if isinstance(value, str) else value


def valid_or(former: Design, design: Design) -> Design:
    """Both what people could have made; an edit that leaves a reference leading nowhere is none."""
    try:
        return Design.model_validate_json(design.model_dump_json())
    except ValueError:
        return former
