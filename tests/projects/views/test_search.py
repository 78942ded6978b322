"""Search or jump: the page with results, and the part that the dialog shows."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from projects.design import tree
from projects.design.vocabulary import CacheLayer, Normalization, Reversibility
from projects.models import DraftDesign, Feature, HandbookEntry, Project, User
from projects.snapshot.handbook import write_policies
from projects.workflow.demonstration import load_demonstration
from tests.factories import NOON, make_entity, make_feature, make_project

pytestmark = pytest.mark.django_db
HERE, EVERYWHERE = "/projects/payments/search/", "/search/"
HOSTILE = '<script>alert("1")</script> & `x` | שלום 🧾'


def results(client: Client, url: str, typed: str) -> list[str]:
    """What the results are called."""
    shown = client.get(url, {"q": typed}).context["results"]
    return ["".join(piece.text for piece in result.hit.title) for result in shown]


def test_page_shows_what_is_found_with_the_words_marked(feature: Feature, viewer_client: Client) -> None:
    entity = make_entity(feature, "refund_lines", "amount_minor bigint")
    text = viewer_client.get(HERE, {"q": "Amount"}).content.decode()
    assert "refund_lines.<mark>amount</mark>_minor" in text
    field = entity.fields.get()
    address = f"/projects/payments/billing/refunds/steps/data-model/?at={entity.uid}#row-{field.uid}"
    assert f'href="{address}"' in text


def test_htmx_gets_options_for_its_list(feature: Feature, viewer_client: Client) -> None:
    make_entity(feature, "refund_lines", "amount_minor bigint")
    answer = viewer_client.get(HERE, {"q": "amount"}, HTTP_HX_REQUEST="true")
    text = answer.content.decode()
    assert ("<html" in text, 'role="option"' in text, "HX-Request" in answer.headers["Vary"]) == (False, True, True)


def test_without_words_the_features_changed_last_are_offered(feature: Feature, viewer_client: Client) -> None:
    assert results(viewer_client, HERE, " ") == ["Refunds"]
    assert results(viewer_client, EVERYWHERE, "") == ["Refunds"]


def test_nothing_found_is_said(feature: Feature, viewer_client: Client) -> None:
    for headers in ({}, {"HTTP_HX_REQUEST": "true"}):
        assert "Nothing here holds" in viewer_client.get(HERE, {"q": "unicorn"}, **headers).content.decode()


def test_everywhere_shows_only_what_the_person_may_see(
    feature: Feature, viewer_client: Client, outsider_client: Client
) -> None:
    make_feature("refunds-of-others/billing/refunds-secret")
    assert results(viewer_client, EVERYWHERE, "refunds") == ["Refunds"]
    assert results(outsider_client, EVERYWHERE, "refunds") == []
    assert results(outsider_client, EVERYWHERE, "") == []


def test_members_of_one_project_find_nothing_of_another(feature: Feature, viewer_client: Client) -> None:
    other = make_feature("elsewhere/billing/refunds")
    make_entity(other, "elsewhere_only")
    assert results(viewer_client, HERE, "elsewhere") == []
    assert viewer_client.get("/projects/elsewhere/search/", {"q": "refunds"}).status_code == 404


@pytest.mark.parametrize(
    "typed", [HOSTILE, "%", "_", "\\", "\x00", "'; --", "x" * 10_000, "🧾 " * 3000, "ش" * 60, "+-*~"]
)
@pytest.mark.parametrize("url", [HERE, EVERYWHERE])
def test_anything_can_be_looked_for(url: str, typed: str, feature: Feature, viewer_client: Client) -> None:
    answer = viewer_client.get(url, {"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_names_of_any_kind_are_shown_as_text(project: Project, viewer_client: Client) -> None:
    make_entity(make_feature("payments/billing/refunds", HOSTILE), HOSTILE, "n" * 60)
    HandbookEntry.objects.create(project=project, key="philosophy", text=HOSTILE)
    for typed in ("<script", "שלום", "🧾", "n" * 60):
        text = viewer_client.get(HERE, {"q": typed}).content.decode()
        assert "<mark>" in text
        assert "<script>alert" not in text


@pytest.mark.parametrize("shown", ["", "0", "-3", "x", "²", "9" * 40])
def test_page_bears_any_number_of_results_asked_for(shown: str, feature: Feature, viewer_client: Client) -> None:
    assert viewer_client.get(HERE, {"q": "refund", "shown": shown}).status_code == 200


def test_more_results_are_a_link_away(feature: Feature, viewer_client: Client) -> None:
    make_entity(feature, "vouchers", *(f"voucher_{number:02}" for number in range(70)))
    first = viewer_client.get(HERE, {"q": "voucher"})
    link = re.search(r'href="([^"]+shown=[^"]+)"', first.content.decode())
    assert link
    more = viewer_client.get(link[1].replace("&amp;", "&"))
    assert (len(first.context["results"]), len(more.context["results"])) == (50, 71)


def test_former_key_leads_to_the_project(project: Project, owner_client: Client) -> None:
    owner_client.post("/projects/payments/settings/", {"title": "Paying", "key": "paying"})
    answer = owner_client.get(HERE, {"q": "x"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/projects/paying/search/?q=x")


@pytest.mark.parametrize("number", [2, 12])
def test_part_takes_as_many_queries_for_few_features_as_for_many(
    number: int, project: Project, owner_client: Client, django_assert_num_queries: Callable
) -> None:
    for each in range(number):
        make_entity(make_feature(f"payments/billing/f{each}"), "vouchers")
    while owner_client.get(HERE, {"q": "vouchers"}).context["found"].unread:
        pass
    with django_assert_num_queries(8):
        owner_client.get(HERE, {"q": "vouchers"}, HTTP_HX_REQUEST="true")


def test_every_page_of_a_project_searches_the_project(feature: Feature, owner_client: Client) -> None:
    for url in (
        "/projects/payments/",
        "/projects/payments/people/",
        "/projects/payments/billing/refunds/steps/queries/",
    ):
        assert "data-open-search" in (text := owner_client.get(url).content.decode())
        assert f'hx-get="{HERE}"' in text
    for url in ("/projects/", "/profile/"):
        assert f'hx-get="{EVERYWHERE}"' in owner_client.get(url).content.decode()
    assert "data-open-search" not in Client().get("/accounts/login/").content.decode()


def test_every_result_of_the_demonstration_leads_to_a_page_that_shows_it() -> None:
    load_demonstration(NOON)
    client = Client()
    client.force_login(User.objects.get(email="owner@storefront.example"))
    found = client.get("/projects/storefront/search/", {"q": "e", "shown": "400"}).context["results"]
    pages: dict[str, str] = {}
    for address in {result.address for result in found}:
        url, _, anchor = address.partition("#")
        if url not in pages:
            answer = client.get(url, follow=True)
            assert answer.status_code == 200, address
            pages[url] = answer.content.decode()
        uid, column = anchor.removeprefix("row-"), anchor.removeprefix("cell-")
        if anchor.startswith("row-"):
            assert f'id="row-{uid}"' in pages[url] or f'id="record-{uid}"' in pages[url], address
        elif anchor.startswith("cell-"):
            assert f'-{column}"' in pages[url], address
        elif anchor:
            assert f'id="{anchor}"' in pages[url], address
    kinds = {result.hit.item.kind for result in found}
    assert {"Feature", "Table", "Field", "Operation", "Index", "DTO", "Answer", "Store", "Policy", "Entry"} <= kinds


def test_outsiders_learn_nothing(project: Project, outsider_client: Client) -> None:
    make_project("mine")
    answer = outsider_client.get(HERE, {"q": "payments"})
    assert answer.status_code == 404
    assert "Payments platform" not in answer.content.decode()


# The handbook


@pytest.mark.parametrize("who", ["viewer", "owner"])
def test_hits_in_the_handbook_lead_to_what_is_there_for_readers_and_writers(
    who: str, project: Project, client_of: Callable[[str], Client]
) -> None:
    HandbookEntry.objects.create(project=project, key="audit-logging", text="Zebra: every login is kept.")
    rules = (tree.RetentionRule(uid=UUID(int=7), name="Zebra crossings"),)
    write_policies(project, tree.Policies(migration=tree.MigrationPolicy(tool="Zebra 2"), retention_rules=rules))
    client = client_of(who)
    found = client.get(HERE, {"q": "zebra"}).context["results"]
    assert [result.hit.item.kind for result in found] == ["Retention rule", "Entry", "Policy"]
    for result in found:
        page, _, anchor = result.address.partition("#")
        assert f'id="{anchor}"' in client.get(page).content.decode(), result.address


@pytest.mark.parametrize(
    ("typed", "title", "address"),
    [
        ("Backup policy", "Backup policy", "handbook/backup/"),
        ("RTO", "Backup policy: RTO", "handbook/backup/#id_rto"),
        ("Metrics", "Monitored metrics", "handbook/monitoring/"),
        ("forward only", "Migration policy: reversibility", "handbook/migration/#id_reversibility"),
        ("3NF", "Design policy: normalization", "handbook/design/#id_normalization"),
        ("Application cache", "Caching policy: layers", "handbook/caching/#id_layers"),
        ("five questions", "Five questions", "handbook/questions/"),
        ("audit logging what", "Audit logging: what is tracked", "handbook/entries/security/#id_audit-logging-text"),
    ],
)
def test_the_handbook_is_found_by_its_own_words(
    typed: str, title: str, address: str, project: Project, viewer_client: Client
) -> None:
    policies = tree.Policies(
        design=tree.DesignPolicy(normalization=Normalization.THIRD_FORM),
        migration=tree.MigrationPolicy(reversibility=Reversibility.FORWARD_ONLY),
        caching=tree.CachingPolicy(layers=(CacheLayer.APPLICATION,)),
    )
    write_policies(project, policies)
    first = viewer_client.get(HERE, {"q": typed}).context["results"][0]
    assert ("".join(piece.text for piece in first.hit.title), first.address) == (title, f"/projects/payments/{address}")
    page, _, anchor = first.address.partition("#")
    text = viewer_client.get(page).content.decode()
    assert not anchor or f'id="{anchor}"' in text


def test_the_page_says_how_many_designs_are_not_searched_yet(project: Project, viewer_client: Client) -> None:
    for number in range(13):
        make_feature(f"payments/billing/f{number}")
    for headers in ({}, {"HTTP_HX_REQUEST": "true"}):
        DraftDesign.objects.all().delete()
        text = viewer_client.get(HERE, {"q": "unicorn"}, **headers).content.decode()
        assert "3 designs that changed are still to be read." in text
