"""The growth plot: a picture that is a tree of known elements, its words, and the same as a table."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.capacity.volumes import forecasts
from projects.design.tree import Design, Entity, EntityField, Identity, Volume
from projects.diagrams.growth import BANDS, CLASSES, COLOURS, PRINT, Band, bands_of, describe, draw, draw_bands, table
from tests.examples import at_most

STYLE_SHEET = Path(__file__).parents[3] / "static" / "css" / "plot.css"
SVG = "{http://www.w3.org/2000/svg}"


def design(*volumes: tuple[str, str, str], title: str = "Refunds") -> Design:
    """Entities with a field of eight bytes, given as name, initial rows and growth."""
    where = Identity(
        project_key="p", project_title="P", epic_key="e", epic_title="E", feature_key="f", feature_title=title
    )
    entities, found = [], []
    for number, (name, initial, growth) in enumerate(volumes):
        uid = uuid5(NAMESPACE_URL, f"entity {number}")
        field = EntityField(uid=uuid5(uid, "field"), name="id", type="bigint")
        entities.append(Entity(uid=uid, name=name, fields=(field,)))
        found.append(Volume(uid=uuid5(uid, "volume"), entity=uid, initial_rows=initial, growth=growth))
    return Design(identity=where, entities=tuple(entities), volumes=tuple(found))


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_largest_is_at_the_bottom_and_named_at_its_end() -> None:
    made = design(("small", "10", "none"), ("large", "1 million", "10k/day"))
    assert [band.name for band in bands_of(forecasts(made))] == ["large", "small"]
    shown = [plain(text) for text in texts(draw(made))]
    assert [word for word in shown if word in ("large", "small", "95.7 MB", "80 B")] == [
        "large",
        "95.7 MB",
        "small",
        "80 B",
    ]


def test_many_entities_are_the_largest_and_the_others() -> None:
    made = design(*((f"table_{number:02}", str(100 * (number + 1)), "none") for number in range(20)))
    bands = bands_of(forecasts(made))
    assert len(bands) == BANDS + 1
    assert (bands[0].name, bands[-1].name) == ("table_19", "12 others")
    assert bands[-1].sizes[-1] == sum(800 * (number + 1) for number in range(12))


def test_an_entity_without_figures_has_no_band() -> None:
    assert bands_of(forecasts(design(("refunds", "", "10/day"), ("lines", "10", "fast")))) == ()


def test_the_table_says_the_same_year_by_year() -> None:
    made = table(bands_of(forecasts(design(("refunds", "1,000", "1,000/year"), ("lines", "1,000", "none")))))
    assert made.columns == ("Entity", "At the start", "1 year", "2 years", "3 years")
    assert [[plain(cell) for cell in row] for row in made.rows] == [
        ["refunds", "8.00 kB", "16.0 kB", "24.0 kB", "32.0 kB"],
        ["lines", "8.00 kB", "8.00 kB", "8.00 kB", "8.00 kB"],
    ]
    assert plain(made.total[-1]) == "40.0 kB"


def test_the_picture_has_a_title_and_says_itself_in_words() -> None:
    made = design(("refunds", "1,000", "none"), title="Refunds & <more>")
    root = ET.fromstring(draw(made))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Growth of Refunds & <more>"
    about = plain(root.findtext(f"{SVG}desc") or "")
    assert about == "8.00 kB at the start, 8.00 kB after 1 year, 8.00 kB after 3 years. In the end: refunds 8.00 kB."


def test_without_figures_it_says_so() -> None:
    assert texts(draw(design())) == ["No sizes yet"]
    assert describe(()) == "No sizes yet."


def test_every_class_has_a_rule_in_the_style_sheet_and_a_colour_in_print() -> None:
    rules = STYLE_SHEET.read_text(encoding="utf-8")
    assert set(CLASSES) == set(COLOURS)
    assert {name for name in CLASSES if not re.search(rf"\.plot-{name}\b", rules)} == set()


def test_print_uses_colours_and_no_class() -> None:
    svg = draw(design(("refunds", "1,000", "10/day")), theme=PRINT)
    assert "class=" not in svg
    assert 'aria-label="Growth of Refunds.' in svg


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=40)
SIZES = st.floats(0, 1e26)


@settings(max_examples=at_most(40))
@given(st.lists(st.tuples(NAMES, SIZES, SIZES), max_size=BANDS + 1))
def test_any_bands_give_one_picture_within_its_frame(given_bands: list[tuple[str, float, float]]) -> None:
    bands = [
        Band(name, tuple(start + (end - start) * point / 36 for point in range(37))) for name, start, end in given_bands
    ]
    root = ET.fromstring(draw_bands(bands, "Growth"))
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    for path in root.iter(f"{SVG}path"):
        for x, y in re.findall(r"[ML](-?[\d.e+]+) (-?[\d.e+]+)", path.get("d") or ""):
            assert 0 <= float(x) <= width
            assert -0.1 <= float(y) <= height
    tops = [float(rect.get("y") or 0) for rect in root.iter(f"{SVG}rect")]
    assert all(lower - upper >= 23.8 for lower, upper in pairwise(tops))
    assert all(0 <= top <= height for top in tops)


@pytest.mark.parametrize("growth", ["none", "5 %/year", "10/day"])
def test_equal_designs_give_equal_pictures(growth: str) -> None:
    assert draw(design(("refunds", "10", growth))) == draw(design(("refunds", "10", growth)))
