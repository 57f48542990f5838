"""Who is this? Ask the desk while it can be reached, else the day cache, within the deadline."""

import queue
import threading
from collections.abc import Callable

from kiosk.backend.desk import Desk
from kiosk.backend.offline import UNKNOWN, OfflineDesk
from kiosk.courier.health import Health
from kiosk.courier.link import Link
from kiosk.domain.identify import Answer, Query
from kiosk.domain.outcome import Outcome
from kiosk.errors import NotEnrolled, RefusedError, Unreachable

DEADLINE = 1.2
"""Seconds for the desk; what is left of 1.5 s is for the day cache and the way back."""
_AT_ONCE = 4


class Asking:
    """An Identifier (`domain.ports`), for any number of threads.

    Each question has a thread of its own, so that no desk, however slow, holds the answer back.
    """

    def __init__(
        self, link: Link, health: Health, offline: OfflineDesk, connect: Callable[[], Desk]
    ) -> None:
        self._link, self._health, self._offline, self._connect = link, health, offline, connect
        self._free: queue.LifoQueue[Desk] = queue.LifoQueue()
        self._places = threading.Semaphore(_AT_ONCE)

    def identify(self, query: Query) -> Answer:
        """Answer within 1.5 s; when nobody can be asked the outcome is TO_BE_MATCHED."""
        if not self._health.enrolled:  # a device that was revoked tells nobody anything
            return UNKNOWN
        if self._offline.locked(query):
            return Answer(outcome=Outcome.LOCKED, tries_left=0, online=self._link.online)
        answer = self._online(query) if self._link.online else None
        if answer is None:
            return self._offline.identify(query)
        self._offline.learn(query, answer)
        return answer

    def _online(self, query: Query) -> Answer | None:
        box: queue.Queue[Answer | None] = queue.Queue(1)
        if not self._places.acquire(blocking=False):
            return None
        threading.Thread(target=self._ask, args=(query, box), daemon=True).start()
        try:
            return box.get(timeout=DEADLINE)
        except queue.Empty:
            self._missed()
            return None

    def _ask(self, query: Query, box: "queue.Queue[Answer | None]") -> None:
        desk = self._taken()
        answer: Answer | None = None
        try:
            answer = desk.identify(query)
        except NotEnrolled:
            self._health.changed.set()  # the next heartbeat says so too, and stops everything
            answer = UNKNOWN
        except Unreachable:
            self._missed()
        except RefusedError:
            pass
        finally:
            box.put(answer)
            self._free.put(desk)
            self._places.release()

    def _missed(self) -> None:
        self._link.bad()
        self._health.changed.set()
        self._health.wake.set()

    def _taken(self) -> Desk:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            return self._connect()
