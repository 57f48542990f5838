"""Whole check-ins on the real state machine; whoever cannot finish one is a violation."""

import pytest

from kiosk.domain.mode import MODES
from kiosk.intake.flows import CHECK_IN
from kiosk.intake.step import Step
from kiosk.intake.tell import OVERLAYS
from kiosk.tools.audit import walks
from kiosk.tools.audit.bodies import Ears, Finger, Keypad
from kiosk.tools.audit.found import MODE_NAMES, Combination
from kiosk.tools.audit.lobby import Lobby
from kiosk.tools.audit.matrix import combinations, offered, sample
from kiosk.tools.audit.plan import Plan
from kiosk.tools.audit.ruler import Ruler
from kiosk.tools.audit.screens import screens
from kiosk.tools.audit.walks import Walk, left, unheard, walk
from kiosk.tools.audit.world import World, tags, world
from kiosk.ui.profile import PROFILES

ENGLISH, HINDI = world("en"), world("hi")
PANEL = PROFILES["panel-7"]
MEASURE = Ruler(PANEL.px_per_mm).measure


@pytest.mark.parametrize("way", ["touch", "keys", "speech"])
@pytest.mark.parametrize("made", [ENGLISH, HINDI, world("en-XA")], ids=lambda w: str(w.tag))
def test_o_01_a_check_in_is_done_in_every_way(made: World, way: str) -> None:
    gone = walk(made, "default", PANEL, way, MEASURE)
    assert gone.breaches == []
    assert {"name", "birth-date", "needs", "group", "who", "keep-needs", "done"} <= {
        *gone.lobby.steps
    }


@pytest.mark.parametrize("mode", MODE_NAMES)
def test_o_01_a_check_in_is_done_in_every_mode(mode: str) -> None:
    high = PROFILES["portrait-21"]
    ruler = Ruler(high.px_per_mm)
    for way in walks.ways(ENGLISH):
        assert walk(ENGLISH, mode, high, way, ruler.measure).breaches == [], way


def test_a_language_without_a_voice_has_no_walk_by_speech() -> None:
    assert walks.ways(world("fil")) == ("touch", "keys")


def test_every_step_of_a_walk_is_among_the_screens() -> None:
    seen = {view.step for _, view in screens(ENGLISH.setting(frozenset(), PANEL))}
    for way in walks.ways(HINDI):
        assert set(walk(HINDI, "larger", PANEL, way, MEASURE).lobby.steps) <= seen
    asked: tuple[Step, ...] = CHECK_IN
    assert {step.id for step in asked} | set(OVERLAYS) <= seen


def test_o_01_who_does_not_get_on_is_a_violation() -> None:
    lobby = Lobby(ENGLISH, PANEL)
    lost = Walk(lobby, Plan("en", "low-reach"), "touch")  # the panel has no such mode
    lost.go(Finger(lobby, PANEL, MEASURE))
    assert [(one.rule, one.said) for one in lost.breaches] == [
        ("O-01", "by touch, on ways: there is no way-low-reach")
    ]


class Deaf(Ears):
    """Ears that hear no button."""

    def _heard(self, name: str) -> bool:
        return name != "I have no code" and super()._heard(name)


class Weak(Keypad):
    """A thumb that never selects anything."""

    def use(self, node: object) -> str:
        assert node
        return "no key leads there"


@pytest.mark.parametrize("body", [Deaf, Weak])
def test_o_01_what_nothing_says_or_no_key_reaches_is_a_violation(body: type[Keypad]) -> None:
    lobby = Lobby(ENGLISH, PANEL)
    lost = Walk(lobby, Plan("en", "default"), "speech")
    lost.go(body(lobby, ENGLISH))
    assert [one.rule for one in lost.breaches] == ["O-01"]


def test_o_01_a_check_in_that_never_ends_is_a_violation() -> None:
    lobby = Lobby(ENGLISH, PANEL)

    class Idle(Finger):
        def use(self, node: object) -> str:
            assert node
            return ""

    lost = Walk(lobby, Plan("en", "default"), "touch")
    lost.go(Idle(lobby, PANEL, MEASURE))
    assert [one.said for one in lost.breaches] == [
        "by touch, on welcome: the check-in does not end"
    ]


def test_o_10_what_stays_for_the_next_person_is_a_violation() -> None:
    lobby = Lobby(HINDI, PANEL)
    assert list(left(lobby, "keys")) == []
    for node in ("ways", "way-larger", "go-on", "language", "language-hi"):
        lobby.press(node)
    assert [one.rule for one in left(lobby, "keys")] == ["O-10", "O-10"]


def test_s_03_a_last_screen_that_is_not_read_is_a_violation() -> None:
    gone = walk(ENGLISH, "default", PANEL, "touch", MEASURE)
    done = dict(screens(ENGLISH.setting(frozenset(), PANEL)))["done, in-time"]
    assert {one.rule for one in unheard(done, Ears(gone.lobby, ENGLISH))} == {"S-03"}


def test_the_matrix_has_every_language_mode_and_profile_once() -> None:
    every = combinations("all", "all", "all")
    assert len(every) == len(set(every)) == len(tags()) * len(MODE_NAMES) * len(PROFILES)
    assert tags()[0] == "en"
    assert tags()[-1] == "en-XA"
    assert {*MODE_NAMES} == {"default", *MODES} - {"private-aloud"}


def test_a_sample_covers_it_evenly_and_is_always_the_same() -> None:
    every = [one for one in combinations("all", "all", "all") if offered()(one)]
    few = sample(every)
    assert few == sample(every)
    pairs = {(one.language, one.profile) for one in every}
    assert {(one.language, one.profile) for one in few} == pairs
    assert len(few) == len(pairs)
    counts = {mode: sum(one.mode == mode for one in few) for mode in MODE_NAMES}
    assert max(counts.values()) - min(counts.values()) <= 2


def test_a_sample_of_one_language_still_meets_every_mode() -> None:
    few = sample([Combination("en", mode, "portrait-21") for mode in MODE_NAMES])
    assert {one.mode for one in few} == set(MODE_NAMES)
