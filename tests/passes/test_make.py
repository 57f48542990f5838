"""Passes are made again from key, appointment and generation, and stored only as hashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.passcode import Pass, read
from kiosk.passes.make import KEY_BYTES, make, row_key, stored_hash

KEY = bytes(range(KEY_BYTES))
keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)


@given(keys, st.text(max_size=40), st.integers(0, 10**6))
def test_a_made_pass_is_readable_and_made_again_the_same(
    key: bytes, appointment: str, generation: int
) -> None:
    try:
        code = make(key, appointment, generation, "M1")
    except UnicodeEncodeError:  # a lone surrogate is no text
        return
    assert read(code) == Pass(code)
    assert make(key, appointment, generation, "M1") == code


@given(st.tuples(keys, st.uuids(), st.integers(0, 99)), st.tuples(keys, st.uuids(), st.integers(0)))
def test_other_key_appointment_or_generation_gives_another_pass(
    one: tuple[bytes, object, int], other: tuple[bytes, object, int]
) -> None:
    passes = [
        make(key, str(appointment), number, "M1") for key, appointment, number in (one, other)
    ]
    assert (passes[0] == passes[1]) is (one == other)


def test_a_raised_generation_replaces_the_pass() -> None:
    assert make(KEY, "a-1", 0, "M1") != make(KEY, "a-1", 1, "M1")


def test_an_appointment_id_cannot_pose_as_another_generation() -> None:
    assert make(KEY, "a\x1f1", 2, "M1") != make(KEY, "a", 12, "M1")
    assert make(KEY, "a", 11, "M1") != make(KEY, "a1", 1, "M1")


def test_the_same_inputs_give_this_pass_for_ever() -> None:
    assert make(KEY, "appointment-1", 0, "M1") == "K1M1X7SDB8VE2QVSVVAT173576"


@pytest.mark.parametrize(("key", "generation"), [(b"short", 0), (bytes(33), 0), (KEY, -1)])
def test_a_wrong_key_or_generation_is_refused(key: bytes, generation: int) -> None:
    with pytest.raises(ValueError, match=r"key|generation"):
        make(key, "a-1", generation, "M1")


def test_the_hashes_differ_and_hold_no_pass() -> None:
    code = make(KEY, "a-1", 0, "M1")
    assert len({stored_hash(code), row_key(code)}) == 2
    assert len(stored_hash(code)) == 32
    assert code.encode() not in stored_hash(code) + row_key(code)
