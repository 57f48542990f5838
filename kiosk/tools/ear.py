"""Hears two things at once: the next key of a keypad, and a line typed in the terminal."""

import os
import select
import struct
import sys

_CODE = struct.Struct("H")
_CHUNK = 4096


class Ear:
    """Waits for whichever comes first. `press` may be called from another thread.

    `terminal` is a file descriptor; None, or one at its end, never says anything.
    """

    def __init__(self, terminal: int | None) -> None:
        self._terminal = terminal
        self._typed = b""
        self._keys, self._press = os.pipe()

    def press(self, code: int) -> None:
        """Hand in a key that was pressed."""
        os.write(self._press, _CODE.pack(code))

    def close(self) -> None:
        """Hear no more."""
        os.close(self._keys)
        os.close(self._press)

    def line(self) -> str | None:
        """Wait for a line of the terminal; None when there will be none."""
        while b"\n" not in self._typed and self._terminal is not None:
            self._listen()
        line, found, self._typed = self._typed.partition(b"\n")
        return line.decode("utf-8", "replace").strip() if found else None

    def key(self, patience: float) -> int | None:
        """Wait for a key, at most `patience` seconds; None when a line came first, or nothing."""
        while b"\n" not in self._typed:
            sources = [self._keys] if self._terminal is None else [self._keys, self._terminal]
            ready, _, _ = select.select(sources, [], [], patience)
            if not ready:
                return None
            if self._keys in ready:
                (code,) = _CODE.unpack(os.read(self._keys, _CODE.size))
                return int(code)
            self._listen()
        self._typed = self._typed.partition(b"\n")[2]
        return None

    def _listen(self) -> None:
        if self._terminal is None:
            return
        data = os.read(self._terminal, _CHUNK)
        self._typed += data
        if not data:
            self._terminal = None


def terminal() -> int | None:
    """Return the descriptor of what is typed, None where nobody can type."""
    try:
        return sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        return None
