"""Take events in: check each by itself, keep it once, and let the visits follow."""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Batch:
    """What one kiosk, or the desk's people, handed over together."""

    checked: Sequence[Checked]
    device: str = ""
    site: str = ""


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
    """Keep one batch, as `keep_all` does; answers for each event."""
    return keep_all(conn, [Batch(checked, device, site)], now=now, policy=policy)[0]


def keep_all(
    conn: Connection, batches: Sequence[Batch], *, now: datetime, policy: Policy
) -> list[list[Reply]]:
    """Keep what may be kept, answer for each, and bring visits and outgoing wishes up to date.

    The answers come batch by batch. The counter of changes rises in the transaction that keeps
    something or refuses it.
    """
    entries = [item for batch in batches for item in batch.checked if isinstance(item, Entry)]
    outcomes = iter(ledger.append(conn, entries, now))
    replies, accepted, refused = [], [], False
    for batch in batches:
        answers = [
            item if isinstance(item, Reply) else _reply(item, next(outcomes))
            for item in batch.checked
        ]
        new = [item for item, _ in _that_are("accepted", batch, answers) if isinstance(item, Entry)]
        accepted += [*new, *_match(conn, new, now, batch.site, policy)]
        for item, reply in _that_are("refused", batch, answers):
            type_ = item.event.type if isinstance(item, Entry) else ""
            ledger.refused(conn, device=batch.device, type_=type_, code=reply.code, received=now)
            refused = True
        replies.append(answers)
    if accepted or refused:
        counters.next_change(conn)
    _follow(conn, accepted, now, policy)
    return replies


def _reply(entry: Entry, kept: ledger.Kept) -> Reply:
    if kept == "id-reused":
        return _no(entry.event.id, kept)
    return Reply(id=entry.event.id, outcome=kept)


def _that_are(
    outcome: str, batch: Batch, answers: Sequence[Reply]
) -> Iterator[tuple[Checked, Reply]]:
    for item, reply in zip(batch.checked, answers, strict=True):
        if reply.outcome == outcome:
            yield item, reply


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
            ledger.append(conn, [match], now)
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
    statuses = {id_: visits[id_].status for id_ in affected & visits.keys()}
    statuses |= dict.fromkeys(affected - visits.keys(), VisitStatus.BOOKED)
    for id_ in book.set_visits(conn, statuses):
        if policy.linked:
            outgoing.want(conn, id_, statuses[id_], now, policy.practice.arrival_status)


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
