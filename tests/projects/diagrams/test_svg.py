import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from projects.design.tree import Design, Entity, EntityField, Relationship
from projects.diagrams import palette
from projects.diagrams.palette import COLOURS, PRINT, ROLES, Theme
from projects.diagrams.svg import draw
from tests.examples import at_most
from tests.projects.diagrams.designs import REFUNDS, design, entity, many, uid
from tests.projects.diagrams.strategies import TRAPS, any_design

GOLDEN = Path(__file__).parent / "golden" / "refunds.svg"
STYLE_SHEET = Path(__file__).parents[3] / "static" / "css" / "erd.css"
SVG = "{http://www.w3.org/2000/svg}"


def texts(picture: str) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def named(name: str) -> Entity:
    return Entity(uid=uid("named"), name=name, fields=(EntityField(uid=uid("field"), name=name, type=name),))


def address(entity: Entity) -> str:
    return f"/refunds/data-model?entity={entity.name}&tab=1"


def test_picture_of_five_entities_is_as_agreed() -> None:
    assert draw(REFUNDS, selected=uid("refunds"), link=address) + "\n" == GOLDEN.read_text(encoding="utf-8")


@settings(max_examples=at_most(60), deadline=None)
@given(any_design())
def test_any_text_stays_text(found: Design) -> None:
    for theme in (None, PRINT):
        root = ElementTree.fromstring(draw(found, link=lambda entity: entity.name, theme=theme))
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            *("svg", "title", "desc", "a", "g", "rect", "path", "text"),
        }


@pytest.mark.parametrize("name", TRAPS)
def test_name_is_shown_as_typed(name: str) -> None:
    shown = texts(draw(design(named(name))))
    plain = " ".join(name.split()).replace("\ufffe", "\ufffd")
    assert all(text.startswith(plain[:12]) for text in shown)


def test_long_name_is_cut_and_kept_whole_in_a_title() -> None:
    heading, *_ = ElementTree.fromstring(draw(design(named("x" * 128)))).iter(f"{SVG}text")
    title = heading.find(f"{SVG}title")
    assert title is not None
    assert (title.text, (title.tail or "")[-1]) == ("x" * 128, "…")


@pytest.mark.parametrize("count", [0, 1, 5, 60, 300])
def test_every_entity_is_drawn_in_a_small_finite_picture(count: int) -> None:
    found = many(count, references=1) if count else design()
    picture = draw(found)
    shown = set(texts(picture))
    assert {entity.name for entity in found.entities} <= shown
    assert len(picture) < 1500 + 1700 * count
    assert not re.search(r"nan|inf", re.sub(r"<(title|desc|text).*?</\1>", "", picture), re.IGNORECASE)


def test_same_design_gives_the_same_bytes() -> None:
    assert draw(many(60, references=2)) == draw(Design.model_validate(many(60, references=2).model_dump()))


def test_picture_without_links_is_an_image_with_title_and_description() -> None:
    root = ElementTree.fromstring(draw(REFUNDS, theme=Theme(COLOURS, "", ids="second")))
    assert root.attrib["role"] == "img"
    title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert about is not None
    assert (title.attrib["id"], about.attrib["id"]) == ("second-title", "second-about")
    assert (root.attrib["aria-labelledby"], root.attrib["aria-describedby"]) == ("second-title", "second-about")
    assert title.text == "Entity relationship diagram of Refunds"
    assert (about.text or "").startswith("5 entities, 4 relationships: refunds, refund_lines")


def test_each_entity_leads_to_its_form() -> None:
    root = ElementTree.fromstring(draw(REFUNDS, link=address, selected=uid("refunds")))
    links = {link.attrib["aria-label"]: link.attrib for link in root.iter(f"{SVG}a")}
    assert root.attrib["role"] == "group"
    assert links["refunds, 14 fields"]["href"] == "/refunds/data-model?entity=refunds&tab=1"
    assert links["refunds, 14 fields"]["aria-current"] == "true"
    assert "aria-current" not in links["refund_lines, 7 fields"]
    assert "payments, 6 fields, reused from billing/payments" in links


def test_picture_in_a_page_has_classes_and_no_styles_of_its_own() -> None:
    picture = draw(REFUNDS, faulty=frozenset({uid("refunds", "status")}))
    assert not re.search(r"\sstyle=|<style|\s(fill|stroke)=|#[0-9A-F]{6}", picture)


def test_style_sheet_knows_every_class_that_is_drawn() -> None:
    known = STYLE_SHEET.read_text(encoding="utf-8")
    assert [role for role in ROLES if not re.search(rf"\.erd-{role}\b(?!-)", known)] == []
    assert set(COLOURS) == set(ROLES)


def test_picture_for_print_needs_no_style_sheet() -> None:
    picture = draw(REFUNDS, theme=PRINT)
    assert not re.search(r"class=|var\(|color-mix|foreignObject|url\(|@import", picture)
    assert 'aria-label="Entity relationship diagram of Refunds. 5 entities' in picture


def test_reused_entity_is_dashed_and_tagged() -> None:
    picture = draw(REFUNDS)
    assert picture.count('class="erd-box-reused"') == 1
    assert "reused" in texts(picture)


def test_selected_entity_stands_out() -> None:
    picture = draw(REFUNDS, selected=uid("ledger_entries"))
    assert picture.count('class="erd-box-selected"') == 1
    assert picture.count('class="erd-head-selected"') == 1


@pytest.mark.parametrize(
    "faulty", [uid("ledger_entries", "refund_id"), uid("ledger_entries.refund_id", "refers to", "refunds.id")]
)
def test_fault_of_a_reference_colours_its_row_and_its_line(faulty: object) -> None:
    picture = draw(REFUNDS, faulty=frozenset({faulty}))
    assert picture.count('class="erd-faulty-row"') == 1
    assert picture.count('class="erd-faulty-line"') == 1
    assert '<text class="erd-faulty-name" x="27"' in picture


def test_fault_of_an_entity_colours_its_edge() -> None:
    assert draw(REFUNDS, faulty=frozenset({uid("refunds")})).count('class="erd-box-faulty"') == 1


def test_missing_parent_is_drawn_dashed_in_red() -> None:
    found = Relationship(uid=uid("r"), child=uid("orders"), missing_target="accounts(id)")
    picture = draw(design(entity("orders", "id uuid pk"), relationships=(found,)))
    assert 'class="erd-box-missing"' in picture
    assert 'class="erd-faulty-line"' in picture
    assert {"accounts", "missing"} <= set(texts(picture))


def test_keys_only_leaves_the_other_fields_out() -> None:
    shown = texts(draw(REFUNDS, keys_only=True))
    assert "provider_ref" in shown
    assert "amount_minor" not in shown


def test_no_entities_is_said() -> None:
    assert texts(draw(design())) == ["No entities yet"]


def test_ids_of_two_pictures_differ() -> None:
    assert 'id="other-title"' in draw(REFUNDS, theme=replace(PRINT, ids="other"))


@pytest.mark.parametrize("role", ["SURFACE", "SUNKEN", "ACCENT_SOFT", "ERROR_SOFT", "TEXT", "TEXT_2", "TEXT_3"])
def test_print_has_the_light_colours_of_the_pages(role: str) -> None:
    tokens = (STYLE_SHEET.parent / "tokens.css").read_text(encoding="utf-8")
    light = re.search(rf"--{role.lower().replace('_', '-')}:\s*(#\w+|light-dark\((#\w+))", tokens)
    assert light is not None
    assert (light[2] or light[1]).upper() == getattr(palette, role)
