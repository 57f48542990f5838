"""Whether a headset is plugged in: private things are spoken to headphones only.

The socket of a sound card reports as an input device (EV_SW, SW_HEADPHONE_INSERT). A keypad with a
sound card of its own mostly does not; it presses keys instead (see `keypads.JackKeys`).
"""

import fcntl
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol

from evdev import InputDevice

from kiosk.devices import events
from kiosk.devices.events import Events
from kiosk.devices.hid import NODES
from kiosk.devices.inputs import Device, Inputs, Source

_HEADPHONE = 2  # SW_HEADPHONE_INSERT of linux/input-event-codes.h
_STATE_BYTES = 8
_EVIOCGSW = 2 << 30 | _STATE_BYTES << 16 | ord("E") << 8 | 0x1B  # linux/input.h


class Headset:
    """Joins all sockets of the kiosk: tells when the first is used and when none is any more."""

    def __init__(self, on_change: Callable[[bool], None]) -> None:
        self._on_change = on_change
        self._used: set[str] = set()
        self._lock = threading.Lock()

    @property
    def plugged(self) -> bool:
        """Whether a headset is in any socket."""
        return bool(self._used)

    def report(self, socket: str, *, plugged: bool) -> None:
        """Take what one socket says; may be called from any thread."""
        with self._lock:
            before = self.plugged
            (self._used.add if plugged else self._used.discard)(socket)
            if before is not self.plugged:
                self._on_change(self.plugged)


class Socket(Device, Protocol):
    """An open input device that knows whether something is plugged in."""

    def plugged(self) -> bool:
        """Ask for the state now; raises OSError."""
        ...


class _Socket:
    """A socket of the system."""

    def __init__(self, path: str) -> None:
        self._device = InputDevice(path)
        self.fd: int = self._device.fd

    def grab(self) -> None:
        """Take all events for this process alone; raises OSError."""
        self._device.grab()

    def close(self) -> None:
        """Close."""
        self._device.close()

    def plugged(self) -> bool:
        """Ask for the state now; raises OSError."""
        state = fcntl.ioctl(self.fd, _EVIOCGSW, bytes(_STATE_BYTES))
        return bool(state[_HEADPHONE // 8] >> _HEADPHONE % 8 & 1)


class Sockets:
    """The headphone sockets of the system's sound cards."""

    def __init__(self, nodes: Path = NODES) -> None:
        self._nodes = nodes

    def paths(self) -> Collection[str]:
        """Look in /sys for devices that can report headphones; none is opened."""
        found = self._nodes.glob("event*")
        return sorted(f"/dev/input/{node.name}" for node in found if _reports_headphones(node))

    def open(self, path: str) -> Socket:
        """Open with evdev; raises OSError."""
        return _Socket(path)


def _reports_headphones(node: Path) -> bool:
    try:
        words = (node / "device" / "capabilities" / "sw").read_text().split()
    except OSError:
        return False
    return bool(words) and bool(int(words[-1], 16) >> _HEADPHONE & 1)


class _Watch:
    """Follows one socket from the state it has when it is opened."""

    def __init__(self, path: str, socket: Socket, headset: Headset) -> None:
        self._path, self._socket, self._headset = path, socket, headset
        self._events = Events()
        self._ask()

    def read(self, data: bytes) -> None:
        """Tell what changed; when events were lost ask for the state, after the ones that came."""
        lost = False
        for event in self._events.read(data):
            if (event.kind, event.code) == (events.SWITCH, _HEADPHONE):
                self._headset.report(self._path, plugged=bool(event.value))
            lost = lost or (event.kind, event.code) == (events.SYN, events.DROPPED)
        if lost:
            self._ask()

    def _ask(self) -> None:
        try:
            plugged = self._socket.plugged()
        except OSError:
            plugged = False
        self._headset.report(self._path, plugged=plugged)

    def quiet(self) -> None:
        """Wait on: a socket is quiet nearly always."""

    def gone(self) -> None:
        """Count a socket that is gone as empty."""
        self._headset.report(self._path, plugged=False)


class Jack:
    """Watches the headphone sockets of the sound cards on a thread of its own.

    `on_jack` is told of every change; before the first call no headset is in. The devices are
    not grabbed: other programs may look at them too.
    """

    def __init__(self, source: Source[Socket], on_jack: Callable[[bool], None]) -> None:
        self._headset = Headset(on_jack)
        self._inputs = Inputs("jack", source, self._watch, grab=False)

    @property
    def plugged(self) -> bool:
        """Whether a headset is in."""
        return self._headset.plugged

    def start(self) -> None:
        """Begin; a headset that is in already is told at once."""
        self._inputs.start()

    def stop(self) -> None:
        """End; no callback comes afterwards."""
        self._inputs.stop()

    def _watch(self, path: str, socket: Socket) -> _Watch:
        return _Watch(path, socket, self._headset)
