from hypothesis import given, settings

from projects.design.tree import Design, Relationship
from projects.design.vocabulary import Cardinality
from projects.diagrams.words import describe, summary
from tests.examples import at_most
from tests.projects.diagrams.designs import REFUNDS, design, entity, many, reference, uid
from tests.projects.diagrams.strategies import any_design


def test_every_entity_and_relationship_is_said() -> None:
    assert describe(REFUNDS).splitlines() == [
        "5 entities, 4 relationships.",
        "refunds: 14 fields, primary key id.",
        "refund_lines: 7 fields, primary key id.",
        "payments: 6 fields, primary key id, reused from billing/payments.",
        "ledger_entries: 8 fields, primary key id.",
        "idempotency_keys: 7 fields, primary key id.",
        "refunds.payment_id refers to payments: any number of rows of refunds for each row of payments.",
        "refund_lines.refund_id refers to refunds: any number of rows of refund_lines for each row of refunds.",
        "ledger_entries.refund_id refers to refunds: any number of rows of ledger_entries for each row of refunds.",
        "idempotency_keys.refund_id refers to refunds: at most one row of idempotency_keys for each row of refunds.",
    ]


def test_missing_parent_is_said() -> None:
    lost = Relationship(uid=uid("r"), child=uid("orders"), missing_target="accounts(id)")
    found = design(entity("orders", "id uuid pk"), relationships=(lost,))
    assert describe(found).endswith("orders refers to accounts(id), which is not in this design.")


def test_junction_of_a_many_to_many_is_said() -> None:
    both = Relationship(
        uid=uid("r"),
        parent=uid("orders"),
        child=uid("tags"),
        cardinality=Cardinality.MANY_TO_MANY,
        junction=uid("order_tags"),
    )
    names = [entity(name, "id uuid pk") for name in ("orders", "tags", "order_tags")]
    found = design(*names, relationships=(both,))
    assert describe(found).endswith("orders and tags are related many to many, through order_tags.")


def test_name_from_right_to_left_does_not_turn_its_sentence_round() -> None:
    found = design(entity("שלום", "id uuid pk"), entity("b", "id uuid pk\na_id uuid"))
    found = design(*found.entities, relationships=(reference("b.a_id", "שלום.id"),))
    assert "refers to \u2068שלום\u2069:" in describe(found)


def test_nothing_is_said_of_nothing() -> None:
    assert describe(design()) == ""
    assert summary(design()) == "No entities yet."


def test_summary_is_short_however_large_the_design() -> None:
    assert summary(many(300)).endswith("entity_11 and 288 more.")


@settings(max_examples=at_most(50), deadline=None)
@given(any_design())
def test_each_sentence_is_one_line(found: Design) -> None:
    assert len(describe(found).splitlines()) == 1 + len(found.entities) + len(found.relationships)
