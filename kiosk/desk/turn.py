"""One person's turn at a kiosk, read from the facts of its session. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from kiosk.domain.event import (
    STAFF_TYPES,
    AnswersRecorded,
    ArrivalRecorded,
    ArrivalUnmatched,
    Data,
    Event,
    HelpRequested,
    IntakeCompleted,
    MatchMade,
    NeedStated,
    ScanRefused,
    SessionAbandoned,
    SessionStarted,
)
from kiosk.domain.outcome import ARRIVES, Outcome

Value: TypeAlias = "str | bool | int | float | list[str] | None"


@dataclass(frozen=True, slots=True)
class Fact:
    """An accepted event with its parsed body and when the desk got it."""

    event: Event
    body: Data
    received: datetime

    @property
    def at(self) -> datetime:
        """When it happened by the desk's clock: corrected, and never after it was received."""
        return min(self.event.time + timedelta(milliseconds=self.event.clockoffset), self.received)

    @property
    def by_staff(self) -> bool:
        """Whether the desk's people did it, and not a kiosk."""
        return self.event.type in STAFF_TYPES

    @property
    def key(self) -> tuple[datetime, str, str, str]:
        """The one order of facts: time, then the device's own sequence."""
        return (self.at, self.event.source, self.event.sequence, str(self.event.id))


@dataclass(frozen=True, slots=True)
class Said:
    """A need, stated or taken back."""

    need: str
    stated: bool
    note: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Answers:
    """The standing answers to one part of the intake."""

    part: str
    revision: int
    answers: Mapping[str, Value] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Help:
    """A call for help."""

    event: UUID
    session: UUID
    at: datetime
    source: str
    kiosk: str
    reason: str
    step: str
    language: str
    appointment: str  # "" as long as nobody passed the second factor


@dataclass(frozen=True, slots=True, order=True)
class Flag:
    """Something staff should know of an attempt: an outcome's code and when it happened."""

    at: datetime
    code: str
    session: UUID
    appointment: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One session: what it claimed, what was said in it, how it ended."""

    session: UUID
    source: str
    started: datetime
    language: str
    how: str
    confirmed: bool
    arrivals: Mapping[str, datetime]  # by appointment, the earliest
    match: str  # the appointment the desk matched it to
    unmatched: ArrivalUnmatched | None
    unmatched_at: datetime | None
    voided_at: datetime | None
    needs: tuple[Said, ...]
    answers: tuple[Answers, ...]
    completed_at: datetime | None
    stopped: str  # id of the step where it was abandoned
    helps: tuple[Help, ...]
    flags: tuple[Flag, ...]

    @property
    def matched(self) -> bool:
        """Whether the desk said who this is."""
        return bool(self.match)

    @property
    def appointments(self) -> frozenset[str]:
        """Every appointment this turn says something about."""
        named = {flag.appointment for flag in self.flags} | {
            help_.appointment for help_ in self.helps
        }
        claimed = {self.match} if self.match else set(self.arrivals)
        return frozenset(claimed | named) - {""}

    @property
    def waits_for_match(self) -> bool:
        """Whether a person is here whom nobody has matched yet."""
        return self.unmatched is not None and not (
            self.match or self.arrivals or self.voided_at is not None
        )

    def arrived(self, appointment: str) -> datetime | None:
        """When this person arrived for `appointment`, None when they did not; a match outranks."""
        if not self.match:
            return self.arrivals.get(appointment)
        if self.match != appointment:
            return None
        return min([*self.arrivals.values(), *filter(None, [self.unmatched_at])], default=None)


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Sort facts by the time they happened, then by their device's sequence."""
    return sorted(facts, key=lambda fact: fact.key)


def read_turn(
    session: UUID, facts: Sequence[Fact], matches: Sequence[Fact], void: Fact | None
) -> Turn:
    """Read one session's facts, which are in order, with what staff did about it.

    Of a voided session only what had been received by then claims an arrival.
    """
    counted = _by(facts, void)
    start = next((f.body for f in facts if isinstance(f.body, SessionStarted)), None)
    unmatched = next((f for f in counted if isinstance(f.body, ArrivalUnmatched)), None)
    match = [f.body.appointment for f in _by(matches, void) if isinstance(f.body, MatchMade)]
    language = _language(facts)
    return Turn(
        session=session,
        source=facts[0].event.source,
        started=facts[0].at,
        language=language,
        how=_how(facts) or (start.how if start else ""),
        confirmed=all(f.body.confirmed for f in facts if isinstance(f.body, ArrivalRecorded)),
        arrivals=_arrivals(counted),
        match=match[-1] if match else "",
        unmatched=_given(unmatched),
        unmatched_at=unmatched.at if unmatched else None,
        voided_at=void.at if void else None,
        needs=_needs(facts),
        answers=_answers(facts),
        completed_at=next((f.at for f in facts if isinstance(f.body, IntakeCompleted)), None),
        stopped=next((f.body.step for f in facts if isinstance(f.body, SessionAbandoned)), ""),
        helps=tuple(_help(f, language) for f in facts if isinstance(f.body, HelpRequested)),
        flags=tuple(flag for f in facts for flag in _flags(f)),
    )


def _by(facts: Sequence[Fact], void: Fact | None) -> Sequence[Fact]:
    """What had been received when the session was voided."""
    return facts if void is None else [f for f in facts if f.received <= void.received]


def _given(unmatched: Fact | None) -> ArrivalUnmatched | None:
    body = unmatched.body if unmatched else None
    return body if isinstance(body, ArrivalUnmatched) else None


def _language(facts: Iterable[Fact]) -> str:
    said = [f.body.language for f in facts if isinstance(f.body, SessionStarted | HelpRequested)]
    return next((language for language in reversed(said) if language), "")


def _how(facts: Iterable[Fact]) -> str:
    return next((f.body.how for f in facts if isinstance(f.body, ArrivalRecorded)), "")


def _arrivals(facts: Iterable[Fact]) -> dict[str, datetime]:
    arrivals: dict[str, datetime] = {}
    for fact in facts:
        if isinstance(fact.body, ArrivalRecorded) and fact.body.outcome in ARRIVES:
            arrivals.setdefault(fact.body.appointment, fact.at)
    return arrivals


def _needs(facts: Iterable[Fact]) -> tuple[Said, ...]:
    said: dict[str, Said] = {}
    for fact in facts:
        match fact.body:
            case NeedStated(need=need, stated=stated, note=note):
                said[need] = Said(need, stated, note, fact.at)
            case _:
                pass
    return tuple(said.values())


def _answers(facts: Iterable[Fact]) -> tuple[Answers, ...]:
    parts: dict[str, Answers] = {}
    for fact in facts:
        body = fact.body
        if not isinstance(body, AnswersRecorded):
            continue
        if body.part not in parts or body.revision >= parts[body.part].revision:
            parts[body.part] = Answers(body.part, body.revision, body.answers)
    return tuple(parts.values())


def _help(fact: Fact, language: str) -> Help:
    body = fact.body
    if not isinstance(body, HelpRequested):
        raise TypeError("not a call for help")
    return Help(
        event=fact.event.id,
        session=fact.event.subject,
        at=fact.at,
        source=fact.event.source,
        kiosk=body.kiosk,
        reason=body.reason,
        step=body.step,
        language=body.language or language,
        appointment=body.appointment,
    )


def _flags(fact: Fact) -> Iterable[Flag]:
    match fact.body:
        case ScanRefused(reason=reason, appointment=appointment):
            yield Flag(fact.at, str(reason), fact.event.subject, appointment)
        case ArrivalRecorded(outcome=outcome, appointment=appointment):
            if outcome is not Outcome.IN_TIME:
                yield Flag(fact.at, str(outcome), fact.event.subject, appointment)
        case _:
            pass
