"""`kiosk desk …`: serve, and what IT does from a shell beside the running desk."""

import argparse
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from kiosk.clock import SystemClock, shift_to
from kiosk.config import PracticeSettings, load
from kiosk.desk import book, devices, keys, sample, schedule, staff, staff_routes, tls
from kiosk.desk.app import assemble, open_database, practice_of, say, serve
from kiosk.desk.database import Database
from kiosk.desk.settings import DeskSettings
from kiosk.domain.appointment import Appointment
from kiosk.domain.ports import Clock
from kiosk.errors import ConfigError
from kiosk.passes import draw
from kiosk.resources import shipped

INSTALLED = Path("/etc/checkin/desk.toml")


def main(argv: Sequence[str], alive: Callable[[], None] = lambda: None) -> int:
    """Run one command; returns the exit status.

    Raises ConfigError for wrong settings or arguments, and StorageError.
    """
    options = _parser().parse_args(argv)
    settings = settings_of(options)
    if options.command is None:
        return serve(settings, _clock(options, settings), alive)
    return _COMMANDS[options.command](settings, _clock(options, settings), options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk desk", description="The practice's server.")
    add_settings(parser)
    parser.add_argument("--at", metavar="HH:MM", help="with --demo: the practice's time of day")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    take = commands.add_parser("import", help="take in the schedule from a CSV file")
    take.add_argument("file", type=Path)
    take.add_argument("--prune", action="store_true", help="drop what the file no longer holds")
    commands.add_parser("sample", help="load a day of made-up patients (demo only)")
    enrol = commands.add_parser("enrol", help="show a one-time code that a new kiosk scans")
    enrol.add_argument("--label", default="Kiosk")
    enrol.add_argument("--site", default="", help="two-character code; default: this desk's")
    user = commands.add_parser("user", help="add a login, or give one a new password")
    user.add_argument("action", choices=("add", "passwd"))
    user.add_argument("name")
    user.add_argument("--role", action="append", choices=staff.ROLES, default=[])
    backup = commands.add_parser("backup", help="copy the database, also while the desk runs")
    backup.add_argument("file", type=Path)
    commands.add_parser("ca", help="print the fingerprint of the desk's own CA")
    return parser


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command of the desk takes."""
    parser.add_argument("--config", type=Path, help=f"default: {INSTALLED}, else the shipped one")
    parser.add_argument("--data", type=Path, help="folder for database and keys")
    parser.add_argument("--practice", type=Path, help="the practice's policy")
    parser.add_argument("--host", help="address to listen at")
    parser.add_argument("--port", type=int, help="port to listen at")
    parser.add_argument("--demo", action="store_true", default=None, help="made-up people")


def settings_of(options: argparse.Namespace) -> DeskSettings:
    """Read the desk's settings, changed by the options given. Raises ConfigError."""
    path = options.config or (INSTALLED if INSTALLED.exists() else shipped("config", "desk.toml"))
    settings = load(path, DeskSettings)
    if settings.practice and not settings.practice.is_absolute():
        settings = settings.model_copy(update={"practice": path.parent / settings.practice})
    given = {
        name: value
        for name in ("data", "practice", "host", "port", "demo")
        if (value := getattr(options, name)) is not None
    }
    return settings.model_copy(update=given)


def _clock(options: argparse.Namespace, settings: DeskSettings) -> Clock:
    """The machine's clock, or, for a demonstration, one that shows `--at` now."""
    clock = SystemClock()
    if options.at is None:
        return clock
    if not settings.demo:
        raise ConfigError("--at: only with --demo, in a practice the time is what it is")
    return SystemClock(shift_to(options.at, practice_of(settings).timezone, clock.now()))


def _import(settings: DeskSettings, _clock: Clock, options: argparse.Namespace) -> int:
    path: Path = options.file
    practice = practice_of(settings)
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise ConfigError(f"{path}: {fault.strerror}") from None
    found = schedule.read(content, practice)
    with closing(open_database(settings)) as database:
        counts = _put(database, settings, practice, found.rows, "file")
        lost = _vanished(database, practice, found.rows)
        if options.prune and lost:
            database.write(lambda conn: book.remove(conn, lost))
    say(f"{counts.added} new, {counts.changed} changed, {counts.same} the same")
    for bad in found.bad:
        sys.stderr.write(f"{path}:{bad.line}: {bad.reason}\n")
    if lost:
        what = "dropped" if options.prune else "no longer in the file (--prune drops them)"
        say(f"{what}: {', '.join(lost)}")
    return 1 if found.bad else 0


def _vanished(
    database: Database, practice: PracticeSettings, rows: Sequence[Appointment]
) -> list[str]:
    """Appointments of the file's days that came from a file before, and stand in it no more."""
    days = sorted({book.day_of(row.start, practice.timezone) for row in rows})
    with database.read() as conn:
        known = [one for one in book.on_days(conn, days) if one.origin == "file"]
    return sorted({one.appointment.id for one in known} - {row.id for row in rows})


def _put(
    database: Database,
    settings: DeskSettings,
    practice: PracticeSettings,
    rows: Sequence[Appointment],
    origin: str,
) -> book.Counts:
    key, zone = keys.pass_key(settings.data), practice.timezone
    return database.write(lambda conn: book.put(conn, rows, origin=origin, zone=zone, key=key))


def _sample(settings: DeskSettings, clock: Clock, _options: argparse.Namespace) -> int:
    if not settings.demo:
        raise ConfigError("sample: only with --demo, a practice has real patients")
    practice = practice_of(settings)
    rows = sample.day(practice, settings.site or practice.sites[0].code, clock.now())
    with closing(open_database(settings)) as database:
        counts = _put(database, settings, practice, rows, "sample")
    say(f"{counts.added} new, {counts.changed} changed, {counts.same} the same")
    return 0


def _enrol(settings: DeskSettings, clock: Clock, options: argparse.Namespace) -> int:
    desk = assemble(settings, clock)
    site = options.site or desk.site
    if desk.policy.site(site) is None:
        raise ConfigError(f"--site: {site} is no site of the practice")
    with closing(desk.database):
        code = desk.database.write(
            lambda conn: devices.new_code(conn, options.label, site, clock.now())
        )
    text = staff_routes.enrolment_text(desk, code)
    say(draw.terminal(text))
    say(text)
    say("The kiosk scans this within ten minutes, once.")
    return 0


def _user(settings: DeskSettings, _clock: Clock, options: argparse.Namespace) -> int:
    password, roles = staff.new_password(), tuple(options.role)
    with closing(open_database(settings)) as database:
        with database.read() as conn:
            known = staff.exists(conn, options.name.strip().lower())
        if known != (options.action == "passwd"):
            raise ConfigError(f"user: {options.name} {'exists' if known else 'is not there'}")
        database.write(lambda conn: staff.put(conn, options.name, password, roles))
    say(f"{options.name.strip().lower()} {password}")
    return 0


def _backup(settings: DeskSettings, _clock: Clock, options: argparse.Namespace) -> int:
    path: Path = options.file
    if settings.database:
        raise ConfigError("backup: is for SQLite; use your database's own tool")
    if path.exists():
        raise ConfigError(f"{path}: exists already")
    try:
        source = sqlite3.connect(f"file:{settings.data / 'desk.db'}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(path)) as target:
            path.chmod(0o600)
            source.backup(target)
    except (sqlite3.Error, OSError) as fault:
        raise ConfigError(f"{path}: {fault}") from None
    say(f"{path}: the pass key is not in it; keep a copy of {settings.data / 'keys'} elsewhere")
    return 0


def _ca(settings: DeskSettings, clock: Clock, _options: argparse.Namespace) -> int:
    found = tls.certificates(settings, clock.now())
    if found is None or not found.pin:
        raise ConfigError("ca: this desk has no certificate authority of its own")
    say(found.pin)
    return 0


_COMMANDS = {
    "import": _import,
    "sample": _sample,
    "enrol": _enrol,
    "user": _user,
    "backup": _backup,
    "ca": _ca,
}
