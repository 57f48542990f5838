import pytest
from pydantic import ValidationError

from kiosk.backend.wire import Config, EnrolmentRequest, Schedule, SealedRow

from .little_desk import CONFIG


def test_a_later_desk_may_say_more() -> None:
    assert Config.model_validate(CONFIG | {"new": 1}).site == "H1"
    assert Schedule.model_validate({"cursor": "c", "full": False, "more": 2}).rows == ()


def test_a_row_has_a_name_of_64_hex_digits_and_base64() -> None:
    row = {"key": "ab" * 32, "sealed": "c2VhbGVk", "day": "2031-05-06"}
    assert SealedRow.model_validate(row).blob == b"sealed"
    with pytest.raises(ValidationError):
        SealedRow.model_validate(row | {"key": "../etc"})
    with pytest.raises(ValueError, match="base64"):
        _ = SealedRow.model_validate(row | {"sealed": "c2VhbGVk*"}).blob


def test_a_one_time_code_is_not_in_a_repr() -> None:
    asked = EnrolmentRequest(code="SECRET77", public_key={}, label="", hardware="", version="")
    assert "SECRET77" not in repr(asked)
