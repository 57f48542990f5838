"""The database: many readers, one writer thread that commits whole groups of writes at once.

One fsync for everything that waits made 2,943 durable requests a second of 283 (ops.md §5.2). Each
job runs in its own savepoint, so one that fails harms no other; nobody is answered before the
commit. Jobs run one after the other: what they read and then write cannot be overtaken.
"""

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from kiosk.errors import StorageError

T = TypeVar("T")
_GROUP = 256  # jobs in one commit at most
_LAZY_S = 1.0  # how long a write nobody waits for may stay in memory


@dataclass(frozen=True, slots=True)
class _Job(Generic[T]):
    run: Callable[[Connection], T]
    done: "Future[T]"
    lazy: bool = False


class Database:
    """The open database; `url` is SQLAlchemy's, its tables are brought up to date first.

    Raises StorageError when it cannot be opened.
    """

    def __init__(self, url: str) -> None:
        self._listeners: list[Callable[[], None]] = []
        self._jobs: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self._readers, self._writers = _engine(url, "BEGIN"), _engine(url, "BEGIN IMMEDIATE", 1)
        self._thread = threading.Thread(target=self._work, name="desk-writer", daemon=True)
        try:
            with self._writers.begin() as connection:
                _migrate(connection)
        except SQLAlchemyError as fault:
            self._dispose()
            raise StorageError(f"the database cannot be opened: {_words(fault)}") from None
        self._thread.start()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the database. Raises StorageError."""
        try:
            with self._readers.begin() as connection:
                yield connection
        except SQLAlchemyError as fault:
            raise StorageError(_words(fault)) from None

    def submit(self, run: Callable[[Connection], T]) -> "Future[T]":
        """Queue a write; the future is done after the commit, or failed with nothing kept."""
        job: _Job[T] = _Job(run, Future())
        self._jobs.put(job)
        return job.done

    def write(self, run: Callable[[Connection], T]) -> T:
        """Write and wait for the commit. Raises StorageError, or what `run` raised."""
        return self.submit(run).result()

    def later(self, run: Callable[[Connection], object]) -> None:
        """Write with the next group, within a second; nobody waits, nobody is told."""
        self._jobs.put(_Job(run, Future(), lazy=True))

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call `listener` from the writer thread after each commit that somebody waited for."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Finish the queue and close all connections."""
        self._jobs.put(None)
        self._thread.join()
        self._dispose()

    def _dispose(self) -> None:
        self._readers.dispose()
        self._writers.dispose()

    def _work(self) -> None:
        lazy: list[_Job[Any]] = []
        ended = False
        while not ended:
            urgent, more, ended = self._next(bool(lazy))
            lazy += more
            if urgent or ended or not more or len(lazy) >= _GROUP:
                self._commit(lazy + urgent, tell=bool(urgent))
                lazy = []

    def _next(self, hurry: bool) -> tuple[list[_Job[Any]], list[_Job[Any]], bool]:
        """Wait for a job, then take all that are there: those waited for, the lazy, the end."""
        urgent: list[_Job[Any]] = []
        lazy: list[_Job[Any]] = []
        try:
            job = self._jobs.get(timeout=_LAZY_S if hurry else None)
            while job is not None:
                (lazy if job.lazy else urgent).append(job)
                if len(urgent) + len(lazy) >= _GROUP:
                    return urgent, lazy, False
                job = self._jobs.get_nowait()
        except queue.Empty:
            return urgent, lazy, False
        return urgent, lazy, True

    def _commit(self, jobs: list[_Job[Any]], *, tell: bool) -> None:
        jobs = [job for job in jobs if job.done.set_running_or_notify_cancel()]
        answers = self._group(jobs)
        if tell:
            for listener in self._listeners:
                listener()
        for answer in answers:
            answer()

    def _group(self, jobs: list[_Job[Any]]) -> list[Callable[[], None]]:
        """Run jobs in one transaction; return how to answer each, now that it is on disk.

        When the database itself fails nothing of the group is kept (SQLite may have rolled back
        already, savepoints and all): then each job is tried again by itself.
        """
        if not jobs:
            return []
        try:
            with self._writers.begin() as connection:
                return [_attempt(job, connection) for job in jobs]
        except SQLAlchemyError as fault:
            if len(jobs) > 1:
                return [answer for job in jobs for answer in self._group([job])]
            error = StorageError(_words(fault))
            return [lambda: jobs[0].done.set_exception(error)]


def _attempt(job: _Job[Any], connection: Connection) -> Callable[[], None]:
    """Run one job in its savepoint; return how to answer once the group is on disk."""
    try:
        with connection.begin_nested():
            result = job.run(connection)
    except SQLAlchemyError:
        raise
    except Exception as fault:  # noqa: BLE001 - handed to whoever waits for this job
        raised = fault
        return lambda: job.done.set_exception(raised)
    return lambda: job.done.set_result(result)


def _words(fault: SQLAlchemyError) -> str:
    """The database's first reason, without the statement and its values."""
    first, earlier = fault, fault.__context__
    while earlier is not None:
        first = earlier if isinstance(earlier, SQLAlchemyError) else first
        earlier = earlier.__context__
    return f"{type(first).__name__} {str(getattr(first, 'orig', '') or '')[:120]}".strip()


def _engine(url: str, begin: str, size: int = 8) -> Engine:
    engine = sa.create_engine(url, pool_size=size, max_overflow=32 if size > 1 else 0)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", lambda connection: _begin(connection, begin))
    return engine


def _prepare(raw: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves, else savepoints do not work
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "secure_delete=ON",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection, begin: str) -> None:
    connection.exec_driver_sql(begin)


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
