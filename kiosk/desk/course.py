"""How far one visit has come: what happened, in order, walked through step by step. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from kiosk.desk.turn import Fact
from kiosk.domain.appointment import VisitStatus
from kiosk.domain.event import StatusChanged

NOT_HERE = frozenset(
    {VisitStatus.BOOKED, VisitStatus.NO_SHOW, VisitStatus.LEFT, VisitStatus.CANCELLED}
)
"""Statuses in which an arrival is news."""


class Kind(IntEnum):
    """What a step is, in the order of what happens at the same instant."""

    ARRIVED = 0
    COMPLETED = 1
    MOVED = 2
    VOIDED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a visit."""

    at: datetime
    kind: Kind
    session: UUID | None = None
    fact: Fact | None = None  # of a move by staff

    @property
    def key(self) -> tuple[datetime, int, str, tuple[datetime, str, str, str] | None]:
        """The order of steps; what is equal in all else is ordered by id."""
        return (self.at, self.kind, str(self.session), self.fact.key if self.fact else None)


@dataclass(frozen=True, slots=True)
class Course:
    """How far a visit has come, and what an undo would go back to."""

    status: VisitStatus = VisitStatus.BOOKED
    before: VisitStatus = VisitStatus.BOOKED  # the status when the person came
    here: tuple[UUID, ...] = ()  # sessions that said so, since nobody was here; none: staff did
    since: datetime | None = None
    source: str = ""  # of the member of staff who set it
    seen: datetime | None = None


def replay(steps: Iterable[Step]) -> Course:
    """Walk through what happened, which is in order of its keys."""
    course = Course()
    for step in steps:
        match step.kind:
            case Kind.ARRIVED:
                course = _came(course, step)
            case Kind.COMPLETED:
                if course.status is VisitStatus.ARRIVED:
                    course = replace(course, status=VisitStatus.CHECKED_IN)
            case Kind.MOVED:
                course = _moved(course, step)
            case Kind.VOIDED:
                course = _undone(course, step)
    return course


def _came(course: Course, step: Step) -> Course:
    session = (step.session,) if step.session else ()
    if course.status not in NOT_HERE:
        return replace(course, here=course.here and (*course.here, *session))
    before = course.status
    return replace(
        course, status=VisitStatus.ARRIVED, before=before, here=session, since=step.at, source=""
    )


def _moved(course: Course, step: Step) -> Course:
    body = step.fact.body if step.fact else None
    if step.fact is None or not isinstance(body, StatusChanged):
        return course
    if body.status in NOT_HERE:
        return replace(course, status=body.status, here=(), since=None, source="")
    seen = course.seen
    if body.status is VisitStatus.IN_PROGRESS and course.status is not body.status:
        seen = step.at
    if course.status not in NOT_HERE:
        return replace(course, status=body.status, seen=seen)
    source = step.fact.event.source
    return replace(
        course, status=body.status, before=course.status, since=step.at, source=source, seen=seen
    )


def _undone(course: Course, step: Step) -> Course:
    """Take one session out; when it alone had brought the person here, they never came."""
    left = tuple(session for session in course.here if session != step.session)
    if left or not course.here:
        return replace(course, here=left)
    return replace(course, status=course.before, here=(), since=None, seen=None)
