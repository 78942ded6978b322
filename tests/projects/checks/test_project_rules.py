"""The rules over a project: each breaks, is kept, and leaves open what it cannot decide."""

from typing import Any

import pytest

from projects.checks import CheckConfig
from projects.checks.project import PROJECT_RULES, ProjectReport, run_project
from projects.design.project import Included
from projects.design.tree import Consistency, DatabaseProfile, DataElement, Entity, Policies
from projects.design.vocabulary import OperationKind, Severity, TypeKind
from tests.projects.checks.builders import (
    NOW,
    make,
    make_entity,
    make_query,
    make_relationship,
    make_store,
    make_type,
)
from tests.projects.checks.features import ORDERS, PAYMENTS, REFUNDS, feature, payments, reused


def report(*features: Included, **config: Any) -> ProjectReport:
    return run_project(features, CheckConfig(**config), NOW)


def answers(rule: str, *features: Included) -> tuple[list[str], list[str]]:
    """The places that the rule found, and those that it asks about."""
    said = report(*features)
    found = [each.finding.path for each in said.findings if each.finding.rule == rule]
    return found, [each.undecided.path for each in said.undecided if each.undecided.rule == rule]


def stored(system: str, kind: str = "bigint", name: str = "main", **parts: Any) -> dict[str, Any]:
    """The parts of a design with payments in a store of this system; none if it is empty."""
    stores = (make_store(system, name=name),) if system else ()
    return {"entities": (payments(kind, store=stores[0].uid if stores else None),), "stores": stores} | parts


def two(first: dict[str, Any], second: dict[str, Any]) -> tuple[Included, Included]:
    one, other = dict(first), dict(second)
    return feature(PAYMENTS, *one.pop("entities"), **one), feature(REFUNDS, *other.pop("entities"), **other)


DIFFERENTLY, ALIKE = "table-defined-twice-differently", "table-defined-twice"
AT_REFUNDS = ["billing/refunds · payments"]


@pytest.mark.parametrize(
    ("first", "second", "found", "asked"),
    [
        ("PostgreSQL 16", "PostgreSQL 16", AT_REFUNDS, []),
        ("PostgreSQL 16", "postgres", AT_REFUNDS, []),
        ("CockroachDB 23", "cockroachdb 24.1", AT_REFUNDS, []),
        ("", "", AT_REFUNDS, []),
        ("PostgreSQL 16", "MySQL 8", [], []),
        ("PostgreSQL 16", "", [], AT_REFUNDS),
    ],
)
def test_a_table_of_two_features_is_one_table_where_its_system_is(first, second, found, asked):
    assert answers(DIFFERENTLY, *two(stored(first), stored(second, "numeric(12,2)"))) == (found, asked)
    assert answers(ALIKE, *two(stored(first), stored(second))) == (found, asked)


def test_profiles_of_the_project_say_which_databases_there_are():
    profiles = tuple(make(DatabaseProfile, name, system=name) for name in ("PostgreSQL", "Postgres replica"))
    policies = Policies(databases=profiles)
    apart = two(stored("PostgreSQL", policies=policies), stored("Postgres replica", "text", policies=policies))
    assert answers(DIFFERENTLY, *apart) == ([], [])
    together = two(stored("PostgreSQL", policies=policies), stored("PostgreSQL", "text", "ledger", policies=policies))
    assert answers(DIFFERENTLY, *together) == (AT_REFUNDS, [])


def differences(one: Entity, other: Entity) -> str:
    (found,) = [
        each.finding.message
        for each in report(feature(PAYMENTS, one), feature(REFUNDS, other)).findings
        if each.finding.rule == DIFFERENTLY
    ]
    return found


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (payments(), payments("numeric(12,2)"), "amount_minor is numeric(12,2) here and bigint there"),
        (payments(), make_entity("Payments", "ID uuid", key="ID"), "amount_minor is only there"),
        (make_entity("payments", "id uuid"), payments(), "amount_minor is only here"),
        (payments(), make_entity("payments", "id uuid", "amount_minor? bigint"), "amount_minor is optional here and"),
        (payments(), payments(key="id, amount_minor"), "the primary key is (id, amount_minor) here and (id) there"),
        (payments(), payments(key=""), "the primary key is missing here and (id) there"),
        (payments(unique=["amount_minor"]), payments(), "the unique key (amount_minor) is only there"),
        (payments(), payments("bigint[]"), "amount_minor is bigint[] here and bigint there"),
        (make_entity("t", "id uuid", *(f"f{n} text" for n in range(9))), make_entity("t", "id uuid"), "and 5 more"),
    ],
)
def test_a_finding_says_how_two_definitions_differ(one: Entity, other: Entity, said: str) -> None:
    assert said in differences(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (payments("int8"), payments("BIGINT")),
        (payments(), payments(purpose="Another text.")),
        (payments(), payments(namespace="public")),
        (
            make_entity("p", "id uuid", "a text", "b text", unique=["a, b"]),
            make_entity("p", "id uuid", "a text", "b text", unique=["b, a"]),
        ),
    ],
)
def test_copies_are_equal_whatever_their_words(one, other):
    assert answers(DIFFERENTLY, feature(PAYMENTS, one), feature(REFUNDS, other)) == ([], [])
    assert len(answers(ALIKE, feature(PAYMENTS, one), feature(REFUNDS, other))[0]) == 1


@pytest.mark.parametrize(
    "other", [reused(payments()), payments("text", namespace="ledger"), make_entity("payouts", "id uuid")]
)
def test_a_table_that_is_reused_or_another_is_not_defined_twice(other):
    assert answers(DIFFERENTLY, feature(PAYMENTS, payments()), feature(REFUNDS, other)) == ([], [])
    assert answers(ALIKE, feature(PAYMENTS, payments()), feature(REFUNDS, other)) == ([], [])


@pytest.mark.parametrize(
    ("here", "there", "is_same"),
    [
        (("open", "closed"), (), True),
        (("open", "closed"), ("open", "closed"), True),
        (("open", "closed"), ("open", "paid"), False),
    ],
)
def test_a_type_of_its_own_is_another_only_if_both_features_say_so(here, there, is_same):
    def with_state(path: str, values: tuple[str, ...]) -> Included:
        types = (make_type("state", TypeKind.ENUM, values=values),) if values else ()
        return feature(path, payments("state"), types=types)

    places = answers(ALIKE if is_same else DIFFERENTLY, with_state(PAYMENTS, here), with_state(REFUNDS, there))
    assert places == (AT_REFUNDS, [])


def test_a_feature_that_reuses_an_entity_need_not_define_its_types():
    owner = feature(PAYMENTS, payments("state"), types=(make_type("state", TypeKind.ENUM, values=("open",)),))
    assert answers("reused-entity-outdated", owner, feature(REFUNDS, reused(payments("state")))) == ([], [])


def test_two_entities_of_one_name_in_one_feature_are_the_business_of_its_own_rules():
    twin = payments("text").with_values(uid=make_entity("twin").uid, fields=(), keys=())
    assert not report(feature(PAYMENTS, payments(), twin)).findings


def test_what_is_reused_must_be_there():
    rule, user = "reused-entity-gone", feature(REFUNDS, reused(payments()))
    assert answers(rule, feature(PAYMENTS, payments()), user) == ([], [])
    assert answers(rule, feature(PAYMENTS), user) == (AT_REFUNDS, [])
    assert answers(rule, user) == ([], AT_REFUNDS)


def test_a_revision_is_told_what_its_owner_changed_since():
    rule, user = "reused-entity-outdated", feature(REFUNDS, reused(payments()), revision=2)
    assert answers(rule, feature(PAYMENTS, payments()), user) == ([], [])
    assert answers(rule, feature(PAYMENTS, payments("numeric(12,2)")), user) == (AT_REFUNDS, [])


def writing(path: str, entity: Entity, stated: str = "", kind: OperationKind = OperationKind.WRITE) -> Included:
    query = make_query("Settle", "payments", kind=kind)
    return feature(path, entity, queries=(query,), consistency=Consistency(concurrent_writes=stated))


@pytest.mark.parametrize(
    ("owner", "user", "found", "asked"),
    [
        ("", "", 1, 0),
        ("The row is locked.", "The row is locked.", 0, 0),
        ("The row is locked.", "", 0, 1),
    ],
)
def test_writers_of_a_shared_entity_say_what_then_happens(owner, user, found, asked):
    features = writing(PAYMENTS, payments(), owner), writing(REFUNDS, reused(payments()), user)
    places = answers("shared-entity-written-by-several", *features)
    assert tuple(map(len, places)) == (found, asked)


def test_a_shared_entity_that_others_only_read_needs_no_word_on_writes():
    reader = writing(REFUNDS, reused(payments()), kind=OperationKind.READ)
    assert answers("shared-entity-written-by-several", writing(PAYMENTS, payments()), reader) == ([], [])


TYPED = "field-typed-differently-across-features"


def naming(path: str, *fields: str) -> Included:
    return feature(path, make_entity(path.rpartition("/")[2], "id uuid", *fields))


@pytest.mark.parametrize(
    ("fields", "found", "asked"),
    [
        (("provider_ref text", "provider_ref uuid"), ["billing/refunds · refunds.provider_ref"], []),
        (("provider_ref uuid", "providerRef text", "provider_ref uuid"), ["billing/refunds · refunds.providerRef"], []),
        (("provider_ref text", "provider_ref uuid", "provider_ref bigint"), [], ["refunds", "orders"]),
        (("refund_total numeric(12,2)", "refund_total numeric(12,4)"), ["billing/refunds · refunds.refund_total"], []),
        (("provider_ref text", "provider_ref varchar(64)"), [], []),
        (("code text", "code integer"), [], []),
        (("line_status text", "line_status integer"), [], []),
    ],
)
def test_identifiers_and_money_have_one_type_in_all_features(fields, found, asked):
    features = [naming(path, field) for path, field in zip((PAYMENTS, REFUNDS, ORDERS), fields, strict=False)]
    places = answers(TYPED, *features)
    assert (places[0], len(places[1])) == (found, len(asked))


def test_what_differs_within_one_feature_or_is_defined_twice_is_not_told_again():
    within = feature(
        REFUNDS, make_entity("a", "provider_ref uuid", key=""), make_entity("b", "provider_ref text", key="")
    )
    assert answers(TYPED, naming(PAYMENTS, "provider_ref uuid"), within) == ([], [])
    twice = (make_entity("payments", "id uuid", f"provider_ref {kind}") for kind in ("uuid", "text"))
    assert answers(TYPED, *(feature(path, each) for path, each in zip((PAYMENTS, REFUNDS), twice, strict=True))) == (
        [],
        [],
    )


@pytest.mark.parametrize(
    ("kept", "other", "found", "asked"),
    [
        ("2 years", "10 years", 1, 0),
        ("2 years", "for as long as it takes", 0, 1),
        ("12 months", "1 year", 0, 0),
        ("2 years", "", 0, 0),
        ("as the lawyers say", "As the lawyers say", 0, 0),
    ],
)
def test_one_data_element_is_kept_for_one_time(kept, other, found, asked):
    features = (
        feature(path, data_elements=(make(DataElement, name, kept_for=time),))
        for path, name, time in ((PAYMENTS, "Customer", kept), (REFUNDS, "customer", other))
    )
    places = answers("retention-differs-across-features", *features)
    assert tuple(map(len, places)) == (found, asked)


def test_a_departure_with_its_reason_is_no_finding():
    features = (
        feature(path, data_elements=(make(DataElement, "Customer", kept_for=time, departure=reason),))
        for path, time, reason in ((PAYMENTS, "2 years", ""), (REFUNDS, "10 years", "Tax law."))
    )
    assert answers("retention-differs-across-features", *features) == ([], [])


def test_the_gravest_come_first_and_a_rule_can_be_off_or_weigh_otherwise():
    features = two(stored("PostgreSQL"), stored("PostgreSQL", "text"))
    both = (*features, naming(ORDERS, "provider_ref text"), naming("shop/carts", "provider_ref uuid"))
    assert [each.finding.severity for each in report(*both).findings] == [Severity.ERROR, Severity.ADVICE]
    assert report(*both).findings[0].feature == REFUNDS
    assert not report(*features, off=frozenset({DIFFERENTLY})).findings
    assert report(*features, severities={DIFFERENTLY: Severity.ADVICE}).findings[0].finding.severity is Severity.ADVICE


def test_every_rule_says_all_that_its_page_needs():
    for rule in PROJECT_RULES:
        assert all((rule.what, rule.why, rule.says, rule.remedy, rule.breaks, rule.keeps, rule.source)), rule.code


def test_a_project_without_features_has_no_findings():
    assert report() == ProjectReport()


def test_a_relationship_to_what_is_gone_is_drawn_as_it_was():
    refunds = make_entity("refunds", "id uuid", "payment_id uuid")
    line = make_relationship("refunds.payment_id", "payments.id")
    said = report(feature(REFUNDS, refunds, reused(payments()), relationships=(line,)), feature(PAYMENTS))
    assert [each.finding.rule for each in said.findings] == ["reused-entity-gone"]
