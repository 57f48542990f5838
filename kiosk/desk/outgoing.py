"""What the practice's own system is still to be told: one wish for an appointment, the newest.

A wish is written in the transaction of the fact that causes it, so none is lost and none invented.
Functions take the connection of a running transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.desk.tables import APPOINTMENTS, PASSING_ON
from kiosk.domain.appointment import AppointmentStatus, VisitStatus

_WANTED = {
    VisitStatus.BOOKED: AppointmentStatus.BOOKED,
    VisitStatus.CHECKED_IN: AppointmentStatus.CHECKED_IN,
    VisitStatus.DONE: AppointmentStatus.FULFILLED,
    VisitStatus.NO_SHOW: AppointmentStatus.NOSHOW,
}
"""Ready, in progress and left change nothing there (architecture, statuses and FHIR)."""

_FIRST_S, _LONGEST_S = 2.0, 300.0


@dataclass(frozen=True, slots=True)
class Wish:
    """A status that an appointment should have in the practice's system."""

    appointment: str
    wanted: AppointmentStatus
    version: int
    tries: int
    state: str = "waiting"
    code: str = ""
    next_try: datetime | None = None


def want(
    conn: Connection, appointment: str, status: VisitStatus, now: datetime, arrival: str
) -> None:
    """Wish for the status that follows from a visit; only for what came from that system.

    `arrival` is the status that an arrival is told as, a setting of the practice.
    """
    target = AppointmentStatus(arrival) if status is VisitStatus.ARRIVED else _WANTED.get(status)
    origin = sa.select(APPOINTMENTS.c.origin).where(APPOINTMENTS.c.id == appointment)
    if target is None or conn.execute(origin).scalar() != "connector":
        return
    row = PASSING_ON.c.appointment == appointment
    before = conn.execute(sa.select(PASSING_ON).where(row)).mappings().first()
    values = {"wanted": target, "state": "waiting", "tries": 0, "next_try": now, "code": ""}
    if before is None:
        new = {"appointment": appointment, "version": 1}
        conn.execute(PASSING_ON.insert().values(values | new))
    elif before["wanted"] != target:
        values["version"] = before["version"] + 1
        conn.execute(PASSING_ON.update().where(row).values(values))


def due(conn: Connection, now: datetime, most: int = 20) -> list[Wish]:
    """Return the wishes whose next try has come, oldest first."""
    found = sa.select(PASSING_ON).where(
        PASSING_ON.c.state == "waiting", PASSING_ON.c.next_try <= now
    )
    return _wishes(conn, found.order_by(PASSING_ON.c.next_try).limit(most))


def parked(conn: Connection) -> list[Wish]:
    """Return what the practice's system refused."""
    return _wishes(conn, sa.select(PASSING_ON).where(PASSING_ON.c.state == "parked"))


def done(conn: Connection, wish: Wish) -> None:
    """The practice's system has it; a newer wish stays."""
    conn.execute(PASSING_ON.update().where(_same(wish)).values(state="done", code=""))


def refused(conn: Connection, wish: Wish, code: str, now: datetime) -> None:
    """The practice's system said no: a person must look."""
    values = {"state": "parked", "code": code[:100], "next_try": now}
    conn.execute(PASSING_ON.update().where(_same(wish)).values(values))


def postpone(
    conn: Connection, wish: Wish, now: datetime, jitter: float, at_least_s: float = 0.0
) -> None:
    """Nobody answered: try again later; `jitter` is a random number from 0 to 1.

    `at_least_s` is what the other side asked for.
    """
    longest = min(_LONGEST_S, _FIRST_S * 2 ** min(wish.tries, 16))
    again = now + timedelta(seconds=max(longest * (0.5 + jitter / 2), at_least_s))
    values = {"tries": wish.tries + 1, "next_try": again}
    conn.execute(PASSING_ON.update().where(_same(wish)).values(values))


def _same(wish: Wish) -> "sa.ColumnElement[bool]":
    row = PASSING_ON.c
    return (row.appointment == wish.appointment) & (row.version == wish.version)


def _wishes(conn: Connection, found: "sa.Select[tuple[object]]") -> list[Wish]:
    return [
        Wish(
            appointment=row["appointment"],
            wanted=AppointmentStatus(row["wanted"]),
            version=row["version"],
            tries=row["tries"],
            state=row["state"],
            code=row["code"],
            next_try=row["next_try"],
        )
        for row in conn.execute(found).mappings()
    ]
