"""The real window on a virtual screen, touched by XTEST, with the real courier and desk."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("kivy")
pytest.importorskip("Xlib")

from kiosk.desk import sample
from kiosk.tools.driver import Driver, Scene
from kiosk.tools.patient import Patient, Person
from kiosk.tools.stage import Stage

pytestmark = [pytest.mark.screen, pytest.mark.slow]

Start = Callable[..., Driver]


@pytest.fixture
def start(stage: Stage) -> Iterator[Start]:
    drivers: list[Driver] = []

    def made(profile: str = "landscape-10") -> Driver:
        drivers.append(Driver(stage, profile))
        assert drivers[-1].ready().step == "welcome"
        return drivers[-1]

    yield made
    for driver in drivers:
        driver.close()


def at(*steps: str) -> Callable[[Scene], bool]:
    return lambda scene: scene.step in steps


def person(stage: Stage, name: str, **more: Any) -> Person:
    found = next(case.patient for case in sample.CASES if case.patient.id == name)
    assert found.birth_date is not None
    code = stage.reception.issue(sample.appointment_id(name, stage.today))
    return Person(name, code, found.birth_date, f"{found.given} {found.family}".strip(), **more)


def on_board(stage: Stage, name: str) -> dict[str, Any]:
    stage.wait_for_delivery()
    appointment = sample.appointment_id(name, stage.today)
    cards = [card for column in stage.reception.board()["columns"] for card in column["cards"]]
    return next(card for card in cards if card["appointment"] == appointment)


def test_a_check_in_by_touch_is_on_the_board_with_its_needs(stage: Stage, start: Start) -> None:
    driver = start("portrait-21")
    patient = Patient(driver, person(stage, "sam", needs=("quiet",)))
    last = patient.check_in()
    assert last.step == "done"
    heading = last.node("heading")
    assert heading is not None
    assert "Sam" in heading["text"]
    assert driver.photograph()
    patient.leave()
    card = on_board(stage, "sam")
    assert card["status"] in {"arrived", "checked-in"}
    assert [need["id"] for need in card["needs"]] == ["quiet"]


def test_a_person_without_a_code_types_their_name(stage: Stage, start: Start) -> None:
    last = Patient(start(), person(stage, "walter", typed=True)).check_in()
    assert last.step == "done"
    assert on_board(stage, "walter")["how"] == "typed"


def test_the_records_language_and_modes_apply_after_the_scan(stage: Stage, start: Start) -> None:
    driver = start("portrait-21")
    Patient(driver, person(stage, "layla")).check_in()
    assert (driver.scene.data["language"], driver.scene.data["direction"]) == ("ar", "rtl")
    driver.tap("finish")
    after = driver.wait(at("welcome"))
    assert after.data["language"] == "en"
    assert after.data["modes"] == []


@pytest.mark.parametrize(
    "keys", [["F1"], ["Escape"], ["Alt_L", "F4"], ["Control_L", "q"], ["Super_L"], ["Menu"]]
)
def test_no_key_of_a_keyboard_leaves_the_kiosk(start: Start, keys: list[str]) -> None:
    driver = start()
    driver.screen.keys(*keys)
    driver.tap("no-code")
    assert driver.wait(at("name")).step == "name"
    assert driver.process.poll() is None


def test_a_close_request_of_the_window_manager_is_refused(start: Start) -> None:
    driver = start()
    subprocess.run(
        ["xdotool", "search", "--name", "Check-in", "windowclose"],
        env=os.environ | {"DISPLAY": driver.screen.name},
        check=False,
        capture_output=True,
    )
    driver.tap("ways")
    driver.tap("way-high-contrast")
    driver.tap("go-on")
    assert driver.process.poll() is None


def test_sigterm_ends_it_in_the_middle_of_a_session(start: Start) -> None:
    driver = start()
    driver.tap("no-code")
    driver.process.send_signal(signal.SIGTERM)
    assert driver.process.wait(10) == 0


def test_a_finger_that_slides_off_a_button_presses_nothing(start: Start) -> None:
    driver = start()
    driver.screen.drag(driver.place("no-code"), driver.place("language"))
    time.sleep(0.5)
    assert driver.look().step == "welcome"


def test_get_help_reaches_the_board_and_the_patient_is_told(stage: Stage, start: Start) -> None:
    driver = start()
    driver.tap("help")
    driver.wait(at("help-told"))
    stage.wait_for_delivery()
    calls = stage.reception.board()["helps"]
    assert any("door" in str(call) for call in calls)
    driver.tap("go-on")
    assert driver.wait(at("welcome"))


def test_without_a_camera_the_way_without_a_code_is_first(stage: Stage, start: Start) -> None:
    driver = start()
    for path in (stage.folder / "camera").glob("*.jpg"):
        path.unlink()
    lost = driver.wait(lambda s: "lost" in str((s.node("camera") or {}).get("state")), "no camera")
    said = lost.node("no-code")
    assert said is not None
    assert said["text"] == "Start without a code"


def test_with_the_desk_gone_a_code_in_the_day_cache_still_checks_in(
    stage: Stage, start: Start
) -> None:
    coming = person(stage, "ines")
    driver = start()
    with stage.without("desk"):
        last = Patient(driver, coming).check_in()
        assert last.step == "done"
        heading = last.node("heading")
        assert heading is not None
        assert "Inês" not in heading["text"]
    assert on_board(stage, "ines")["status"] in {"arrived", "checked-in"}


def test_a_device_that_belongs_nowhere_is_set_up_by_showing_it_a_code(
    stage: Stage, tmp_path: Path
) -> None:
    fresh = stage.beside(tmp_path / "other")
    try:
        fresh.start_courier()
        driver = Driver(fresh, "landscape-10")
        try:
            driver.wait(at("enrol"))
            driver.phone.present(stage.enrolment_text("Kiosk 2"))
            driver.wait(at("welcome"), "the first screen after enrolment")
        finally:
            driver.close()
    finally:
        fresh.stop()


def test_an_outbox_that_cannot_be_used_sends_people_to_the_desk(
    stage: Stage, tmp_path: Path
) -> None:
    other = stage.beside(tmp_path / "broken", copy=("device.json", "policy.json"))
    (other.device / "outbox.db").mkdir()
    driver = Driver(other, "landscape-10")
    try:
        assert driver.wait(at("out-of-order"))
    finally:
        driver.close()
        other.stop()


def test_without_a_display_it_says_what_to_do(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    env.pop("SDL_VIDEODRIVER", None)
    words = ["-m", "kiosk", "run", "--data", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, *words], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "there is no display" in done.stderr
