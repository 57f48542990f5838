"""The kernel's `struct input_event`, from bytes that may be cut anywhere (linux/input.h)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

_EVENT = struct.Struct("llHHi")  # seconds, microseconds, type, code, value

SYN, KEY, SWITCH = 0, 1, 5
"""Types of events: marks between reports, keys, and things that are in or out."""

REPORT, DROPPED = 0, 3
"""Codes of SYN: the end of one report, and "some events were lost"."""

RELEASED, PRESSED, REPEATED = 0, 1, 2
"""Values of KEY."""


class Event(NamedTuple):
    """One event; `at` is the kernel's time in seconds, of a clock that may be set."""

    at: float
    kind: int
    code: int
    value: int


class Events:
    """Turns the bytes of one device into events; keeps an event that is not whole yet."""

    def __init__(self) -> None:
        self._rest = b""

    def read(self, data: bytes) -> Iterator[Event]:
        """Yield the events that these bytes complete."""
        data = self._rest + data
        whole = len(data) - len(data) % _EVENT.size
        self._rest = data[whole:]
        for seconds, micros, kind, code, value in _EVENT.iter_unpack(data[:whole]):
            yield Event(seconds + micros / 1e6, kind, code, value)
