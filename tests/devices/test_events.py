"""Kernel events are read whole, however their bytes are cut."""

import struct
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.events import Event, Events

from .pipe_keyboard import event


@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=20))
def test_where_bytes_are_cut_changes_nothing(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(data)]
    parts = [data[a:b] for a, b in pairwise(edges)]
    cut = Events()
    assert [one for part in parts for one in cut.read(part)] == list(Events().read(data))


@given(st.binary(max_size=400))
def test_any_bytes_give_one_event_for_each_whole_one(data: bytes) -> None:
    assert len(list(Events().read(data))) == len(data) // struct.calcsize("llHHi")


def test_time_type_code_and_value_are_told() -> None:
    assert list(Events().read(event(1, 193, 2, 1.5))) == [Event(1.5, 1, 193, 2)]
