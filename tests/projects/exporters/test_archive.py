"""The exported tree and its ZIP."""

import io
from zipfile import ZipFile

import pytest

from projects.design.digest import read_design
from projects.exporters.archive import tree, zip_bytes
from tests.projects.exporters.designs import DRAFT, rich_design

FOLDER = "docs/plan/billing/refunds"


def test_the_tree_holds_each_document_in_each_format_and_the_design() -> None:
    files = tree(rich_design(), DRAFT, ("pdf", "md", "html"))
    names = [f"{name}.{end}" for name in ("03-data-design", "data-consistency") for end in ("md", "html", "pdf")]
    assert list(files) == [f"{FOLDER}/{name}" for name in (*names, "design.json")]
    assert files[f"{FOLDER}/03-data-design.pdf"].startswith(b"%PDF-1.7")
    assert files[f"{FOLDER}/data-consistency.pdf"].startswith(b"%PDF-1.7")


def test_the_design_in_the_tree_can_be_read_again() -> None:
    assert read_design(tree(rich_design(), DRAFT)[f"{FOLDER}/design.json"].decode()) == rich_design()


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no document is made as docx; choose from md, html, pdf"):
        tree(rich_design(), DRAFT, ("md", "docx"))


def test_equal_files_make_equal_archives() -> None:
    files = tree(rich_design(), DRAFT)
    packed = zip_bytes(files)
    assert packed == zip_bytes(dict(reversed(files.items())))
    assert {name: ZipFile(io.BytesIO(packed)).read(name) for name in files} == files
