"""The camera: its own thread keeps the newest picture only, and outlives every unplugging."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import cv2

from kiosk.devices.pictures import Image, Source, open_source
from kiosk.log import fact

log = logging.getLogger(__name__)


class CameraState(StrEnum):
    """What the camera does; LOST covers missing, unplugged and unreadable."""

    STARTING = "starting"
    LIVE = "live"
    LOST = "lost"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture; `number` counts up from 1, `at` is the monotonic time in s it was taken."""

    image: Image  # blue, green, red; do not change it, others look at it too
    number: int
    at: float


class Camera:
    """Plays one source until stopped. `source`: /dev/video0, an index, a video file or a folder."""

    def __init__(self, source: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._name = source
        self._monotonic = monotonic
        self._changed = threading.Condition()
        self._frame: Frame | None = None
        self._state = CameraState.STARTING
        self._numbered = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)

    @property
    def state(self) -> CameraState:
        """What the camera does now."""
        return self._state

    def start(self) -> None:
        """Begin; returns at once, whether there is a camera or not."""
        self._thread.start()

    def stop(self) -> None:
        """End and give the device back; waits for the picture under way, 12 s for a dead driver."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=12)

    def latest(self) -> Frame | None:
        """Return the newest picture, or None when the camera is not live."""
        return self._frame

    def wait_after(self, number: int, timeout: float) -> Frame | None:
        """Return the newest picture once it is later than `number`, or None after `timeout` s."""
        with self._changed:
            self._changed.wait_for(lambda: self._newer(number), timeout)
            return self._frame if self._newer(number) else None

    def _newer(self, number: int) -> bool:
        return self._frame is not None and self._frame.number > number

    def _run(self) -> None:
        while not self._stopping.is_set():
            source = open_source(self._name)
            try:
                self._play(source)
            finally:
                source.close()
            self._turn(CameraState.LOST, None)
            self._stopping.wait(source.retry)

    def _play(self, source: Source) -> None:
        while not self._stopping.is_set():
            try:
                image = source.read()
            except cv2.error:
                return
            if image is None:
                return
            self._numbered += 1
            self._turn(CameraState.LIVE, Frame(image, self._numbered, self._monotonic()))

    def _turn(self, state: CameraState, frame: Frame | None) -> None:
        with self._changed:
            changed, self._state, self._frame = state is not self._state, state, frame
            self._changed.notify_all()
        if changed and not self._stopping.is_set():
            level = logging.INFO if state is CameraState.LIVE else logging.WARNING
            log.log(level, fact(f"camera.{state}", source=self._name))
