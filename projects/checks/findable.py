"""What a search can find in a design: each thing with its kind, its names, its prose and the step it stands in."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from projects.design.places import Places
from projects.design.tree import (
    BackupSchedule,
    Cache,
    Check,
    Component,
    ComponentAccess,
    DataElement,
    Demand,
    Design,
    Dto,
    DtoField,
    Endpoint,
    Entity,
    EntityField,
    EntityKey,
    Exemption,
    FileLayout,
    Index,
    ItemNote,
    KeySpace,
    NamedType,
    Node,
    Query,
    Quote,
    Recovery,
    Relationship,
    Replication,
    ReplicationNode,
    SharedData,
    Source,
    Store,
    SyncStrategy,
    ValidationRule,
    Volume,
)
from projects.design.vocabulary import StepName
from projects.design.wording import fold, holders_of, names_of, own_things, records, texts_of

# What each kind is called, in the order in which equally good hits are listed.
KINDS: dict[type[Node], str] = {
    Entity: "Entity",
    EntityField: "Field",
    Store: "Store",
    DataElement: "Data element",
    Query: "Operation",
    Index: "Index",
    Dto: "DTO",
    DtoField: "DTO field",
    KeySpace: "Key space",
    FileLayout: "File layout",
    NamedType: "Type",
    Relationship: "Relationship",
    Cache: "Cache",
    Component: "Component",
    Endpoint: "Endpoint",
    SyncStrategy: "Synchronization",
    EntityKey: "Key",
    Check: "Check",
    ValidationRule: "Validation rule",
    Demand: "Demand",
    Source: "Source",
    Quote: "Quote",
    Volume: "Volume",
    ComponentAccess: "Access of a component",
    SharedData: "Shared data",
    Recovery: "Recovery plan",
    BackupSchedule: "Backup schedule",
    Replication: "Replication",
    ReplicationNode: "Node",
    ItemNote: "Note on the checklist",
    Exemption: "Step that does not apply",
}
_PLACE = {kind: place for place, kind in enumerate(KINDS)}
RECORD_STEPS = {
    "requirements": StepName.REQUIREMENTS,
    "consistency": StepName.INTEGRITY,
    "migration": StepName.MIGRATION,
    "optimization": StepName.PERFORMANCE,
    "lifecycle": StepName.PERFORMANCE,
}


@dataclass(frozen=True, slots=True)
class Findable:
    """`order` ranks kinds; `names` and `folded` are without case; `record` and `column` say where an answer stands."""

    kind: str
    order: int
    name: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    folded: str
    step: str = ""
    uid: UUID | None = None
    record: str = ""
    column: str = ""


def findable(kind: str, order: int, name: str, names: Iterable[str], texts: Iterable[str], **where: object) -> Findable:
    """Names and texts as typed; `name` is the one that is shown."""
    called, said = tuple(names), tuple(texts)
    folded = tuple(fold(each) for each in called)
    everything = "\n".join((fold(name), *folded, *(fold(text) for text in said)))
    return Findable(kind, order, name, folded, said, everything, **where)  # type: ignore[arg-type]  # named by callers


def findables(design: Design) -> tuple[Findable, ...]:
    """Everything in a design that holds words of its own, but for what another feature owns."""
    return (*_things(design), *_answers(design))


def _things(design: Design) -> Iterable[Findable]:
    places, holders = Places(design), holders_of(design)
    for thing in own_things(design):
        names = tuple(names_of(thing, holders.get(thing.uid)))
        texts = [text for _, text in texts_of(thing) if text not in names]
        if names or texts:
            kind = thing.kind.label if isinstance(thing, Entity) else KINDS[type(thing)]
            where = {"step": places.step(thing), "uid": thing.uid}
            yield findable(kind, _PLACE[type(thing)], places.path(thing), names, texts, **where)


def _answers(design: Design) -> Iterable[Findable]:
    for record, node in records(design):
        for column, text in texts_of(node):
            where = {"step": RECORD_STEPS[record].value, "record": record, "column": column}
            yield findable("Answer", len(_PLACE), "", (), (text,), **where)
