"""The outbox: events sealed and on disk before anybody is thanked, kept until the desk has them."""

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from kiosk.domain import event
from kiosk.domain.event import Data, IntakeCompleted, Reply, SessionAbandoned, SessionStarted
from kiosk.domain.ident import uuid7
from kiosk.domain.ports import Clock, Sealer
from kiosk.errors import Corrupt
from kiosk.outbox import schema
from kiosk.outbox.database import Database
from kiosk.outbox.policy import LONGEST_WAIT, State, state_after
from kiosk.outbox.sealer import Entropy

_DUE = (
    "SELECT sequence, id, tries, sealed FROM event WHERE state = 'pending'"
    # a row that waits beyond the longest wait was dated by a clock that has since been set back
    " AND NOT (next_try > ? AND next_try <= ?)"
    # one that failed goes behind those that did not, so it can never starve them
    " ORDER BY tries, sequence LIMIT ?"
)
_NEXT = "UPDATE meta SET value = value + 1 WHERE name = 'sequence' RETURNING value"
_INSERT = "INSERT INTO event (sequence, id, session, created, sealed) VALUES (?, ?, ?, ?, ?)"
_SETTLE = (
    "UPDATE event SET state = ?, code = ?, settled = ?, tries = tries + 1"
    " WHERE id = ? AND state = 'pending'"
)


_MOST_OFFSET = 2**31  # ms, the integer of CloudEvents


@dataclass(frozen=True, slots=True)
class Due:
    """One undelivered event; `body` is its CloudEvent as JSON."""

    id: UUID
    sequence: int
    tries: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parked:
    """One refused event, for staff: ids and the desk's reason only."""

    id: UUID
    session: UUID
    code: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One event and where it stands; `body` is its CloudEvent as JSON."""

    state: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """The queue's health; `oldest_s` is the age in seconds of the oldest undelivered event."""

    pending: int
    parked: int
    oldest_s: int


class Outbox:
    """The file outbox.db: `domain.ports.Recorder` for the kiosk, the queue for the courier.

    `source` is the CloudEvents source, `/kiosks/<device>`. Any number of threads and processes may
    use the same file. Every method raises StorageError when the disk refuses.
    """

    def __init__(
        self,
        path: Path,
        sealer: Sealer,
        source: str,
        clock: Clock,
        entropy: Entropy = os.urandom,
        *,
        connection: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> None:
        self._sealer, self._source, self._clock, self._entropy = sealer, source, clock, entropy
        self._db = Database(
            path, clock, prepare=self._prepare, salvage=schema.salvage, factory=connection
        )

    @property
    def set_aside(self) -> tuple[Path, ...]:
        """The corrupt files that were set aside since the start; staff should be told of any."""
        return self._db.aside

    def record(self, session: UUID, bodies: Sequence[Data]) -> list[UUID]:
        """Commit the events, in order; return their ids. Raises StorageError: nothing is kept."""
        now = self._clock.now()
        return self._db.write(lambda db: [self._add(db, session, body, now) for body in bodies])

    def close_open(self, now: datetime) -> list[UUID]:
        """Record that every session left open by an earlier run ended; return their ids.

        For the kiosk's start only: while it runs, its own session is open.
        """
        gone = SessionAbandoned(step="", reason="restart")

        def work(db: sqlite3.Connection) -> list[UUID]:
            rows = db.execute("SELECT session FROM opened ORDER BY session").fetchall()
            sessions = [UUID(row[0]) for row in rows]
            for session in sessions:
                self._add(db, session, gone, now)
            return sessions

        return self._db.write(work)

    def due(self, now: datetime, limit: int) -> list[Due]:
        """Return up to `limit` events due, the least tried and then the oldest first.

        One that fails its seal is parked.
        """
        at = _ms(now)
        asked = (at, at + int(LONGEST_WAIT * 1000), limit)
        rows = self._db.read(lambda db: db.execute(_DUE, asked).fetchall())
        opened = [(UUID(row[1]), self._unsealed(row)) for row in rows]
        broken = [id for id, due in opened if due is None]
        if broken:
            self.park(broken, "corrupt", now)
        return [due for _, due in opened if due]

    def mark(self, replies: Sequence[Reply], now: datetime) -> None:
        """Settle the events the desk has answered for."""
        rows = [(state_after(r), r.code or r.outcome, _ms(now), str(r.id)) for r in replies]
        self._db.write(lambda db: db.executemany(_SETTLE, rows).rowcount)

    def park(self, ids: Sequence[UUID], code: str, now: datetime) -> None:
        """Take events out of the queue for a person to look at; their content is kept."""
        rows = [(State.PARKED, code, _ms(now), str(id)) for id in ids]
        self._db.write(lambda db: db.executemany(_SETTLE, rows).rowcount)

    def retry_at(self, ids: Sequence[UUID], when: datetime, code: str) -> None:
        """Try these events again, not before `when`; `code` says what went wrong."""
        rows = [(_ms(when), code, str(id)) for id in ids]
        statement = (
            "UPDATE event SET tries = tries + 1, next_try = ?, code = ?"
            " WHERE id = ? AND state = 'pending'"
        )
        self._db.write(lambda db: db.executemany(statement, rows).rowcount)

    def hurry(self) -> None:
        """Make every undelivered event due now, oldest first: the link is back."""
        statement = "UPDATE event SET next_try = 0, tries = 0 WHERE state = 'pending' AND tries > 0"
        self._db.write(lambda db: db.execute(statement).rowcount)

    def note_offset(self, ms: int) -> None:
        """Remember the ms to add to this device's clock, for every event recorded from now on."""
        statement = "UPDATE meta SET value = ? WHERE name = 'offset'"
        self._db.write(lambda db: db.execute(statement, (ms,)).rowcount)

    def counts(self, now: datetime) -> Counts:
        """Return how many events wait or are parked, and for how long."""
        statement = (
            "SELECT count(*), (SELECT count(*) FROM event WHERE state = 'parked'), min(created)"
            " FROM event WHERE state = 'pending'"
        )
        pending, parked, oldest = self._db.read(lambda db: db.execute(statement).fetchone())
        age = 0 if oldest is None else max(0, _ms(now) - oldest) // 1000
        return Counts(pending, parked, age)

    def parked(self) -> list[Parked]:
        """Return the refused events, oldest first."""
        statement = "SELECT id, session, code FROM event WHERE state = 'parked' ORDER BY sequence"
        rows = self._db.read(lambda db: db.execute(statement).fetchall())
        return [Parked(UUID(id), UUID(session), code) for id, session, code in rows]

    def kept(self) -> list[Kept]:
        """Return every event whose payload is still here, oldest first: for tests and the tour."""
        statement = "SELECT id, state, sealed FROM event WHERE sealed NOTNULL ORDER BY sequence"
        rows = self._db.read(lambda db: db.execute(statement).fetchall())
        return [
            Kept(state, self._sealer.unseal(sealed, UUID(id).bytes)) for id, state, sealed in rows
        ]

    def purge(self, now: datetime, *, payload_days: int = 2, id_days: int = 30) -> None:
        """Erase what was delivered `payload_days` ago, and forget its id after `id_days`.

        Nothing undelivered is touched. 2 days let a desk restored from its backup ask again.
        """
        erase = _ms(now - timedelta(days=payload_days))
        forget = _ms(now - timedelta(days=id_days))

        def work(db: sqlite3.Connection) -> int:
            old = "state = 'delivered' AND settled < ?"
            db.execute(f"UPDATE event SET sealed = NULL WHERE {old} AND sealed NOTNULL", (erase,))  # noqa: S608
            db.execute(f"DELETE FROM event WHERE {old}", (forget,))  # noqa: S608
            return int(db.execute("SELECT changes()").fetchone()[0])

        self._db.write(work)
        self._db.truncate()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _prepare(self, db: sqlite3.Connection) -> None:
        # Seconds since 1970, so that numbers still rise after a lost or corrupt file was replaced.
        schema.prepare(db, first=max(0, int(self._clock.now().timestamp())))

    def _add(self, db: sqlite3.Connection, session: UUID, body: Data, at: datetime) -> UUID:
        id = uuid7(at, self._entropy(10))
        sequence = int(db.execute(_NEXT).fetchall()[0][0])
        offset = int(db.execute("SELECT value FROM meta WHERE name = 'offset'").fetchone()[0])
        time, offset = _sayable(at, offset)
        fact = event.make(
            body,
            id=id,
            source=self._source,
            subject=session,
            time=time,
            sequence=sequence,
            offset_ms=offset,
        )
        sealed = self._sealer.seal(fact.model_dump_json().encode(), id.bytes)
        db.execute(_INSERT, (sequence, str(id), str(session), _ms(at), sealed))
        if isinstance(body, SessionStarted):
            db.execute("INSERT OR IGNORE INTO opened VALUES (?)", (str(session),))
        if isinstance(body, IntakeCompleted | SessionAbandoned):
            db.execute("DELETE FROM opened WHERE session = ?", (str(session),))
        return id

    def _unsealed(self, row: tuple[int, str, int, bytes]) -> Due | None:
        sequence, text, tries, sealed = row
        id = UUID(text)
        try:
            return Due(id, sequence, tries, self._sealer.unseal(sealed, id.bytes))
        except Corrupt:
            return None


def _sayable(at: datetime, offset: int) -> tuple[datetime, int]:
    """Apply an offset that the envelope's 32 bits cannot say: the clock is months wrong."""
    if abs(offset) < _MOST_OFFSET:
        return at, offset
    return at + timedelta(milliseconds=offset), 0


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
