"""`kiosk doctor`: looks at this device and says in plain words what to do. Asks nobody outside."""

import argparse
import importlib
import json
import logging
import os
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from kiosk import config, log
from kiosk.backend import folder
from kiosk.backend.folder import Folder
from kiosk.backend.lines import Status
from kiosk.backend.local import CourierClient
from kiosk.backend.offline import OfflineDesk
from kiosk.clock import SystemClock
from kiosk.config import KioskSettings, Screen
from kiosk.errors import ConfigError, KioskError
from kiosk.i18n.fonts import Library
from kiosk.resources import shipped
from kiosk.tools.connected import Connected, in_use, screens
from kiosk.tools.doctor_senses import keypad, languages, voice, words
from kiosk.tools.findings import Finding, Level
from kiosk.ui.profile import profile

INSTALLED = Path("/etc/checkin/kiosk.toml")
_FIRST_PICTURE_S, _WATCHED_S = 6.0, 2.0
_SLOWEST_FPS = 5.0
_LITTLE, _VERY_LITTLE = 1_000_000_000, 100_000_000  # bytes; an event takes about one thousand
_CLOCK_OFF_MS = 2000
_OLD_S = 15 * 60
_MISMEASURED = 0.05  # of the longer side


def main(argv: Sequence[str]) -> int:
    """Print one line for each check; returns 0 only when none failed."""
    parser = argparse.ArgumentParser(prog="kiosk doctor", description=__doc__)
    parser.add_argument("--config", type=Path, help=f"default: {INSTALLED}, else the shipped one")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(argv)
    log.start("doctor", levels={"kiosk": logging.CRITICAL})
    found = []
    for finding in examine(options.config or _default()):
        found.append(finding)
        if not options.json:
            print(_line(finding), flush=True)
    failed = any(finding.level is Level.FAIL for finding in found)
    if options.json:
        rows = [asdict(finding) for finding in found]
        print(json.dumps({"ok": not failed, "findings": rows}, ensure_ascii=False, indent=1))
    return 1 if failed else 0


def _default() -> Path:
    return INSTALLED if INSTALLED.exists() else shipped("config", "kiosk.toml")


def _line(finding: Finding) -> str:
    line = f"{finding.level:<5} {finding.check:<9} {finding.text}"
    return f"{line}\n{'':<16}-> {finding.todo}" if finding.todo else line


def examine(path: Path) -> Iterator[Finding]:
    """Yield the findings of every check, in order; nothing that goes wrong ends them."""
    settings = KioskSettings()
    try:
        settings = config.load(path, KioskSettings)
        yield Finding("config", Level.OK, str(path))
    except ConfigError as fault:
        yield Finding("config", Level.FAIL, str(fault), "Mend the file; the defaults are used now.")
    files = Folder(settings.data)
    checks: tuple[tuple[str, Callable[[], Iterable[Finding]]], ...] = (
        ("camera", lambda: camera(settings.camera.source)),
        ("scanner", lambda: scanners(settings.scanner)),
        ("screen", lambda: screen(settings.screen, screens())),
        ("codes", codes),
        ("words", lambda: words(Library(), languages(files))),
        ("voice", lambda: voice(settings.speech, languages(files))),
        ("keypad", lambda: keypad(settings.keypad)),
        ("data", lambda: disk(files)),
        ("keys", lambda: keys(files)),
        ("clock", clock),
        ("desk", lambda: desk(files)),
    )
    for name, check in checks:
        yield from _guarded(name, check)


def _guarded(name: str, check: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except ImportError as fault:
        todo = "Run deploy/install again (pip install 'checkin-kiosk[device]')."
        yield Finding(name, Level.FAIL, f"{fault.name or fault} cannot be loaded", todo)
    except (KioskError, OSError) as fault:
        yield Finding(name, Level.FAIL, str(fault))
    except Exception as fault:  # noqa: BLE001 - the doctor tells what it could, whatever it meets
        yield Finding(name, Level.FAIL, f"this check broke ({type(fault).__name__})")


def camera(source: str) -> Iterator[Finding]:
    """Wait for a picture, then count them for two seconds."""
    device = Path(f"/dev/video{source}" if source.isdecimal() else source)
    if device.is_char_device() and in_use(device):
        todo = "To measure it, first stop the kiosk: systemctl stop checkin-kiosk."
        yield Finding("camera", Level.OK, f"{device} is in use", todo)
        return
    eye = importlib.import_module("kiosk.devices.camera").Camera(source)
    eye.start()
    try:
        first = eye.wait_after(0, _FIRST_PICTURE_S)
        if first is None:
            todo = "Plug it in, or name another one in kiosk.toml (camera.source)."
            yield Finding("camera", Level.FAIL, f"no picture from {device}", todo)
            return
        time.sleep(_WATCHED_S)
        last = eye.latest() or first
    finally:
        eye.stop()
    fps = (last.number - first.number) / max(last.at - first.at, 0.1)
    height, width = first.image.shape[:2]
    text = f"{width}x{height}, {fps:.0f} pictures a second from {device}"
    slow = fps < _SLOWEST_FPS
    todo = "Too slow to scan well: give the camera more light, or a USB port of its own."
    yield Finding("camera", Level.WARN if slow else Level.OK, text, todo if slow else "")


def scanners(wanted: config.Scanner) -> Iterator[Finding]:
    """Look for every configured USB scanner."""
    attached = importlib.import_module("kiosk.devices.hid").Attached if wanted.hid else None
    names = {port: [port] if Path(port).exists() else [] for port in wanted.serial}
    names |= {hid: list(attached([hid]).paths()) for hid in wanted.hid if attached}
    if not names:
        yield Finding("scanner", Level.OK, "none is configured; the camera reads the codes")
    for name, paths in names.items():
        yield _scanner(name, paths)


def _scanner(name: str, paths: Sequence[str]) -> Finding:
    if not paths:
        todo = "Plug it in; lsusb and ls /dev/serial/by-id show what is there."
        return Finding("scanner", Level.FAIL, f"{name} is not there", todo)
    shut = [path for path in paths if not os.access(path, os.R_OK)]
    if shut:
        todo = "Run this as root, or as the kiosk's user: it must be in the groups input, dialout."
        return Finding("scanner", Level.WARN, f"{name}: {shut[0]} may not be read", todo)
    return Finding("scanner", Level.OK, f"{name} is there")


def screen(wanted: Screen, found: Iterable[Connected]) -> Iterator[Finding]:
    """Compare each connected screen with the configured profile: pixels, and millimetres."""
    looks = profile(wanted)
    size = f"{looks.width_px}x{looks.height_px} px, {looks.width_mm:.0f}x{looks.height_mm:.0f} mm"
    there = list(found)
    if not there:
        todo = "Without a screen on this machine nothing can be compared."
        yield Finding("screen", Level.WARN, f"none is connected; {looks.name} is {size}", todo)
    for one in there:
        if sorted(one.pixels) != sorted((looks.width_px, looks.height_px)):
            todo = "Choose the profile of this screen in kiosk.toml (screen.profile)."
            text = f"{one.name} has {one.pixels[0]}x{one.pixels[1]} px, {looks.name} is {size}"
            yield Finding("screen", Level.WARN, text, todo)
        elif one.mm and abs(max(one.mm) / max(looks.width_mm, looks.height_mm) - 1) > _MISMEASURED:
            todo = "Measure the lit part with a ruler and set screen.width_mm in kiosk.toml."
            text = f"{one.name} says it is {one.mm[0]}x{one.mm[1]} mm, {looks.name} is {size}"
            yield Finding("screen", Level.WARN, text, todo)
        else:
            yield Finding("screen", Level.OK, f"{one.name}: {size}")


def codes() -> Iterator[Finding]:
    """Load the two libraries that read codes."""
    try:
        importlib.import_module("pyzbar.pyzbar")
    except ImportError:
        text, todo = "libzbar cannot be loaded", "Install the package libzbar0."
        yield Finding("codes", Level.FAIL, text, todo)
    else:
        importlib.import_module("zxingcpp")
        yield Finding("codes", Level.OK, "libzbar and zxing-cpp read codes")


def disk(files: Folder) -> Iterator[Finding]:
    """Check that the data folder takes a file, and how much room there is."""
    todo = "Run deploy/install again, or make the folder for the kiosk's user."
    try:
        with tempfile.TemporaryFile(dir=files.path) as file:
            file.write(b"doctor")
            os.fsync(file.fileno())
        free = shutil.disk_usage(files.path).free
    except OSError as fault:
        yield Finding("data", Level.FAIL, f"{files.path}: {fault.strerror}", todo)
        return
    text = f"{files.path} takes files; {free / 1e9:.1f} GB free"
    level = Level.FAIL if free < _VERY_LITTLE else Level.WARN if free < _LITTLE else Level.OK
    yield Finding("data", level, text, "" if level is Level.OK else "Make room on this disk.")


def keys(files: Folder) -> Iterator[Finding]:
    """Check who may read the keys; their content is not looked at."""
    allowed = {files.path: 0o770, files.outbox_key: 0o660, files.device_key: 0o600}
    there = {path: most for path, most in allowed.items() if path.exists()}
    modes = {path: stat.S_IMODE(path.stat().st_mode) & 0o777 for path in there}
    bad = {path: mode for path, mode in modes.items() if mode & ~allowed[path]}
    for path, mode in bad.items():
        text = f"too many may read {path} (mode {mode:04o})"
        yield Finding("keys", Level.FAIL, text, f"chmod {allowed[path]:04o} {path}")
    if not bad:
        text = "only the kiosk can read them" if files.device_key in there else "none yet"
        yield Finding("keys", Level.OK, text)


def clock() -> Iterator[Finding]:
    """Ask systemd whether the clock is kept right."""
    wanted = ["timedatectl", "show", "--property=NTPSynchronized", "--property=Timezone"]
    try:
        asked = subprocess.run(wanted, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        asked = None
    told = dict(line.partition("=")[::2] for line in asked.stdout.splitlines()) if asked else {}
    right, zone = told.get("NTPSynchronized"), told.get("Timezone", "unknown zone")
    if right == "yes":
        yield Finding("clock", Level.OK, f"kept right over the network ({zone})")
        return
    text = "not kept right over the network" if right else "systemd does not tell about the clock"
    yield Finding("clock", Level.WARN, text, "timedatectl set-ntp true, and let NTP (UDP 123) out.")


def desk(files: Folder) -> Iterator[Finding]:
    """Ask the courier how it is with the desk."""
    time_ = SystemClock()
    status = CourierClient(files.socket, time_, OfflineDesk(files, time_)).status()
    if status is None:
        todo = "systemctl start checkin-courier; then journalctl -u checkin-courier. Are you root?"
        yield Finding("desk", Level.FAIL, "the courier does not answer", todo)
    elif not status.enrolled:
        todo = "Make a code at the desk (Devices, Add a kiosk) and hold it up to the camera."
        yield Finding("desk", Level.WARN, "this kiosk is not enrolled", todo)
    else:
        yield from _enrolled(status, folder.device(files).address)


def _enrolled(status: Status, address: str) -> Iterator[Finding]:
    if status.online:
        yield Finding("desk", Level.OK, f"{address} answers")
    else:
        todo = "Check the network, the desk, and the firewall between; patients can check in."
        yield Finding("desk", Level.WARN, f"{address} does not answer", todo)
    late = status.oldest_s > _OLD_S
    text = f"{status.queue} events wait for the desk, {status.parked} were refused"
    todo = "Refused ones stand on the board, with the reason." if status.parked else ""
    yield Finding("queue", Level.WARN if late or status.parked else Level.OK, text, todo)
    if abs(status.clockoffset) > _CLOCK_OFF_MS:
        text = f"this clock differs from the desk's by {status.clockoffset / 1000:.0f} s"
        yield Finding("clock", Level.WARN, text, "Times are corrected, but set the clock right.")
