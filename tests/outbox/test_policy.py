from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.event import Reply
from kiosk.outbox.policy import State, backoff, grown, shrunk, state_after


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_the_wait_stays_below_a_ceiling_that_doubles_from_1_to_60_seconds(
    tries: int, chance: float
) -> None:
    ceiling = min(60.0, 2.0 ** min(tries - 1, 10))
    assert 0 <= backoff(tries, chance) < ceiling or backoff(tries, chance) == ceiling * chance


def test_the_ceiling_is_reached_and_kept() -> None:
    assert [backoff(tries, 0.999999) for tries in (1, 2, 3, 7, 500)] == pytest.approx(
        [1, 2, 4, 60, 60], rel=1e-3
    )


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("accepted", State.DELIVERED),
        ("duplicate", State.DELIVERED),
        ("refused", State.PARKED),
    ],
)
def test_a_reply_settles_an_event(outcome: str, state: State) -> None:
    reply = Reply.model_validate({"id": UUID(int=1), "outcome": outcome})
    assert state_after(reply) is state


@given(st.integers(1, 100))
def test_batches_shrink_until_an_event_is_alone_and_grow_back(size: int) -> None:
    assert 1 <= shrunk(size) <= size
    assert shrunk(shrunk(size)) == 1
    assert size <= grown(size, 100) <= 100
