"""What a FHIR server's answer means for us: try later, or refused with a code.

The server's own words are never passed on: diagnostics quote names and birth dates. What is kept
is the HTTP status, the FHIR IssueType and the element's path.
"""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from kiosk.desk.connectors.fhir_json import items, text, texts
from kiosk.errors import Busy, RefusedError, Unreachable

_MAX_TEXT = 200
_MAX_WAIT_S = 3600.0
_LATER = frozenset({408, 423, 425, 429}) | frozenset(range(500, 600))  # 423: Oracle Health, locked
_THROTTLED = frozenset({429, 503})
_GONE = frozenset({404, 410})
_PATH = re.compile(r"^Appointment(\.[a-z][A-Za-z]{0,30}(\[\d{1,3}\])?){0,6}$")
_OAUTH_CODE = re.compile(r"^(invalid|unauthorized|unsupported)_[a-z_]{1,30}$")  # RFC 6749 §5.2
# https://hl7.org/fhir/R4/valueset-issue-type.html
_ISSUE_TYPES = """
    invalid structure required value invariant security login unknown expired forbidden
    suppressed processing not-supported duplicate multiple-matches not-found deleted too-long
    code-invalid extension too-costly business-rule conflict transient lock-error no-store
    exception timeout incomplete throttled informational
"""


class TryLater(Unreachable):
    """The practice's system could not answer now; `retry_after_s` is its own wish, if it said."""

    def __init__(self, words: str, retry_after_s: float | None = None) -> None:
        super().__init__(words)
        self.retry_after_s = retry_after_s


class Throttled(TryLater, Busy):
    """The practice's system asked to be left alone: 503 (RFC 9110 §10.2.3) or 429 (RFC 6585 §4)."""

    def __init__(self, words: str, retry_after_s: float) -> None:
        Busy.__init__(self, retry_after_s, words)
        self.retry_after_s = retry_after_s


class CredentialsRefused(TryLater):
    """The practice's system does not take our credentials: IT must act, then the same call works.

    Not a RefusedError, because nothing is wrong with the appointment: it waits, and is not parked.
    `code` is the OAuth error or `http-401`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(f"the practice's system does not accept the desk's credentials: {code}")
        self.code = code


def fault(
    status: int, document: object, retry_after_s: float | None
) -> TryLater | RefusedError | None:
    """Return what an HTTP status and its OperationOutcome mean, or None when all is well."""
    if 200 <= status < 300:
        return None
    if status == 401:
        return CredentialsRefused("http-401")
    if status in _THROTTLED and retry_after_s is not None:
        return Throttled(f"HTTP {status}", retry_after_s)
    if status in _LATER:
        return TryLater(f"HTTP {status}", retry_after_s)
    issue = _issue_type(document)
    code = "not-found" if status in _GONE else issue or f"http-{status}"
    words = (f"HTTP {status}", issue, _element(document))
    return RefusedError(code, " ".join(filter(None, words))[:_MAX_TEXT])


def oauth_fault(
    status: int, document: object, retry_after_s: float | None
) -> TryLater | RefusedError | None:
    """Return what a token endpoint's answer means; some servers say 400 where RFC 6749 says 401."""
    if 200 <= status < 300 or status in _LATER:
        return fault(status, document, retry_after_s)
    code = text(document, "error")
    return CredentialsRefused(code if _OAUTH_CODE.match(code) else f"http-{status}")


def retry_after(header: str, now: datetime) -> float | None:
    """Return the seconds of a Retry-After header, a number or a date (RFC 9110 §10.2.3)."""
    if re.fullmatch(r"\d{1,9}", header, re.ASCII):
        return min(float(header), _MAX_WAIT_S)
    try:
        seconds = (parsedate_to_datetime(header) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), _MAX_WAIT_S)


def _issue_type(document: object) -> str:
    code = text(document, "issue", "code")
    return code if code in _ISSUE_TYPES.split() else ""


def _element(document: object) -> str:
    paths = [path for issue in items(document, "issue") for path in texts(issue, "expression")]
    return next((f"at {path}" for path in paths if _PATH.match(path)), "")
