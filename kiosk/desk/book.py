"""The appointment book: the practice's schedule, its patients, and a pass for every appointment.

Every function takes the connection of a running transaction. A row that changes in a way a kiosk's
day list would show gets the next value of the counter "book".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from kiosk.desk.counters import next_row
from kiosk.desk.tables import APPOINTMENTS, PASSES, PATIENTS
from kiosk.domain.appointment import Appointment, AppointmentStatus, Patient, VisitStatus
from kiosk.domain.eligibility import Slot
from kiosk.passes.make import make, stored_hash

_AS_STATUS = {
    VisitStatus.ARRIVED: AppointmentStatus.ARRIVED,
    VisitStatus.CHECKED_IN: AppointmentStatus.CHECKED_IN,
    VisitStatus.READY: AppointmentStatus.CHECKED_IN,
    VisitStatus.IN_PROGRESS: AppointmentStatus.CHECKED_IN,
    VisitStatus.DONE: AppointmentStatus.FULFILLED,
    VisitStatus.NO_SHOW: AppointmentStatus.NOSHOW,
    VisitStatus.CANCELLED: AppointmentStatus.CANCELLED,
}
_VISITS = sa.select(APPOINTMENTS.c.id, APPOINTMENTS.c.visit).where(
    APPOINTMENTS.c.id.in_(sa.bindparam("wanted", expanding=True))
)
_SET_VISIT = APPOINTMENTS.update().where(APPOINTMENTS.c.id == sa.bindparam("about"))


@dataclass(frozen=True, slots=True)
class Booked:
    """One row of the book: the schedule's appointment and what the fold says became of it."""

    appointment: Appointment
    visit: VisitStatus
    day: date
    generation: int
    gone: bool
    origin: str

    @property
    def listed(self) -> bool:
        """Whether it is on the schedule, or off it although something happened."""
        return not self.gone or self.visit is not VisitStatus.BOOKED

    def slot(self, *, revoked: bool) -> Slot:
        """What `eligibility.judge` needs: what happened here outranks all but a cancellation."""
        status = self.appointment.status
        if status is not AppointmentStatus.CANCELLED:
            status = _AS_STATUS.get(self.visit, status)
        return Slot(self.appointment.start, self.appointment.site, status, revoked)


@dataclass(frozen=True, slots=True)
class PassRow:
    """A pass as the desk knows it: never its text."""

    appointment: str
    generation: int
    site: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import did."""

    added: int = 0
    changed: int = 0
    same: int = 0


def put(
    conn: Connection, rows: Iterable[Appointment], *, origin: str, zone: str, key: bytes
) -> Counts:
    """Take appointments into the book, by the practice's own id; the same again changes nothing."""
    added = changed = same = 0
    for row in rows:
        before = one(conn, row.id)
        patient_changed = _put_patient(conn, row.patient)
        if before is None:
            _insert(conn, row, origin, zone, key)
            added += 1
        elif patient_changed or before.gone or _differs(before.appointment, row):
            values = _values(row, origin, zone) | {"gone": False, "changed": next_row(conn)}
            conn.execute(APPOINTMENTS.update().where(APPOINTMENTS.c.id == row.id).values(values))
            changed += 1
        else:
            same += 1
    return Counts(added, changed, same)


def remove(conn: Connection, ids: Iterable[str]) -> None:
    """Take appointments off the schedule; what happened in them stays."""
    for id_ in ids:
        values = {"gone": True, "changed": next_row(conn)}
        conn.execute(APPOINTMENTS.update().where(APPOINTMENTS.c.id == id_).values(values))


def one(conn: Connection, id_: str) -> Booked | None:
    """Return one appointment, also one that is gone."""
    row = conn.execute(_select().where(APPOINTMENTS.c.id == id_)).mappings().first()
    return _booked(row) if row else None


def named(conn: Connection, ids: Iterable[str]) -> list[Booked]:
    """Return the appointments with these ids."""
    rows = conn.execute(_select().where(APPOINTMENTS.c.id.in_(list(ids)))).mappings()
    return [_booked(row) for row in rows]


def on_days(conn: Connection, days: Sequence[date]) -> list[Booked]:
    """Return what is listed for these days, in the order of time."""
    listed = ~APPOINTMENTS.c.gone | (APPOINTMENTS.c.visit != VisitStatus.BOOKED)
    found = _select().where(APPOINTMENTS.c.day.in_(days), listed)
    rows = conn.execute(found.order_by(APPOINTMENTS.c.start, APPOINTMENTS.c.id)).mappings()
    return [_booked(row) for row in rows]


def changed_since(conn: Connection, since: int) -> list[Booked]:
    """Return every appointment that changed after the position `since`."""
    rows = conn.execute(_select().where(APPOINTMENTS.c.changed > since)).mappings()
    return [_booked(row) for row in rows]


def set_visits(conn: Connection, statuses: Mapping[str, VisitStatus]) -> list[str]:
    """Keep what the fold says of appointments; returns those for which it is news."""
    known = {row.id: row.visit for row in conn.execute(_VISITS, {"wanted": list(statuses)})}
    news = sorted(id_ for id_, before in known.items() if before != statuses[id_])
    if news:
        changed = next_row(conn)
        rows = [{"about": id_, "visit": statuses[id_], "changed": changed} for id_ in news]
        conn.execute(_SET_VISIT, rows)
    return news


def find_pass(conn: Connection, code: str) -> PassRow | None:
    """Return the pass whose text is `code`, of any generation."""
    found = conn.execute(sa.select(PASSES).where(PASSES.c.hash == stored_hash(code)))
    row = found.mappings().first()
    return _pass(row) if row else None


def passes_of(conn: Connection, ids: Iterable[str]) -> list[PassRow]:
    """Return all passes ever made for these appointments."""
    rows = conn.execute(sa.select(PASSES).where(PASSES.c.appointment.in_(list(ids)))).mappings()
    return [_pass(row) for row in rows]


def text_of(key: bytes, row: PassRow) -> str:
    """Return the text of a pass, which is made again from the pass key."""
    return make(key, row.appointment, row.generation, row.site)


def newest_pass(conn: Connection, id_: str) -> PassRow:
    """Return the last pass made for an appointment, revoked or not; each has one."""
    return max(passes_of(conn, [id_]), key=lambda row: row.generation)


def issue(conn: Connection, booked: Booked, key: bytes) -> str:
    """Return the text of an appointment's pass: a new one when the last was revoked."""
    row = newest_pass(conn, booked.appointment.id)
    if not row.revoked:
        return text_of(key, row)
    return _new_pass(conn, booked.appointment, booked.generation + 1, key)


def revoke(conn: Connection, id_: str) -> None:
    """Make every pass of an appointment worthless; a new one can be issued."""
    conn.execute(PASSES.update().where(PASSES.c.appointment == id_).values(revoked=True))
    row = APPOINTMENTS.c.id == id_
    conn.execute(APPOINTMENTS.update().where(row).values(changed=next_row(conn)))


def _new_pass(conn: Connection, row: Appointment, generation: int, key: bytes) -> str:
    code = make(key, row.id, generation, row.site)
    values = {"hash": stored_hash(code), "appointment": row.id, "generation": generation}
    conn.execute(PASSES.insert().values(values | {"site": row.site, "revoked": row.revoked}))
    about = APPOINTMENTS.c.id == row.id
    values = {"generation": generation, "changed": next_row(conn)}
    conn.execute(APPOINTMENTS.update().where(about).values(values))
    return code


def _insert(conn: Connection, row: Appointment, origin: str, zone: str, key: bytes) -> None:
    values = _values(row, origin, zone) | {"visit": VisitStatus.BOOKED, "changed": 0}
    conn.execute(APPOINTMENTS.insert().values(values))
    _new_pass(conn, row, 0, key)


def _values(row: Appointment, origin: str, zone: str) -> dict[str, object]:
    return {
        "id": row.id,
        "patient": row.patient.id,
        "start": row.start,
        "day": day_of(row.start, zone),
        "minutes": row.minutes,
        "site": row.site,
        "status": row.status,
        "practitioner": row.practitioner,
        "location": row.location,
        "service": row.service,
        "origin": origin,
    }


def day_of(at: datetime, zone: str) -> date:
    """Return the date of an aware time in the practice's zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def _differs(before: Appointment, row: Appointment) -> bool:
    skip = {"patient", "revoked"}
    return any(getattr(before, n) != getattr(row, n) for n in row.__slots__ if n not in skip)


def _put_patient(conn: Connection, patient: Patient) -> bool:
    """Keep a patient's record; whether it is news, and then all their appointments change."""
    row = conn.execute(sa.select(PATIENTS).where(PATIENTS.c.id == patient.id)).mappings().first()
    values = {name: getattr(patient, name) for name in patient.__slots__}
    values |= {"needs": list(patient.needs), "modes": list(patient.modes)}
    if row is None:
        conn.execute(PATIENTS.insert().values(values))
        return False
    if _patient(row) == patient:
        return False
    conn.execute(PATIENTS.update().where(PATIENTS.c.id == patient.id).values(values))
    about = APPOINTMENTS.c.patient == patient.id
    conn.execute(APPOINTMENTS.update().where(about).values(changed=next_row(conn)))
    return True


def _select() -> "sa.Select[Any]":
    patient = [PATIENTS.c[name].label(f"p_{name}") for name in Patient.__slots__]
    return sa.select(APPOINTMENTS, *patient).join_from(APPOINTMENTS, PATIENTS)


def _patient(row: RowMapping, prefix: str = "") -> Patient:
    values = {name: row[prefix + name] for name in Patient.__slots__}
    return Patient(**values | {name: tuple(values[name]) for name in ("needs", "modes")})


def _booked(row: RowMapping) -> Booked:
    appointment = Appointment(
        id=row["id"],
        patient=_patient(row, "p_"),
        start=row["start"],
        minutes=row["minutes"],
        site=row["site"],
        status=AppointmentStatus(row["status"]),
        practitioner=row["practitioner"],
        location=row["location"],
        service=row["service"],
    )
    visit = VisitStatus(row["visit"])
    return Booked(appointment, visit, row["day"], row["generation"], row["gone"], row["origin"])


def _pass(row: RowMapping) -> PassRow:
    return PassRow(row["appointment"], row["generation"], row["site"], row["revoked"])
