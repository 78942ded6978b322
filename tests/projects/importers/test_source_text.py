"""Bytes into text: encodings that are accepted, and files that are something else."""

import pytest

from projects.importers.source_text import MAX_BYTES, Unreadable, decode

TEXT = "CREATE TABLE façade (a int);\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings_are_read(encoding: str) -> None:
    text, note = decode(TEXT.encode(encoding))
    assert text == TEXT
    assert bool(note) == (encoding == "cp1252")


def test_a_str_is_taken_as_it_is() -> None:
    assert decode(TEXT) == (TEXT, "")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_becomes_a_newline(line_end: str) -> None:
    assert decode(f"a{line_end}b".encode())[0] == "a\nb"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b" \r\n\t", "This file is empty."),
        (b"\xef\xbb\xbf", "This file is empty."),
        (b"SQLite format 3\0\x10\x00", "This is an SQLite database itself"),
        (b"PGDMP\x01\x0e", "This is a pg_dump archive"),
        (b"\x1f\x8b\x08\x00", "compressed with gzip"),
        (b"PK\x03\x04\x14", "This is a ZIP archive"),
        (b"%PDF-1.7", "This is a PDF document"),
        (b"CREATE TABLE t\0 (a int);", "This is not a text file."),
        (bytes(range(1, 256)), "This is not a text file."),
        (b"\xff\xfe\x00\xd8\x00", "This is not a text file."),
        (b"x" * (MAX_BYTES + 1), "This file has 10.0 MB; at most 10 MB can be read."),
        (b"x" * (2 * MAX_BYTES), "This file has 20.0 MB; at most 10 MB can be read."),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(content)
    assert sentence in str(refused.value)


def test_the_largest_file_allowed_is_read() -> None:
    assert len(decode(b"x" * MAX_BYTES)[0]) == MAX_BYTES
