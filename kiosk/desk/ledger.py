"""The ledger of facts: appended once, never changed, kept by id so that a repeat is recognised.

Every function takes the connection of a running transaction.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from kiosk.desk.tables import EVENTS, REFUSALS
from kiosk.desk.turn import Fact
from kiosk.domain.event import MODELS, STAFF_TYPES, Data, Event

_MANY = 400  # values in one IN list; SQLite's own limit is far above

# Statements of the way every event takes, built once: building one costs as much as running it.
_INSERT = EVENTS.insert()
_DIGESTS = sa.select(EVENTS.c.id, EVENTS.c.digest).where(
    EVENTS.c.id.in_(sa.bindparam("wanted", expanding=True))
)
_INVOLVED = EVENTS.c.subject.in_(sa.bindparam("sessions", expanding=True)) | EVENTS.c.about.in_(
    sa.bindparam("texts", expanding=True)
)
_NAMED = sa.select(EVENTS.c.appointment).where(_INVOLVED).distinct()
_ABOUT = EVENTS.c.appointment.in_(sa.bindparam("appointments", expanding=True))
_SESSIONS = sa.select(EVENTS.c.subject, EVENTS.c.about).where(_ABOUT).distinct()
_DECIDING = sa.select(EVENTS).where(_INVOLVED | _ABOUT)

Kept: TypeAlias = Literal["accepted", "duplicate", "id-reused"]
"""What became of an event; the last is a refusal: another fact has its id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A checked event, ready to be kept."""

    event: Event
    body: Data

    @property
    def appointment(self) -> str:
        """The appointment that the data names, or ""."""
        return str(getattr(self.body, "appointment", ""))

    @property
    def about(self) -> str:
        """The session or event that a staff action is about, or ""."""
        if self.event.type not in STAFF_TYPES:
            return ""
        return str(getattr(self.body, "session", getattr(self.body, "event", "")))

    @property
    def digest(self) -> bytes:
        """What makes a repeat the same: everything but the clock offset, which may be newer."""
        same = self.event.model_dump(mode="json", exclude={"clockoffset"})
        return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).digest()


def append(conn: Connection, entries: Sequence[Entry], received: datetime) -> list[Kept]:
    """Keep facts, each once, and say of each what became of it."""
    known: dict[UUID, bytes] = {}
    for some in _chunks([entry.event.id for entry in entries]):
        known |= {row.id: row.digest for row in conn.execute(_DIGESTS, {"wanted": some})}
    rows, outcomes = [], []
    for entry in entries:
        id_, digest = entry.event.id, entry.digest
        outcomes.append(_known(known.get(id_), digest))
        if id_ not in known:
            known[id_] = digest
            rows.append(_values(entry, digest, received))
    if rows:
        conn.execute(_INSERT, rows)
    return outcomes


def _known(before: bytes | None, digest: bytes) -> Kept:
    if before is None:
        return "accepted"
    return "duplicate" if before == digest else "id-reused"


def _values(entry: Entry, digest: bytes, received: datetime) -> dict[str, object]:
    event = entry.event
    return {
        "id": event.id,
        "type": event.type,
        "source": event.source,
        "subject": event.subject,
        "time": event.time,
        "sequence": event.sequence,
        "clockoffset": event.clockoffset,
        "received": received,
        "appointment": entry.appointment,
        "about": entry.about,
        "digest": digest,
        "data": json.dumps(event.data),
    }


def refused(conn: Connection, *, device: str, type_: str, code: str, received: datetime) -> None:
    """Remember that an event was refused, so that staff can be told; its content stays outside."""
    values = {"device": device, "type": type_[:64], "code": code, "received": received}
    conn.execute(REFUSALS.insert().values(values))


def last_row(conn: Connection) -> int:
    """Return the number of the newest fact."""
    return int(conn.execute(sa.select(sa.func.max(EVENTS.c.row))).scalar() or 0)


def received_since(conn: Connection, since: datetime, after: int) -> list[Fact]:
    """Return the facts received at or after `since`, with a row number above `after`."""
    found = sa.select(EVENTS).where(EVENTS.c.received >= since, EVENTS.c.row > after)
    return _facts(conn, found)


def has_session(conn: Connection, session: UUID) -> bool:
    """Whether a kiosk said anything in this session."""
    said = (EVENTS.c.subject == session) & EVENTS.c.source.startswith("/kiosks/")
    return conn.execute(sa.select(EVENTS.c.row).where(said).limit(1)).first() is not None


def session_of(conn: Connection, help_: UUID) -> UUID | None:
    """Return the session of a call for help."""
    call = (EVENTS.c.id == help_) & (EVENTS.c.type == "help.requested")
    return conn.execute(sa.select(EVENTS.c.subject).where(call)).scalars().first()


def appointments_of(conn: Connection, sessions: Iterable[UUID]) -> set[str]:
    """Return every appointment that facts of these sessions, or about them, name."""
    named: set[str] = set()
    for some in _chunks(list(sessions)):
        named |= set(conn.scalars(_NAMED, _both(some)))
    return named - {""}


def facts_about(conn: Connection, appointments: Iterable[str]) -> list[Fact]:
    """Return everything that decides about these appointments: what names them or is of a session
    that does. A fact that belongs to many of them may come more than once.
    """
    facts: list[Fact] = []
    for some in _chunks(list(appointments)):
        rows = conn.execute(_SESSIONS, {"appointments": some}).all()
        sessions = {row.subject for row in rows} | {UUID(row.about) for row in rows if row.about}
        facts += _facts(conn, _DECIDING, _both(list(sessions)) | {"appointments": some})
    return facts


def _both(sessions: Sequence[UUID]) -> dict[str, object]:
    return {"sessions": sessions, "texts": [str(session) for session in sessions]}


def forget(conn: Connection, before: datetime) -> int:
    """Delete facts received before `before`; how many."""
    conn.execute(REFUSALS.delete().where(REFUSALS.c.received < before))
    return conn.execute(EVENTS.delete().where(EVENTS.c.received < before)).rowcount


def _chunks(values: Sequence[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(values), _MANY):
        yield list(values[start : start + _MANY])


def _facts(
    conn: Connection, found: "sa.Select[Any]", values: Mapping[str, object] | None = None
) -> list[Fact]:
    return [_fact(row) for row in conn.execute(found, values or {}).mappings()]


def _fact(row: RowMapping) -> Fact:
    data = json.loads(row["data"])
    event = Event.model_construct(
        specversion="1.0",
        id=row["id"],
        source=row["source"],
        type=row["type"],
        subject=row["subject"],
        time=row["time"],
        datacontenttype="application/json",
        sequence=row["sequence"],
        clockoffset=row["clockoffset"],
        data=data,
    )
    return Fact(event, MODELS[row["type"]].model_validate(data), row["received"])
