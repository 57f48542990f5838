"""The schedule as CSV: good rows are taken, bad ones named."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import PracticeSettings, Site
from kiosk.desk import book, schedule
from kiosk.desk.database import Database
from kiosk.domain.appointment import AppointmentStatus

HEAD = (
    "id,start,minutes,site,practitioner,location,service,status,patient_id,family,given,"
    "name_to_use,birth_date,phone,language,needs,modes"
)
FULL = (
    "A1,2030-05-14 09:30,15,01,Dr. Chen,Room 3,Consultation,booked,P1,Sample,Maria,Mia,"
    "1984-03-14,+44 20 7946 0101,es,hearing|step-free,extra-large"
)
PRACTICE = PracticeSettings(
    name="Sample Practice",
    timezone="Europe/London",
    sites=(Site(code="01", name="Main Street"), Site(code="02", name="Riverside")),
)


def read(text: str) -> schedule.Schedule:
    return schedule.read(text.encode(), PRACTICE)


def test_a_full_row_becomes_an_appointment_and_its_patient() -> None:
    (row,) = read(f"{HEAD}\n{FULL}\n").rows
    assert (row.id, row.minutes, row.site, row.location) == ("A1", 15, "01", "Room 3")
    assert row.start == datetime(2030, 5, 14, 8, 30, tzinfo=UTC)  # 09:30 in London's summer
    assert row.status is AppointmentStatus.BOOKED
    patient = row.patient
    assert (patient.id, patient.called, patient.language) == ("P1", "Mia", "es")
    assert patient.birth_date == date(1984, 3, 14)
    assert (patient.needs, patient.modes) == (("hearing", "step-free"), ("extra-large",))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_spreadsheets_write_csv_in_many_ways(mark: str, newline: str, delimiter: str) -> None:
    lines = ["Patient ID,START,Site,id", "P1,2030-05-14T09:30:00+02:00,01,A1"]
    found = read(mark + newline.join(lines).replace(",", delimiter) + newline)
    assert found.bad == ()
    assert found.rows[0].start == datetime(2030, 5, 14, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("id", "", "id: is missing"),
        ("start", "soon", "start: is not a time"),
        ("start", "2030-05-14", "start: has no time of day"),
        ("start", "2030-03-31 01:30", "start: does not exist"),
        ("start", "0030-05-14 09:30", "start: is in no year"),
        ("minutes", "-5", "minutes: is not a whole number"),
        ("minutes", "quarter", "minutes: is not a whole number"),
        ("site", "99", "site: is not one of"),
        ("status", "maybe", "status: is not a FHIR"),
        ("patient_id", "", "patient_id: is missing"),
        ("birth_date", "1984-02-30", "birth_date: is not a date"),
        ("language", "<b>", "language: is not a tag"),
        ("needs", "Hearing!", "needs: is not a list"),
        ("family", "=HYPERLINK(1)", "family: begins like a formula"),
        ("given", "@cmd", "given: begins like a formula"),
        ("given", "a\tb", "given: holds a control"),
        ("given", "a\x00b", "given: holds a control"),
        ("given", "x" * 201, "given: longer than"),
    ],
)
def test_a_bad_row_is_named_with_line_and_reason_and_the_others_stay(
    column: str, value: str, reason: str
) -> None:
    cells = dict(zip(HEAD.split(","), FULL.split(","), strict=True))
    bad = ",".join((cells | {"id": "B2", column: value}).values())
    found = read(f"{HEAD}\n{FULL}\n{bad}\n{FULL.replace('A1', 'A3')}\n")
    assert [row.id for row in found.rows] == ["A1", "A3"]
    assert [(one.line, one.reason.startswith(reason)) for one in found.bad] == [(3, True)]
    assert value == "" or len(value) < 5 or value not in found.bad[0].reason


def test_the_same_id_twice_keeps_the_first() -> None:
    found = read(f"{HEAD}\n{FULL}\n{FULL}\n")
    assert len(found.rows) == 1
    assert found.bad[0].line == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"id,start\n1,2\n", b"\xff\xfe\x00", b'id,start,site,patient_id\n"open', b"\x00"],
)
def test_a_file_that_is_no_schedule_is_named_and_takes_nothing(content: bytes) -> None:
    found = schedule.read(content, PRACTICE)
    assert found.rows == ()
    assert len(found.bad) == 1


@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda t: f"{HEAD}\n{t}".encode()))
def test_no_content_is_a_fault(content: bytes) -> None:
    schedule.read(content, PRACTICE)


def test_importing_again_follows_what_moved_and_what_was_cancelled(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/desk.db")
    zone, key = PRACTICE.timezone, bytes(32)

    def take(text: str) -> book.Counts:
        rows = read(f"{HEAD}\n{text}\n").rows
        return database.write(lambda conn: book.put(conn, rows, origin="file", zone=zone, key=key))

    def known() -> book.Booked:
        with database.read() as conn:
            found = book.one(conn, "A1")
        assert found
        return found

    assert take(FULL) == book.Counts(added=1)
    assert take(FULL) == book.Counts(same=1)
    first = known()
    assert take(FULL.replace("09:30", "10:45")) == book.Counts(changed=1)
    assert known().appointment.start == datetime(2030, 5, 14, 9, 45, tzinfo=UTC)
    assert take(FULL.replace("booked", "cancelled")) == book.Counts(changed=1)
    assert known().appointment.status is AppointmentStatus.CANCELLED
    assert take(FULL.replace("Mia", "Mary")).changed == 1
    assert known().appointment.patient.called == "Mary"
    assert known().generation == first.generation
    database.close()
