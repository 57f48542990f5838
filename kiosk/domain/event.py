"""Facts that leave the kiosk, and what staff do: CNCF CloudEvents 1.0 with one model per type.

The envelope is CloudEvents' JSON format; `sequence` is its Sequence extension (a string that sorts
as text), `clockoffset` is ms to add to the device's clock, measured at the last contact.
"""

from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from kiosk.domain.appointment import VisitStatus
from kiosk.domain.outcome import Outcome

BATCH_TYPE = "application/cloudevents-batch+json"
Text = Annotated[str, Field(max_length=10_000)]
How = Literal["code", "typed", "staff"]


class Data(BaseModel):
    """What one type of event says; closed, frozen, and silent in `repr` and in errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    __str__ = __repr__


class SessionStarted(Data):
    """Somebody began: a code was shown, or a way without a code was chosen."""

    language: str
    modes: tuple[str, ...] = ()
    how: How = "code"


class ArrivalRecorded(Data):
    """A person who passed the second factor is here for this appointment."""

    appointment: str
    outcome: Outcome
    how: How = "code"
    online: bool = True
    confirmed: bool = True  # False when details were not shown to be confirmed (offline)


class ArrivalUnmatched(Data):
    """A person is here, and nobody could be asked who; matched by pass or name and birth date."""

    pass_code: str = ""
    typed_name: Text = ""
    birth_date: date | None = None
    reason: Literal["offline", "unknown"] = "offline"


class AnswersRecorded(Data):
    """One finished part of the intake; a higher revision replaces a lower one."""

    part: str
    revision: Annotated[int, Field(ge=1)]
    answers: dict[str, Text | bool | int | float | list[str] | None]
    appointment: str = ""


class NeedStated(Data):
    """The person stated, or took back, one need of `assets/needs.toml`."""

    need: str
    stated: bool = True
    note: Text = ""
    appointment: str = ""


class HelpRequested(Data):
    """A person asks for a person; `reason` says whether they pressed or we gave up."""

    step: str
    reason: Literal["asked", "three-tries", "locked", "fault"] = "asked"
    kiosk: str = ""
    language: str = ""
    appointment: str = ""


class IntakeCompleted(Data):
    """Everything that was asked of this person has been answered."""

    appointment: str = ""


class SessionAbandoned(Data):
    """The session ended before the end: by silence, by choice, by handing over, or by a restart."""

    step: str  # left unanswered; "" at a last screen, and after a restart
    reason: Literal["idle", "left", "help", "restart"]
    appointment: str = ""


class ScanRefused(Data):
    """A code or an attempt that led to no arrival; never holds the scanned text."""

    reason: Outcome | Literal["unreadable", "hostile", "foreign", "enrolment"]
    how: How = "code"
    length: int = 0
    appointment: str = ""  # only after pass and second factor


class FeedbackGiven(Data):
    """How it went, optional, after the arrival."""

    score: Annotated[int, Field(ge=1, le=5)]
    note: Text = ""


class StatusChanged(Data):
    """Staff moved a visit on (or back)."""

    appointment: str
    status: VisitStatus


class ArrivalVoided(Data):
    """Staff undid a session's arrival; its late events change nothing any more."""

    session: UUID
    reason: Text


class HelpAcknowledged(Data):
    """Staff said "I'm going" to one call for help."""

    event: UUID


class MatchMade(Data):
    """Staff matched an unmatched session to an appointment."""

    session: UUID
    appointment: str


class NeedMet(Data):
    """Staff did what one need of a visit asks for, or said that it is not done after all."""

    appointment: str
    need: Annotated[str, Field(max_length=64)]
    met: bool = True


MODELS: dict[str, type[Data]] = {
    "session.started": SessionStarted,
    "arrival.recorded": ArrivalRecorded,
    "arrival.unmatched": ArrivalUnmatched,
    "answers.recorded": AnswersRecorded,
    "need.stated": NeedStated,
    "help.requested": HelpRequested,
    "intake.completed": IntakeCompleted,
    "session.abandoned": SessionAbandoned,
    "scan.refused": ScanRefused,
    "feedback.given": FeedbackGiven,
    "status.changed": StatusChanged,
    "arrival.voided": ArrivalVoided,
    "help.acknowledged": HelpAcknowledged,
    "match.made": MatchMade,
    "need.met": NeedMet,
}
TYPE_OF = {model: name for name, model in MODELS.items()}
STAFF_TYPES = frozenset(
    {"status.changed", "arrival.voided", "help.acknowledged", "match.made", "need.met"}
)


class Event(BaseModel):
    """One CloudEvent; `subject` is the session (UUIDv7), `time` the device's own clock."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: Annotated[str, Field(pattern=r"^/(kiosks|staff)/[A-Za-z0-9_.@-]{1,64}$")]
    type: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z]+$")]
    subject: UUID
    time: AwareDatetime
    datacontenttype: Literal["application/json"] = "application/json"
    sequence: Annotated[str, Field(pattern=r"^\d{12}$")]
    clockoffset: Annotated[int, Field(ge=-(2**31), lt=2**31)] = 0
    data: dict[str, object] = Field(repr=False)

    def body(self) -> Data:
        """Return `data` as the model of this event's type.

        Raises pydantic.ValidationError when it does not fit, KeyError for an unknown type.
        """
        return MODELS[self.type].model_validate(self.data)


Batch: TypeAlias = list[Event]
BATCH: TypeAdapter[list[Event]] = TypeAdapter(
    list[Event], config=ConfigDict(hide_input_in_errors=True)
)


def make(
    body: Data,
    *,
    id: UUID,
    source: str,
    subject: UUID,
    time: datetime,
    sequence: int,
    offset_ms: int = 0,
) -> Event:
    """Wrap a body in its envelope; the type follows from the model."""
    return Event(
        id=id,
        source=source,
        type=TYPE_OF[type(body)],
        subject=subject,
        time=time,
        sequence=f"{sequence:012d}",
        clockoffset=offset_ms,
        data=body.model_dump(mode="json"),
    )


class Reply(BaseModel):
    """The desk's answer for one event, given after its commit."""

    model_config = ConfigDict(frozen=True)
    id: UUID
    outcome: Literal["accepted", "duplicate", "refused"]
    code: str = ""
