"""One switch: the kiosk goes through every item by itself and selects only when pressed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.switches import Pace, Scan
from kiosk.domain.action import Action

PACES = st.builds(
    Pace,
    dwell=st.floats(0.5, 10.0),
    first=st.floats(1.0, 3.0),
    rounds=st.integers(1, 4),
)
COUNTS = st.integers(0, 12)


def ticked(scan: Scan) -> tuple[Scan, Action | None]:
    assert scan.due is not None
    return scan.tick(scan.due)


@given(PACES, st.integers(2, 12))
def test_every_item_is_visited_in_each_round(pace: Pace, count: int) -> None:
    scan, visited = Scan(pace, count, 0.0), list[int]()
    while not scan.resting:
        visited.append(scan.at)
        scan, action = ticked(scan)
        assert action is Action.NEXT
    assert visited == list(range(count)) * pace.rounds
    assert scan.at == 0


@given(PACES, COUNTS, st.lists(st.floats(0, 100), max_size=60))
def test_nothing_is_selected_without_a_press(pace: Pace, count: int, waits: list[float]) -> None:
    scan, now = Scan(pace, count, 0.0), 0.0
    for wait in waits:
        now += wait
        scan, action = scan.tick(now)
        assert action in (None, Action.NEXT)


@given(PACES, COUNTS, st.lists(st.tuples(st.floats(0, 100), st.sampled_from("tps")), max_size=60))
def test_any_use_keeps_the_scan_on_an_item_and_selects_once_a_press(
    pace: Pace, count: int, uses: list[tuple[float, str]]
) -> None:
    scan, now, focus = Scan(pace, count, 0.0), 0.0, 0
    for wait, use in uses:
        now += wait
        before, action = scan, None
        if use == "t":
            scan, action = scan.tick(now)
        elif use == "p":
            scan, action = scan.press(now)
        else:
            scan = scan.stay(now)
        focus = (focus + (action is Action.NEXT)) % max(count, 1)
        assert scan.at == focus
        assert (action is Action.SELECT) is (use == "p" and not before.resting and count > 0)


@given(PACES, st.integers(2, 12), st.floats(0, 1000))
def test_a_late_tick_passes_over_no_item(pace: Pace, count: int, late: float) -> None:
    scan = Scan(pace, count, 0.0)
    assert scan.due is not None
    moved, action = scan.tick(scan.due + late)
    assert (moved.at, action) == (1, Action.NEXT)
    assert moved.tick(moved.since) == (moved, None)


@given(PACES, st.integers(2, 12))
def test_the_first_item_stays_longest(pace: Pace, count: int) -> None:
    first = Scan(pace, count, 0.0)
    second = replace(first, at=1)
    assert first.due == pace.dwell * pace.first
    assert second.due == pace.dwell <= first.due


def test_it_rests_after_some_rounds_and_the_press_that_wakes_it_selects_nothing() -> None:
    scan = Scan(Pace(rounds=2), 3, 0.0)
    for _ in range(6):
        scan, _ = ticked(scan)
    assert scan.resting
    assert scan.due is None
    assert scan.tick(1e9) == (scan, None)
    scan, action = scan.press(100.0)
    assert (action, scan.resting, scan.at) == (None, False, 0)
    assert scan.press(101.0)[1] is Action.SELECT


def test_a_press_in_time_starts_counting_the_rounds_anew() -> None:
    scan = Scan(Pace(rounds=2), 2, 0.0)
    for _ in range(3):
        scan, _ = ticked(scan)
    scan, action = scan.press(50.0)
    assert (action, scan.rounds) == (Action.SELECT, 0)


def test_while_an_item_is_spoken_the_scan_stays_on_it() -> None:
    scan = Scan(Pace(dwell=1.0, first=1.0), 2, 0.0).stay(5.0)
    assert scan.tick(5.9) == (scan, None)
    assert scan.tick(6.0)[1] is Action.NEXT


@pytest.mark.parametrize("count", [0, 1])
def test_where_there_is_no_choice_nothing_moves(count: int) -> None:
    scan = Scan(Pace(), count, 0.0)
    assert scan.due is None
    assert scan.press(1.0)[1] is (Action.SELECT if count else None)


@pytest.mark.parametrize("wrong", [{"dwell": 0.4}, {"dwell": 11.0}, {"first": 0.5}, {"rounds": 0}])
def test_a_pace_nobody_could_follow_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        replace(Pace(), **wrong)  # type: ignore[arg-type]
