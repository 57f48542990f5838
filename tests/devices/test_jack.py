"""A headset is noticed where it is plugged in, and its absence is the safe answer."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.jack import Headset, Jack, Sockets

from .pipe_keyboard import DROPPED, PipeSocket, PipeSockets, event, press


@contextmanager
def watching(sockets: PipeSockets) -> Iterator[tuple[Jack, "queue.Queue[bool]"]]:
    told: queue.Queue[bool] = queue.Queue()
    jack = Jack(sockets, told.put)
    jack.start()
    try:
        yield jack, told
    finally:
        jack.stop()


def test_s_16_plugging_in_and_pulling_out_are_told() -> None:
    socket = PipeSocket()
    with watching(PipeSockets(a=socket)) as (jack, told):
        socket.turn(plugged=True)
        assert told.get(timeout=5) is True
        assert jack.plugged
        socket.turn(plugged=False)
        assert told.get(timeout=5) is False
        assert not jack.plugged


def test_s_16_a_headset_that_was_in_before_is_told_at_once() -> None:
    with watching(PipeSockets(a=PipeSocket(state=True))) as (_, told):
        assert told.get(timeout=5) is True


def test_an_empty_socket_tells_nothing() -> None:
    socket = PipeSocket()
    with watching(PipeSockets(a=socket)) as (_, told):
        socket.press(press(30) + event(5, 4, 1) + event(0, 0, 0))
        socket.turn(plugged=True)
        assert told.get(timeout=5) is True
    assert told.get(timeout=5) is False
    assert told.empty()


def test_s_09_a_sound_card_that_is_unplugged_takes_its_headset_along() -> None:
    socket = PipeSocket(state=True)
    sockets = PipeSockets(a=socket)
    with watching(sockets) as (_, told):
        assert told.get(timeout=5) is True
        sockets.plugged.clear()
        socket.unplug()
        assert told.get(timeout=5) is False


def test_of_two_sockets_one_is_enough() -> None:
    one, two = PipeSocket(state=True), PipeSocket(state=True)
    with watching(PipeSockets(one=one, two=two)) as (jack, told):
        assert told.get(timeout=5) is True
        one.turn(plugged=False)
        two.turn(plugged=False)
        assert told.get(timeout=5) is False
        assert not jack.plugged
        assert told.empty()


def test_after_lost_events_the_socket_is_asked() -> None:
    socket = PipeSocket(state=True)
    with watching(PipeSockets(a=socket)) as (_, told):
        assert told.get(timeout=5) is True
        socket.state = False
        socket.press(DROPPED + event(5, 2, 1) + event(0, 0, 0))
        assert told.get(timeout=5) is False


def test_sockets_are_not_grabbed() -> None:
    socket = PipeSocket(state=True)
    with watching(PipeSockets(a=socket)) as (_, told):
        told.get(timeout=5)
    assert socket.done == ["close"]


def test_sockets_are_found_by_what_they_can_report(tmp_path: Path) -> None:
    for node, switches in (("event0", "0"), ("event1", "14"), ("event2", "1 0"), ("event3", "10")):
        (tmp_path / node / "device" / "capabilities").mkdir(parents=True)
        (tmp_path / node / "device" / "capabilities" / "sw").write_text(switches + "\n")
    (tmp_path / "event4").mkdir()
    assert list(Sockets(tmp_path).paths()) == ["/dev/input/event1"]


REPORTS = st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=30)


@given(REPORTS)
def test_a_headset_is_in_as_long_as_any_socket_says_so(reports: list[tuple[str, bool]]) -> None:
    told, used = [False], set[str]()
    headset = Headset(told.append)
    for socket, plugged in reports:
        headset.report(socket, plugged=plugged)
        (used.add if plugged else used.discard)(socket)
        assert headset.plugged is bool(used) is told[-1]
    assert all(a is not b for a, b in pairwise(told))
