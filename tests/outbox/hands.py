"""A clock set by hand, and bodies to record."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from kiosk.domain.event import AnswersRecorded, ArrivalRecorded, Data, SessionStarted
from kiosk.domain.outcome import Outcome
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
SESSION = UUID("018f0000-0000-7000-8000-000000000001")
CANARY = "Canary-Quillfeather"


@dataclass(slots=True)
class HandClock:
    """Stands still until it is moved."""

    wall: datetime = NOON
    mono: float = 100.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.mono

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.mono += seconds


def arrival(appointment: str = "appt-1") -> Data:
    return ArrivalRecorded(appointment=appointment, outcome=Outcome.IN_TIME)


def started() -> Data:
    return SessionStarted(language="en")


def answers() -> Data:
    return AnswersRecorded(part="contact", revision=1, answers={"name-to-use": CANARY})


def outbox_at(folder: Path, clock: HandClock) -> Outbox:
    sealer = KeyFileSealer.at(folder / "outbox.key")
    return Outbox(folder / "outbox.db", sealer, "/kiosks/k1", clock)
