"""Every style sheet and script we write is served, joined into one of each."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from datadesign.bundles import BUNDLES, STATIC
from projects.exporters.html import STYLE_SHEETS

WRITTEN = sorted(
    str(path.relative_to(STATIC)) for folder in ("css", "js") for path in (STATIC / folder).rglob("*") if path.is_file()
)


# What only printed documents need stands in their own files, not in what every page loads.
PRINTED = {f"css/{path.name}" for path in STYLE_SHEETS}


@pytest.mark.parametrize("name", WRITTEN)
def test_file_is_in_one_bundle_or_in_printed_documents(name: str) -> None:
    bundles = [bundle for bundle, parts in BUNDLES.items() if name in parts]
    assert len(bundles) == 1 or (not bundles and name in PRINTED)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_bundle_holds_its_parts_in_order(bundle: str) -> None:
    joined = Path(str(finders.find(bundle))).read_text(encoding="utf-8")
    places = [joined.find((STATIC / part).read_text(encoding="utf-8")) for part in BUNDLES[bundle]]
    assert -1 not in places
    assert places == sorted(places)


def test_each_script_is_a_block_of_its_own() -> None:
    joined = Path(str(finders.find("js/app.js"))).read_text(encoding="utf-8")
    assert joined.startswith("{\n")
    assert joined.rstrip().endswith("}")


def test_other_files_are_found_as_ever() -> None:
    assert finders.find("img/favicon.svg") == str(STATIC / "img" / "favicon.svg")
    assert finders.find("css/nothing.css") is None
