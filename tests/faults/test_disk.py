"""A disk that is full or read-only: the kiosk is told, nothing is half kept, and it goes on."""

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from backend.cached import BORN, CODE, keep, row, write_policy
from outbox.hands import NOON, SESSION, HandClock, answers, arrival, outbox_at

from kiosk.backend.folder import Folder
from kiosk.backend.offline import UNKNOWN, OfflineDesk
from kiosk.domain.event import Reply
from kiosk.domain.identify import Query
from kiosk.errors import StorageError
from kiosk.outbox.store import Outbox


@contextlib.contextmanager
def _files_end_at(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this container may not mount")
    yield tmp_path
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def _fill(outbox: Outbox) -> list[UUID]:
    """Record until the disk refuses; return what was promised."""
    promised: list[UUID] = []
    for _ in range(10_000):
        try:
            promised += outbox.record(uuid4(), [arrival(), answers()])
        except StorageError:
            return promised
    pytest.fail("the disk never refused")


def _ids(outbox: Outbox) -> list[UUID]:
    return [each.id for each in outbox.due(NOON, 100_000)]


def _drained(outbox: Outbox, ids: list[UUID]) -> None:
    outbox.mark([Reply(id=id, outcome="accepted") for id in ids], NOON)


def test_a_file_that_may_not_grow_refuses_and_keeps_what_it_promised(tmp_path: Path) -> None:
    outbox = outbox_at(tmp_path, HandClock())
    with _files_end_at(200_000):
        promised = _fill(outbox)
        assert _ids(outbox) == promised
        with pytest.raises(StorageError):
            outbox.record(SESSION, [arrival()])
    assert len(promised) > 10
    again = outbox_at(tmp_path, HandClock())
    assert again.set_aside == ()
    assert _ids(again) == promised
    assert len(again.record(SESSION, [arrival()])) == 1


def test_a_full_disk_refuses_and_works_again_when_there_is_space(small: Path) -> None:
    outbox = outbox_at(small, HandClock())
    ballast = small / "ballast"
    ballast.write_bytes(b"x" * 500_000)
    promised = _fill(outbox)
    assert _ids(outbox) == promised
    ballast.unlink()
    _drained(outbox, promised[:10])
    [id] = outbox.record(SESSION, [arrival()])
    again = outbox_at(small, HandClock())
    assert _ids(again) == [*promised[10:], id]
    assert again.set_aside == ()


def test_on_a_full_disk_no_birth_date_can_be_tried(small: Path) -> None:
    files = Folder(small)
    write_policy(files)
    keep(files, row())
    with contextlib.suppress(OSError), (small / "ballast").open("wb") as ballast:
        while True:
            ballast.write(b"x" * 4096)
            ballast.flush()
    desk = OfflineDesk(files, HandClock())
    for born in (BORN, BORN.replace(day=4)):
        assert desk.identify(Query(pass_code=CODE, birth_date=born)) == UNKNOWN


def test_a_read_only_folder_is_named_at_the_start(small: Path) -> None:
    outbox_at(small, HandClock()).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    with pytest.raises(StorageError):
        outbox_at(small, HandClock()).record(SESSION, [arrival()])


def test_a_disk_that_turns_read_only_refuses(small: Path) -> None:
    outbox = outbox_at(small, HandClock())
    [id] = outbox.record(SESSION, [arrival()])
    outbox.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    with pytest.raises(StorageError):
        outbox.record(SESSION, [arrival()])
    subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
    assert _ids(outbox) == [id]
