"""The day list for kiosks: a sealed row for each pass of yesterday, today and tomorrow."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Connection

from kiosk.backend.dayrow import DayRow, lookup, seal_row
from kiosk.backend.wire import Schedule, SealedRow
from kiosk.desk import book, counters
from kiosk.desk.book import Booked, PassRow
from kiosk.desk.policy import Policy


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a kiosk has read in the book of one database, for the list of one day."""

    run: int
    day: date
    change: int

    @property
    def text(self) -> str:
        """The cursor as kiosks keep it, without understanding it."""
        return f"{self.run}.{self.day:%Y%m%d}.{self.change}"


def current(conn: Connection, policy: Policy, now: datetime) -> Cursor:
    """Return the cursor of a kiosk that knows everything."""
    return Cursor(counters.run(conn), policy.today(now), counters.position(conn))


def since(conn: Connection, policy: Policy, now: datetime, cursor: str) -> Schedule:
    """Return what changed since a cursor; everything for none, an old one or one of another day."""
    latest = current(conn, policy, now)
    read = _read(cursor, latest)
    days = policy.days(now)
    if read is None:
        rows = book.on_days(conn, days)
        sealed = _sealed(conn, rows, policy)
        return Schedule(cursor=latest.text, full=True, rows=tuple(sealed))
    changed = book.changed_since(conn, read.change)
    listed = [one for one in changed if one.day in days and one.listed]
    left = [one for one in changed if one.day not in days or not one.listed]
    return Schedule(
        cursor=latest.text,
        full=False,
        rows=tuple(_sealed(conn, listed, policy)),
        gone=tuple(lookup(book.text_of(policy.key, row)) for row in _passes(conn, left)),
    )


def _read(cursor: str, latest: Cursor) -> Cursor | None:
    run, _, rest = cursor.partition(".")
    day, _, change = rest.partition(".")
    if (
        run != str(latest.run)
        or day != f"{latest.day:%Y%m%d}"
        or not (change.isascii() and change.isdigit())
    ):
        return None
    read = Cursor(latest.run, latest.day, int(change[:18]))
    return read if read.change <= latest.change else None


def _passes(conn: Connection, rows: Sequence[Booked]) -> list[PassRow]:
    ids = [one.appointment.id for one in rows]
    return [
        row
        for start in range(0, len(ids), 400)
        for row in book.passes_of(conn, ids[start : start + 400])
    ]


def _sealed(conn: Connection, rows: Sequence[Booked], policy: Policy) -> list[SealedRow]:
    booked = {one.appointment.id: one for one in rows}
    return [_row(booked[row.appointment], row, policy) for row in _passes(conn, rows)]


def _row(booked: Booked, row: PassRow, policy: Policy) -> SealedRow:
    code = book.text_of(policy.key, row)
    one, slot = booked.appointment, booked.slot(revoked=row.revoked)
    plain = DayRow(
        appointment=one.id,
        birth_date=one.patient.birth_date,
        start=one.start,
        minutes=one.minutes,
        site=one.site,
        status=slot.status,
        revoked=slot.revoked,
        language=one.patient.language,
        modes=one.patient.modes,
        practitioner=one.practitioner,
        location=one.location,
    )
    sealed = base64.b64encode(seal_row(plain, code)).decode()
    return SealedRow(key=lookup(code), sealed=sealed, day=booked.day)
