"""The courier against the product's own desk: no side's idea of the wire is taken for granted."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from backend.clocks import RealClock

pytest.importorskip("fastapi")

from desk.support import NOON, Served, card, cards, running

from kiosk.backend import folder
from kiosk.backend.folder import Folder
from kiosk.backend.local import CourierClient
from kiosk.backend.offline import OfflineDesk
from kiosk.config import KioskSettings
from kiosk.courier.app import run
from kiosk.desk import devices, sample
from kiosk.domain.event import ArrivalRecorded, MatchMade, SessionStarted
from kiosk.domain.identify import Query
from kiosk.domain.outcome import ARRIVES, Outcome
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox

YEARS_BEHIND = pytest.mark.parametrize("lobby", [0, 4000], indirect=True)
"""Also with a device whose clock lost its battery."""


def _until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came true")


@dataclass
class Lobby:
    """A desk, a courier enrolled there, and the kiosk's side of the courier's door."""

    served: Served
    files: Folder
    clock: RealClock
    client: CourierClient

    def online(self) -> bool:
        status = self.client.status()
        return status is not None and status.online

    def outbox(self) -> Outbox:
        sealer = KeyFileSealer.at(self.files.outbox_key)
        return Outbox(self.files.outbox, sealer, folder.device(self.files).source, self.clock)


def _code(served: Served) -> str:
    now = served.clock.now()
    return served.desk.database.write(lambda conn: devices.new_code(conn, "Door", "01", now))


@pytest.fixture
def lobby(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Lobby]:
    (tmp_path / "device").mkdir()
    files = Folder(tmp_path / "device")
    right = NOON - datetime.now(UTC)
    clock = RealClock(right - timedelta(days=getattr(request, "param", 0)))
    client = CourierClient(files.socket, clock, OfflineDesk(files, clock))
    stop = threading.Event()
    with running(tmp_path) as served:
        settings = KioskSettings(data=files.path)
        thread = threading.Thread(target=run, args=(settings, clock, stop))
        thread.start()
        _until(lambda: client.status() is not None)
        found = Lobby(served, files, clock, client)
        assert client.enrol(served.settings.url, "", _code(served), "Door") == ""
        _until(found.online)
        _until(files.daycache.exists)
        yield found
        stop.set()
        thread.join(5)


def _query(lobby: Lobby, case: sample.Case) -> Query:
    code = lobby.served.code_of(case.patient.id)
    return Query(pass_code=code, birth_date=case.patient.birth_date)


@YEARS_BEHIND
def test_everybody_is_told_the_same_online_and_off(lobby: Lobby) -> None:
    offline = lobby.client.offline
    known = _query(lobby, sample.CASES[0])
    _until(lambda: offline.identify(known).details is not None)
    for case in sample.CASES:
        there, here = (each.identify(_query(lobby, case)) for each in (lobby.client, offline))
        near = abs(case.days) <= 1
        assert there.online
        assert (case.patient.id, there.outcome) == (case.patient.id, case.outcome)
        assert here.outcome is (case.outcome if near else Outcome.TO_BE_MATCHED), case.patient.id
        if near:
            assert there.details is not None
            assert here.details is not None
            assert here.details.appointment == there.details.appointment
            assert here.details.called == ""


@YEARS_BEHIND
def test_an_arrival_reaches_the_board(lobby: Lobby) -> None:
    case = sample.CASES[0]
    answer = lobby.client.identify(_query(lobby, case))
    assert answer.details is not None
    assert answer.outcome in ARRIVES
    arrived = ArrivalRecorded(appointment=answer.details.appointment, outcome=answer.outcome)
    outbox = lobby.outbox()
    outbox.record(uuid4(), [arrived])
    lobby.client.wake()
    _until(lambda: outbox.counts(lobby.clock.now()).pending == 0)
    assert outbox.parked() == []
    staff = lobby.served.login()
    board = staff.http.get(f"{staff.base}/board", timeout=5).json()
    assert card(board, answer.details.appointment) in cards(board, "arrived")


def test_a_wrong_birth_date_uses_up_the_same_tries_online_and_off(lobby: Lobby) -> None:
    case = next(each for each in sample.CASES if each.patient.language)
    right = _query(lobby, case)
    wrong = right.model_copy(update={"birth_date": NOON.date()})
    assert lobby.client.identify(wrong).outcome is Outcome.MISMATCH
    assert lobby.client.identify(wrong).tries_left == 1
    _until(lambda: lobby.client.offline.identify(Query(pass_code=wrong.pass_code)).language != "")
    assert lobby.client.offline.identify(wrong).outcome is Outcome.LOCKED


def test_what_the_desk_refuses_is_parked(lobby: Lobby) -> None:
    outbox = lobby.outbox()
    staff_only = MatchMade(session=uuid4(), appointment="a-1")
    [bad, _] = outbox.record(uuid4(), [staff_only, SessionStarted(language="en")])
    lobby.client.wake()
    _until(lambda: outbox.counts(lobby.clock.now()).pending == 0)
    assert [each.id for each in outbox.parked()] == [bad]


def test_a_revoked_kiosk_stops_and_can_be_enrolled_again(lobby: Lobby) -> None:
    device = folder.device(lobby.files).device
    lobby.served.desk.database.write(lambda conn: devices.revoke(conn, device))
    lobby.client.tell("lost")  # news, so that it calls at once
    _until(lambda: not lobby.online())
    status = lobby.client.status()
    assert status is not None
    assert not status.enrolled
    assert lobby.client.enrol(lobby.served.settings.url, "", _code(lobby.served), "Door") == ""
    _until(lobby.online)
    assert folder.device(lobby.files).device != device
