"""A day of made-up people around a given time: one for every case a check-in can meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.config import PracticeSettings
from kiosk.domain.appointment import Appointment, AppointmentStatus, Patient
from kiosk.domain.outcome import Outcome
from kiosk.errors import ConfigError

_OTHER_SITE = "02"  # where the wrong-site patient belongs when the practice has only one site


@dataclass(frozen=True, slots=True)
class Case:
    """One made-up person: why they are in the sample, and what a check-in at the time leads to."""

    about: str
    outcome: Outcome
    patient: Patient
    minutes: int = 10  # from the sample's time to the appointment
    days: int = 0
    elsewhere: bool = False
    status: AppointmentStatus = AppointmentStatus.BOOKED
    revoked: bool = False
    practitioner: str = "Dr. Chen"
    location: str = "Waiting room A, first floor"
    service: str = "Consultation"


def _person(id_: str, given: str, family: str, born: str, **more: object) -> Patient:
    birth_date = date.fromisoformat(born)
    made = Patient(id=id_, given=given, family=family, birth_date=birth_date, phone="020 7946 0101")
    return replace(made, **more)  # type: ignore[arg-type]


_IN, _GRACE = Outcome.IN_TIME, Outcome.LATE_WITHIN_GRACE
CASES: tuple[Case, ...] = (
    Case("in time", _IN, _person("maria", "Maria", "Sample", "1984-03-14")),
    Case(
        "in time, speaks Spanish",
        _IN,
        _person("carmen", "Carmen", "Ejemplo", "1971-11-02", language="es"),
        15,
        practitioner="Dr. Abara",
        location="Waiting room B, ground floor",
    ),
    Case(
        "in time, speaks Arabic, needs an interpreter",
        _IN,
        _person("layla", "ليلى", "تجربة", "1990-07-21", language="ar", needs=("interpreter",)),
        20,
    ),
    Case(
        "in time, speaks Hindi",
        _IN,
        _person("asha", "आशा", "नमूना", "1958-01-30", language="hi"),
        25,
        practitioner="Nurse Ruiz",
        location="Room 3, ground floor",
        service="Blood pressure",
    ),
    Case(
        "in time, speaks Chinese",
        _IN,
        _person("xiaoming", "小明", "样本", "2001-09-09", language="zh-Hans"),
        30,
    ),
    Case(
        "hard of hearing, on record",
        _IN,
        _person("walter", "Walter", "Testmann", "1939-12-24", needs=("hearing",)),
        5,
        practitioner="Dr. Abara",
        location="Waiting room B, ground floor",
    ),
    Case(
        "uses a wheelchair, on record",
        _IN,
        _person("ines", "Inês", "Modelo-Exemplo", "1966-05-05", needs=("step-free",)),
        40,
    ),
    Case(
        "sees poorly: extra-large text and reading aloud on record",
        _IN,
        _person("edith", "Edith", "Mustermann", "1947-08-17", modes=("extra-large", "read-aloud")),
        35,
        practitioner="Nurse Ruiz",
        location="Room 3, ground floor",
    ),
    Case(
        "has a single name and no phone",
        _IN,
        _person("placeholder", "", "Placeholder", "1979-02-28", phone=""),
        45,
    ),
    Case(
        "is called by another name than on record",
        _IN,
        _person("sam", "Samantha", "O'Example", "1996-02-29", name_to_use="Sam"),
        50,
    ),
    Case("late, still within grace", _GRACE, _person("late", "Lou", "Tardy", "1988-10-10"), -25),
    Case("too late", Outcome.LATE, _person("too-late", "Lee", "Missed", "1975-04-01"), -120),
    Case("too early", Outcome.TOO_EARLY, _person("early", "Dawn", "Birdsong", "1992-06-15"), 150),
    Case(
        "comes a day early",
        Outcome.WRONG_DAY,
        _person("tomorrow", "Mona", "Morrow", "1969-03-03"),
        days=1,
    ),
    Case(
        "belongs to another site",
        Outcome.WRONG_SITE,
        _person("elsewhere", "Otis", "Otherway", "1981-01-11"),
        elsewhere=True,
    ),
    Case(
        "was cancelled",
        Outcome.CANCELLED,
        _person("cancelled", "Callie", "Nolonger", "1999-09-19"),
        status=AppointmentStatus.CANCELLED,
    ),
    Case(
        "has checked in already",
        Outcome.ALREADY_IN,
        _person("already", "Ira", "Present", "1953-07-07"),
        0,
        status=AppointmentStatus.ARRIVED,
    ),
    Case(
        "has a code that was replaced",
        Outcome.REVOKED,
        _person("revoked", "Ruth", "Reprint", "1962-12-12"),
        revoked=True,
    ),
    Case(
        "shares name and birth date with alex-2: in time by code, neutral when typed",
        _IN,
        _person("alex-1", "Alex", "Sample", "1985-05-25"),
        12,
    ),
    Case(
        "shares name and birth date with alex-1",
        _IN,
        _person("alex-2", "Alex", "Sample", "1985-05-25"),
        22,
        practitioner="Dr. Abara",
    ),
)


def patients() -> list[tuple[str, str, Outcome]]:
    """Return each made-up patient: id, words about the case, outcome at the sample's time."""
    return [(case.patient.id, case.about, case.outcome) for case in CASES]


def appointment_id(patient: str, today: date) -> str:
    """Return the id of a made-up patient's appointment in the sample of a day."""
    return f"{patient}.{today:%Y%m%d}"


def day(practice: PracticeSettings, site: str, at: datetime) -> Sequence[Appointment]:
    """Return the sample's appointments around the aware time `at`.

    Raises ConfigError when `at` is so near midnight that not every case can be what it says.
    """
    zone = ZoneInfo(practice.timezone)
    today = at.astimezone(zone).date()
    rows = [_appointment(case, practice, site, at, today) for case in CASES]
    for case, row in zip(CASES, rows, strict=True):
        if row.start.astimezone(zone).date() != today + timedelta(days=case.days):
            raise ConfigError("the sample day needs a time of day between 03:00 and 21:00")
    return rows


def _appointment(
    case: Case, practice: PracticeSettings, site: str, at: datetime, today: date
) -> Appointment:
    others = [one.code for one in practice.sites if one.code != site]
    return Appointment(
        id=appointment_id(case.patient.id, today),
        patient=case.patient,
        start=_start(case, practice, at),
        minutes=15,
        site=(others[0] if others else _OTHER_SITE) if case.elsewhere else site,
        status=case.status,
        practitioner=case.practitioner,
        location=case.location,
        service=case.service,
        revoked=case.revoked,
    )


def _start(case: Case, practice: PracticeSettings, at: datetime) -> datetime:
    """On a full five minutes, as far from `at` as the practice's windows ask for."""
    windows, minutes = practice.windows, case.minutes
    if case.outcome is Outcome.LATE_WITHIN_GRACE:
        minutes = -(windows.grace + max(1, (windows.late - windows.grace) // 2))
    elif case.outcome is Outcome.LATE:
        minutes = min(minutes, -(windows.late + 10))
    elif case.outcome is Outcome.TOO_EARLY:
        minutes = max(minutes, windows.early + 30)
    else:
        minutes = min(minutes, windows.early - 5)
    start = at.replace(second=0, microsecond=0) + timedelta(minutes=minutes, days=case.days)
    return start + timedelta(minutes=-start.minute % 5)
