import pytest

from projects.design.vocabulary import Frequency, Pagination
from tests.projects.checks.builders import (
    findings_of,
    make_design,
    make_entity,
    make_index,
    make_query,
    make_store,
    open_paths_of,
    paths_of,
    report_on,
    uid_of,
)
from tests.projects.checks.designs import finished_design, finished_indexes, finished_queries

UNSERVED = {
    Frequency.HIGH: ("high-frequency-query-unserved", "error"),
    Frequency.MEDIUM: ("medium-frequency-query-unserved", "warning"),
    Frequency.LOW: ("low-frequency-query-unserved", "advice"),
}


def with_query(indexes=(), **facts):
    query = make_query("By currency", "refunds", **facts)
    return finished_design(queries=(*finished_queries(), query), indexes=(*finished_indexes(), *indexes))


@pytest.mark.parametrize("frequency", UNSERVED)
def test_an_unserved_operation_weighs_as_much_as_it_runs(frequency):
    rule, severity = UNSERVED[frequency]
    found = report_on(with_query(frequency=frequency, equality=["refunds.currency"])).findings
    assert [(finding.rule, finding.severity, finding.path) for finding in found] == [(rule, severity, "By currency")]


def test_the_missing_index_is_named_in_words_and_leads_to_step_5():
    design = with_query(
        frequency=Frequency.HIGH,
        equality=["refunds.currency", "refunds.status"],
        sort=["-refunds.requested_at"],
    )
    finding = findings_of(design, "high-frequency-query-unserved")[0]
    assert finding.step == "indexing"
    assert finding.uid == uid_of("query By currency")
    assert finding.message == (
        "No index serves “By currency”, an operation of High frequency. No index of refunds starts with currency or "
        "status, so each call reads the whole table. Missing: an index on refunds (currency, status, "
        "requested_at descending)."
    )
    assert finding.remedy.startswith("Add the index “idx_refunds_currency_status_requested_at” on refunds (currency")


def test_a_served_operation_is_fine():
    index = make_index("idx_refunds_currency", "refunds", "currency")
    design = with_query([index], frequency=Frequency.HIGH, equality=["refunds.currency"])
    assert report_on(design).findings == ()


def test_a_frequent_operation_served_in_part_is_found():
    facts = {"equality": ["refunds.payment_id"], "sort": ["refunds.currency"]}
    high = with_query(frequency=Frequency.HIGH, **facts)
    medium = with_query(frequency=Frequency.MEDIUM, **facts)
    low = with_query(frequency=Frequency.LOW, **facts)
    assert paths_of(high, "high-frequency-query-partly-served") == ["By currency"]
    assert paths_of(medium, "medium-frequency-query-partly-served") == ["By currency"]
    assert report_on(low).findings == ()


def test_a_lookup_by_key_and_more_is_served():
    design = with_query(frequency=Frequency.HIGH, equality=["refunds.id", "refunds.currency"])
    assert report_on(design).findings == ()


def test_an_operation_that_names_no_fields_is_left_to_people():
    design = with_query(frequency=Frequency.HIGH)
    assert paths_of(design, "high-frequency-query-unserved") == []
    assert open_paths_of(design, "high-frequency-query-unserved") == ["By currency"]


def test_a_reused_entity_is_left_to_its_owner():
    query = make_query("Payments", "payments", frequency=Frequency.HIGH, equality=["payments.currency"])
    design = finished_design(queries=(*finished_queries(), query))
    assert paths_of(design, "high-frequency-query-unserved") == []
    assert open_paths_of(design, "high-frequency-query-unserved") == ["Payments"]


def test_a_design_without_operations_is_found():
    design = make_design(entities=[make_entity("notes", "id uuid")], stores=[make_store()])
    finding = findings_of(design, "queries-missing")[0]
    assert (finding.uid, finding.path, finding.step) == (None, "storefront/billing/refunds", "queries")
    assert paths_of(design, "entity-without-query") == []


def test_an_operation_without_frequency_is_found():
    assert paths_of(with_query(equality=["refunds.id"]), "query-frequency-missing") == ["By currency"]


def test_an_operation_without_entity_is_found():
    query = make_query("Something", frequency=Frequency.LOW)
    assert paths_of(finished_design(queries=(*finished_queries(), query)), "query-entity-missing") == ["Something"]


def test_fields_tell_the_entity():
    query = make_query("Something", frequency=Frequency.LOW, equality=["refunds.id"])
    assert paths_of(finished_design(queries=(*finished_queries(), query)), "query-entity-missing") == []


def test_an_operation_without_description_is_found():
    assert paths_of(with_query(equality=["refunds.id"], logic=" \n"), "query-logic-missing") == ["By currency"]


def test_an_entity_that_nothing_touches_is_found():
    queries = tuple(query for query in finished_queries() if "key" not in query.name)
    assert paths_of(finished_design(queries=queries), "entity-without-query") == ["idempotency_keys"]


@pytest.mark.parametrize(
    "query",
    [
        make_query("Read", "idempotency_keys"),
        make_query("Read", "refunds", returned=["idempotency_keys.scope"]),
    ],
)
def test_an_entity_is_touched_as_a_start_or_through_a_field(query):
    queries = tuple(query for query in finished_queries() if "key" not in query.name)
    assert paths_of(finished_design(queries=(*queries, query)), "entity-without-query") == []


@pytest.mark.parametrize(
    ("frequency", "pagination", "found", "is_open"),
    [
        (Frequency.HIGH, Pagination.OFFSET, 1, 0),
        (Frequency.MEDIUM, Pagination.OFFSET, 0, 1),
        (Frequency.LOW, Pagination.OFFSET, 0, 0),
        (Frequency.HIGH, Pagination.KEYSET, 0, 0),
        (Frequency.HIGH, None, 0, 0),
    ],
)
def test_paging_by_offset_matters_where_it_is_frequent(frequency, pagination, found, is_open):
    design = with_query(frequency=frequency, pagination=pagination, equality=["refunds.payment_id"])
    assert len(paths_of(design, "offset-pagination")) == found
    assert len(open_paths_of(design, "offset-pagination")) == is_open
