"""The desk's day at a glance: facts read once, folded once per change, shared by all who ask."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.desk import book, counters, devices, ledger, matching, outgoing
from kiosk.desk.boardattention import Refused
from kiosk.desk.boardmodels import BoardState
from kiosk.desk.boardstate import BoardInput, show
from kiosk.desk.database import Database
from kiosk.desk.fold import Day, fold
from kiosk.desk.policy import Policy
from kiosk.desk.tables import REFUSALS
from kiosk.desk.turn import Fact
from kiosk.desk.wait import estimate
from kiosk.domain.appointment import Appointment
from kiosk.domain.identify import Wait
from kiosk.domain.needs import Need

_BEFORE = timedelta(days=1)  # facts of yesterday that were received late belong to today's work


@dataclass(frozen=True, slots=True)
class _Known:
    """Facts received since a moment, up to a row, and what they fold into."""

    since: datetime
    row: int
    facts: tuple[Fact, ...]
    day: Day


class DayView:
    """Answers "how does the day stand" for the board and for estimates; safe in any thread."""

    def __init__(
        self, database: Database, policy: Policy, needs: Mapping[str, Need], *, demo: bool
    ) -> None:
        self._database, self._policy = database, policy
        self._needs, self._demo = needs, demo
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self.unreachable_since: datetime | None = None  # the practice's system, set by PassingOn

    def board(self, now: datetime) -> BoardState:
        """Return the board as it stands. Raises StorageError."""
        with self._database.read() as conn:
            return show(self._input(conn, now))

    def version(self) -> int:
        """Return the counter of changes. Raises StorageError."""
        with self._database.read() as conn:
            return counters.changes(conn)

    def wait(self, practitioner: str, now: datetime) -> Wait | None:
        """Estimate how long until this practitioner's next patient is called."""
        if not practitioner:
            return None
        with self._database.read() as conn:
            day = self._day(conn, now)
            today = book.on_days(conn, [self._policy.today(now)])
        theirs = {one.appointment.id for one in today if _seen_by(one, practitioner)}
        return estimate([visit for id_, visit in day.visits.items() if id_ in theirs], now)

    def _input(self, conn: Connection, now: datetime) -> BoardInput:
        day = self._day(conn, now)
        today = [one.appointment for one in book.on_days(conn, [self._policy.today(now)])]
        named = {flag.appointment for turn in day.turns for flag in turn.flags} | {*day.visits}
        others = book.named(conn, named - {one.id for one in today} - {""})
        return BoardInput(
            version=counters.changes(conn),
            now=now,
            demo=self._demo,
            practice=self._policy.practice,
            needs=self._needs,
            today=today,
            others={one.appointment.id: one.appointment for one in others},
            day=day,
            devices=devices.listed(conn),
            parked=outgoing.parked(conn),
            refused=_refused(conn, self._policy.midnight(now)),
            claims=_claims(conn, day),
            unreachable_since=self.unreachable_since,
        )

    def _day(self, conn: Connection, now: datetime) -> Day:
        """Read what is new and fold again; a new day starts afresh."""
        since = self._policy.midnight(now) - _BEFORE
        with self._lock:
            known = self._known
            if known is None or known.since != since:
                known = _Known(since, 0, (), fold([]))
            row = ledger.last_row(conn)
            if row > known.row:
                facts = (*known.facts, *ledger.received_since(conn, since, known.row))
                known = replace(known, row=row, facts=facts, day=fold(facts))
            self._known = known
            return known.day


def _seen_by(booked: book.Booked, practitioner: str) -> bool:
    appointment: Appointment = booked.appointment
    return appointment.practitioner == practitioner


def _claims(conn: Connection, day: Day) -> dict[UUID, str]:
    """Whose pass the people to be matched showed."""
    claims = {}
    for visit in day.unmatched:
        code = visit.unmatched.pass_code if visit.unmatched else ""
        if code and visit.standing and (found := matching.owner(conn, code)):
            claims[visit.standing] = found
    return claims


def _refused(conn: Connection, since: datetime) -> list[Refused]:
    found = sa.select(REFUSALS).where(REFUSALS.c.received >= since).order_by(REFUSALS.c.row)
    return [
        Refused(row["row"], f"/kiosks/{row['device']}", row["type"], row["code"], row["received"])
        for row in conn.execute(found.limit(200)).mappings()
    ]
