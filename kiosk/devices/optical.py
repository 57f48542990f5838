"""Codes seen by the camera: the newest picture is looked at, older ones are never caught up on."""

import threading
from collections.abc import Sequence

from kiosk.devices import decoder
from kiosk.devices.camera import Camera
from kiosk.devices.decoder import Reading
from kiosk.devices.scanner import Offer, Wanted
from kiosk.domain.passcode import Pass, Reason, read

_IDLE = 0.05
_PATIENCE = 0.2


class CameraScanner:
    """Looks for codes in the pictures of a camera that somebody else starts and stops."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, offer: Offer, wanted: Wanted) -> None:
        """Begin on a thread of its own; nothing is decoded while codes are not wanted."""
        self._thread = threading.Thread(
            target=self._run, args=(offer, wanted), name="decoder", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End after the picture under way."""
        self._stopping.set()
        if self._thread:
            self._thread.join()

    def _run(self, offer: Offer, wanted: Wanted) -> None:
        number = turn = 0
        while not self._stopping.is_set():
            if not wanted():
                self._stopping.wait(_IDLE)
                continue
            frame = self._camera.wait_after(number, _PATIENCE)
            if frame is None:
                continue
            number, turn = frame.number, turn + 1
            readings = decoder.read(decoder.to_grey(frame.image), turn)
            if readings:
                offer(ours_first(readings).text)


def ours_first(readings: Sequence[Reading]) -> Reading:
    """Return the reading that matters: letters often carry a second code beside the pass."""
    return min(readings, key=lambda reading: _rank(reading.text))


def _rank(text: str) -> int:
    verdict = read(text)
    if isinstance(verdict, Pass):
        return 0
    return {Reason.ENROLMENT: 1, Reason.MISREAD: 2}.get(verdict.reason, 3)
