"""A simulated phone before the real camera class, which plays the pictures of a folder."""

import time
from pathlib import Path

import cv2
import numpy as np

from kiosk.devices import simulate
from kiosk.devices.pictures import Image
from kiosk.passes import draw

_COMING = 10  # frames of the hand coming up, left out: the tour measures from the good picture on


class Phone:
    """Holds codes up to whoever plays `folder` as a camera."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.jpg"):
            path.unlink()
        self._lobby()

    def present(self, code: str, scene: simulate.Scene | None = None) -> float:
        """Hold a code up; return the monotonic time in s just before its first picture."""
        modules = np.array(draw.matrix(code))
        frames = simulate.present(modules, scene, frames=_COMING + 10, fps=15)[_COMING:]
        for path in self._folder.glob("*.jpg"):
            path.unlink()
        start = time.monotonic()
        for number, frame in enumerate(frames):
            self._put(f"p{number:02}", frame)
        return start

    def withdraw(self) -> None:
        """Take the phone away: the lobby shows again."""
        for path in self._folder.glob("p*.jpg"):
            path.unlink()
        self._lobby()

    def _lobby(self) -> None:
        for number in range(3):
            self._put(f"a{number}", simulate.empty(number + 1))

    def _put(self, name: str, picture: Image) -> None:
        draft = self._folder / f".{name}.tmp.jpg"
        cv2.imwrite(str(draft), picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
        draft.rename(self._folder / f"{name}.jpg")
