"""The practice's schedule as CSV: good rows are taken, bad ones named with line and reason.

Columns (any order, unknown ones are ignored): id, start, site, patient_id are needed; minutes,
practitioner, location, service, status, family, given, name_to_use, birth_date, phone, language,
needs, modes may be empty. Needs and modes are lists separated by spaces or bars. UTF-8, with or
without a byte order mark; comma or semicolon. Times without an offset are in the practice's zone.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from kiosk.config import PracticeSettings
from kiosk.domain.appointment import Appointment, AppointmentStatus, Patient

NEEDED = ("id", "start", "site", "patient_id")
_LONGEST = 200
_LIST = re.compile(r"[|\s]+")
_ID = re.compile(r"[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]{0,99}")
_WORD = re.compile(r"[a-z][a-z0-9-]{0,39}")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FORMULA = ("=", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken; `reason` names the column and never quotes a person."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a file says."""

    rows: tuple[Appointment, ...]
    bad: tuple[BadRow, ...]


class _Wrong(ValueError):
    pass


def read(content: bytes, practice: PracticeSettings) -> Schedule:
    """Read a CSV file; a file that is none has one bad row."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        return Schedule((), (BadRow(line, "not UTF-8: save the file as CSV UTF-8"),))
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [_column(name) for name in table.fieldnames or ()]
        table.fieldnames = columns
        missing = [name for name in NEEDED if name not in columns]
        if missing:
            return Schedule((), (BadRow(1, f"there is no column {', '.join(missing)}"),))
        return _rows(table, practice)
    except csv.Error as fault:
        return Schedule((), (BadRow(table.line_num, f"not CSV: {fault}"),))


def _rows(table: "csv.DictReader[str]", practice: PracticeSettings) -> Schedule:
    rows: dict[str, Appointment] = {}
    bad: list[BadRow] = []
    for raw in table:
        try:
            row = _appointment(_clean(raw), practice)
            if row.id in rows:
                bad.append(BadRow(table.line_num, "id: stands in the file twice"))
            rows.setdefault(row.id, row)
        except _Wrong as fault:
            bad.append(BadRow(table.line_num, str(fault)))
    return Schedule(tuple(rows.values()), tuple(bad))


def _column(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _clean(raw: Mapping[str | None, object]) -> dict[str, str]:
    """Check the cells of a row: one for each column, no control characters, nothing endless."""
    if None in raw:
        raise _Wrong("more cells than columns")
    cells: dict[str, str] = {}
    for name, value in raw.items():
        text = str(value or "").strip()
        if len(text) > _LONGEST:
            raise _Wrong(f"{name}: longer than {_LONGEST} characters")
        if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text):
            raise _Wrong(f"{name}: holds a control character")
        if text.startswith(_FORMULA):
            raise _Wrong(f"{name}: begins like a formula")
        cells[str(name)] = unicodedata.normalize("NFC", text)
    return cells


def _appointment(cells: Mapping[str, str], practice: PracticeSettings) -> Appointment:
    site = cells["site"].upper()
    if site not in {one.code for one in practice.sites}:
        raise _Wrong("site: is not one of the practice's two-character codes")
    return Appointment(
        id=_id("id", cells),
        patient=_patient(cells),
        start=_start(cells["start"], practice.timezone),
        minutes=_minutes(cells.get("minutes", "")),
        site=site,
        status=_status(cells.get("status", "")),
        practitioner=cells.get("practitioner", ""),
        location=cells.get("location", ""),
        service=cells.get("service", ""),
    )


def _patient(cells: Mapping[str, str]) -> Patient:
    language = cells.get("language", "")
    if language and not _TAG.fullmatch(language):
        raise _Wrong("language: is not a tag such as en or zh-Hans")
    return Patient(
        id=_id("patient_id", cells),
        family=cells.get("family", ""),
        given=cells.get("given", ""),
        birth_date=_birth_date(cells.get("birth_date", "")),
        name_to_use=cells.get("name_to_use", ""),
        phone=cells.get("phone", "").lstrip("'"),
        language=language,
        needs=_words("needs", cells),
        modes=_words("modes", cells),
    )


def _id(name: str, cells: Mapping[str, str]) -> str:
    if not _ID.fullmatch(cells[name]):
        raise _Wrong(f"{name}: is missing or too long")
    return cells[name]


def _start(text: str, zone: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise _Wrong("start: is not a time such as 2030-01-31 09:30") from None
    if len(text) <= len("2030-01-31"):
        raise _Wrong("start: has no time of day")
    local = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
    if not 2000 <= local.year < 2200:
        raise _Wrong("start: is in no year of this century")
    if at.tzinfo is None and local.astimezone(UTC).astimezone(ZoneInfo(zone)) != local:
        raise _Wrong("start: does not exist, the clocks go forward then")
    return local.astimezone(UTC)


def _minutes(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and int(text) <= 24 * 60):
        raise _Wrong("minutes: is not a whole number up to 1440")
    return int(text)


def _status(text: str) -> AppointmentStatus:
    try:
        return AppointmentStatus(text.lower().replace("canceled", "cancelled") or "booked")
    except ValueError:
        raise _Wrong("status: is not a FHIR appointment status such as booked") from None


def _birth_date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _Wrong("birth_date: is not a date such as 1980-12-31") from None


def _words(name: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    words = tuple(word for word in _LIST.split(cells.get(name, "")) if word)
    if not all(_WORD.fullmatch(word) for word in words):
        raise _Wrong(f"{name}: is not a list of ids such as hearing|step-free")
    return words
