"""The conversation and its threads: answers come back to the screen, which waits for none."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from backend.cached import BORN, CODE, START, STRANGE, keep, row, write_policy
from intake.screens import TABLE, WORDS
from outbox.hands import HandClock

pytest.importorskip("cv2")

from kiosk.backend import folder
from kiosk.backend.folder import Folder
from kiosk.backend.offline import OfflineDesk
from kiosk.bootstrap.conversation import Conversation, session_id
from kiosk.checkin import CheckIn, Moment
from kiosk.checkin.state import Practice
from kiosk.config import KioskPolicy
from kiosk.devices.camera import Camera
from kiosk.devices.scanner import Scanner
from kiosk.domain.event import Event
from kiosk.intake.flows import check_in
from kiosk.intake.view import StepView
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox

PATIENCE_S = 10.0
DIGITS = f"{BORN:%d%m%Y}"


@dataclass
class Desk:
    """A conversation, everything it is connected to, and the screen's own thread: the test's."""

    talk: Conversation
    outbox: Outbox
    clock: HandClock
    woken: list[int] = field(default_factory=list)
    called: threading.Event = field(default_factory=threading.Event)

    def until(self, wanted: Callable[[StepView], bool]) -> StepView:
        """Tick, as the screen does, until a view shows."""
        end = time.monotonic() + PATIENCE_S
        while not wanted(view := self.talk.tick()):
            assert time.monotonic() < end, f"it shows {view.step}"
            time.sleep(0.002)
        return view

    def see(self, step: str) -> StepView:
        return self.until(lambda view: view.step == step)

    def press(self, *nodes: str) -> None:
        for node in nodes:
            self.talk.press(node)

    def kept(self) -> list[str]:
        """The types of all that is on disk."""
        due = self.outbox.due(self.clock.now(), 100)
        return [Event.model_validate_json(one.body).type for one in due]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A kiosk that is cut off from its desk, with one appointment in its list."""
    files, clock = Folder(tmp_path), HandClock(START)
    write_policy(files)
    keep(files, row(language="en", modes=()))
    sealer = KeyFileSealer.at(files.outbox_key)
    outbox = Outbox(files.outbox, sealer, "/kiosks/k1", clock)
    policy = KioskPolicy.model_validate(folder.policy(files).model_dump())
    practice = Practice(policy, WORDS, TABLE, check_in(("needs",)), lambda _: session_id(clock))
    checkin = CheckIn(practice, Moment(clock.now(), clock.monotonic()))
    woken: list[int] = []
    talk = Conversation(checkin, OfflineDesk(files, clock), outbox, lambda: woken.append(1), clock)
    made = Desk(talk, outbox, clock, woken)
    talk.listen(made.called.set)
    yield made
    outbox.close()


def born(desk: Desk) -> None:
    desk.press(*(f"key-{digit}" for digit in DIGITS), "next")


def test_a_code_read_on_another_thread_leads_to_a_check_in_that_is_on_disk(desk: Desk) -> None:
    reader = threading.Thread(target=desk.talk.scanned, args=(CODE,))
    reader.start()
    reader.join()
    desk.see("birth-date")
    born(desk)
    desk.see("needs")
    assert desk.kept() == ["session.started", "arrival.recorded"]
    desk.press("group-calm", "need-quiet", "go-on", "next")
    desk.see("keep-needs")
    desk.press("answer-today")
    desk.see("done")
    assert desk.kept()[2:] == ["need.stated", "answers.recorded", "intake.completed"]
    assert desk.woken


def test_an_unknown_code_is_kept_for_a_match(desk: Desk) -> None:
    desk.talk.scanned(STRANGE)
    desk.see("birth-date")
    born(desk)
    desk.see("outcome")
    assert desk.kept()[-1] == "arrival.unmatched"


def test_the_screen_is_told_that_there_is_news(desk: Desk) -> None:
    desk.called.clear()
    desk.talk.scanned("https://example.org")
    assert desk.called.wait(PATIENCE_S)
    assert desk.talk.view().node("note") is None  # nothing changes but on the screen's own thread
    assert desk.talk.tick().node("note") is not None


def test_a_disk_that_refuses_is_shown_and_nobody_is_thanked(desk: Desk, tmp_path: Path) -> None:
    desk.talk.scanned(CODE)
    desk.see("birth-date")
    desk.until(lambda _: len(desk.kept()) == 1)
    desk.outbox.close()
    for path in tmp_path.glob("outbox.db*"):
        path.rename(path.with_name(f"gone-{path.name}"))
    (tmp_path / "outbox.db").mkdir()  # where the file should be, nothing can be written
    born(desk)
    view = desk.see("fault")
    assert view.node("help") is not None
    desk.press("finish")
    assert desk.talk.tick().step == "welcome"


def test_the_link_shows_when_help_is_asked_for(desk: Desk) -> None:
    desk.talk.link(online=False)
    desk.talk.tick()
    desk.press("help")
    heading = desk.talk.view().node("heading")
    assert heading is not None
    assert heading.text == "Please go to the desk."
    desk.talk.link(online=True)
    desk.until(lambda view: view.node("heading") != heading)


def test_a_quiet_session_is_closed_and_what_was_kept_stays(desk: Desk) -> None:
    desk.talk.scanned(CODE)
    desk.see("birth-date")
    desk.clock.pass_by(60)
    desk.see("still-there")
    desk.clock.pass_by(45)
    desk.see("welcome")
    desk.until(lambda _: desk.kept() == ["session.started", "session.abandoned"])


def test_codes_are_wanted_only_while_one_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    camera, scanner = Camera(str(tmp_path / "no-camera")), Scanner([], desk.talk.scanned)
    desk.talk.attach(camera, scanner)
    desk.talk.tick()
    assert not scanner.paused
    desk.press("no-code")
    desk.talk.tick()
    assert scanner.paused


def test_a_camera_that_is_gone_shows_and_a_picture_is_given_once(
    desk: Desk, tmp_path: Path
) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    camera = Camera(str(pictures))
    desk.talk.attach(camera, Scanner([], desk.talk.scanned))
    camera.start()
    try:
        desk.until(lambda view: state(view) == "lost")
        assert desk.talk.picture() is None
        write_picture(pictures / "one.png")
        desk.until(lambda view: state(view) == "live")
        pixels, width, height = first_picture(desk.talk)
        assert (len(pixels), width, height) == (64 * 48 * 3, 64, 48)
    finally:
        camera.stop()


def first_picture(talk: Conversation) -> tuple[bytes, int, int]:
    end = time.monotonic() + PATIENCE_S
    while (picture := talk.picture()) is None:
        assert time.monotonic() < end
    return picture


def write_picture(path: Path) -> None:
    from PIL import Image

    draft = path.with_suffix(".new")
    Image.new("RGB", (64, 48), "white").save(draft, "PNG")
    draft.rename(path)


def state(view: StepView) -> str:
    camera = view.node("camera")
    return camera.state[0] if camera else ""


def test_sessions_have_ids_of_their_own_that_sort_by_time() -> None:
    clock = HandClock()
    first = session_id(clock)
    clock.pass_by(1)
    second = session_id(clock)
    assert isinstance(first, UUID)
    assert first.version == 7
    assert str(first) < str(second)


def test_a_kiosks_conversation_never_ends_by_itself(desk: Desk) -> None:
    assert not desk.talk.over()
