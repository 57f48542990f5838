"""CheckIn with its world: requests run on other threads, answers come back to the screen's."""

import logging
import os
import queue
import threading
from collections.abc import Callable
from uuid import UUID

from kiosk.checkin import CheckIn, Identify, Moment, Record, Request, Update
from kiosk.devices.camera import Camera
from kiosk.devices.scanner import Scanner
from kiosk.domain.ident import uuid7
from kiosk.domain.ports import Clock, Identifier, Recorder
from kiosk.errors import StorageError
from kiosk.intake.view import StepView
from kiosk.log import fact

log = logging.getLogger(__name__)


def session_id(clock: Clock) -> UUID:
    """Mint a session's UUIDv7."""
    return uuid7(clock.now(), os.urandom(10))


class Worker:
    """One thread that does one kind of request, in order."""

    def __init__(
        self, name: str, work: Callable[[Request], object], done: Callable[[int, object], None]
    ):
        self._jobs: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._work, self._done = work, done
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def give(self, request: Request) -> None:
        """Queue a request; returns at once."""
        self._jobs.put(request)

    def _run(self) -> None:
        while True:
            self._once()

    def _once(self) -> None:
        """Do one job in a frame of its own: nothing of it stays while waiting for the next."""
        request = self._jobs.get()
        try:
            result = self._work(request)
        except Exception as fault:  # noqa: BLE001 - a thread that dies would freeze every patient
            log.error(fact("request.failed", kind=type(fault).__name__))  # noqa: TRY400 - no text
            result = False
        self._done(request.id, result)


class Conversation:
    """What the touchscreen talks to (`ui.app.Case`). Everything here is called on its thread."""

    def __init__(
        self,
        checkin: CheckIn,
        identifier: Identifier,
        recorder: Recorder,
        wake: Callable[[], None],
        clock: Clock,
    ) -> None:
        self._checkin, self._clock = checkin, clock
        self._identifier, self._recorder, self._wake = identifier, recorder, wake
        self._news: queue.SimpleQueue[Callable[[CheckIn, Moment], Update]] = queue.SimpleQueue()
        self._call: Callable[[], None] = lambda: None
        self._identify = Worker("identify", self._do_identify, self._answered)
        self._record = Worker("record", self._do_record, self._answered)
        self._camera: Camera | None = None
        self._scanner: Scanner | None = None
        self._shown = 0
        self._state = "starting"

    def attach(self, camera: Camera, scanner: Scanner) -> None:
        """Take codes and pictures from these from now on."""
        self._camera, self._scanner = camera, scanner

    def listen(self, call: Callable[[], None]) -> None:
        """Have `call` run, on any thread, whenever there is news for the screen."""
        self._call = call

    def view(self) -> StepView:
        """Return the view that shows now."""
        return self._checkin.view

    def press(self, node: str) -> StepView:
        """A node was activated."""
        return self._carry_out(self._checkin.press(node, self._now()))

    def switch(self, mode: str) -> StepView:
        """A physical key switches a mode."""
        return self._carry_out(self._checkin.switch(mode, self._now()))

    def headphones(self, plugged: bool) -> StepView:
        """Headphones were plugged in or pulled out."""
        return self._carry_out(self._checkin.headphones(plugged, self._now()))

    def tick(self) -> StepView:
        """Time went on; answers, codes and device changes that came meanwhile are taken in."""
        self._look()
        while not self._news.empty():
            self._carry_out(self._news.get()(self._checkin, self._now()))
        view = self._carry_out(self._checkin.tick(self._now()))
        if self._scanner:
            self._scanner.paused = not self._checkin.wants_codes
        return view

    def over(self) -> bool:
        """A kiosk's conversation never ends by itself."""
        return False

    def picture(self) -> tuple[bytes, int, int] | None:
        """Return the newest camera picture if it was not shown yet."""
        frame = self._camera.latest() if self._camera else None
        if frame is None or frame.number == self._shown:
            return None
        self._shown = frame.number
        height, width = frame.image.shape[:2]
        return frame.image.tobytes(), width, height

    def scanned(self, text: str) -> None:
        """A code was read; may be called on any thread."""
        self._tell(lambda checkin, now: checkin.scanned(text, now))

    def link(self, *, online: bool, refused: bool = False) -> None:
        """The courier can, or cannot, reach the desk, or the desk takes this device no more.

        May be called on any thread.
        """
        self._tell(lambda checkin, now: checkin.device(now, online=online, refused=refused))

    def _look(self) -> None:
        state = self._camera.state.value if self._camera else "lost"
        if state != self._state:
            self._state = state
            self._carry_out(self._checkin.device(self._now(), camera=state))

    def _now(self) -> Moment:
        return Moment(self._clock.now(), self._clock.monotonic())

    def _carry_out(self, update: Update) -> StepView:
        for request in update.requests:
            worker = self._identify if isinstance(request, Identify) else self._record
            worker.give(request)
        return update.view

    def _answered(self, request: int, result: object) -> None:
        self._tell(lambda checkin, now: checkin.outcome(request, result, now))

    def _tell(self, news: Callable[[CheckIn, Moment], Update]) -> None:
        self._news.put(news)
        self._call()

    def _do_identify(self, request: Request) -> object:
        return self._identifier.identify(request.query) if isinstance(request, Identify) else None

    def _do_record(self, request: Request) -> object:
        if not isinstance(request, Record):
            return False
        try:
            self._recorder.record(request.session, request.bodies)
        except StorageError as fault:
            log.error(fact("record.refused", kind=type(fault).__name__))  # noqa: TRY400 - no text
            return False
        threading.Thread(target=self._wake, name="wake", daemon=True).start()
        return True
