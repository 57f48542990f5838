"""Facts for tests of what is folded from them: short to write, and whole days by Hypothesis."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from kiosk.desk.turn import Fact
from kiosk.domain.appointment import VisitStatus
from kiosk.domain.event import (
    STAFF_TYPES,
    TYPE_OF,
    AnswersRecorded,
    ArrivalRecorded,
    ArrivalUnmatched,
    ArrivalVoided,
    Data,
    HelpAcknowledged,
    HelpRequested,
    IntakeCompleted,
    MatchMade,
    NeedMet,
    NeedStated,
    ScanRefused,
    SessionAbandoned,
    SessionStarted,
    StatusChanged,
)
from kiosk.domain.event import make as make_event
from kiosk.domain.outcome import Outcome

from .support import NOON


def session(number: int) -> UUID:
    """Return the id of a made-up session."""
    return UUID(int=7 << 76 | 2 << 62 | number)


def fact(
    body: Data,
    *,
    minute: float = 0,
    of: int = 1,
    kiosk: str = "k-1",
    user: str = "maya",
    offset_ms: int = 0,
    late_min: float = 0,
    number: int | None = None,
) -> Fact:
    """Return a fact that happened `minute` minutes after noon and was received `late_min` later."""
    staff = TYPE_OF[type(body)] in STAFF_TYPES
    at = NOON + timedelta(minutes=minute)
    about = f"{body.model_dump_json()} {minute} {of} {kiosk} {user} {number}"
    event = make_event(
        body,
        id=UUID(bytes=hashlib.sha256(about.encode()).digest()[:16]),
        source=f"/staff/{user}" if staff else f"/kiosks/{kiosk}",
        subject=session(of),
        time=at - timedelta(milliseconds=offset_ms),
        sequence=round((minute + 10_000) * 100),
        offset_ms=offset_ms,
    )
    return Fact(event, body, _received(at, late_min))


def _received(at: datetime, late_min: float) -> datetime:
    return at + timedelta(minutes=late_min, seconds=1)


def arrival(appointment: str = "a", **more: object) -> ArrivalRecorded:
    """Return an arrival in time by code."""
    values = {"appointment": appointment, "outcome": Outcome.IN_TIME} | more
    return ArrivalRecorded.model_validate(values)


_APPOINTMENTS = st.sampled_from(["a", "b"])
_SESSIONS = st.integers(1, 4)
_STATUSES = st.sampled_from(VisitStatus)
_BODIES: st.SearchStrategy[Data] = st.one_of(
    st.builds(SessionStarted, language=st.sampled_from(["en", "ar"])),
    st.builds(
        ArrivalRecorded,
        appointment=_APPOINTMENTS,
        outcome=st.sampled_from([Outcome.IN_TIME, Outcome.ALREADY_IN, Outcome.LATE_WITHIN_GRACE]),
    ),
    st.builds(ArrivalUnmatched, typed_name=st.just("Somebody")),
    st.builds(
        AnswersRecorded,
        part=st.sampled_from(["contact", "needs"]),
        revision=st.integers(1, 3),
        answers=st.just({"phone": "1"}),
        appointment=_APPOINTMENTS,
    ),
    st.builds(NeedStated, need=st.sampled_from(["hearing", "quiet"]), stated=st.booleans()),
    st.builds(
        NeedMet,
        appointment=_APPOINTMENTS,
        need=st.sampled_from(["hearing", "quiet"]),
        met=st.booleans(),
    ),
    st.builds(HelpRequested, step=st.just("name")),
    st.builds(IntakeCompleted),
    st.builds(SessionAbandoned, step=st.just("phone"), reason=st.just("idle")),
    st.builds(ScanRefused, reason=st.just(Outcome.LATE), appointment=_APPOINTMENTS),
    st.builds(StatusChanged, appointment=_APPOINTMENTS, status=_STATUSES),
    st.builds(ArrivalVoided, session=_SESSIONS.map(session), reason=st.just("mistake")),
    st.builds(MatchMade, session=_SESSIONS.map(session), appointment=_APPOINTMENTS),
    st.builds(HelpAcknowledged, event=st.uuids()),
)


@st.composite
def days(draw: st.DrawFn, *, most: int = 14) -> list[Fact]:
    """Draw a day of facts: few sessions, many clashes, equal times and slow deliveries."""
    bodies = draw(st.lists(_BODIES, max_size=most))
    return [
        fact(
            body,
            minute=draw(st.integers(0, 6)),
            of=draw(_SESSIONS),
            kiosk=draw(st.sampled_from(["k-1", "k-2"])),
            offset_ms=draw(st.sampled_from([0, 0, 90_000, -3_600_000])),
            late_min=draw(st.sampled_from([0, 0, 30])),
            number=number,
        )
        for number, body in enumerate(bodies)
    ]
