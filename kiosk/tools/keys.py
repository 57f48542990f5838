"""A keypad for tours, journeys and the audit: a pipe that carries the kernel's own events."""

import os
import struct
import time
from pathlib import Path

from kiosk.devices import keypads
from kiosk.domain.action import Action
from kiosk.resources import shipped

_EVENT = struct.Struct("llHHi")  # input_event of linux/input.h
_BETWEEN = 0.6  # s


class Keys:
    """A keypad that is a pipe: presses go the whole way of a real one's events."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self._pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        actions = keypads.read("keyboard", shipped("assets", "keypads")).actions
        self._at = time.time()
        self._codes = {action: code for code, action in actions.items()}

    def press(self, action: Action) -> None:
        """Press and release the key of an action, as slowly as people do by the event's time."""
        self._at = max(self._at + _BETWEEN, time.time())
        seconds, micros = divmod(round(self._at * 1_000_000), 1_000_000)
        for value in (1, 0):
            key = _EVENT.pack(seconds, micros, 1, self._codes[action], value)
            os.write(self._pipe, key + _EVENT.pack(seconds, micros, 0, 0, 0))

    def close(self) -> None:
        """Pull it out."""
        os.close(self._pipe)
