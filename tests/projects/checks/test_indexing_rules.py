import pytest

from projects.design.vocabulary import Frequency, IndexMethod
from tests.projects.checks.builders import (
    findings_of,
    make_entity,
    make_index,
    make_query,
    make_relationship,
    make_store,
    open_paths_of,
    paths_of,
)
from tests.projects.checks.designs import (
    finished_design,
    finished_entities,
    finished_indexes,
    finished_queries,
    finished_relationships,
)

RULE = "foreign-key-without-index"


def with_reference(*indexes, entity=None, **changed):
    """Notes that refer to a refund; only the indexes differ."""
    notes = entity or make_entity("notes", "id uuid", "refund_id uuid", "written_at timestamptz", "body text")
    return finished_design(
        entities=(*finished_entities(), notes),
        relationships=(*finished_relationships(), make_relationship("notes.refund_id", "refunds.id")),
        indexes=(*finished_indexes(), *indexes),
        **changed,
    )


def with_indexes(*indexes, queries=()):
    return finished_design(indexes=(*finished_indexes(), *indexes), queries=(*finished_queries(), *queries))


def test_a_foreign_key_without_index_is_found():
    finding = findings_of(with_reference(), RULE)[0]
    assert finding.path == "notes.refund_id"
    assert finding.step == "indexing"
    assert finding.remedy == "Add an index on “notes” (refund_id)."


@pytest.mark.parametrize(
    "index",
    [
        make_index("idx", "notes", "refund_id"),
        make_index("idx", "notes", "-refund_id, written_at"),
        make_index("idx", "notes", "refund_id", method=IndexMethod.HASH),
        make_index("idx", "notes", "refund_id", condition="refund_id IS NOT NULL"),
    ],
)
def test_an_index_that_leads_with_the_foreign_key_serves_it(index):
    assert paths_of(with_reference(index), RULE) == []


@pytest.mark.parametrize(
    "index",
    [
        make_index("idx", "notes", "written_at, refund_id"),
        make_index("idx", "notes", "refund_id, written_at", method=IndexMethod.HASH),
        make_index("idx", "notes", "refund_id", condition="written_at > '2026-01-01'"),
        make_index("idx", "notes", "refund_id", method=IndexMethod.BRIN),
        make_index("idx", "notes", "lower(refund_id)"),
    ],
)
def test_an_index_that_does_not_lead_with_it_does_not(index):
    assert paths_of(with_reference(index), RULE) == ["notes.refund_id"]


@pytest.mark.parametrize(("key", "unique"), [("refund_id, id", []), ("refund_id", []), ("id", ["refund_id, id"])])
def test_keys_count_as_indexes(key, unique):
    entity = make_entity("notes", "id uuid", "refund_id uuid", key=key, unique=unique)
    assert paths_of(with_reference(entity=entity), RULE) == []


@pytest.mark.parametrize(
    ("fields", "is_found"), [("b, a", False), ("a, b, id", False), ("a", True), ("a, id, b", True)]
)
def test_a_composite_foreign_key_needs_all_its_fields_in_front(fields, is_found):
    parent = make_entity("prices", "a uuid", "b uuid", key="a, b")
    child = make_entity("notes", "id uuid", "a uuid", "b uuid")
    line = make_relationship("notes.a, notes.b", "prices.a, prices.b")
    design = finished_design(
        entities=(*finished_entities(), parent, child),
        relationships=(line,),
        indexes=(make_index("idx", "notes", fields),),
    )
    assert paths_of(design, RULE) == (["notes (a, b)"] if is_found else [])


@pytest.mark.parametrize("system", ["MySQL 8.4", "MariaDB 11.4"])
def test_mysql_indexes_foreign_keys_by_itself(system):
    assert paths_of(with_reference(stores=(make_store(system),)), RULE) == []


def test_a_reason_for_no_index_is_left_to_people():
    entity = make_entity("notes", "id uuid", "refund_id uuid", no_index_reason="Two hundred rows at most")
    design = with_reference(entity=entity)
    assert paths_of(design, RULE) == []
    assert open_paths_of(design, RULE) == ["notes.refund_id"]


def test_an_index_that_no_operation_uses_is_found():
    design = with_indexes(make_index("idx_refunds_currency", "refunds", "currency"))
    assert paths_of(design, "index-unused") == ["idx_refunds_currency"]


@pytest.mark.parametrize(
    "index",
    [
        make_index("idx", "refunds", "currency", is_unique=True),
        make_index("idx", "refunds", "payment_id, currency"),
        make_index("idx", "refunds", "provider_ref, currency"),
    ],
)
def test_an_index_that_keeps_a_rule_or_serves_is_used(index):
    assert "idx" not in paths_of(with_indexes(index), "index-unused")


def test_without_operations_no_index_is_called_unused():
    design = finished_design(queries=(), indexes=(make_index("idx", "refunds", "currency"),))
    assert paths_of(design, "index-unused") == []


def test_an_index_that_may_be_used_is_left_to_people():
    index = make_index("idx", "refunds", "lower(provider_ref)")
    design = with_indexes(index)
    assert paths_of(design, "index-unused") == []
    assert open_paths_of(design, "index-unused") == ["idx"]


@pytest.mark.parametrize("fields", ["payment_id, -requested_at", "-payment_id, requested_at"])
def test_the_same_index_twice_is_found_on_the_second(fields):
    design = with_indexes(make_index("idx_again", "refunds", fields))
    finding = findings_of(design, "index-duplicate")[0]
    assert finding.path == "idx_again"
    assert finding.message == "“idx_again” indexes the same as “idx_refunds_payment_id”."


@pytest.mark.parametrize(
    "index",
    [
        make_index("idx", "refunds", "payment_id, requested_at"),
        make_index("idx", "refunds", "payment_id, -requested_at", condition="status = 'open'"),
        make_index("idx", "refunds", "-requested_at, payment_id"),
        make_index("idx", "refunds", "payment_id, -requested_at", method=IndexMethod.BRIN),
    ],
)
def test_another_order_condition_or_method_is_another_index(index):
    assert paths_of(with_indexes(index), "index-duplicate") == []


def test_an_index_over_a_key_repeats_it():
    design = with_indexes(make_index("idx_refunds_id", "refunds", "id"))
    assert findings_of(design, "index-duplicate")[0].message == "“idx_refunds_id” indexes the same as “refunds_pkey”."


def test_of_a_plain_and_a_unique_index_the_plain_one_goes():
    plain = make_index("idx_plain", "refunds", "currency")
    unique = make_index("idx_unique", "refunds", "currency", is_unique=True)
    assert paths_of(with_indexes(plain, unique), "index-duplicate") == ["idx_plain"]


def test_the_beginning_of_another_index_is_found():
    design = with_indexes(make_index("idx_short", "refunds", "payment_id"))
    assert findings_of(design, "index-prefix-of-another")[0].message == (
        "“idx_refunds_payment_id” starts with all the fields of “idx_short”."
    )


@pytest.mark.parametrize(
    "index",
    [
        make_index("idx", "refunds", "payment_id", is_unique=True),
        make_index("idx", "refunds", "payment_id", condition="status = 'open'"),
        make_index("idx", "refunds", "payment_id", method=IndexMethod.HASH),
        make_index("idx", "refunds", "requested_at"),
    ],
)
def test_a_shorter_index_that_does_something_else_is_fine(index):
    assert paths_of(with_indexes(index), "index-prefix-of-another") == []


def test_the_beginning_of_a_primary_key_is_found():
    entity = make_entity("lines", "refund_id uuid", "number integer", key="refund_id, number")
    design = finished_design(
        entities=(*finished_entities(), entity), indexes=(make_index("idx_lines", "lines", "refund_id"),)
    )
    assert paths_of(design, "index-prefix-of-another") == ["idx_lines"]


def test_an_index_without_fields_is_found():
    assert paths_of(with_indexes(make_index("idx", "refunds", "")), "index-without-fields") == ["idx"]


def test_an_index_over_an_expression_has_fields():
    assert paths_of(with_indexes(make_index("idx", "refunds", "lower(status)")), "index-without-fields") == []


def test_an_index_over_the_field_of_another_entity_is_found():
    elsewhere = make_index("idx", "payments", "currency").model_copy(
        update={"entity": make_index("x", "refunds", "id").entity}
    )
    assert paths_of(with_indexes(elsewhere), "index-field-elsewhere") == ["idx"]


def test_an_index_without_purpose_is_found():
    assert paths_of(with_indexes(make_index("idx", "refunds", "id", purpose=" ")), "index-without-purpose") == ["idx"]


def test_an_index_over_one_boolean_is_found():
    query = make_query("Partial refunds", "refunds", frequency=Frequency.LOW, equality=["refunds.is_partial"])
    design = with_indexes(make_index("idx", "refunds", "is_partial"), queries=[query])
    assert paths_of(design, "index-on-boolean") == ["idx"]


@pytest.mark.parametrize(
    "index",
    [
        make_index("idx", "refunds", "is_partial", condition="is_partial"),
        make_index("idx", "refunds", "is_partial, requested_at"),
        make_index("idx", "refunds", "status"),
    ],
)
def test_a_boolean_with_a_condition_or_company_is_fine(index):
    assert paths_of(with_indexes(index), "index-on-boolean") == []
