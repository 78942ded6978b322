"""The contrast of every pair of colour roles that meet in the interface, computed anew from the style sheet."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parent.parent / "static" / "css"
TOKENS = (STYLES / "tokens.css").read_text(encoding="utf-8")
ROLES = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\);", TOKENS)
}

PLAIN = ("canvas", "surface", "sunken", "accent-soft")
TINTS = ("error-soft", "warn-soft", "pass-soft", "advice-soft")
MARKS = ("error-mark", "pass-mark")
TEXT = ("text", "text-2", "text-3", "accent")
STATES = ("error", "warn", "pass", "advice")
LEAST_TEXT = {"light": 4.7, "dark": 5.2}

READ = [(role, on) for role in TEXT for on in PLAIN] + [(role, on) for role in ("text", "text-2") for on in TINTS]
READ += [("text", on) for on in MARKS]
READ += [(state, on) for state in STATES for on in (*PLAIN, f"{state}-soft")]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, theme: str) -> float:
    lighter, darker = sorted((luminance(ROLES[one][theme]), luminance(ROLES[other][theme])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("role", "on"), READ)
def test_text_is_readable_on_every_surface_and_tint(role: str, on: str, theme: str) -> None:
    assert contrast(role, on, theme) >= LEAST_TEXT[theme]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("on", ["canvas", "surface"])
def test_the_border_of_a_control_is_visible(on: str, theme: str) -> None:
    assert contrast("control", on, theme) >= 3.1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("on", PLAIN)
def test_the_focus_ring_stands_out(on: str, theme: str) -> None:
    assert contrast("accent", on, theme) >= 6.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("button", ["primary", "primary-hover"])
def test_the_label_of_the_primary_button_is_readable(button: str, theme: str) -> None:
    assert contrast("on-primary", button, theme) >= 5.2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_toast_is_readable(theme: str) -> None:
    assert contrast("canvas", "text", theme) >= LEAST_TEXT[theme]


# Also the style sheet of the PDF, which knows no custom properties: its values are fallbacks of roles.
WITH_VALUES = {"tokens.css", "document.css", "document-print.css"}


def test_components_use_roles_and_never_values() -> None:
    values = {
        path.name: found
        for path in STYLES.glob("*.css")
        if path.name not in WITH_VALUES
        and (found := re.findall(r"#[0-9A-Fa-f]{3,8}\b", path.read_text(encoding="utf-8")))
    }
    assert values == {}


def test_every_role_that_a_style_names_exists() -> None:
    known = set(re.findall(r"--([\w-]+):", "".join(path.read_text(encoding="utf-8") for path in STYLES.glob("*.css"))))
    # Set by scripts, from where the pointer or the opener is.
    known |= {"companion", "menu-top", "menu-left"}
    named = {
        (path.name, role)
        for path in STYLES.glob("*.css")
        for role in re.findall(r"var\(--([\w-]+)", path.read_text(encoding="utf-8"))
    }
    assert {pair for pair in named if pair[1] not in known} == set()
