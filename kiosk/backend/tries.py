"""tries.db: wrong birth dates per pass and day, by the pass's hash, counted by whoever answers."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kiosk.errors import StorageError

MOST = 3
"""Wrong birth dates for one pass on one day; then it is locked here."""
_TABLE = """
CREATE TABLE IF NOT EXISTS wrong (
  key TEXT NOT NULL, day TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (key, day)
) WITHOUT ROWID
"""
_COUNT = """
INSERT INTO wrong VALUES (:key, :day, :by)
ON CONFLICT DO UPDATE SET count = max(count + :step, :least)
"""


class Tries:
    """The counters. Courier and kiosk may both write; each decision is one transaction.

    Every method raises StorageError when the disk refuses; then nobody may be told anything.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def left(self, key: str, day: date) -> int:
        """Return how many tries a pass has left that day."""
        with self._open() as db:
            return _left(db, key, day)

    def settle(self, key: str, day: date, *, right: bool) -> int:
        """Count a try, on disk before anybody learns of it; returns the tries left.

        0 means locked, also for a right answer that came after too many wrong ones.
        """
        with self._open() as db:
            if not right:
                _raise(db, key, day, step=1, least=1)
            return _left(db, key, day)

    def learn(self, key: str, day: date, left: int) -> None:
        """Take over the desk's own count, so that going offline gives no fresh tries."""
        with self._open() as db:
            _raise(db, key, day, step=0, least=MOST - left)

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            _create(self._path)
            opened = sqlite3.connect(self._path, timeout=2, isolation_level=None)
            with contextlib.closing(opened) as db:
                db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
                db.execute("BEGIN IMMEDIATE")
                db.execute(_TABLE)
                yield db
                db.execute("COMMIT")
        except sqlite3.Error as fault:
            raise StorageError(f"{self._path.name}: {type(fault).__name__}") from None
        except OSError as fault:
            raise StorageError(f"{self._path}: {fault.strerror}") from None


def _left(db: sqlite3.Connection, key: str, day: date) -> int:
    query = "SELECT count FROM wrong WHERE key = ? AND day = ?"
    found = db.execute(query, (key, day.isoformat())).fetchone()
    return max(0, MOST - (found[0] if found else 0))


def _raise(db: sqlite3.Connection, key: str, day: date, *, step: int, least: int) -> None:
    db.execute("DELETE FROM wrong WHERE day <> ?", (day.isoformat(),))
    values = {"key": key, "day": day.isoformat(), "by": least, "step": step, "least": least}
    db.execute(_COUNT, values)


def _create(path: Path) -> None:
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o660)
        os.fchmod(handle, 0o660)
        os.close(handle)
