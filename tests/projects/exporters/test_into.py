"""Merging into files that people write too: our sections are replaced or added, every other byte stays."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from projects.exporters.escaping import markdown_heading
from projects.exporters.into import CannotMerge, Place, lines_of, merge, places, repeated
from tests.examples import at_most
from tests.projects.exporters.markdown_passages import FORMS, FRONT_MATTER, OLD_SECTIONS, PASSAGES, saved

ROOT = Path(__file__).resolve().parents[3]
SITE_PACKAGES = Path(pytest.__file__).resolve().parents[1]

MODEL = "## Data Model\n\nWhat is stored.\n\n| Field | Type |\n|---|---|\n| id | uuid |\n\n```sql\n## no heading\n```\n"
SPEED = "## Performance & Scalability\n\nWhat is cached:\n\n- sessions\n- prices\n"
ROLLOUT = "## Rollout & Migration\n\n### Rollback\n\nNot specified yet.\n"
GIVEN = (("Data Model", MODEL), ("Performance & Scalability", SPEED), ("Rollout & Migration", ROLLOUT))

passages = st.lists(st.sampled_from(PASSAGES), max_size=4)


def document(*parts: str) -> str:
    return "".join(f"{part}\n" for part in parts)


def others(merged: bytes) -> list[str]:
    return [place.name for place in places(merged.decode().removeprefix("\ufeff")) if place.name not in OURS]


OURS = {heading.lower() for heading, _ in GIVEN}


@settings(max_examples=at_most(80))
@given(passages, st.sampled_from(OLD_SECTIONS), passages, st.booleans(), st.sampled_from(FORMS))
def test_a_section_that_is_there_is_replaced_and_no_byte_else(
    before: list[str], old: str, after: list[str], has_front_matter: bool, form: str
) -> None:
    head = document(*([FRONT_MATTER] if has_front_matter else []), *before)
    tail = "\n" + document("", *after)
    existing = saved(head + old.rstrip("\n") + tail, form)
    # A single line without an end does not say how lines end in its file.
    assume(existing.count(b"\n") + existing.count(b"\r"))
    wanted = saved(head + MODEL.rstrip("\n") + tail, form)
    assert merge(existing, [("Data Model", MODEL)]) == wanted
    assert merge(wanted, [("Data Model", MODEL)]) == wanted


@settings(max_examples=at_most(50))
@given(passages, st.booleans(), st.sampled_from(FORMS))
def test_what_is_missing_goes_to_the_end_and_all_that_was_there_stays(
    before: list[str], has_front_matter: bool, form: str
) -> None:
    existing = saved(document(*([FRONT_MATTER] if has_front_matter else []), *before), form)
    merged = merge(existing, GIVEN)
    assert merged.startswith(existing)
    end = b"\r\n" if b"\r\n" in existing else b"\r" if b"\r" in existing else b"\n"
    wanted = end.join("\n".join((MODEL, SPEED, ROLLOUT)).encode().split(b"\n"))
    assert merged.endswith(wanted)
    assert merged[len(existing) : -len(wanted)] in (b"", end, end * 2)
    assert merge(merged, GIVEN) == merged


def real_files() -> list[Path]:
    """Markdown that other people wrote, as far as it is installed here, and ours."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted(SITE_PACKAGES.rglob("*.md"))]
    return [path for path in found if path.stat().st_size < 60_000 and b"\0" not in path.read_bytes()][:25]


@pytest.mark.parametrize("form", FORMS)
def test_real_files_keep_every_byte_outside_the_sections_that_are_given(form: str) -> None:
    for path in real_files():
        existing = saved(path.read_text(encoding="utf-8"), form)
        text = existing.decode()
        mark, lines = text[: text.startswith("\ufeff")], lines_of(text.removeprefix("\ufeff"))
        # Every other section is taken for ours, the first of its name each.
        own = {place.name: place for place in reversed(places("".join(lines))) if place.name}
        taken = sorted(own.values(), key=lambda place: place.start)[::2]
        given = [(place.name, f"## {markdown_heading(place.name)}\n\nOurs.\n") for place in taken]
        end = "\r\n" if "crlf" in form else "\r" if form == "cr" else "\n"
        wanted, at = mark, 0
        for place, (_, body) in zip(taken, given, strict=True):
            last = lines[place.end - 1]
            gap = end if place.end < len(lines) and lines[place.end].strip(" \t\r\n") else ""
            ended = last[len(last.rstrip("\r\n")) :]
            wanted += "".join(lines[at : place.start]) + body.rstrip("\n").replace("\n", end) + ended + gap
            at = place.end
        merged = merge(existing, given)
        assert merged.decode() == wanted + "".join(lines[at:]), path
        assert merge(merged, given) == merged, path


@pytest.mark.parametrize("form", ["", "crlf mark unended"])
def test_real_files_without_our_sections_get_them_at_the_end(form: str) -> None:
    for path in real_files():
        existing = saved(path.read_text(encoding="utf-8"), form)
        merged = merge(existing, GIVEN)
        assert OURS & {place.name for place in places(existing.decode())} or merged.startswith(existing), path
        assert others(merged) == others(existing), path
        assert merge(merged, GIVEN) == merged, path


@pytest.mark.parametrize(
    ("existing", "order"),
    [
        ("# T\n\n## Data Model\n\n## Other\n", "data model, performance & scalability, rollout & migration, other"),
        ("## Rollout & Migration\n\n## Other\n", "data model, performance & scalability, rollout & migration, other"),
        (
            "## Other\n\n## Performance & Scalability\n",
            "other, data model, performance & scalability, rollout & migration",
        ),
        ("## Rollout & Migration\n\n## Data Model\n", "rollout & migration, data model, performance & scalability"),
        ("", "data model, performance & scalability, rollout & migration"),
        ("\n  \n", "data model, performance & scalability, rollout & migration"),
    ],
)
def test_what_is_missing_stands_where_the_outline_has_it(existing: str, order: str) -> None:
    merged = merge(existing.encode(), GIVEN)
    assert ", ".join(place.name for place in places(merged.decode()) if place.name) == order
    assert merge(merged, GIVEN) == merged


def test_only_the_first_of_a_name_is_ours() -> None:
    existing = b"## Data Model\n\nOne.\n\n## Data Model\n\nTwo.\n"
    assert merge(existing, GIVEN[:1]) == MODEL.encode() + b"\n## Data Model\n\nTwo.\n"
    assert repeated(existing, GIVEN) == ["Data Model"]


def test_definitions_of_links_at_the_end_of_a_section_stay_for_the_others() -> None:
    existing = b"See [a].\n\n## Data Model\n\nOld.\n\n[a]: https://example.org/\n[b]: https://example.org/b\n"
    merged = merge(existing, GIVEN[:1])
    assert merged == existing.replace(b"## Data Model\n\nOld.\n", MODEL.encode())
    assert merge(merged, GIVEN[:1]) == merged


@pytest.mark.parametrize("next_heading", ["   ## Next\n", "   Next\n   ---\n"])
@pytest.mark.parametrize("given_sections", [GIVEN[1:2], (GIVEN[0], ("Performance & Scalability", SPEED))])
def test_an_indented_heading_becomes_no_part_of_our_list(
    next_heading: str, given_sections: tuple[tuple[str, str], ...]
) -> None:
    for existing in (f"## Performance & Scalability\n\nOld.\n\n{next_heading}", f"## Data Model\n\n{next_heading}"):
        merged = merge(existing.encode(), given_sections)
        assert "next" in others(merged)
        assert merge(merged, given_sections) == merged


def test_a_heading_right_below_is_kept_apart() -> None:
    assert merge(b"## Data Model\nNext\n---\n", GIVEN[2:]).startswith(b"## Data Model\nNext\n---\n")
    assert merge(b"## Data Model\n## Next\n", GIVEN[:1]) == MODEL.encode() + b"\n## Next\n"


lines = st.sampled_from(
    [
        *(
            "## Data Model",
            "Data Model",
            "---",
            "===",
            "- a",
            "  - ## Data Model",
            "> ## Data Model",
            "```",
            "~~~",
            "    ",
            "## Rollout & Migration",
            "   ## Rollout & Migration",
        ),
        *("<!--", "-->", "<div>", "</div>", "[a]: /b", "   ## Next", "# T", "| a |", "|---|"),
        *("+++", "a: b", "", "", " ", "\t", "1. b", "   c", "&amp;", "\\", "\x0c", "## Data Model \\", "#", "##"),
    ]
)


@settings(max_examples=at_most(200))
@given(st.lists(st.tuples(lines, st.sampled_from(["\n", "\n", "\r\n", "\r"])), max_size=12), st.booleans())
@example([("   ## Rollout & Migration", "\n"), ("old", "\n")], False)
@example([("## Performance & Scalability", "\n"), ("   ## Rollout & Migration", "\n"), ("old", "\n")], False)
def test_any_text_keeps_its_other_sections_and_is_merged_once(parts: list[tuple[str, str]], is_unended: bool) -> None:
    text = "".join(line + end for line, end in parts)
    existing = (text.rstrip("\r\n") if is_unended else text).encode()
    try:
        merged = merge(existing, GIVEN)
    except CannotMerge:
        return
    assert merge(merged, GIVEN) == merged
    assert others(merged) == others(existing)
    # What stood outside our sections stands there still, in its order.
    at = 0
    own = [place for place in places(existing.decode()) if place.name in OURS]
    first = {place.name: place for place in reversed(own)}.values()
    kept = [line for number, line in enumerate(lines_of(existing.decode())) if not in_any(number, first)]
    for line in kept:
        at = merged.index(line.encode(), at) + len(line.encode())


def in_any(number: int, held: Iterable[Place]) -> bool:
    return any(place.start <= number < place.end for place in held)


@pytest.mark.parametrize(
    ("existing", "says"),
    [
        (b"caf\xe9\n", "is not UTF-8 text"),
        ("# Title\n".encode("utf-16"), "is not UTF-8 text"),
        ("# Title\n".encode("utf-16-le"), "NUL characters"),
        (b"Words\n\n```\ncode without an end\n", "ends inside a code fence"),
        (b"Words\n\n<!-- a comment without an end\n", "ends inside a code fence, a comment"),
    ],
)
def test_what_cannot_be_merged_is_refused_with_a_sentence(existing: bytes, says: str) -> None:
    with pytest.raises(CannotMerge, match=re.escape(says)):
        merge(existing, GIVEN)


def test_what_is_given_must_be_one_section() -> None:
    with pytest.raises(ValueError, match="not one section"):
        merge(b"", [("Data Model", "## Data Model\n\n## Another\n")])
