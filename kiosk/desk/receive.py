"""Take events in: check each by itself, keep it once, and let the visits follow."""

import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.engine import Connection

from kiosk.desk import book, counters, ledger, matching, outgoing
from kiosk.desk.fold import fold
from kiosk.desk.ledger import Entry
from kiosk.desk.policy import Policy
from kiosk.desk.turn import Fact
from kiosk.domain.appointment import VisitStatus
from kiosk.domain.event import (
    MODELS,
    STAFF_TYPES,
    ArrivalUnmatched,
    Data,
    Event,
    MatchMade,
    Reply,
    make,
)
from kiosk.domain.ident import uuid7
from kiosk.errors import RefusedError

MOST_EVENTS = 100
MOST_DEPTH = 16
DESK = "/staff/desk"  # the source of what the desk does by itself
_NOBODY = UUID(int=0)
_DECIDING = frozenset(
    {
        "arrival.recorded",
        "arrival.unmatched",
        "arrival.voided",
        "intake.completed",
        "match.made",
        "status.changed",
    }
)
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

Checked: TypeAlias = Entry | Reply
"""An event that may be kept, or why it is refused."""


def unpack(body: bytes) -> list[object]:
    """Return the items of a batch. Raises RefusedError when it is none."""
    try:
        items = json.loads(body)
    except (ValueError, RecursionError):
        raise RefusedError("not-json") from None
    if not isinstance(items, list):
        raise RefusedError("not-a-batch")
    if len(items) > MOST_EVENTS:
        raise RefusedError("too-many")
    return items


def check(item: object, source: str) -> Checked:
    """Check one event of a kiosk whose source is `source`."""
    id_ = _id(item)
    if _too_deep(item):
        return _no(id_, "too-deep")
    try:
        event = Event.model_validate(item)
        code = _wrong(event, source)
        return _no(id_, code) if code else Entry(event, event.body())
    except ValidationError:
        return _no(id_, "invalid")


def _wrong(event: Event, source: str) -> str:
    """Why a well-formed event may not be kept, "" when it may."""
    if event.source != source:
        return "wrong-source"
    if event.type in STAFF_TYPES:
        return "staff-only"
    if event.type not in MODELS:
        return "unknown-type"
    return "" if _EARLIEST <= event.time < _LATEST else "wrong-time"


def by_staff(body: Data, user: str, subject: UUID, now: datetime, sequence: int) -> Entry:
    """Make the event of something a member of staff did (user "desk": the desk itself)."""
    event = make(
        body,
        id=new_id(now),
        source=f"/staff/{user}",
        subject=subject,
        time=now,
        sequence=sequence,
    )
    return Entry(event, body)


def new_id(now: datetime) -> UUID:
    """Mint a UUIDv7."""
    return uuid7(now, secrets.token_bytes(10))


def keep(
    conn: Connection,
    checked: Sequence[Checked],
    *,
    now: datetime,
    policy: Policy,
    device: str = "",
    site: str = "",
) -> list[Reply]:
    """Keep what may be kept, answer for each, and bring visits and outgoing wishes up to date.

    The counter of changes rises with every accepted event, in the transaction that keeps it.
    """
    replies, accepted = [], []
    for item in checked:
        reply = item if isinstance(item, Reply) else _append(conn, item, now)
        if isinstance(item, Entry) and reply.outcome == "accepted":
            accepted.append(item)
        if reply.outcome == "refused":
            type_ = item.event.type if isinstance(item, Entry) else ""
            ledger.refused(conn, device=device, type_=type_, code=reply.code, received=now)
        replies.append(reply)
    accepted += _match(conn, accepted, now, site, policy)
    if accepted or any(reply.outcome == "refused" for reply in replies):
        counters.next_change(conn)
    _follow(conn, accepted, now, policy)
    return replies


def _append(conn: Connection, entry: Entry, now: datetime) -> Reply:
    outcome = ledger.append(conn, entry, now)
    if outcome == "id-reused":
        return _no(entry.event.id, outcome)
    return Reply(id=entry.event.id, outcome=outcome)


def _match(
    conn: Connection, accepted: Sequence[Entry], now: datetime, site: str, policy: Policy
) -> list[Entry]:
    """Match the unmatched that can be matched for certain."""
    made = []
    for entry in accepted:
        if not isinstance(entry.body, ArrivalUnmatched):
            continue
        at = Fact(entry.event, entry.body, now).at
        appointment = matching.settle(conn, entry.body, at, site, policy)
        if appointment:
            session = entry.event.subject
            body = MatchMade(session=session, appointment=appointment)
            match = by_staff(body, "desk", session, now, counters.next_change(conn))
            ledger.append(conn, match, now)
            made.append(match)
    return made


def _follow(conn: Connection, accepted: Sequence[Entry], now: datetime, policy: Policy) -> None:
    """Fold the appointments that these events decide about, and keep what is news."""
    deciding = [entry for entry in accepted if entry.event.type in _DECIDING]
    if not deciding:
        return
    sessions = {getattr(entry.body, "session", entry.event.subject) for entry in deciding}
    affected = ledger.appointments_of(conn, sessions) | {one.appointment for one in deciding}
    affected.discard("")
    visits = fold(ledger.facts_about(conn, affected)).visits
    for id_ in sorted(affected):
        status = visits[id_].status if id_ in visits else VisitStatus.BOOKED
        if book.set_visit(conn, id_, status) and policy.linked:
            outgoing.want(conn, id_, status, now, policy.practice.arrival_status)


def _no(id_: UUID, code: str) -> Reply:
    return Reply(id=id_, outcome="refused", code=code)


def _id(item: object) -> UUID:
    try:
        return UUID(str(item["id"])) if isinstance(item, dict) else _NOBODY
    except (KeyError, ValueError):
        return _NOBODY


def _too_deep(item: object) -> bool:
    level = [item]
    for _ in range(MOST_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True
