from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkin.quiet import Quiet
from kiosk.config import Idle

IDLE = Idle(after=60, after_assisted=300, warning=45, done=20)
START = Quiet(last=1000.0)


def test_the_warning_is_due_after_the_quiet_time_and_later_for_who_needs_it() -> None:
    assert not START.warn_due(1059.9, IDLE, assisted=False)
    assert START.warn_due(1060.0, IDLE, assisted=False)
    assert not START.warn_due(1299.9, IDLE, assisted=True)
    assert START.warn_due(1300.0, IDLE, assisted=True)


def test_a_warning_shows_once() -> None:
    assert not START.warn(1060.0).warn_due(5000.0, IDLE, assisted=False)


def test_a_sign_of_life_takes_the_warning_back() -> None:
    awake = START.warn(1060.0).active(1090.0)
    assert awake == Quiet(last=1090.0)
    assert not awake.warn_due(1149.0, IDLE, assisted=False)


@given(st.floats(0, 45))
def test_the_seconds_left_are_whole_and_reach_nothing_at_the_end(passed: float) -> None:
    left = START.warn(1060.0).left(1060.0 + passed, IDLE)
    assert 0 <= left <= 45
    assert (left == 0) == (1060.0 + passed >= 1105.0)


def test_the_last_screen_stands_three_times_as_long_for_who_needs_it() -> None:
    assert not START.done_due(1019.9, IDLE, assisted=False)
    assert START.done_due(1020.0, IDLE, assisted=False)
    assert not START.done_due(1059.9, IDLE, assisted=True)
    assert START.done_due(1060.0, IDLE, assisted=True)
