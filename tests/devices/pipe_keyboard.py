"""Type like a scanner: `struct input_event` bytes into a pipe that stands for a keyboard."""

import os
import struct
from collections.abc import Collection

_SHIFT, _ENTER = 42, 28
_PLAIN = {
    **dict(zip("1234567890-=", range(2, 14), strict=True)),
    **dict(zip("qwertyuiop[]", range(16, 28), strict=True)),
    **dict(zip("asdfghjkl;'`", range(30, 42), strict=True)),
    **dict(zip("\\zxcvbnm,./", range(43, 54), strict=True)),
    " ": 57,
    "\r": _ENTER,
}
_SHIFTED = dict(zip('!@#$%^&*()_+{}:"~|<>?', "1234567890-=[];'`\\,./", strict=True))


def event(kind: int, code: int, value: int) -> bytes:
    return struct.pack("llHHi", 0, 0, kind, code, value)


def press(code: int) -> bytes:
    return event(1, code, 1) + event(0, 0, 0) + event(1, code, 0) + event(0, 0, 0)


def keystrokes(text: str) -> bytes:
    data = b""
    for character in text:
        plain = _SHIFTED.get(character, character.lower())
        if plain == character:
            data += press(_PLAIN[plain])
        else:
            data += event(1, _SHIFT, 1) + press(_PLAIN[plain]) + event(1, _SHIFT, 0)
    return data


class PipeKeyboard:
    """A keyboard whose keys are pressed by writing into a pipe; remembers what was done to it."""

    def __init__(self, *, busy: bool = False) -> None:
        self.fd, self._keys = os.pipe()
        self.busy = busy
        self.done: list[str] = []

    def grab(self) -> None:
        self.done.append("grab")
        if self.busy:
            raise OSError(16, "Device or resource busy")

    def close(self) -> None:
        if "close" not in self.done:
            os.close(self.fd)
        self.done.append("close")

    def press(self, data: bytes) -> None:
        os.write(self._keys, data)

    def unplug(self) -> None:
        os.close(self._keys)


class PipeKeyboards:
    """Keyboards that are plugged in and out by the test."""

    def __init__(self, **plugged: PipeKeyboard) -> None:
        self.plugged = dict(plugged)

    def paths(self) -> Collection[str]:
        return list(self.plugged)

    def open(self, path: str) -> PipeKeyboard:
        return self.plugged[path]
