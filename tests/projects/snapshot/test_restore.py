"""Design → models: what is written beside what is there, and what becomes of reused entities."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.access import features
from projects.design import tree
from projects.models import Entity, Feature, Reuse
from projects.snapshot.restore import write_design
from projects.snapshot.take import take
from tests.factories import make_feature
from tests.projects.snapshot.sized import sized_design, uid

PATH = "payments/billing/refunds"


def fresh(path: str = PATH) -> Feature:
    return features().get(pk=make_feature(path).pk)


def reusing() -> tree.Design:
    """A design whose one own entity refers to an entity of billing/payments."""
    own, reused = sized_design(2).entities
    design = sized_design(2)
    relationship = design.relationships[0].model_copy(
        update={
            "parent": reused.uid,
            "child": own.uid,
            "pairs": (tree.FieldPair(child=uid(0, "parent_id"), parent=uid(1, "id")),),
        }
    )
    reused = reused.model_copy(update={"reused_from": "billing/payments", "store": None})
    return tree.Design(
        identity=design.identity, stores=design.stores, entities=(own, reused), relationships=(relationship,)
    )


def owner(path: str = "payments/billing/payments") -> Feature:
    feature = fresh(path)
    entity = sized_design(2).entities[1].model_copy(update={"store": None})
    write_design(feature, tree.Design(identity=sized_design(1).identity, entities=(entity,)))
    return feature


@pytest.mark.django_db
def test_a_reused_entity_is_linked_to_its_owner() -> None:
    payments, feature = owner(), fresh()
    written = write_design(feature, reusing())
    assert not written.notes
    assert Reuse.objects.get(feature=feature).entity.feature_id == payments.pk
    assert [each.reused_from for each in take(feature).entities] == ["", "billing/payments"]


@pytest.mark.django_db
def test_of_two_features_with_copies_the_one_that_the_design_names_is_the_owner() -> None:
    owner("payments/shop/copies")
    payments, feature = owner(), fresh()
    write_design(feature, reusing())
    assert Reuse.objects.get(feature=feature).entity.feature_id == payments.pk


@pytest.mark.django_db
def test_a_reused_entity_without_owner_here_becomes_the_features_own_and_a_note_says_so() -> None:
    owner("another-project/billing/payments")
    feature = fresh()
    written = write_design(feature, reusing())
    assert "is reused from billing/payments" in written.notes[0]
    assert Entity.objects.filter(feature=feature).count() == 2
    assert take(feature).relationships == reusing().relationships


@pytest.mark.django_db
def test_an_owner_without_a_field_that_is_referred_to_is_not_linked() -> None:
    payments, feature = owner(), fresh()
    payments_entity = Entity.objects.get(feature=payments)
    payments_entity.fields.filter(name="id").delete()
    assert write_design(feature, reusing()).notes


@pytest.mark.django_db
def test_an_entity_that_is_reused_already_is_not_reused_twice() -> None:
    owner()
    feature = fresh()
    write_design(feature, reusing())
    reused = reusing().entities[1]
    write_design(feature, tree.Design(identity=reusing().identity, entities=(reused,)))
    assert Reuse.objects.filter(feature=feature).count() == 1


@pytest.mark.django_db
def test_what_is_written_comes_after_what_was_there() -> None:
    feature = fresh()
    write_design(feature, sized_design(2))
    late = tree.Entity(uid=uid("late"), name="aaa")
    write_design(feature, tree.Design(identity=sized_design(1).identity, entities=(late,)))
    assert [each.name for each in take(feature).entities] == ["entities_0000", "entities_0001", "aaa"]


@pytest.mark.django_db
def test_known_things_are_referred_to_and_not_written_again() -> None:
    feature = fresh()
    write_design(feature, sized_design(1))
    entity = Entity.objects.get(feature=feature)
    index = tree.Index(uid=uid("index"), name="idx_late", entity=entity.uid)
    known = tree.Design(identity=sized_design(1).identity, entities=(tree.Entity(uid=entity.uid, name="x"),))
    design = tree.Design(identity=known.identity, entities=known.entities, indexes=(index,))
    written = write_design(feature, design, known={entity.uid: entity.pk})
    assert written.counts == {"indexes": 1}
    assert Entity.objects.get(feature=feature).name == "entities_0000"


@pytest.mark.django_db
def test_the_counts_are_those_of_the_rows() -> None:
    assert write_design(fresh(), sized_design(3)).counts == {
        "sources": 1,
        "stores": 1,
        "data elements": 1,
        "types": 1,
        "entities": 3,
        "fields": 24,
        "keys": 6,
        "checks": 3,
        "relationships": 2,
        "operations": 3,
        "indexes": 3,
    }


@pytest.mark.django_db
def test_statements_grow_with_batches_and_not_with_rows() -> None:
    with CaptureQueriesContext(connection) as few:
        write_design(fresh("few/billing/refunds"), sized_design(1))
    with CaptureQueriesContext(connection) as many:
        write_design(fresh("many/billing/refunds"), sized_design(40))
    # SQLite takes 999 values in one statement, so forty entities with their 320 fields need some more of them.
    assert len(many) <= len(few) + 20
