"""Design files: what was exported comes back, and faults are named by where they stand."""

import json
from typing import Any

import pytest

from projects.design.digest import design_json
from projects.importers.design_file import read_design_file
from projects.importers.source_text import MAX_BYTES, Unreadable
from tests.projects.importers.reading import IDENTITY, read

DESIGN = read(
    "CREATE TABLE orders (id serial PRIMARY KEY, up int REFERENCES orders, state text DEFAULT '<b>|');"
).design


def content(**changes: Any) -> bytes:
    return json.dumps(json.loads(design_json(DESIGN)) | changes).encode()


def test_what_was_exported_comes_back() -> None:
    assert read_design_file(design_json(DESIGN).encode()) == DESIGN


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"", "This file is empty."),
        (b"\x89PNG\r\n\x1a\n\0", "This is not a text file."),
        (b"x" * (MAX_BYTES + 1), "at most 10 MB can be read"),
        (b'{"format": 1,\n "identity"', "This is not a design file: it stops being JSON on line 2, column 12"),
        (b"CREATE TABLE t (a int);", "it stops being JSON on line 1, column 1"),
        (b"[1, 2]", "This is not a design file: it has no format number."),
        (b"{}", "This is not a design file: it has no format number."),
        (b'{"format": 99}', "This design file has format 99; this version reads 1."),
        (b"[" * 200_000, "This is not a design file: its values are nested too deeply."),
        (b'{"format": 1}', "This design file has 1 fault: identity: Field required."),
        (b'{"format": 1' + b"0" * 5000 + b"}", "This is not a design file: "),
    ],
)
def test_anything_else_is_refused_in_one_sentence(given: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_design_file(given)
    assert sentence in str(refused.value)


def test_faults_are_named_by_where_they_stand() -> None:
    entities = json.loads(design_json(DESIGN))["entities"]
    entities[0]["fields"][1]["name"] = "two\nlines"
    entities[0]["colour"] = "red"
    with pytest.raises(Unreadable) as refused:
        read_design_file(content(entities=entities))
    assert "This design file has 2 faults: " in str(refused.value)
    assert "entities[0].fields[1].name: this is one line of text: no line breaks and no tabs" in str(refused.value)
    assert "entities[0].colour: Extra inputs are not permitted" in str(refused.value)


def test_only_the_first_of_many_faults_are_shown() -> None:
    with pytest.raises(Unreadable) as refused:
        read_design_file(content(stores=[{}] * 10))
    assert "This design file has 30 faults: stores[0].uid: Field required; " in str(refused.value)
    assert str(refused.value).endswith("and 25 more.")


def test_a_reference_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(Unreadable, match="the whole: a reference leads nowhere"):
        read_design_file(content(entities=[]))


def test_the_identity_is_that_of_the_file() -> None:
    assert read_design_file(content()).identity == IDENTITY
