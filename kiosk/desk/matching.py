"""Who is an unmatched person? Only agreement of two things settles it without a person."""

from datetime import datetime

from sqlalchemy.engine import Connection

from kiosk.desk import book
from kiosk.desk.book import Booked
from kiosk.desk.names import fits
from kiosk.desk.policy import Policy
from kiosk.domain.event import ArrivalUnmatched
from kiosk.domain.outcome import ARRIVES
from kiosk.domain.passcode import Pass, read


def settle(
    conn: Connection, body: ArrivalUnmatched, at: datetime, site: str, policy: Policy
) -> str | None:
    """Return the one appointment that pass (or typed name) and birth date agree on.

    None leaves it to a person: no agreement, more than one, or an outcome that needs explaining.
    """
    if body.birth_date is None:
        return None
    found = [
        booked
        for booked, revoked in _claimed(conn, body, at, policy)
        if booked.appointment.patient.birth_date == body.birth_date
        and policy.judge(booked.slot(revoked=revoked), at, site) in ARRIVES
    ]
    return found[0].appointment.id if len(found) == 1 else None


def owner(conn: Connection, pass_code: str) -> str:
    """Return the appointment of a pass in scanned text, "" for none."""
    code = read(pass_code)
    row = book.find_pass(conn, code.text) if isinstance(code, Pass) else None
    return row.appointment if row else ""


def _claimed(
    conn: Connection, body: ArrivalUnmatched, at: datetime, policy: Policy
) -> list[tuple[Booked, bool]]:
    if body.pass_code:
        code = read(body.pass_code)
        row = book.find_pass(conn, code.text) if isinstance(code, Pass) else None
        booked = book.one(conn, row.appointment) if row else None
        return [(booked, row.revoked)] if row and booked else []
    today = book.on_days(conn, [policy.today(at)])
    return [(one, False) for one in today if fits(body.typed_name, one.appointment.patient)]
