from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.answers import check, moment, seconds
from kiosk.errors import Busy, KioskError, NotEnrolled, RefusedError, Unreachable

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
NO = b'{"code": "bad-thing", "message": "no"}'
HTML = b"<html>Not here</html>"


@pytest.mark.parametrize("status", [200, 201, 204, 304])
def test_a_success_is_silent(status: int) -> None:
    check(status, b"", "", NOON)


@pytest.mark.parametrize(
    ("status", "body", "fault", "code"),
    [
        (401, NO, NotEnrolled, "bad-thing"),
        (403, HTML, NotEnrolled, "403"),
        (400, NO, RefusedError, "bad-thing"),
        (409, NO, RefusedError, "bad-thing"),
        (422, NO, RefusedError, "bad-thing"),
        (413, HTML, RefusedError, "too-large"),
    ],
)
def test_a_refusal_names_its_code(
    status: int, body: bytes, fault: type[RefusedError], code: str
) -> None:
    with pytest.raises(fault) as raised:
        check(status, body, "", NOON)
    assert raised.value.code == code


@pytest.mark.parametrize("status", [301, 400, 404, 409, 418, 422, 500, 502, 504])
def test_a_page_of_somebody_in_between_is_a_link_that_does_not_work(status: int) -> None:
    with pytest.raises(Unreachable):
        check(status, HTML, "", NOON)


@pytest.mark.parametrize(
    ("status", "header", "wait"),
    [
        (429, "7", 7),
        (503, "120", 120),
        (429, "", 1),
        (429, "soon", 1),
        (503, "Tue, 06 May 2031 12:00:30 GMT", 30),
        (503, "Tue, 06 May 2031 11:00:00 GMT", 0),
        (429, "999999999999", 600),
    ],
)
def test_a_desk_that_asks_for_time_gets_it(status: int, header: str, wait: float) -> None:
    with pytest.raises(Busy) as raised:
        check(status, b"{}", header, NOON)
    assert raised.value.after == wait


@given(st.integers(100, 599), st.binary(max_size=80), st.text(max_size=40))
def test_whatever_comes_is_a_success_or_one_of_our_faults(
    status: int, body: bytes, header: str
) -> None:
    try:
        check(status, body, header, NOON)
    except KioskError as fault:
        assert isinstance(fault, Unreachable | RefusedError)  # noqa: PT017
    else:
        assert 200 <= status < 300 or status == 304


@given(st.text(max_size=60))
def test_any_header_is_read_or_left(text: str) -> None:
    wait, found = seconds(text, NOON), moment(text)
    assert wait is None or 0 <= wait <= 600
    assert found is None or found.tzinfo is not None
