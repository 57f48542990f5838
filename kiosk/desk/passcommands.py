"""`kiosk pass …`: issue, print and revoke passes from a shell beside the running desk."""

import argparse
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from kiosk.desk import book, printing
from kiosk.desk.app import assemble, say
from kiosk.desk.commands import add_settings, settings_of
from kiosk.desk.desk import Desk
from kiosk.domain.ports import Clock
from kiosk.errors import ConfigError, StorageError
from kiosk.i18n.catalog import Catalogue
from kiosk.passes import draw
from kiosk.resources import shipped

Command = Callable[[Desk, argparse.Namespace], None]


def main(argv: Sequence[str], clock: Clock) -> int:
    """Run one command; returns the exit status. Raises ConfigError and StorageError."""
    options = _parser().parse_args(argv)
    desk = assemble(settings_of(options), clock)
    with closing(desk.database):
        _COMMANDS[options.command](desk, options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk pass", description="Passes of appointments.")
    add_settings(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    issue = commands.add_parser("issue", help="give out the pass of an appointment")
    issue.add_argument("--appointment", required=True, metavar="ID")
    issue.add_argument("--replace", action="store_true", help="the old pass stops working")
    issue.add_argument("--png", type=Path, metavar="FILE", help="a picture, 40 mm wide at 300 dpi")
    issue.add_argument("--svg", type=Path, metavar="FILE")
    sheet = commands.add_parser("sheet", help="print passes, a page for each patient")
    sheet.add_argument(
        "--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: today"
    )
    sheet.add_argument("--appointment", default="", metavar="ID", help="only this one")
    sheet.add_argument("--out", type=Path, default=Path("passes.pdf"), metavar="FILE")
    revoke = commands.add_parser("revoke", help="make an appointment's passes worthless")
    revoke.add_argument("--appointment", required=True, metavar="ID")
    return parser


def _booked(desk: Desk, appointment: str) -> book.Booked:
    with desk.database.read() as conn:
        found = book.one(conn, appointment)
    if found is None:
        raise ConfigError(f"--appointment: there is no appointment {appointment!r}")
    return found


def _issue(desk: Desk, options: argparse.Namespace) -> None:
    booked = _booked(desk, options.appointment)
    if options.replace:
        desk.database.write(lambda conn: book.revoke(conn, options.appointment))
        booked = _booked(desk, options.appointment)
    code = desk.database.write(lambda conn: book.issue(conn, booked, desk.policy.key))
    if options.png:
        _write(options.png, draw.png(code))
    if options.svg:
        _write(options.svg, draw.svg(code).encode())
    if not (options.png or options.svg):
        say(draw.terminal(code))
        say(code)


def _sheet(desk: Desk, options: argparse.Namespace) -> None:
    practice = desk.policy.practice
    words = Catalogue(shipped("assets", "locale"), practice.timezone, practice.territory)
    day = options.day or desk.policy.today(desk.clock.now())
    pdf = printing.sheet_of(desk, words, day, options.appointment)
    if pdf is None:
        raise ConfigError(f"--day: nobody has an appointment on {day}")
    _write(options.out, pdf)


def _revoke(desk: Desk, options: argparse.Namespace) -> None:
    _booked(desk, options.appointment)
    desk.database.write(lambda conn: book.revoke(conn, options.appointment))
    say(f"{options.appointment}: no pass works any more; issue a new one when it is needed")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise StorageError(f"{path}: {fault.strerror}") from None
    say(str(path))


_COMMANDS: dict[str, Command] = {"issue": _issue, "sheet": _sheet, "revoke": _revoke}
