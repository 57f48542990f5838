"""Scanners that pretend to be keyboards, read below the desktop with the device grabbed.

A printed code can hold any text. Grabbed (EVIOCGRAB), the device types for us alone: no code can
press a key of the system or leak into a text field. A device that cannot be grabbed is not read.
"""

import logging
import os
import select
import threading
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Protocol

from evdev import InputDevice

from kiosk.devices.keys import DROPPED, Keys
from kiosk.devices.line import SILENCE, Line
from kiosk.devices.scanner import Offer, Wanted
from kiosk.log import fact

log = logging.getLogger(__name__)
_RETRY = 1.0
_CHUNK = 4096
_NODES = Path("/sys/class/input")


class Keyboard(Protocol):
    """The part of `evdev.InputDevice` that is needed: an open device that can be grabbed."""

    fd: int

    def grab(self) -> None:
        """Take all events for this process alone; raises OSError when somebody else has it."""
        ...

    def close(self) -> None:
        """Let go and close."""
        ...


class Keyboards(Protocol):
    """Knows which keyboards are plugged in."""

    def paths(self) -> Collection[str]:
        """Return the device paths of the allowed ones."""
        ...

    def open(self, path: str) -> Keyboard:
        """Open one; raises OSError."""
        ...


class Attached:
    """The system's keyboards with an allowed `vendor:product` id (four hex digits each)."""

    def __init__(self, allowed: Collection[str], nodes: Path = _NODES) -> None:
        self._allowed = frozenset(allowed)
        self._nodes = nodes

    def paths(self) -> Collection[str]:
        """Look the ids up in /sys, so that no other keyboard is ever opened."""
        found = self._nodes.glob("event*")
        return sorted(f"/dev/input/{node.name}" for node in found if _id(node) in self._allowed)

    def open(self, path: str) -> Keyboard:
        """Open with evdev; raises OSError."""
        device: Keyboard = InputDevice(path)
        return device


def _id(node: Path) -> str:
    try:
        parts = [(node / "device" / "id" / part).read_text() for part in ("vendor", "product")]
    except OSError:
        return ""
    return ":".join(part.strip() for part in parts)


class _Held:
    """One grabbed keyboard and the code it is typing."""

    def __init__(self, keyboard: Keyboard) -> None:
        self.keyboard = keyboard
        self._keys = Keys()
        self._line = Line()

    def codes(self) -> Iterator[str]:
        """Yield the codes that the waiting bytes complete; raises OSError when it is gone."""
        data = os.read(self.keyboard.fd, _CHUNK)
        if not data:
            raise OSError("the keyboard is gone")
        now = time.monotonic()
        for character in self._keys.typed(data):
            if character == DROPPED:
                self._line.clear()
            elif text := self._line.add(character, now):
                yield text

    def quiet(self) -> Iterator[str]:
        """Yield the code that silence completes."""
        if text := self._line.quiet(time.monotonic()):
            yield text


class HidScanner:
    """Reads every allowed keyboard-like scanner, also ones plugged in later."""

    def __init__(self, keyboards: Keyboards) -> None:
        self._keyboards = keyboards
        self._held: dict[str, _Held] = {}
        self._refused: set[str] = set()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def live(self) -> bool:
        """Whether at least one scanner is grabbed."""
        return bool(self._held)

    def start(self, offer: Offer, wanted: Wanted) -> None:  # noqa: ARG002 - keys must be drained
        """Begin on a thread of its own."""
        self._thread = threading.Thread(target=self._run, args=(offer,), name="hid", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End and give the devices back."""
        self._stopping.set()
        if self._thread:
            self._thread.join()

    def _run(self, offer: Offer) -> None:
        look_again = 0.0
        while not self._stopping.is_set():
            if time.monotonic() >= look_again:
                self._adopt()
                look_again = time.monotonic() + _RETRY
            self._listen(offer)
        for path in list(self._held):
            self._held.pop(path).keyboard.close()

    def _adopt(self) -> None:
        paths = self._keyboards.paths()
        self._refused.intersection_update(paths)
        for path in paths:
            if path in self._held:
                continue
            try:
                self._held[path] = self._grabbed(path)
            except OSError as fault:
                self._refuse(path, fault)
            else:
                self._refused.discard(path)
                log.info(fact("hid.grabbed", device=path))

    def _grabbed(self, path: str) -> _Held:
        keyboard = self._keyboards.open(path)
        try:
            keyboard.grab()
        except OSError:
            keyboard.close()
            raise
        return _Held(keyboard)

    def _refuse(self, path: str, fault: OSError) -> None:
        if path not in self._refused:
            log.warning(fact("hid.not-grabbed", device=path, errno=fault.errno))
        self._refused.add(path)

    def _listen(self, offer: Offer) -> None:
        if not self._held:
            self._stopping.wait(SILENCE)
            return
        by_fd = {held.keyboard.fd: path for path, held in self._held.items()}
        ready, _, _ = select.select(by_fd, [], [], SILENCE)
        for fd, path in by_fd.items():
            held = self._held[path]
            self._pass_on(path, held.codes if fd in ready else held.quiet, offer)

    def _pass_on(self, path: str, codes: Callable[[], Iterator[str]], offer: Offer) -> None:
        try:
            for text in codes():
                offer(text)
        except BlockingIOError:
            return
        except OSError:
            log.warning(fact("hid.lost", device=path))
            self._held.pop(path).keyboard.close()
