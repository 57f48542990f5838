"""What a keyboard-like scanner types, from the kernel's `struct input_event` to characters.

Codes and layout are those of linux/input-event-codes.h and a US keyboard, which is what scanners
pretend to be as delivered. Keys that type nothing are ignored, auto-repeat too.
"""

import struct
from collections.abc import Iterator

_EVENT = struct.Struct("llHHi")  # seconds, microseconds, type, code, value
_SYN, _KEY, _DROPPED, _PRESSED = 0, 1, 3, 1
_SHIFTS = frozenset({42, 54})

DROPPED = ""
"""Stands in the stream for "some keys were lost": the code under way is worthless."""


def _row(first: int, plain: str, shifted: str) -> dict[int, tuple[str, str]]:
    return dict(enumerate(zip(plain, shifted, strict=True), first))


_LAYOUT = {
    **_row(2, "1234567890-=", "!@#$%^&*()_+"),
    **_row(15, "\tqwertyuiop[]\r", "\tQWERTYUIOP{}\r"),
    **_row(30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    **_row(43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    **_row(55, "*", "*"),
    **_row(57, " ", " "),
    **_row(71, "789-456+1230.", "789-456+1230."),
    **_row(96, "\r", "\r"),
    **_row(98, "/", "/"),
}


class Keys:
    """Turns the event bytes of one keyboard into characters; remembers what is held down."""

    def __init__(self) -> None:
        self._rest = b""
        self._held: set[int] = set()

    def typed(self, data: bytes) -> Iterator[str]:
        """Yield the characters of these bytes; `\\r` is Enter, DROPPED a gap in the stream."""
        data = self._rest + data
        whole = len(data) - len(data) % _EVENT.size
        self._rest = data[whole:]
        for _, _, kind, code, value in _EVENT.iter_unpack(data[:whole]):
            character = self._character(kind, code, value)
            if character is not None:
                yield character

    def _character(self, kind: int, code: int, value: int) -> str | None:
        if kind == _SYN and code == _DROPPED:
            self._held.clear()
            return DROPPED
        if kind != _KEY:
            return None
        if code in _SHIFTS:
            (self._held.add if value else self._held.discard)(code)
            return None
        if value != _PRESSED or code not in _LAYOUT:
            return None
        return _LAYOUT[code][bool(self._held)]
