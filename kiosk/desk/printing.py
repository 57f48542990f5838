"""Passes on paper: one page a patient, for one appointment or a whole day."""

from datetime import date
from zoneinfo import ZoneInfo

from kiosk.desk import book
from kiosk.desk.desk import Desk
from kiosk.intake.words import Words
from kiosk.passes.sheet import SheetItem, sheet


def sheet_of(desk: Desk, words: Words, day: date, appointment: str = "") -> bytes | None:
    """Return the PDF of one appointment, or of all of a day; None when there is nobody."""
    with desk.database.read() as conn:
        booked = book.on_days(conn, [day])
    chosen = [one for one in booked if appointment in {"", one.appointment.id}]
    if not chosen:
        return None
    key = desk.policy.key
    codes = desk.database.write(lambda conn: [book.issue(conn, one, key) for one in chosen])
    return sheet([_item(desk, one, code) for one, code in zip(chosen, codes, strict=True)], words)


def _item(desk: Desk, one: book.Booked, code: str) -> SheetItem:
    appointment, practice = one.appointment, desk.policy.practice
    return SheetItem(
        practice=practice.name,
        start=appointment.start.astimezone(ZoneInfo(desk.policy.zone)),
        language=_offered(appointment.patient.language, practice.languages, practice.language),
        practitioner=appointment.practitioner,
        called=appointment.patient.called,
        code=code,
    )


def _offered(language: str, offered: tuple[str, ...], home: str) -> str:
    return language if language in offered else home
