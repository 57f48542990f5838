"""Scanners that pretend to be keyboards: a printed code can hold any text, so they are grabbed."""

import time
from collections.abc import Collection
from pathlib import Path

from evdev import InputDevice

from kiosk.devices.inputs import Device, Inputs, Source
from kiosk.devices.keys import DROPPED, Keys
from kiosk.devices.line import Line
from kiosk.devices.scanner import Offer, Wanted

NODES = Path("/sys/class/input")
"""Where the kernel tells about input devices."""


class Attached:
    """The system's input devices with an allowed `vendor:product` id (four hex digits each)."""

    def __init__(self, allowed: Collection[str], nodes: Path = NODES) -> None:
        self._allowed = frozenset(allowed)
        self._nodes = nodes

    def paths(self) -> Collection[str]:
        """Look the ids up in /sys, so that no other device is ever opened."""
        found = self._nodes.glob("event*")
        return sorted(
            f"/dev/input/{node.name}" for node in found if identity(node) in self._allowed
        )

    def open(self, path: str) -> Device:
        """Open with evdev; raises OSError."""
        device: Device = InputDevice(path)
        return device


def identity(node: Path) -> str:
    """Return the `vendor:product` id of a node in /sys/class/input, "" when it has none."""
    try:
        parts = [(node / "device" / "id" / part).read_text() for part in ("vendor", "product")]
    except OSError:
        return ""
    return ":".join(part.strip() for part in parts)


class _Typing:
    """The code that one scanner is typing."""

    def __init__(self, offer: Offer) -> None:
        self._offer = offer
        self._keys = Keys()
        self._line = Line()

    def read(self, data: bytes) -> None:
        """Offer the codes that these bytes complete."""
        now = time.monotonic()
        for character in self._keys.typed(data):
            if character == DROPPED:
                self._line.clear()
            elif text := self._line.add(character, now):
                self._offer(text)

    def quiet(self) -> None:
        """Offer the code that silence completes."""
        if text := self._line.quiet(time.monotonic()):
            self._offer(text)

    def gone(self) -> None:
        """Forget what was typed so far."""
        self._line.clear()


class HidScanner:
    """Reads every allowed keyboard-like scanner, also ones plugged in later."""

    def __init__(self, source: Source[Device]) -> None:
        self._source = source
        self._inputs: Inputs[Device] | None = None

    @property
    def live(self) -> bool:
        """Whether at least one scanner is grabbed."""
        return self._inputs is not None and self._inputs.live

    def start(self, offer: Offer, wanted: Wanted) -> None:  # noqa: ARG002 - keys must be drained
        """Begin on a thread of its own."""
        self._inputs = Inputs("hid", self._source, lambda *_: _Typing(offer))
        self._inputs.start()

    def stop(self) -> None:
        """End and give the devices back."""
        if self._inputs:
            self._inputs.stop()
