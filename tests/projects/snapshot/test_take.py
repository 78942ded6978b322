"""Models → Design: a constant number of queries, every field carried over, the same whatever order the rows lie in."""

import json
import random

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from projects.access import features
from projects.design import tree
from projects.design.digest import design_json
from projects.models import (
    Conventions,
    DtoField,
    Entity,
    EntityCheck,
    EntityField,
    EntityKey,
    Feature,
    IndexPart,
    KeyPart,
    QueryUse,
    RelationshipPair,
)
from projects.snapshot import handbook
from projects.snapshot.columns import HELD, REFERENCES, columns
from projects.snapshot.restore import write_design
from projects.snapshot.tables import LISTED, ONE_EACH
from projects.snapshot.take import take
from tests.factories import make_feature
from tests.projects.snapshot.sized import sized_design

MODELS: dict[type[tree.Node], type[models.Model]] = {
    tree.Conventions: Conventions,
    tree.EntityField: EntityField,
    tree.EntityKey: EntityKey,
    tree.Check: EntityCheck,
    tree.DtoField: DtoField,
    **dict(ONE_EACH.values()),
    **handbook.models(),
    **{listed.node: listed.model for listed in LISTED},
    **{listed.parts.node: listed.parts.model for listed in LISTED if listed.parts},
}
# What tells rows apart and puts them in order; the tree says it by uids and by the order itself.
BOOKKEEPING = {"id", "feature", "project", "version", "position", "folded_name"}
OWNERS = {"profile", "entity", "relationship", "query", "index", "key", "dto"}


def columns_of(node: type[tree.Node], model: type[models.Model]) -> set[str]:
    """The model's columns that hold facts of the node."""
    names = {field.name for field in model._meta.concrete_fields} - BOOKKEEPING
    if not issubclass(node, tree.Thing):
        names.discard("uid")
    mapped = {column.partition("__")[0] for column in columns(node).values()}
    return {name for name in names if name in mapped or name not in OWNERS}


def test_every_node_has_its_model() -> None:
    nodes = {
        node
        for node in vars(tree).values()
        if isinstance(node, type) and issubclass(node, tree.Node) and node not in (tree.Node, tree.Thing)
    }
    assert nodes - set(MODELS) == {tree.Identity, tree.Design, tree.Policies, tree.Handbook}


@pytest.mark.parametrize(("node", "model"), MODELS.items())
def test_a_node_has_the_fields_of_its_model(node: type[tree.Node], model: type[models.Model]) -> None:
    mapped = {column.partition("__")[0] for column in columns(node).values()}
    assert mapped == columns_of(node, model)


@pytest.mark.parametrize("node", sorted({*REFERENCES, *HELD}, key=lambda node: node.__name__))
def test_what_is_said_of_a_node_is_about_fields_that_it_has(node: type[tree.Node]) -> None:
    assert set(REFERENCES.get(node, {})) | HELD.get(node, frozenset()) <= set(node.model_fields)


def with_design(path: str, entities: int) -> Feature:
    feature = make_feature(path)
    write_design(feature, sized_design(entities))
    return features().get(pk=feature.pk)


@pytest.mark.django_db
def test_taking_asks_as_often_for_three_entities_as_for_three_hundred() -> None:
    counts = []
    for entities in (3, 300):
        feature = with_design(f"sized-{entities}/billing/refunds", entities)
        with CaptureQueriesContext(connection) as asked:
            design = take(feature)
        assert len(design.entities) == entities
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 45


@pytest.mark.django_db
def test_the_order_in_which_rows_lie_in_the_database_does_not_count() -> None:
    straight = with_design("straight/billing/refunds", 12)
    shuffled = with_design("shuffled/billing/refunds", 12)
    for model in (QueryUse, RelationshipPair, IndexPart, KeyPart):
        write_again_in_another_order(model, shuffled)
    assert facts(take(shuffled)) == facts(take(straight))


def facts(design: tree.Design) -> dict[str, object]:
    content = json.loads(design_json(design))
    return {part: value for part, value in content.items() if part != "identity"}


def write_again_in_another_order(model: type[models.Model], feature: Feature) -> None:
    owner = {QueryUse: "query", RelationshipPair: "relationship", IndexPart: "index", KeyPart: "key"}[model]
    rows = list(model._default_manager.filter(**{f"{owner}__feature": feature}))
    model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    random.Random(1).shuffle(rows)
    for row in rows:
        row.pk = None
    model._default_manager.bulk_create(rows)


@pytest.mark.django_db
def test_things_at_the_same_place_are_in_the_order_of_their_uids() -> None:
    feature = with_design("even/billing/refunds", 12)
    Entity.objects.filter(feature=feature).update(position=0)
    uids = [entity.uid for entity in take(feature).entities]
    assert uids == sorted(uids)
