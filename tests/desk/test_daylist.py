"""The sealed day list, over real HTTP: what a kiosk takes home, and how little it can read."""

import base64
from dataclasses import replace
from datetime import timedelta
from typing import Any

from kiosk.backend.dayrow import DayRow, lookup, open_row
from kiosk.desk import book
from kiosk.domain.appointment import AppointmentStatus
from kiosk.domain.event import ArrivalRecorded
from kiosk.domain.outcome import Outcome

from .support import NOON, Browser, Kiosk, Served


def row_of(found: dict[str, Any], code: str) -> DayRow:
    (row,) = [row for row in found["rows"] if row["key"] == lookup(code)]
    return open_row(base64.b64decode(row["sealed"]), code)


def test_a_new_kiosk_gets_every_row_of_three_days_all_sites_and_outcomes(
    served: Served, kiosk: Kiosk
) -> None:
    found = kiosk.get("/schedule").json()
    assert found["full"] is True
    assert found["gone"] == []
    assert len(found["rows"]) == 20
    assert {row["day"] for row in found["rows"]} == {"2030-05-14", "2030-05-15"}
    maria = row_of(found, served.code_of("maria"))
    assert str(maria.birth_date) == "1984-03-14"
    assert row_of(found, served.code_of("revoked")).revoked
    assert row_of(found, served.code_of("cancelled")).status is AppointmentStatus.CANCELLED
    assert row_of(found, served.code_of("elsewhere")).site == "02"
    assert row_of(found, served.code_of("edith")).modes == ("extra-large", "read-aloud")


def test_nothing_of_a_person_is_readable_without_the_code(served: Served, kiosk: Kiosk) -> None:
    text = kiosk.get("/schedule").text
    assert "1984" not in text
    assert "Maria" not in text
    assert served.code_of("maria") not in text
    assert served.appointment("maria") not in text


def test_only_changes_follow_and_no_change_is_no_answer(served: Served, kiosk: Kiosk) -> None:
    first = kiosk.get("/schedule")
    cursor = first.json()["cursor"]
    tagged = {"If-None-Match": first.headers["ETag"]}
    assert kiosk.get("/schedule", params={"since": cursor}, headers=tagged).status_code == 304
    body = ArrivalRecorded(appointment=served.appointment("maria"), outcome=Outcome.IN_TIME)
    kiosk.send(kiosk.event(kiosk.session(), body))
    delta = kiosk.get("/schedule", params={"since": cursor}, headers=tagged).json()
    assert (delta["full"], len(delta["rows"])) == (False, 1)
    assert row_of(delta, served.code_of("maria")).status is AppointmentStatus.ARRIVED
    again = kiosk.get("/schedule", params={"since": delta["cursor"]}).json()
    assert (again["rows"], again["gone"], again["cursor"]) == ([], [], delta["cursor"])


def test_what_moves_out_of_the_three_days_or_off_the_schedule_is_gone(
    served: Served, kiosk: Kiosk
) -> None:
    cursor = kiosk.get("/schedule").json()["cursor"]
    policy, database = served.desk.policy, served.desk.database
    with database.read() as conn:
        maria = book.one(conn, served.appointment("maria"))
    assert maria
    later = replace(maria.appointment, start=NOON + timedelta(days=9))
    database.write(
        lambda conn: book.put(conn, [later], origin="sample", zone=policy.zone, key=policy.key)
    )
    database.write(lambda conn: book.remove(conn, [served.appointment("ines")]))
    delta = kiosk.get("/schedule", params={"since": cursor}).json()
    assert set(delta["gone"]) == {
        lookup(served.code_of("maria")),
        lookup(served.code_of("ines")),
    }
    assert delta["rows"] == []


def test_a_replaced_pass_is_sent_as_revoked_beside_the_new_one(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    cursor, old = kiosk.get("/schedule").json()["cursor"], served.code_of("maria")
    body = {"appointment": served.appointment("maria"), "replace": True}
    new = staff_member.post("/passes", body).json()["pass"]
    delta = kiosk.get("/schedule", params={"since": cursor}).json()
    assert row_of(delta, old).revoked
    assert not row_of(delta, new).revoked


def test_a_cursor_that_is_old_foreign_or_nonsense_brings_everything(
    served: Served, kiosk: Kiosk
) -> None:
    cursor = kiosk.get("/schedule").json()["cursor"]
    served.clock.move(days=1)
    for since in (cursor, "", "x", "1.2.3", cursor[:-1] + "999999", "a" * 200, "1.20300514.٣"):
        assert kiosk.get("/schedule", params={"since": since}).json()["full"] is True
