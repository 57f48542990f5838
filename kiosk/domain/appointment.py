"""An appointment and its patient as kiosk and desk know them (FHIR R4 Appointment, Patient)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class AppointmentStatus(StrEnum):
    """FHIR R4 AppointmentStatus, the codes this product reads or writes."""

    PROPOSED = "proposed"
    PENDING = "pending"
    BOOKED = "booked"
    ARRIVED = "arrived"
    CHECKED_IN = "checked-in"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    NOSHOW = "noshow"
    ENTERED_IN_ERROR = "entered-in-error"
    WAITLIST = "waitlist"


class VisitStatus(StrEnum):
    """The desk's own row, in the order a day goes."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    CHECKED_IN = "checked-in"
    READY = "ready"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Patient:
    """The person an appointment is for; its `repr` shows only the id."""

    id: str
    family: str = field(repr=False, default="")
    given: str = field(repr=False, default="")
    birth_date: date | None = field(repr=False, default=None)
    name_to_use: str = field(repr=False, default="")
    phone: str = field(repr=False, default="")
    language: str = ""
    needs: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """The name to greet with: the name to use, else the given name, else the family name."""
        return self.name_to_use or self.given or self.family


@dataclass(frozen=True, slots=True)
class Appointment:
    """One booked slot; times are aware, `site` is the two-character code of the practice."""

    id: str
    patient: Patient
    start: datetime
    minutes: int = 0
    site: str = ""
    status: AppointmentStatus = AppointmentStatus.BOOKED
    practitioner: str = ""
    location: str = ""  # where to sit, in the practice's own words
    service: str = ""
    revoked: bool = False
