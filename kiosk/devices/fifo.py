"""A keypad that is a named pipe: for demonstrations and tests of the whole, without hardware."""

import os
import stat
from collections.abc import Collection
from pathlib import Path


class Pipe:
    """An open pipe that carries `struct input_event`, as a device of the kernel does."""

    def __init__(self, path: str) -> None:
        self.fd = os.open(path, os.O_RDWR | os.O_NONBLOCK)  # its writers may come and go

    def grab(self) -> None:
        """Nobody else reads it."""

    def close(self) -> None:
        """Close it."""
        os.close(self.fd)


class Fifo:
    """A source with one pipe, there or not."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def paths(self) -> Collection[str]:
        """Return its path while there is a pipe."""
        try:
            there = stat.S_ISFIFO(self._path.stat().st_mode)
        except OSError:
            return ()
        return (str(self._path),) if there else ()

    def open(self, path: str) -> Pipe:
        """Open it; raises OSError."""
        return Pipe(path)
