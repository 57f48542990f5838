"""Keyboard-like scanners are grabbed before they are read, and outlive unplugging."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.devices.hid import Attached, HidScanner

from .pipe_keyboard import PipeKeyboard, PipeKeyboards, event, keystrokes

CODE = "K1M10123456789ABCDEFGHJK1X"


@contextmanager
def scanning(keyboards: PipeKeyboards) -> Iterator["queue.Queue[str]"]:
    texts: queue.Queue[str] = queue.Queue()
    scanner = HidScanner(keyboards)
    scanner.start(texts.put, lambda: True)
    try:
        yield texts
    finally:
        scanner.stop()


def test_a_code_is_read_up_to_enter() -> None:
    keyboard = PipeKeyboard()
    with scanning(PipeKeyboards(a=keyboard)) as texts:
        keyboard.press(keystrokes(CODE + "\r" + "second\r"))
        assert [texts.get(timeout=5), texts.get(timeout=5)] == [CODE, "second"]


def test_a_code_without_enter_ends_by_silence() -> None:
    keyboard = PipeKeyboard()
    with scanning(PipeKeyboards(a=keyboard)) as texts:
        keyboard.press(keystrokes(CODE))
        assert texts.get(timeout=5) == CODE


def test_the_device_is_grabbed_before_a_key_is_read_and_given_back_at_the_end() -> None:
    keyboard = PipeKeyboard()
    with scanning(PipeKeyboards(a=keyboard)) as texts:
        keyboard.press(keystrokes(CODE + "\r"))
        texts.get(timeout=5)
        assert keyboard.done == ["grab"]
    assert keyboard.done == ["grab", "close"]


def test_a_device_that_cannot_be_grabbed_is_not_read() -> None:
    other, busy = PipeKeyboard(), PipeKeyboard(busy=True)
    busy.press(keystrokes("leak\r"))
    with scanning(PipeKeyboards(busy=busy, other=other)) as texts:
        other.press(keystrokes("fine\r"))
        assert texts.get(timeout=5) == "fine"
    assert busy.done[:2] == ["grab", "close"]
    assert texts.empty()


def test_a_code_with_lost_keys_is_thrown_away() -> None:
    keyboard = PipeKeyboard()
    with scanning(PipeKeyboards(a=keyboard)) as texts:
        keyboard.press(keystrokes("abc") + event(0, 3, 0) + keystrokes("def\r"))
        assert texts.get(timeout=5) == "def"


def test_a_scanner_may_be_unplugged_and_plugged_in_again() -> None:
    first, second = PipeKeyboard(), PipeKeyboard()
    keyboards = PipeKeyboards(a=first)
    with scanning(keyboards) as texts:
        first.press(keystrokes("one\r"))
        assert texts.get(timeout=5) == "one"
        keyboards.plugged["a"] = second
        first.unplug()
        second.press(keystrokes("two\r"))
        assert texts.get(timeout=5) == "two"
    assert first.done == ["grab", "close"]


def test_only_allowed_ids_are_opened(tmp_path: Path) -> None:
    for node, vendor, product in (("event0", "0c2e", "0b61"), ("event1", "046d", "c31c")):
        (tmp_path / node / "device" / "id").mkdir(parents=True)
        (tmp_path / node / "device" / "id" / "vendor").write_text(vendor + "\n")
        (tmp_path / node / "device" / "id" / "product").write_text(product + "\n")
    (tmp_path / "event2").mkdir()
    assert list(Attached(["0c2e:0b61"], tmp_path).paths()) == ["/dev/input/event0"]
    assert list(Attached([], tmp_path).paths()) == []
