"""Cards of the live board: one visit and its appointment as staff read them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from kiosk.config import PracticeSettings
from kiosk.desk.boardmodels import Answered, Card, Move, Note
from kiosk.desk.boardneeds import chips
from kiosk.desk.course import NOT_HERE
from kiosk.desk.fold import Visit
from kiosk.desk.turn import Flag
from kiosk.domain.appointment import Appointment, AppointmentStatus, VisitStatus
from kiosk.domain.needs import Need

STATUS_TEXT = {
    VisitStatus.BOOKED: "expected",
    VisitStatus.ARRIVED: "arrived",
    VisitStatus.CHECKED_IN: "checked in",
    VisitStatus.READY: "ready",
    VisitStatus.IN_PROGRESS: "being seen",
    VisitStatus.DONE: "done",
    VisitStatus.CANCELLED: "cancelled",
    VisitStatus.NO_SHOW: "did not come",
    VisitStatus.LEFT: "left",
}
WAITING = frozenset({VisitStatus.ARRIVED, VisitStatus.CHECKED_IN, VisitStatus.READY})
_FROM_SCHEDULE = {
    AppointmentStatus.ARRIVED: VisitStatus.ARRIVED,
    AppointmentStatus.CHECKED_IN: VisitStatus.CHECKED_IN,
    AppointmentStatus.FULFILLED: VisitStatus.DONE,
    AppointmentStatus.CANCELLED: VisitStatus.CANCELLED,
    AppointmentStatus.ENTERED_IN_ERROR: VisitStatus.CANCELLED,
    AppointmentStatus.NOSHOW: VisitStatus.NO_SHOW,
}
_MOVES: dict[VisitStatus, tuple[tuple[VisitStatus, str], ...]] = {
    VisitStatus.BOOKED: (
        (VisitStatus.ARRIVED, "Here"),
        (VisitStatus.NO_SHOW, "Did not come"),
    ),
    VisitStatus.ARRIVED: (
        (VisitStatus.CHECKED_IN, "Checked in"),
        (VisitStatus.READY, "Ready"),
        (VisitStatus.IN_PROGRESS, "Being seen"),
        (VisitStatus.LEFT, "Left"),
    ),
    VisitStatus.CHECKED_IN: (
        (VisitStatus.READY, "Ready"),
        (VisitStatus.IN_PROGRESS, "Being seen"),
        (VisitStatus.LEFT, "Left"),
    ),
    VisitStatus.READY: (
        (VisitStatus.IN_PROGRESS, "Being seen"),
        (VisitStatus.CHECKED_IN, "Not ready yet"),
        (VisitStatus.LEFT, "Left"),
    ),
    VisitStatus.IN_PROGRESS: (
        (VisitStatus.DONE, "Done"),
        (VisitStatus.READY, "Back to waiting"),
    ),
    VisitStatus.DONE: ((VisitStatus.IN_PROGRESS, "Not done yet"),),
    VisitStatus.CANCELLED: ((VisitStatus.ARRIVED, "Here after all"),),
    VisitStatus.NO_SHOW: (
        (VisitStatus.ARRIVED, "Here"),
        (VisitStatus.BOOKED, "Expected again"),
    ),
    VisitStatus.LEFT: ((VisitStatus.ARRIVED, "Came back"),),
}
_NOT_HERE_AFTER_ALL = Move(status=VisitStatus.BOOKED, text="Not here after all")
_NOTES = {
    "late-within-grace": "came late, still in time",
    "already-in": "showed the code again",
    "too-early": "came too early",
    "late": "came too late to check in",
    "wrong-day": "came on another day",
    "wrong-site": "went to another site",
    "cancelled": "came although it is cancelled",
    "revoked": "showed a code that is no longer good",
    "locked": "could not show who they are",
    "mismatch": "birth date did not fit",
}
_VERIFIED = {
    "code": "code + birth date",
    "typed": "typed name + birth date",
    "staff": "at the desk",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What every card is made with."""

    now: datetime
    practice: PracticeSettings
    needs: Mapping[str, Need]
    labels: Mapping[str, str]  # of kiosks, by source
    calling: frozenset[str]  # appointments and sessions with an unanswered call for help

    def clock(self, at: datetime | None) -> str:
        """Write an aware time as the practice's short local time."""
        return f"{at.astimezone(ZoneInfo(self.practice.timezone)):%H:%M}" if at else ""

    def kiosk(self, source: str) -> str:
        """Name the kiosk of an event's source."""
        return self.labels.get(source, source.removeprefix("/kiosks/"))


def listed(appointment: Appointment) -> str:
    """Write a name as practices list people."""
    patient = appointment.patient
    return ", ".join(part for part in (patient.family, patient.given) if part)


def status_of(appointment: Appointment, visit: Visit | None) -> VisitStatus:
    """Return what happened here, or, when nothing did, what the schedule says."""
    scheduled = _FROM_SCHEDULE.get(appointment.status, VisitStatus.BOOKED)
    if visit is None or not (visit.standing or visit.voided or visit.moved):
        return scheduled
    return visit.status


def card(appointment: Appointment, visit: Visit | None, frame: Frame) -> Card:
    """Make the card of an appointment."""
    status = status_of(appointment, visit)
    seen = visit or Visit(appointment.id, status)
    language = seen.language or appointment.patient.language
    if seen.language == frame.practice.language:
        language = appointment.patient.language or seen.language
    return _with_visit(seen, status, language, frame).model_copy(
        update={
            "key": appointment.id,
            "appointment": appointment.id,
            "name": listed(appointment),
            "called": appointment.patient.called,
            "start": appointment.start,
            "time": frame.clock(appointment.start),
            "minutes": appointment.minutes,
            "practitioner": appointment.practitioner,
            "location": appointment.location,
            "service": appointment.service,
            "site": appointment.site,
            "needs": chips(appointment.patient.needs, seen, frame.needs, frame.clock),
            "moves": _moves(status, standing=bool(seen.standing)),
            "help": appointment.id in frame.calling or _called(seen, frame),
        }
    )


def stranger(visit: Visit, frame: Frame) -> Card:
    """Make the card of a person who is here and not matched yet."""
    typed = visit.unmatched.typed_name if visit.unmatched else ""
    made = _with_visit(visit, VisitStatus.ARRIVED, visit.language, frame)
    return made.model_copy(
        update={
            "name": typed or "Not matched yet",
            "called": typed,
            "needs": chips((), visit, frame.needs, frame.clock),
            "help": _called(visit, frame),
        }
    )


def _called(visit: Visit, frame: Frame) -> bool:
    return any(str(session) in frame.calling for session in visit.sessions)


def _with_visit(visit: Visit, status: VisitStatus, language: str, frame: Frame) -> Card:
    minutes = _waiting(visit, status, frame.now)
    how = visit.how if status not in NOT_HERE else ""
    return Card(
        key=f"session:{visit.standing}",
        appointment="",
        sessions=tuple(str(session) for session in visit.sessions),
        name="",
        called="",
        start=None,
        time="",
        minutes=0,
        practitioner="",
        location="",
        service="",
        status=status,
        status_text=STATUS_TEXT[status],
        arrived_at=visit.arrived_at,
        arrived_time=frame.clock(visit.arrived_at),
        waiting_minutes=minutes,
        overdue=minutes is not None and minutes >= frame.practice.come_to_desk_after,
        language=language,
        language_text=speaks(language, frame.practice.language),
        unfinished=words_of(visit.unfinished) if status in WAITING else "",
        finished=visit.finished,
        notes=_notes(visit),
        answers=_answers(visit),
        how=how,
        verified=_verified(visit, how),
        kiosk=frame.kiosk(visit.source) if visit.source.startswith("/kiosks/") else "",
        undoable=str(visit.standing or ""),
    )


def _verified(visit: Visit, how: str) -> str:
    if visit.unmatched is not None:
        return "matched at the desk" if visit.matched else "not matched yet"
    return _VERIFIED.get(how, "")


def _waiting(visit: Visit, status: VisitStatus, now: datetime) -> int | None:
    if visit.arrived_at is None or status not in WAITING:
        return None
    return max(0, int((now - visit.arrived_at) / timedelta(minutes=1)))


def _moves(status: VisitStatus, *, standing: bool) -> tuple[Move, ...]:
    moves = tuple(Move(status=status, text=text) for status, text in _MOVES[status])
    undo = status in WAITING and not standing
    return (*moves, _NOT_HERE_AFTER_ALL) if undo else moves


def _notes(visit: Visit) -> tuple[Note, ...]:
    notes = [_note(flag) for flag in visit.flags]
    at = visit.arrived_at
    if at and not visit.confirmed and visit.unmatched is None:
        notes.append(Note(code="unconfirmed", text="checked in while the kiosk was offline", at=at))
    if at and visit.same_as and not any(note.code == "already-in" for note in notes):
        notes.append(Note(code="same-as", text="checked in at two kiosks", at=at))
    return tuple(notes)


def _note(flag: Flag) -> Note:
    return Note(code=flag.code, text=outcome_text(flag.code), at=flag.at)


def outcome_text(code: str) -> str:
    """Say in staff's words what an outcome's code means."""
    return _NOTES.get(code, words_of(code))


def _answers(visit: Visit) -> tuple[Answered, ...]:
    return tuple(
        Answered(part=part.part, question=words_of(question), answer=_answer(value))
        for part in visit.answers
        for question, value in part.answers.items()
    )


def _answer(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def words_of(id_: str) -> str:
    """Turn an id such as name-to-use into words."""
    return id_.replace("-", " ").replace("_", " ").replace(".", ", ")


@lru_cache(maxsize=256)
def speaks(language: str, own: str) -> str:
    """Return "speaks Arabic" for a language that is not the practice's own, else ""."""
    if not language or language == own:
        return ""
    try:
        return f"speaks {Locale.parse(language, sep='-').get_display_name('en')}"
    except (ValueError, UnknownLocaleError):
        return f"speaks {language}"
