"""Events on their way in: what comes while one group is written makes up the next.

The cost of keeping events lies in the statements, not in the rows: sixteen kiosks' single events
in one job take a quarter of the time of sixteen jobs.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TypeAlias

from sqlalchemy.engine import Connection

from kiosk.desk import devices, receive
from kiosk.desk.database import Database
from kiosk.desk.policy import Policy
from kiosk.desk.receive import Batch
from kiosk.domain.event import Reply
from kiosk.domain.ports import Clock
from kiosk.errors import NotEnrolled

_MOST = 64  # batches in one group

Kept: TypeAlias = list[Reply] | Exception
"""The answers to a batch, or why there are none."""


class Inbox:
    """Keeps batches of events, many at once; used on the event loop only."""

    def __init__(self, database: Database, policy: Policy, clock: Clock) -> None:
        self._database, self._policy, self._clock = database, policy, clock
        self._waiting: list[tuple[Batch, asyncio.Future[list[Reply]]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, batch: Batch) -> list[Reply]:
        """Keep a kiosk's batch; answers after the commit.

        Raises NotEnrolled when the kiosk is trusted no more, StorageError.
        """
        answer: asyncio.Future[list[Reply]] = asyncio.get_running_loop().create_future()
        self._waiting.append((batch, answer))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        return await answer

    async def _write(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                kept = await self._kept([batch for batch, _ in group])
                for (_, answer), found in zip(group, kept, strict=True):
                    _tell(answer, found)
        finally:
            self._writing = None

    async def _kept(self, batches: Sequence[Batch]) -> list[Kept]:
        """Keep a group in one job; when that fails, each batch in a job of its own."""
        run = partial(_keep, batches=batches, now=self._clock.now(), policy=self._policy)
        try:
            return await asyncio.wrap_future(self._database.submit(run))
        except Exception as fault:  # noqa: BLE001 - handed to whoever waits for this batch
            if len(batches) == 1:
                return [fault]
        alone = await asyncio.gather(*(self._kept([batch]) for batch in batches))
        return [kept for (kept,) in alone]


def _tell(answer: asyncio.Future[list[Reply]], found: Kept) -> None:
    if answer.done():  # nobody waits any more
        return
    if isinstance(found, Exception):
        answer.set_exception(found)
    else:
        answer.set_result(found)


def _keep(conn: Connection, batches: Sequence[Batch], now: datetime, policy: Policy) -> list[Kept]:
    """Keep the batches of kiosks that are still trusted."""
    known = devices.trusted(conn, {batch.device for batch in batches})
    good = [batch for batch in batches if batch.device in known]
    kept = iter(receive.keep_all(conn, good, now=now, policy=policy))
    return [
        next(kept) if batch.device in known else NotEnrolled("not-enrolled") for batch in batches
    ]
