"""What a keyboard-like scanner types, from the kernel's `struct input_event` to characters.

Codes and layout are those of linux/input-event-codes.h and a US keyboard, which is what scanners
pretend to be as delivered. Keys that type nothing are ignored, auto-repeat too.
"""

from collections.abc import Iterator

from kiosk.devices import events
from kiosk.devices.events import Events

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
        self._events = Events()
        self._held: set[int] = set()

    def typed(self, data: bytes) -> Iterator[str]:
        """Yield the characters of these bytes; `\\r` is Enter, DROPPED a gap in the stream."""
        for _, kind, code, value in self._events.read(data):
            character = self._character(kind, code, value)
            if character is not None:
                yield character

    def _character(self, kind: int, code: int, value: int) -> str | None:
        if kind == events.SYN and code == events.DROPPED:
            self._held.clear()
            return DROPPED
        if kind != events.KEY:
            return None
        if code in _SHIFTS:
            (self._held.add if value else self._held.discard)(code)
            return None
        if value != events.PRESSED or code not in _LAYOUT:
            return None
        return _LAYOUT[code][bool(self._held)]
