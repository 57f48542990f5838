"""All ways to show a code, joined: camera, serial and keyboard-like scanners, one callback."""

import hashlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.log import fact

log = logging.getLogger(__name__)

HUSH = 2.5
"""Seconds that the code seen last must be out of view before it is accepted again."""

_QUEUE = 8

Offer = Callable[[str], None]
Wanted = Callable[[], bool]


class CodeSource(Protocol):
    """One way to read codes; offers texts from its own thread until stopped."""

    def start(self, offer: Offer, wanted: Wanted) -> None:
        """Begin; ask `wanted` before costly work."""
        ...

    def stop(self) -> None:
        """End, and wait until no more text will be offered."""
        ...


class Scanner:
    """Delivers each code once to `on_text`, on a worker thread; texts are untrusted, any length.

    While `paused`, nothing is decoded or delivered, and scanners are drained so that nothing typed
    meanwhile comes later.
    """

    def __init__(
        self,
        sources: Sequence[CodeSource],
        on_text: Callable[[str], None],
        *,
        paused: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._paused = paused
        self._sources = sources
        self._on_text = on_text
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._accepted: tuple[bytes, float] | None = None
        self._texts: queue.Queue[str | None] = queue.Queue(_QUEUE)
        self._worker = threading.Thread(target=self._deliver, name="scanner", daemon=True)

    @property
    def paused(self) -> bool:
        """Tell whether codes are not wanted at the moment."""
        return self._paused

    @paused.setter
    def paused(self, paused: bool) -> None:
        with self._lock:
            if self._paused and not paused and self._accepted:
                self._accepted = (self._accepted[0], self._monotonic())
            self._paused = paused

    def start(self) -> None:
        """Begin to listen to every source."""
        self._worker.start()
        for source in self._sources:
            source.start(self._offer, lambda: not self.paused)

    def stop(self) -> None:
        """End; when this returns no text will be delivered any more."""
        for source in self._sources:
            source.stop()
        self.paused = True
        self._texts.put(None)
        self._worker.join()

    def _offer(self, text: str) -> None:
        if self.paused or not self._is_new(text):
            return
        try:
            self._texts.put_nowait(text)
        except queue.Full:
            log.warning(fact("scan.dropped"))

    def _is_new(self, text: str) -> bool:
        """Tell whether this is another code than the one accepted last, of which a hash is kept."""
        seen, now = hashlib.sha256(text.encode("utf-8", "replace")).digest(), self._monotonic()
        with self._lock:
            known = self._accepted
            self._accepted = (seen, now)
            return not (known and known[0] == seen and now - known[1] < HUSH)

    def _deliver(self) -> None:
        while self._deliver_one():
            pass

    def _deliver_one(self) -> bool:
        """Deliver one code in a frame of its own: its text does not stay while waiting."""
        text = self._texts.get()
        if text is None or self.paused:
            return text is not None
        try:
            self._on_text(text)
        except Exception as fault:  # noqa: BLE001 - one code must never end the scanning
            log.error(fact("scan.callback-failed", fault=type(fault).__name__))  # noqa: TRY400
        return True
