"""The whole desk at work: background chores, the practice's system, and a broken disk."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
import requests

from kiosk.clock import SystemClock
from kiosk.desk import book, tidy
from kiosk.desk.app import assemble, build, first_login, practice_of
from kiosk.desk.chores import Chore, Chores
from kiosk.desk.connectors.fake_fhir import FakeFhir
from kiosk.desk.connectors.fake_seed import SITE_SYSTEM
from kiosk.desk.tables import APPOINTMENTS, EVENTS, PATIENTS
from kiosk.domain.appointment import Appointment, Patient
from kiosk.domain.event import BATCH_TYPE, ArrivalRecorded
from kiosk.domain.outcome import Outcome
from kiosk.errors import ConfigError, StorageError

from .support import NOON, HandClock, Kiosk, Served, card, running, settings_in


def wait_for(done: threading.Event) -> None:
    assert done.wait(20)


def test_an_arrival_reaches_a_real_fhir_server_and_its_appointments_reach_the_board(
    tmp_path: Path,
) -> None:
    person = Patient("p-far", "Faraway", "Fay", date(1970, 1, 1), language="es")
    booked = Appointment("far-1", person, NOON + timedelta(minutes=5), 15, "01")
    written = threading.Event()
    with FakeFhir("tests") as server:
        server.book(booked)
        connector = {
            "kind": "fhir-r4",
            "base_url": server.base_url,
            "sites": {f"{SITE_SYSTEM}|{code}": code for code in ("01", "02")},
            "poll_s": 5,
        }
        with running(tmp_path, connector=connector) as served:
            database = served.desk.database
            taken = threading.Event()

            def look() -> None:
                with database.read() as conn:
                    known = book.one(conn, "far-1")
                stored = server.store.get("Appointment/far-1")
                if known:
                    taken.set()
                if stored and stored.resource["status"] == "arrived":
                    written.set()

            database.on_commit(look)
            database.write(lambda _conn: None)
            wait_for(taken)
            kiosk, browser = served.enrol(), served.login()
            assert card(browser.board(), "far-1")["name"] == "Faraway, Fay"
            body = ArrivalRecorded(appointment="far-1", outcome=Outcome.IN_TIME)
            kiosk.send(kiosk.event(kiosk.session(), body))
            wait_for(written)
            assert browser.board()["attention"] == []


def test_a_chore_that_fails_is_tried_again_and_others_go_on() -> None:
    clock = SystemClock()
    tried, woken = threading.Semaphore(0), threading.Event()

    def failing() -> None:
        tried.release()
        raise ValueError("always")

    chores = Chores(
        (Chore("bad", 0.05, failing), Chore("good", 3600.0, woken.set, woken=True)), clock
    )
    chores.start()
    wait_for(woken)
    woken.clear()
    chores.wake()
    wait_for(woken)
    assert all(tried.acquire(timeout=10) for _ in range(3))
    chores.close()


def test_what_is_older_than_the_retention_is_forgotten(served: Served, kiosk: Kiosk) -> None:
    body = ArrivalRecorded(appointment=served.appointment("maria"), outcome=Outcome.IN_TIME)
    kiosk.send(kiosk.event(kiosk.session(), body))
    policy, database = served.desk.policy, served.desk.database

    def left() -> list[int]:
        with database.read() as conn:
            return [
                len(conn.execute(table.select()).all())
                for table in (EVENTS, APPOINTMENTS, PATIENTS)
            ]

    soon = NOON + timedelta(days=29)
    database.write(lambda conn: tidy.tidy(conn, policy, 30, soon))
    assert left() == [1, 20, 20]
    later = NOON + timedelta(days=31, minutes=1)
    said = database.write(lambda conn: tidy.tidy(conn, policy, 30, later))
    assert left() == [0, 1, 1]  # tomorrow's appointment is a day younger
    assert said == "desk.tidy facts=1 appointments=19"


def limit(served: Served, pages: int) -> None:
    """Let the database grow to so many pages: a full disk, for SQLite."""
    served.desk.database.write(
        lambda conn: conn.exec_driver_sql(f"PRAGMA max_page_count={pages}").scalar()
    )


def test_a_desk_with_a_full_disk_says_so_and_recovers(served: Served, kiosk: Kiosk) -> None:
    url = served.base + "/events"
    limit(served, 1)
    for number in range(200):
        body = ArrivalRecorded(appointment=f"a{number}" * 500, outcome=Outcome.IN_TIME)
        event = kiosk.event(kiosk.session(), body)
        headers = kiosk.headers() | {"Content-Type": BATCH_TYPE}
        items = [event.model_dump(mode="json")]
        answer = requests.post(url, json=items, headers=headers, timeout=10)
        if not answer.ok:
            break
    assert (answer.status_code, answer.json()["code"]) == (503, "storage")
    assert answer.headers["Retry-After"] == "5"
    limit(served, 100_000)
    assert kiosk.send(event)[0]["outcome"] == "accepted"


def test_a_desk_keeps_everything_over_a_restart(tmp_path: Path) -> None:
    with running(tmp_path) as served:
        kiosk, code = served.enrol(), served.code_of("maria")
        body = ArrivalRecorded(appointment=served.appointment("maria"), outcome=Outcome.IN_TIME)
        event = kiosk.event(kiosk.session(), body)
        kiosk.send(event)
        port = served.settings.port
    with running(tmp_path, port=port) as again:
        assert again.code_of("maria") == code
        assert kiosk.send(event)[0]["outcome"] == "duplicate"
        browser = again.login("noor")
        assert card(browser.board(), again.appointment("maria"))["status"] == "arrived"


def test_the_first_password_is_shown_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = assemble(settings_in(tmp_path), HandClock())
    first_login(desk)
    first_login(desk)
    desk.database.close()
    assert capsys.readouterr().out.count("First login") == 1


def test_settings_that_do_not_fit_stop_the_desk_before_anything_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="99"):
        practice_of(settings_in(tmp_path, site="99"))
    with pytest.raises(ConfigError, match="no such file"):
        build(settings_in(tmp_path, practice=tmp_path / "none.toml"), HandClock())
    key = tmp_path / "desk" / "keys" / "pass.key"
    key.parent.mkdir(parents=True)
    key.write_bytes(b"short")
    with pytest.raises(StorageError, match="key"):
        assemble(settings_in(tmp_path), HandClock())
    assert not (tmp_path / "desk" / "desk.db").exists()
