"""A whole check-in on the real window, photographed: from the camera's frame to the board's row."""

import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.desk import sample
from kiosk.domain.event import Event
from kiosk.errors import KioskError, Unreachable
from kiosk.outbox.store import Kept
from kiosk.tools.boardeye import BoardEye, board
from kiosk.tools.driver import Driver, Scene
from kiosk.tools.patient import Patient, Person
from kiosk.tools.stage import Stage

_DELIVERED_S = 10.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to play, and where to put the pictures."""

    patient: str
    profile: str
    out: Path
    language: str = ""
    modes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    at: str = ""
    typed: bool = False


@dataclass(slots=True)
class Album:
    """Pictures and scenes, one of each screen, in the order they were seen."""

    out: Path
    driver: Driver
    names: list[str] = field(default_factory=list)

    def take(self, scene: Scene) -> None:
        """Keep one picture and one line for the screen that stands."""
        name = f"{len(self.names) + 1:02}-{scene.step}"
        self.driver.photograph().save(self.out / "screens" / f"{name}.png")
        line = json.dumps({"picture": f"{name}.png", **scene.data}, ensure_ascii=False)
        with (self.out / "screens.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        self.names.append(name)


def play(plan: Plan) -> dict[str, Any]:
    """Play one tour; write its pictures and result.json, and return the result."""
    (plan.out / "screens").mkdir(parents=True, exist_ok=True)
    for old in (
        *plan.out.glob("screens/*.png"),
        *plan.out.glob("*.json*"),
        *plan.out.glob("board.png"),
    ):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="checkin-tour-") as folder:
        stage = Stage(Path(folder), plan.at or "10:00")
        result = _guarded(stage, plan)
        for log in Path(folder).glob("*.log"):
            if not result["ok"]:
                (plan.out / log.name).write_bytes(log.read_bytes())
    text = json.dumps(result, ensure_ascii=False, indent=2)
    (plan.out / "result.json").write_text(text + "\n", encoding="utf-8")
    return result


def _guarded(stage: Stage, plan: Plan) -> dict[str, Any]:
    reached = ["start"]
    try:
        return _played(stage, plan, reached)
    except (KioskError, OSError) as fault:
        return {"ok": False, "stage": reached[-1], "error": str(fault), "patient": plan.patient}
    finally:
        stage.stop()


def _played(stage: Stage, plan: Plan, reached: list[str]) -> dict[str, Any]:
    stage.start()
    case = next(case for case in sample.CASES if case.patient.id == plan.patient)
    today = stage.today
    appointment = sample.appointment_id(plan.patient, today)
    if case.patient.birth_date is None:
        raise Unreachable(f"{plan.patient} has no birth date")
    person = Person(
        plan.patient,
        "" if plan.typed else stage.reception.issue(appointment),
        case.patient.birth_date,
        f"{case.patient.given} {case.patient.family}".strip(),
        plan.language,
        plan.modes,
        plan.needs,
        plan.typed,
    )
    reached.append("board")
    with board(stage.address, stage.login) as eye:
        eye.watch(appointment)
        reached.append("kiosk")
        timings, last = _at_the_kiosk(stage, plan, person)
        reached.append("board")
        seen = eye.seen(appointment) if last.step == "done" else None
        _settle(eye, plan)
    reached.append("result")
    return _result(stage, plan, (timings, last, seen), appointment)


def _at_the_kiosk(stage: Stage, plan: Plan, person: Person) -> tuple[Any, Scene]:
    driver = Driver(stage, plan.profile)
    album = Album(plan.out, driver)
    driver.rested = album.take
    try:
        driver.ready()
        patient = Patient(driver, person)
        last = patient.check_in()
        driver.leaf()
        return patient.timings, last
    finally:
        driver.close()


def _settle(eye: BoardEye, plan: Plan) -> None:
    time.sleep(1.0)  # the row's entrance is over before its picture is taken
    eye.picture(plan.out / "board.png")


def _result(
    stage: Stage, plan: Plan, played: tuple[Any, Scene, float | None], appointment: str
) -> dict[str, Any]:
    timings, last, seen = played
    kept = _delivered(stage)
    events = [(Event.model_validate_json(one.body), one.state) for one in kept]
    arrival = next(((e, state) for e, state in events if e.type == "arrival.recorded"), None)
    refusals = [str(e.data["reason"]) for e, _ in events if e.type == "scan.refused"]
    row = _row(stage, appointment)
    recorded = None
    if arrival and seen is not None:
        recorded = (seen - (arrival[0].time - stage.shift).timestamp()) * 1000
    taps = sorted(timings.taps)
    return {
        "ok": True,
        "patient": plan.patient,
        "profile": plan.profile,
        "outcome": _outcome(arrival, refusals),
        "arrival": _arrival(arrival, row),
        "board_row": row,
        "event_ids": [str(event.id) for event, _ in events],
        "language": last.data["language"],
        "modes": last.data["modes"],
        "needs": [str(e.data["need"]) for e, _ in events if e.type == "need.stated"],
        "screens": sorted(path.stem for path in (plan.out / "screens").glob("*.png")),
        "timings_ms": {
            "scan_to_identified": _round(timings.scan),
            "tap_to_next_screen": {
                "p50": _round(statistics.median(taps)),
                "max": _round(taps[-1]),
                "each": [_round(tap) for tap in timings.taps],
            },
            "machine_total": _round(sum(taps) + (timings.scan or 0)),
            "recorded_to_board": _round(recorded),
        },
    }


def _outcome(arrival: tuple[Event, str] | None, refusals: Sequence[str]) -> str:
    if arrival:
        return str(arrival[0].data["outcome"])
    return refusals[-1] if refusals else "to-be-matched"


def _round(ms: float | None) -> float | None:
    return None if ms is None else round(ms, 1)


def _arrival(found: tuple[Event, str] | None, row: dict[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    event, state = found
    return {
        "appointment": event.data["appointment"],
        "session": str(event.subject),
        "event": str(event.id),
        "kiosk": state,
        "desk": row["status"] if row else "",
    }


def _delivered(stage: Stage) -> list[Kept]:
    """Wait until the courier has delivered everything; return what the outbox holds."""
    stage.wait_for_delivery(_DELIVERED_S)
    outbox = stage.outbox
    try:
        return outbox.kept()
    finally:
        outbox.close()


def _row(stage: Stage, appointment: str) -> dict[str, Any] | None:
    """Return the board's card for the appointment among those who are here."""
    columns = stage.reception.board()["columns"]
    cards = [card for col in columns if col["id"] != "expected" for card in col["cards"]]
    return next((card for card in cards if card["appointment"] == appointment), None)
