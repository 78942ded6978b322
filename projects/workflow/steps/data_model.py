"""The step “Data model”: entities with their fields, keys, checks and relationships, and named types."""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from projects.design.tree import Design
from projects.design.vocabulary import StepState
from projects.models import KeyPart, RelationshipPair
from projects.workflow.forms import Scope
from projects.workflow.references import KEY_KIND, REFERENCES
from projects.workflow.steps.entity_forms import (
    KEY_PARTS,
    CheckForm,
    EntityForm,
    FieldForm,
    KeyForm,
    NamedTypeForm,
)
from projects.workflow.steps.relationship_forms import PAIRS, RelationshipForm
from projects.workflow.steps.step import Column, Grid, Record, Step, by_answers


def of_selected_entity(scope: Scope) -> Q:
    return Q(child=scope.entity) | Q(parent=scope.entity) | Q(junction=scope.entity)


def join_short_cuts(rows: dict[str, list[Any]]) -> None:
    """Give the fields what their cells for key and reference need, from the keys and relationships on the same page."""
    if "fields" not in rows:
        return
    key_parts: defaultdict[int, list[KeyPart]] = defaultdict(list)
    for key in rows["keys"]:
        for part in key.parts.all():
            part.key, part.size = key, len(key.parts.all())
            key_parts[part.field_id].append(part)
    pairs: defaultdict[int, list[RelationshipPair]] = defaultdict(list)
    for relationship in rows["relationships"]:
        for pair in relationship.pairs.all():
            pair.relationship, pair.size = relationship, len(relationship.pairs.all())
            pairs[pair.child_field_id].append(pair)
    for field in rows["fields"]:
        field._prefetched_objects_cache = {"key_parts": key_parts[field.pk], "child_pairs": pairs[field.pk]}


def progress(design: Design) -> StepState:
    own = design.own_entities
    return by_answers(
        bool(own),
        bool(own) and all(entity.purpose for entity in own),
        bool(own) and all(entity.fields and entity.primary_key for entity in own),
        bool(own) and all(field.type and field.description for entity in own for field in entity.fields),
    )


STEP = Step(
    slug="data-model",
    title="Data model",
    group="Define",
    summary="What is stored, field by field, and how it hangs together.",
    progress=progress,
    sections=("Data Model",),
    picks="entity",
    join=join_short_cuts,
    companion=("diagram", "findings", "document"),
    parts=(
        Record(
            slug="entities",
            title="Entity",
            form=EntityForm,
            select=("store",),
            empty="No entities yet. Add one, or import the schema you have.",
            groups=(("name", "purpose", "store"),),
            rare=("namespace", "no_index_reason"),
        ),
        Grid(
            slug="fields",
            title="Fields",
            form=FieldForm,
            of_entity=True,
            select=("entity",),
            related=REFERENCES,
            annotations=(("key_kind", KEY_KIND),),
            page_related=(),
            empty="No fields yet. Type the first below, or paste rows from a spreadsheet.",
            add_label="Add a field…",
            columns=(
                Column("name", "Field", "mono", width="m"),
                Column("type", "Type", "mono", "types", width="m"),
                Column("key", "Key", "choice", width="xs"),
                Column("is_required", "Req.", "check", width="xs"),
                Column("default", "Default", "mono", width="s"),
                Column("reference", "Reference", "mono", "entities", width="m"),
                Column("rule", "Rule", width="m"),
                Column("sensitivity", "Data class", "choice", width="s"),
                Column("description", "Description", width="xl"),
            ),
        ),
        Grid(
            slug="relationships",
            title="Relationships",
            form=RelationshipForm,
            select=("parent", "child", "junction"),
            related=(PAIRS,),
            condition=of_selected_entity,
            empty="No relationships of this entity yet. A reference on a field makes one, or add it here.",
            add_label="customers.id",
            columns=(
                Column("from_text", "From", "mono", "entities", width="l"),
                Column("to_text", "To", "mono", width="l"),
                Column("cardinality", "Type", "choice", width="s"),
                Column("on_delete", "On delete", "choice", width="s"),
                Column("on_update", "On update", "choice", width="s"),
                Column("junction_name", "Through", "mono", "entities", width="m"),
                Column("description", "Description", width="xl"),
            ),
        ),
        Grid(
            slug="keys",
            title="Keys",
            form=KeyForm,
            of_entity=True,
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
            form=CheckForm,
            of_entity=True,
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
    ),
)
