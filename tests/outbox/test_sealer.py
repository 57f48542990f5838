import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import Corrupt, StorageError
from kiosk.outbox.sealer import KeyFileSealer

SEALER = KeyFileSealer({1: b"k" * 32})


@given(st.binary(max_size=2000), st.binary(max_size=40))
def test_what_was_sealed_comes_back_and_is_not_readable(plain: bytes, about: bytes) -> None:
    sealed = SEALER.seal(plain, about)
    assert SEALER.unseal(sealed, about) == plain
    assert len(sealed) == len(plain) + 29
    assert len(plain) < 8 or plain not in sealed


@given(st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(SEALER.seal(b"a record", b"one"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Corrupt):
        SEALER.unseal(bytes(sealed), b"one")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" * 28])
def test_a_stump_is_corrupt(sealed: bytes) -> None:
    with pytest.raises(Corrupt):
        SEALER.unseal(sealed, b"")


def test_a_record_cannot_be_moved_to_another_id() -> None:
    with pytest.raises(Corrupt):
        SEALER.unseal(SEALER.seal(b"a record", b"one"), b"two")


def test_the_key_file_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "outbox.key"
    sealed = KeyFileSealer.at(path).seal(b"a record", b"")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KeyFileSealer.at(path).unseal(sealed, b"") == b"a record"
    assert [each.name for each in tmp_path.iterdir()] == ["outbox.key"]


def test_an_appended_key_seals_from_then_on_and_the_old_one_still_opens(tmp_path: Path) -> None:
    path = tmp_path / "outbox.key"
    old = KeyFileSealer.at(path).seal(b"old", b"")
    path.write_bytes(path.read_bytes() + b"\x02" + b"n" * 32)
    rotated = KeyFileSealer.at(path)
    assert rotated.unseal(old, b"") == b"old"
    assert rotated.seal(b"new", b"")[0] == 2


def test_something_else_in_the_key_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "outbox.key"
    path.write_bytes(b"nonsense")
    with pytest.raises(Corrupt, match=r"outbox\.key"):
        KeyFileSealer.at(path)


def test_a_folder_that_is_missing_is_a_storage_fault(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        KeyFileSealer.at(tmp_path / "missing" / "outbox.key")
