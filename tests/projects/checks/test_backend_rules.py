import pytest

from projects.design.tree import Cache, Demand, Endpoint, ValidationRule
from projects.design.vocabulary import DemandKind, RuleLevel
from tests.projects.checks.builders import (
    make,
    make_design,
    make_dto,
    make_dto_field,
    make_entity,
    make_field,
    make_query,
    open_paths_of,
    paths_of,
    uid_of,
)

GET = make_query("Get")
SERVED = make(Endpoint, "GET /refunds", query=GET.uid)


def answers(design, rule):
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [(make(Endpoint, "POST /refunds"), (1, 0)), (SERVED, (0, 0)), (make(Endpoint, "GET /health"), (0, 1))],
)
def test_endpoints_are_served(endpoint, expected):
    assert answers(make_design(endpoints=(endpoint,), queries=(GET,)), "endpoint-without-operation") == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (make_query("Cancel"), (1, 0)),
        (make_query("Cancel", purpose="Takes a refund back."), (0, 1)),
        (make_query("Purge", reason="A nightly job."), (0, 0)),
    ],
)
def test_operations_are_called(query, expected):
    assert answers(make_design(endpoints=(SERVED,), queries=(GET, query)), "operation-without-endpoint") == expected
    assert answers(make_design(queries=(GET, query)), "operation-without-endpoint") == (0, 0)


def test_demands_are_answered():
    validation = make(Demand, "v", kind=DemandKind.VALIDATION, text="At most what is left.")
    caching = make(Demand, "c", kind=DemandKind.CACHING, text="Read with every page.")
    design = make_design(demands=(validation, caching))
    assert answers(design, "validation-demand-unanswered") == answers(design, "caching-demand-unanswered") == (1, 0)
    rules = (make(ValidationRule, "r", rule="It is at most what is left.", demand=validation.uid),)
    caches = (make(Cache, "Currencies", demand=caching.uid),)
    design = make_design(demands=(validation, caching), validation_rules=rules, caches=caches)
    assert answers(design, "validation-demand-unanswered") == answers(design, "caching-demand-unanswered") == (0, 0)


def sent(stored="text", rule="", type_="string", **facts):
    entity = make_entity("refunds", "id uuid", make_field("refunds", f"note {stored}", rule=rule))
    dto = make_dto("Refund", make_dto_field("Refund.note", type_, "refunds.note", **facts))
    return make_design(entities=(entity,), dtos=(dto,))


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (sent(), (1, 0)),
        (sent("varchar(64)"), (0, 0)),
        (sent(rule="An e-mail address"), (0, 0)),
        (sent(limits="max 64"), (0, 0)),
        (sent(limits="a sane length"), (0, 1)),
        (sent("integer"), (0, 0)),
        (sent(type_="string(64)"), (0, 0)),
    ],
)
def test_what_is_sent_has_a_limit(design, expected):
    assert answers(design, "sent-field-without-limit") == expected


def ruled(**facts):
    entities = (make_entity("refunds", "id uuid"), make_entity("payments", "id uuid"))
    given = {"rule": "It holds.", "in_api": True, "level": RuleLevel.BUSINESS, "entity": uid_of("refunds")} | facts
    return make_design(entities=entities, validation_rules=(make(ValidationRule, "r", **given),))


def test_a_rule_is_enforced_somewhere():
    assert answers(ruled(in_api=False), "rule-enforced-nowhere") == (1, 0)
    assert answers(ruled(), "rule-enforced-nowhere") == (0, 0)


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (ruled(level=RuleLevel.FIELD), (1, 0)),
        (ruled(level=RuleLevel.FIELD, field=uid_of("refunds.id")), (0, 0)),
        (ruled(level=RuleLevel.RECORD, entity=None), (1, 0)),
        (ruled(entity=None), (0, 1)),
        (ruled(), (0, 0)),
    ],
)
def test_a_rule_says_what_it_is_about(design, expected):
    assert answers(design, "rule-on-nothing") == expected
