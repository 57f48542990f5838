"""What an HTTP answer means for the caller. Pure.

Only a refusal in the desk's own words (`wire.Problem`) counts as one: the HTML of a proxy in
between, however definite its status, is a link that does not work.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pydantic import ValidationError

from kiosk.backend.wire import Problem
from kiosk.errors import Busy, NotEnrolled, RefusedError, Unreachable

_REFUSALS = frozenset({400, 409, 410, 413, 415, 422})
_LONGEST_WAIT = 600.0


def check(status: int, body: bytes, retry_after: str, now: datetime) -> None:
    """Return for a success (2xx, 304), otherwise raise what it means.

    NotEnrolled: 401, 403. RefusedError: the desk's own "no", and 413 from anybody. Busy: a
    Retry-After. Unreachable: everything else.
    """
    if 200 <= status < 300 or status == 304:
        return
    code = _code(body)
    if status in {401, 403}:
        raise NotEnrolled(code or str(status))
    if status == 413 or (code and status in _REFUSALS):
        raise RefusedError(code or "too-large")
    wait = seconds(retry_after, now)
    if wait is not None or status == 429:
        raise Busy(1.0 if wait is None else wait)
    raise Unreachable(f"status {status}")


def seconds(retry_after: str, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or an HTTP date (RFC 9110 §10.2.3); at most 600 s.

    None when there is none, or none that can be read.
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _LONGEST_WAIT)
    until = moment(text)
    return None if until is None else min(max(0.0, (until - now).total_seconds()), _LONGEST_WAIT)


def moment(text: str) -> datetime | None:
    """Read an HTTP date as an aware time; None when it is none."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _code(body: bytes) -> str:
    try:
        return Problem.model_validate_json(body).code
    except ValidationError:
        return ""
