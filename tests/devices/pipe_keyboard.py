"""Press keys: `struct input_event` bytes into a pipe that stands for a keyboard."""

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


REPORT = struct.pack("llHHi", 0, 0, 0, 0, 0)
DROPPED = struct.pack("llHHi", 0, 0, 0, 3, 0)


def event(kind: int, code: int, value: int, at: float = 0.0) -> bytes:
    seconds, micros = divmod(round(at * 1_000_000), 1_000_000)
    return struct.pack("llHHi", seconds, micros, kind, code, value)


def down(code: int, at: float = 0.0) -> bytes:
    return event(1, code, 1, at) + REPORT


def up(code: int, at: float = 0.0) -> bytes:
    return event(1, code, 0, at) + REPORT


def press(code: int, at: float = 0.0, held: float = 0.0) -> bytes:
    return down(code, at) + up(code, at + held)


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


class PipeSocket(PipeKeyboard):
    """A headphone socket; `state` is what the kernel would answer when it is asked."""

    def __init__(self, *, state: bool = False) -> None:
        super().__init__()
        self.state = state

    def plugged(self) -> bool:
        return self.state

    def turn(self, *, plugged: bool) -> None:
        self.state = plugged
        self.press(event(5, 2, int(plugged)) + REPORT)


class PipeSockets:
    """Sockets that are plugged in and out by the test."""

    def __init__(self, **plugged: PipeSocket) -> None:
        self.plugged = dict(plugged)

    def paths(self) -> Collection[str]:
        return list(self.plugged)

    def open(self, path: str) -> PipeSocket:
        return self.plugged[path]


class PipeKeyboards:
    """Keyboards that are plugged in and out by the test."""

    def __init__(self, **plugged: PipeKeyboard) -> None:
        self.plugged = dict(plugged)

    def paths(self) -> Collection[str]:
        return list(self.plugged)

    def open(self, path: str) -> PipeKeyboard:
        return self.plugged[path]
