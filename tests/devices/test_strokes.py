"""Presses are judged by rules for hands that shake, hold on, or rest on the keys."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.strokes import STUCK, Key, Rules, Stroke, StrokeReader, Verdict

from .pipe_keyboard import DROPPED, event

A, B = Key("keys", 30), Key("keys", 48)
VOLUME = Key("volume", 115)
TAKEN, AGAIN, TOGETHER = Verdict.TAKEN, Verdict.AGAIN, Verdict.TOGETHER


def tapped(rules: Rules, key: Key, at: float, held: float = 0.05) -> Verdict:
    verdict = rules.press(key, at)
    rules.release(key, at + held)
    return verdict


def test_o_05_two_presses_within_the_guard_are_one() -> None:
    rules = Rules(guard=0.5)
    assert [tapped(rules, A, at) for at in (0.0, 0.4, 0.6)] == [TAKEN, AGAIN, TAKEN]


def test_o_05_the_guard_can_be_half_a_second_and_more_while_running() -> None:
    rules = Rules(guard=0.0)
    assert [tapped(rules, A, at) for at in (0.0, 0.06)] == [TAKEN, TAKEN]
    rules.guard = 2.0
    assert [tapped(rules, A, at) for at in (1.9, 2.2)] == [AGAIN, TAKEN]


def test_o_05_a_key_that_bounces_when_it_is_let_go_counts_once() -> None:
    rules = Rules(guard=0.25)
    assert [tapped(rules, A, 0.0, held=1.5), tapped(rules, A, 1.6)] == [TAKEN, AGAIN]


def test_o_05_slips_do_not_lock_a_key_for_longer() -> None:
    rules = Rules(guard=0.25)
    verdicts = [tapped(rules, A, at, held=0.01) for at in (0.0, 0.2, 0.3)]
    assert verdicts == [TAKEN, AGAIN, TAKEN]


def test_o_05_another_key_counts_at_once() -> None:
    rules = Rules(guard=2.0)
    assert [tapped(rules, key, at) for key, at in ((A, 0.0), (B, 0.1), (A, 0.2))] == [TAKEN] * 3


@pytest.mark.parametrize("other", [B, VOLUME])
def test_o_06_of_two_keys_held_at_once_the_first_counts(other: Key) -> None:
    rules = Rules()
    assert [rules.press(A, 0.0), rules.press(other, 0.1)] == [TAKEN, TOGETHER]
    rules.release(A, 0.2)
    rules.release(other, 0.3)
    assert rules.press(other, 0.4) is TAKEN


def test_a_hand_that_rests_on_a_key_does_not_lock_the_others_for_good() -> None:
    rules = Rules()
    rules.press(A, 0.0)
    assert [rules.press(B, STUCK - 0.1), rules.press(VOLUME, 2 * STUCK)] == [TOGETHER, TAKEN]


def test_a_clock_that_is_set_back_locks_nothing() -> None:
    rules = Rules()
    tapped(rules, A, 1e9)
    rules.press(B, 1e9)
    assert rules.press(A, 5.0) is TAKEN


def test_a_device_that_is_gone_holds_no_key() -> None:
    rules = Rules()
    rules.press(A, 0.0)
    rules.clear("volume")
    assert rules.press(B, 0.1) is TOGETHER
    rules.clear("keys")
    assert rules.press(VOLUME, 0.2) is TAKEN


KEYS = st.sampled_from([A, B, VOLUME])
MOVES = st.lists(st.tuples(KEYS, st.booleans(), st.floats(0.001, 1.0)), max_size=60)


@given(MOVES, st.floats(0.0, 2.0))
def test_o_05_the_same_key_never_counts_twice_in_a_row_within_the_guard(
    moves: list[tuple[Key, bool, float]], guard: float
) -> None:
    rules, now, taken = Rules(guard), 0.0, list[tuple[Key, float]]()
    for key, goes_down, later in moves:
        now += later
        if not goes_down:
            rules.release(key, now)
        elif rules.press(key, now) is TAKEN:
            taken.append((key, now))
    for (key, at), (following, later) in pairwise(taken):
        assert key != following or later - at >= guard


@given(MOVES)
def test_a_press_after_three_quiet_seconds_always_counts(
    moves: list[tuple[Key, bool, float]],
) -> None:
    rules, now = Rules(guard=2.0), 0.0
    for key, goes_down, later in moves:
        now += later
        rules.press(key, now) if goes_down else rules.release(key, now)
    assert rules.press(A, now + STUCK + 0.001) is TAKEN


@given(st.lists(st.binary(max_size=200), max_size=6), st.booleans())
def test_no_bytes_break_the_reader_wherever_they_are_cut(parts: list[bytes], lose: bool) -> None:
    whole, cut = list[Stroke](), list[Stroke]()
    data = b"".join(parts)
    one = StrokeReader("a", Rules(), (), whole.append, lambda: None)
    other = StrokeReader("a", Rules(), (), cut.append, lambda: None)
    if lose:
        one.read(DROPPED)
        other.read(DROPPED)
    one.read(data)
    for part in parts:
        other.read(part)
    assert whole == cut


KINDS = st.tuples(st.sampled_from([0, 1]), st.sampled_from([0, 3, 30, 48]), st.integers(0, 2))


@given(st.lists(KINDS, max_size=80))
def test_o_04_only_a_key_that_goes_down_is_a_stroke(moves: list[tuple[int, int, int]]) -> None:
    strokes = list[Stroke]()
    reader = StrokeReader("a", Rules(), (), strokes.append, lambda: None)
    reader.read(b"".join(event(*move) for move in moves))
    assert len(strokes) <= sum(kind == 1 and value == 1 for kind, _, value in moves)
    assert {stroke.code for stroke in strokes} <= {0, 3, 30, 48}
