"""The tables of outbox.db, and what can be saved from a corrupt one."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from kiosk.errors import StorageError

VERSION = 1
_TABLES = """
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  session TEXT NOT NULL,
  created INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'parked')),
  tries INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '',
  settled INTEGER,
  sealed BLOB
);
CREATE INDEX event_due ON event (tries, sequence, created) WHERE state = 'pending';
CREATE INDEX event_parked ON event (sequence) WHERE state = 'parked';
CREATE INDEX event_settled ON event (settled) WHERE state = 'delivered';
CREATE TABLE opened (session TEXT PRIMARY KEY);
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL)
"""
_COLUMNS = "sequence, id, session, created, state, tries, next_try, code, settled, sealed"
_FOLLOW = (
    "UPDATE meta SET value = max(value, (SELECT coalesce(max(sequence), 0) FROM event))"
    " WHERE name = 'sequence'"
)
_KEEP = f"INSERT OR IGNORE INTO event ({_COLUMNS}) VALUES ({','.join('?' * 10)})"  # noqa: S608


def prepare(db: sqlite3.Connection, first: int) -> None:
    """Make the tables in an empty file; `first` is where its sequence numbers begin.

    Raises StorageError for a file of a later version.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise StorageError(f"outbox.db has version {version}; this program knows {VERSION}")
    if version == VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    for statement in _TABLES.split(";"):
        db.execute(statement)
    db.execute("INSERT INTO meta VALUES ('sequence', ?), ('offset', 0)", (first,))
    db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("COMMIT")


def salvage(broken: Path) -> Callable[[sqlite3.Connection], int]:
    """Read every undelivered event that still can be; the work returned copies them in, and counts.

    The seal of each tells later whether it is whole.
    """
    rows = list(_readable(broken))

    def work(db: sqlite3.Connection) -> int:
        kept = 0
        for row in rows:
            with contextlib.suppress(sqlite3.IntegrityError):
                kept += db.execute(_KEEP, row).rowcount
        db.execute(_FOLLOW)
        return kept

    return work


def _readable(broken: Path) -> Iterator[tuple[object, ...]]:
    """Read from both ends: a damaged page stops a scan, and the other end reaches its far side."""
    address = f"file:{quote(str(broken))}?mode=ro"
    for order in ("ASC", "DESC"):
        query = (
            f"SELECT {_COLUMNS} FROM event NOT INDEXED"  # noqa: S608
            f" WHERE state <> 'delivered' ORDER BY rowid {order}"
        )
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(address, uri=True)) as source,
        ):
            yield from source.execute(query)
