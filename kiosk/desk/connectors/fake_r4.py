"""The parts of FHIR R4 that the fake practice system insists on. Pure."""

import re
from collections.abc import Iterator
from datetime import datetime

from kiosk.desk.connectors.fhir_json import Json, items, obj, text
from kiosk.domain.appointment import AppointmentStatus

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_STATUSES = frozenset(AppointmentStatus)
_MAY_LACK_TIME = frozenset({"proposed", "cancelled", "waitlist"})  # invariant app-3
_TAKES_PART = frozenset({"accepted", "declined", "tentative", "needs-action"})
_ELEMENTS = """
    resourceType id meta implicitRules language text contained extension modifierExtension
    identifier status cancelationReason serviceCategory serviceType specialty appointmentType
    reasonCode reasonReference priority description supportingInformation start end
    minutesDuration slot created comment patientInstruction basedOn participant requestedPeriod
"""


def wrong_with(resource: Json) -> str:
    """Return the FHIRPath of the first thing wrong with an Appointment, or ""."""
    return next(_faults(resource), "")


def _faults(resource: Json) -> Iterator[str]:
    strange = set(resource) - set(_ELEMENTS.split())
    if strange:
        yield f"Appointment.{min(strange)}"
    if text(resource, "status") not in _STATUSES:
        yield "Appointment.status"
    yield from _times(resource)
    if not items(resource, "participant"):
        yield "Appointment.participant"
    for index, taker in enumerate(items(resource, "participant")):
        if text(taker, "status") not in _TAKES_PART:
            yield f"Appointment.participant[{index}].status"
        if not obj(taker, "actor") and not taker.get("type"):  # invariant app-1
            yield f"Appointment.participant[{index}]"


def _times(resource: Json) -> Iterator[str]:
    start, end = resource.get("start"), resource.get("end")
    for key, value in (("start", start), ("end", end)):
        if value is not None and not _is_instant(value):
            yield f"Appointment.{key}"
    if (start is None) != (end is None):  # invariant app-2
        yield "Appointment.end" if end is None else "Appointment.start"
    if start is None and text(resource, "status") not in _MAY_LACK_TIME:
        yield "Appointment.start"


def _is_instant(value: object) -> bool:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
