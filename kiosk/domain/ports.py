"""The outside world as the core sees it. Consumers own these; `bootstrap` picks who fills them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from kiosk.domain.appointment import Appointment, AppointmentStatus
from kiosk.domain.event import Data
from kiosk.domain.identify import Answer, Query


class Clock(Protocol):
    """Where time comes from; the only source of "now" in the product."""

    def now(self) -> datetime:
        """Return the aware wall-clock time in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        ...


class Identifier(Protocol):
    """Answers who a pass or a typed name belongs to; never raises, never lists people."""

    def identify(self, query: Query) -> Answer:
        """Answer within 1.5 s; when nobody can be asked the outcome is TO_BE_MATCHED."""
        ...


class Recorder(Protocol):
    """Keeps events safe on disk until they are delivered."""

    def record(self, session: UUID, bodies: Sequence[Data]) -> list[UUID]:
        """Commit the events in order, return their ids; keeps none when it raises StorageError."""
        ...


class Sealer(Protocol):
    """Encrypts and authenticates small records at rest."""

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """Return `plain` sealed and bound to `about` (associated data)."""
        ...

    def unseal(self, sealed: bytes, about: bytes) -> bytes:
        """Return the plain record; raises Corrupt when altered or about something else."""
        ...


class Connector(Protocol):
    """The desk's link to one kind of practice system (an EHR or PMS)."""

    def appointments(self, day: date) -> Sequence[Appointment]:
        """Return the day's appointments; raises Unreachable, or RefusedError with its reason."""
        ...

    def write_status(self, appointment: str, status: AppointmentStatus) -> None:
        """Set one appointment's status; done already counts as success.

        Raises Unreachable when it may be tried again, RefusedError when it may not.
        """
        ...
