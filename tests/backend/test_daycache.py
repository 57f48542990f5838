import base64
from datetime import date
from pathlib import Path

import pytest

from kiosk.backend.daycache import DayCache
from kiosk.backend.wire import Schedule, SealedRow
from kiosk.errors import Corrupt, StorageError, Unreachable

TODAY = date(2031, 5, 6)


def _row(number: int, day: date = TODAY) -> SealedRow:
    sealed = base64.b64encode(b"sealed %d" % number).decode()
    return SealedRow(key=f"{number:064x}", sealed=sealed, day=day)


def _told(
    cursor: str, *rows: SealedRow, full: bool = False, gone: tuple[str, ...] = ()
) -> Schedule:
    return Schedule(cursor=cursor, full=full, rows=rows, gone=gone)


@pytest.fixture
def cache(tmp_path: Path) -> DayCache:
    return DayCache(tmp_path / "daycache.db")


def test_a_new_cache_starts_from_nothing(cache: DayCache) -> None:
    assert cache.cursor() == ("", "")
    assert cache.find(f"{1:064x}") is None
    assert cache.offset() == 0


def test_a_delta_adds_replaces_and_takes_away(cache: DayCache) -> None:
    cache.apply(_told("c1", _row(1), _row(2), full=True), "e1")
    moved = SealedRow(key=f"{2:064x}", sealed=base64.b64encode(b"moved").decode(), day=TODAY)
    cache.apply(_told("c2", moved, _row(3), gone=(f"{1:064x}",)), "e2")
    found = [cache.find(f"{n:064x}") for n in (1, 2, 3)]
    assert found == [None, b"moved", b"sealed 3"]
    assert cache.cursor() == ("c2", "e2")


def test_a_full_list_replaces_everything(cache: DayCache) -> None:
    cache.apply(_told("c1", _row(1), full=True), "e1")
    cache.apply(_told("c9", _row(2), full=True), "e9")
    assert cache.find(f"{1:064x}") is None
    assert cache.find(f"{2:064x}") == b"sealed 2"


def test_a_list_with_one_bad_row_changes_nothing(cache: DayCache) -> None:
    cache.apply(_told("c1", _row(1), full=True), "e1")
    bad = SealedRow(key=f"{2:064x}", sealed="%%%", day=TODAY)
    with pytest.raises(Unreachable):
        cache.apply(_told("c2", bad, full=True), "e2")
    assert cache.cursor() == ("c1", "e1")
    assert cache.find(f"{1:064x}") is not None


def test_only_yesterday_today_and_tomorrow_are_kept(cache: DayCache) -> None:
    days = [date(2031, 5, day) for day in (4, 5, 6, 7, 8)]
    cache.apply(_told("c1", *(_row(n, day) for n, day in enumerate(days)), full=True), "e1")
    cache.purge(TODAY)
    assert [cache.find(f"{n:064x}") is not None for n in range(5)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_reading_needs_no_permission_to_write(cache: DayCache, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        cache.find(f"{1:064x}")
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_is_named_and_can_be_discarded(cache: DayCache, tmp_path: Path) -> None:
    (tmp_path / "daycache.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Corrupt):
        cache.cursor()
    with pytest.raises(Corrupt):
        cache.find(f"{1:064x}")
    cache.discard()
    assert cache.cursor() == ("", "")


def test_the_clock_offset_is_kept_for_the_kiosk(cache: DayCache) -> None:
    cache.note_offset(-4200)
    cache.note_offset(-4100)
    assert cache.offset() == -4100


def test_a_missing_folder_is_a_storage_fault(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        DayCache(tmp_path / "missing" / "daycache.db").cursor()
