"""`kiosk run`: the touchscreen. It opens no network socket; the courier does."""

import argparse
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from kiosk import config, log
from kiosk.backend import folder
from kiosk.backend.folder import Folder
from kiosk.backend.local import CourierClient
from kiosk.backend.offline import OfflineDesk
from kiosk.bootstrap.aids import Aids
from kiosk.bootstrap.conversation import Conversation, session_id
from kiosk.bootstrap.enrolment import Enrolment
from kiosk.bootstrap.notify import heartbeat
from kiosk.checkin import CheckIn, Moment
from kiosk.checkin.state import Practice
from kiosk.clock import SystemClock
from kiosk.config import KioskPolicy, KioskSettings
from kiosk.devices.camera import Camera
from kiosk.devices.hid import Attached, HidScanner
from kiosk.devices.optical import CameraScanner
from kiosk.devices.scanner import CodeSource, Scanner
from kiosk.devices.serial_port import SerialScanner
from kiosk.domain import needs
from kiosk.domain.ports import Recorder
from kiosk.errors import ConfigError, NotEnrolled, StorageError
from kiosk.i18n.catalog import Catalogue
from kiosk.i18n.fonts import Library
from kiosk.i18n.offer import offer
from kiosk.intake.flows import check_in
from kiosk.log import fact
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox
from kiosk.resources import shipped
from kiosk.ui import window
from kiosk.ui.profile import profile

logger = logging.getLogger(__name__)
_POLL = 1.0  # s between looks at the courier


def main(argv: Sequence[str]) -> int:
    """Run the touchscreen until SIGTERM. Raises ConfigError, ResourceMissing."""
    options = _parser().parse_args(argv)
    log.start("run", verbose=options.verbose)
    settings = config.load(options.config, KioskSettings)
    settings = settings.model_copy(update=_overrides(options, settings))
    clock = SystemClock(timedelta(seconds=options.clock_shift))
    looks = profile(settings.screen)
    window.prepare(looks, fullscreen=settings.screen.fullscreen, home=settings.data / "kivy")
    again = _show(Station(settings, clock, options.witness))
    if again:  # the device was enrolled: start afresh as what it is now
        os.execv(sys.executable, [sys.executable, "-m", "kiosk", "run", *argv])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk run", description="The touchscreen.")
    parser.add_argument("--config", type=Path, default=shipped("config", "kiosk.toml"))
    parser.add_argument("--data", type=Path, help="the device's data folder")
    parser.add_argument("--camera", help="a device, an index, a video file or a folder")
    parser.add_argument("--profile", help="the screen profile")
    parser.add_argument("--window", action="store_true", help="a window, not the whole screen")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--clock-shift", type=float, default=0.0, help=argparse.SUPPRESS)
    parser.add_argument("--witness", type=Path, help=argparse.SUPPRESS)
    return parser


def _overrides(options: argparse.Namespace, settings: KioskSettings) -> dict[str, object]:
    changed: dict[str, object] = {}
    if options.data:
        changed["data"] = options.data
    if options.camera:
        changed["camera"] = config.Camera(source=options.camera)
    screen: dict[str, object] = {}
    if options.profile:
        screen |= {"profile": options.profile, "width_mm": None}
    if options.window:
        screen["fullscreen"] = False
    changed["screen"] = settings.screen.model_copy(update=screen)
    return changed


class Station:
    """One lobby device: its parts, made from its settings and what the desk told it."""

    def __init__(self, settings: KioskSettings, clock: SystemClock, witness: Path | None) -> None:
        self.settings, self.clock = settings, clock
        self.files = Folder(settings.data)
        self.courier = CourierClient(self.files.socket, clock, OfflineDesk(self.files, clock))
        self.camera = Camera(settings.camera.source)
        self.witness = witness
        self._stop = threading.Event()
        self.aids = Aids(settings, witness.with_suffix(".keys") if witness else None)
        self.words = Catalogue(shipped("assets", "locale"), "UTC", "GB")  # until it is enrolled

    def case(self) -> "Conversation | Enrolment":
        """Return the check-in of an enrolled device; else the screen that enrols it."""
        try:
            folder.device(self.files)  # written last: without it the enrolment is not done
            policy = KioskPolicy.model_validate(folder.policy(self.files).model_dump())
        except NotEnrolled:
            return Enrolment(self.courier, self.settings.label, self.camera)
        if (self.witness or self.clock.shift) and not policy.demo:
            raise ConfigError("--witness and --clock-shift are for demonstrations only")
        return self._conversation(policy)

    def _conversation(self, policy: KioskPolicy) -> Conversation:
        policy = _readable(policy)
        practice = policy.practice
        words = Catalogue(shipped("assets", "locale"), practice.timezone, practice.territory)
        self.words = words
        table = needs.read_table(shipped("assets", "needs.toml"))
        flow = check_in(practice.parts)
        screen = profile(self.settings.screen)
        fixed = Practice(
            policy,
            words,
            table,
            flow,
            lambda _: session_id(self.clock),
            compact=screen.compact,
            able=screen.modes,
            speaks=self.aids.speaks(practice.languages),
        )
        now = Moment(self.clock.now(), self.clock.monotonic())
        try:
            recorder: Recorder = self._outbox()
            checkin = CheckIn(fixed, now)
        except StorageError as fault:
            logger.error(fact("outbox.unusable", kind=type(fault).__name__))  # noqa: TRY400
            recorder, checkin = _Nowhere(), CheckIn(fixed, now, fault="storage")
        return Conversation(checkin, self.courier, recorder, self.courier.wake, self.clock)

    def _outbox(self) -> Outbox:
        sealer = KeyFileSealer.at(self.files.outbox_key, mode=0o660)
        outbox = Outbox(self.files.outbox, sealer, folder.device(self.files).source, self.clock)
        outbox.close_open(self.clock.now())
        return outbox

    def start(self, case: "Conversation | Enrolment") -> Scanner:
        """Start the camera, the scanners and the look at the courier; return the scanner."""
        sources: list[CodeSource] = [CameraScanner(self.camera)]
        sources += [SerialScanner(port) for port in self.settings.scanner.serial]
        if self.settings.scanner.hid:
            sources.append(HidScanner(Attached(self.settings.scanner.hid)))
        scanner = Scanner(sources, case.scanned)
        case.attach(self.camera, scanner)
        self.camera.start()
        scanner.start()
        threading.Thread(target=self._poll, args=(case,), name="courier", daemon=True).start()
        return scanner

    def _poll(self, case: "Conversation | Enrolment") -> None:
        while not self._stop.wait(_POLL):
            status = self.courier.status()
            if status:
                case.link(online=status.online, refused=not status.enrolled)
            else:
                case.link(online=False)
            self.courier.tell(self.camera.state.value)

    def stop(self, scanner: Scanner) -> None:
        """End every thread that holds a device."""
        self._stop.set()
        scanner.stop()
        self.camera.stop()
        self.aids.stop()


def _readable(policy: KioskPolicy) -> KioskPolicy:
    """Leave out the languages that this device has no words or fonts for, and say which."""
    practice = policy.practice
    words = Catalogue(shipped("assets", "locale"), practice.timezone, practice.territory)
    found = offer(practice.languages, words, Library())
    for problem in found.problems:
        logger.error(fact("language.left-out", problem=problem))
    home = practice.language if practice.language in found.tags else found.tags[0]
    shown = practice.model_copy(update={"languages": found.tags, "language": home})
    return policy.model_copy(update={"practice": shown})


class _Nowhere:
    """A recorder for a disk that cannot be used: it refuses everything."""

    def record(self, *_: object) -> Any:
        """Refuse. Raises StorageError always."""
        raise StorageError("the outbox could not be opened")


def _show(station: Station) -> bool:
    """Run the window; tell whether to start again."""
    from kiosk.ui.app import Looks, Senses, Touchscreen

    case = station.case()
    scanner = station.start(case)
    screen = station.settings.screen
    looks = Looks(profile(screen), screen.fullscreen, station.settings.sound.enabled)
    witness = _witness(station.witness)
    aids_ = station.aids
    senses = Senses(station.words, aids_.mouth, aids_.pace)
    app = Touchscreen(case, looks, senses, witness, heartbeat())
    case.listen(app.call)
    if witness:
        aids_.witness = lambda told: witness({"heard": asdict(told)})
    aids_.start(app)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.end())
    try:
        app.run()
    finally:
        station.stop(scanner)
    return case.over()


def _witness(path: Path | None) -> Callable[[dict[str, Any]], None] | None:
    """Return a function that appends scenes to a file, for the tour and the tests."""
    if path is None:
        return None
    file = path.open("a", encoding="utf-8", buffering=1)
    return lambda scene: print(json.dumps(scene, ensure_ascii=False), file=file, flush=True)
