import os
import sqlite3
import threading
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.errors import StorageError
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox

from .hands import NOON, SESSION, HandClock, arrival, outbox_at


def _damage(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * 4096)
        file.write(os.urandom(4096))


def _filled(folder: Path, clock: HandClock, count: int) -> list[str]:
    outbox = outbox_at(folder, clock)
    ids = outbox.record(SESSION, [arrival(f"a{n}") for n in range(count)])
    outbox.close()
    return [str(id) for id in ids]


def test_it_is_as_durable_as_sqlite_can_be(tmp_path: Path) -> None:
    seen: list[str] = []

    class Listening(sqlite3.Connection):
        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
            seen.append(sql)
            return super().execute(sql, *values)  # type: ignore[arg-type]

    sealer = KeyFileSealer.at(tmp_path / "k")
    clock = HandClock()
    outbox = Outbox(tmp_path / "o.db", sealer, "/kiosks/k1", clock, connection=Listening)
    assert {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"} <= set(seen)
    assert {"PRAGMA secure_delete = ON", "PRAGMA busy_timeout = 2000"} <= set(seen)
    seen.clear()
    outbox.record(SESSION, [arrival()])
    assert (seen[0], seen[-1]) == ("BEGIN IMMEDIATE", "COMMIT")


def test_a_file_that_is_no_database_is_set_aside_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "outbox.db").write_bytes(b"not a database" * 1000)
    outbox = outbox_at(tmp_path, HandClock())
    [aside] = outbox.set_aside
    assert aside.name == "outbox.db.corrupt-20310506T120000000000Z"
    assert aside.read_bytes().startswith(b"not a database")
    assert len(outbox.record(SESSION, [arrival()])) == 1


def test_what_is_readable_in_a_damaged_file_is_still_delivered(tmp_path: Path) -> None:
    clock = HandClock()
    ids = _filled(tmp_path, clock, 200)
    pages = (tmp_path / "outbox.db").stat().st_size // 4096
    _damage(tmp_path / "outbox.db", pages // 2)
    clock.pass_by(-3600 * 24 * 365)  # also with a clock that lost its battery
    outbox = outbox_at(tmp_path, clock)
    assert len(outbox.set_aside) == 1
    saved = [str(due.id) for due in outbox.due(NOON, 1000)]
    assert set(saved) <= set(ids)
    assert len(saved) > 100
    last = outbox.due(NOON, 1000)[-1].sequence
    outbox.record(uuid4(), [arrival()])
    assert outbox.due(NOON, 1000)[-1].sequence > last


def test_a_file_that_breaks_while_open_is_set_aside_and_the_event_recorded(tmp_path: Path) -> None:
    clock = HandClock()
    _filled(tmp_path, clock, 200)
    kiosk, courier = outbox_at(tmp_path, clock), outbox_at(tmp_path, clock)
    courier.record(SESSION, [arrival()])  # so that the kiosk's own pages are out of date …
    courier.purge(NOON)  # … and the file, not its log, is what it reads next
    for page in range(1, (tmp_path / "outbox.db").stat().st_size // 4096):
        _damage(tmp_path / "outbox.db", page)
    [id] = kiosk.record(SESSION, [arrival()])
    assert kiosk.set_aside
    assert [due.id for due in courier.due(NOON, 10)][-1] == id


def test_a_deleted_file_is_made_again(tmp_path: Path) -> None:
    outbox = outbox_at(tmp_path, HandClock())
    for each in tmp_path.glob("outbox.db*"):
        each.unlink()
    [id] = outbox.record(SESSION, [arrival()])
    assert [due.id for due in outbox_at(tmp_path, HandClock()).due(NOON, 10)] == [id]


def test_numbers_rise_across_a_lost_file(tmp_path: Path) -> None:
    clock = HandClock()
    outbox = outbox_at(tmp_path, clock)
    outbox.record(SESSION, [arrival(), arrival()])
    before = outbox.due(NOON, 10)[-1].sequence
    outbox.close()
    for each in tmp_path.glob("outbox.db*"):
        each.unlink()
    clock.pass_by(60)
    outbox.record(SESSION, [arrival()])
    assert outbox.due(clock.now(), 10)[0].sequence > before


def test_many_threads_record_at_once(tmp_path: Path) -> None:
    outbox, other = outbox_at(tmp_path, HandClock()), outbox_at(tmp_path, HandClock())
    ids: list[object] = []

    def work(box: Outbox) -> None:
        for _ in range(10):
            ids.extend(box.record(uuid4(), [arrival()]))

    threads = [threading.Thread(target=work, args=(box,)) for box in (outbox, other) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    due = outbox.due(NOON, 1000)
    assert {each.id for each in due} == set(ids)
    assert len({each.sequence for each in due}) == 60


def test_a_folder_that_is_missing_is_a_storage_fault(tmp_path: Path) -> None:
    sealer = KeyFileSealer({1: b"k" * 32})
    with pytest.raises(StorageError, match="data folder"):
        Outbox(tmp_path / "missing" / "outbox.db", sealer, "/kiosks/k1", HandClock())


def test_the_group_may_write_the_files(tmp_path: Path) -> None:
    outbox = outbox_at(tmp_path, HandClock())
    outbox.record(SESSION, [arrival()])
    modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.glob("outbox.db*")}
    assert modes["outbox.db"] == modes["outbox.db-wal"] == 0o660
