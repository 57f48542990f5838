"""daycache.db: the days' rows, each sealed with its pass. The courier writes; the kiosk reads."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from kiosk.backend.wire import Schedule
from kiosk.errors import Corrupt, StorageError, Unreachable

_TABLES = """
CREATE TABLE IF NOT EXISTS row (key TEXT PRIMARY KEY, day TEXT NOT NULL, sealed BLOB NOT NULL)
WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
PRAGMA user_version = 1
"""
_PUT = "INSERT OR REPLACE INTO row (key, day, sealed) VALUES (?, ?, ?)"
_SETTINGS = "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 2000"
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class DayCache:
    """The file, opened for each use: it may be replaced at any time, as it is only a copy.

    Every method raises StorageError when the disk refuses, Corrupt when the file is broken.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, key: str) -> bytes | None:
        """Return the sealed row of that name, if it is here; never writes."""
        with self._open(write=False) as db:
            found = db.execute("SELECT sealed FROM row WHERE key = ?", (key,)).fetchone()
        return None if found is None else bytes(found[0])

    def offset(self) -> int:
        """Return the ms to add to this device's clock, as last measured; never writes."""
        with self._open(write=False) as db:
            return int(_meta(db, "offset") or 0)

    def note_offset(self, ms: int) -> None:
        """Keep the ms to add to this device's clock."""
        with self._open(write=True) as db:
            _note(db, "offset", str(ms))

    def cursor(self) -> tuple[str, str]:
        """Return how far this copy goes: the desk's cursor and ETag, empty for a new file."""
        with self._open(write=True) as db:
            return _meta(db, "cursor"), _meta(db, "etag")

    def apply(self, schedule: Schedule, etag: str) -> None:
        """Take over what the desk told, as a whole; Unreachable when a row is not base64."""
        rows = _rows(schedule)
        with self._open(write=True) as db:
            if schedule.full:
                db.execute("DELETE FROM row")
            db.executemany("DELETE FROM row WHERE key = ?", [(key,) for key in schedule.gone])
            db.executemany(_PUT, rows)
            _note(db, "cursor", schedule.cursor)
            _note(db, "etag", etag)

    def purge(self, today: date) -> None:
        """Erase every day but yesterday, today and tomorrow."""
        kept = [(today + timedelta(days=near)).isoformat() for near in (-1, 1)]
        with self._open(write=True) as db:
            db.execute("DELETE FROM row WHERE day < ? OR day > ?", kept)

    def discard(self) -> None:
        """Delete the file; the next refresh fetches everything again."""
        try:
            for tail in ("", "-wal", "-shm"):
                Path(f"{self._path}{tail}").unlink(missing_ok=True)
        except OSError as fault:
            raise StorageError(f"{self._path}: {fault.strerror}") from None

    @contextlib.contextmanager
    def _open(self, *, write: bool) -> Iterator[sqlite3.Connection]:
        address = f"file:{quote(str(self._path))}?mode={'rw' if write else 'ro'}"
        try:
            if write:
                _create(self._path)
            with contextlib.closing(sqlite3.connect(address, uri=True, timeout=2)) as db:
                if write:
                    db.executescript(_SETTINGS)
                    db.executescript(_TABLES)
                with db:
                    yield db
        except sqlite3.Error as fault:
            code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
            kind = Corrupt if code in _BROKEN else StorageError
            raise kind(f"{self._path.name}: {type(fault).__name__} {code}") from None
        except OSError as fault:
            raise StorageError(f"{self._path}: {fault.strerror}") from None


def _rows(schedule: Schedule) -> Sequence[tuple[str, str, bytes]]:
    try:
        return [(row.key, row.day.isoformat(), row.blob) for row in schedule.rows]
    except ValueError:
        raise Unreachable("a row that is not base64") from None


def _meta(db: sqlite3.Connection, name: str) -> str:
    found = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return "" if found is None else str(found[0])


def _note(db: sqlite3.Connection, name: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def _create(path: Path) -> None:
    """Make an empty file that the group may open; SQLite gives its log the same mode."""
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o660)
        os.fchmod(handle, 0o660)
        os.close(handle)
