"""What the features of a project say of themselves, each after its mark."""

from collections.abc import Callable, Iterable, Iterator

from projects.design.project import ProjectDesign
from projects.design.tree import Design, Node
from projects.design.tree.in_force import is_said
from projects.design.vocabulary import StepName, Term
from projects.exporters.answers import Part, extra
from projects.exporters.blocks import Block, Bullets, Inline, Typed, label, named
from projects.exporters.project_features import features_of

# The name under which a feature says why it does otherwise than a policy.
DEPARTURE = "Why it departs"
# The name of a fact, and what is said.
Fact = tuple[str, Inline]


def listed(title: str, items: Iterable[Inline]) -> Part:
    """The items under a title, which is not missed without them."""
    found = tuple(items)
    return extra((label(title), Bullets(found)) if found else ())


def said_by_features(project: ProjectDesign, step: StepName, title: str, fact: Callable[[Design], str]) -> Part:
    """What each feature states itself of one fact: an item for each that does."""
    found = ((feature, fact(feature.stated)) for feature in features_of(project, step))
    return listed(title, ((feature.mark, ": ", Typed(text)) for feature, text in found if text.strip()))


def facts_of_features(
    project: ProjectDesign, step: StepName, title: str, facts: Callable[[Design], Iterable[Fact]]
) -> Part:
    """What each feature states itself of several facts: a list of its own for each that does."""
    found = ((feature, tuple(facts(feature.stated))) for feature in features_of(project, step))
    return extra(block for feature, told in found for block in facts_under((title, " of ", feature.mark), told))


def facts_under(title: Inline, facts: Iterable[Fact]) -> Iterator[Block]:
    """The facts by their names; nothing if there are none."""
    if found := tuple(facts):
        yield label(title)
        yield Bullets(tuple(named(name, value) for name, value in found))


def own_facts(node: Node, names: Iterable[tuple[str, str]], policy: dict[str, object] | None = None) -> Iterator[Fact]:
    """What a node says of these facts, each under its name, but for what is word for word the policy's."""
    for name, shown in names:
        value = getattr(node, name)
        if is_said(value) and value != (policy or {}).get(name):
            yield shown, value.label.lower() if isinstance(value, Term) else Typed(value)


def phrase(text: str) -> Typed:
    """Prose that something follows on its line: without the full stop at its end."""
    stripped = text.rstrip()
    return Typed(stripped if stripped.endswith("..") else stripped.removesuffix("."))


def with_derived(entry: Iterable[Part], blocks: Iterable[Block]) -> Iterator[Part]:
    """An entry of the handbook with what the designs say of the same; its label stays where only they say something."""
    found = tuple(blocks)
    for part in entry:
        yield Part(part.label, (*(part.blocks or (label(part.label),)), *found)) if found else part
