"""One SQLite file, durable and shared by processes, that is set aside when it is corrupt."""

import contextlib
import fcntl
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from kiosk.domain.ports import Clock
from kiosk.errors import Corrupt, StorageError
from kiosk.log import fact

log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_SETTINGS = (
    "PRAGMA busy_timeout = 2000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
)
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_TAILS = ("", "-wal", "-shm")


class _Damaged(Corrupt):
    """The file itself is corrupt, not one record in it."""


class Database:
    """The file at `path`; `aside` names the files set aside since the start, for the health page.

    `prepare` makes or checks the schema; `salvage` reads the file set aside and fills the new one.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        prepare: Work[None],
        salvage: Callable[[Path], Work[int]],
        factory: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> None:
        self.aside: tuple[Path, ...] = ()
        self._path, self._clock, self._factory = path, clock, factory
        self._prepare, self._salvage = prepare, salvage
        self._guard = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._seen: tuple[int, int] | None = None
        try:
            self._open()
        except _Damaged:
            self._set_aside()

    def write(self, work: Work[T]) -> T:
        """Run `work` in one durable transaction.

        Raises StorageError, and then nothing of it is kept. A corrupt file is set aside first, and
        the work done in the new one.
        """
        return self._safely(work, "BEGIN IMMEDIATE")

    def read(self, work: Work[T]) -> T:
        """Run `work`, which only reads, against one consistent state; raises StorageError."""
        return self._safely(work, "BEGIN")

    def truncate(self) -> None:
        """Empty the write-ahead log, so that erased pages do not linger in it."""
        with self._guard, _named():
            self._current().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._guard:
            if self._db:
                self._db.close()
            self._db = self._seen = None

    def _safely(self, work: Work[T], begin: str) -> T:
        with self._guard:
            try:
                return self._once(work, begin)
            except _Damaged:
                self._set_aside()
                return self._once(work, begin)

    def _once(self, work: Work[T], begin: str = "BEGIN IMMEDIATE") -> T:
        with _named():
            db = self._current()
            db.execute(begin)
            try:
                result = work(db)
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    with contextlib.suppress(sqlite3.Error):
                        db.execute("ROLLBACK")
            return result

    def _current(self) -> sqlite3.Connection:
        """Return the connection, to the file that now bears the name: another process may have
        set the old one aside.
        """
        if self._db is None or _identity(self._path) != self._seen:
            self._open()
        assert self._db is not None  # noqa: S101 - _open made it or raised
        return self._db

    def _open(self) -> None:
        self.close()
        with _named(), self._alone():
            _create(self._path)
            self._db, self._seen = self._connected(), _identity(self._path)

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(
            self._path, isolation_level=None, check_same_thread=False, factory=self._factory
        )
        try:
            for line in _SETTINGS:
                db.execute(line)
            _check(db)
            self._prepare(db)
        except BaseException:
            db.close()
            raise
        return db

    def _set_aside(self) -> None:
        broken = self._seen or _identity(self._path)
        self.close()
        stamp = f"{self._clock.now():%Y%m%dT%H%M%S%f}Z"
        aside = self._path.with_name(f"{self._path.name}.corrupt-{stamp}")
        with _named(), self._alone():
            ours = _identity(self._path) == broken  # else another process was faster
            for tail in _TAILS if ours else ():
                with contextlib.suppress(FileNotFoundError):
                    Path(f"{self._path}{tail}").rename(f"{aside}{tail}")
        self._open()
        self.aside = (*self.aside, aside)
        log.error(fact("outbox.corrupt", aside=aside.name))
        if ours:
            self._refill(aside)

    def _refill(self, aside: Path) -> None:
        try:
            kept = self._once(self._salvage(aside))
        except StorageError as fault:
            log.error(fact("outbox.not-salvaged", aside=aside.name, why=fault))  # noqa: TRY400 - the file is kept
        else:
            log.warning(fact("outbox.salvaged", aside=aside.name, events=kept))

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from opening or replacing the file meanwhile."""
        handle = os.open(f"{self._path}.lock", os.O_RDONLY | os.O_CREAT, 0o660)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


@contextlib.contextmanager
def _named() -> Iterator[None]:
    """Turn SQLite's and the system's faults into ours, without a value from the statement."""
    try:
        yield
    except sqlite3.Error as fault:
        kind = _Damaged if getattr(fault, "sqlite_errorcode", 0) & 0xFF in _BROKEN else StorageError
        raise kind(f"SQLite: {getattr(fault, 'sqlite_errorname', type(fault).__name__)}") from None
    except OSError as fault:
        raise StorageError(f"the data folder: {fault.strerror}") from None


def _check(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _Damaged("the file fails its check")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _create(path: Path) -> None:
    """Make an empty file that the group may write; SQLite gives its log the same mode."""
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o660)
        os.fchmod(handle, 0o660)
        os.close(handle)
