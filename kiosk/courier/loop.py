"""The courier's round: heartbeat, deliver, refresh, purge, each when it is due."""

import logging
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from kiosk import __version__
from kiosk.backend import folder
from kiosk.backend.daycache import DayCache
from kiosk.backend.desk import Desk
from kiosk.backend.folder import Folder
from kiosk.backend.wire import Heartbeat
from kiosk.courier.delivery import Delivery, Turn
from kiosk.courier.health import Health
from kiosk.courier.link import Link
from kiosk.domain.ports import Clock
from kiosk.errors import Busy, Corrupt, KioskError, NotEnrolled, Unreachable
from kiosk.log import fact
from kiosk.outbox.store import Outbox

log = logging.getLogger(__name__)
POLL = 1.0
_SCHEDULE, _CONFIG, _PURGE, _OUT = 30.0, 60.0, 3600.0, 60.0
_JUMP = timedelta(seconds=1)
_STEP_MS = 250  # smaller changes of the clock's offset are not worth a write


class Courier:
    """One enrolled device's round with its desk; one thread calls `turn`, again and again."""

    def __init__(
        self,
        *,
        device: str,
        files: Folder,
        outbox: Outbox,
        desk: Desk,
        link: Link,
        health: Health,
        clock: Clock,
        chance: Callable[[], float],
    ) -> None:
        self._device, self._files, self._outbox, self._desk = device, files, outbox, desk
        self._link, self._health, self._clock = link, health, clock
        self._delivery = Delivery(outbox, desk, clock, chance)
        self._cache = DayCache(files.daycache)
        self._due = dict.fromkeys(("beat", "schedule", "config", "purge"), 0.0)
        self._etag = ""
        self._noted: int | None = None
        self._seen = (clock.now(), clock.monotonic())

    def turn(self) -> float:
        """Do what is due; returns the seconds until the next turn. A new event may come earlier."""
        self._watch_clock()
        if self._health.changed.is_set():
            self._health.changed.clear()
            self._due["beat"] = 0.0
        self._when("beat", self._beat, 0.0)
        if self._link.online and self._health.enrolled:
            self._deliver()
            self._when("schedule", self._refresh_schedule, _SCHEDULE)
            self._when("config", self._refresh_config, _CONFIG)
        self._when("purge", self._purge, _PURGE)
        return max(0.0, min(POLL, self._due["beat"] - self._clock.monotonic()))

    def _when(self, name: str, task: Callable[[], None], every: float) -> None:
        if self._clock.monotonic() >= self._due[name]:
            self._due[name] = self._clock.monotonic() + every
            self._contact(name, task)

    def _contact(self, name: str, task: Callable[[], None]) -> None:
        """Run one task; whatever it meets, the next one runs too."""
        try:
            task()
        except NotEnrolled as no:
            self._shut_out(no)
        except Busy as asked:
            self._due[name] = self._clock.monotonic() + asked.after
        except Unreachable as fault:
            log.info(fact("desk.unreachable", task=name, why=fault))
            self._failed()
        except KioskError as fault:
            log.error(fact("courier.fault", task=name, why=fault))  # noqa: TRY400 - no traceback

    def _beat(self) -> None:
        now = self._clock.now()
        counts = self._outbox.counts(now)
        self._due["beat"] = self._clock.monotonic() + _OUT
        beat = Heartbeat(
            device=self._device,
            version=__version__,
            queue=counts.pending,
            oldest_s=counts.oldest_s,
            parked=counts.parked,
            camera=self._health.camera,
            clock_ms=int(now.timestamp() * 1000),
            screen=self._health.screen,
        )
        offset = self._desk.heartbeat(beat)
        self._health.enrolled = True
        back = self._link.good()
        self._due["beat"] = self._clock.monotonic() + self._link.pause
        if back:
            log.info(fact("desk.back"))
            self._delivery.restart()
        self._note_offset(offset)

    def _deliver(self) -> None:
        self._contact("deliver", self._deliver_all)

    def _deliver_all(self) -> None:
        """Send until nothing is due; after a failure a heartbeat tells whether it was the link."""
        before = self._delivery.parked
        while (found := self._delivery.attempt()) is Turn.SENT:
            pass
        if found is Turn.FAILED or self._delivery.parked > before:
            self._due["beat"] = 0.0

    def _refresh_schedule(self) -> None:
        try:
            found = self._desk.schedule(*self._cache.cursor())
            if found:
                self._cache.apply(*found)
        except Corrupt:
            log.warning(fact("daycache.discarded"))
            self._cache.discard()
            self._due["schedule"], self._noted = 0.0, None

    def _refresh_config(self) -> None:
        found = self._desk.config(self._etag)
        if found:
            config, self._etag = found
            folder.write(self._files.policy, config.model_dump_json(indent=1).encode(), mode=0o640)

    def _purge(self) -> None:
        now = self._clock.now()
        self._outbox.purge(now)
        zone = ZoneInfo(self._zone())
        right = now + timedelta(milliseconds=self._health.offset_ms)
        self._cache.purge(right.astimezone(zone).date())

    def _zone(self) -> str:
        try:
            return folder.policy(self._files).practice.timezone
        except KioskError:  # a lost file comes back with the next refresh
            return "UTC"

    def _failed(self) -> None:
        if self._link.bad():
            log.warning(fact("desk.away"))
        self._due["beat"] = self._clock.monotonic() + self._link.pause

    def _shut_out(self, no: NotEnrolled) -> None:
        """The desk does not know this device (any more): stop, and ask now and then."""
        if self._health.enrolled:
            log.error(fact("desk.not-enrolled", code=no.code))
        self._health.enrolled = False
        self._due["beat"] = self._clock.monotonic() + _OUT

    def _note_offset(self, ms: int) -> None:
        self._health.offset_ms = ms
        if self._noted is None or abs(ms - self._noted) >= _STEP_MS:
            self._outbox.note_offset(ms)
            self._cache.note_offset(ms)
            self._noted = ms

    def _watch_clock(self) -> None:
        """When the device's clock was set, correct the offset by as much, and measure again."""
        wall, mono = self._clock.now(), self._clock.monotonic()
        jump = wall - self._seen[0] - timedelta(seconds=mono - self._seen[1])
        self._seen = (wall, mono)
        if abs(jump) > _JUMP and self._noted is not None:
            log.warning(fact("clock.set", ms=round(jump.total_seconds() * 1000)))
            self._note_offset(self._noted - round(jump.total_seconds() * 1000))
            self._due["beat"] = 0.0
