"""Rules about key spaces, files, measurements and vectors: names that collide, and numbers that must agree."""

import re
from collections.abc import Iterator

from projects.checks.facts import Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.field_types import Family, parse
from projects.design.quantities import read_duration, read_retention
from projects.design.tree import Entity, KeySpace
from projects.design.vocabulary import Eviction, FieldRole, Severity, StoreKind, StructureKind

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDER_NAME = re.compile(r"[^\W\d]\w*(?:[.:]\w+)*")
OTHER_PLACEHOLDERS = re.compile(r"<[^<>{}]+>|\$\w+|:\w+:|%[sd]|\*")
UNIQUE_WORDS = re.compile(r"id\b|uuid|ulid|hash|digest|sha|timestamp|time|number|sequence|key|version", re.IGNORECASE)
# The length of what these models give; where it can be shortened, it is the most.
MODELS: tuple[tuple[str, int, bool], ...] = (
    ("text-embedding-3-small", 1536, True),
    ("text-embedding-3-large", 3072, True),
    ("text-embedding-ada-002", 1536, False),
    ("all-minilm-l6-v2", 384, False),
    ("all-minilm-l12-v2", 384, False),
    ("all-mpnet-base-v2", 768, False),
    ("multi-qa-mpnet-base", 768, False),
    ("bge-small-en", 384, False),
    ("bge-base-en", 768, False),
    ("bge-large-en", 1024, False),
    ("bge-m3", 1024, False),
    ("e5-small", 384, False),
    ("e5-base", 768, False),
    ("e5-large", 1024, False),
    ("nomic-embed-text-v1.5", 768, True),
    ("embed-english-v3.0", 1024, False),
    ("embed-multilingual-v3.0", 1024, False),
)


@rule(
    "key-placeholder-malformed",
    Severity.ERROR,
    says="The key pattern “{path}” cannot be read: {fault}.",
    remedy="Write each placeholder as a name in braces, like session:{{user_id}}.",
    asks="Is {found} in “{path}” a placeholder? Placeholders are names in braces.",
    breaks="session:{user id",
    keeps="session:{user_id}",
    source="The workflow's step 3: how keys are structured",
)
def key_placeholder_malformed(facts: Facts) -> Iterator[Claim]:
    """A key pattern has placeholders that cannot be read.

    Two programmers then build two keys for one thing, and neither finds what the other wrote.
    """
    for space in facts.design.key_spaces:
        rest = PLACEHOLDER.sub("", space.pattern)
        wrong = next(
            (name for name in PLACEHOLDER.findall(space.pattern) if not PLACEHOLDER_NAME.fullmatch(name)), None
        )
        if "{" in rest or "}" in rest:
            yield problem(space, field_name="pattern", fault="a brace has no partner")
        elif wrong is not None:
            fault = f"“{wrong}” is no name" if wrong else "a placeholder is empty"
            yield problem(space, field_name="pattern", fault=fault)
        elif other := OTHER_PLACEHOLDERS.search(rest):
            yield doubt(space, field_name="pattern", found=f"“{other[0]}”")


@rule(
    "key-without-namespace",
    Severity.WARNING,
    says="Keys like “{path}” begin with a value: nothing tells them from other keys of the store.",
    remedy="Put a fixed word first, like session: or cart:.",
    asks="Keys like “{path}” have no fixed word before their first value: will the store hold nothing else?",
    breaks="{user_id}",
    keeps="session:{user_id}",
    source="Redis documentation, Keyspace: use a schema for keys",
)
def key_without_namespace(facts: Facts) -> Iterator[Claim]:
    """A key pattern begins with a placeholder.

    Keys of two features collide, and nobody can list, count or delete those of one.
    """
    for space in facts.design.key_spaces:
        if space.pattern.lstrip().startswith("{"):
            others = [other for other in facts.design.key_spaces if other.store == space.store and other is not space]
            yield problem(space, field_name="pattern") if others else doubt(space, field_name="pattern")


@rule(
    "key-patterns-collide",
    Severity.ERROR,
    says="“{path}” and “{other}” give the same keys.",
    remedy="Give one of them another fixed word.",
    asks="May “{path}” and “{other}” give the same key?",
    breaks="cart:{user_id} beside cart:{session_id}",
    keeps="cart:user:{user_id} beside cart:session:{session_id}",
    source="Redis documentation, Keyspace",
)
def key_patterns_collide(facts: Facts) -> Iterator[Claim]:
    """Two key patterns of one store differ in nothing but the names of their placeholders.

    One of the two overwrites what the other wrote, with a value of another shape.
    """
    first: dict[tuple[object, str], KeySpace] = {}
    stores = sum(store.kind is StoreKind.KEY_VALUE for store in facts.design.stores)
    for space in facts.design.key_spaces:
        shape = PLACEHOLDER.sub("{}", space.pattern.strip())
        same = first.setdefault((space.store, shape), space)
        if same is not space:
            is_open = space.store is None and stores > 1
            yield (doubt if is_open else problem)(space, field_name="pattern", other=same.pattern)


@rule(
    "key-kept-forever",
    Severity.WARNING,
    says="Keys like “{path}” have no TTL, and nothing evicts them.",
    remedy="Give them a TTL, choose an eviction policy, or say that they stay until they are deleted.",
    breaks="session:{user_id}, without TTL and eviction",
    keeps="session:{user_id}, TTL 30 min",
    source="Redis documentation, Key eviction; the workflow's step 3",
)
def key_kept_forever(facts: Facts) -> Iterator[Claim]:
    """A key space has neither TTL nor eviction.

    Memory fills with keys that nobody asks for any more, until writes are refused.
    """
    for space in facts.design.key_spaces:
        if not space.ttl.strip() and space.eviction is None:
            yield problem(space, field_name="ttl")


@rule(
    "ttl-longer-than-retention",
    Severity.WARNING,
    says="Keys like “{path}” live for {ttl}, but “{element}” is kept for {kept_for} only.",
    remedy="Shorten the TTL, or keep “{element}” longer.",
    asks="Keys like “{path}” live for “{ttl}”, and “{element}” is kept for “{kept_for}”: do the two agree?",
    breaks="session:{user_id}, TTL 90 days, of “Session”, kept for 30 days",
    keeps="session:{user_id}, TTL 30 min, of “Session”, kept for 30 days",
    source="Checklist item 25: retention in one place agrees with retention in another",
)
def ttl_longer_than_retention(facts: Facts) -> Iterator[Claim]:
    """Keys live longer than the data element that they hold may be kept.

    The promise on retention is broken by the store, whatever the documents say.
    """
    elements = {element.uid: element for element in facts.design.data_elements}
    for space in facts.design.key_spaces:
        element = elements.get(space.data_element) if space.data_element else None
        if element is None or not space.ttl.strip() or not element.kept_for.strip():
            continue
        ttl, kept = read_duration(space.ttl), read_retention(element.kept_for)
        words = {"ttl": space.ttl.strip(), "element": element.name, "kept_for": element.kept_for.strip()}
        if ttl is None or kept is None:
            yield doubt(space, field_name="ttl", **words)
        elif space.eviction is not Eviction.NONE and ttl.seconds > kept.seconds:
            yield problem(space, field_name="ttl", **words)


@rule(
    "file-names-collide",
    Severity.WARNING,
    says="All files of “{path}” are named “{naming}”, so the second overwrites the first.",
    remedy="Put something that tells files apart into the name, like {{refund_id}}.",
    asks="Do the names “{naming}” tell all files of “{path}” apart?",
    breaks="evidence/, files named photo.jpg",
    keeps="evidence/{refund_id}/, files named {uuid}.jpg",
    source="The workflow's step 3: naming convention of files",
)
def file_names_collide(facts: Facts) -> Iterator[Claim]:
    """Nothing in the names of files tells one from another.

    A second upload silently replaces the first.
    """
    for layout in facts.design.file_layouts:
        naming = layout.naming.strip()
        if not naming:
            continue
        marks = PLACEHOLDER.findall(naming) + PLACEHOLDER.findall(layout.structure)
        if any(UNIQUE_WORDS.search(mark) for mark in marks):
            continue
        is_one_name = not marks and not re.search(r"\s|[<>*$%]", naming)
        yield (problem if is_one_name else doubt)(layout, field_name="naming", naming=naming)


@rule(
    "tag-without-bound",
    Severity.WARNING,
    says="The tag “{path}” takes a new value for each row: {type}.",
    remedy="Make it a value, or tag by something that repeats.",
    asks="How many values may the tag “{path}” take?",
    breaks="requests: tag request_id uuid",
    keeps="requests: tag route, value request_id",
    source="InfluxDB documentation, Resolve high series cardinality",
)
def tag_without_bound(facts: Facts) -> Iterator[Claim]:
    """A tag of a measurement may take any number of values.

    Each combination of tags is a series of its own, and memory and start-up grow with the number of series.
    """
    for entity in facts.own(StructureKind.MEASUREMENT):
        for field in entity.fields:
            if field.role is not FieldRole.TAG or facts.limits.is_limited(entity, field):
                continue
            field_type = facts.types.resolve(field.type)
            family = field_type.family if field_type else None
            if family in (Family.UUID, Family.TIMESTAMP, Family.FLOAT, Family.DECIMAL):
                yield problem(field, type=field.type)
            elif field.name.casefold().endswith(("_id", "email", "url", "address")):
                yield doubt(field)


@rule(
    "measurement-without-time",
    Severity.ERROR,
    says="No field of “{path}” is its time.",
    remedy="Give the field that says when a value was taken the role Time.",
    breaks="requests: route (tag), duration (value)",
    keeps="requests: at (time), route (tag), duration (value)",
    source="The workflow's step 2: time-stamped data",
)
def measurement_without_time(facts: Facts) -> Iterator[Claim]:
    """A measurement has no field for the time.

    Resolution, retention and downsampling all count from it.
    """
    for entity in facts.own(StructureKind.MEASUREMENT):
        is_timed = any(_is_time(facts, field.role, field.type) for field in entity.fields)
        if entity.fields and not is_timed:
            yield problem(entity)


def _is_time(facts: Facts, role: FieldRole | None, words: str) -> bool:
    field_type = facts.types.resolve(words)
    return role is FieldRole.TIME or (field_type is not None and field_type.family is Family.TIMESTAMP)


@rule(
    "vector-dimensions-differ",
    Severity.ERROR,
    says="“{path}” has {dimensions} dimensions, but {other} has {others}.",
    remedy="Give both the same number.",
    asks="“{path}” has {dimensions} dimensions, and {other} gives {others} unless it is asked for fewer: is it?",
    breaks="refund_notes: text-embedding-3-small, 768 dimensions",
    keeps="refund_notes: text-embedding-3-small, 1536 dimensions",
    source="The models' own documentation; pgvector, expected n dimensions",
)
def vector_dimensions_differ(facts: Facts) -> Iterator[Claim]:
    """The dimensions of a vector collection differ from those of its field or of its model.

    The first insert is refused, or all vectors are cut.
    """
    for entity in facts.own(StructureKind.VECTORS):
        if entity.dimensions is None:
            continue
        words = {"dimensions": entity.dimensions}
        for field in entity.fields:
            field_type = parse(field.type)
            if field_type and "vec" in field_type.name and field_type.length not in (None, entity.dimensions):
                named = f"its field “{field.name}”"
                yield problem(entity, field_name="dimensions", other=named, others=field_type.length, **words)
        yield from _other_than_model(entity, words)


def _other_than_model(entity: Entity, words: dict[str, int]) -> Iterator[Claim]:
    for model, dimensions, can_be_shorter in MODELS:
        if model in entity.embedding_model.casefold() and words["dimensions"] != dimensions:
            claim = doubt if can_be_shorter and words["dimensions"] < dimensions else problem
            yield claim(entity, field_name="dimensions", other=f"the model {model}", others=dimensions, **words)
            return
