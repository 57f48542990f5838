"""`kiosk courier`: one per data folder, enrolled or waiting to be."""

import contextlib
import fcntl
import logging
import os
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.backend import credential, folder
from kiosk.backend.desk import Desk
from kiosk.backend.folder import Device, Folder
from kiosk.backend.lines import Enrol, EnrolResult, Status
from kiosk.backend.offline import UNKNOWN, OfflineDesk
from kiosk.config import KioskSettings
from kiosk.courier.door import Door
from kiosk.courier.enrol import enrol
from kiosk.courier.health import Health
from kiosk.courier.identify import Asking
from kiosk.courier.link import Link
from kiosk.courier.loop import POLL, Courier
from kiosk.domain.identify import Answer, Query
from kiosk.domain.ports import Clock
from kiosk.errors import ConfigError, KioskError, NotEnrolled, RefusedError, StorageError
from kiosk.log import fact
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox

log = logging.getLogger(__name__)
_LEAVE = 1.5  # s the loop is given to end; what it was sending is sent again, and known by its id


def run(
    settings: KioskSettings,
    clock: Clock,
    stop: threading.Event,
    alive: Callable[[], None] = lambda: None,
) -> int:
    """Carry until `stop` is set; returns the exit status (1: another courier holds this folder).

    `alive` is called after every round, each of which ends within a minute. Raises StorageError
    when the folder cannot be used, ConfigError when it can hold no socket.
    """
    files = Folder(settings.data)
    with _alone(files.lock) as only:
        if not only:
            log.error(fact("courier.already-runs", folder=files.path))
            return 1
        station = Station(files, clock)
        door = Door(files.socket, station)
        loop = threading.Thread(target=station.carry, args=(stop, alive), name="loop", daemon=True)
        loop.start()
        try:
            while not stop.wait(POLL):
                pass
        finally:
            station.wake()
            door.close()
            loop.join(_LEAVE)
    return 0


class Station:
    """The courier of whoever this device is at the moment; a `door.Service`."""

    def __init__(self, files: Folder, clock: Clock) -> None:
        self._files, self._clock = files, clock
        self._health = Health(enrolled=False)
        self._link = Link()
        self._outbox: Outbox | None = None
        self._courier: Courier | None = None
        self._asking: Asking | None = None
        self._stamp: int | None = None

    def carry(self, stop: threading.Event, alive: Callable[[], None]) -> None:
        """Run the rounds until `stop` is set; nothing that goes wrong in one ends them."""
        while not stop.is_set():
            pause = self._round()
            alive()
            self._health.wake.wait(pause)
            self._health.wake.clear()

    def identify(self, query: Query) -> Answer:
        """Answer within 1.5 s; TO_BE_MATCHED while this device is nobody."""
        asking = self._asking
        return asking.identify(query) if asking else UNKNOWN

    def status(self) -> Status:
        """Say how the courier is."""
        health, outbox = self._health, self._outbox
        known = Status(
            online=self._link.online and health.enrolled,
            clockoffset=health.offset_ms,
            enrolled=health.enrolled,
        )
        try:
            counts = outbox.counts(self._clock.now()) if outbox else None
        except StorageError:
            counts = None
        if counts is None:
            return known
        queue = {"queue": counts.pending, "oldest_s": counts.oldest_s, "parked": counts.parked}
        return known.model_copy(update=queue)

    def wake(self) -> None:
        """Deliver now."""
        self._health.wake.set()

    def tell(self, camera: str, screen: dict[str, object] | None) -> None:
        """Take over how camera and screen are."""
        self._health.tell(camera, screen)

    def enrol(self, request: Enrol) -> EnrolResult:
        """Enrol this device, unless it is enrolled and its desk takes it."""
        fields = request.model_dump(exclude={"do"})
        try:
            enrol(self._files, self._clock, **fields, again=not self._health.enrolled)
        except RefusedError as no:
            return EnrolResult(code=no.code)
        except ConfigError:
            return EnrolResult(code="bad-address")
        except KioskError as fault:
            return EnrolResult(code="storage" if isinstance(fault, StorageError) else "unreachable")
        self.wake()
        return EnrolResult()

    def _round(self) -> float:
        try:
            self._follow()
            return self._courier.turn() if self._courier else POLL
        except KioskError as fault:
            log.error(fact("courier.fault", why=fault))  # noqa: TRY400 - no traceback
        except Exception as fault:  # noqa: BLE001 - one of the three boundaries of the product
            log.error(fact("courier.bug", kind=type(fault).__name__))  # noqa: TRY400
        return POLL

    def _follow(self) -> None:
        """Become whoever device.json says; it is written by enrolment, here or by a command."""
        stamp = _stamp(self._files.device)
        if stamp == self._stamp:
            return
        try:
            self._become(folder.device(self._files))
        except NotEnrolled:
            self._health.enrolled = False
            self._courier = self._asking = None
        self._stamp = stamp

    def _become(self, device: Device) -> None:
        files, clock = self._files, self._clock
        mine = credential.load(device.device, files.device_key)
        ca = files.ca if files.ca.exists() else None
        if self._outbox:
            self._outbox.close()
        outbox = Outbox(files.outbox, _sealer(files), device.source, clock)
        self._link = link = Link()
        health = self._health
        health.enrolled = True

        def connect() -> Desk:
            return Desk(device.address, mine, clock, ca=ca)

        self._outbox = outbox
        self._asking = Asking(link, health, OfflineDesk(files, clock), connect)
        self._courier = Courier(
            device=device.device,
            files=files,
            outbox=outbox,
            desk=connect(),
            link=link,
            health=health,
            clock=clock,
            chance=random.random,
        )


def _sealer(files: Folder) -> KeyFileSealer:
    """The kiosk seals what the courier opens: two users of one group."""
    return KeyFileSealer.at(files.outbox_key, mode=0o660)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Hold the folder's lock; False when another process does. It ends with the process."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o660)
    except OSError as fault:
        raise StorageError(f"{path}: {fault.strerror}") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def _stamp(path: Path) -> int | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return hash((found.st_ino, found.st_mtime_ns))
