"""All sources joined: each code once, in order, never while paused."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.hid import HidScanner
from kiosk.devices.scanner import HUSH, Offer, Scanner, Wanted

from .pipe_keyboard import PipeKeyboard, PipeKeyboards, keystrokes


class Hand:
    """A source whose codes are offered by the test."""

    def __init__(self) -> None:
        self.stopped = False

    def start(self, offer: Offer, wanted: Wanted) -> None:
        self.offer, self.wanted = offer, wanted

    def stop(self) -> None:
        self.stopped = True


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def scanning(*, watch: Watch) -> Iterator[tuple[Scanner, Hand, "queue.Queue[str]"]]:
    texts: queue.Queue[str] = queue.Queue()
    hand = Hand()
    scanner = Scanner([hand], texts.put, monotonic=watch)
    scanner.start()
    try:
        yield scanner, hand, texts
    finally:
        scanner.stop()
        assert hand.stopped


def test_a_code_that_is_still_held_up_is_delivered_once() -> None:
    with scanning(watch=(watch := Watch())) as (_, hand, texts):
        for _ in range(5):
            hand.offer("one")
            watch.now += HUSH / 6
        hand.offer("two")
        assert [texts.get(timeout=5), texts.get(timeout=5)] == ["one", "two"]
        assert texts.empty()


def test_the_same_code_counts_again_after_a_while() -> None:
    with scanning(watch=(watch := Watch())) as (_, hand, texts):
        hand.offer("one")
        watch.now += HUSH
        hand.offer("one")
        assert [texts.get(timeout=5), texts.get(timeout=5)] == ["one", "one"]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 4)), max_size=20))
def test_a_code_comes_again_only_after_it_was_out_of_view(shown: list[tuple[str, float]]) -> None:
    seen: tuple[str, float] = ("", 0.0)
    watch = Watch()
    with scanning(watch=watch) as (_, hand, texts):
        for text, pause in shown:
            watch.now += pause
            hand.offer(text)
            if text != seen[0] or watch.now - seen[1] >= HUSH:
                assert texts.get(timeout=5) == text
            seen = (text, watch.now)
        assert texts.empty()


def test_a_code_still_held_up_when_the_first_screen_is_back_does_not_come_again() -> None:
    watch = Watch()
    with scanning(watch=watch) as (scanner, hand, texts):
        hand.offer("held")
        assert texts.get(timeout=5) == "held"
        scanner.paused = True
        watch.now += 30
        scanner.paused = False
        hand.offer("held")
        watch.now += HUSH
        hand.offer("held")
        assert texts.get(timeout=5) == "held"
        assert texts.empty()


def test_nothing_is_wanted_or_delivered_while_paused() -> None:
    with scanning(watch=Watch()) as (scanner, hand, texts):
        scanner.paused = True
        assert not hand.wanted()
        hand.offer("meanwhile")
        scanner.paused = False
        assert hand.wanted()
        hand.offer("after")
        assert texts.get(timeout=5) == "after"


def test_keys_typed_while_paused_do_not_come_later() -> None:
    texts: queue.Queue[str] = queue.Queue()
    keyboard = PipeKeyboard()
    scanner = Scanner([HidScanner(PipeKeyboards(a=keyboard))], texts.put)
    scanner.start()
    try:
        keyboard.press(keystrokes("before\r"))
        assert texts.get(timeout=5) == "before"
        scanner.paused = True
        keyboard.press(keystrokes("meanwhile\rhalf"))
        with pytest.raises(queue.Empty):
            texts.get(timeout=0.5)
        scanner.paused = False
        keyboard.press(keystrokes("after\r"))
        assert texts.get(timeout=5) == "after"
    finally:
        scanner.stop()


def test_it_is_delivered_on_a_thread_of_its_own_and_a_fault_ends_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    threads: queue.Queue[str] = queue.Queue()

    def on_text(text: str) -> None:
        threads.put(threading.current_thread().name)
        raise LookupError(text)

    hand = Hand()
    scanner = Scanner([hand], on_text)
    scanner.start()
    hand.offer("canary-1")
    hand.offer("canary-2")
    assert [threads.get(timeout=5), threads.get(timeout=5)] == ["scanner", "scanner"]
    scanner.stop()
    assert "LookupError" in caplog.text
    assert "canary" not in caplog.text


def test_a_flood_of_codes_is_dropped_and_not_queued_for_ever() -> None:
    gate, texts = threading.Event(), []

    def on_text(text: str) -> None:
        gate.wait(10)
        texts.append(text)

    hand = Hand()
    scanner = Scanner([hand], on_text)
    scanner.start()
    for number in range(500):
        hand.offer(str(number))
    gate.set()
    scanner.stop()
    assert len(texts) < 20
