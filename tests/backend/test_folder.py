from pathlib import Path

import pytest

from kiosk.backend import folder
from kiosk.backend.folder import Device, Folder
from kiosk.errors import Corrupt, NotEnrolled, StorageError


def test_a_device_that_was_never_enrolled_says_so(files: Folder) -> None:
    with pytest.raises(NotEnrolled):
        folder.device(files)
    with pytest.raises(NotEnrolled):
        folder.policy(files)


def test_what_was_written_comes_back(files: Folder) -> None:
    device = Device(device="k1", address="https://desk.example", site="H1", label="Lobby")
    folder.write(files.device, device.model_dump_json().encode())
    assert folder.device(files) == device
    assert device.source == "/kiosks/k1"


def test_a_broken_file_is_named(files: Folder) -> None:
    files.device.write_text("{}")
    files.policy.write_text("[]")
    with pytest.raises(Corrupt, match=r"device\.json"):
        folder.device(files)
    with pytest.raises(Corrupt, match=r"policy\.json"):
        folder.policy(files)


def test_a_file_is_replaced_whole_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    path.write_text("old")
    folder.write(path, b"new", mode=0o600)
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["some.json"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "some.json").mkdir()
    with pytest.raises(StorageError):
        folder.write(tmp_path / "some.json", b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["some.json"]


def test_a_folder_in_place_of_a_file_is_a_storage_fault(files: Folder) -> None:
    files.device.mkdir()
    with pytest.raises(StorageError):
        folder.device(files)
