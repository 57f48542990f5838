"""Which presses of a keypad count: rules for hands that shake, hold on, or rest on the keys.

One press is one stroke, however long it is held (508 407.4, EN 301 549 5.7). The same key again
within the guard is a slip (EN 301 549 5.8, adjustable to 0.5 s and more). Only one key counts at a
time, so nothing ever needs two (EN 301 549 5.9).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kiosk.devices import events
from kiosk.devices.events import Event, Events
from kiosk.devices.inputs import Device, Inputs, Source

GUARD = 0.25
"""Seconds, as delivered, in which the same key does not count again."""

STUCK = 3.0
"""Seconds after which a key that is still down no longer keeps the others from counting."""


class Verdict(StrEnum):
    """Whether a press counts, and if not, why."""

    TAKEN = "taken"
    AGAIN = "again"
    TOGETHER = "together"


class Key(NamedTuple):
    """One key of one event device (a keypad may be several: keys, volume)."""

    node: str
    code: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key that went down."""

    code: int
    verdict: Verdict


class Rules:
    """Judges presses; times are seconds of any one clock, and may jump."""

    def __init__(self, guard: float = GUARD) -> None:
        self.guard = guard
        self._down: dict[Key, float] = {}
        self._last: tuple[Key, float] | None = None

    def press(self, key: Key, at: float) -> Verdict:
        """Judge a key that goes down."""
        others = [since for other, since in self._down.items() if other != key]
        self._down[key] = at
        if any(abs(at - since) < STUCK for since in others):
            return Verdict.TOGETHER
        if self._last and self._last[0] == key and abs(at - self._last[1]) < self.guard:
            return Verdict.AGAIN
        self._last = (key, at)
        return Verdict.TAKEN

    def release(self, key: Key, at: float) -> None:
        """Note a key that goes up: from then the guard runs anew, for keys that bounce."""
        held = self._down.pop(key, None)
        if held is not None and self._last == (key, held):
            self._last = (key, at)

    def clear(self, node: str) -> None:
        """Forget what is down on a device: it is gone, or events were lost."""
        self._down = {key: at for key, at in self._down.items() if key.node != node}


class StrokeReader:
    """Reads one event device of the keypad."""

    def __init__(
        self,
        node: str,
        rules: Rules,
        free: Collection[int],
        tell: Callable[[Stroke], None],
        on_gone: Callable[[], None],
    ) -> None:
        self._node, self._rules, self._free = node, rules, free
        self._tell, self._on_gone = tell, on_gone
        self._events = Events()
        self._lost = False

    def read(self, data: bytes) -> None:
        """Tell of the presses among these bytes."""
        for event in self._events.read(data):
            if event.kind == events.SYN:
                self._mark(event.code)
            elif event.kind == events.KEY and not self._lost:
                self._key(event)

    def _mark(self, code: int) -> None:
        """Keep out what came before the first whole report after a loss (kernel, input.rst)."""
        if code == events.DROPPED:
            self._lost = True
            self._rules.clear(self._node)
        elif code == events.REPORT:
            self._lost = False

    def _key(self, event: Event) -> None:
        key = Key(self._node, event.code)
        if event.code in self._free:
            if event.value == events.PRESSED:
                self._tell(Stroke(event.code, Verdict.TAKEN))
        elif event.value == events.PRESSED:
            self._tell(Stroke(event.code, self._rules.press(key, event.at)))
        elif event.value == events.RELEASED:
            self._rules.release(key, event.at)

    def quiet(self) -> None:
        """Wait on: a key that is held down is quiet too."""

    def gone(self) -> None:
        """Let go of every key of this device."""
        self._rules.clear(self._node)
        self._on_gone()


class Strokes:
    """Every press on the devices of a keypad, judged; outlives unplugging.

    Keys in `free` are no fingers (a jack that reports as a key) and always count. `on_gone` is
    called when one of the devices goes away. Both callbacks come from the reading thread.
    """

    def __init__(
        self,
        source: Source[Device],
        on_stroke: Callable[[Stroke], None],
        on_gone: Callable[[], None] = lambda: None,
        *,
        guard: float = GUARD,
        free: Collection[int] = (),
    ) -> None:
        self._rules = Rules(guard)
        self._free = frozenset(free)
        self._on_stroke, self._on_gone = on_stroke, on_gone
        self._inputs = Inputs("keypad", source, self._reader)

    @property
    def live(self) -> bool:
        """Whether at least one device is grabbed."""
        return self._inputs.live

    @property
    def guard(self) -> float:
        """Seconds in which the same key does not count again; may be set at any time."""
        return self._rules.guard

    @guard.setter
    def guard(self, seconds: float) -> None:
        self._rules.guard = seconds

    def start(self) -> None:
        """Begin on a thread of its own."""
        self._inputs.start()

    def stop(self) -> None:
        """End and give the devices back; no callback comes afterwards."""
        self._inputs.stop()

    def _reader(self, path: str, _: Device) -> StrokeReader:
        return StrokeReader(path, self._rules, self._free, self._on_stroke, self._on_gone)
