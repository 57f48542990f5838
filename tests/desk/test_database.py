"""The database: durable settings, groups of writes, and tables that fit their migrations."""

import threading
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Connection

from kiosk.desk import tries
from kiosk.desk.database import Database
from kiosk.desk.tables import METADATA, SESSIONS, TRIES
from kiosk.errors import StorageError

NOW = datetime(2030, 5, 14, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path):  # type: ignore[no-untyped-def]  # a generator of one database
    opened = Database(f"sqlite:///{tmp_path}/desk.db")
    yield opened
    opened.close()


def fail(kind: str, conn: Connection) -> None:
    tries.failed(conn, kind, "", NOW)


def counted(database: Database, kind: str) -> int:
    with database.read() as conn:
        return tries.count(conn, kind, "", NOW)


def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.read() as conn:
        assert compare_metadata(MigrationContext.configure(conn), METADATA) == []


def test_a_commit_is_on_the_disk_before_anybody_is_answered(database: Database) -> None:
    with database.read() as conn:
        values = [
            conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert values == ["wal", 2, 1, 5000]


def test_a_job_that_fails_keeps_nothing_and_harms_no_other(database: Database) -> None:
    gate = threading.Event()
    waiting: Future[bool] = database.submit(lambda _conn: gate.wait(5))

    def broken(conn: Connection) -> None:
        fail("bad", conn)
        raise ValueError("no")

    def refused(conn: Connection) -> None:
        fail("bad", conn)
        conn.execute(SESSIONS.insert().values(hash=b"x", user="nobody", csrf="", expires=NOW))

    good = [database.submit(lambda conn: fail("good", conn)) for _ in range(3)]
    bad, foreign = database.submit(broken), database.submit(refused)
    last = database.submit(lambda conn: fail("good", conn))
    gate.set()
    assert waiting.result(5) is True
    for one in [*good, last]:
        one.result(5)
    with pytest.raises(ValueError, match="no"):
        bad.result(5)
    with pytest.raises(StorageError, match="FOREIGN KEY"):
        foreign.result(5)
    assert (counted(database, "good"), counted(database, "bad")) == (4, 0)


def test_what_nobody_waits_for_is_written_soon(database: Database) -> None:
    heard = threading.Event()
    database.on_commit(heard.set)
    database.later(lambda conn: fail("lazy", conn))
    database.write(lambda conn: fail("good", conn))
    assert heard.wait(5)
    assert counted(database, "lazy") == 1


def test_a_writer_that_gives_up_waiting_stops_nobody(database: Database) -> None:
    gate = threading.Event()
    database.submit(lambda _conn: gate.wait(5))
    assert database.submit(lambda conn: fail("left", conn)).cancel()
    gate.set()
    database.write(lambda conn: fail("good", conn))
    assert (counted(database, "left"), counted(database, "good")) == (0, 1)


def test_closing_finishes_what_is_queued(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.db"
    first = Database(url)
    first.later(lambda conn: fail("lazy", conn))
    first.submit(lambda conn: fail("queued", conn))
    first.close()
    second = Database(url)
    assert (counted(second, "lazy"), counted(second, "queued")) == (1, 1)
    second.close()


def test_a_database_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(StorageError, match="cannot be opened"):
        Database(f"sqlite:///{tmp_path}/desk.db")
    with pytest.raises(StorageError):
        Database(f"sqlite:///{tmp_path}/no/such/folder/desk.db")


def test_a_full_disk_gives_up_the_whole_group_and_the_next_one_works(database: Database) -> None:
    def shrink(conn: Connection) -> None:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def much(conn: Connection) -> None:
        rows = [{"kind": "much", "key": "x" * 200, "at": NOW} for _ in range(2000)]
        conn.execute(TRIES.insert(), rows)

    database.write(shrink)
    with pytest.raises(StorageError, match="full"):
        database.write(much)
    database.write(lambda conn: conn.exec_driver_sql("PRAGMA max_page_count=100000"))
    database.write(much)
    with database.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(TRIES)).scalar() == 2000


def test_times_without_a_zone_are_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StorageError):
        database.write(lambda conn: tries.failed(conn, "x", "", naive))


def test_a_full_disk_never_takes_what_others_were_promised(database: Database) -> None:
    gate = threading.Event()
    database.submit(lambda _conn: gate.wait(5))
    before = [database.submit(lambda conn: fail("good", conn)) for _ in range(2)]

    def full(conn: Connection) -> None:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        rows = [{"kind": "bad", "key": "x" * 200, "at": NOW} for _ in range(2000)]
        try:
            conn.execute(TRIES.insert(), rows)
        finally:
            conn.exec_driver_sql("PRAGMA max_page_count=100000")

    bad = database.submit(full)
    after = database.submit(lambda conn: fail("good", conn))
    gate.set()
    for one in [*before, after]:
        one.result(5)
    with pytest.raises(StorageError):
        bad.result(5)
    assert (counted(database, "good"), counted(database, "bad")) == (3, 0)
