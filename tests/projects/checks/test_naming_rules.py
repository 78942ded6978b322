import pytest

from projects.checks.grammatical_number import Number, number_of
from projects.design.tree import Conventions
from projects.design.vocabulary import LetterCase, TableNumber
from tests.projects.checks.builders import (
    findings_of,
    make_entity,
    make_index,
    make_relationship,
    open_paths_of,
    paths_of,
    report_on,
)
from tests.projects.checks.designs import (
    STAMPS,
    finished_design,
    finished_entities,
    finished_indexes,
    finished_relationships,
)


def with_entity(*entities, relationships=(), indexes=(), **conventions):
    return finished_design(
        conventions=Conventions(**conventions),
        entities=(*finished_entities(), *entities),
        relationships=(*finished_relationships(), *relationships),
        indexes=(*finished_indexes(), *indexes),
    )


def with_field(text, **conventions):
    return with_entity(make_entity("notes", "id uuid", text, *STAMPS), **conventions)


def with_index(name, *, is_unique=False, **conventions):
    return with_entity(indexes=(make_index(name, "refunds", "currency", is_unique=is_unique),), **conventions)


def remedy(design, rule):
    return findings_of(design, rule)[0].remedy


@pytest.mark.parametrize(
    ("name", "case", "better"),
    [
        ("RefundLines", LetterCase.SNAKE, "refund_lines"),
        ("refundLines", LetterCase.SNAKE, "refund_lines"),
        ("refund-lines", LetterCase.SNAKE, "refund_lines"),
        ("Refund lines", LetterCase.SNAKE, "refund_lines"),
        ("HTTPRequests", LetterCase.SNAKE, "http_requests"),
        ("refund__lines", LetterCase.SNAKE, "refund_lines"),
        ("refund_lines", LetterCase.CAMEL, "refundLines"),
        ("refund_lines", LetterCase.PASCAL, "RefundLines"),
        ("refundLines", LetterCase.PASCAL, "RefundLines"),
    ],
)
def test_another_letter_case_is_found_with_a_better_name(name, case, better):
    design = with_entity(make_entity(name, "id uuid"), table_case=case)
    finding = next(found for found in findings_of(design, "entity-name-case") if found.path == name)
    assert finding.remedy == f"Rename it to “{better}”."


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("refund_lines2", LetterCase.SNAKE),
        ("größen", LetterCase.SNAKE),
        ("注文", LetterCase.SNAKE),
        ("refundLines", LetterCase.CAMEL),
        ("RefundLines", LetterCase.PASCAL),
        ("Any Thing-at_all", LetterCase.ANY),
    ],
)
def test_a_name_in_the_case_of_the_conventions_is_fine(name, case):
    design = with_entity(make_entity(name, "id uuid"), table_case=case)
    assert name not in paths_of(design, "entity-name-case")


def test_fields_have_a_case_of_their_own():
    design = with_entity(make_entity("notes", "id uuid", "writtenBy uuid"), field_case=LetterCase.SNAKE)
    assert paths_of(design, "field-name-case") == ["notes.writtenBy"]
    assert "notes.writtenBy" not in paths_of(
        with_entity(make_entity("notes", "id uuid", "writtenBy uuid"), field_case=LetterCase.CAMEL), "field-name-case"
    )


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("order", "orders"),
        ("order_status", "order_statuses"),
        ("person", "people"),
        ("refund_line", "refund_lines"),
        ("category", "categories"),
        ("address", "addresses"),
        ("OrderLine", "OrderLines"),
    ],
)
def test_a_singular_table_name_is_advised_against(name, better):
    design = with_entity(make_entity(name, "id uuid"))
    assert remedy(design, "entity-name-number") == f"Rename it to “{better}”."


@pytest.mark.parametrize(
    "name", ["orders", "news", "people", "statuses", "order_news", "children", "media", "analyses"]
)
def test_a_plural_table_name_is_fine(name):
    design = with_entity(make_entity(name, "id uuid"))
    assert paths_of(design, "entity-name-number") == open_paths_of(design, "entity-name-number") == []


@pytest.mark.parametrize("name", ["kunde", "kunden", "bestellung", "preis", "注文", "users_archive", "x_1"])
def test_a_name_nobody_can_judge_is_left_to_people(name):
    design = with_entity(make_entity(name, "id uuid"))
    assert paths_of(design, "entity-name-number") == []
    assert open_paths_of(design, "entity-name-number") == [name]


def test_a_plural_name_is_found_where_the_convention_is_singular():
    design = with_entity(make_entity("orders", "id uuid"), table_number=TableNumber.SINGULAR)
    finding = next(found for found in findings_of(design, "entity-name-number") if found.path == "orders")
    assert finding.remedy == "Rename it to “order”."


def test_either_number_is_fine_where_the_convention_is_silent():
    assert (
        paths_of(with_entity(make_entity("order", "id uuid"), table_number=TableNumber.ANY), "entity-name-number") == []
    )


@pytest.mark.parametrize(
    ("name", "number"),
    [("status", Number.SINGULAR), ("news", Number.EITHER), ("boxes", Number.PLURAL), ("", Number.UNKNOWN)],
)
def test_the_number_of_a_name(name, number):
    assert number_of(name) is number


def test_another_primary_key_name_is_found():
    design = with_entity(make_entity("notes", "note_number bigint", key="note_number"))
    assert paths_of(design, "primary-key-name") == ["notes.note_number"]


@pytest.mark.parametrize("pattern", ["{singular}_id", "note_id", ""])
def test_a_primary_key_named_after_the_pattern_is_fine(pattern):
    design = with_entity(make_entity("notes", "note_id bigint", key="note_id"), primary_key_name=pattern)
    assert "notes.note_id" not in paths_of(design, "primary-key-name")


def test_a_key_that_is_also_a_foreign_key_or_composite_has_its_own_name():
    shared = make_entity("notes", "refund_id uuid", key="refund_id")
    double = make_entity("tags", "a uuid", "b uuid", key="a, b")
    design = with_entity(shared, double, relationships=(make_relationship("notes.refund_id", "refunds.id"),))
    assert paths_of(design, "primary-key-name") == []


def reference(name, **conventions):
    line = make_relationship(f"notes.{name}", "refunds.id")
    return with_entity(make_entity("notes", "id uuid", f"{name} uuid"), relationships=(line,), **conventions)


@pytest.mark.parametrize("name", ["refund_id", "first_refund_id", "refundId"])
def test_a_foreign_key_after_the_pattern_is_fine(name):
    assert paths_of(reference(name), "foreign-key-name") == open_paths_of(reference(name), "foreign-key-name") == []


@pytest.mark.parametrize("name", ["refund", "refunds_id", "fk_refund", "refund_key", "id2"])
def test_a_foreign_key_beside_the_pattern_is_found(name):
    design = reference(name)
    assert paths_of(design, "foreign-key-name") == [f"notes.{name}"]
    assert remedy(design, "foreign-key-name").startswith("Rename it to “refund_id”")


def test_a_foreign_key_that_may_name_a_role_is_left_to_people():
    design = reference("origin_id")
    assert paths_of(design, "foreign-key-name") == []
    assert open_paths_of(design, "foreign-key-name") == ["notes.origin_id"]


def test_several_references_to_one_parent_need_roles():
    notes = make_entity("notes", "id uuid", "origin_id uuid", "result_id uuid")
    lines = (make_relationship("notes.origin_id", "refunds.id"), make_relationship("notes.result_id", "refunds.id"))
    design = with_entity(notes, relationships=lines)
    assert paths_of(design, "foreign-key-name") == open_paths_of(design, "foreign-key-name") == []


def test_a_reference_to_its_own_entity_needs_a_role():
    notes = make_entity("notes", "id uuid", "parent_id? uuid")
    design = with_entity(notes, relationships=(make_relationship("notes.parent_id", "notes.id"),))
    assert paths_of(design, "foreign-key-name") == open_paths_of(design, "foreign-key-name") == []


def test_a_reference_may_repeat_the_key_it_refers_to():
    countries = make_entity("countries", "code char(2)", key="code")
    notes = make_entity("notes", "id uuid", "country_code char(2)")
    design = with_entity(countries, notes, relationships=(make_relationship("notes.country_code", "countries.code"),))
    assert paths_of(design, "foreign-key-name") == []


def test_the_pattern_of_foreign_keys_is_the_projects_own():
    assert paths_of(reference("refunds_fk", foreign_key_pattern="{table}_fk"), "foreign-key-name")[-1:] != [
        "notes.refunds_fk"
    ]


@pytest.mark.parametrize(
    ("name", "better"), [("created", "created_at"), ("created_on", "created_at"), ("deadline_ts", "deadline_at")]
)
def test_a_timestamp_without_suffix_is_found(name, better):
    design = with_field(f"{name} timestamptz")
    assert paths_of(design, "timestamp-name") == [f"notes.{name}"]
    assert f"“{better}”" in remedy(design, "timestamp-name")


@pytest.mark.parametrize("field", ["seen_at timestamptz", "seenAt timestamptz", "born date", "format text"])
def test_a_timestamp_with_suffix_and_other_types_are_fine(field):
    assert paths_of(with_field(field), "timestamp-name") == []


def test_a_suffix_is_a_word_of_its_own():
    assert paths_of(with_field("format timestamptz"), "timestamp-name") == ["notes.format"]


def test_there_may_be_several_suffixes_or_none():
    assert paths_of(with_field("seen_on timestamptz", timestamp_suffix="_at, _on"), "timestamp-name") == []
    assert paths_of(with_field("seen timestamptz", timestamp_suffix=""), "timestamp-name") == []


def test_a_boolean_without_prefix_is_found():
    design = with_field("partial boolean")
    assert paths_of(design, "boolean-name") == ["notes.partial"]
    assert "“is_partial”" in remedy(design, "boolean-name")


@pytest.mark.parametrize("field", ["is_partial boolean", "has_lines bool", "isPartial boolean", "partial integer"])
def test_a_boolean_with_prefix_and_other_types_are_fine(field):
    assert paths_of(with_field(field), "boolean-name") == []


def test_a_prefix_is_a_word_of_its_own():
    assert paths_of(with_field("issued boolean"), "boolean-name") == ["notes.issued"]


@pytest.mark.parametrize("name", ["payment_idx", "idx_currency", "idx_refunds", "idx_refunds_", "ix_refunds_currency"])
def test_an_index_beside_the_pattern_is_found(name):
    design = with_index(name)
    assert paths_of(design, "index-name") == [name]
    assert "“idx_refunds_currency”" in remedy(design, "index-name")


@pytest.mark.parametrize("name", ["idx_refunds_currency", "idx_refunds_open", "IDX_Refunds_Open"])
def test_an_index_after_the_pattern_may_name_its_purpose(name):
    assert paths_of(with_index(name), "index-name") == []


def test_a_unique_index_may_begin_with_another_word():
    assert paths_of(with_index("uq_refunds_currency", is_unique=True), "index-name") == []
    assert paths_of(with_index("refunds_currency_key", is_unique=True), "index-name") == []
    assert paths_of(with_index("uq_refunds_currency"), "index-name") == ["uq_refunds_currency"]
    assert paths_of(with_index("refund_currency", is_unique=True), "index-name") == ["refund_currency"]


@pytest.mark.parametrize(
    ("pattern", "name", "is_fine"),
    [
        ("{table}_{fields}_idx", "refunds_currency_idx", True),
        ("{table}_{fields}_idx", "refunds_currency", False),
        ("ix_{fields}", "ix_currency", True),
        ("ix-{table}-{fields}-x", "ix-refunds-currency-x", True),
        ("", "anything", True),
        ("no placeholders", "anything", True),
    ],
)
def test_the_pattern_of_indexes_is_the_projects_own(pattern, name, is_fine):
    assert (name not in paths_of(with_index(name, index_pattern=pattern), "index-name")) is is_fine


@pytest.mark.parametrize("pattern", ["{0.__class__}", "{table.__class__}", "{", "}", "{}", "{{table}}"])
def test_a_pattern_is_never_evaluated(pattern):
    design = with_index("idx", index_pattern=pattern, foreign_key_pattern=pattern, primary_key_name=pattern)
    assert "class '" not in str(report_on(design))
