from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ident import uuid7

TIMES = st.integers(0, 7000 * 365 * 24 * 3600 * 1000).map(
    lambda ms: datetime(1970, 1, 2, tzinfo=UTC) + timedelta(milliseconds=ms)
)
ENTROPY = st.binary(min_size=10, max_size=10)


@given(TIMES, ENTROPY)
def test_it_is_a_version_7_uuid_that_holds_its_time(at: datetime, entropy: bytes) -> None:
    made = uuid7(at, entropy)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == int(at.timestamp() * 1000)
    assert UUID(str(made)) == made


@given(TIMES, ENTROPY, ENTROPY)
def test_a_later_one_sorts_later(at: datetime, one: bytes, other: bytes) -> None:
    later = at + timedelta(milliseconds=2)
    assert str(uuid7(at, one)) < str(uuid7(later, other))


@given(TIMES, ENTROPY, ENTROPY)
def test_74_bits_of_it_are_random(at: datetime, one: bytes, other: bytes) -> None:
    fixed = (0xFFF << 64) | ((1 << 62) - 1)
    same = uuid7(at, one) == uuid7(at, other)
    assert same == (int.from_bytes(one, "big") & fixed == int.from_bytes(other, "big") & fixed)


@pytest.mark.parametrize("size", [0, 9, 11, 16])
def test_other_amounts_of_randomness_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="10 bytes"):
        uuid7(datetime(2030, 1, 1, tzinfo=UTC), b"\0" * size)
