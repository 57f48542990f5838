"""Facts → visits. Pure: the same set of facts, in any order and with doubles, gives the same day.

Facts of kiosks are read session by session into turns (`kiosk.desk.turn`); turns and staff actions
are then read appointment by appointment into visits:

- at most one arrival stands for an appointment, the earliest unvoided one by corrected time; others
  are linked to it as the same;
- voiding is final for its session: what comes of it later is listed and changes nothing, and
  what its arrival had begun is taken back; a new session counts;
- what staff set stands until something newer happens to somebody who was not here;
- a need that staff met is open again when the person states it again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kiosk.desk.course import Kind, Step, replay
from kiosk.desk.turn import Answers, Fact, Flag, Help, Said, Turn, in_order, read_turn
from kiosk.domain.appointment import VisitStatus
from kiosk.domain.event import (
    ArrivalUnmatched,
    ArrivalVoided,
    HelpAcknowledged,
    MatchMade,
    NeedMet,
    StatusChanged,
)


@dataclass(frozen=True, slots=True)
class Met:
    """A need that staff met."""

    need: str
    at: datetime
    source: str  # of the member of staff


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of one appointment, or of one person here without one (`appointment` is None)."""

    appointment: str | None
    status: VisitStatus
    arrived_at: datetime | None = None
    seen_at: datetime | None = None  # when the practitioner took over
    standing: UUID | None = None  # the session whose arrival stands
    source: str = ""  # of the standing arrival, or of the member of staff who set it
    how: str = ""  # code, typed or staff
    matched: bool = False  # by the desk, not by the kiosk
    moved: bool = False  # by staff, at any time
    confirmed: bool = True
    sessions: tuple[UUID, ...] = ()  # unvoided, the standing one first
    same_as: tuple[UUID, ...] = ()  # arrivals that mean the standing one
    voided: tuple[UUID, ...] = ()
    language: str = ""
    needs: tuple[Said, ...] = field(default=(), repr=False)  # also those taken back
    met: tuple[Met, ...] = field(default=(), repr=False)
    answers: tuple[Answers, ...] = field(default=(), repr=False)
    unfinished: str = ""  # id of the step where the last session stopped
    finished: bool = False
    flags: tuple[Flag, ...] = ()
    unmatched: ArrivalUnmatched | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """All that the facts say: visits by appointment, people to be matched, calls for help."""

    visits: Mapping[str, Visit]
    unmatched: tuple[Visit, ...]
    helps: tuple[Help, ...]  # unanswered, oldest first
    turns: tuple[Turn, ...]  # every session, also those without an appointment, oldest first


@dataclass(frozen=True, slots=True)
class _Staff:
    voids: Mapping[UUID, Fact]  # the first of each session
    matches: Mapping[UUID, tuple[Fact, ...]]
    going: frozenset[UUID]
    moves: Mapping[str, tuple[Fact, ...]]
    marks: Mapping[str, tuple[Fact, ...]]  # needs met or not, by appointment


def fold(facts: Iterable[Fact]) -> Day:
    """Fold facts, in any order, into the day's visits."""
    known = _once(facts)
    staff = _staff(known)
    sessions: dict[UUID, list[Fact]] = {}
    for fact in known:
        if not fact.by_staff:
            sessions.setdefault(fact.event.subject, []).append(fact)
    turns = tuple(
        read_turn(session, rows, staff.matches.get(session, ()), staff.voids.get(session))
        for session, rows in sorted(sessions.items())
    )
    return Day(
        visits=_visits(turns, staff),
        unmatched=tuple(_alone(turn) for turn in turns if turn.waits_for_match),
        helps=_unanswered(turns, staff.going),
        turns=tuple(sorted(turns, key=lambda turn: (turn.started, turn.session))),
    )


def _once(facts: Iterable[Fact]) -> list[Fact]:
    """Each fact once, as it was first received, in the order they happened."""
    first: dict[UUID, Fact] = {}
    for fact in facts:
        before = first.setdefault(fact.event.id, fact)
        if fact.received < before.received:
            first[fact.event.id] = fact
    return in_order(first.values())


def _staff(known: Iterable[Fact]) -> _Staff:
    voids: dict[UUID, Fact] = {}
    matches: dict[UUID, list[Fact]] = {}
    going: set[UUID] = set()
    moves: dict[str, list[Fact]] = {}
    marks: dict[str, list[Fact]] = {}
    for fact in known:
        match fact.body:
            case ArrivalVoided(session=session):
                voids.setdefault(session, fact)
            case MatchMade(session=session):
                matches.setdefault(session, []).append(fact)
            case HelpAcknowledged(event=event):
                going.add(event)
            case StatusChanged(appointment=appointment):
                moves.setdefault(appointment, []).append(fact)
            case NeedMet(appointment=appointment):
                marks.setdefault(appointment, []).append(fact)
            case _:
                pass
    return _Staff(
        voids=voids,
        matches={session: tuple(facts) for session, facts in matches.items()},
        going=frozenset(going),
        moves={appointment: tuple(facts) for appointment, facts in moves.items()},
        marks={appointment: tuple(facts) for appointment, facts in marks.items()},
    )


def _visits(turns: Iterable[Turn], staff: _Staff) -> dict[str, Visit]:
    by_appointment: dict[str, list[Turn]] = {id_: [] for id_ in [*staff.moves, *staff.marks]}
    for turn in turns:
        for appointment in turn.appointments:
            by_appointment.setdefault(appointment, []).append(turn)
    return {
        appointment: _visit(appointment, tuple(rows), staff)
        for appointment, rows in sorted(by_appointment.items())
    }


def _visit(appointment: str, turns: tuple[Turn, ...], staff: _Staff) -> Visit:
    moves = staff.moves.get(appointment, ())
    alive = [turn for turn in turns if turn.voided_at is None]
    active = sorted(
        (turn for turn in alive if turn.arrived(appointment)),
        key=lambda turn: (turn.arrived(appointment) or turn.started, turn.session),
    )
    course = replay(_steps(appointment, turns, moves))
    standing = active[0] if active else None
    others = [turn for turn in alive if turn not in active]
    told = _told(alive)
    return Visit(
        appointment=appointment,
        status=course.status,
        arrived_at=standing.arrived(appointment) if standing else course.since,
        seen_at=course.seen,
        standing=standing.session if standing else None,
        source=standing.source if standing else course.source,
        how=standing.how if standing else "staff" if course.since else "",
        matched=bool(standing and standing.matched),
        moved=bool(moves),
        confirmed=standing.confirmed if standing else True,
        sessions=tuple(turn.session for turn in [*active, *others]),
        same_as=tuple(turn.session for turn in active[1:]),
        voided=tuple(turn.session for turn in turns if turn.voided_at is not None),
        language=standing.language if standing else told.language,
        needs=told.needs,
        met=_met(staff.marks.get(appointment, ()), told.needs),
        answers=told.answers,
        unfinished="" if _finished(active) else next((t.stopped for t in active if t.stopped), ""),
        finished=_finished(active),
        flags=_flags(alive, appointment),
        unmatched=standing.unmatched if standing else None,
    )


def _finished(active: Iterable[Turn]) -> bool:
    return any(turn.completed_at for turn in active)


def _flags(turns: Iterable[Turn], appointment: str) -> tuple[Flag, ...]:
    flags = {flag for turn in turns for flag in turn.flags if flag.appointment == appointment}
    return tuple(sorted(flags))


@dataclass(frozen=True, slots=True)
class _Told:
    language: str
    needs: tuple[Said, ...]
    answers: tuple[Answers, ...]


def _told(turns: Iterable[Turn]) -> _Told:
    """What was said in all sessions together: the newest word on each need and each part."""
    needs: dict[str, Said] = {}
    answers: dict[str, Answers] = {}
    language = ""
    for turn in sorted(turns, key=lambda turn: (turn.started, turn.session)):
        language = turn.language or language
        needs |= {said.need: said for said in turn.needs}
        answers |= {part.part: part for part in turn.answers}
    return _Told(language, tuple(needs.values()), tuple(answers.values()))


def _met(marks: Iterable[Fact], needs: Iterable[Said]) -> tuple[Met, ...]:
    """What staff's newest word on each need says is met, and nobody stated again since."""
    stated = {said.need: said.at for said in needs if said.stated}
    met: dict[str, Met] = {}
    for fact in marks:
        if not isinstance(fact.body, NeedMet):
            continue
        need = fact.body.need
        met.pop(need, None)
        if fact.body.met and fact.at >= stated.get(need, fact.at):
            met[need] = Met(need, fact.at, fact.event.source)
    return tuple(met.values())


def _steps(appointment: str, turns: Iterable[Turn], moves: Iterable[Fact]) -> list[Step]:
    steps = [Step(fact.at, Kind.MOVED, fact=fact) for fact in moves]
    for turn in turns:
        arrived = turn.arrived(appointment)
        if arrived is None:
            continue
        if turn.voided_at is not None:
            steps.append(Step(min(arrived, turn.voided_at), Kind.ARRIVED, turn.session))
            steps.append(Step(turn.voided_at, Kind.VOIDED, turn.session))
            continue
        steps.append(Step(arrived, Kind.ARRIVED, turn.session))
        if turn.completed_at:
            steps.append(Step(max(arrived, turn.completed_at), Kind.COMPLETED, turn.session))
    return sorted(steps, key=lambda step: step.key)


def _alone(turn: Turn) -> Visit:
    return Visit(
        appointment=None,
        status=VisitStatus.ARRIVED,
        arrived_at=turn.unmatched_at,
        standing=turn.session,
        source=turn.source,
        how=turn.how,
        confirmed=False,
        sessions=(turn.session,),
        language=turn.language,
        needs=turn.needs,
        answers=turn.answers,
        unfinished="" if turn.completed_at else turn.stopped,
        finished=turn.completed_at is not None,
        flags=turn.flags,
        unmatched=turn.unmatched,
    )


def _unanswered(turns: Iterable[Turn], going: frozenset[UUID]) -> tuple[Help, ...]:
    helps = [call for turn in turns for call in turn.helps if call.event not in going]
    return tuple(sorted(helps, key=lambda call: (call.at, call.event)))
