"""Characters become codes by Enter or by silence."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.line import SILENCE, Line


def test_enter_completes_a_code_and_starts_the_next() -> None:
    line = Line()
    assert [line.add(character, 0.0) for character in "ab\r\nc\r"] == [
        None, None, "ab", None, None, "c",
    ]  # fmt: skip


def test_silence_completes_a_code_once() -> None:
    line = Line()
    line.add("a", 1.0)
    assert line.quiet(1.0 + SILENCE / 2) is None
    assert line.quiet(1.0 + SILENCE * 1.1) == "a"
    assert line.quiet(9.0) is None


def test_a_gap_forgets_what_was_typed() -> None:
    line = Line()
    line.add("a", 1.0)
    line.clear()
    assert line.add("\r", 1.0) is None


@given(st.text(max_size=2000))
def test_a_code_is_never_longer_than_the_limit(text: str) -> None:
    line = Line()
    done = [line.add(character, 0.0) for character in text + "\r"]
    assert all(len(code) <= 300 for code in done if code)
