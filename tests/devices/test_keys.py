"""Event bytes of a US keyboard become the characters a scanner meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.keys import DROPPED, Keys

from .pipe_keyboard import event, keystrokes, press

TYPEABLE = "".join(map(chr, range(32, 127))) + "\r"


@given(st.text(TYPEABLE, max_size=40), st.integers(1, 60))
def test_what_is_typed_is_read_however_the_bytes_are_cut(text: str, cut: int) -> None:
    data, keys = keystrokes(text), Keys()
    parts = [data[i : i + cut] for i in range(0, len(data), cut)]
    assert "".join(ch for part in parts for ch in keys.typed(part)) == text


@given(st.binary(max_size=500))
def test_no_bytes_break_it(data: bytes) -> None:
    assert all(len(character) <= 1 for character in Keys().typed(data))


@pytest.mark.parametrize("code", [1, 29, 56, 59, 88, 99, 125, 183, 0x2FF])
def test_keys_of_the_system_type_nothing(code: int) -> None:
    assert list(Keys().typed(press(code))) == []


def test_auto_repeat_types_nothing() -> None:
    assert list(Keys().typed(event(1, 30, 2) * 5)) == []


def test_the_number_pad_types_numbers() -> None:
    data = b"".join(map(press, (79, 80, 81, 82, 96)))
    assert "".join(Keys().typed(data)) == "1230\r"


def test_lost_events_are_told() -> None:
    assert list(Keys().typed(press(30) + event(0, 3, 0) + press(48))) == ["a", DROPPED, "b"]
