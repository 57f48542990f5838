"""How long until called: honest, or nothing."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.fold import Visit
from kiosk.desk.wait import ENOUGH, estimate
from kiosk.domain.appointment import VisitStatus

from .support import NOON


def seen(*waits: float) -> list[Visit]:
    return [
        Visit(
            str(number),
            VisitStatus.IN_PROGRESS,
            arrived_at=NOON + timedelta(hours=9 * number),
            seen_at=NOON + timedelta(hours=9 * number, minutes=wait),
        )
        for number, wait in enumerate(waits)
    ]


def test_nothing_is_promised_before_three_were_seen() -> None:
    assert estimate(seen(5, 10), NOON) is None
    waiting = Visit("w", VisitStatus.ARRIVED, arrived_at=NOON)
    assert estimate([*seen(5, 10), waiting], NOON) is None


def test_the_range_holds_the_newest_waits_rounded_outwards_to_five_minutes() -> None:
    found = estimate(seen(90, 12, 16, 13, 14, 21), NOON)
    assert found
    assert (found.low, found.high, found.at) == (10, 25, NOON)


@given(st.lists(st.integers(0, 300), min_size=ENOUGH, max_size=5))
def test_the_range_is_never_empty_and_always_in_fives(waits: list[int]) -> None:
    found = estimate(seen(*waits), NOON)
    assert found
    assert 0 <= found.low < found.high
    assert found.low % 5 == found.high % 5 == 0
    assert found.low <= min(waits) <= max(waits) <= found.high
