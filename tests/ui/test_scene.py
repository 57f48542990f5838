"""A scene is the screen as data: complete, and the same as what stands on the glass."""

import json

import pytest
from intake.screens import GIVEN_NAME, screens

from kiosk.ui.arrange import arrange
from kiosk.ui.page import EARLIER, MORE
from kiosk.ui.profile import PROFILES, Profile
from kiosk.ui.scene import as_json

from .matrix import ruler

ENGLISH = dict(screens("en"))
KEYS = {"id", "role", "text", "value", "state", "lang", "dir", "bounds_mm", "spoken", "private"}
TURNS = {MORE, EARLIER}
EACH = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)


@EACH
def test_every_node_is_told_with_its_place_or_that_it_is_on_another_page(profile: Profile) -> None:
    for name, view in ENGLISH.items():
        layout = arrange(view, profile, ruler(profile.name).measure)
        scene = json.loads(json.dumps(as_json(view, layout)))
        told = {node["id"]: node for node in scene["nodes"]}
        assert told.keys() - TURNS == {node.id for node in view.nodes} - TURNS, name
        assert (MORE in told) == (layout.pages > 1), name
        for id_, node in told.items():
            assert node.keys() == KEYS | {"focusable"}
            here = id_ in layout.bounds()
            assert (node["bounds_mm"] is not None) == here == ("other-page" not in node["state"])


def test_a_scene_tells_which_screen_and_page_it_is() -> None:
    view = ENGLISH["done, every need"]
    profile = PROFILES["landscape-10"]
    layout = arrange(view, profile, ruler(profile.name).measure, 1)
    scene = as_json(view, layout)
    head = {name: scene[name] for name in scene if name != "nodes"}
    assert head == {
        "step": "done",
        "kind": "notice",
        "language": "en",
        "direction": "ltr",
        "modes": [],
        "page": 1,
        "pages": layout.pages,
    }


def test_bounds_are_millimetres_from_the_top_left() -> None:
    profile = PROFILES["portrait-21"]
    view = ENGLISH["still-right, phone 101"]
    layout = arrange(view, profile, ruler(profile.name).measure)
    told = {node["id"]: node["bounds_mm"] for node in as_json(view, layout)["nodes"]}
    box = layout.bounds()["next"]
    assert told["next"] == [round(v, 2) for v in (box.x, box.y, box.w, box.h)]
    assert told["next"][1] > told["heading"][1]


def test_what_is_private_is_marked() -> None:
    profile = PROFILES["portrait-21"]
    view = ENGLISH["still-right, phone 101"]
    scene = as_json(view, arrange(view, profile, ruler(profile.name).measure))
    private = {node["id"] for node in scene["nodes"] if node["private"]}
    named = {node["id"] for node in scene["nodes"] if GIVEN_NAME in node["spoken"]}
    assert named <= private
