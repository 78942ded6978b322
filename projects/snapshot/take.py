"""Models → Design, in a number of SQL queries that does not depend on how much there is."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from projects.design import tree
from projects.models import (
    Conventions,
    DtoField,
    DtoSource,
    Entity,
    EntityCheck,
    EntityField,
    EntityKey,
    Feature,
    KeyPart,
    Reuse,
)
from projects.snapshot.columns import Values, grouped, in_order, read
from projects.snapshot.policies import policies_of
from projects.snapshot.tables import BY_NAME, LISTED, ONE_EACH, Parts


def take(feature: Feature) -> tree.Design:
    """The feature's design as it stands. The caller holds the feature's lock, or can bear a torn read."""
    own = Q(feature=feature)
    content: Values = {
        "identity": identity(feature),
        "conventions": conventions(feature),
        "policies": policies_of(feature.epic.project),
    }
    for name, (node, model) in ONE_EACH.items():
        rows = read(node, model._default_manager.filter(own))
        content[name] = rows[0] if rows else {}
    for listed in LISTED:
        if listed.name == "entities":
            content[listed.name] = entities(feature)
        elif listed.name == "dtos":
            content[listed.name] = dtos(own)
        elif listed.parts:
            content[listed.name] = with_parts(listed.node, in_order(listed.model, own), listed.parts)
        else:
            content[listed.name] = read(listed.node, in_order(listed.model, own))
    _forget_what_is_gone(content)
    return tree.Design.model_validate(content)


def _forget_what_is_gone(content: Values) -> None:
    """A quote may outlive the thing it is about, and is about nothing until that thing comes back."""
    if not any(quote["about"] for quote in content["quotes"]):
        return
    things = [thing for listed in LISTED for thing in content[listed.name]]
    held = [part for thing in things for name in ("fields", "keys", "checks") for part in thing.get(name, ())]
    known = {thing["uid"] for thing in (*things, *held)}
    for quote in content["quotes"]:
        if quote["about"] not in known:
            quote["about"] = None


def identity(feature: Feature) -> tree.Identity:
    epic, project = feature.epic, feature.epic.project
    return tree.Identity(
        project_key=project.key,
        project_title=project.title,
        epic_key=epic.key,
        epic_title=epic.title,
        feature_key=feature.key,
        feature_title=feature.title,
    )


def conventions(feature: Feature) -> Values:
    rows = read(tree.Conventions, Conventions.objects.filter(project=feature.epic.project))
    return rows[0] if rows else {}


def entities(feature: Feature) -> list[Values]:
    """The feature's own entities, then those it reuses, which say whose they are and belong to none of its stores."""
    reuses = Reuse.objects.filter(feature=feature).order_by("position", "uid")
    owners = {
        uid: f"{epic}/{key}"
        for uid, epic, key in reuses.values_list("entity__uid", "entity__feature__epic__key", "entity__feature__key")
    }
    own, reused = Q(feature=feature), Q(pk__in=reuses.order_by().values("entity"))
    held = _held_by_entities(Q(entity__feature=feature) | Q(entity__in=reuses.order_by().values("entity")))
    result = read(tree.Entity, in_order(Entity, own), "pk")
    by_uid = {values["uid"]: values for values in read(tree.Entity, in_order(Entity, reused), "pk")}
    for uid, owner in owners.items():
        result.append(by_uid[uid] | {"reused_from": owner, "store": None, "data_element": None, "no_index_reason": ""})
    for values in result:
        pk = values.pop("pk")
        values |= {name: groups[pk] for name, groups in held.items()}
    return result


def _held_by_entities(condition: Q) -> dict[str, defaultdict[int, list[Values]]]:
    parts: defaultdict[int, list[UUID]] = defaultdict(list)
    key_parts = KeyPart.objects.filter(key__in=EntityKey.objects.filter(condition).values("pk"))
    for key, field in key_parts.order_by("position").values_list("key", "field__uid"):
        parts[key].append(field)
    keys = read(tree.EntityKey, in_order(EntityKey, condition), "entity_id", "pk")
    for values in keys:
        values["fields"] = parts[values.pop("pk")]
    return {
        "fields": grouped(read(tree.EntityField, in_order(EntityField, condition), "entity_id"), "entity_id"),
        "keys": grouped((values for values in keys if values["fields"]), "entity_id"),
        "checks": grouped(read(tree.Check, in_order(EntityCheck, condition), "entity_id"), "entity_id"),
    }


def dtos(own: Q) -> list[Values]:
    """The DTOs with their fields, and with the stored fields behind those."""
    sources: defaultdict[int, list[UUID]] = defaultdict(list)
    behind = DtoSource.objects.filter(dto_field__in=DtoField.objects.filter(own).values("pk"))
    for dto_field, field in behind.order_by("position", "pk").values_list("dto_field", "field__uid"):
        sources[dto_field].append(field)
    found = read(tree.DtoField, in_order(DtoField, own), "dto_id", "pk")
    for values in found:
        values["sources"] = sources[values.pop("pk")]
    fields = grouped(found, "dto_id")
    result = read(tree.Dto, in_order(BY_NAME["dtos"].model, own), "pk")
    for values in result:
        values["fields"] = fields[values.pop("pk")]
    return result


def with_parts(node: type[tree.Node], rows: QuerySet[Any], parts: Parts) -> list[Values]:
    """The rows with their parts, which lie in a table of their own and are read in one query."""
    owned = parts.model._default_manager.filter(**{f"{parts.owner}__in": rows.order_by().values("pk")})
    held = grouped(read(parts.node, owned.order_by("position", "pk"), f"{parts.owner}_id"), f"{parts.owner}_id")
    result = read(node, rows, "pk")
    for values in result:
        values[parts.name] = held[values.pop("pk")]
    return result
