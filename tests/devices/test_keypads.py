"""Keypad profiles are data that is checked when it is read."""

from pathlib import Path

import pytest

from kiosk import config
from kiosk.devices import keypads
from kiosk.devices.keypads import Profile
from kiosk.domain.action import Action
from kiosk.errors import ConfigError
from kiosk.resources import shipped

FOLDER = shipped("assets", "keypads")
NAMES = keypads.names(FOLDER)
EACH = pytest.mark.parametrize("name", NAMES)
GOOD = {"name": "mine", "keys": {"KEY_UP": "next", "KEY_A": "select"}}


def test_the_promised_profiles_are_shipped() -> None:
    assert {"storm-audionav", "ez-access", "keyboard", "switches-2", "switch-1"} <= set(NAMES)


@EACH
def test_each_shipped_profile_is_named_like_its_file(name: str) -> None:
    assert keypads.read(name, FOLDER).name == name


@EACH
def test_o_01_each_shipped_profile_can_move_and_select(name: str) -> None:
    profile = keypads.read(name, FOLDER)
    actions = set(profile.actions.values())
    assert Action.SELECT in actions
    assert profile.scan is not (Action.NEXT in actions)


def test_o_01_a_keyboard_has_a_key_for_every_action() -> None:
    assert set(keypads.read("keyboard", FOLDER).actions.values()) == set(Action)


def test_keypads_with_sound_have_help_back_and_volume() -> None:
    wanted = {Action.HELP, Action.BACK, Action.PREVIOUS, Action.LOUDER, Action.QUIETER}
    for name in ("ez-access", "storm-audionav"):
        profile = keypads.read(name, FOLDER)
        assert wanted <= set(profile.actions.values())
        assert set(profile.jack_codes.values()) == {True, False}


@EACH
def test_each_shipped_profile_says_what_was_not_verified_unless_it_is_plain(name: str) -> None:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert name == "keyboard" or "NOT VERIFIED" in text or "as little verified" in text


def test_the_one_code_the_makers_manual_names_is_in_the_profile() -> None:
    assert keypads.read("storm-audionav", FOLDER).actions[keypads.code("KEY_F23")]


def test_o_05_the_guard_of_a_profile_goes_to_half_a_second_and_beyond() -> None:
    assert Profile.model_validate({**GOOD, "double_ms": 2000}).double_ms == 2000


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"keys": {"KEY_UP": "next"}}, "no key means select"),
        ({"keys": {"KEY_UP": "select"}}, "no key means next"),
        ({"keys": {"KEY_NOWHERE": "select"}}, "there is no key 'KEY_NOWHERE'"),
        ({"keys": {"9999": "select"}}, "there is no key '9999'"),
        ({"keys": {"KEY_UP": "dance"}}, "keys.KEY_UP"),
        ({"keys": {"KEY_UP": "next", "103": "select"}}, "KEY_UP stands there twice"),
        ({"jack": {"in": "KEY_A", "out": "KEY_B"}}, "KEY_A stands there twice"),
        ({"double_ms": 9000}, "double_ms"),
        ({"devices": ["Storm"]}, "devices"),
        ({"sound": True}, "there is no such setting"),
    ],
)
def test_a_wrong_profile_is_refused_by_name(changed: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        config.parse({**GOOD, **changed}, Profile, "mine.toml")


def test_one_switch_needs_no_key_to_move() -> None:
    profile = Profile.model_validate({"name": "x", "scan": True, "keys": {"KEY_1": "select"}})
    assert profile.scan


def test_a_practice_may_bring_its_own_file(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('name = "ours"\n[keys]\nKEY_A = "next"\n48 = "select"\n')
    assert keypads.read(str(path), FOLDER).actions == {30: Action.NEXT, 48: Action.SELECT}


@pytest.mark.parametrize("name", ["nothing", "../keypads/keyboard", "", "."])
def test_an_unknown_profile_is_answered_with_the_known_ones(name: str) -> None:
    with pytest.raises(ConfigError, match="ez-access, keyboard, storm-audionav"):
        keypads.read(name, FOLDER)


def test_no_device_is_read_that_nobody_named() -> None:
    profile = Profile.model_validate(GOOD)
    with pytest.raises(ConfigError, match=r"keypad\.devices"):
        keypads.allowed(profile)
    assert keypads.allowed(profile, ("0c2e:0b61",)) == ("0c2e:0b61",)


def test_the_profiles_own_devices_are_read_unless_others_are_named() -> None:
    profile = Profile.model_validate({**GOOD, "devices": ["1111:2222"]})
    assert keypads.allowed(profile) == ("1111:2222",)
    assert keypads.allowed(profile, ("3333:4444",)) == ("3333:4444",)


def test_keys_have_names_and_numbers() -> None:
    assert (keypads.code("KEY_F23"), keypads.key_name(193)) == (193, "KEY_F23")
    assert keypads.code(keypads.key_name(767)) == 767
