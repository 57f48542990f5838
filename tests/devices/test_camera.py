"""The camera keeps the newest picture only and outlives every unplugging."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.devices.camera import Camera, CameraState


def put(folder: Path, name: str, value: int) -> None:
    done, data = cv2.imencode(".png", np.full((24, 32, 3), value, np.uint8))
    assert done
    (folder / ".new").write_bytes(data.tobytes())
    (folder / ".new").rename(folder / name)


def wait_until(fact: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not fact() and time.monotonic() < deadline:
        time.sleep(0.005)
    assert fact()


@contextmanager
def running(source: str) -> Iterator[Camera]:
    camera = Camera(source)
    camera.start()
    try:
        yield camera
    finally:
        camera.stop()


def shows(camera: Camera, value: int) -> bool:
    frame = camera.latest()
    return frame is not None and int(frame.image[0, 0, 0]) == value


def test_before_it_is_started_it_is_starting(tmp_path: Path) -> None:
    camera = Camera(str(tmp_path))
    assert (camera.state, camera.latest()) == (CameraState.STARTING, None)
    camera.stop()


def test_it_gives_numbered_frames_with_their_time(tmp_path: Path) -> None:
    put(tmp_path, "a.png", 10)
    with running(str(tmp_path)) as camera:
        first = camera.wait_after(0, 10)
        assert first is not None
        later = camera.wait_after(first.number, 10)
        assert later is not None
        assert later.number > first.number >= 1
        assert later.at > first.at
        assert camera.state is CameraState.LIVE
        assert camera.wait_after(later.number + 1000, 0.01) is None


def test_only_the_newest_picture_is_kept(tmp_path: Path) -> None:
    put(tmp_path, "a.png", 10)
    with running(str(tmp_path)) as camera:
        wait_until(lambda: shows(camera, 10))
        put(tmp_path, "a.png", 200)
        wait_until(lambda: shows(camera, 200))


def test_unplugging_and_plugging_in_again_is_survived_and_logged_once_each(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    put(tmp_path, "a.png", 10)
    with running(str(tmp_path)) as camera:
        wait_until(lambda: camera.state is CameraState.LIVE)
        (tmp_path / "a.png").unlink()
        wait_until(lambda: camera.state is CameraState.LOST)
        assert camera.latest() is None
        time.sleep(0.3)
        put(tmp_path, "a.png", 20)
        wait_until(lambda: shows(camera, 20))
    events = [record.message.split()[0] for record in caplog.records]
    assert events == ["camera.live", "camera.lost", "camera.live"]


@pytest.mark.parametrize("source", ["987", "/dev/video987", "nowhere/at/all"])
def test_no_camera_is_a_state_and_no_exception(source: str) -> None:
    with running(source) as camera:
        wait_until(lambda: camera.state is CameraState.LOST)
        assert camera.latest() is None


def test_stopping_ends_the_thread_and_forgets_the_picture(tmp_path: Path) -> None:
    put(tmp_path, "a.png", 10)
    with running(str(tmp_path)) as camera:
        wait_until(lambda: camera.state is CameraState.LIVE)
    assert camera.latest() is None
