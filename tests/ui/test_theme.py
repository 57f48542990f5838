"""Colours by the formula of WCAG 2.2: on paper, and behind every word of every screen."""

from dataclasses import asdict

import pytest
from intake.screens import screens

from kiosk.ui.arrange import arrange
from kiosk.ui.pieces import Text
from kiosk.ui.profile import PROFILES
from kiosk.ui.theme import (
    DEFAULT,
    HIGH_CONTRAST,
    HIGH_CONTRAST_DARK,
    Palette,
    contrast,
    luminance,
    theme,
)

from .grounds import inked
from .matrix import ruler

# VVSG 2.0 7.1-C and D (access.md D-05)
LEAST = {"": 10.0, "high-contrast": 20.0, "high-contrast-dark": 20.0}
LEAST_ICON = {"": 4.5, "high-contrast": 20.0, "high-contrast-dark": 20.0}
BORDER = 3.0  # WCAG 1.4.11
WORDS = [
    ("ink", "paper"),
    ("soft", "paper"),
    ("brand", "paper"),
    ("ink", "card"),
    ("soft", "card"),
    ("brand", "card"),
    ("ink", "quiet"),
    ("ink", "bar"),
    ("on_brand", "brand"),
    ("on_help", "help"),
    ("on_tint", "tint"),
    ("on_warm", "warm"),
    ("on_ok", "ok"),
]
BORDERS = [("line", "paper"), ("line", "card"), ("line", "warm"), ("brand", "paper")]
BORDERS += [("brand", "card"), ("brand", "hair"), ("accent", "stage")]
PALETTES = pytest.mark.parametrize(
    ("mode", "palette"),
    [
        ("", DEFAULT),
        ("high-contrast", HIGH_CONTRAST),
        ("high-contrast-dark", HIGH_CONTRAST_DARK),
    ],
    ids=["soft", "high", "dark"],
)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("#123456", "#123456") == 1.0
    assert luminance("#FFFFFF") == pytest.approx(1.0)


@PALETTES
@pytest.mark.parametrize(("one", "other"), WORDS)
def test_words_stand_out_from_their_ground(
    mode: str, palette: Palette, one: str, other: str
) -> None:
    colours = asdict(palette)
    assert contrast(colours[one], colours[other]) >= LEAST[mode]


@PALETTES
@pytest.mark.parametrize(("one", "other"), BORDERS)
def test_borders_can_be_seen(mode: str, palette: Palette, one: str, other: str) -> None:
    colours = asdict(palette)
    if mode and colours[one] == colours[other]:
        pytest.skip("in black and white another line shows it")
    assert contrast(colours[one], colours[other]) >= BORDER


@pytest.mark.parametrize("mode", LEAST, ids=["soft", "high", "dark"])
@pytest.mark.parametrize("name", ["portrait-21", "panel-7"])
def test_every_word_and_icon_of_every_screen_stands_out(mode: str, name: str) -> None:
    profile, weak = PROFILES[name], set[tuple[str, str, str, float]]()
    paper = theme(profile, {mode}).palette.paper
    for screen, view in screens("en", *([mode] if mode else [])):
        layout = arrange(view, profile, ruler(name).measure)
        for id_, piece, ground in inked(layout, paper):
            least = LEAST if isinstance(piece, Text) else LEAST_ICON
            ratio = contrast(piece.colour, ground)
            if ratio < least[mode]:
                weak.add((screen, id_, f"{piece.colour} on {ground}", round(ratio, 1)))
    assert weak == set()


def test_high_contrast_is_black_and_white_and_yellow() -> None:
    for palette in (HIGH_CONTRAST, HIGH_CONTRAST_DARK):
        colours = {value for name, value in asdict(palette).items() if name != "plain"}
        assert colours == {"#000000", "#FFFFFF", "#FFFF00"}


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_larger_words_are_larger_and_targets_stay(profile: object) -> None:
    found = PROFILES[getattr(profile, "name", "")]
    normal, larger, most = (theme(found, {mode}) for mode in ("", "larger", "extra-large"))
    assert normal.scale == 1.0
    assert normal.scale < larger.scale <= most.scale
    for size in ("question", "answer", "sentence", "small"):
        assert getattr(larger, size) == pytest.approx(getattr(normal, size) * larger.scale)
    assert (normal.target, normal.primary, normal.key) == (most.target, most.primary, most.key)


def test_the_largest_mode_wins() -> None:
    found = PROFILES["portrait-21"]
    assert theme(found, {"larger", "extra-large"}) == theme(found, {"extra-large"})
