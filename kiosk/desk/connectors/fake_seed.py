"""A domain appointment as FHIR R4 resources: for demonstrations and tests."""

import hashlib
from datetime import timedelta

from kiosk.desk.connectors.fhir_json import Json
from kiosk.domain.appointment import Appointment, Patient

SITE_SYSTEM = "urn:checkin:site"
"""The Location identifier that carries the site; settings map `urn:checkin:site|AB` to AB."""

_INTERPRETER = {
    "url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed",
    "valueCoding": {"system": "http://snomed.info/sct", "code": "373066001", "display": "Yes"},
}


def resources_of(booked: Appointment, *, identifier_system: str = "") -> list[Json]:
    """Return Patient, Practitioner and Location (where known), then the Appointment."""
    people: list[dict[str, object]] = [_patient(booked.patient)]
    if booked.practitioner:
        name = [{"text": booked.practitioner}]
        people.append(_named("Practitioner", booked.practitioner) | {"name": name})
    if booked.location or booked.site:
        place = _named("Location", f"{booked.site}/{booked.location}") | {"name": booked.location}
        people.append(place | {"identifier": [{"system": SITE_SYSTEM, "value": booked.site}]})
    return [*people, _appointment(booked, people, identifier_system)]


def _appointment(
    booked: Appointment, people: list[dict[str, object]], system: str
) -> dict[str, object]:
    end = booked.start + timedelta(minutes=booked.minutes)
    references = [f"{person['resourceType']}/{person['id']}" for person in people]
    resource: dict[str, object] = {
        "resourceType": "Appointment",
        "id": booked.id,
        "status": booked.status.value,
        "start": booked.start.isoformat(),
        "end": end.isoformat(),
        "participant": [
            {"actor": {"reference": reference}, "status": "accepted"} for reference in references
        ],
    }
    if booked.service:
        resource["serviceType"] = [{"text": booked.service}]
    if system:
        resource["identifier"] = [{"system": system, "value": booked.id}]
    return resource


def _patient(person: Patient) -> dict[str, object]:
    names = [{"use": "official", "family": person.family, "given": [person.given]}]
    if person.name_to_use:
        names.append({"use": "nickname", "text": person.name_to_use})
    resource: dict[str, object] = {"resourceType": "Patient", "id": person.id, "name": names}
    if person.birth_date:
        resource["birthDate"] = person.birth_date.isoformat()
    if person.phone:
        resource["telecom"] = [{"system": "phone", "use": "mobile", "value": person.phone}]
    if person.language:
        spoken = {"coding": [{"system": "urn:ietf:bcp:47", "code": person.language}]}
        resource["communication"] = [{"language": spoken, "preferred": True}]
    if "interpreter" in person.needs:
        resource["extension"] = [_INTERPRETER]
    return resource


def _named(kind: str, name: str) -> dict[str, object]:
    own_id = hashlib.sha256(name.encode()).hexdigest()[:16]
    return {"resourceType": kind, "id": own_id}
