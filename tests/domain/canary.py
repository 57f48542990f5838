"""A made-up person whose traces are looked for everywhere."""

import re
from datetime import UTC, date, datetime

from kiosk.domain.appointment import Appointment, Patient
from kiosk.domain.identify import Answer, Details, Query
from kiosk.domain.outcome import Outcome

GIVEN, FAMILY = "Canarina", "Quillfeather"
PHONE = "020 7946 0987"
BORN = date(1911, 10, 9)
PASS = "K1MACANARY7QU1LLFEATHER7Q7"
NOON = datetime(2030, 5, 14, 12, tzinfo=UTC)

PATIENT = Patient("p-1", FAMILY, GIVEN, BORN, GIVEN, PHONE)
APPOINTMENT = Appointment("a-1", PATIENT, NOON)
DETAILS = Details(appointment="a-1", start=NOON, called=GIVEN, phone_ends="987")
ANSWER = Answer(outcome=Outcome.IN_TIME, details=DETAILS)
QUERY = Query(pass_code=PASS, typed_name=f"{GIVEN} {FAMILY}", birth_date=BORN)

TRACES = (GIVEN, FAMILY, PHONE, "987", "1911", "09101911", PASS)


def traces(*texts: str) -> set[str]:
    """Return what of the person shows in texts, whatever the case."""
    said = "\n".join(texts).casefold()
    return {trace for trace in TRACES if re.search(rf"(?<!\d){trace.casefold()}(?!\d)", said)}


def shown(thing: object) -> set[str]:
    """Return what of the person a thing shows when it is printed, in any usual way."""
    return traces(repr(thing), str(thing), f"{thing}", repr([thing]))
