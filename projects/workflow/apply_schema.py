"""Bring a schema that was read elsewhere into a feature: beside what is there, or in place of its data model."""

from datetime import datetime
from uuid import UUID

from projects.design.tree import Design
from projects.models import Feature, User
from projects.workflow.apply_import import Applied, Prepared, carry_out
from projects.workflow.schema_fitting import Fitting
from projects.workflow.schema_replacement import with_schema

NOTHING: frozenset[UUID] = frozenset()


def apply_schema(
    feature: Feature,
    schema: Design,
    *,
    actor: User | None,
    now: datetime,
    label: str,
    leave_out: frozenset[UUID] = NOTHING,
) -> Applied:
    """Add the schema's entities and types; raises ImportRefused if one is there already, or NotAllowed.

    `label` names the database the schema is of, like PostgreSQL; `leave_out` are the entities not wanted.
    """

    def prepare(existing: Design) -> Prepared:
        return Fitting(existing, schema, label, leave_out).prepared()

    source = f"a schema of {label}"
    return carry_out(feature, prepare, actor=actor, now=now, replace=False, source=source)


def replace_schema(
    feature: Feature,
    schema: Design,
    *,
    actor: User | None,
    now: datetime,
    label: str,
    leave_out: frozenset[UUID] = NOTHING,
) -> Applied:
    """Put the schema in place of the feature's entities, types, relationships and indexes; the rest stays."""

    def prepare(existing: Design) -> Prepared:
        return with_schema(existing, schema, label, leave_out)

    source = f"a schema of {label}"
    return carry_out(feature, prepare, actor=actor, now=now, replace=True, source=source)
