"""Carry events from the outbox to the desk, oldest first, so that none holds up another."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import Enum, auto
from typing import Protocol
from uuid import UUID

from kiosk.domain.event import Reply
from kiosk.domain.ports import Clock
from kiosk.errors import Busy, NotEnrolled, RefusedError, Unreachable
from kiosk.log import fact
from kiosk.outbox.policy import backoff, grown, shrunk
from kiosk.outbox.store import Due, Outbox

log = logging.getLogger(__name__)
_MOST = 100


class Destination(Protocol):
    """Whoever takes events; `backend.desk.Desk` is one."""

    def events(self, batch: Sequence[bytes]) -> list[Reply]:
        """Take CloudEvents as JSON; answer for each."""
        ...


class Turn(Enum):
    """What became of one attempt."""

    IDLE = auto()  # nothing is due, or we were asked to wait
    SENT = auto()
    FAILED = auto()


class Delivery:
    """One attempt at a time. `chance` gives numbers in [0, 1) for jitter.

    A failure may be one event's fault, so batches shrink until it is alone; then only that one
    waits longer each time, and what is behind it goes on.
    """

    def __init__(
        self, outbox: Outbox, desk: Destination, clock: Clock, chance: Callable[[], float]
    ) -> None:
        self._outbox, self._desk, self._clock, self._chance = outbox, desk, clock, chance
        self._size, self._failures, self._resume = _MOST, 0, 0.0
        self.parked = 0  # events the desk refused since the start

    def attempt(self) -> Turn:
        """Send one batch of what is due. Raises NotEnrolled, or StorageError from the outbox."""
        if self._clock.monotonic() < self._resume:
            return Turn.IDLE
        batch = self._outbox.due(self._clock.now(), self._size)
        if not batch:
            return Turn.IDLE
        try:
            self._send(batch)
        except Busy as asked:
            self._resume = self._clock.monotonic() + asked.after
            return Turn.IDLE
        except Unreachable as fault:
            self._failed(batch, str(fault))
            return Turn.FAILED
        self._size, self._failures = grown(self._size, _MOST), 0
        return Turn.SENT

    def restart(self) -> None:
        """Forget earlier failures: the desk is back."""
        self._failures, self._resume = 0, 0.0
        self._outbox.hurry()

    def _send(self, batch: Sequence[Due]) -> None:
        try:
            replies = self._desk.events([due.body for due in batch])
        except NotEnrolled:
            raise
        except RefusedError as no:
            self._isolate(batch, no.code)
        else:
            self._settle(batch, replies)

    def _isolate(self, batch: Sequence[Due], code: str) -> None:
        """The desk refused the batch as a whole: halve it until the bad event is alone."""
        if len(batch) == 1:
            self._outbox.park([batch[0].id], code, self._clock.now())
            self._note(batch[0].id, code)
            return
        middle = len(batch) // 2
        self._send(batch[:middle])
        self._send(batch[middle:])

    def _settle(self, batch: Sequence[Due], replies: Sequence[Reply]) -> None:
        ours = {due.id for due in batch}
        answered = [reply for reply in replies if reply.id in ours]
        self._outbox.mark(answered, self._clock.now())
        for reply in answered:
            if reply.outcome == "refused":
                self._note(reply.id, reply.code)
        left = ours - {reply.id for reply in answered}
        for due in batch:
            if due.id in left:
                self._later(due, "no-answer")

    def _note(self, id: UUID, code: str) -> None:
        self.parked += 1
        log.warning(fact("event.parked", id=id, code=code))

    def _failed(self, batch: Sequence[Due], why: str) -> None:
        self._failures += 1
        self._size = shrunk(len(batch))
        log.warning(fact("delivery.failed", first=batch[0].id, events=len(batch), why=why))
        if len(batch) == 1:
            pause = backoff(self._failures, self._chance())
            self._resume = self._clock.monotonic() + pause
            self._later(batch[0], why)

    def _later(self, due: Due, why: str) -> None:
        wait = timedelta(seconds=backoff(due.tries + 1, self._chance()))
        self._outbox.retry_at([due.id], self._clock.now() + wait, why)
