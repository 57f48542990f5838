import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.connectors.fhir_json import Json
from kiosk.desk.connectors.fhir_map import Draft, Rules, Skip, appointment, draft
from kiosk.domain.appointment import Appointment, AppointmentStatus

BEGIN = datetime(2026, 11, 23, tzinfo=UTC)
END = BEGIN + timedelta(days=1)
RULES = Rules(sites={"loc-1": "AB", "urn:place|B": "CD"}, languages=("en", "es"))
SYSTEM = "urn:sample"
PATIENT: dict[str, object] = {
    "resourceType": "Patient",
    "id": "17",
    "name": [{"use": "official", "family": "Sample", "given": ["Zoë"], "period": {"end": "2030"}}],
    "telecom": [{"system": "phone", "value": "+44 1632 960000", "rank": 1}],
    "birthDate": "1980-02-29",
    "communication": [{"language": {"coding": [{"code": "es"}]}, "preferred": True}],
    "extension": [{"url": "urn:x", "valueDecimal": 1.5}],
}
DOCTOR: dict[str, object] = {
    "resourceType": "Practitioner",
    "id": "3",
    "name": [{"family": "Example", "given": ["Test"], "prefix": ["Dr."]}],
}
PLACE: dict[str, object] = {
    "resourceType": "Location",
    "id": "loc-2",
    "name": "Blue chairs",
    "identifier": [{"system": "urn:place", "value": "B"}],
}
BOOKED: dict[str, object] = {
    "resourceType": "Appointment",
    "id": "A-1",
    "identifier": [{"system": SYSTEM, "value": "2026/1001"}],
    "status": "booked",
    "appointmentType": {"coding": [{"system": "urn:types", "code": "ROUTINE"}]},
    "serviceType": [{"text": "Check-up"}],
    "start": "2026-11-23T09:00:00+01:00",
    "end": "2026-11-23T09:20:00+01:00",
    "participant": [
        {"actor": {"reference": "Patient/17", "display": "Z. Sample"}, "status": "accepted"},
        {"actor": {"reference": "Practitioner/3"}, "status": "accepted"},
        {"actor": {"reference": "Location/loc-2"}, "status": "accepted"},
    ],
}
KNOWN: dict[str, Json] = {"Patient/17": PATIENT, "Practitioner/3": DOCTOR, "Location/loc-2": PLACE}


def mapped(resource: Json = BOOKED, rules: Rules = RULES) -> Appointment | Skip:
    found = draft(resource, rules, BEGIN, END)
    return appointment(found, KNOWN, rules) if isinstance(found, Draft) else found


def test_a_whole_appointment_is_mapped() -> None:
    row = mapped()
    assert isinstance(row, Appointment)
    assert (row.id, row.minutes, row.site) == ("A-1", 20, "CD")
    assert (row.practitioner, row.location, row.service) == (
        "Dr. Test Example",
        "Blue chairs",
        "Check-up",
    )
    assert row.status is AppointmentStatus.BOOKED
    assert (row.patient.family, row.patient.language) == ("Sample", "es")


def test_the_practices_own_id_is_used_when_told() -> None:
    row = mapped(rules=Rules(identifier_system=SYSTEM))
    assert isinstance(row, Appointment)
    assert row.id == "2026/1001"


@pytest.mark.parametrize(
    ("change", "skip"),
    [
        ({"id": "a/b"}, Skip.NO_ID),
        ({"id": None}, Skip.NO_ID),
        ({"status": "nonsense"}, Skip.STATUS),
        ({"status": None}, Skip.STATUS),
        ({"start": None}, Skip.START),
        ({"start": "2026-11-23T09:00:00"}, Skip.START),
        ({"start": "2026-13-23T09:00:00Z"}, Skip.START),
        ({"start": "2026-11-23"}, Skip.START),
        ({"start": "2026-11-24T09:00:00Z"}, Skip.OTHER_DAY),
        ({"participant": []}, Skip.NO_PATIENT),
        ({"participant": [{"actor": {"reference": "Patient/18"}}]}, Skip.PATIENT_NOT_READABLE),
        (
            {"participant": [{"actor": {"reference": f"Patient/{n}"}} for n in (17, 18)]},
            Skip.SEVERAL_PATIENTS,
        ),
    ],
)
def test_what_cannot_be_used_is_left_out_with_a_reason(
    change: dict[str, object], skip: Skip
) -> None:
    assert mapped({**BOOKED, **change}) is skip


def test_without_the_practices_own_id_it_is_left_out() -> None:
    assert mapped(rules=Rules(identifier_system="urn:other")) is Skip.NO_PRACTICE_ID


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ("", True),
        ("ROUTINE", True),
        ("urn:types|ROUTINE", True),
        ("WALKIN", False),
        ("urn:x|ROUTINE", False),
    ],
)
def test_only_the_wanted_type_is_taken(wanted: str, taken: bool) -> None:
    row = mapped(rules=Rules(appointment_type=wanted))
    assert (row is not Skip.OTHER_TYPE) is taken


@pytest.mark.parametrize(
    ("sites", "default", "site"),
    [
        ({"loc-2": "AB"}, "", "AB"),
        ({"Location/loc-2": "AB"}, "", "AB"),
        ({"urn:place|B": "AB"}, "", "AB"),
        ({"B": "AB"}, "", "AB"),
        ({"other": "AB"}, "ZZ", "ZZ"),
        ({}, "", ""),
    ],
)
def test_a_place_is_a_site_by_id_or_identifier(
    sites: dict[str, str], default: str, site: str
) -> None:
    row = mapped(rules=Rules(sites=sites, default_site=default))
    assert isinstance(row, Appointment)
    assert row.site == site


@pytest.mark.parametrize(
    ("change", "minutes"),
    [
        ({"minutesDuration": 45}, 45),
        ({"minutesDuration": True}, 20),
        ({"minutesDuration": -5}, 0),
        ({"minutesDuration": 10**9}, 0),
        ({"end": None}, 0),
        ({"end": "2026-11-22T09:00:00Z"}, 0),
    ],
)
def test_a_length_is_believable_or_unknown(change: dict[str, object], minutes: int) -> None:
    row = mapped({**BOOKED, **change})
    assert isinstance(row, Appointment)
    assert row.minutes == minutes


def test_names_without_a_resource_come_from_the_reference() -> None:
    part = [
        {"actor": {"reference": "Patient/17"}},
        {"actor": {"reference": "Practitioner/99", "display": "Dr. Display"}},
        {"actor": {"display": "Green chairs", "type": "Location"}},
    ]
    row = mapped({**BOOKED, "participant": part})
    assert isinstance(row, Appointment)
    assert (row.practitioner, row.location) == ("Dr. Display", "Green chairs")


def _spots(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a document that can be changed, as (container, key)."""
    keys = list(value) if isinstance(value, dict) else []
    keys = list(range(len(value))) if isinstance(value, list) else keys
    inner = [spot for key in keys for spot in _spots(value[key])]
    return [(value, key) for key in keys] + inner


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=20),
    st.sampled_from(
        [
            *("", "\x00", "\u202e", "\ud800", "2026-02-30", "9999-12-31T23:59:59-14:00"),
            *("0001-01-01T00:00:00+14:00", "24:00", "Patient/17", "#p", "urn:uuid:1", "booked"),
        ]
    ),
    st.lists(st.integers() | st.text(max_size=3), max_size=3),
    st.dictionaries(st.sampled_from(["id", "use", "code", "value"]), st.text(max_size=3)),
)


@settings(max_examples=2000, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 999), ODD), min_size=1, max_size=4),
    st.sampled_from(["", SYSTEM]),
)
def test_no_record_however_odd_stops_the_day(
    changes: list[tuple[int, object]], system: str
) -> None:
    rules = Rules(identifier_system=system, sites={"loc-1": "AB"}, languages=("en", "es"))
    document = copy.deepcopy([BOOKED, PATIENT, DOCTOR, PLACE])
    for place, value in changes:
        spots = _spots(document)[len(document) :]
        container, key = spots[place % len(spots)]
        container[key] = copy.deepcopy(value)
    booked, *people = (part if isinstance(part, dict) else {} for part in document)
    found = draft(booked, rules, BEGIN, END)
    if isinstance(found, Draft):
        known = dict(zip(KNOWN, people, strict=True))
        row = appointment(found, known, rules)
        assert isinstance(row, Appointment | Skip)
        if isinstance(row, Appointment):
            assert row.id
            assert BEGIN <= row.start < END
            assert 0 <= row.minutes <= 24 * 60
            assert "Sample" not in repr(row)
