"""`kiosk doctor`: every finding in plain words, and never a traceback."""

import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.backend.folder import Folder
from kiosk.clock import SystemClock
from kiosk.config import Keypad, KioskSettings, Scanner, Screen, Speech
from kiosk.courier import app
from kiosk.i18n.fonts import Library
from kiosk.tools import doctor, doctor_senses
from kiosk.tools.connected import Connected, screens
from kiosk.tools.findings import Finding, Level


def levels(findings: Iterator[Finding]) -> set[Level]:
    return {finding.level for finding in findings}


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """A command sets up logging for its process; this one goes on."""
    root, ours = logging.getLogger(), logging.getLogger("kiosk")
    handlers, levels_ = list(root.handlers), (root.level, ours.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels_[0])
    ours.setLevel(levels_[1])


@pytest.fixture
def data(tmp_path: Path) -> Folder:
    path = tmp_path / "data"
    path.mkdir(mode=0o770)
    return Folder(path)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "camera"
    folder.mkdir()
    cv2.imwrite(str(folder / "1.png"), np.full((72, 128, 3), 90, np.uint8))
    return folder


@pytest.fixture
def settings(tmp_path: Path, data: Folder, pictures: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(f'data = "{data.path}"\n[camera]\nsource = "{pictures}"\n', encoding="utf-8")
    return path


def test_each_check_has_its_line(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doctor.main(["--config", str(settings)])
    said = capsys.readouterr().out
    for check in ("config", "camera", "scanner", "screen", "codes", "words", "data", "keys"):
        assert f" {check} " in said
    assert "128x72" in said


def test_json_says_the_same_and_the_status_follows(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = doctor.main(["--config", str(settings), "--json"])
    told = json.loads(capsys.readouterr().out)
    fails = [one for one in told["findings"] if one["level"] == "fail"]
    assert [one["check"] for one in fails] == ["desk"]  # no courier runs here
    assert (status, told["ok"]) == (1, False)
    assert all(one["todo"] for one in fails)


def test_a_wrong_setting_is_named_and_the_other_checks_go_on(settings: Path) -> None:
    settings.write_text("[camera]\nsauce = 1\n", encoding="utf-8")
    found = list(doctor.examine(settings))
    assert found[0].level is Level.FAIL
    assert "camera.sauce" in found[0].text
    assert {"keys", "clock", "desk"} <= {finding.check for finding in found}


def test_a_camera_that_is_not_there_fails(tmp_path: Path) -> None:
    (finding,) = doctor.camera(str(tmp_path / "nothing"))
    assert finding.level is Level.FAIL
    assert finding.todo


def test_a_configured_scanner_must_be_there(tmp_path: Path) -> None:
    port = tmp_path / "scanner"
    wanted = Scanner(serial=(str(port),))
    assert levels(doctor.scanners(wanted)) == {Level.FAIL}
    port.touch()
    assert levels(doctor.scanners(wanted)) == {Level.OK}


def test_a_keyboard_like_scanner_is_looked_for_by_its_id() -> None:
    (finding,) = doctor.scanners(Scanner(hid=("ffff:ffff",)))
    assert finding.level is Level.FAIL
    assert "ffff:ffff" in finding.text


@pytest.mark.parametrize(
    ("seen", "level"),
    [
        ([], Level.WARN),
        ([Connected("HDMI-A-1", (1920, 1080), (476, 268))], Level.OK),  # turned by cage
        ([Connected("HDMI-A-1", (1080, 1920), None)], Level.OK),
        ([Connected("HDMI-A-1", (1920, 1080), (345, 194))], Level.WARN),
        ([Connected("HDMI-A-1", (1280, 800), (476, 268))], Level.WARN),
    ],
)
def test_the_screen_must_be_the_one_of_the_profile(seen: list[Connected], level: Level) -> None:
    assert levels(doctor.screen(Screen(profile="portrait-21"), seen)) == {level}


def test_screens_are_read_from_the_kernel(tmp_path: Path) -> None:
    edid = bytearray(128)
    edid[66], edid[67], edid[68] = 476 & 255, 268 & 255, (476 >> 8 << 4) | 268 >> 8
    for name, state in (("card0-HDMI-A-1", "connected"), ("card0-DP-1", "disconnected")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "status").write_text(f"{state}\n")
        (tmp_path / name / "modes").write_text("1920x1080\n1280x720\n")
        (tmp_path / name / "edid").write_bytes(edid)
    assert list(screens(tmp_path)) == [Connected("card0-HDMI-A-1", (1920, 1080), (476, 268))]


def test_missing_fonts_are_named_with_their_package(tmp_path: Path) -> None:
    found = list(doctor_senses.words(Library([tmp_path]), ["en", "hi"]))
    assert {finding.level for finding in found} == {Level.FAIL}
    assert all("fonts-noto-core" in finding.text for finding in found)


def test_a_language_without_words_is_named_and_the_others_are_told() -> None:
    missing, rest = doctor_senses.words(Library(), ["en", "tlh", "es"])
    assert missing.level is Level.FAIL
    assert "tlh" in missing.text
    assert rest.text.endswith("en, es")


def test_a_kiosk_without_sound_says_what_to_install() -> None:
    (finding,) = doctor_senses.voice(Speech(enabled=False), ["en"])
    assert finding.level is Level.OK
    found = list(doctor_senses.voice(Speech(speaker="nothing"), ["en"]))
    assert found[0].level in {Level.OK, Level.WARN}


def test_a_keypad_that_is_not_there_fails() -> None:
    (finding,) = doctor_senses.keypad(Keypad())
    assert finding.level is Level.OK
    (finding,) = doctor_senses.keypad(Keypad(profile="keyboard", devices=("ffff:0001",)))
    assert finding.level is Level.FAIL
    assert "kiosk keypad learn" in finding.todo


def test_a_folder_that_takes_no_files_fails(tmp_path: Path) -> None:
    assert levels(doctor.disk(Folder(tmp_path / "nothing"))) == {Level.FAIL}


def test_a_key_that_others_can_read_fails(data: Folder) -> None:
    data.device_key.touch(mode=0o600)
    assert levels(doctor.keys(data)) == {Level.OK}
    data.device_key.chmod(0o644)
    (finding,) = doctor.keys(data)
    assert finding.level is Level.FAIL
    assert finding.todo == f"chmod 0600 {data.device_key}"


def test_a_kiosk_that_belongs_to_nobody_is_told_how_to_enrol(data: Folder) -> None:
    stop = threading.Event()
    settings = KioskSettings(data=data.path)
    courier = threading.Thread(target=app.run, args=(settings, SystemClock(), stop))
    courier.start()
    try:
        while not data.socket.exists():
            stop.wait(0.02)
        (finding,) = doctor.desk(data)
    finally:
        stop.set()
        courier.join()
    assert finding.level is Level.WARN
    assert "not enrolled" in finding.text
