"""The whole courier, as a process runs it: enrolled through its door, delivering, stopping."""

import threading
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from backend.cached import BORN, CODE
from backend.clocks import RealClock
from backend.little_desk import LittleDesk
from outbox.hands import arrival

from kiosk.backend import folder
from kiosk.backend.folder import Folder
from kiosk.backend.local import CourierClient
from kiosk.backend.offline import UNKNOWN, OfflineDesk
from kiosk.config import KioskSettings
from kiosk.courier.app import run
from kiosk.domain.identify import Query
from kiosk.domain.outcome import Outcome
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox

CLOCK = RealClock()
KNOWN = Query(pass_code=CODE, birth_date=BORN)


def _until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came true")


@pytest.fixture
def client(files: Folder) -> CourierClient:
    return CourierClient(files.socket, CLOCK, OfflineDesk(files, CLOCK))


@pytest.fixture
def courier(files: Folder, client: CourierClient) -> Iterator[threading.Event]:
    stop = threading.Event()
    settings = KioskSettings(data=files.path)
    thread = threading.Thread(target=run, args=(settings, CLOCK, stop))
    thread.start()
    _until(lambda: client.status() is not None)
    yield stop
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert not files.socket.exists()


@pytest.mark.usefixtures("courier")
def test_from_the_box_to_the_first_arrival(
    files: Folder, little: LittleDesk, client: CourierClient
) -> None:
    before = client.status()
    assert before is not None
    assert not before.enrolled
    assert client.identify(KNOWN) == UNKNOWN
    assert client.enrol(little.address, "", "BADCODE7", "Lobby") == "unknown-code"
    assert client.enrol("http://desk.example", "", "GOODCODE", "Lobby") == "bad-address"
    assert client.enrol("http://127.0.0.1:9", "", "GOODCODE", "Lobby") == "unreachable"
    assert client.enrol(little.address, "", "GOODCODE", "Lobby") == ""
    _until(lambda: (client.status() or before).online)
    assert client.enrol(little.address, "", "GOODCODE", "Lobby") == "already-enrolled"
    assert client.identify(KNOWN).outcome is Outcome.IN_TIME
    sealer = KeyFileSealer.at(files.outbox_key)
    outbox = Outbox(files.outbox, sealer, folder.device(files).source, CLOCK)
    [id] = outbox.record(uuid4(), [arrival()])
    client.wake()
    _until(lambda: list(little.events) == [str(id)])
    _until(lambda: outbox.counts(CLOCK.now()).pending == 0)


@pytest.mark.usefixtures("courier")
def test_there_is_one_courier_for_a_folder(files: Folder) -> None:
    stop = threading.Event()
    assert run(KioskSettings(data=files.path), CLOCK, stop) == 1


@pytest.mark.usefixtures("courier")
def test_a_broken_device_file_ends_nothing(
    files: Folder, little: LittleDesk, client: CourierClient
) -> None:
    files.device.write_text("nonsense")
    client.wake()
    assert client.identify(KNOWN) == UNKNOWN
    files.device.unlink()
    _until(lambda: client.enrol(little.address, "", "GOODCODE", "Lobby") == "")
    _until(lambda: bool(little.beats))


def test_it_stops_though_the_desk_hangs(
    files: Folder, little: LittleDesk, client: CourierClient, courier: threading.Event
) -> None:
    assert client.enrol(little.address, "", "GOODCODE", "Lobby") == ""
    little.slow = 8
    little.always["/events"] = "slow"
    _until(lambda: bool(little.beats))
    sealer = KeyFileSealer.at(files.outbox_key)
    Outbox(files.outbox, sealer, "/kiosks/k1", CLOCK).record(uuid4(), [arrival()])
    client.wake()
    _until(lambda: bool(little.batches))
    courier.set()
