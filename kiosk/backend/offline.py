"""Answer who a pass belongs to without the desk, from the day cache (`domain.ports.Identifier`)."""

import hmac
import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.backend import folder
from kiosk.backend.daycache import DayCache
from kiosk.backend.dayrow import DayRow, lookup, open_row
from kiosk.backend.folder import Folder
from kiosk.backend.tries import Tries
from kiosk.backend.wire import Config
from kiosk.config import PracticeSettings
from kiosk.domain.eligibility import Window, judge
from kiosk.domain.identify import Answer, Details, Query
from kiosk.domain.outcome import ARRIVES, Outcome
from kiosk.domain.ports import Clock
from kiosk.errors import KioskError
from kiosk.log import fact

log = logging.getLogger(__name__)
UNKNOWN = Answer(outcome=Outcome.TO_BE_MATCHED, online=False)
"""Nobody could be asked: a person at the desk will match."""


@dataclass(frozen=True, slots=True)
class OfflineDesk:
    """An Identifier over the files in the data folder; never raises."""

    folder: Folder
    clock: Clock

    def identify(self, query: Query) -> Answer:
        """Answer a pass in the day cache; everything else is to be matched.

        A pass alone is told language and modes only, and the same whether it is known or not.
        """
        try:
            return self._answer(query)
        except (KioskError, ZoneInfoNotFoundError) as fault:
            log.warning(fact("offline.unavailable", why=type(fault).__name__))
            return UNKNOWN

    def locked(self, query: Query) -> bool:
        """Tell whether this device itself has counted all tries of a pass today.

        The desk may not know of tries made without it.
        """
        if query.birth_date is None or not (query.pass_code and query.pass_code.isascii()):
            return False
        try:
            today = _day(self._now(), folder.policy(self.folder).practice)
            return Tries(self.folder.tries).left(lookup(query.pass_code), today) == 0
        except (KioskError, ZoneInfoNotFoundError) as fault:
            log.warning(fact("offline.unavailable", why=type(fault).__name__))
            return False

    def learn(self, query: Query, answer: Answer) -> None:
        """Remember from the desk's answer how many tries a pass has left today."""
        if answer.outcome in {Outcome.MISMATCH, Outcome.LOCKED} and query.pass_code.isascii():
            left = 0 if answer.outcome is Outcome.LOCKED else answer.tries_left
            try:
                today = _day(self._now(), folder.policy(self.folder).practice)
                Tries(self.folder.tries).learn(lookup(query.pass_code), today, left)
            except (KioskError, ZoneInfoNotFoundError) as fault:
                log.warning(fact("offline.not-counted", why=type(fault).__name__))

    def _answer(self, query: Query) -> Answer:
        row = self._row(query.pass_code)
        if query.birth_date is None:
            return Answer(online=False, language=row.language, modes=row.modes) if row else _NOTHING
        if row is None or row.birth_date is None:
            return UNKNOWN
        return self._second_factor(query, row, row.birth_date)

    def _second_factor(self, query: Query, row: DayRow, born: date) -> Answer:
        config, now = folder.policy(self.folder), self._now()
        given = query.birth_date.isoformat() if query.birth_date else ""
        right = hmac.compare_digest(born.isoformat(), given)
        today = _day(now, config.practice)
        left = Tries(self.folder.tries).settle(lookup(query.pass_code), today, right=right)
        if left == 0:
            return Answer(outcome=Outcome.LOCKED, online=False, tries_left=0)
        if not right:
            return Answer(outcome=Outcome.MISMATCH, online=False, tries_left=left)
        return _told(row, config, now, left)

    def _row(self, pass_code: str) -> DayRow | None:
        if not (pass_code and pass_code.isascii()):
            return None
        sealed = DayCache(self.folder.daycache).find(lookup(pass_code))
        return None if sealed is None else open_row(sealed, pass_code)

    def _now(self) -> datetime:
        return self.clock.now() + timedelta(milliseconds=DayCache(self.folder.daycache).offset())


_NOTHING = Answer(online=False)


def _day(now: datetime, practice: PracticeSettings) -> date:
    return now.astimezone(ZoneInfo(practice.timezone)).date()


def _told(row: DayRow, config: Config, now: datetime, left: int) -> Answer:
    practice = config.practice
    window = Window(**practice.windows.model_dump())
    outcome = judge(row.slot, now=now, site=config.site, zone=practice.timezone, window=window)
    return Answer(
        outcome=outcome,
        online=False,
        language=row.language,
        modes=row.modes,
        tries_left=left,
        details=_details(row, practice, outcome, window),
    )


def _details(row: DayRow, practice: PracticeSettings, outcome: Outcome, window: Window) -> Details:
    """What helps with this outcome: the place to sit, when to come, or the right building."""
    elsewhere = [site for site in practice.sites if site.code == row.site]
    right = elsewhere[0] if elsewhere and outcome is Outcome.WRONG_SITE else None
    return Details(
        appointment=row.appointment,
        start=row.start,
        practitioner=row.practitioner,
        location=row.location if outcome in ARRIVES else "",
        opens=window.opens(row.start) if outcome is Outcome.TOO_EARLY else None,
        site=right.name if right else "",
        directions=right.directions if right else "",
    )
