"""What a person should look at: nothing that went another way is lost silently. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.desk.boardcards import Frame, listed, outcome_text, status_of, words_of
from kiosk.desk.boardcounts import COUNTS
from kiosk.desk.boardmodels import Attention, Candidate
from kiosk.desk.course import NOT_HERE
from kiosk.desk.fold import Day, Visit
from kiosk.desk.names import fits
from kiosk.desk.outgoing import Wish
from kiosk.desk.turn import Flag, Turn
from kiosk.domain.appointment import Appointment, AppointmentStatus
from kiosk.domain.outcome import EXPLAINED, Outcome

RECENT = timedelta(minutes=60)  # how long a refused try stays worth a look
MOST = 100
_SHOWN = EXPLAINED | {Outcome.LOCKED}


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that the desk could not accept; its content stays at the kiosk."""

    row: int
    source: str
    type: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What is looked through."""

    frame: Frame
    today: date
    appointments: Mapping[str, Appointment]
    day: Day
    parked: Sequence[Wish]
    refused: Sequence[Refused]
    claims: Mapping[UUID, str]
    offline: Sequence[tuple[str, datetime]]  # source, since
    parking: Sequence[tuple[str, int]]  # source, how many events wait for a person there
    unreachable_since: datetime | None

    def date(self, at: datetime) -> date:
        """The practice's date of a moment."""
        return at.astimezone(ZoneInfo(self.frame.practice.timezone)).date()

    def name(self, appointment: str) -> str:
        """Whose appointment it is, as listed."""
        known = self.appointments.get(appointment)
        return f"{listed(known)}, {self.frame.clock(known.start)}" if known else "Somebody"


def look_at(seen: Seen) -> list[Attention]:
    """Return what to look at, newest first; people never give way to noise, however much of it."""
    people = _newest([*_unmatched(seen), *_conflicts(seen)])
    others = _newest([*_refused(seen), *_counted(seen), *_parked(seen), *_offline(seen)])
    return _newest([*people, *others[: max(0, MOST - len(people))]])


def _newest(found: Sequence[Attention]) -> list[Attention]:
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def _unmatched(seen: Seen) -> Iterator[Attention]:
    for visit in seen.day.unmatched:
        at = visit.arrived_at or seen.frame.now
        yield Attention(
            kind="unmatched",
            key=f"unmatched:{visit.standing}",
            title="Who is this?",
            detail=_said(visit, seen),
            at=at,
            session=str(visit.standing),
            kiosk=seen.frame.kiosk(visit.source),
            candidates=tuple(_candidates(visit, seen)),
        )


def _said(visit: Visit, seen: Seen) -> str:
    given = visit.unmatched
    parts = [f"at {seen.frame.kiosk(visit.source)} since {seen.frame.clock(visit.arrived_at)}"]
    if given and given.typed_name:
        parts.append(f"typed “{given.typed_name}”")
    if given and given.pass_code:
        parts.append("showed a code")
    if given and given.birth_date:
        parts.append(f"born {given.birth_date.isoformat()}")
    return ", ".join(parts)


Fit = Literal["pass", "name", "birth date"]


def _candidates(visit: Visit, seen: Seen) -> Iterator[Candidate]:
    """Appointments of the day that fit in something, the best first."""
    day = seen.date(visit.arrived_at or seen.frame.now)
    fitting = [
        (_fits(visit, one, seen), one)
        for one in seen.appointments.values()
        if seen.date(one.start) == day and status_of(one, seen.day.visits.get(one.id)) in NOT_HERE
    ]
    for fit, one in sorted(fitting, key=lambda pair: (-len(pair[0]), pair[1].start, pair[1].id)):
        if fit:
            yield Candidate(
                appointment=one.id,
                name=listed(one),
                time=seen.frame.clock(one.start),
                practitioner=one.practitioner,
                fits=fit,
            )


def _fits(visit: Visit, one: Appointment, seen: Seen) -> tuple[Fit, ...]:
    given, found = visit.unmatched, list[Fit]()
    if visit.standing and seen.claims.get(visit.standing) == one.id:
        found.append("pass")
    if given and given.typed_name and fits(given.typed_name, one.patient):
        found.append("name")
    if given and given.birth_date and given.birth_date == one.patient.birth_date:
        found.append("birth date")
    return tuple(found)


def _conflicts(seen: Seen) -> Iterator[Attention]:
    """Arrivals that the schedule contradicts: cancelled, moved to another day, unknown."""
    for id_, visit in seen.day.visits.items():
        why = _conflict(visit, seen.appointments.get(id_), seen)
        if why and visit.arrived_at and seen.date(visit.arrived_at) == seen.today:
            yield Attention(
                kind="conflict",
                key=f"conflict:{id_}",
                title=f"{seen.name(id_)}: {why}",
                detail=f"checked in at {seen.frame.kiosk(visit.source)}"
                f" at {seen.frame.clock(visit.arrived_at)}",
                at=visit.arrived_at,
                session=str(visit.standing or ""),
                appointment=id_,
                kiosk=seen.frame.kiosk(visit.source),
            )


def _conflict(visit: Visit, appointment: Appointment | None, seen: Seen) -> str:
    if visit.status in NOT_HERE or visit.arrived_at is None or visit.standing is None:
        return ""
    if appointment is None:
        return "checked in, but the schedule does not know the appointment"
    if appointment.status is AppointmentStatus.CANCELLED:
        return "checked in, but the schedule says cancelled"
    if seen.date(appointment.start) != seen.date(visit.arrived_at):
        return "checked in, but the schedule says another day"
    return ""


def _refused(seen: Seen) -> Iterator[Attention]:
    """Tries that led to no arrival, as long as the person has not arrived since."""
    for turn in seen.day.turns:
        for flag in turn.flags:
            if flag.code in _SHOWN and _fresh(flag.at, seen) and not _arrived(flag, seen):
                yield _try(turn, flag, seen)


def _try(turn: Turn, flag: Flag, seen: Seen) -> Attention:
    kiosk = seen.frame.kiosk(turn.source)
    return Attention(
        kind="refused",
        key=f"refused:{flag.session}:{flag.code}:{flag.at.isoformat()}",
        title=f"{seen.name(flag.appointment)}: {outcome_text(flag.code)}",
        detail=f"at {kiosk} at {seen.frame.clock(flag.at)}",
        at=flag.at,
        session=str(flag.session),
        appointment=flag.appointment,
        kiosk=kiosk,
    )


def _arrived(flag: Flag, seen: Seen) -> bool:
    visit = seen.day.visits.get(flag.appointment)
    return visit is not None and visit.status not in NOT_HERE


def _fresh(at: datetime, seen: Seen) -> bool:
    return seen.frame.now - at < RECENT


def _counted(seen: Seen) -> Iterator[Attention]:
    """Tries that nobody can be named for, as one line for each kiosk and kind."""
    for name, count in COUNTS.items():
        tries = sorted(
            (turn.source, flag.at)
            for turn in seen.day.turns
            for flag in turn.flags
            if flag.code in count.codes and _fresh(flag.at, seen)
        )
        for source, group in groupby(tries, key=lambda one: one[0]):
            times = [at for _, at in group]
            if len(times) < count.least:
                continue
            kiosk = seen.frame.kiosk(source)
            yield Attention(
                kind="refused",
                key=f"{name}:{source}",
                title=count.title.format(kiosk=kiosk, n=len(times)),
                detail=count.detail,
                at=times[-1],
                kiosk=kiosk,
            )


def _parked(seen: Seen) -> Iterator[Attention]:
    now = seen.frame.now
    for wish in seen.parked:
        yield Attention(
            kind="parked",
            key=f"parked:{wish.appointment}:{wish.version}",
            title=f"{seen.name(wish.appointment)}: not taken by the practice's system",
            detail=f"{words_of(wish.wanted)}: {wish.code}",
            at=wish.next_try or now,
            appointment=wish.appointment,
        )
    for one in seen.refused:
        kiosk = seen.frame.kiosk(one.source)
        yield Attention(
            kind="parked",
            key=f"event:{one.row}",
            title=f"{kiosk} sent something the desk cannot take",
            detail=f"{one.type or 'an event'}: {words_of(one.code)}; it is kept at the kiosk",
            at=one.at,
            kiosk=kiosk,
        )
    for source, count in seen.parking:
        kiosk = seen.frame.kiosk(source)
        yield Attention(
            kind="parked",
            key=f"parking:{source}",
            title=f"{kiosk} keeps {count} facts that need IT",
            detail="the desk refused them",
            at=now,
            kiosk=kiosk,
        )


def _offline(seen: Seen) -> Iterator[Attention]:
    for source, since in seen.offline:
        kiosk = seen.frame.kiosk(source)
        yield Attention(
            kind="kiosk-offline",
            key=f"offline:{source}",
            title=f"{kiosk} is offline",
            detail=f"last heard of at {seen.frame.clock(since)}; it keeps checking people in",
            at=since,
            kiosk=kiosk,
        )
    if seen.unreachable_since:
        since = seen.unreachable_since
        yield Attention(
            kind="system-offline",
            key="system-offline",
            title="The practice's system does not answer",
            detail=f"since {seen.frame.clock(since)}; arrivals wait here and will be passed on",
            at=since,
        )
