"""Whether the desk can be reached, decided with hysteresis."""

import threading

_OFF_AFTER, _ON_AFTER = 3, 2
HEALTHY, SUSPECT, DOWN = 60.0, 1.0, 5.0
"""Seconds between two looks at the desk: while it answers, when it just failed, and while it is
away (so the first event leaves at most 5 s after the link returns, ops.md R4)."""


class Link:
    """Off after three failures in a row, on after two good answers; the very first one decides."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._online: bool | None = None
        self._good = self._bad = 0

    @property
    def online(self) -> bool:
        """Whether the desk is asked at all while a person waits."""
        return bool(self._online)

    @property
    def pause(self) -> float:
        """The seconds until the desk should be looked at again."""
        if self._online:
            return SUSPECT if self._bad else HEALTHY
        return 0.0 if self._good else DOWN

    def good(self) -> bool:
        """The desk answered; returns whether it is back with this."""
        with self._guard:
            self._good, self._bad = self._good + 1, 0
            before = self._online
            if before is None or self._good >= _ON_AFTER:
                self._online = True
            return self.online and not before

    def bad(self) -> bool:
        """The desk did not answer; returns whether it is away with this."""
        with self._guard:
            self._good, self._bad = 0, self._bad + 1
            before = self._online
            if before is None or self._bad >= _OFF_AFTER:
                self._online = False
            return bool(before) and not self.online
