"""Who is this, and may they check in? Answers one question at a time and never lists people.

Both second factors are judged inside the writer's transaction, so that many questions asked at
once cannot get around the count of failures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from kiosk.desk import book, tries
from kiosk.desk.book import Booked
from kiosk.desk.database import Database
from kiosk.desk.names import fits
from kiosk.desk.policy import Policy
from kiosk.domain.identify import Answer, Details, Query, Wait
from kiosk.domain.outcome import ARRIVES, Outcome
from kiosk.domain.passcode import Pass, read, row_key

MOST_WRONG_DATES = 3  # per pass and day
MOST_TYPED = 5  # failures per kiosk …
TYPED_SPAN = timedelta(minutes=10)  # … in this time (ops.md S3)
_PHONE_ENDS = 3

Estimate = Callable[[str], Wait | None]
"""How long until a practitioner's next patient is called, as far as anybody can say."""


@dataclass(frozen=True, slots=True)
class Identification:
    """Answers a kiosk's questions from the book; `estimate` is asked only for those who arrive."""

    database: Database
    policy: Policy
    estimate: Estimate

    def answer(self, query: Query, *, now: datetime, site: str, device: str) -> Answer:
        """Answer one question of one kiosk. Raises StorageError."""
        if query.pass_code and query.birth_date is None:
            return self._greet(query)
        if query.pass_code:
            return self._finish(
                self.database.write(lambda conn: self._by_pass(conn, query, now, site))
            )
        return self._finish(
            self.database.write(lambda conn: self._typed(conn, query, now, site, device))
        )

    def _greet(self, query: Query) -> Answer:
        """After the code alone: language and access modes, the same shape for an unknown code."""
        with self.database.read() as conn:
            found = _lookup(conn, query.pass_code)
        if found is None:
            return Answer()
        patient = found[0].appointment.patient
        return Answer(language=patient.language, modes=patient.modes)

    def _by_pass(self, conn: Connection, query: Query, now: datetime, site: str) -> "_Judged":
        found = _lookup(conn, query.pass_code)
        if found is None:
            return _Judged(Outcome.NOT_FOUND)
        booked, revoked, key = found
        since = self.policy.midnight(now)
        wrong = tries.count(conn, "birth-date", key, since)
        if wrong >= MOST_WRONG_DATES:
            return _Judged(Outcome.LOCKED, tries_left=0)
        if booked.appointment.patient.birth_date == query.birth_date:
            outcome = self.policy.judge(booked.slot(revoked=revoked), now, site)
            return _Judged(outcome, booked, MOST_WRONG_DATES - wrong)
        tries.failed(conn, "birth-date", key, now)
        left = MOST_WRONG_DATES - wrong - 1
        return _Judged(Outcome.MISMATCH if left else Outcome.LOCKED, tries_left=left)

    def _typed(
        self, conn: Connection, query: Query, now: datetime, site: str, device: str
    ) -> "_Judged":
        if tries.count(conn, "typed", device, now - TYPED_SPAN) >= MOST_TYPED:
            return _Judged(Outcome.LOCKED, tries_left=0)
        today = book.on_days(conn, [self.policy.today(now)])
        booked = _only(
            [
                one
                for one in today
                if fits(query.typed_name, one.appointment.patient)
                and one.appointment.patient.birth_date == query.birth_date
                and one.appointment.site == site
                and query.birth_date is not None
            ],
            lambda one: self.policy.judge(one.slot(revoked=False), now, site),
        )
        if booked is None:
            tries.failed(conn, "typed", device, now)
            return _Judged(Outcome.NOT_FOUND)
        return _Judged(self.policy.judge(booked.slot(revoked=False), now, site), booked)

    def _finish(self, judged: "_Judged") -> Answer:
        details = self._details(judged.booked, judged.outcome) if judged.booked else None
        if judged.booked is None or judged.outcome not in ARRIVES or details is None:
            return Answer(outcome=judged.outcome, tries_left=judged.tries_left, details=details)
        patient = judged.booked.appointment.patient
        wait = self.estimate(judged.booked.appointment.practitioner)
        return Answer(
            outcome=judged.outcome,
            language=patient.language,
            modes=patient.modes,
            tries_left=judged.tries_left,
            details=details.model_copy(update={"wait": wait}),
        )

    def _details(self, booked: Booked, outcome: Outcome) -> Details:
        """What this outcome needs to be explained, and no more."""
        row = booked.appointment
        if outcome in ARRIVES:
            return Details(
                appointment=row.id,
                start=row.start,
                practitioner=row.practitioner,
                location=row.location,
                called=row.patient.called,
                phone_ends=_ends(row.patient.phone),
                needs=row.patient.needs,
            )
        if outcome is Outcome.TOO_EARLY:
            opens = self.policy.window.opens(row.start)
            return Details(appointment=row.id, start=row.start, opens=opens)
        if outcome is Outcome.WRONG_SITE and (right := self.policy.site(row.site)):
            return Details(
                appointment=row.id, start=row.start, site=right.name, directions=right.directions
            )
        return Details(appointment=row.id, start=row.start)


@dataclass(frozen=True, slots=True)
class _Judged:
    outcome: Outcome
    booked: Booked | None = None
    tries_left: int = MOST_WRONG_DATES


def _lookup(conn: Connection, text: str) -> tuple[Booked, bool, str] | None:
    """Return the appointment of a pass, whether the pass is revoked, and its name for counting."""
    code = read(text)
    row = book.find_pass(conn, code.text) if isinstance(code, Pass) else None
    booked = book.one(conn, row.appointment) if row else None
    if row is None or booked is None or not isinstance(code, Pass):
        return None
    return booked, row.revoked or booked.gone, row_key(code.text).hex()


def _only(found: list[Booked], judge: Callable[[Booked], Outcome]) -> Booked | None:
    """The one appointment; of one person's several today, the first that can be checked in now."""
    if len({one.appointment.patient.id for one in found}) != 1:
        return None
    return next((one for one in found if judge(one) in ARRIVES), found[0])


def _ends(phone: str) -> str:
    digits = "".join(letter for letter in phone if letter.isdecimal())
    return digits[-_PHONE_ENDS:] if len(digits) > _PHONE_ENDS else ""
