"""The screen of a device that belongs to no practice yet: it waits for IT's enrolment code."""

import queue
import threading
from collections.abc import Callable
from dataclasses import replace

from kiosk.backend.local import CourierClient
from kiosk.devices.camera import Camera
from kiosk.devices.scanner import Scanner
from kiosk.domain.passcode import EnrolmentCode, read_enrolment
from kiosk.intake.view import Look, Node, Region, Role, StepView

_ASK = "Set up this kiosk"
_HOW = "Make a one-time code at the desk (Devices, Add a kiosk) and hold it up to the camera."
_SAID = {
    "": "This kiosk is set up. It starts in a moment.",
    "waiting": "One moment. This kiosk is being set up.",
    "foreign": "This is not an enrolment code. Make one at the desk, under Devices.",
    "no-courier": "The courier does not answer. Start kiosk courier, then try again.",
    "unreachable": "The desk does not answer at the address in the code. Check the network.",
    "wrong-ca": "The desk is not the one that made the code. Make a new code at this desk.",
    "bad-address": "The code names an address that is no desk. Set `public` in desk.toml.",
    "storage": "The data folder cannot be written. Run kiosk doctor.",
}
_OLD = "The desk does not take this code: it was used, or is too old. Make a new one."


class Enrolment:
    """A `ui.app.Case` for IT, in plain English; ends by itself once the device is enrolled."""

    def __init__(self, courier: CourierClient, label: str, camera: Camera) -> None:
        self._courier, self._label, self._camera = courier, label, camera
        self._said = "idle"
        self._news: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._call: Callable[[], None] = lambda: None
        self._scanner: Scanner | None = None
        self._shown = 0

    def over(self) -> bool:
        """Tell whether the device is enrolled now; the process then starts afresh."""
        return self._said == ""

    def attach(self, camera: Camera, scanner: Scanner) -> None:
        """Take codes and pictures from these."""
        self._camera, self._scanner = camera, scanner

    def listen(self, call: Callable[[], None]) -> None:
        """Have `call` run, on any thread, whenever there is news for the screen."""
        self._call = call

    def view(self) -> StepView:
        """Return what the screen says now."""
        head = Node("heading", Role.HEADING, Region.WORDS, _ASK)
        how = Node("sentence", Role.SENTENCE, Region.WORDS, _HOW)
        camera = Node("camera", Role.CAMERA, Region.ANSWER, state=(self._camera.state.value,))
        nodes = [head, how, camera]
        text = "" if self._said == "idle" else _SAID.get(self._said, _OLD)
        if text:
            note = Node("note", Role.NOTE, Region.WORDS, text, icon="info")
            nodes.insert(2, replace(note, look=Look.WARM))
        return StepView("enrol", "scan", "en", "ltr", (), tuple(nodes))

    def press(self, _: str) -> StepView:
        """Nothing can be pressed here."""
        return self.view()

    def switch(self, _: str) -> StepView:
        """Nothing can be switched here."""
        return self.view()

    def headphones(self, plugged: bool) -> StepView:  # noqa: ARG002 - a port's signature
        """Nothing is spoken here."""
        return self.view()

    def tick(self) -> StepView:
        """Take in what became of the last code."""
        while not self._news.empty():
            self._said = self._news.get()
        return self.view()

    def picture(self) -> tuple[bytes, int, int] | None:
        """Return the newest camera picture if it was not shown yet."""
        frame = self._camera.latest()
        if frame is None or frame.number == self._shown:
            return None
        self._shown = frame.number
        height, width = frame.image.shape[:2]
        return frame.image.tobytes(), width, height

    def scanned(self, text: str) -> None:
        """A code was read, on the scanner's thread, which may wait for the courier."""
        code = read_enrolment(text)
        if not isinstance(code, EnrolmentCode):
            self._tell("foreign")
            return
        self._tell("waiting")
        work = threading.Thread(target=self._enrol, args=(code,), name="enrol", daemon=True)
        work.start()

    def link(self, *, online: bool, refused: bool = False) -> None:
        """Whether the courier is online matters only once enrolled."""

    def _enrol(self, code: EnrolmentCode) -> None:
        self._tell(self._courier.enrol(code.address, code.ca_pin, code.code, self._label))

    def _tell(self, said: str) -> None:
        self._news.put(said)
        self._call()
