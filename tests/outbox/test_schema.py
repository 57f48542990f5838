import contextlib
import sqlite3
from pathlib import Path

from kiosk.outbox import schema

from .hands import SESSION, HandClock, arrival, outbox_at


def test_preparing_twice_changes_nothing() -> None:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        schema.prepare(db, 41)
        schema.prepare(db, 99)
        found = db.execute("SELECT value FROM meta WHERE name = 'sequence'").fetchone()
        assert found == (41,)


def test_salvage_takes_each_undelivered_event_once(tmp_path: Path) -> None:
    outbox = outbox_at(tmp_path, HandClock())
    outbox.record(SESSION, [arrival(), arrival()])
    outbox.close()
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        schema.prepare(db, 0)
        assert schema.salvage(tmp_path / "outbox.db")(db) == 2


def test_salvage_of_nothing_is_nothing(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        schema.prepare(db, 0)
        assert schema.salvage(tmp_path / "missing")(db) == 0
