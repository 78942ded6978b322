"""Sources: bring, look, take over; read beside the form, search, quote; download for members only."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.access import features
from projects.models import (
    Component,
    DataElement,
    Demand,
    Dto,
    Endpoint,
    Event,
    Feature,
    PendingImport,
    Quote,
    Source,
    StoredFile,
    User,
)
from projects.snapshot.take import take
from projects.workflow.editing import editing
from tests.conftest import CAST
from tests.factories import NOON, make_feature
from tests.projects.importers.pdfs import blank_pdf, encrypted_pdf, written_pdf
from tests.projects.importers.test_planning_folder import BACKEND, PRD, bomb, folder_zip, zipped

BASE = "/projects/payments/billing/refunds/"
NEW = f"{BASE}sources/new/"
STEP = f"{BASE}steps/requirements/"
HOSTILE = b"""# PRD

<script>alert(1)</script> & <b>bold</b>

| a | <img src=x> |
|---|---|
| [x](javascript:alert(1)) | y |
"""
pytestmark = pytest.mark.django_db


def bring(client: Client, *files: tuple[str, bytes]) -> HttpResponse:
    return client.post(NEW, {"documents": [SimpleUploadedFile(*file) for file in files]})


def preview_of(client: Client, *files: tuple[str, bytes]) -> str:
    response = bring(client, *files)
    assert response.status_code == 302, response.content.decode()
    return str(response.headers["Location"])


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def chosen(html: str) -> dict[str, object]:
    """What the form of the preview would send as it stands."""
    data: dict[str, object] = {"take": re.findall(r'name="take" value="([^"]+)"[^>]* checked', html)}
    data |= dict(re.findall(r'name="(document-\d+-title|seen-[^"]+)" value="([^"]*)"', html))
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', html):
        data[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    return data


def take_over(client: Client, *files: tuple[str, bytes], **changed: object) -> HttpResponse:
    address = preview_of(client, *files)
    return client.post(address, chosen(page(client, address)) | changed)


@pytest.fixture
def prd(feature: Feature, architect_client: Client) -> Source:
    text = b"# PRD\n\nIntro.\n\n## Retention\n\nRefunds are kept for *ten* years.\n\n## Volume\n\nMany refunds.\n"
    take_over(architect_client, ("prd.md", text))
    return Source.objects.get(feature=feature)


@pytest.fixture
def element(feature: Feature) -> DataElement:
    return DataElement.objects.create(feature=feature, name="Refund request", description="Who asked.", position=1)


def quote(client: Client, source: Source, **cells: str) -> HttpResponse:
    address = f"{BASE}sources/{source.uid}/quotes/?companion=sources&source={source.uid}"
    return client.post(address, {f"new-{name}": value for name, value in cells.items()})


def test_nothing_is_saved_before_the_person_confirms(feature: Feature, architect_client: Client) -> None:
    html = page(architect_client, preview_of(architect_client, ("plan.zip", folder_zip("docs/plan/billing/refunds/"))))
    assert "Nothing is saved until you do" in html
    for named in ("POST /refunds", "Refund service", "CreateRefundRequest"):
        assert named in html
    assert not Source.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Event.objects.filter(feature=feature).exists()


def test_a_planning_folder_is_taken_over_in_one_click(feature: Feature, architect_client: Client) -> None:
    response = take_over(architect_client, ("plan.zip", folder_zip("docs/plan/billing/refunds/")))
    assert response.headers["Location"].startswith(f"{STEP}?companion=sources&source=")
    assert set(Source.objects.values_list("kind", "title", "status", "file_name")) == {
        ("prd", "Refunds: requirements", "approved", "prd.md"),
        ("research-report", "Cases", "draft", "00-research-report.md"),
        ("backend-design", "Backend design of refunds", "draft", "04-backend-design.md"),
    }
    assert set(Component.objects.values_list("name", flat=True)) == {"Refund service", "Ledger"}
    assert Endpoint.objects.get(name="POST /refunds").description == "Asks for a refund with a CreateRefundRequest."
    request = Dto.objects.get(name="CreateRefundRequest")
    assert (request.direction, request.source.kind) == ("request", "backend-design")
    assert not PendingImport.objects.exists()
    assert take(features().get(pk=feature.pk)).sources[0].file_digest == StoredFile.objects.first().digest


def test_files_of_a_folder_are_chosen_at_once(feature: Feature, architect_client: Client) -> None:
    take_over(architect_client, ("prd.md", PRD), ("04-backend-design.md", BACKEND.encode()))
    assert Source.objects.count() == 2
    assert Endpoint.objects.count() == 4


def test_what_is_not_ticked_is_left_out(feature: Feature, architect_client: Client) -> None:
    take_over(architect_client, ("plan.zip", folder_zip("")), take=["document-0", "endpoints-1"])
    assert Source.objects.count() == 1
    assert [each.name for each in Endpoint.objects.all()] == ["GET /refunds/{id}"]
    assert not Component.objects.exists()


def test_a_pdf_is_taken_over_and_read(feature: Feature, architect_client: Client) -> None:
    take_over(architect_client, ("research.pdf", written_pdf("Paid once.", "Ten years.")))
    html = page(architect_client, f"{STEP}?companion=sources&q=years")
    assert "Page 2" in html
    assert "Ten <mark>years</mark>" in html


def test_a_refusal_saves_nothing_and_keeps_the_choices(feature: Feature, architect_client: Client) -> None:
    address = preview_of(architect_client, ("plan.zip", folder_zip("")))
    data = chosen(page(architect_client, address))
    Endpoint.objects.create(feature=feature, name="Post /Refunds", position=1)
    response = architect_client.post(address, data | {"document-0-title": "x" * 300})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Nothing was taken over" in html
    assert "x" * 300 in html
    assert not Source.objects.exists()
    assert not StoredFile.objects.exists()


def test_with_nothing_ticked_nothing_is_taken_over(feature: Feature, architect_client: Client) -> None:
    response = take_over(architect_client, ("prd.md", PRD), take=[])
    assert response.status_code == 422
    assert "Nothing is ticked" in response.content.decode()


def test_discarding_forgets_the_files(feature: Feature, architect_client: Client) -> None:
    assert architect_client.post(preview_of(architect_client, ("prd.md", PRD)), {"discard": "1"}).status_code == 302
    assert not PendingImport.objects.exists()


def test_a_file_becomes_that_of_the_source_that_was_only_named(feature: Feature, architect_client: Client) -> None:
    named = Source.objects.create(
        feature=feature, kind="prd", title="Ours", location="https://example.org/x", position=1
    )
    take_over(architect_client, ("prd.md", PRD))
    named.refresh_from_db()
    assert Source.objects.count() == 1
    assert (named.title, named.location, named.file_name) == ("Ours", "https://example.org/x", "prd.md")
    assert named.status == "approved"
    assert named.version == 2


def test_two_files_never_become_those_of_one_source(feature: Feature, architect_client: Client) -> None:
    named = Source.objects.create(feature=feature, kind="prd", location="plan/notes.md", position=1)
    files = zipped(**{"a/notes.md": b"# One", "b/notes.md": b"# Two"})
    address = preview_of(architect_client, ("notes.zip", files))
    data = chosen(page(architect_client, address))
    assert [value for name, value in data.items() if name.endswith("-target")].count(str(named.uid)) == 1
    both = {"document-0-target": str(named.uid), "document-1-target": str(named.uid)}
    response = architect_client.post(address, data | both)
    assert response.status_code == 422
    assert "A source has one file" in response.content.decode()
    named.refresh_from_db()
    assert not named.file_digest


def test_what_somebody_saved_since_the_preview_is_kept(feature: Feature, architect_client: Client) -> None:
    named = Source.objects.create(feature=feature, kind="prd", title="Ours", position=1)
    address = preview_of(architect_client, ("prd.md", PRD))
    data = chosen(page(architect_client, address))
    Source.objects.filter(pk=named.pk).update(title="Theirs", version=2)
    response = architect_client.post(address, data)
    assert response.status_code == 422
    assert "somebody changed its source" in response.content.decode()
    named.refresh_from_db()
    assert (named.title, named.file_digest) == ("Theirs", "")


def test_a_target_that_is_none_is_said_to_be_gone(feature: Feature, architect_client: Client) -> None:
    address = preview_of(architect_client, ("prd.md", PRD))
    data = chosen(page(architect_client, address)) | {"document-0-target": "abc"}
    response = architect_client.post(address, data)
    assert response.status_code == 422
    assert "is gone" in response.content.decode()


def test_a_file_that_is_there_is_said_to_be_and_stored_once(prd: Source, architect_client: Client) -> None:
    content = bytes(StoredFile.objects.get().content)
    address = preview_of(architect_client, ("copy.md", content))
    html = page(architect_client, address)
    assert "there already" in html
    assert chosen(html)["take"] == []
    architect_client.post(address, chosen(html) | {"take": ["document-0"]})
    assert Source.objects.count() == 2
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.md", b"", "a.md: This file is empty."),
        ("a.txt", b"\0\1\2\3", "a.txt: This is not a text"),
        ("a.exe", b"MZ", "a.exe: Sources are Markdown (.md), plain text (.txt) or PDF (.pdf)"),
        ("a.pdf", blank_pdf(), "a.pdf: This PDF holds no text"),
        ("a.pdf", encrypted_pdf(), "a.pdf: This PDF is protected by a password"),
        ("a.zip", bomb(), "This ZIP unpacks to more than"),
        ("a.md", b"x" * 11_000_000, "a.md has 10.5 MB; a file may have 10 MB."),
        ("<b>.exe", b"x", "&lt;b&gt;.exe"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_in_one_message(
    name: str, content: bytes, says: str, feature: Feature, architect_client: Client
) -> None:
    response = bring(architect_client, (name, content))
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not PendingImport.objects.exists()


def test_without_a_file_the_form_asks_for_one(feature: Feature, architect_client: Client) -> None:
    assert "Choose one or more files." in architect_client.post(NEW, {}).content.decode()


def test_one_bad_file_among_good_ones_is_named_and_left_out(feature: Feature, architect_client: Client) -> None:
    html = page(architect_client, preview_of(architect_client, ("prd.md", PRD), ("x.md", b"\0")))
    assert '<span class="mono">x.md</span>: This is not a text' in html


def test_a_preview_is_seen_by_nobody_else_and_only_here(
    feature: Feature, architect_client: Client, owner_client: Client
) -> None:
    address = preview_of(architect_client, ("prd.md", PRD))
    number = address.rstrip("/").rpartition("/")[2]
    make_feature("payments/billing/disputes")
    assert owner_client.get(address).status_code == 404
    assert architect_client.get(address.replace("refunds", "disputes")).status_code == 404
    assert architect_client.get(f"{BASE}import/{number}/").status_code == 404


def test_previews_of_yesterday_are_forgotten_with_the_next_files(feature: Feature, architect_client: Client) -> None:
    preview_of(architect_client, ("prd.md", PRD))
    PendingImport.objects.update(created_at=timezone.now() - timedelta(hours=25))
    preview_of(architect_client, ("prd.md", PRD))
    assert PendingImport.objects.count() == 1


@pytest.mark.parametrize(("name", "status"), [*zip(CAST, (200, 200, 403, 403, 404, 302), strict=True)])
def test_owners_and_architects_add_sources(
    name: str, status: int, feature: Feature, client_of: Callable[[str], Client]
) -> None:
    assert client_of(name).get(NEW).status_code == status


@pytest.mark.parametrize(("name", "status"), [*zip(CAST, (200, 200, 200, 200, 404, 302), strict=True)])
def test_members_download_the_file_as_it_was_brought(
    name: str, status: int, prd: Source, client_of: Callable[[str], Client]
) -> None:
    response = client_of(name).get(f"{BASE}sources/{prd.uid}/file/")
    assert response.status_code == status
    if status == 200:
        assert response.content == bytes(StoredFile.objects.get().content)
        assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''prd.md"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(("name", "status"), [*zip(CAST, (302, 302, 403, 403, 404, 302), strict=True)])
def test_owners_and_architects_quote(name: str, status: int, prd: Source, client_of: Callable[[str], Client]) -> None:
    assert quote(client_of(name), prd, text="Many refunds.").status_code == status
    assert Quote.objects.count() == (name in ("owner", "architect"))


def test_a_digest_in_a_design_opens_no_file_of_another_project(prd: Source, outsider: User, client: Client) -> None:
    elsewhere = make_feature("elsewhere/billing/refunds", owner=outsider)
    Source.objects.create(feature=elsewhere, uid=prd.uid, file_name="prd.md", file_digest=prd.file_digest, position=1)
    client.force_login(outsider)
    base = "/projects/elsewhere/billing/refunds/"
    assert client.get(f"{base}sources/{prd.uid}/file/").status_code == 404
    assert "Refunds are kept" not in page(client, f"{base}steps/requirements/?companion=sources")


def test_viewers_read_and_search_but_do_not_quote(prd: Source, viewer_client: Client) -> None:
    html = page(viewer_client, f"{STEP}?companion=sources&q=years")
    assert "Refunds are kept for" in html
    assert "<mark>years</mark>" in html
    assert "data-quote" not in html
    assert "Add sources" not in html


def test_a_row_of_the_grid_leads_to_its_text(prd: Source, architect_client: Client) -> None:
    assert f'href="?companion=sources&amp;source={prd.uid}#companion">Read it</a>' in page(architect_client, STEP)


def test_the_text_stands_beside_the_form_rendered_and_harmless(feature: Feature, architect_client: Client) -> None:
    take_over(architect_client, ("prd.md", HOSTILE))
    html = page(architect_client, f"{STEP}?companion=sources")
    for harmful in ("<script>alert", "<b>bold", "<img src=x", 'href="javascript'):
        assert harmful not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert '<th scope="col">a</th>' in html


def test_words_are_found_in_all_sources_and_marked(prd: Source, architect_client: Client) -> None:
    take_over(architect_client, ("research.txt", b"Cases.\n\nA refund took ten years.\n"))
    html = page(architect_client, f"{STEP}?companion=sources&source={prd.uid}&q=TEN+years")
    hits = re.findall(r'<a href="([^"]+)"[^>]*><bdi>([^<]+)</bdi></a> <span dir="auto">(.*?)</span>', html)
    assert [(place, words) for _, place, words in hits] == [
        ("Retention", "Refunds are kept for <mark>ten</mark> years."),
        ("Line 3", "A refund took <mark>ten</mark> years."),
    ]
    shown = page(architect_client, hits[0][0].replace("&amp;", "&"))
    assert 'id="hit" data-hit><p>Refunds are kept for <em><mark>ten</mark></em> <mark>years</mark>.</p>' in shown


@pytest.mark.parametrize("asked", ["q=nowhere", "q=%3Cscript%3E", "part=99", "hit=999999999", "source=x", "part=-1"])
def test_whatever_is_asked_for_the_tab_is_shown(asked: str, prd: Source, architect_client: Client) -> None:
    html = page(architect_client, f"{STEP}?companion=sources&{asked}")
    assert "source-search" in html
    assert "<script>" not in html.partition("companion-content")[2]


def test_a_search_by_htmx_answers_with_the_part_and_its_address(prd: Source, architect_client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Trigger": "source-search"}
    address = f"{BASE}companion/?step=requirements&companion=sources"
    response = architect_client.get(f"{address}&q=years", headers=headers)
    assert response.headers["HX-Push-Url"] == f"{STEP}?companion=sources&q=years"
    again = architect_client.get(f"{address}&q=other", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 200


def test_long_texts_are_read_in_parts(feature: Feature, architect_client: Client) -> None:
    paragraphs = "\n\n".join(f"Paragraph {number} {'word ' * 100}" for number in range(200))
    take_over(architect_client, ("prd.md", paragraphs.encode()))
    first = page(architect_client, f"{STEP}?companion=sources")
    assert "Paragraph 0 " in first
    assert "Paragraph 199 " not in first
    assert "Paragraph 199 " in page(architect_client, f"{STEP}?companion=sources&part=99")


def test_a_quote_keeps_source_place_and_fact(
    prd: Source, element: DataElement, architect_client: Client, architect: User
) -> None:
    response = quote(architect_client, prd, text="Refunds are kept  for\nten years.", about_text="refund REQUEST")
    assert response.headers["Location"] == f"{STEP}?companion=sources&source={prd.uid}#companion"
    kept = Quote.objects.get()
    assert (kept.source, kept.place, kept.about) == (prd, "Retention", element.uid)
    assert Event.objects.get(object_uid=kept.uid).actor == architect
    html = page(architect_client, f"{STEP}?at=quotes")
    assert "What facts rest on" in html
    assert 'value="Refund request"' in html
    assert "What facts rest on" in page(architect_client, STEP)


def test_words_that_are_not_in_the_text_are_kept_with_a_remark(prd: Source, architect_client: Client) -> None:
    response = quote(architect_client, prd, text="Said on the phone.", place="Call of 3 May")
    assert "do not stand in the text" in page(architect_client, response.headers["Location"])
    assert Quote.objects.get().place == "Call of 3 May"


@pytest.mark.parametrize(
    ("into", "description", "reason"),
    [
        ("description", "Who asked.\n\nMany refunds.", ""),
        ("reason", "Who asked.", "Many refunds."),
        ("", "Who asked.", ""),
    ],
)
def test_the_words_are_put_into_the_fact_on_request(
    into: str, description: str, reason: str, prd: Source, element: DataElement, architect_client: Client
) -> None:
    quote(architect_client, prd, text="Many refunds.", about_text="Refund request", into=into)
    element.refresh_from_db()
    assert (element.description, element.reason) == (description, reason)
    assert element.version == (2 if into else 1)


def test_words_become_a_new_data_element(prd: Source, architect_client: Client) -> None:
    quote(architect_client, prd, text="Many refunds.", about_text="Refund totals", into="element")
    made = DataElement.objects.get()
    assert (made.name, made.description, Quote.objects.get().about) == ("Refund totals", "Many refunds.", made.uid)


def test_words_become_a_demand_with_its_source(prd: Source, architect_client: Client) -> None:
    quote(architect_client, prd, text="Many refunds.", into="caching")
    made = Demand.objects.get()
    assert (made.kind, made.text, made.source) == ("caching", "Many refunds.", prd)
    assert Quote.objects.get().about == made.uid


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"text": " "}, "This field is required."),
        ({"text": "x", "about_text": "Refund reqest"}, "Did you mean Refund request?"),
        ({"text": "x", "into": "reason"}, "Name the fact that the words go into."),
        ({"text": "x", "into": "element"}, "Name the new data element."),
        ({"text": "x", "into": "element", "about_text": "refund request"}, "There is a data element of this name."),
        ({"text": "x", "into": "reason", "about_text": "POST /x"}, "has no reason for storage"),
        ({"text": "y" * 20_000, "into": "description", "about_text": "Refund request"}, "There is no room for"),
        ({"text": "x" * 20_001}, "20000"),
        ({"text": "x", "into": "nonsense"}, "nonsense"),
    ],
)
def test_a_quote_that_cannot_be_kept_is_explained_and_stays_typed(
    cells: dict[str, str], says: str, prd: Source, element: DataElement, architect_client: Client
) -> None:
    Endpoint.objects.create(feature=prd.feature, name="POST /x", position=1)
    response = quote(architect_client, prd, **cells)
    html = response.content.decode()
    assert response.status_code == 422
    assert says in html
    assert not Quote.objects.exists()
    element.refresh_from_db()
    assert element.version == 1


def test_quotes_are_edited_in_their_grid_by_the_names_of_facts(
    prd: Source, element: DataElement, architect_client: Client
) -> None:
    cells = {"new-text": "Ten years.", "new-source": prd.pk, "new-place": "p. 3", "new-about_text": "Refund request"}
    architect_client.post(f"{BASE}rows/quotes/new/", cells)
    kept = Quote.objects.get()
    assert kept.about == element.uid
    uid = kept.uid
    cells = {f"{uid}-text": "Ten.", f"{uid}-source": prd.pk, f"{uid}-about_text": "Nobody", f"{uid}-version": 1}
    response = architect_client.post(f"{BASE}rows/quotes/{uid}/", cells, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert "Nothing in this design is called “Nobody”." in response.content.decode()


def test_a_quote_outlives_the_fact_it_is_about(
    prd: Source, element: DataElement, architect_client: Client, architect: User, feature: Feature
) -> None:
    quote(architect_client, prd, text="Many refunds.", about_text="Refund request")
    with editing(feature, actor=architect, now=NOON) as door:
        door.delete(element)
    deleted = door.events[-1]
    assert take(features().get(pk=feature.pk)).quotes[0].about is None
    assert page(architect_client, f"{STEP}?at=quotes")
    with editing(feature, actor=architect, now=NOON) as door:
        door.restore(deleted)
    assert take(features().get(pk=feature.pk)).quotes[0].about == element.uid


def test_two_things_of_one_name_are_told_apart(
    prd: Source, element: DataElement, feature: Feature, architect_client: Client
) -> None:
    component = Component.objects.create(feature=feature, name="Refund Request", position=1)
    assert quote(architect_client, prd, text="x", about_text="Refund request").status_code == 422
    quote(architect_client, prd, text="x", about_text="refund request (component)")
    assert Quote.objects.get().about == component.uid


def test_a_source_that_is_only_named_can_be_quoted(feature: Feature, architect_client: Client) -> None:
    named = Source.objects.create(feature=feature, kind="prd", title="Wiki", position=1)
    assert "This source is only named." in page(architect_client, f"{STEP}?companion=sources")
    quote(architect_client, named, text="Ten years.", place="Goals")
    assert Quote.objects.get().place == "Goals"


def test_sources_of_other_features_are_not_reached(prd: Source, architect_client: Client) -> None:
    make_feature("payments/billing/disputes")
    other = BASE.replace("refunds", "disputes")
    assert architect_client.get(f"{other}sources/{prd.uid}/file/").status_code == 404
    assert architect_client.post(f"{other}sources/{prd.uid}/quotes/", {"new-text": "x"}).status_code == 404
    assert architect_client.get(f"{BASE}sources/{UUID(int=0)}/file/").status_code == 404


@pytest.mark.parametrize("query", ["", "at=interface", "at=quotes", "companion=sources&q=quoted"])
def test_the_page_asks_as_often_for_many_sources_as_for_few(query: str, prd: Source, architect_client: Client) -> None:
    counted = []
    for number in (2, 30):
        rows = [
            Source(feature=prd.feature, title=f"S{number}-{each}", file_digest=prd.file_digest)
            for each in range(number)
        ]
        for row in Source.objects.bulk_create(rows):
            element = DataElement.objects.create(feature=prd.feature, name=f"E {row.title}")
            Quote.objects.create(feature=prd.feature, source=row, text="quoted", about=element.uid)
            Endpoint.objects.create(feature=prd.feature, name=f"GET /{row.title}")
        Feature.objects.filter(pk=prd.feature_id).update(version=number)
        page(architect_client, f"{STEP}?{query}")
        with CaptureQueriesContext(connection) as captured:
            page(architect_client, f"{STEP}?{query}")
        counted.append(len(captured))
    assert counted[0] == counted[1]
