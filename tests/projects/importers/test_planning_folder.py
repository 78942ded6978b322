"""The planning folder of a feature: files and ZIPs into documents, and what the backend design names."""

import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.design.vocabulary import NAME_LENGTH, DtoDirection, SourceKind, SourceStatus
from projects.importers import pdf_text
from projects.importers.named_in_design import AT_MOST, direction_of, named_in
from projects.importers.planning_folder import Brought, PlanningFolder, kind_of, read_planning_folder
from projects.importers.source_document import read_source
from projects.importers.source_text import MAX_BYTES, Unreadable
from tests.examples import at_most
from tests.projects.importers.pdfs import blank_pdf, encrypted_pdf, written_pdf

PRD = b"---\nstatus: approved\n---\n# Refunds: requirements\n\nTen years.\n"
BACKEND = """# Backend design of refunds

**Status:** In review

## Components
### Refund service
Takes requests and decides them.
#### Limits
| Component | Responsibility |
|---|---|
| Ledger | Books the postings |

## Interface
### `POST /refunds`
Asks for a refund with a CreateRefundRequest.

- `GET /refunds/{id}` \u2014 one refund; answers RefundResponse
| Method | Path | Description |
|:--|:--|:--|
| DELETE | /refunds/{id} | Takes it back |
```http
PATCH /refunds/{id}/note HTTP/1.1
```

## DTOs
- **Money**: an amount with its currency
| DTO | Purpose |
|---|---|
| `RefundLine` | One returned piece |
"""
FOLDER = "docs/plan/billing/refunds"


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return packed.getvalue()


def folder_zip(prefix: str, **more: bytes) -> bytes:
    files = {"prd.md": PRD, "00-research-report.md": b"# Cases\n", "04-backend-design.md": BACKEND.encode()}
    return zipped(**{prefix + name: content for name, content in (files | more).items()})


def read(*files: tuple[str, bytes], epic: str = "billing", feature: str = "refunds") -> PlanningFolder:
    return read_planning_folder([Brought(*file) for file in files], epic=epic, feature=feature)


def facts(folder: PlanningFolder) -> list[tuple[str, SourceKind, str, SourceStatus]]:
    return sorted((each.document.name, each.kind, each.title, each.status) for each in folder.documents)


WHOLE = [
    ("00-research-report.md", SourceKind.RESEARCH, "Cases", SourceStatus.DRAFT),
    ("04-backend-design.md", SourceKind.BACKEND, "Backend design of refunds", SourceStatus.DRAFT),
    ("prd.md", SourceKind.PRD, "Refunds: requirements", SourceStatus.APPROVED),
]


@pytest.mark.parametrize("prefix", ["", "refunds/", f"{FOLDER}/", f"repository-main/{FOLDER}/"])
def test_a_folder_is_read_at_the_root_of_a_zip_or_below_any_other(prefix: str) -> None:
    folder = read(("plan.zip", folder_zip(prefix)))
    assert facts(folder) == WHOLE
    assert folder.refused == ()


def test_the_files_of_a_folder_can_be_chosen_at_once() -> None:
    folder = read(("prd.md", PRD), ("00-research-report.md", b"# Cases"), ("04-backend-design.md", BACKEND.encode()))
    assert facts(folder) == WHOLE
    assert "POST /refunds" in {each.name for each in folder.named.endpoints.values()}


def test_of_several_folders_that_of_the_feature_is_taken() -> None:
    content = zipped(**{f"{FOLDER}/prd.md": PRD, "docs/plan/billing/disputes/prd.md": b"# Disputes"})
    assert [each.path for each in read(("plan.zip", content)).documents] == [f"{FOLDER}/prd.md"]


def test_several_folders_of_others_are_refused_by_name() -> None:
    content = zipped(**{"docs/plan/a/b/prd.md": PRD, "docs/plan/a/c/prd.md": PRD})
    with pytest.raises(Unreadable, match=r"several planning folders: docs/plan/a/b, docs/plan/a/c"):
        read(("plan.zip", content))


def test_documents_of_ours_and_files_that_cannot_be_read_say_why_they_are_left_out() -> None:
    folder = read(
        ("plan.zip", folder_zip("", **{"03-data-design.md": b"# Ours", "notes.txt": b"\0\1\2", "a.png": b"x"}))
    )
    assert len(folder.documents) == 3
    assert {(each.path, each.reason[:24]) for each in folder.refused} == {
        ("03-data-design.md", "This document is made he"),
        ("notes.txt", "This is not a text, what"),
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("prd.md", SourceKind.PRD),
        ("01-PRD.pdf", SourceKind.PRD),
        ("product_requirements.txt", SourceKind.PRD),
        ("research.md", SourceKind.RESEARCH),
        ("interface-contracts.md", SourceKind.CONTRACTS),
        ("02-backend-design.md", SourceKind.BACKEND),
        ("sprdx.md", SourceKind.OTHER),
    ],
)
def test_the_kind_of_a_document_follows_from_its_name(name: str, kind: SourceKind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Status: Approved", SourceStatus.APPROVED),
        ("| **Status** | Final |", SourceStatus.APPROVED),
        ("> status: not started", SourceStatus.NOT_STARTED),
        ("**Status:** Approved by Ada (12 March)", SourceStatus.APPROVED),
        ("Status: final draft", SourceStatus.DRAFT),
        ("- Status: In progress", SourceStatus.DRAFT),
        ("The status of a refund: approved or not", SourceStatus.DRAFT),
        ("", SourceStatus.DRAFT),
    ],
)
def test_the_status_of_a_document_is_what_it_says_of_itself(head: str, status: SourceStatus) -> None:
    assert read(("prd.md", f"# PRD\n\n{head}\n\ntext".encode())).documents[0].status is status


def test_the_backend_design_names_components_endpoints_and_dtos() -> None:
    named = named_in(BACKEND)
    assert [(each.name, each.description) for each in named.components.values()] == [
        ("Refund service", "Takes requests and decides them."),
        ("Ledger", "Books the postings"),
    ]
    assert [(each.name, each.description) for each in named.endpoints.values()] == [
        ("POST /refunds", "Asks for a refund with a CreateRefundRequest."),
        ("GET /refunds/{id}", "one refund; answers RefundResponse"),
        ("DELETE /refunds/{id}", "Takes it back"),
        ("PATCH /refunds/{id}/note", ""),
    ]
    assert [each.name for each in named.dtos.values()] == [
        "CreateRefundRequest",
        "RefundResponse",
        "Money",
        "RefundLine",
    ]


def test_prose_about_requests_and_paths_names_nothing() -> None:
    named = named_in("A Request gets a Response. GET it done at /tmp, and POST letters. See docs/plan and a/b.")
    assert (named.components, named.endpoints, named.dtos) == ({}, {}, {})


def test_the_end_of_a_name_says_which_way_a_dto_goes() -> None:
    assert direction_of("CreateRefundRequestDto") is DtoDirection.REQUEST
    assert direction_of("RefundSettledEvent") is DtoDirection.EVENT
    assert direction_of("Money") is None


def test_names_are_bounded_in_number_and_length() -> None:
    named = named_in("\n".join(f"GET /things/{'x' * 300}{number}" for number in range(AT_MOST + 50)))
    assert len(named.endpoints) <= AT_MOST
    assert all(len(each.name) <= NAME_LENGTH for each in named.endpoints.values())


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.md", b" \n", "This file is empty."),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "This is not a text"),
        ("a.md", b"\x1f\x8b\x08rest", "This is not a text"),
        ("a.txt", b"\x01\x02", "This is not a text"),
        ("a.docx", b"PK\x03\x04", "Sources are Markdown"),
        ("a", b"text", "Sources are Markdown"),
        ("a.pdf", b"no pdf", "This is no PDF"),
        ("a.md", b"%PDF-1.7\n", "This is a PDF"),
        ("a.pdf", b"%PDF-1.7\nrubbish", "This PDF is damaged"),
        ("a.txt", b"x" * (MAX_BYTES + 1), "a source may have 10 MB"),
        ("a.pdf", blank_pdf(), "only pictures of pages"),
        ("a.pdf", encrypted_pdf(), "protected by a password"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_in_one_sentence(name: str, content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_source(name, content)


def test_a_pdf_is_read_page_by_page() -> None:
    document = read_source("report.pdf", written_pdf("Refunds are paid once.", "Ten years."))
    first, second = document.text.split("\f")
    assert "Refunds are paid once." in first
    assert "Ten years." in second
    assert document.note == ""


def test_a_pdf_of_many_pages_is_read_as_far_as_time_allows_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    content = written_pdf(*(f"Page {number}." for number in range(1, 6)))
    read_some = pdf_text.read_pages(content, seconds=0)
    assert (len(read_some.pages), read_some.page_count) == (1, 5)
    monkeypatch.setattr("projects.importers.source_document.pdf_text", lambda *_: read_some)
    document = read_source("long.pdf", content)
    assert document.note == "The text of 1 of 5 pages was read; the file is kept whole."
    assert document.text.endswith(f"[The text ends here: {document.note}]")


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(Unreadable, match="too long to read"):
        pdf_text.pdf_text(written_pdf("x"), seconds_at_most=0.001)


def test_control_characters_are_taken_out_of_a_text() -> None:
    assert read_source("a.txt", b"one\x07\x0ctwo\r\nthree").text == "onetwo\nthree"


def bomb() -> bytes:
    return zipped(**{"prd.md": b"0" * 8_000_000})


def lying_about_its_size() -> bytes:
    """A ZIP whose directory says that the file has ten bytes, where it unpacks to eight million."""
    content = bytearray(bomb())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 10)
    return bytes(content)


def locked() -> bytes:
    content = bytearray(zipped(**{"prd.md": PRD}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def in_an_unknown_method() -> bytes:
    content = bytearray(zipped(**{"prd.md": PRD}))
    content[content.rindex(b"PK\x01\x02") + 10] = 77
    content[8] = 77
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (bomb(), "far more than its size"),
        (lying_about_its_size(), "damaged|far more"),
        (locked(), "protected by a password"),
        (in_an_unknown_method(), "damaged"),
        (zipped(**{f"{number}.md": b"x" for number in range(5_001)}), "far more than its size"),
        (b"PK\x03\x04rubbish", "damaged"),
        (folder_zip("")[:-40], "damaged"),
        (zipped(**{"a.png": b"x", ".hidden/prd.md": PRD}), "no Markdown, text or PDF"),
        (zipped(**{f"{number}.md": b"x" for number in range(21)}), "up to 20 are read at once"),
    ],
)
def test_a_zip_that_is_no_folder_of_documents_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(("plan.zip", content))


def test_paths_of_a_zip_lead_nowhere() -> None:
    folder = read(("plan.zip", zipped(**{"/etc/prd.md": PRD, "../../etc/prd.md": PRD})))
    assert [each.document.name for each in folder.documents] == ["prd.md"]


@settings(max_examples=at_most(60))
@given(
    st.sampled_from(("a.md", "a.txt", "prd.zip", "04-backend-design.md")),
    st.one_of(
        st.binary(max_size=400),
        st.text(alphabet="|#-`* \n/GETPOSTaZ{}DtoRequest\u202e\ud7ff", max_size=400).map(str.encode),
        st.binary(max_size=200).map(lambda content: folder_zip("")[:120] + content),
        st.binary(max_size=200).map(lambda content: zipped(**{"04-backend-design.md": zlib.compress(content) * 3})),
    ),
)
def test_any_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    try:
        folder = read((name, content))
    except Unreadable:
        return
    for each in folder.documents:
        assert "\0" not in each.document.text
        assert each.document.text.encode()
        assert 0 < len(each.title) <= 200
    for found in (folder.named.components, folder.named.endpoints, folder.named.dtos):
        assert all(each.name.strip() and len(each.name) <= NAME_LENGTH for each in found.values())
