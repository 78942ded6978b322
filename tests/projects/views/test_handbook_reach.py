"""The features that a policy touches, and retention rules that data elements name."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from projects.models import (
    DataElement,
    Event,
    Feature,
    Project,
    Recovery,
    RetentionRule,
    Store,
)
from projects.workflow.events import broken_links
from projects.workflow.feature_list import RECOUNTED_AT_ONCE
from tests.factories import make_feature
from tests.projects.views.handbook_policy_pages import add, opened, row_of, url

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("1")</script> & `x` | שלום 🧾'

# The features that it touches


def test_page_says_which_features_depart_and_why(project: Project, owner_client: Client) -> None:
    for key in ("refunds", "payouts"):
        feature = make_feature(f"payments/billing/{key}")
        store = Store.objects.create(feature=feature, name="main", kind="relational", system="PostgreSQL")
        if key == "payouts":
            Recovery.objects.create(feature=feature, store=store, rto="9 hours", departure=HOSTILE)
    answer = owner_client.post(url("backup"), opened(owner_client, "backup") | {"rto": "4 hours"}, follow=True)
    text = answer.content.decode()
    assert "Saved. Features that leave it open follow it." in text
    assert "Follow it: 1. Depart from it: 1. Not touched: 0." in text
    assert [each.feature.key for each in answer.context["touched"].departing] == ["payouts"]
    assert "<script>alert" not in text
    assert HOSTILE in unescape(text)


@pytest.mark.parametrize("number", [2, RECOUNTED_AT_ONCE - 1])
def test_queries_do_not_grow_with_features(
    number: int, project: Project, owner_client: Client, django_assert_max_num_queries: Callable
) -> None:
    for place in range(number):
        make_feature(f"payments/billing/f{place}")
    owner_client.get(url("backup"))
    with django_assert_max_num_queries(11):
        owner_client.get(url("backup"))


def test_only_some_drafts_are_taken_anew_at_once(project: Project, owner_client: Client) -> None:
    for place in range(RECOUNTED_AT_ONCE + 1):
        make_feature(f"payments/billing/f{place}")
    first, second = (owner_client.get(url("backup")).context["touched"] for _ in range(2))
    assert (len(first.uncounted), len(second.uncounted)) == (1, 0)


def test_save_counts_no_features_and_the_page_after_it_says_what_is_left(
    project: Project, owner_client: Client
) -> None:
    for place in range(RECOUNTED_AT_ONCE + 2):
        make_feature(f"payments/billing/f{place}")
    sent = opened(owner_client, "backup") | {"rto": "4 hours"}
    owner_client.post(url("backup"), sent)
    assert len(owner_client.get(url("backup")).context["touched"].uncounted) == 2


# Retention rules, which data elements name


def element(key: str, name: str, rule: str) -> DataElement:
    feature = Feature.objects.filter(key=key).first() or make_feature(f"payments/billing/{key}")
    return DataElement.objects.create(feature=feature, name=name, retention_rule=rule)


def test_new_name_of_a_rule_reaches_the_features(project: Project, owner_client: Client) -> None:
    orders = add(RetentionRule, project, name="Straße", kept_for="1 year")
    logs = add(RetentionRule, project, name="logs", kept_for="30 days")
    first, second, other = (
        element("refunds", "Refund", " STRASSE"),
        element("payouts", "Payout", "straße"),
        element("refunds", "Trace", "elsewhere"),
    )
    moved = element("refunds", "Log", "logs")
    versions = {feature.key: feature.version for feature in Feature.objects.all()}
    sent = opened(owner_client, "retention")
    # They exchange their names.
    sent |= {f"{row_of(orders, 'rules')}-name": "Logs", f"{row_of(logs, 'rules')}-name": "Straße"}
    answer = owner_client.post(url("retention"), sent, follow=True)
    text = unescape(answer.content.decode())
    named = dict(DataElement.objects.values_list("name", "retention_rule"))
    assert named == {"Refund": "Logs", "Payout": "Logs", "Trace": "elsewhere", "Log": "Straße"}
    assert "2 data elements of billing/payouts, billing/refunds name the rule “Logs” now." in text
    assert "One data element of billing/refunds names the rule “Straße” now." in text
    for each in (first, second, other, moved):
        each.refresh_from_db()
    assert [each.version for each in (first, second, other, moved)] == [2, 2, 1, 2]
    assert {feature.key: feature.version - versions[feature.key] for feature in Feature.objects.all()} == {
        "refunds": 1,
        "payouts": 1,
    }
    events = {event.feature.key: event.changes for event in Event.objects.exclude(feature=None)}
    assert events["payouts"] == {"Payout · Retention rule": ["straße", "Logs"]}
    assert set(events["refunds"]) == {"Refund · Retention rule", "Log · Retention rule"}
    assert (Event.objects.count(), broken_links(project)) == (3, [])


def test_rule_that_is_gone_is_told_with_who_names_it(project: Project, owner_client: Client) -> None:
    add(RetentionRule, project, name="Orders")
    for name in ("Refund", "Payout"):
        element("refunds", name, "orders")
    elsewhere = make_feature("other/billing/refunds")
    DataElement.objects.create(feature=elsewhere, name="Refund", retention_rule="orders")
    sent = opened(owner_client, "retention") | {"rules-row": []}
    text = unescape(owner_client.post(url("retention"), sent, follow=True).content.decode())
    said = "2 data elements of billing/refunds name “Orders”, which is gone: choose another rule there."
    assert said in text
    assert not Event.objects.exclude(feature=None).exists()


def test_rule_that_is_made_anew_under_its_name_is_not_gone(project: Project, owner_client: Client) -> None:
    add(RetentionRule, project, name="Orders")
    element("refunds", "Refund", "orders")
    sent = opened(owner_client, "retention") | {"rules-row": ["new-1"], "rules-new-1-name": "orders"}
    assert "which is gone" not in owner_client.post(url("retention"), sent, follow=True).content.decode()


@pytest.mark.parametrize("number", [2, 9])
def test_queries_of_a_new_name_do_not_grow_with_features_that_have_another(
    number: int, project: Project, owner_client: Client, django_assert_max_num_queries: Callable
) -> None:
    rule = add(RetentionRule, project, name="orders")
    element("f0", "Refund", "orders")
    for place in range(1, number):
        element(f"f{place}", "Refund", "logs")
    sent = opened(owner_client, "retention") | {f"{row_of(rule, 'rules')}-name": "sales"}
    with django_assert_max_num_queries(40):
        owner_client.post(url("retention"), sent)
