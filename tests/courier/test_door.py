"""Both ends of the courier's door: `courier.door` and `backend.local`."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from backend.cached import BORN, CODE
from backend.clocks import RealClock

from kiosk.backend.folder import Folder
from kiosk.backend.lines import Enrol, EnrolResult, Status
from kiosk.backend.local import CourierClient
from kiosk.backend.offline import UNKNOWN
from kiosk.courier.door import Door
from kiosk.domain.identify import Answer, Query
from kiosk.domain.outcome import Outcome
from kiosk.errors import ConfigError

KNOWN = Query(pass_code=CODE, birth_date=BORN)
CACHED = Answer(outcome=Outcome.ALREADY_IN, online=False)


class Cached:
    """An Identifier that has one answer."""

    def identify(self, query: Query) -> Answer:  # noqa: ARG002
        return CACHED


@dataclass
class Clerk:
    """A service that remembers what it was asked."""

    queries: list[Query] = field(default_factory=list)
    told: list[tuple[str, object]] = field(default_factory=list)
    asked: list[Enrol] = field(default_factory=list)
    woken: int = 0
    hold: threading.Event = field(default_factory=threading.Event)
    slow: bool = False

    def identify(self, query: Query) -> Answer:
        self.queries.append(query)
        if self.slow:
            self.hold.wait(5)
        if query.typed_name == "crash":
            raise ZeroDivisionError
        return Answer(outcome=Outcome.IN_TIME, language="hi")

    def status(self) -> Status:
        return Status(online=True, queue=3, oldest_s=7, parked=1, clockoffset=-40, enrolled=True)

    def wake(self) -> None:
        self.woken += 1

    def tell(self, camera: str, screen: dict[str, object] | None) -> None:
        self.told.append((camera, screen))

    def enrol(self, request: Enrol) -> EnrolResult:
        self.asked.append(request)
        return EnrolResult(code="unknown-code")


@pytest.fixture
def clerk(files: Folder) -> Iterator[Clerk]:
    clerk = Clerk()
    door = Door(files.socket, clerk)
    yield clerk
    clerk.hold.set()
    door.close()


@pytest.fixture
def client(files: Folder) -> CourierClient:
    return CourierClient(files.socket, RealClock(), Cached())


def test_the_kiosk_asks_and_tells_everything_through_the_door(
    clerk: Clerk, client: CourierClient
) -> None:
    assert client.identify(KNOWN) == Answer(outcome=Outcome.IN_TIME, language="hi")
    assert clerk.queries == [KNOWN]
    assert client.status() == clerk.status()
    client.wake()
    client.tell("lost", {"width": 800})
    assert (clerk.woken, clerk.told) == (1, [("lost", {"width": 800})])
    assert client.enrol("https://desk.example", "ab", "CODE7777", "Lobby") == "unknown-code"
    assert "CODE7777" not in repr(clerk.asked)


def test_without_a_courier_the_kiosk_looks_itself(client: CourierClient) -> None:
    assert client.identify(KNOWN) == CACHED
    assert client.status() is None
    client.wake()
    client.tell("ok")
    assert client.enrol("https://desk.example", "", "CODE7777", "Lobby") == "no-courier"


def test_a_courier_that_hangs_is_not_waited_for(clerk: Clerk, client: CourierClient) -> None:
    clerk.slow = True
    assert client.identify(KNOWN) == CACHED


def test_a_courier_that_crashes_on_one_question_answers_the_next(
    clerk: Clerk, client: CourierClient, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.identify(Query(typed_name="crash")) == CACHED
    assert client.identify(KNOWN).outcome is Outcome.IN_TIME
    assert len(clerk.queries) == 2
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"[]", b"\x00\xff", b'{"do":"format"}', b'{"do":"identify"}', b'{"do":["wake"]}'],
)
@pytest.mark.usefixtures("clerk")
def test_what_is_not_a_line_is_misunderstood_and_the_next_one_answered(
    files: Folder, line: bytes
) -> None:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(5)
        caller.connect(str(files.socket))
        with caller.makefile("rwb") as file:
            file.write(line + b"\n" + b'{"do":"wake"}\n')
            file.flush()
            assert json.loads(file.readline()) == {"error": "misunderstood"}
            assert json.loads(file.readline()) == {}


@pytest.mark.usefixtures("clerk")
def test_an_endless_line_is_cut_off(files: Folder) -> None:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(5)
        caller.connect(str(files.socket))
        with pytest.raises(OSError, match=r"pipe|reset"):
            caller.sendall(b"x" * 10_000_000)


def test_the_socket_is_for_the_group_and_goes_with_the_courier(files: Folder) -> None:
    files.socket.touch()  # left by a courier that was killed
    door = Door(files.socket, Clerk())
    assert files.socket.stat().st_mode & 0o777 == 0o660
    door.close()
    assert not files.socket.exists()


def test_a_folder_whose_name_is_too_long_for_a_socket_is_named(files: Folder) -> None:
    deep = files.path / ("x" * 100)
    deep.mkdir()
    with pytest.raises(ConfigError, match=r"courier\.sock"):
        Door(deep / "courier.sock", Clerk())


def test_unknown_is_what_nobody_could_be_asked_means() -> None:
    assert (UNKNOWN.outcome, UNKNOWN.online) == (Outcome.TO_BE_MATCHED, False)
