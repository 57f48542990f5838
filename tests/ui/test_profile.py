"""The shipped screens are as large as the real ones, and large words are large enough."""

import pytest

from kiosk.config import Screen
from kiosk.errors import ConfigError
from kiosk.ui.profile import PROFILES, Profile, profile
from kiosk.ui.theme import theme

EACH = pytest.mark.parametrize("found", PROFILES.values(), ids=PROFILES)
CAPITAL = 0.714  # of the font size, Noto Sans (access.md §1.3)
DISTANCE = {"panel-7": 480.0}  # mm; the others are read from 600
ANGLE = 0.01222  # capital height by distance: EN 301 549 5.1.4


@pytest.mark.parametrize(
    ("name", "pixels"),
    [("panel-7", 5.25), ("landscape-10", 5.88), ("wide-15", 5.56), ("portrait-21", 4.03)],
)
def test_pixels_are_as_large_as_on_the_real_screen(name: str, pixels: float) -> None:
    assert PROFILES[name].px_per_mm == pytest.approx(pixels, abs=0.01)


@EACH
def test_a_screen_knows_how_it_stands(found: Profile) -> None:
    assert found.portrait == (found.height_mm > found.width_mm)
    assert found.height_mm * found.px_per_mm == pytest.approx(found.height_px)


@EACH
def test_the_smallest_of_the_largest_words_can_be_read_from_where_people_stand(
    found: Profile,
) -> None:
    large = theme(found, {"extra-large"})
    smallest = min(large.small, large.sentence, large.answer, large.question)
    assert smallest * CAPITAL >= ANGLE * DISTANCE.get(found.name, 600.0)


@EACH
def test_what_is_touched_is_planned_large_enough(found: Profile) -> None:
    assert found.primary_mm >= 20.0
    assert found.target_mm >= 16.0
    assert found.key_mm >= (9.5 if found.name == "panel-7" else 16.0)


def test_a_measured_width_replaces_the_shipped_one() -> None:
    measured = profile(Screen(profile="wide-15", width_mm=346.0))
    assert measured.width_mm == 346.0
    assert measured.width_px == PROFILES["wide-15"].width_px


def test_a_profile_nobody_ships_is_named_with_those_that_are() -> None:
    with pytest.raises(ConfigError, match=r"screen\.profile.*'tv'.*portrait-21"):
        profile(Screen(profile="tv"))
