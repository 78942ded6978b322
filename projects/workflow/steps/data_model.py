"""The step “Data model”: what lies in each store, field by field, and how it hangs together."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import Q

from projects.design.tree import Design
from projects.design.tree import Entity as TreeEntity
from projects.design.vocabulary import StructureKind
from projects.models import Entity, KeyPart, RelationshipPair
from projects.workflow.forms import Scope
from projects.workflow.references import KEY_KIND, REFERENCES
from projects.workflow.steps.entity_forms import (
    KEY_PARTS,
    CheckForm,
    FieldForm,
    KeyForm,
    NamedTypeForm,
)
from projects.workflow.steps.placing import CHECKED, FILE_STORES, KEY_STORES, KEYED, RELATED
from projects.workflow.steps.proposals import propose_reference
from projects.workflow.steps.relationship_forms import PAIRS, RelationshipForm
from projects.workflow.steps.standard_fields import STANDARD_FIELDS
from projects.workflow.steps.step import Choice, Column, Grid, Page, Pick, Record, Shown, Step
from projects.workflow.steps.structure_columns import RARE, entity_groups, field_columns, relationship_columns
from projects.workflow.steps.structure_forms import EntityForm
from projects.workflow.steps.structure_grids import FILE_LAYOUT_GRID, KEY_SPACE_GRID

# What `at` says for the pages that are not about one entity.
TYPES, KEY_SPACES, FILE_LAYOUTS = "types", "key-spaces", "file-layouts"
PAGES = (TYPES, KEY_SPACES, FILE_LAYOUTS)


def of_selected_entity(scope: Scope) -> Q:
    return Q(child=scope.entity) | Q(parent=scope.entity) | Q(junction=scope.entity)


def join_short_cuts(rows: dict[str, list[Any]]) -> None:
    """Give the fields what their cells for key and reference need, from the keys and relationships on the same page."""
    if "fields" not in rows:
        return
    # A kind of structure without keys or relationships has no cells for them either.
    keys, relationships = rows.get("keys", ()), rows.get("relationships", ())
    key_parts: defaultdict[int, list[KeyPart]] = defaultdict(list)
    for key in keys:
        for part in key.parts.all():
            part.key, part.size = key, len(key.parts.all())
            key_parts[part.field_id].append(part)
    pairs: defaultdict[int, list[RelationshipPair]] = defaultdict(list)
    for relationship in relationships:
        for pair in relationship.pairs.all():
            pair.relationship, pair.size = relationship, len(relationship.pairs.all())
            pairs[pair.child_field_id].append(pair)
    for field in rows["fields"]:
        field._prefetched_objects_cache = {"key_parts": key_parts[field.pk], "child_pairs": pairs[field.pk]}


def entity_choices(design: Design) -> list[Choice]:
    """The entities, those of one store together, in the order of the stores; those of other features come last."""
    stores = {store.uid: (place, store.name) for place, store in enumerate(design.stores)}
    unknown = len(stores)

    def place(entity: TreeEntity) -> int:
        if entity.reused_from:
            return unknown + 1
        return stores[entity.store][0] if entity.store else unknown

    def group(entity: TreeEntity) -> str:
        if entity.reused_from:
            return "Other features"
        return stores[entity.store][1] if entity.store else "No store"

    return [
        Choice(
            each.uid,
            each.full_name,
            len(each.fields),
            bool(each.reused_from),
            "" if each.kind is StructureKind.TABLE else each.kind.label,
            group(each),
        )
        for each in sorted(design.entities, key=place)
    ]


def of_an_entity(*kinds: StructureKind) -> Callable[[Shown], bool]:
    """On the page of an entity of one of these kinds, or of any if none is named."""

    def shows(shown: Shown) -> bool:
        entity = shown.picked
        if not isinstance(entity, Entity) or shown.at in PAGES or shown.is_reused:
            return False
        return not kinds or entity.kind in kinds

    return shows


def beside_the_pages(shown: Shown) -> bool:
    return shown.at not in PAGES and not shown.is_reused


def on_the_page(at: str) -> Callable[[Shown], bool]:
    return lambda shown: shown.at == at


def holds_keys(design: Design) -> bool:
    return bool(design.key_spaces) or any(store.kind in KEY_STORES for store in design.stores)


def holds_files(design: Design) -> bool:
    return bool(design.file_layouts) or any(store.kind in FILE_STORES for store in design.stores)


STEP = Step(
    slug="data-model",
    title="Data model",
    group="Define",
    summary="What is stored, field by field, and how it hangs together.",
    pick=Pick(Entity, entity_choices, part="entities"),
    pages=(
        Page(TYPES, "Types"),
        Page(KEY_SPACES, "Key spaces", holds_keys),
        Page(FILE_LAYOUTS, "File layouts", holds_files),
    ),
    join=join_short_cuts,
    companion=("diagram", "findings", "document"),
    parts=(
        Record(
            slug="entities",
            title="Entity",
            shows=beside_the_pages,
            form=EntityForm,
            select=("store", "data_element"),
            empty="No entities yet. Add one, or import the schema you have.",
            groups_for=entity_groups,
            rare=RARE,
            reshapes=("kind",),
        ),
        Grid(
            slug="fields",
            title="Fields",
            shows=of_an_entity(),
            form=FieldForm,
            held_by="entity",
            select=("entity",),
            related=REFERENCES,
            annotations=(("key_kind", KEY_KIND),),
            page_related=(),
            empty="No fields yet. Type the first below, or paste rows from a spreadsheet.",
            add_label="Add a field…",
            columns_for=field_columns,
            filler=STANDARD_FIELDS,
            propose=propose_reference,
        ),
        Grid(
            slug="relationships",
            title="Relationships",
            shows=of_an_entity(*RELATED),
            form=RelationshipForm,
            select=("parent", "child", "junction"),
            related=(PAIRS,),
            condition=of_selected_entity,
            empty="No relationships of this entity yet. A reference on a field makes one, or add it here.",
            add_label="customers.id",
            columns_for=relationship_columns,
        ),
        Grid(
            slug="keys",
            title="Keys",
            shows=of_an_entity(*KEYED),
            form=KeyForm,
            held_by="entity",
            related=(KEY_PARTS,),
            empty="No keys yet. Mark a field as PK above, or name the fields of a key over several here.",
            add_label="Name, or empty",
            columns=(
                Column("name", "Name", "mono", width="l"),
                Column("kind", "Kind", "choice", width="s"),
                Column("fields_text", "Fields", "mono", width="xl"),
            ),
        ),
        Grid(
            slug="checks",
            title="Checks",
            shows=of_an_entity(*CHECKED),
            form=CheckForm,
            held_by="entity",
            empty="No checks over several fields yet, such as “settled_at is not before requested_at”.",
            add_label="Name, or empty",
            columns=(
                Column("name", "Name", "mono", width="l"),
                Column("expression", "Every row keeps", width="xl"),
            ),
        ),
        Grid(
            slug="types",
            title="Types of this design",
            shows=on_the_page(TYPES),
            form=NamedTypeForm,
            empty="No types with names of their own. Give an enumeration its values here, and use its name as a type.",
            add_label="Add a type…",
            columns=(
                Column("name", "Type", "mono", width="m"),
                Column("kind", "Kind", "choice", width="s"),
                Column("values_text", "Values", "mono", width="xl"),
                Column("base", "Based on", "mono", width="m"),
                Column("rule", "Rule", width="l"),
                Column("description", "Description", width="l"),
            ),
        ),
        replace(KEY_SPACE_GRID, shows=on_the_page(KEY_SPACES)),
        replace(FILE_LAYOUT_GRID, shows=on_the_page(FILE_LAYOUTS)),
    ),
)
