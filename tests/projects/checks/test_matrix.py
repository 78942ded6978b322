from projects.checks.matrix import matrix
from projects.checks.serving import Verdict
from projects.design.vocabulary import Frequency
from tests.projects.checks.builders import make_design, make_index, make_query
from tests.projects.checks.designs import finished_design, finished_indexes, finished_queries


def columns_of(table):
    return {column.path.name: column for column in table.columns}


def row_of(table, name):
    row = next(row for row in table.rows if row.query.name == name)
    return {column.path.name: cell for column, cell in zip(table.columns, row.cells, strict=True)}


def test_there_is_a_row_for_each_operation_in_order():
    assert [row.query.name for row in matrix(finished_design()).rows] == [query.name for query in finished_queries()]


def test_there_is_a_column_for_each_way_in_and_idle_primary_keys_are_counted():
    table = matrix(finished_design())
    assert list(columns_of(table)) == [
        "refunds_pkey",
        "refunds_provider_ref_key",
        "idx_refunds_payment_id",
        "idx_ledger_entries_refund_id",
        "idempotency_keys_refund_id_key",
        "idempotency_keys_scope_request_hash_key",
        "idx_idempotency_keys_expires_at",
    ]
    assert table.hidden_primary_keys == 2


def test_a_cell_says_how_well_and_is_empty_on_other_entities():
    row = row_of(matrix(finished_design()), "Refunds of a payment")
    assert row["idx_refunds_payment_id"] is Verdict.FULL
    assert row["refunds_pkey"] is Verdict.NONE
    assert row["idx_ledger_entries_refund_id"] is None


def test_a_column_counts_what_it_serves_and_keeps_rules():
    columns = columns_of(
        matrix(finished_design(indexes=(*finished_indexes(), make_index("idle", "refunds", "currency"))))
    )
    assert (columns["refunds_pkey"].operations_served, columns["refunds_pkey"].is_kept_as_rule) == (1, False)
    assert columns["idempotency_keys_refund_id_key"].is_kept_as_rule
    assert (columns["idle"].operations_served, columns["idle"].is_kept_as_rule) == (0, False)


def test_a_key_of_a_reused_entity_is_shown_where_it_serves():
    query = make_query("Get a payment", "payments", frequency=Frequency.LOW, equality=["payments.id"])
    table = matrix(finished_design(queries=(*finished_queries(), query)))
    assert row_of(table, "Get a payment")["payments_pkey"] is Verdict.FULL
    assert "payments_pkey" not in columns_of(matrix(finished_design()))


def test_an_empty_design_has_an_empty_matrix():
    table = matrix(make_design())
    assert (table.columns, table.rows, table.hidden_primary_keys) == ((), (), 0)
