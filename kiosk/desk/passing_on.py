"""Passing on: wishes out to the practice's own system, its appointments in."""

import logging
import random
from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy.engine import Connection

from kiosk.desk import book, counters, outgoing
from kiosk.desk.database import Database
from kiosk.desk.outgoing import Wish
from kiosk.desk.policy import Policy
from kiosk.desk.view import DayView
from kiosk.domain.appointment import Appointment
from kiosk.domain.ports import Clock, Connector
from kiosk.errors import Busy, KioskError, RefusedError, Unreachable
from kiosk.log import fact

_log = logging.getLogger(__name__)
_LONGEST_S = 3600.0  # for which a system's wish to be left alone is honoured


class PassingOn:
    """Carries what the desk knows to the practice's system and back; used by one thread."""

    def __init__(
        self,
        database: Database,
        connector: Connector,
        policy: Policy,
        view: DayView,
        clock: Clock,
    ) -> None:
        self._database, self._connector = database, connector
        self._policy, self._view, self._clock = policy, view, clock
        self._random = random.Random()  # noqa: S311 - jitter, not a secret
        self._quiet_until = 0.0  # on the monotonic clock: nothing is asked of the system earlier

    def push(self) -> int:
        """Try every wish whose time has come; how many were settled. Raises StorageError."""
        if self._quiet:
            return 0
        with self._database.read() as conn:
            wishes = outgoing.due(conn, self._clock.now())
        return sum(self._carry(wish) for wish in wishes if not self._quiet)

    def pull(self) -> None:
        """Read the appointments of yesterday, today and tomorrow. Raises StorageError."""
        if self._quiet:
            return
        try:
            for day in self._policy.days(self._clock.now()):
                self._take_in(day, self._connector.appointments(day))
        except (Unreachable, RefusedError) as fault:
            self._silent(fault)
        else:
            self._view.unreachable_since = None

    def _take_in(self, day: date, rows: Sequence[Appointment]) -> None:
        """Follow the system's list of a day; what it lists no more is gone."""
        zone, key = self._policy.zone, self._policy.key
        listed = {row.id for row in rows}

        def taking(conn: Connection) -> None:
            book.put(conn, rows, origin="connector", zone=zone, key=key)
            known = [one for one in book.on_days(conn, [day]) if one.origin == "connector"]
            lost = [one.appointment.id for one in known if not one.gone]
            book.remove(conn, sorted(set(lost) - listed))

        self._database.write(taking)

    def _carry(self, wish: Wish) -> bool:
        """Bring one wish; each is settled by itself, so none holds up another."""
        try:
            self._connector.write_status(wish.appointment, wish.wanted)
        except Unreachable as fault:
            self._silent(fault)
            now, jitter, asked = self._clock.now(), self._random.random(), _asked(fault)
            self._settle(lambda conn: outgoing.postpone(conn, wish, now, jitter, asked))
            return False
        except RefusedError as fault:
            code = fault.code
            _log.warning(fact("desk.parked", appointment=wish.appointment, code=code))
            self._settle(lambda conn: outgoing.refused(conn, wish, code, self._clock.now()))
            return True
        self._settle(lambda conn: outgoing.done(conn, wish))
        return True

    def _settle(self, run: Callable[[Connection], None]) -> None:
        def settled(conn: Connection) -> None:
            run(conn)
            counters.next_change(conn)

        self._database.write(settled)

    @property
    def _quiet(self) -> bool:
        """Whether the system asked to be left alone until later: for all we do, not one wish."""
        return self._clock.monotonic() < self._quiet_until

    def _silent(self, fault: KioskError) -> None:
        """Remember since when the practice's system gives no usable answer; the board says so."""
        if asked := _asked(fault):
            self._quiet_until = self._clock.monotonic() + asked
            _log.info(fact("desk.system-busy", seconds=round(asked)))
        if self._view.unreachable_since is None:
            self._view.unreachable_since = self._clock.now()
            _log.warning(fact("desk.system-silent", kind=type(fault).__name__))


def _asked(fault: KioskError) -> float:
    """For how many seconds the system asked to be left alone (Retry-After), 0 when it did not."""
    return min(fault.after, _LONGEST_S) if isinstance(fault, Busy) else 0.0
