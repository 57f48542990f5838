"""A FHIR R4 Patient as the domain's own: in any script, with whatever is missing left empty."""

import re
from collections.abc import Sequence
from datetime import date

from kiosk.desk.connectors.fhir_json import Json, items, obj, text
from kiosk.desk.connectors.fhir_names import current, legal, plain, to_use
from kiosk.desk.connectors.fhir_refs import logical_id
from kiosk.desk.connectors.language import closest
from kiosk.domain.appointment import Patient

_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PHONES = ("mobile", "home", "work", "")
_US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed"
_FHIR_R4 = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
_YES = "373066001"  # SNOMED CT "Yes (qualifier value)", the value set of US Core's extension


def patient_of(resource: Json, day: date, languages: Sequence[str]) -> Patient:
    """Return the person as of `day`; `languages` are the tags that the practice offers."""
    names = current(items(resource, "name"), day)
    family, given = legal(names)
    return Patient(
        id=logical_id(resource),
        family=family,
        given=given,
        birth_date=_birth_date(text(resource, "birthDate")),
        name_to_use=to_use(names),
        phone=_phone(current(items(resource, "telecom"), day)),
        language=_language(items(resource, "communication"), languages),
        needs=("interpreter",) if _needs_interpreter(resource) else (),
    )


def _birth_date(value: str) -> date | None:
    """FHIR dates may be partial (`1980`); such a one can't serve as second factor."""
    try:
        return date.fromisoformat(value) if _FULL_DATE.fullmatch(value) else None
    except ValueError:
        return None


def _phone(contacts: Sequence[Json]) -> str:
    phones = [c for c in contacts if text(c, "system") in ("phone", "sms") and text(c, "value")]
    ranked = sorted(phones, key=_rank)
    return plain(text(ranked[0], "value")) if ranked else ""


def _rank(contact: Json) -> tuple[int, int]:
    use, rank = text(contact, "use"), contact.get("rank")
    by_use = _PHONES.index(use) if use in _PHONES else len(_PHONES)
    return (rank if isinstance(rank, int) else 1000, by_use)


def _language(spoken: Sequence[Json], offered: Sequence[str]) -> str:
    preferred = [entry for entry in spoken if entry.get("preferred") is True]
    chosen = preferred or (spoken if len(spoken) == 1 else [])
    tags = [text(c, "code") for entry in chosen for c in items(entry, "language", "coding")]
    return next(filter(None, (closest(tag, offered) for tag in tags)), "")


def _needs_interpreter(resource: Json) -> bool:
    return any(
        (text(e, "url") == _US_CORE and text(obj(e, "valueCoding"), "code") == _YES)
        or (text(e, "url") == _FHIR_R4 and e.get("valueBoolean") is True)
        for e in items(resource, "extension")
    )
