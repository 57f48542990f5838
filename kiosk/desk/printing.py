"""Passes on paper: one page a patient, for one appointment or a whole day."""

from datetime import date
from zoneinfo import ZoneInfo

from kiosk.desk import book
from kiosk.desk.desk import Desk
from kiosk.intake.words import Words
from kiosk.passes.sheet import SheetItem, sheet


def sheet_of(desk: Desk, words: Words, day: date, appointment: str = "") -> bytes | None:
    """Return the PDF of one appointment, or of all of a day; None when there is nobody.

    Somebody whose pass was revoked gets no page: a new one is issued on purpose only.
    """
    with desk.database.read() as conn:
        booked = book.on_days(conn, [day])
        passes = {one.appointment.id: book.newest_pass(conn, one.appointment.id) for one in booked}
    chosen = [
        _item(desk, one, book.text_of(desk.policy.key, passes[one.appointment.id]))
        for one in booked
        if appointment in {"", one.appointment.id} and not passes[one.appointment.id].revoked
    ]
    return sheet(chosen, words) if chosen else None


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
