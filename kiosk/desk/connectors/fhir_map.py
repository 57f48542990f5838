"""FHIR R4 Appointment and Patient as the domain's own values. Pure, and total: nothing crashes it.

A resource that cannot be used is answered with a `Skip`, which says why and names nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.desk.connectors.fhir_json import Json, items, obj, text
from kiosk.desk.connectors.fhir_names import plain, spoken_of
from kiosk.desk.connectors.fhir_patient import patient_of
from kiosk.desk.connectors.fhir_refs import Actor, actors, logical_id
from kiosk.domain.appointment import Appointment, AppointmentStatus

_MAX_MINUTES = 24 * 60


class Skip(StrEnum):
    """Why a resource of the practice's system is left out of the day."""

    NO_ID = "no-id"
    NO_PRACTICE_ID = "no-practice-id"
    AMBIGUOUS_ID = "ambiguous-id"
    STATUS = "status-unknown"
    START = "start-unusable"
    OTHER_DAY = "other-day"
    OTHER_TYPE = "other-type"
    NO_PATIENT = "no-patient"
    SEVERAL_PATIENTS = "several-patients"
    PATIENT_NOT_READABLE = "patient-not-readable"


@dataclass(frozen=True, slots=True)
class Rules:
    """How this practice's ids, places and languages map to ours."""

    base_url: str = ""
    identifier_system: str = ""
    appointment_type: str = ""
    sites: Mapping[str, str] = field(default_factory=dict)
    default_site: str = ""
    languages: Sequence[str] = ("en",)


@dataclass(frozen=True, slots=True)
class Draft:
    """An Appointment resource found usable so far, before its people and places are at hand."""

    resource: Json = field(repr=False)
    id: str
    status: AppointmentStatus
    start: datetime
    patient: Actor
    others: tuple[Actor, ...] = ()


def draft(resource: Json, rules: Rules, begin: datetime, end: datetime) -> Draft | Skip:
    """Check an Appointment by itself: id, status, type, one patient, a start in [begin, end)."""
    practice_id = _id(resource, rules.identifier_system)
    if isinstance(practice_id, Skip):
        return practice_id
    status, start = status_of(resource), _start(resource, begin, end)
    if status is None:
        return Skip.STATUS
    if isinstance(start, Skip):
        return start
    if not _of_type(resource, rules.appointment_type):
        return Skip.OTHER_TYPE
    part = actors(resource, rules.base_url)
    patient = _patient(part)
    if isinstance(patient, Skip):
        return patient
    others = tuple(actor for actor in part if actor.kind != "Patient")
    return Draft(resource, practice_id, status, start, patient, others)


def appointment(of: Draft, known: Mapping[str, Json], rules: Rules) -> Appointment | Skip:
    """Finish a draft with the resources at hand, by their keys such as `Patient/17`."""
    person = known.get(of.patient.key)
    if person is None:
        return Skip.PATIENT_NOT_READABLE
    place = next((actor for actor in of.others if actor.kind == "Location"), Actor())
    return Appointment(
        id=of.id,
        patient=patient_of(person, of.start.date(), rules.languages),
        start=of.start,
        minutes=_minutes(of.resource, of.start),
        site=_site(place, known, rules),
        status=of.status,
        practitioner=_practitioner(of.others, known),
        location=plain(text(known.get(place.key), "name")) or place.display,
        service=_service(of.resource),
    )


def practice_id_of(resource: Json, system: str) -> str:
    """Return the practice's own id of an Appointment: its identifier of `system`, else its id."""
    if not system:
        return logical_id(resource)
    identifiers = items(resource, "identifier")
    values = [text(i, "value") for i in identifiers if text(i, "system") == system]
    return next((value for value in values if value and value == plain(value)), "")


def status_of(resource: Json) -> AppointmentStatus | None:
    """Return the status of an Appointment resource, or None when it is none we know."""
    try:
        return AppointmentStatus(text(resource, "status"))
    except ValueError:
        return None


def _id(resource: Json, system: str) -> str | Skip:
    if not logical_id(resource):
        return Skip.NO_ID
    return practice_id_of(resource, system) or Skip.NO_PRACTICE_ID


def _start(resource: Json, begin: datetime, end: datetime) -> datetime | Skip:
    start = _instant(resource, "start")
    if start is None:
        return Skip.START
    return start if begin <= start < end else Skip.OTHER_DAY


def _instant(resource: Json, key: str) -> datetime | None:
    """R4 instants carry an offset; one without is refused, because a guess would move the slot."""
    try:
        value = datetime.fromisoformat(text(resource, key))
        return value if value.utcoffset() is not None and value.timestamp() > 0 else None
    except (ValueError, OverflowError):
        return None


def _of_type(resource: Json, wanted: str) -> bool:
    if not wanted:
        return True
    codings = items(resource, "appointmentType", "coding")
    tokens = {text(c, "code") for c in codings} | {
        f"{text(c, 'system')}|{text(c, 'code')}" for c in codings
    }
    return wanted in tokens


def _patient(part: Sequence[Actor]) -> Actor | Skip:
    patients = [actor for actor in part if actor.kind == "Patient"]
    keys = {actor.key for actor in patients}
    if not keys:
        return Skip.NO_PATIENT
    return patients[0] if len(keys) == 1 else Skip.SEVERAL_PATIENTS


def _minutes(resource: Json, start: datetime) -> int:
    length = resource.get("minutesDuration")
    if isinstance(length, bool) or not isinstance(length, int):
        end = _instant(resource, "end")
        length = (end - start) // timedelta(minutes=1) if end else 0
    return length if 0 <= length <= _MAX_MINUTES else 0


def _site(place: Actor, known: Mapping[str, Json], rules: Rules) -> str:
    identifiers = items(known.get(place.key), "identifier")
    names = [place.id, place.key]
    names += [f"{text(i, 'system')}|{text(i, 'value')}" for i in identifiers]
    names += [text(i, "value") for i in identifiers]
    return next((rules.sites[name] for name in names if name in rules.sites), rules.default_site)


def _practitioner(others: Sequence[Actor], known: Mapping[str, Json]) -> str:
    doers = [actor for actor in others if actor.kind in ("Practitioner", "PractitionerRole")]
    names = (spoken_of(known.get(actor.key)) or actor.display for actor in doers)
    return next(filter(None, names), "")


def _service(resource: Json) -> str:
    for key in ("serviceType", "appointmentType"):
        concept = obj(resource, key)
        words = text(concept, "text") or text(concept, "coding", "display")
        if words:
            return plain(words)
    return ""
