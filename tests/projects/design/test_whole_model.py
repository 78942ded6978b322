"""The designs of several features as one model."""

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.design.project import Included
from projects.design.review_record import ReviewRecord
from projects.design.tree import Design
from projects.design.whole_model import WholeModel, whole_model
from projects.diagrams.links import links_of
from projects.diagrams.mermaid import er_diagrams
from projects.diagrams.svg import draw
from projects.diagrams.words import describe
from tests.examples import at_most
from tests.projects.checks.builders import make_entity, make_relationship, uid_of
from tests.projects.checks.features import ORDERS, PAYMENTS, REFUNDS, feature, payments, reused
from tests.projects.design.strategies import designs


def refunding(path: str = REFUNDS, **parts: object) -> Included:
    """A feature whose refunds refer to the payments of another."""
    refunds = make_entity("refunds", "id uuid", "payment_id uuid")
    line = make_relationship("refunds.payment_id", "payments.id")
    return feature(path, refunds, reused(payments()), relationships=(line,), **parts)


def modelled(*features: Included) -> WholeModel:
    return whole_model("Storefront", features)


def names(model: WholeModel) -> list[str]:
    return [entity.full_name for entity in model.design.entities]


def test_what_several_features_work_with_is_there_once_with_its_owner_first():
    model = modelled(refunding(), feature(PAYMENTS, payments()), refunding(ORDERS))
    assert names(model) == ["refunds", "payments", "refunds"]
    assert model.shared == {uid_of("payments"): (PAYMENTS, REFUNDS, ORDERS)}
    assert not any(entity.reused_from for entity in model.design.entities)


def test_relationships_lead_across_features():
    model = modelled(refunding(), feature(PAYMENTS, payments()))
    (link,) = links_of(model.design)
    assert (link.parent, link.parent_field) == (uid_of("payments"), uid_of("payments.id"))
    assert "refunds.payment_id refers to payments" in describe(model.design, model.shared)


def test_a_relationship_that_two_features_state_is_drawn_once():
    line = make_relationship("refunds.payment_id", "payments.id")
    other = feature(ORDERS, reused(refunding().design.entities[0], REFUNDS), reused(payments()), relationships=(line,))
    model = modelled(refunding(), feature(PAYMENTS, payments()), other)
    assert len(model.relationships) == 1


def test_copies_under_the_same_uids_stay_apart():
    copies = [feature(path, payments()) for path in (PAYMENTS, ORDERS)]
    model = modelled(*copies, refunding())
    uids = [thing.uid for entity in model.design.entities for thing in (entity, *entity.fields, *entity.keys)]
    assert len(set(uids)) == len(uids)
    assert [structure.origin.uid for structure in model.structures[:2]] == [uid_of("payments")] * 2
    assert model.shared == {uid_of("payments"): (PAYMENTS, REFUNDS)}


def test_what_its_owner_lacks_is_drawn_as_reused_and_its_lines_keep_to_what_is_there():
    model = modelled(refunding(), feature(PAYMENTS))
    (gone,) = [structure for structure in model.structures if structure.is_gone]
    assert (gone.owner, gone.feature.path) == (PAYMENTS, REFUNDS)
    assert model.by_uid[gone.entity.uid] is gone
    assert model.design.entity_by_uid[gone.entity.uid].reused_from == PAYMENTS
    without_id = payments(key="").with_values(fields=payments().fields[1:])
    (link,) = links_of(modelled(refunding(), feature(PAYMENTS, without_id)).design)
    assert (link.parent, link.parent_field) == (uid_of("payments"), None)


def test_an_epic_shows_what_its_features_own_and_reuse():
    order = make_entity("orders", "id uuid", "payment_id uuid")
    line = make_relationship("orders.payment_id", "payments.id")
    model = modelled(
        feature(PAYMENTS, payments()), refunding(), feature(ORDERS, order, reused(payments()), relationships=(line,))
    )
    shop, billing = model.of_epic("shop"), model.of_epic("billing")
    assert (sorted(names(shop)), sorted(names(billing))) == (["orders", "payments"], ["payments", "refunds"])
    assert shop.design.entity_by_uid[uid_of("payments")].reused_from == PAYMENTS
    assert (len(shop.relationships), len(billing.relationships)) == (1, 1)
    assert billing.shared == {uid_of("payments"): (PAYMENTS, REFUNDS, ORDERS)}
    assert model.of_epic("") is model
    assert names(model.of_epic("nowhere")) == []


def test_the_picture_and_its_words_say_what_is_shared():
    model = modelled(feature(PAYMENTS, payments()), refunding())
    drawn = draw(model.design, shared=model.shared, link=lambda entity: f"/{entity.uid}")
    assert ">shared</text>" in drawn
    assert "erd-box-shared" in drawn
    for text in (drawn, describe(model.design, model.shared)):
        assert f"shared: {PAYMENTS}, {REFUNDS}" in text


def test_each_structure_says_which_state_it_is_read_in():
    model = modelled(feature(PAYMENTS, payments(), revision=3), refunding())
    assert [structure.feature.mark for structure in model.structures] == ["r3", "draft"]


def test_a_project_without_features_has_an_empty_model():
    assert draw(modelled().design)
    assert er_diagrams(modelled().design) == ()


@settings(max_examples=at_most(10))
@given(st.lists(designs(), max_size=2))
def test_any_designs_make_a_model_that_can_be_drawn(drawn: list[Design]) -> None:
    named = (each.identity.with_values(feature_key=f"feature-{n}") for n, each in enumerate(drawn))
    features = [
        Included(each.with_values(identity=name), ReviewRecord()) for each, name in zip(drawn, named, strict=True)
    ]
    model = modelled(*features)
    owned = sum(len(each.design.own_entities) for each in features)
    assert sum(not structure.is_gone for structure in model.structures) == owned
    things = [thing.uid for entity in model.design.entities for thing in (entity, *entity.fields)]
    assert len(set(things)) == len(things)
    assert set(things) >= {uid for line in model.relationships for pair in line.pairs for uid in (pair.child,)}
    assert draw(model.design, shared=model.shared, link=lambda entity: str(entity.uid))
    er_diagrams(model.design)
