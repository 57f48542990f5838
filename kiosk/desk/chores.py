"""What the desk does by itself in the background: one thread, a table of chores."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.ports import Clock
from kiosk.log import fact

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every so many seconds; `woken` ones also as soon as something changes."""

    name: str
    every_s: float
    run: Callable[[], object]
    woken: bool = False


class Chores:
    """Runs chores until closed; one that fails is logged and tried again at its next turn."""

    def __init__(self, chores: tuple[Chore, ...], clock: Clock) -> None:
        self._chores, self._clock = chores, clock
        self._due = dict.fromkeys((chore.name for chore in chores), 0.0)
        self._wake, self._closed = threading.Event(), False
        self._thread = threading.Thread(target=self._work, name="desk-chores", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def wake(self) -> None:
        """Do what waits for changes, now."""
        self._wake.set()

    def close(self, patience_s: float = 1.0) -> None:
        """Stop after the chore at hand."""
        self._closed = True
        self._wake.set()
        self._thread.join(patience_s)

    def _work(self) -> None:
        while not self._closed:
            now = self._clock.monotonic()
            woken = self._wake.is_set()
            self._wake.clear()
            for chore in self._chores:
                if not self._closed and (now >= self._due[chore.name] or (woken and chore.woken)):
                    self._due[chore.name] = now + chore.every_s
                    self._attempt(chore)
            left = min(self._due.values(), default=now + 60) - self._clock.monotonic()
            self._wake.wait(max(0.05, left))

    @staticmethod
    def _attempt(chore: Chore) -> None:
        try:
            chore.run()
        except Exception as fault:  # noqa: BLE001 - the loop outlives whatever one chore meets
            _log.error(fact("desk.chore", name=chore.name, kind=type(fault).__name__))
