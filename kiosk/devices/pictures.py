"""Where pictures come from: a V4L2 camera, a video file, or a folder of pictures.

Each source paces itself: `read` returns when the next picture is due. Nothing here keeps a thread.
"""

import re
import time
from pathlib import Path
from typing import Protocol, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Image: TypeAlias = NDArray[np.uint8]
"""A picture: height, width and 3 (blue, green, red), or height and width (grey)."""

FPS = 15.0
"""Pictures a second wanted; decoding MJPEG of 1280x720 at 30 would cost a fifth of a core."""

_RETRY = 1.0
_SIZE = (1280, 720)
_NODE = re.compile(r"/dev/video(\d{1,3})")
_KINDS = {".png", ".jpg", ".jpeg", ".webp", ".bmp"}
_ENDS = {b"\xff\xd8": b"\xff\xd9", b"\x89P": b"IEND\xaeB`\x82"}


class Source(Protocol):
    """Something that gives pictures one after another; `retry` is the wait after a failure in s."""

    retry: float

    def read(self) -> Image | None:
        """Return the next picture when it is due, or None when there is none (any more)."""
        ...

    def close(self) -> None:
        """Give the device back."""
        ...


def open_source(name: str) -> Source:
    """Return the source of a name: an index, a /dev path, a folder, or else a video file."""
    if name.isdecimal():
        return Device(Path(f"/dev/video{name}"))
    path = Path(name)
    if name.startswith("/dev/"):
        return Device(path)
    return Film(path) if path.is_file() else Folder(path)


class Device:
    """A V4L2 camera asked for 1280x720 as MJPEG, which USB 2 can carry at full rate."""

    retry = _RETRY

    def __init__(self, path: Path) -> None:
        self._capture = cv2.VideoCapture()
        self._due = 0.0
        node = _NODE.fullmatch(str(path.resolve())) if path.exists() else None
        if node and self._capture.open(int(node[1]), cv2.CAP_V4L2):
            self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, _SIZE[0])
            self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _SIZE[1])
            self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def read(self) -> Image | None:
        """Drain the driver's queue until a picture is due, so that it is the newest."""
        while self._capture.isOpened() and self._capture.grab():
            now = time.monotonic()
            if now < self._due:
                continue
            self._due = now + 0.8 / FPS
            done, image = self._capture.retrieve()
            return _picture(image) if done else None
        return None

    def close(self) -> None:
        """Give the camera back to the system."""
        self._capture.release()


class Film:
    """A video file, played at its own speed again and again."""

    retry = _RETRY

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._capture = cv2.VideoCapture(self._path)
        fps = self._capture.get(cv2.CAP_PROP_FPS)
        self._pace = _Pace(fps if 1 <= fps <= 120 else FPS)

    def read(self) -> Image | None:
        """Return the next picture, the first again after the last; None when there is none."""
        self._pace.wait()
        done, image = self._capture.read()
        if not done:
            self._capture.release()
            self._capture = cv2.VideoCapture(self._path)
            done, image = self._capture.read()
        return _picture(image) if done else None

    def close(self) -> None:
        """Close the file."""
        self._capture.release()


class Folder:
    """A folder of pictures, played in name order again and again, listed anew for each picture.

    Pictures may be put in and taken out while it plays. Half-written ones are skipped, and so are
    names that begin with a dot.
    """

    retry = 1 / FPS

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pace = _Pace(FPS)
        self._last = ""
        self._shown: tuple[object, Image] | None = None

    def read(self) -> Image | None:
        """Return the next whole picture by name; None when the folder has none."""
        self._pace.wait()
        names = self._names()
        later = [name for name in names if name > self._last]
        for name in [*later, *names[: len(names) - len(later)]]:
            image = self._picture(name)
            if image is not None:
                self._last = name
                return image
        return None

    def close(self) -> None:
        """Forget the picture shown last."""
        self._shown = None

    def _names(self) -> list[str]:
        try:
            found = [entry.name for entry in self._path.iterdir()]
        except OSError:
            return []
        return sorted(n for n in found if Path(n).suffix.lower() in _KINDS and n[0] != ".")

    def _picture(self, name: str) -> Image | None:
        path = self._path / name
        try:
            facts = path.stat()
            key = (name, facts.st_mtime_ns, facts.st_size, facts.st_ino)
            if self._shown and self._shown[0] == key:
                return self._shown[1]
            image = picture(path.read_bytes())
        except OSError:
            return None
        if image is not None:
            self._shown = (key, image)
        return image


def picture(data: bytes) -> Image | None:
    """Return the picture in a file's bytes; None when there is none or only its beginning."""
    if not data or _ENDS.get(data[:2], b"") not in data:
        return None
    if data[:4] == b"RIFF" and len(data) < int.from_bytes(data[4:8], "little") + 8:
        return None
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if image is None else _picture(image)


def _picture(image: object) -> Image:
    return np.asarray(image, dtype=np.uint8)


class _Pace:
    """Sleeps until the next picture is due."""

    def __init__(self, fps: float) -> None:
        self._period = 1 / fps
        self._due = time.monotonic()

    def wait(self) -> None:
        now = time.monotonic()
        if self._due > now:
            time.sleep(self._due - now)
        self._due = max(self._due, now - self._period) + self._period
