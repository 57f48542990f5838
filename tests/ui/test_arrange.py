"""Where everything stands, on every screen, size and profile, with the true measures of words."""

from dataclasses import replace

import pytest
from intake.screens import screens, start

from kiosk.intake.flow import step_of
from kiosk.intake.flows import CHECK_IN
from kiosk.intake.present import present
from kiosk.intake.view import Region
from kiosk.tools.audit.rules import RULES
from kiosk.ui.arrange import arrange
from kiosk.ui.pieces import Box, Layout
from kiosk.ui.profile import PROFILES, Profile

from .matrix import breaches, ruler

KNOWN: dict[tuple[str, str], str] = {}
EVERY = [
    pytest.param(
        rule,
        profile,
        id=f"{rule} on {profile}",
        marks=[pytest.mark.xfail(strict=True, reason=KNOWN[rule, profile])]
        if (rule, profile) in KNOWN
        else [],
    )
    for rule in RULES
    for profile in PROFILES
]
EACH = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
ENGLISH = dict(screens("en"))


def laid(name: str, profile: Profile, page: int = 0) -> Layout:
    return arrange(ENGLISH[name], profile, ruler(profile.name).measure, page)


@pytest.mark.parametrize(("rule", "profile"), EVERY)
def test_every_screen_keeps_the_rule(rule: str, profile: str) -> None:
    found = breaches(profile)[rule]
    assert not found, f"{len(found)} times, such as\n" + "\n".join(found[:20])


@EACH
@pytest.mark.parametrize("modes", [(), ("extra-large",)], ids=["normal", "extra-large"])
def test_the_help_bar_stays_where_it_is_from_screen_to_screen(
    profile: Profile, modes: tuple[str, ...]
) -> None:
    measure = ruler(profile.name).measure
    places = {_bar(arrange(view, profile, measure)) for _, view in screens("en", *modes)}
    assert len(places - {()}) == 1


def _bar(layout: Layout) -> tuple[tuple[str, Box], ...]:
    return tuple((p.node.id, p.box) for p in layout.placed if p.node.region is Region.HELP)


@EACH
def test_help_is_first_in_reading_direction(profile: Profile) -> None:
    first = min(_bar(laid("needs, 0", profile)), key=lambda place: place[1].x)
    assert first[0] == "help"
    arabic = arrange(dict(screens("ar"))["needs, 0"], profile, ruler(profile.name).measure)
    last = max(_bar(arabic), key=lambda place: place[1].x)
    assert last[0] == "help"


@EACH
def test_a_page_past_the_last_is_the_last(profile: Profile) -> None:
    pages = laid("done, every need", profile).pages
    assert laid("done, every need", profile, 99) == laid("done, every need", profile, pages - 1)


@EACH
def test_the_same_view_gives_the_same_layout(profile: Profile) -> None:
    assert laid("still-right, phone 101", profile) == laid("still-right, phone 101", profile)


@pytest.mark.parametrize("name", ["portrait-21", "wide-15"])
def test_a_large_screen_shows_every_question_at_once_in_normal_text(name: str) -> None:
    for screen in ENGLISH:
        if screen != "done, every need":
            assert laid(screen, PROFILES[name]).pages == 1, screen


def test_hands_are_low_and_eyes_are_high_on_a_high_screen() -> None:
    high = PROFILES["portrait-21"]
    for screen, view in ENGLISH.items():
        boxes = laid(screen, high).bounds()
        heading = boxes["heading"]
        for node in view.nodes:
            if node.region is Region.ACTION and node.id in boxes:
                assert boxes[node.id].y > heading.bottom, screen
                assert boxes[node.id].y > high.height_mm / 2, screen


@EACH
def test_a_demonstration_says_so_above_everything_else(profile: Profile) -> None:
    at = start("en")
    shown = replace(at, policy=at.policy.model_copy(update={"demo": True}))
    view = present(step_of(CHECK_IN, "welcome"), shown)
    layout = arrange(view, profile, ruler(profile.name).measure)
    plain = laid("welcome, live", profile)
    demo = layout.bounds()["demo"]
    assert {id_: box for id_, box in layout.bounds().items() if id_ != "demo"} == plain.bounds()
    assert all(demo.bottom <= box.y for box in plain.bounds().values())
    assert "demo" not in plain.bounds()


def test_a_view_without_a_help_bar_uses_the_whole_screen() -> None:
    profile = PROFILES["portrait-21"]
    assert not _bar(laid("out-of-order, online", profile))
    assert laid("out-of-order, online", profile).ground == ()


def test_nothing_depends_on_the_direction_but_the_mirror() -> None:
    profile = PROFILES["portrait-21"]
    view = replace(ENGLISH["needs, 0"], direction="rtl")
    there = arrange(view, profile, ruler(profile.name).measure)
    here = laid("needs, 0", profile)
    for id_, box in here.bounds().items():
        mirrored = there.bounds()[id_]
        assert mirrored.x == pytest.approx(profile.width_mm - box.right)
        assert (mirrored.y, mirrored.w, mirrored.h) == (box.y, box.w, box.h)
