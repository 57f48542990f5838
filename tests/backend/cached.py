"""One appointment in a day cache, and the pass that opens it."""

import base64
from datetime import UTC, date, datetime

from kiosk.backend import folder
from kiosk.backend.daycache import DayCache
from kiosk.backend.dayrow import DayRow, lookup, seal_row
from kiosk.backend.folder import Folder
from kiosk.backend.wire import Config, Schedule, SealedRow
from kiosk.config import PracticeSettings, Site
from kiosk.domain import passcode

CODE = passcode.build("H1", "7" * 20)
STRANGE = passcode.build("H1", "9" * 20)
BORN, OTHER = date(1961, 2, 3), date(1961, 2, 4)
START = datetime(2031, 5, 6, 12, tzinfo=UTC)
SITES = (
    Site(code="H1", name="High Street"),
    Site(code="M2", name="Mill Lane", directions="Left at the church."),
)


def row(**changes: object) -> DayRow:
    base = {"appointment": "appt-1", "birth_date": BORN, "start": START, "site": "H1"}
    more = {"status": "booked", "language": "hi", "modes": ("large",), "location": "Room 4"}
    return DayRow.model_validate(base | more | changes)


def keep(files: Folder, kept: DayRow) -> None:
    sealed = base64.b64encode(seal_row(kept, CODE)).decode()
    rows = (SealedRow(key=lookup(CODE), sealed=sealed, day=kept.start.date()),)
    DayCache(files.daycache).apply(Schedule(cursor="c", full=True, rows=rows), "")


def write_policy(files: Folder) -> None:
    practice = PracticeSettings(name="Example Practice", sites=SITES)
    config = Config(practice=practice, site="H1", device="k1", label="Lobby")
    folder.write(files.policy, config.model_dump_json().encode())
