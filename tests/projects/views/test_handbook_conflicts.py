"""Policies that somebody else saved meanwhile."""

import pytest
from django.test import Client

from projects.models import (
    AccessRole,
    BackupPolicy,
    CachingPolicy,
    Project,
    RetentionRule,
)
from tests.pages import form_values
from tests.projects.views.handbook_policy_pages import add, opened, row_of, url

pytestmark = pytest.mark.django_db


# Saved by somebody else meanwhile


def test_stale_policy_shows_both_and_merges_the_rest(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, "backup")
    theirs = opened(owner_client, "backup") | {"rto": "1 hour", "procedure": "theirs"}
    owner_client.post(url("backup"), theirs)
    answer = owner_client.post(url("backup"), sent | {"rto": "9 hours"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "This changed while you were editing it" in text
    assert BackupPolicy.objects.get().rto == "1 hour"
    assert owner_client.post(url("backup"), form_values(text) | {"choice-rto": "mine"}).status_code == 302
    saved = BackupPolicy.objects.get()
    assert (saved.rto, saved.procedure) == ("9 hours", "theirs")


def test_stale_kinds_of_caching_can_be_taken_over(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, "caching")
    owner_client.post(url("caching"), opened(owner_client, "caching") | {"layers": ["application", "cdn"]})
    answer = owner_client.post(url("caching"), sent | {"layers": ["none"]})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Application cache, CDN cache" in text
    assert owner_client.post(url("caching"), form_values(text) | {"choice-layers": "saved"}).status_code == 302
    assert CachingPolicy.objects.get().layers == ["application", "cdn"]


def test_stale_row_is_a_conflict_and_the_rest_is_kept(project: Project, owner_client: Client) -> None:
    orders, carts = (add(RetentionRule, project, name=name, kept_for="1 year") for name in ("orders", "carts"))
    sent = opened(owner_client, "retention")
    RetentionRule.objects.filter(pk=orders.pk).update(kept_for="7 years", version=2)
    sent |= {f"{row_of(orders, 'rules')}-kept_for": "2 years", f"{row_of(carts, 'rules')}-kept_for": "30 days"}
    answer = owner_client.post(url("retention"), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Retention rules, row 1" in text
    assert RetentionRule.objects.get(name="carts").kept_for == "1 year"
    choice = {f"choice-{row_of(orders, 'rules')}-kept_for": "saved"}
    assert owner_client.post(url("retention"), form_values(text) | choice).status_code == 302
    kept = RetentionRule.objects.order_by("position").values_list("kept_for", flat=True)
    assert list(kept) == ["7 years", "30 days"]


def test_row_that_only_others_changed_or_added_stays(project: Project, owner_client: Client) -> None:
    orders, carts = (add(RetentionRule, project, name=name, kept_for="1 year") for name in ("orders", "carts"))
    sent = opened(owner_client, "retention") | {f"{row_of(carts, 'rules')}-kept_for": "30 days"}
    RetentionRule.objects.filter(pk=orders.pk).update(kept_for="7 years", version=2)
    add(RetentionRule, project, name="logs", kept_for="2 weeks")
    assert owner_client.post(url("retention"), sent).status_code == 302
    kept = RetentionRule.objects.order_by("position").values_list("name", "kept_for")
    assert list(kept) == [("orders", "7 years"), ("carts", "30 days"), ("logs", "2 weeks")]


def test_row_that_somebody_deleted_comes_back_as_typed(project: Project, owner_client: Client) -> None:
    orders = add(RetentionRule, project, name="orders", kept_for="1 year")
    sent = opened(owner_client, "retention") | {f"{row_of(orders, 'rules')}-kept_for": "2 years"}
    RetentionRule.objects.all().delete()
    answer = owner_client.post(url("retention"), sent)
    assert answer.status_code == 409
    assert "Somebody deleted it while you were editing it" in answer.content.decode()
    assert owner_client.post(url("retention"), form_values(answer.content.decode())).status_code == 302
    assert RetentionRule.objects.values_list("name", "kept_for").get() == ("orders", "2 years")


def test_row_that_somebody_changed_is_not_deleted_unseen(project: Project, owner_client: Client) -> None:
    orders = add(RetentionRule, project, name="orders", kept_for="1 year")
    sent = opened(owner_client, "retention") | {"rules-row": []}
    RetentionRule.objects.update(kept_for="7 years", version=2)
    answer = owner_client.post(url("retention"), sent)
    values = form_values(answer.content.decode())
    assert answer.status_code == 409
    assert (values["rules-row"], values[f"{row_of(orders, 'rules')}-kept_for"]) == ([orders.uid.hex], "7 years")
    assert owner_client.post(url("retention"), values | {"rules-row": []}).status_code == 302
    assert not RetentionRule.objects.exists()


def test_name_that_somebody_took_meanwhile_is_refused(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, "access") | {"roles-row": "new-1", "roles-new-1-name": "Reader"}
    add(AccessRole, project, name="reader")
    answer = owner_client.post(url("access"), sent)
    assert answer.status_code == 422
    assert "Another access role has this name." in answer.content.decode()
    assert form_values(answer.content.decode())["roles-new-1-name"] == "Reader"
