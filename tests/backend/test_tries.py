import threading
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.backend.tries import MOST, Tries
from kiosk.errors import StorageError

TODAY, TOMORROW = date(2031, 5, 6), date(2031, 5, 7)


@pytest.fixture
def tries(tmp_path: Path) -> Tries:
    return Tries(tmp_path / "tries.db")


def test_the_third_wrong_date_locks_also_a_right_one(tries: Tries) -> None:
    assert [tries.settle("a", TODAY, right=False) for _ in range(4)] == [2, 1, 0, 0]
    assert tries.settle("a", TODAY, right=True) == 0


def test_a_right_date_uses_nothing_up_and_gives_nothing_back(tries: Tries) -> None:
    tries.settle("a", TODAY, right=False)
    assert tries.settle("a", TODAY, right=True) == 2
    assert tries.left("a", TODAY) == 2


def test_passes_and_days_are_counted_apart(tries: Tries) -> None:
    tries.settle("a", TODAY, right=False)
    assert tries.left("b", TODAY) == MOST
    assert tries.settle("a", TOMORROW, right=False) == 2


def test_the_desks_own_count_is_taken_over_but_never_lowered(tries: Tries) -> None:
    tries.learn("a", TODAY, 1)
    tries.learn("a", TODAY, 2)
    assert tries.left("a", TODAY) == 1
    tries.learn("b", TODAY, 3)
    assert tries.left("b", TODAY) == 3


def test_many_at_once_get_no_more_than_three_guesses(tries: Tries) -> None:
    left: list[int] = []
    threads = [
        threading.Thread(target=lambda: left.append(tries.settle("a", TODAY, right=False)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(left) == [0, 0, 0, 0, 0, 0, 1, 2]


@settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(guesses=st.lists(st.booleans(), max_size=6))
def test_whatever_the_order_three_wrong_ones_lock(tries: Tries, guesses: list[bool]) -> None:
    key = str(uuid4())
    for at, right in enumerate(guesses):
        wrong = guesses[: at + 1].count(False)
        assert tries.settle(key, TODAY, right=right) == max(0, MOST - wrong)


def test_a_count_that_cannot_be_kept_is_a_storage_fault(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        Tries(tmp_path / "missing" / "tries.db").settle("a", TODAY, right=True)
    (tmp_path / "tries.db").write_bytes(b"no database" * 1000)
    with pytest.raises(StorageError):
        Tries(tmp_path / "tries.db").left("a", TODAY)
