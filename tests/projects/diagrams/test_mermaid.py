import re

import pytest
from hypothesis import given, settings
from merman import Merman

from projects.design.tree import Design, Entity, EntityField, Relationship
from projects.design.vocabulary import Cardinality
from projects.diagrams.mermaid import er_diagrams
from projects.diagrams.mermaid_words import identifier, quoted, type_word, unique
from tests.examples import at_most
from tests.projects.diagrams.designs import REFUNDS, design, entity, many, reference, uid
from tests.projects.diagrams.strategies import TRAPS, any_design


def only_text(found: Design) -> str:
    (diagram,) = er_diagrams(found)
    return diagram.text


def refusal(text: str) -> str:
    result = Merman().validate(text, None)
    return "" if result.valid else str(result.error)


def named(name: str, number: int = 0) -> Entity:
    field = EntityField(uid=uid(number, "field"), name=name, type=name)
    return Entity(uid=uid(number), name=name, fields=(field,))


def test_diagram_says_fields_keys_and_relationships() -> None:
    text = only_text(REFUNDS)
    assert text.startswith("erDiagram\n  refunds {\n    uuid id PK\n    uuid payment_id FK\n")
    assert "    varchar(64) provider_ref UK\n" in text
    assert '  payments ||--o{ refunds : "payment_id"\n' in text
    assert '  refunds |o--o| idempotency_keys : "refund_id"\n' in text
    assert refusal(text) == ""


@pytest.mark.parametrize("name", TRAPS)
def test_trap_is_accepted_as_a_name(name: str) -> None:
    both = Relationship(uid=uid("r"), name=name, parent=uid(0), child=uid(1), missing_target=name)
    assert refusal(only_text(design(named(name), named(name, 1), relationships=(both,)))) == ""


@settings(max_examples=at_most(150), deadline=None)
@given(any_design())
def test_any_design_is_accepted(found: Design) -> None:
    text = only_text(found)
    assert refusal(text) == ""
    assert "```" not in text


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("numeric(12,2)", "numeric(12_2)"),
        ("timestamp with time zone", "timestamp_with_time_zone"),
        ("text[]", "text[]"),
        ("enum('a','b')", "enum(a_b)"),
        ('"Order Status"', "Order_Status"),
        ("", "unspecified"),
        ("日本", "unspecified"),
        ("2d", "_2d"),
        ("PK(3)", "_PK(3)"),
    ],
)
def test_type_becomes_one_word(typed: str, word: str) -> None:
    assert type_word(typed) == word


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("orders", "orders"),
        ("Order line", "Order_line"),
        ("public.orders", "public_orders"),
        ("2fa", "_2fa"),
        ("größe", "groe"),
        ("日本", "entity"),
        ("style", "style_"),
        ("Constructor", "Constructor_"),
    ],
)
def test_name_becomes_an_identifier(name: str, found: str) -> None:
    assert identifier(name, "entity") == found


def test_identifiers_that_meet_get_numbers() -> None:
    assert unique(["a", "A", "a_2", "a"]) == ["a", "A_2", "a_2_2", "a_3"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Order line", '"Order line"'),
        ('say "x"', '"say #quot;x#quot;"'),
        ("a<b>&c", '"a#lt;b#gt;#amp;c"'),
        ("50% `x`\\", '"50#37; #96;x#96;#92;"'),
        ("my direction  TB", '"my direction#32;TB"'),
        ("_x_ a_b", '"#95;x#95; a_b"'),
        ("1. first", '"1#46; first"'),
        ("größe 日本", '"größe 日本"'),
        ("", '" "'),
        ("abcdefghijk", '"abcdefghi…"'),
    ],
)
def test_text_is_quoted_without_syntax(text: str, written: str) -> None:
    assert quoted(text, 18 if len(text) != 11 else 10) == written


def test_name_that_cannot_be_an_identifier_is_shown_as_typed() -> None:
    text = only_text(design(entity("orders", "id uuid pk", namespace="sales"), named("Order line")))
    assert '  sales_orders["sales.orders"] {' in text
    assert '    Order_line Order_line "Order line Order line"' in text


def test_entity_without_fields_is_named() -> None:
    assert only_text(design(entity("orders", ""))) == 'erDiagram\n  orders["orders"]\n'


def test_missing_parent_is_named_so() -> None:
    lost = Relationship(uid=uid("r"), child=uid("orders"), missing_target="accounts(id)")
    text = only_text(design(entity("orders", "id uuid pk"), relationships=(lost,)))
    assert '  accounts_missing["accounts (missing)"]\n' in text
    assert '  accounts_missing ||--o{ orders : "refers to"\n' in text


def test_many_to_many_has_two_feet() -> None:
    both = Relationship(
        uid=uid("r"), parent=uid("orders"), child=uid("tags"), cardinality=Cardinality.MANY_TO_MANY, name="labels"
    )
    found = design(entity("orders", "id uuid pk"), entity("tags", "id uuid pk"), relationships=(both,))
    assert 'orders }o--o{ tags : "labels"' in only_text(found)


def test_nothing_to_draw_gives_no_diagram() -> None:
    assert er_diagrams(design()) == ()


@pytest.mark.parametrize("count", [200, 600])
def test_large_design_is_an_overview_and_subject_areas_within_the_limits(count: int) -> None:
    found = many(count, fields=9, references=2)
    diagrams = er_diagrams(found)
    titles = [diagram.title for diagram in diagrams]
    assert titles[0].startswith("Overview")
    assert titles[-1].startswith("Subject area: ")
    assert all(len(diagram.text) < 50_000 and diagram.text.count(" : ") <= 500 for diagram in diagrams)
    assert [refusal(diagram.text) for diagram in diagrams] == [""] * len(diagrams)
    details = "".join(diagram.text for diagram in diagrams if diagram.title.startswith("Subject"))
    assert sorted(re.findall(r"^  (\w+) \{$", details, re.M)) == sorted(entity.name for entity in found.entities)


@pytest.mark.parametrize("count", [200, 600])
def test_overviews_keep_every_pair_of_related_entities(count: int) -> None:
    found = many(count, fields=9, references=2)
    overview = "".join(d.text for d in er_diagrams(found) if d.title.startswith("Overview"))
    drawn = set(re.findall(r"^  (\w+) \S+ (\w+) : ", overview, re.M))
    names = {entity.uid: entity.name for entity in found.entities}
    assert drawn == {(names[r.parent], names[r.child]) for r in found.relationships if r.parent}


def test_namespaces_are_subject_areas() -> None:
    wide = "id uuid pk\n" + "\n".join(f"a_rather_long_field_name_{number} text" for number in range(100))
    sales = [entity(f"sale_{number}", wide, namespace="sales") for number in range(12)]
    stock = [entity(f"item_{number}", wide, namespace="stock") for number in range(8)]
    titles = [diagram.title for diagram in er_diagrams(design(*sales, *stock))]
    assert titles[0] == "Overview"
    assert {title.partition(",")[0] for title in titles[1:]} == {"Subject area: sales", "Subject area: stock"}


def test_single_entity_beyond_the_limit_counts_what_it_leaves_out() -> None:
    huge = "\n".join(f"a_very_long_field_name_that_takes_room_{number} text" for number in range(2000))
    diagrams = er_diagrams(design(entity("huge", huge)))
    assert [diagram.title for diagram in diagrams] == ["Overview", "Subject area: huge"]
    assert re.search(r'further fields "and \d+ more"', diagrams[1].text)
    assert [refusal(diagram.text) for diagram in diagrams] == ["", ""]


def test_single_entity_with_more_references_than_allowed_counts_the_rest() -> None:
    parents = [entity(f"parent_{number}", "id uuid pk") for number in range(700)]
    child = entity("child", "\n".join(f"ref_{number} uuid" for number in range(700)))
    references = tuple(reference(f"child.ref_{number}", f"parent_{number}.id") for number in range(700))
    diagrams = er_diagrams(design(child, *parents, relationships=references))
    assert all(len(diagram.text) < 50_000 and diagram.text.count(" : ") <= 500 for diagram in diagrams)
    assert any("more relationships of child" in diagram.text for diagram in diagrams)


def test_same_design_gives_the_same_text() -> None:
    again = Design.model_validate(many(200, references=2).model_dump())
    assert er_diagrams(many(200, references=2)) == er_diagrams(again)
