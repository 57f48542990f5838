"""The simulated camera: the same seed gives the same pictures, and size and distance are true."""

from dataclasses import replace

import numpy as np
import pytest
import zxingcpp

from kiosk.devices import decoder
from kiosk.devices.simulate import FOCAL, Pose, Scene, empty, present, render
from kiosk.devices.simulated_lobby import lobby, person
from kiosk.devices.simulated_object import Medium, Wear, held
from kiosk.domain.passcode import build
from kiosk.passes import draw

CODE = build("M1", "0123456789ABCDEFGHJK")
MODULES = np.array(draw.matrix(CODE))


def test_the_same_scene_gives_the_same_picture_and_another_seed_another() -> None:
    one, same, other = (render(MODULES, Scene(seed=seed)) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert np.array_equal(empty(3), empty(3))
    assert person(1) != person(2)
    assert lobby(1) is lobby(1)
    assert one.shape == (720, 1280, 3)


@pytest.mark.parametrize(("width", "distance"), [(25, 200), (30, 250), (40, 320)])
@pytest.mark.parametrize("medium", list(Medium))
def test_a_code_is_as_large_as_the_lens_would_see_it(
    width: float, distance: float, medium: Medium
) -> None:
    scene = Scene(width_mm=width, medium=medium, pose=Pose(distance))
    found = zxingcpp.read_barcodes(decoder.to_grey(render(MODULES, scene)))[0]
    corners = found.position
    assert found.text == CODE
    seen = corners.top_right.x - corners.top_left.x
    assert seen == pytest.approx(width * FOCAL / distance, abs=4)
    assert (corners.top_left.x + corners.bottom_right.x) / 2 == pytest.approx(640, abs=4)
    assert (corners.top_left.y + corners.bottom_right.y) / 2 == pytest.approx(360, abs=4)


@pytest.mark.parametrize(
    "scene",
    [
        Scene(),
        Scene(wear=Wear(dark=True)),
        Scene(wear=Wear(dim=0.8)),
        Scene(wear=Wear(finger=0.1), width_mm=40),
        Scene(pose=Pose(yaw=25, pitch=12, roll=20)),
        Scene(medium=Medium.PAPER, pose=Pose(320)),
        Scene(defocus=2.0),
        Scene(motion=(3.0, -2.0)),
        Scene(light=0.4, noise=7.0),
    ],
    ids=["clean", "dark", "dim", "finger", "tilt", "paper", "defocus", "motion", "low-light"],
)
def test_everyday_trouble_is_read(scene: Scene) -> None:
    grey = decoder.to_grey(render(MODULES, scene))
    assert any(reading.text == CODE for turn in range(4) for reading in decoder.read(grey, turn))


@pytest.mark.parametrize(
    "wear", [Wear(glare=0.9), Wear(cracks=9), Wear(finger=0.4), Wear(dim=0.9), Wear(dark=True)]
)
def test_each_kind_of_wear_changes_the_picture(wear: Wear) -> None:
    clean, worn = (held(MODULES, 30, Medium.PHONE, kind, 1).colour for kind in (Wear(), wear))
    assert not np.array_equal(clean, worn)


def test_much_blur_makes_a_code_unreadable() -> None:
    grey = decoder.to_grey(render(MODULES, Scene(width_mm=25, defocus=9.0)))
    assert not any(decoder.read(grey, turn) for turn in range(4))


def test_a_phone_comes_in_from_afar_and_is_read_at_the_end() -> None:
    frames = present(MODULES, Scene(width_mm=32, seed=5), frames=30)
    assert len(frames) == 30
    assert decoder.read(decoder.to_grey(frames[0]), 0) == []
    assert decoder.read(decoder.to_grey(frames[-1]), 0)[0].text == CODE


def test_nobody_in_front_shows_no_code() -> None:
    assert decoder.read(decoder.to_grey(empty()), 0) == []


def test_light_changes_how_bright_it_is() -> None:
    bright, dark = (render(MODULES, replace(Scene(), light=light)).mean() for light in (1.0, 0.4))
    assert dark < bright / 2
