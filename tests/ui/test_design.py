"""Designs either fit or say that they do not; more room never makes one fit worse."""

from dataclasses import replace

import pytest
from intake.screens import screens

from kiosk.ui.design import designed, turned
from kiosk.ui.page import EARLIER, MORE, Page
from kiosk.ui.pen import Pen
from kiosk.ui.pieces import Box
from kiosk.ui.profile import PROFILES, Profile
from kiosk.ui.theme import theme

from .matrix import ruler

EACH = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
ENGLISH = dict(screens("en"))
SAMPLE = ("welcome, live", "birth-date, empty", "name, latin 0", "needs, 0", "done, in-time")


def page(name: str, profile: Profile, high: float) -> Page:
    pen = Pen(theme(profile, set()), ruler(profile.name).measure, profile.portrait)
    view = ENGLISH[name]
    return Page(pen, view, Box(8, 5, profile.width_mm - 16, high)).without([MORE, EARLIER])


@EACH
@pytest.mark.parametrize("name", SAMPLE)
def test_what_fits_a_room_fits_a_higher_one(profile: Profile, name: str) -> None:
    fits = [designed(page(name, profile, high)) is not None for high in range(20, 420, 20)]
    assert fits == sorted(fits)
    assert not fits[0]
    assert fits[-1]


@EACH
@pytest.mark.parametrize("name", ENGLISH)
def test_a_design_places_every_node_in_its_room(profile: Profile, name: str) -> None:
    room = page(name, profile, 900)
    placed = designed(room)
    assert placed is not None
    here = {one.node.id for one in placed}
    wanted = {node.id for node in room.view.nodes if node.region.value != "help"}
    assert here == wanted
    assert all(one.box.y >= room.box.y - 0.05 for one in placed)
    assert all(one.box.bottom <= room.box.bottom + 0.05 for one in placed)


@EACH
def test_pads_are_never_torn(profile: Profile) -> None:
    for name in ("birth-date, empty", "phone, typed", "name, latin 0"):
        assert turned(page(name, profile, 60)) is None


def test_answers_turn_under_words_that_stay() -> None:
    profile = PROFILES["portrait-21"]
    low = page("needs, 0", profile, 130)
    view = replace(low.view, nodes=ENGLISH["needs, 0"].nodes)
    pages = turned(replace(low, view=view))
    assert pages is not None
    assert len(pages) > 1
    for one in pages:
        assert {"heading", "sentence"} <= {placed.node.id for placed in one}
    cards = ("need-", "group-")
    ids = [placed.node.id for one in pages for placed in one if placed.node.id.startswith(cards)]
    assert ids == [node.id for node in view.nodes if node.id.startswith(cards)]
