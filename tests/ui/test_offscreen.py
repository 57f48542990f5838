"""Pictures of screens are the screens: page by page, with the ring, whole or in part."""

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from intake.screens import screens

from kiosk.ui.pieces import Box
from kiosk.ui.profile import PROFILES

for name, value in {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONSOLELOG": "1",
    "KIVY_NO_FILELOG": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "SDL_VIDEODRIVER": "offscreen",
}.items():
    os.environ.setdefault(name, value)  # before Kivy is imported, and not against who runs this

pytest.importorskip("kivy")
pytestmark = pytest.mark.screen

PANEL = PROFILES["panel-7"]
ENGLISH = dict(screens("en"))
PAGED = dict(screens("en", "extra-large"))["done, every need"]


if TYPE_CHECKING:
    from kiosk.ui.offscreen import Easel


@pytest.fixture
def drawn() -> "Easel":
    from kiosk.ui.offscreen import Easel

    easel = Easel(PANEL)
    easel.show(ENGLISH["needs, 0"])
    return easel


def test_a_part_of_a_picture_is_cut_from_the_whole(drawn: "Easel") -> None:
    box = drawn.layout.bounds()["heading"]
    part = drawn.picture(box)
    whole = drawn.picture()
    assert whole.size == (PANEL.width_px, PANEL.height_px)
    assert part.tobytes() == whole.crop(drawn.pixels(box)).tobytes()
    assert len(part.getcolors(1 << 16) or []) > 8  # letters have smooth edges


def test_the_ring_shows_round_its_node_and_nowhere_else(drawn: "Easel") -> None:
    node = next(placed for placed in drawn.layout.placed if placed.node.focusable)
    far = Box(0, 0, PANEL.width_mm, 2)
    before, edge = drawn.picture(node.box), drawn.picture(far)
    drawn.ring(node.node.id)
    assert drawn.picture(node.box).tobytes() != before.tobytes()
    assert drawn.picture(far).tobytes() == edge.tobytes()
    drawn.ring("")
    assert drawn.picture(node.box).tobytes() == before.tobytes()


def test_every_page_can_be_turned_to(drawn: "Easel") -> None:
    drawn.show(PAGED)
    pages = drawn.layout.pages
    assert pages > 1
    pictures = {drawn.picture().tobytes()}
    for page in range(1, pages):
        drawn.turn()
        assert drawn.layout.page == page
        pictures.add(drawn.picture().tobytes())
    assert len(pictures) == pages


def test_another_step_slides_in_but_not_in_calm(drawn: "Easel") -> None:
    assert drawn.show(ENGLISH["still-right, phone 101"])
    assert not drawn.show(replace(ENGLISH["needs, 0"], modes=("calm",)))


def test_nothing_is_drawn_before_anything_is_shown() -> None:
    from kiosk.ui.offscreen import Easel

    with pytest.raises(ValueError, match="nothing was shown"):
        assert Easel(PANEL).layout
