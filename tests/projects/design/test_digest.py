"""Canonical JSON and digests: equal for equal designs, different where something that counts differs."""

import json
from collections.abc import Iterator
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import ValidationError

from projects.design.digest import (
    DESCRIPTIONS,
    SECTIONS,
    UnknownFormat,
    canonical,
    design_json,
    digest,
    read_design,
    section_digests,
)
from projects.design.tree import (
    FORMAT,
    Conventions,
    Design,
    Entity,
    EntityField,
    Identity,
    Query,
    Requirements,
    Source,
    Store,
)
from tests.examples import at_most
from tests.projects.design.strategies import designs

IDENTITY = Identity(
    project_key="shop",
    project_title="Shop",
    epic_key="billing",
    epic_title="Billing",
    feature_key="refunds",
    feature_title="Refunds",
)
EMPTY = Design(identity=IDENTITY)
SOME = UUID("6f0c7a52-5d0b-4c1e-9a39-3f6b1c1d2e4f")
SMALL = settings(max_examples=at_most(30), deadline=None, suppress_health_check=list(HealthCheck))

PARTS = {
    "identity": {"identity": IDENTITY.model_copy(update={"feature_title": "Returns"})},
    "conventions": {"conventions": Conventions(primary_key_name="key")},
    "requirements": {"requirements": Requirements(retention="Ten years")},
    "storage": {"stores": (Store(uid=SOME, name="PostgreSQL 16", kind="relational"),)},
    "data-model": {"entities": (Entity(uid=SOME, name="refunds"),)},
    "queries": {"queries": (Query(uid=SOME, name="Get a refund"),)},
}


def test_canonical_text_sorts_keys_and_has_no_white_space() -> None:
    assert canonical({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'


def test_an_optional_fact_that_is_not_used_does_not_enter_the_text() -> None:
    assert set(json.loads(design_json(EMPTY))) == {"format", "identity"}


def test_the_digest_is_over_the_bytes_of_the_text() -> None:
    assert digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


@given(designs(with_reused=False))
@SMALL
def test_a_design_built_anew_from_its_values_has_the_same_text(design: Design) -> None:
    assert design_json(Design.model_validate(design.model_dump())) == design_json(design)


@pytest.mark.parametrize(("section", "change"), PARTS.items())
def test_a_change_alters_the_digest_of_its_own_section_alone(section: str, change: dict[str, object]) -> None:
    before = section_digests(EMPTY)
    after = section_digests(Design.model_validate({"identity": IDENTITY} | change))
    assert {name for name in SECTIONS if before[name] != after[name]} == {section}


def described(purpose: str, description: str) -> Design:
    field = EntityField(uid=UUID(int=7), name="id", description=description)
    return Design(identity=IDENTITY, entities=(Entity(uid=SOME, name="refunds", purpose=purpose, fields=(field,)),))


@pytest.mark.parametrize("words", [("Money given back", "A number"), ("Money", "A number that grows"), ("", "")])
def test_what_describes_a_structure_has_a_section_of_its_own(words: tuple[str, str]) -> None:
    before, after = section_digests(described("Money", "A number")), section_digests(described(*words))
    assert {name for name in SECTIONS if before[name] != after[name]} == {DESCRIPTIONS}


@given(designs(), designs())
@settings(SMALL, max_examples=at_most(5), phases=[phase for phase in Phase if phase is not Phase.shrink])
def test_designs_are_equal_exactly_if_their_sections_are(one: Design, other: Design) -> None:
    for design in (other, one.model_copy(deep=True), *reworded(one)):
        assert (section_digests(design) == section_digests(one)) == (design_json(design) == design_json(one))


def reworded(design: Design) -> Iterator[Design]:
    """The design with each of the texts of its structures in turn said otherwise."""
    for part in ("types", "entities", "key_spaces", "file_layouts", "relationships"):
        things = getattr(design, part)
        for at, thing in enumerate(things):
            for name in type(thing).model_fields:
                if type(value := getattr(thing, name)) is str:
                    other = thing.model_copy(update={name: f"{value}."})
                    yield design.model_copy(update={part: (*things[:at], other, *things[at + 1 :])})


def test_every_part_of_a_design_belongs_to_a_section() -> None:
    covered = {part.partition(".")[0] for parts in SECTIONS.values() for part in parts}
    assert covered == set(Design.model_fields) - {"format"}


def test_the_order_that_people_gave_is_part_of_the_design() -> None:
    sources = tuple(Source(uid=UUID(int=number), kind="prd", title=f"{number}") for number in (1, 2))
    first, second = (Design(identity=IDENTITY, sources=order) for order in (sources, sources[::-1]))
    assert digest(design_json(first)) != digest(design_json(second))


@pytest.mark.parametrize("text", ["{}", "[]", '"design"', json.dumps({"format": FORMAT + 1}), '{"format": null}'])
def test_a_file_of_another_format_is_refused(text: str) -> None:
    with pytest.raises(UnknownFormat):
        read_design(text)


def test_a_field_that_nobody_knows_is_refused() -> None:
    text = json.dumps(json.loads(design_json(EMPTY)) | {"colour": "blue"})
    with pytest.raises(ValidationError, match="colour"):
        read_design(text)


@pytest.mark.parametrize(
    "change",
    [
        {"queries": [{"uid": str(SOME), "name": "q", "entity": str(SOME)}]},
        {"sources": [{"uid": str(SOME), "kind": "prd"}] * 2},
        {"entities": [{"uid": str(SOME), "name": "e", "store": str(UUID(int=7))}]},
        {"entities": [{"uid": str(SOME), "name": "a\nb"}]},
        {"entities": [{"uid": str(SOME), "name": "a\u0000b"}]},
    ],
)
def test_what_leads_nowhere_or_cannot_be_stored_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        read_design(json.dumps(json.loads(design_json(EMPTY)) | change))
