"""Input devices of the kernel (/dev/input/event…), followed as they are plugged in and out.

What pretends to be a keyboard is read below the desktop with the device grabbed (EVIOCGRAB): it
types for us alone, so nothing it sends can press a key of the system. What cannot be grabbed is
not read.
"""

import logging
import os
import select
import time
from collections.abc import Callable, Collection
from typing import Generic, Protocol, TypeVar

from kiosk.devices.line import SILENCE
from kiosk.devices.worker import Worker
from kiosk.log import fact

log = logging.getLogger(__name__)

_RETRY = 1.0
_CHUNK = 4096


class Device(Protocol):
    """The part of `evdev.InputDevice` that is needed: an open device that can be grabbed."""

    fd: int

    def grab(self) -> None:
        """Take all events for this process alone; raises OSError when somebody else has it."""
        ...

    def close(self) -> None:
        """Let go and close."""
        ...


D = TypeVar("D", bound=Device)
D_co = TypeVar("D_co", bound=Device, covariant=True)


class Source(Protocol[D_co]):
    """Knows which of the wanted devices are plugged in."""

    def paths(self) -> Collection[str]:
        """Return the device paths of the wanted ones."""
        ...

    def open(self, path: str) -> D_co:
        """Open one; raises OSError."""
        ...


class Reader(Protocol):
    """Makes sense of the bytes of one open device."""

    def read(self, data: bytes) -> None:
        """Take bytes as they come."""
        ...

    def quiet(self) -> None:
        """Know that nothing came for SILENCE seconds."""
        ...

    def gone(self) -> None:
        """Know that the device was unplugged, or is given back."""
        ...


class Inputs(Generic[D]):
    """Reads every device of a source on one thread, also those plugged in later."""

    def __init__(
        self,
        name: str,
        source: Source[D],
        reader: Callable[[str, D], Reader],
        *,
        grab: bool = True,
    ) -> None:
        self._name = name
        self._source = source
        self._reader = reader
        self._grab = grab
        self._open: dict[str, tuple[D, Reader]] = {}
        self._refused: set[str] = set()
        self._worker = Worker(name)

    @property
    def live(self) -> bool:
        """Whether at least one device is read."""
        return bool(self._open)

    def start(self) -> None:
        """Begin on a thread of its own."""
        self._worker.start(self._run)

    def stop(self) -> None:
        """End and give the devices back."""
        self._worker.stop()

    def _run(self) -> None:
        look_again = 0.0
        while not self._worker.over:
            if time.monotonic() >= look_again:
                self._adopt()
                look_again = time.monotonic() + _RETRY
            self._listen()
        for path in list(self._open):
            self._drop(path)

    def _adopt(self) -> None:
        paths = self._source.paths()
        self._refused.intersection_update(paths)
        for path in paths:
            if path in self._open:
                continue
            try:
                device = self._opened(path)
            except OSError as fault:
                self._refuse(path, fault)
            else:
                self._open[path] = (device, self._reader(path, device))
                self._refused.discard(path)
                log.info(fact(f"{self._name}.grabbed", device=path))

    def _opened(self, path: str) -> D:
        device = self._source.open(path)
        try:
            if self._grab:
                device.grab()
        except OSError:
            device.close()
            raise
        return device

    def _refuse(self, path: str, fault: OSError) -> None:
        if path not in self._refused:
            log.warning(fact(f"{self._name}.not-grabbed", device=path, errno=fault.errno))
        self._refused.add(path)

    def _listen(self) -> None:
        if not self._open:
            self._worker.wait(SILENCE)
            return
        by_fd = {device.fd: path for path, (device, _) in self._open.items()}
        ready, _, _ = select.select(by_fd, [], [], SILENCE)
        for fd, path in by_fd.items():
            if fd in ready:
                self._read(fd, path)
            else:
                self._open[path][1].quiet()

    def _read(self, fd: int, path: str) -> None:
        try:
            data = os.read(fd, _CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._open[path][1].read(data)
        else:
            log.warning(fact(f"{self._name}.lost", device=path))
            self._drop(path)

    def _drop(self, path: str) -> None:
        device, reader = self._open.pop(path)
        device.close()
        reader.gone()
