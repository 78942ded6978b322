"""Rules about collections: lists without an end, documents near the limit of their system, paths that lead nowhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from projects.checks.facts import Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.quantities import read_size
from projects.design.tree import Entity, EntityField
from projects.design.vocabulary import Severity, StructureKind

# From here on a document counts as near its limit.
NEAR = 0.5


@dataclass(frozen=True)
class DocumentLimit:
    system: str
    pattern: re.Pattern[str]
    bytes: int
    words: str


LIMITS = (
    DocumentLimit("MongoDB", re.compile(r"mongo|documentdb"), 16 * 1024**2, "16 MiB"),
    DocumentLimit("Firestore", re.compile(r"firestore|firebase"), 1024**2, "1 MiB"),
    DocumentLimit("DynamoDB", re.compile(r"dynamo"), 400 * 1024, "400 KiB"),
    DocumentLimit("Cosmos DB", re.compile(r"cosmos"), 2 * 1024**2, "2 MB"),
    DocumentLimit("Couchbase", re.compile(r"couchbase"), 20 * 1024**2, "20 MiB"),
)


@rule(
    "array-without-end",
    Severity.WARNING,
    says="“{path}” is a list of parts, and nothing says how long it may get.",
    remedy="State the most parts that there may be, or give the parts a collection of their own.",
    asks="How many values may “{path}” hold? Nothing limits the list.",
    breaks="orders.events: a list of parts (events.at, events.kind), without a limit",
    keeps="orders.lines: a list of parts, at most 200",
    source="MongoDB manual, Avoid Unbounded Arrays",
)
def array_without_end(facts: Facts) -> Iterator[Claim]:
    """A list within a document has no limit.

    The document grows with each part until it meets the limit of the system, and each change rewrites all of it.
    """
    for entity in facts.own(StructureKind.COLLECTION):
        for field in entity.fields:
            if _is_list(facts, field) and not facts.limits.is_limited(entity, field):
                yield problem(field) if _has_parts(entity, field) else doubt(field)


def _is_list(facts: Facts, field: EntityField) -> bool:
    field_type = facts.types.resolve(field.type)
    return field.is_array or (field_type is not None and (field_type.is_array or field_type.name == "array"))


def _has_parts(entity: Entity, field: EntityField) -> bool:
    beginnings = (f"{field.name}.", f"{field.name}[")
    return any(other.name.startswith(beginnings) for other in entity.fields)


@rule(
    "document-near-limit",
    Severity.WARNING,
    says="A document of “{path}” may have {size}; {system} takes {limit}.",
    remedy="Move what grows into a collection of its own, or large parts into files.",
    asks="A document of “{path}” may have {size}: does {system} take documents of that size?",
    breaks="orders in MongoDB, documents of up to 12 MB",
    keeps="orders in MongoDB, documents of up to 200 kB",
    source="Limits in the manuals of MongoDB, Firestore, DynamoDB, Cosmos DB and Couchbase",
)
def document_near_limit(facts: Facts) -> Iterator[Claim]:
    """Documents of a collection come near the size that their system takes.

    The largest customer meets the limit first, and their next write fails.
    """
    for entity in facts.own(StructureKind.COLLECTION):
        size = read_size(entity.size_limit)
        store = facts.store_of(entity)
        if size is None or store is None:
            continue
        limit = next((each for each in LIMITS if each.pattern.search(store.system.casefold())), None)
        words = {"size": entity.size_limit.strip(), "system": store.system.strip() or store.name}
        if limit and size > limit.bytes * NEAR:
            yield problem(entity, field_name="size_limit", limit=limit.words, **words)
        elif limit is None and size > LIMITS[0].bytes * NEAR:
            yield doubt(entity, field_name="size_limit", **words)


@rule(
    "path-without-parent",
    Severity.ADVICE,
    says="“{path}” is a part of “{parent}”, which is no field of “{entity}”.",
    remedy="Add the field “{parent}”, so that its type and whether it is a list can be said.",
    breaks="orders: lines.price, and no field lines",
    keeps="orders: lines, a list; lines.price",
    source="The workflow's step 3: field names, types, nesting",
)
def path_without_parent(facts: Facts) -> Iterator[Claim]:
    """A nested path has no field for what it is nested in.

    Nobody can tell whether there is one of it or a list.
    """
    for entity in facts.own(StructureKind.COLLECTION):
        names = {field.name.replace("[]", "") for field in entity.fields}
        said: set[str] = set()
        for field in entity.fields:
            parent = field.name.replace("[]", "").rpartition(".")[0]
            if parent and parent not in names and parent not in said:
                said.add(parent)
                yield problem(field, field_name="name", parent=parent, entity=entity.full_name)
