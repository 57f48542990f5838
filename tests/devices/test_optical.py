"""The camera's pictures become texts, only when codes are wanted."""

import queue
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.devices.camera import Camera
from kiosk.devices.decoder import Reading
from kiosk.devices.optical import CameraScanner, ours_first
from kiosk.devices.simulate import empty, present
from kiosk.domain.passcode import build
from kiosk.passes import draw

CODE = build("M1", "0123456789ABCDEFGHJK")


def test_a_phone_that_is_held_up_is_read_from_a_folder_of_frames(tmp_path: Path) -> None:
    texts: queue.Queue[str] = queue.Queue()
    cv2.imwrite(str(tmp_path / "00.jpg"), empty())
    camera, wanted = Camera(str(tmp_path)), threading.Event()
    scanner = CameraScanner(camera)
    camera.start()
    scanner.start(texts.put, wanted.is_set)
    try:
        modules = np.array(draw.matrix(CODE))
        for number, frame in enumerate(present(modules, frames=30)[20:], 1):
            cv2.imwrite(str(tmp_path / f"{number:02}.jpg"), frame)
        assert camera.wait_after(20, 20)
        assert texts.empty()
        wanted.set()
        assert texts.get(timeout=20) == CODE
    finally:
        scanner.stop()
        camera.stop()


def test_without_a_camera_it_waits_and_stops(tmp_path: Path) -> None:
    camera = Camera(str(tmp_path / "missing"))
    camera.start()
    scanner = CameraScanner(camera)
    scanner.start(pytest.fail, lambda: True)
    scanner.stop()
    camera.stop()


@pytest.mark.parametrize(
    "others",
    [
        ["https://example.org", CODE[:-1] + "0"],
        ["KE1:https://desk.example|-|ABCDEFGH", "\0"],
        [CODE.replace("K1M1", "K1M2"), "https://example.org"],
    ],
)
def test_the_pass_on_a_letter_goes_before_other_codes(others: list[str]) -> None:
    readings = [Reading(text, "QRCode", text.encode()) for text in [*others, CODE]]
    assert ours_first(readings).text == CODE
