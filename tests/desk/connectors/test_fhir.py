"""What only a FHIR server can do to the connector."""

from dataclasses import replace

import pytest

from kiosk.desk.connectors.fake_fhir import FakeFhir
from kiosk.desk.connectors.fake_habits import BARE, GOOD, WSO2_LIKE, Fault
from kiosk.desk.connectors.fhir_json import dump, parse, text
from kiosk.desk.connectors.fhir_map import Skip
from kiosk.desk.connectors.settings import NoAuth
from kiosk.domain.appointment import AppointmentStatus
from kiosk.errors import RefusedError, Unreachable

from .conftest import FakePractice
from .contract import CANARY, DAY, booked

ARRIVED = AppointmentStatus.ARRIVED


def document(practice: FakePractice, own_id: str = "A-1") -> dict[str, object]:
    stored = practice.server.store.get(f"Appointment/{own_id}")
    assert stored is not None
    return dict(stored.resource)


def test_only_the_status_is_changed(practice: FakePractice) -> None:
    practice.book(booked())
    exact = parse(b'[{"url": "urn:x", "valueDecimal": 1.50}]')
    practice.server.store.put(document(practice) | {"extension": exact, "comment": "Zoë\u2028"})
    before = document(practice)
    practice.connector().write_status("A-1", ARRIVED)
    after = document(practice)
    assert {key for key in after if after[key] != before[key]} == {"status", "meta"}
    assert b"1.50" in dump(after)


def test_a_practice_may_want_checked_in_for_an_arrival(practice: FakePractice) -> None:
    practice.book(booked())
    practice.connector().write_status("A-1", AppointmentStatus.CHECKED_IN)
    assert practice.status("A-1") is AppointmentStatus.CHECKED_IN
    practice.connector().write_status("A-1", AppointmentStatus.BOOKED)
    assert practice.status("A-1") is AppointmentStatus.BOOKED


@pytest.mark.parametrize("fault", [Fault.CONFLICT_409, Fault.STALE_412])
def test_a_conflict_is_read_again_before_it_is_written_again(
    practice: FakePractice, fault: Fault
) -> None:
    practice.book(booked())
    practice.server.script("PUT", fault)
    practice.connector().write_status("A-1", ARRIVED)
    assert practice.server.asked == [
        "GET Appointment/A-1",
        "PUT Appointment/A-1",
        "GET Appointment/A-1",
        "PUT Appointment/A-1",
    ]


def test_a_conflict_with_an_arrival_is_success(practice: FakePractice) -> None:
    practice.book(booked())
    practice.server.script("PUT", Fault.ARRIVED_MEANWHILE)
    practice.connector().write_status("A-1", ARRIVED)
    assert practice.changes("A-1") == 1


def test_endless_conflicts_are_left_for_later(practice: FakePractice) -> None:
    practice.book(booked())
    practice.server.script("PUT", *[Fault.EDITED_MEANWHILE] * 9)
    with pytest.raises(Unreachable):
        practice.connector().write_status("A-1", ARRIVED)
    assert sum(request.startswith("PUT") for request in practice.server.asked) <= 4


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.TRUNCATED, Fault.LOST_REPLY])
def test_after_a_lost_answer_it_reads_before_it_writes(
    practice: FakePractice, fault: Fault
) -> None:
    practice.book(booked())
    practice.server.script("PUT", fault)
    connector = practice.connector(timeout_s=0.3)
    with pytest.raises(Unreachable):
        connector.write_status("A-1", ARRIVED)
    before = len(practice.server.asked)
    connector.write_status("A-1", ARRIVED)
    assert practice.server.asked[before:] == ["GET Appointment/A-1"]
    assert practice.changes("A-1") == 1


@pytest.mark.parametrize(
    "fault", [Fault.LOCKED_423, Fault.FAILS_500, Fault.HTML_502, Fault.DOWN_503]
)
def test_a_passing_fault_is_left_for_later(practice: FakePractice, fault: Fault) -> None:
    practice.book(booked())
    practice.server.script("PUT", fault)
    with pytest.raises(Unreachable):
        practice.connector().write_status("A-1", ARRIVED)
    assert practice.changes("A-1") == 0


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.FORBIDDEN_403, "forbidden"),
        (Fault.REFUSED_422, "business-rule"),
        (Fault.MOVED_301, "http-301"),
    ],
)
def test_a_refusal_is_final_and_has_a_code(practice: FakePractice, fault: Fault, code: str) -> None:
    practice.book(booked())
    practice.server.script("PUT", fault)
    with pytest.raises(RefusedError) as refusal:
        practice.connector().write_status("A-1", ARRIVED)
    assert refusal.value.code == code


def test_without_any_version_nothing_is_overwritten() -> None:
    with FakeFhir("tests", habits=BARE) as server:
        practice = FakePractice(server, NoAuth())
        practice.book(booked())
        server.store.forget_version("Appointment/A-1")
        with pytest.raises(RefusedError) as refusal:
            practice.connector().write_status("A-1", ARRIVED)
        assert refusal.value.code == "no-version"


def test_a_search_refused_for_its_extras_is_asked_plainly_from_then_on() -> None:
    with FakeFhir("tests", habits=BARE) as server:
        practice = FakePractice(server, NoAuth())
        practice.book(booked())
        connector = practice.connector()
        assert [row.id for row in connector.appointments(DAY)] == ["A-1"]
        assert server.asked.count("GET Appointment") == 2
        assert "GET Patient/P-A-1" in server.asked
        connector.appointments(DAY)
        assert server.asked.count("GET Appointment") == 3


def test_included_people_are_not_read_again(practice: FakePractice) -> None:
    practice.book(booked("A-1"), booked("A-2"))
    practice.connector().appointments(DAY)
    assert practice.server.asked == ["GET Appointment"]


def test_a_day_is_never_asked_for_without_offset() -> None:
    with FakeFhir("tests", habits=GOOD) as server:
        FakePractice(server, NoAuth()).connector().appointments(DAY)
        assert "date=ge2026-11-23T00%3A00%3A00%2B01%3A00" in server.queries[0]
        assert "date=lt2026-11-24T00%3A00%3A00%2B01%3A00" in server.queries[0]


def test_what_cannot_be_used_is_counted_and_logged_without_names(
    practice: FakePractice, caplog: pytest.LogCaptureFixture
) -> None:
    practice.book(booked("A-1"), booked("A-2"), booked("A-3"))
    practice.server.store.put(document(practice, "A-2") | {"status": "nonsense"})
    practice.server.store.drop("Patient/P-A-3")
    connector = practice.connector()
    assert [row.id for row in connector.appointments(DAY)] == ["A-1"]
    assert connector.skipped == {Skip.STATUS: 1, Skip.PATIENT_NOT_READABLE: 1}
    assert "reason=status-unknown count=1" in caplog.text
    assert CANARY not in caplog.text


def test_two_appointments_with_one_practice_id_are_both_left_out() -> None:
    with FakeFhir("tests", habits=WSO2_LIKE) as server:
        practice = FakePractice(server, NoAuth(), "urn:sample")
        practice.book(booked("A-1"), booked("A-2"))
        server.store.put(document(practice) | {"id": "twin"})
        connector = practice.connector()
        assert [row.id for row in connector.appointments(DAY)] == ["A-2"]
        assert connector.skipped == {Skip.AMBIGUOUS_ID: 2}
        with pytest.raises(RefusedError) as refusal:
            connector.write_status("A-1", ARRIVED)
        assert refusal.value.code == "multiple-matches"


def test_an_appointment_of_another_type_is_left_out(practice: FakePractice) -> None:
    practice.book(booked("A-1"), booked("A-2"))
    routine = {"coding": [{"system": "urn:types", "code": "ROUTINE"}]}
    practice.server.store.put(document(practice) | {"appointmentType": routine})
    rows = practice.connector(appointment_type="ROUTINE").appointments(DAY)
    assert [row.id for row in rows] == ["A-1"]


def test_the_newest_of_two_copies_counts(practice: FakePractice) -> None:
    practice.book(booked())
    connector = practice.connector()
    connector.write_status("A-1", ARRIVED)
    (row,) = connector.appointments(DAY)
    assert row.status is ARRIVED
    assert text(document(practice), "status") == "arrived"


@pytest.mark.parametrize("shifts", ["by-date", "always"])
def test_pages_that_shift_are_noticed_and_asked_for_again(shifts: str) -> None:
    with FakeFhir("tests", habits=replace(GOOD, shifts=shifts)) as server:  # type: ignore[arg-type]
        practice = FakePractice(server, NoAuth())
        practice.book(*(booked(f"A-{n:02}") for n in range(35)))
        assert len(practice.connector().appointments(DAY)) == 35
        assert ("_count=1000" in server.queries[-1]) is (shifts == "always")
