"""`kiosk demo`: all parts on this machine, with sample patients; `--tour` plays and pictures it."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from kiosk.config import PracticeSettings, load
from kiosk.desk import sample
from kiosk.domain import needs
from kiosk.errors import ConfigError, Unreachable
from kiosk.resources import shipped
from kiosk.tools.phone import Phone
from kiosk.tools.stage import Stage, free_port, taken
from kiosk.ui.profile import PROFILES

PORT = 8400
_SHOWN_S = 4.0


def main(argv: Sequence[str]) -> int:
    """Run the demonstration until Ctrl-C, play a tour, or show one patient's phone."""
    options = _parser().parse_args(argv)
    if options.list:
        print(json.dumps(_list(), ensure_ascii=False, indent=2))
        return 0
    if options.tour:
        return _tour(options)
    state = options.state.expanduser()
    return _present(state, options.present) if options.present else _demo(state, options)


def _parser() -> argparse.ArgumentParser:
    home = os.environ.get("XDG_STATE_HOME", "~/.local/state")
    parser = argparse.ArgumentParser(prog="kiosk demo", description=__doc__)
    parser.add_argument("--state", type=Path, default=Path(home, "checkin-demo"))
    parser.add_argument("--camera", default="", help="a device, an index, a video file or a folder")
    parser.add_argument("--profile", default="", choices=["", *PROFILES], metavar="NAME")
    parser.add_argument("--at", default="", metavar="HH:MM", help="the practice's time of day")
    parser.add_argument(
        "--present", metavar="ID", help="hold a patient's phone up to a running demo"
    )
    parser.add_argument("--fresh", action="store_true", help="forget what was played before")
    parser.add_argument("--list", action="store_true", help="print what can be chosen, as JSON")
    tour = parser.add_argument_group("tour")
    tour.add_argument("--tour", action="store_true", help="play one check-in, take pictures")
    tour.add_argument("--patient", default="maria", metavar="ID")
    tour.add_argument("--language", default="", metavar="TAG")
    tour.add_argument("--mode", action="append", default=[], metavar="NAME")
    tour.add_argument("--need", action="append", default=[], metavar="NAME")
    tour.add_argument("--typed", action="store_true", help="without a code, by name")
    tour.add_argument("--out", type=Path, default=Path("tour"), metavar="DIR")
    return parser


def _list() -> dict[str, object]:
    from kiosk.domain.mode import DEFAULT, MODES

    practice = load(shipped("config", "practice.toml"), PracticeSettings)
    return {
        "patients": [
            {"id": one, "about": about, "outcome": outcome}
            for one, about, outcome in sample.patients()
        ],
        "needs": list(needs.read(shipped("assets", "needs.toml"))),
        "modes": [DEFAULT, *MODES],
        "profiles": list(PROFILES),
        "languages": list(practice.languages),
    }


def _tour(options: argparse.Namespace) -> int:
    from kiosk.tools.tour import Plan, play

    known = _list()
    chosen = {"languages": [options.language], "modes": options.mode, "needs": options.need}
    for kind, values in chosen.items():
        _check(kind, [value for value in values if value], known[kind])
    _check("patients", [options.patient], [one for one, _, _ in sample.patients()])
    plan = Plan(
        patient=options.patient,
        profile=options.profile or "portrait-21",
        out=options.out,
        language=options.language,
        modes=tuple(mode for mode in options.mode if mode != "default"),
        needs=tuple(options.need),
        at=options.at,
        typed=options.typed,
    )
    print(f"Playing the check-in of {plan.patient} on {plan.profile} …", flush=True)
    result = play(plan)
    if not result["ok"]:
        print(f"The tour stopped ({result['stage']}): {result['error']}", file=sys.stderr)
        print(f"The processes' words are in {plan.out}/*.log", file=sys.stderr)
        return 1
    total = result["timings_ms"]["machine_total"] / 1000
    print(f"{result['outcome']}: {len(result['screens'])} screens, {total:.1f} s of machine time")
    print(f"Look at {plan.out}/screens, {plan.out}/board.png and {plan.out}/result.json")
    return 0


def _check(kind: str, values: Sequence[str], known: object) -> None:
    names = list(known) if isinstance(known, list) else []
    for value in values:
        if value not in names:
            raise ConfigError(f"{kind}: there is no {value!r}; choose from {', '.join(names)}")


def _present(state: Path, patient: str) -> int:
    _check("patients", [patient], [one for one, _, _ in sample.patients()])
    try:
        port = int((state / "port").read_text(encoding="ascii"))
    except (OSError, ValueError):
        raise Unreachable("no demonstration is running: start it first") from None
    stage = Stage(state, port=port)
    phone = Phone(state / "camera")
    phone.present(stage.reception.issue(sample.appointment_id(patient, stage.today)))
    time.sleep(_SHOWN_S)
    phone.withdraw()
    return 0


def _demo(state: Path, options: argparse.Namespace) -> int:
    if options.fresh:
        shutil.rmtree(state, ignore_errors=True)
    stage = Stage(state, options.at, PORT if not taken(PORT) else free_port())
    try:
        print("Starting desk and courier …", flush=True)
        known = stage.enrolled
        window = _window(stage, options) if known else None  # it needs no desk to show itself
        stage.start()
        (state / "port").write_text(str(stage.port), encoding="ascii")
        _say(stage)
        _wait(window if known else _window(stage, options))
    except KeyboardInterrupt:
        print("\nEnding …")
    finally:
        stage.stop()
        (state / "port").unlink(missing_ok=True)
    return 0


def _say(stage: Stage) -> None:
    user, password = stage.login
    maria = next(case.patient for case in sample.CASES if case.patient.id == "maria")
    print(f"\n  Board     {stage.address}/board     name {user}     password {password}")
    print(f"  Passes    {stage.address}/passes    show or print one, hold it up to the camera")
    print(f"  No phone? kiosk demo --present maria     born {maria.birth_date}")
    print("  Ctrl-C ends everything; --fresh starts the day over.\n", flush=True)


def _window(stage: Stage, options: argparse.Namespace) -> subprocess.Popen[bytes] | None:
    """Open the kiosk's window where there is a display; the camera may be a simulated one."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no display here: see the kiosk in pictures with --tour.", flush=True)
        return None
    camera = options.camera or ("0" if Path("/dev/video0").exists() else "")
    if not camera:
        print("There is no camera here: --present holds a simulated phone up.", flush=True)
        Phone(stage.folder / "camera")
        camera = str(stage.folder / "camera")
    profile = options.profile or "landscape-10"
    return stage.kiosk("--window", "--profile", profile, "--camera", camera)


def _wait(window: subprocess.Popen[bytes] | None) -> None:
    while window is None or window.poll() is None:
        time.sleep(0.5)
