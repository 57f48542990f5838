"""A keypad's keys become actions, once a press, also after it was unplugged."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from kiosk.devices.keypad import Keypad
from kiosk.devices.keypads import Profile
from kiosk.domain.action import Action

from .pipe_keyboard import DROPPED, PipeKeyboard, PipeKeyboards, down, event, press, up

UP, DOWN, ENTER, PLUG, PULL = 103, 108, 28, 185, 186
PROFILE = Profile.model_validate(
    {
        "name": "test",
        "keys": {"KEY_UP": "previous", "KEY_DOWN": "next", "28": "select"},
        "jack": {"in": "KEY_F15", "out": "KEY_F16"},
    }
)


@dataclass
class Heard:
    actions: "queue.Queue[Action]" = field(default_factory=queue.Queue)
    jack: "queue.Queue[bool]" = field(default_factory=queue.Queue)

    def until(self, last: Action) -> list[Action]:
        """Return the actions up to `last`, which the test makes the last one."""
        heard = [self.actions.get(timeout=5)]
        while heard[-1] is not last:
            heard.append(self.actions.get(timeout=5))
        return heard


@contextmanager
def listening(keyboards: PipeKeyboards, heard: Heard) -> Iterator[Keypad]:
    keypad = Keypad(keyboards, PROFILE, heard.actions.put, heard.jack.put)
    keypad.start()
    try:
        yield keypad
    finally:
        keypad.stop()


def told(data: bytes) -> list[Action]:
    """Return what these bytes make of a keypad, without the select that ends them."""
    keyboard, heard = PipeKeyboard(), Heard()
    with listening(PipeKeyboards(a=keyboard), heard):
        keyboard.press(data + press(ENTER, at=1e6))
        return heard.until(Action.SELECT)[:-1]


def test_o_01_each_key_of_the_profile_is_its_action_by_name_or_number() -> None:
    keyboard, heard = PipeKeyboard(), Heard()
    with listening(PipeKeyboards(a=keyboard), heard):
        keyboard.press(press(UP, at=1) + press(DOWN, at=2) + press(ENTER, at=3))
        assert heard.until(Action.SELECT) == [Action.PREVIOUS, Action.NEXT, Action.SELECT]


def test_a_key_acts_when_it_goes_down() -> None:
    assert told(down(DOWN, at=1) + up(DOWN, at=9)) == [Action.NEXT]


def test_keys_the_profile_does_not_know_do_nothing() -> None:
    assert told(press(30, at=1) + press(125, at=2)) == []


def test_o_04_a_held_key_acts_once() -> None:
    held = b"".join(event(1, DOWN, 2, at / 10) for at in range(10, 100))
    assert told(down(DOWN, at=0.5) + held + up(DOWN, at=10)) == [Action.NEXT]


def test_o_05_a_slip_is_ignored_as_long_as_the_profile_says() -> None:
    twice = press(DOWN, at=1.0) + press(DOWN, at=1.2)
    assert told(twice + press(DOWN, at=1.5)) == [Action.NEXT, Action.NEXT]


def test_o_05_the_guard_can_be_set_to_half_a_second_and_is_reset_after_the_session() -> None:
    keyboard, heard = PipeKeyboard(), Heard()
    with listening(PipeKeyboards(a=keyboard), heard) as keypad:
        keypad.guard = 0.5
        keyboard.press(press(DOWN, at=1.0) + press(DOWN, at=1.4) + press(ENTER, at=2))
        assert heard.until(Action.SELECT) == [Action.NEXT, Action.SELECT]
        keypad.reset()
        assert keypad.guard == PROFILE.double_ms / 1000
        keyboard.press(press(DOWN, at=3.0) + press(DOWN, at=3.4) + press(ENTER, at=4))
        assert heard.until(Action.SELECT) == [Action.NEXT, Action.NEXT, Action.SELECT]


def test_o_06_two_keys_at_once_are_the_first() -> None:
    both = down(DOWN, at=1) + down(UP, at=1.1) + up(DOWN, at=1.2) + up(UP, at=1.3)
    assert told(both) == [Action.NEXT]


def test_after_lost_events_nothing_is_held_and_the_broken_report_is_skipped() -> None:
    lost = DROPPED + event(1, UP, 1, at=1.1) + event(0, 0, 0)
    assert told(down(DOWN, at=1) + lost + press(UP, at=1.2)) == [Action.NEXT, Action.PREVIOUS]


def test_a_keypad_of_several_devices_is_one_keypad() -> None:
    keys, volume, heard = PipeKeyboard(), PipeKeyboard(), Heard()
    with listening(PipeKeyboards(keys=keys, volume=volume), heard):
        volume.press(press(DOWN, at=1))
        assert heard.actions.get(timeout=5) is Action.NEXT
        keys.press(press(UP, at=2))
        assert heard.actions.get(timeout=5) is Action.PREVIOUS


def test_the_device_is_grabbed_and_one_that_cannot_be_is_not_read() -> None:
    busy, heard = PipeKeyboard(busy=True), Heard()
    busy.press(press(DOWN))
    keyboard = PipeKeyboard()
    with listening(PipeKeyboards(busy=busy, a=keyboard), heard) as keypad:
        keyboard.press(press(ENTER))
        assert heard.until(Action.SELECT) == [Action.SELECT]
        assert keypad.live
    assert keyboard.done == ["grab", "close"]
    assert busy.done[:2] == ["grab", "close"]


def test_a_keypad_may_be_unplugged_with_a_key_down_and_plugged_in_again() -> None:
    first, second, heard = PipeKeyboard(), PipeKeyboard(), Heard()
    keyboards = PipeKeyboards(a=first)
    with listening(keyboards, heard):
        first.press(down(DOWN, at=1))
        assert heard.actions.get(timeout=5) is Action.NEXT
        keyboards.plugged["a"] = second
        first.unplug()
        second.press(press(UP, at=1.1))
        assert heard.actions.get(timeout=5) is Action.PREVIOUS


def test_s_16_jack_keys_tell_of_the_headset_and_are_no_fingers() -> None:
    keyboard, heard = PipeKeyboard(), Heard()
    with listening(PipeKeyboards(a=keyboard), heard) as keypad:
        assert not keypad.plugged
        keyboard.press(down(DOWN, at=1) + press(PLUG, at=1) + press(PLUG, at=1) + press(PULL, at=1))
        assert [heard.jack.get(timeout=5) for _ in range(2)] == [True, False]
        keyboard.press(press(PLUG, at=2))
        assert heard.jack.get(timeout=5)
        assert keypad.plugged
        assert heard.jack.empty()


def test_s_09_a_keypad_that_is_unplugged_takes_its_headset_along() -> None:
    keyboard, heard = PipeKeyboard(), Heard()
    keyboards = PipeKeyboards(a=keyboard)
    with listening(keyboards, heard) as keypad:
        keyboard.press(press(PLUG))
        assert heard.jack.get(timeout=5)
        keyboards.plugged.clear()
        keyboard.unplug()
        assert heard.jack.get(timeout=5) is False
        assert not keypad.plugged


def test_a_callback_that_fails_does_not_end_the_listening(
    caplog: pytest.LogCaptureFixture,
) -> None:
    keyboard, heard = PipeKeyboard(), Heard()

    def fail_first(action: Action) -> None:
        heard.actions.put(action)
        if action is Action.NEXT:
            raise RuntimeError("Jane Sample")

    keypad = Keypad(PipeKeyboards(a=keyboard), PROFILE, fail_first)
    keypad.start()
    keyboard.press(press(DOWN, at=1) + press(ENTER, at=2))
    assert heard.until(Action.SELECT) == [Action.NEXT, Action.SELECT]
    keypad.stop()
    assert "keypad.callback-failed fault=RuntimeError" in caplog.text
    assert "Jane" not in caplog.text
