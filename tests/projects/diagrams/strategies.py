"""Designs with any names that the tree accepts, and any references between them."""

from hypothesis import strategies as st

from projects.design.tree import Design, Entity, EntityField, EntityKey, FieldPair, Relationship
from projects.design.vocabulary import Cardinality, KeyKind
from tests.projects.diagrams.designs import design, uid

# Words that some version of Mermaid, SVG or Markdown reads as its own.
TRAPS = (
    "style",
    "title",
    "end",
    "class",
    "direction",
    "direction TB",
    "accTitle",
    "accDescr {",
    "PK",
    "one",
    "u",
    "o{",
    "constructor",
    "__proto__",
    "__init__",
    "numeric(12,2)",
    "public.orders",
    "2fa",
    "1. first",
    "$x",
    '"',
    "'",
    "\\",
    "%%{init: {}}%%",
    "```",
    "~x~",
    ";",
    "#quot;",
    "<script>alert(1)</script>",
    "]]>",
    "&amp;",
    "größe",
    "日本語",
    "😀",
    "שלום",
    "a\u202eb",
    "x\u2028y",
    "\ufffe",
    "|",
    "||--o{",
    "}",
    "style a:#b;",
    "x" * 128,
)

CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"))
NAMES = st.sampled_from(TRAPS) | st.text(CHARACTERS, min_size=1, max_size=12)
TYPES = NAMES | st.just("")


@st.composite
def any_design(draw: st.DrawFn, most_entities: int = 6) -> Design:
    count = draw(st.integers(1, most_entities))
    entities = tuple(_entity(draw, number) for number in range(count))
    references = tuple(_reference(draw, entities, number) for number in range(draw(st.integers(0, 2 * count))))
    return design(*entities, relationships=references)


def _entity(draw: st.DrawFn, number: int) -> Entity:
    fields = tuple(
        EntityField(uid=uid(number, place), name=draw(NAMES), type=draw(TYPES), is_required=draw(st.booleans()))
        for place in range(draw(st.integers(0, 4)))
    )
    keys = [EntityKey(uid=uid(number, "pk"), kind=KeyKind.PRIMARY, fields=(fields[0].uid,))] if fields else []
    if len(fields) > 2:
        keys.append(EntityKey(uid=uid(number, "uq"), kind=KeyKind.UNIQUE, fields=(fields[1].uid, fields[2].uid)))
    return Entity(
        uid=uid(number),
        namespace=draw(st.none() | NAMES),
        name=draw(NAMES),
        reused_from=draw(st.just("") | NAMES),
        fields=fields,
        keys=tuple(keys),
    )


def _reference(draw: st.DrawFn, entities: tuple[Entity, ...], number: int) -> Relationship:
    child, parent = draw(st.sampled_from(entities)), draw(st.none() | st.sampled_from(entities))
    targets = [field.uid for field in parent.fields] if parent else []
    pairs = tuple(
        FieldPair(child=field.uid, parent=draw(st.none() | st.sampled_from(targets)) if targets else None)
        for field in child.fields[: draw(st.integers(0, 2))]
    )
    return Relationship(
        uid=uid("reference", number),
        name=draw(TYPES),
        parent=parent.uid if parent else None,
        child=child.uid,
        pairs=pairs,
        missing_target=draw(TYPES),
        cardinality=draw(st.sampled_from(Cardinality)),
        junction=draw(st.none() | st.sampled_from([entity.uid for entity in entities])),
    )
