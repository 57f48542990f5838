from datetime import date

import pytest

from kiosk.desk.connectors.fhir_patient import patient_of
from kiosk.domain.appointment import Patient

DAY = date(2026, 11, 23)
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed"


def patient(**fields: object) -> Patient:
    return patient_of({"resourceType": "Patient", "id": "17", **fields}, DAY, ("en", "es", "ar"))


@pytest.mark.parametrize(
    ("value", "born"),
    [
        ("1980-02-29", date(1980, 2, 29)),
        ("1980", None),
        ("1980-02", None),
        ("1980-02-30", None),
        ("1980-02-29T00:00:00Z", None),
        (19800229, None),
    ],
)
def test_only_a_whole_birth_date_can_be_asked_for(value: object, born: date | None) -> None:
    assert patient(birthDate=value).birth_date == born


def test_a_mobile_phone_comes_first() -> None:
    telecom = [
        {"system": "email", "value": "a@example.org", "rank": 1},
        {"system": "phone", "value": "+44 1632 960001", "use": "old"},
        {"system": "phone", "value": "+44 1632 960002", "use": "home"},
        {"system": "phone", "value": "+44 1632 960003", "use": "mobile"},
    ]
    assert patient(telecom=telecom).phone == "+44 1632 960003"


def test_a_rank_given_by_the_practice_wins() -> None:
    telecom = [
        {"system": "phone", "value": "+44 1632 960003", "use": "mobile", "rank": 2},
        {"system": "phone", "value": "+44 1632 960002", "use": "work", "rank": 1},
    ]
    assert patient(telecom=telecom).phone == "+44 1632 960002"


def spoken(code: str, **more: object) -> dict[str, object]:
    return {"language": {"coding": [{"code": code}]}, **more}


def test_the_preferred_language_is_used() -> None:
    assert patient(communication=[spoken("es"), spoken("ar", preferred=True)]).language == "ar"


def test_the_only_language_is_used() -> None:
    assert patient(communication=[spoken("es-MX")]).language == "es"


def test_one_of_several_languages_is_not_guessed() -> None:
    assert patient(communication=[spoken("es"), spoken("ar")]).language == ""


@pytest.mark.parametrize(
    "extension",
    [
        {"url": US_CORE, "valueCoding": {"system": "http://snomed.info/sct", "code": "373066001"}},
        {
            "url": "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired",
            "valueBoolean": True,
        },
    ],
)
def test_an_interpreter_on_record_is_a_need(extension: dict[str, object]) -> None:
    assert patient(extension=[extension]).needs == ("interpreter",)


@pytest.mark.parametrize("code", ["373067005", "261665006"])
def test_no_interpreter_is_no_need(code: str) -> None:
    assert patient(extension=[{"url": US_CORE, "valueCoding": {"code": code}}]).needs == ()


def test_a_bare_record_is_a_patient_all_the_same() -> None:
    assert patient() == Patient("17")
