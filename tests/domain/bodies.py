"""Every kind of fact that may leave a kiosk or be told by staff, made at random."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from kiosk.domain.appointment import VisitStatus
from kiosk.domain.event import (
    AnswersRecorded,
    ArrivalRecorded,
    ArrivalUnmatched,
    ArrivalVoided,
    Data,
    FeedbackGiven,
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
from kiosk.domain.outcome import Outcome

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TEXTS = st.lists(TEXT, max_size=3)
HOW = st.sampled_from(["code", "typed", "staff"])
OUTCOME = st.sampled_from(Outcome)
REASON = OUTCOME | st.sampled_from(["unreadable", "hostile", "foreign", "enrolment"])
HELP = st.sampled_from(["asked", "three-tries", "locked", "fault"])
ENDED = st.sampled_from(["idle", "left", "help", "restart"])
NUMBER = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
VALUE = st.none() | st.booleans() | NUMBER | TEXT | TEXTS
SESSION = st.uuids()
MOMENT = st.integers(0, 200 * 365 * 24 * 3600 * 1000).map(
    lambda ms: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
)

BODIES: Mapping[type[Data], SearchStrategy[Data]] = {
    SessionStarted: st.builds(SessionStarted, language=TEXT, modes=TEXTS.map(tuple), how=HOW),
    ArrivalRecorded: st.builds(
        ArrivalRecorded, appointment=TEXT, outcome=OUTCOME, how=HOW, online=st.booleans()
    ),
    ArrivalUnmatched: st.builds(
        ArrivalUnmatched, pass_code=TEXT, typed_name=TEXT, birth_date=st.none() | st.dates()
    ),
    AnswersRecorded: st.builds(
        AnswersRecorded,
        part=TEXT,
        revision=st.integers(1, 99),
        answers=st.dictionaries(TEXT, VALUE, max_size=3),
    ),
    NeedStated: st.builds(NeedStated, need=TEXT, stated=st.booleans(), note=TEXT),
    HelpRequested: st.builds(HelpRequested, step=TEXT, reason=HELP, kiosk=TEXT, language=TEXT),
    IntakeCompleted: st.builds(IntakeCompleted, appointment=TEXT),
    SessionAbandoned: st.builds(SessionAbandoned, step=TEXT, reason=ENDED, appointment=TEXT),
    ScanRefused: st.builds(ScanRefused, reason=REASON, how=HOW, length=st.integers(0, 9999)),
    FeedbackGiven: st.builds(FeedbackGiven, score=st.integers(1, 5), note=TEXT),
    StatusChanged: st.builds(StatusChanged, appointment=TEXT, status=st.sampled_from(VisitStatus)),
    ArrivalVoided: st.builds(ArrivalVoided, session=SESSION, reason=TEXT),
    HelpAcknowledged: st.builds(HelpAcknowledged, event=SESSION),
    MatchMade: st.builds(MatchMade, session=SESSION, appointment=TEXT),
    NeedMet: st.builds(NeedMet, appointment=TEXT, need=TEXT, met=st.booleans()),
}
ANY = st.one_of(*BODIES.values())
