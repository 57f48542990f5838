"""The text of a printed code: one grammar for passes, a second one for enrolling a kiosk.

A pass is 26 characters of Crockford base-32, so that a QR code of version 2 holds it at level Q:
`K1`, the site (2), an opaque reference (20 = 100 bits) and two check symbols. The checks are those
of a Reed-Solomon code over GF(32) with the roots a and a², computed on the first 24 characters: any
two words of it differ in three places, so one or two wrong characters, or two swapped ones, show.
Scanned text is hostile until proven: it is cut at 256 bytes before anything looks at it.
"""

import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
MAX_BYTES = 256
_PREFIX = "K1"
_ENROL = "KE1:"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_OURS = re.compile(rf"{_PREFIX}[0-9A-Z]{{,{MAX_BYTES}}}")
_SITE = re.compile(rf"[{ALPHABET}]{{2}}")
_REFERENCE = re.compile(rf"[{ALPHABET}]{{20}}")
_KEYBOARD_SPACE = " \t\r\n"  # what scanners put around a code
_UNPRINTED = re.compile(  # control characters, and those that turn the direction of text
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_ADDRESS = r"https://(?:[A-Za-z0-9.-]{1,200}|\[[0-9a-fA-F:]{2,39}\])(?::\d{1,5})?"
_LOOPBACK = r"http://127\.0\.0\.1(?::\d{1,5})?"
_ENROLMENT = re.compile(
    rf"{_ENROL}({_ADDRESS}|{_LOOPBACK})\|([0-9a-f]{{64}}|-)\|([{ALPHABET}]{{8}})"
)


class Reason(StrEnum):
    """Why a scanned text is no pass; the values are those of the event `scan.refused`."""

    FOREIGN = "foreign"  # another app's code, link or ticket
    HOSTILE = "hostile"  # characters that nobody prints: control, NUL, direction overrides
    MISREAD = "unreadable"  # meant as a pass, but its length, letters or checks are wrong
    ENROLMENT = "enrolment"  # a code for IT, not for patients


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A scanned text that is no pass; it keeps the reason and forgets the text."""

    reason: Reason


@dataclass(frozen=True, slots=True, repr=False)
class Pass:
    """A pass whose checks are right; `text` is its one spelling, never to be logged."""

    text: str

    @property
    def site(self) -> str:
        """The two characters of the practice's site that issued it."""
        return self.text[2:4]

    def __repr__(self) -> str:
        return f"Pass({self.text[:4]}…)"


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """What a new kiosk needs to find its desk and to be let in once."""

    address: str  # https origin of the desk; plain http only on 127.0.0.1
    ca_pin: str  # SHA-256 of the CA's public key, 64 lower-case hex digits; "" = public CAs
    code: str = field(repr=False)  # one-time, 8 characters of ALPHABET

    @property
    def text(self) -> str:
        """The text of the QR code that IT shows to the kiosk."""
        return f"{_ENROL}{self.address}|{self.ca_pin or '-'}|{self.code}"


def build(site: str, reference: str) -> str:
    """Return the pass of a site (2 characters) and a reference (20 characters of ALPHABET).

    Raises ValueError when either is not.
    """
    if not (_SITE.fullmatch(site) and _REFERENCE.fullmatch(reference)):
        raise ValueError("a pass takes a site of 2 and a reference of 20 base-32 characters")
    body = _PREFIX + site + reference
    return body + _checks(body)


def from_digest(site: str, digest: bytes) -> str:
    """Return the pass of a site and the first 100 bits of a digest of 13 bytes or more."""
    if len(digest) < 13:
        raise ValueError("a reference takes at least 100 bits")
    bits = int.from_bytes(digest[:13], "big") >> 4
    return build(site, "".join(ALPHABET[bits >> shift & 31] for shift in range(95, -1, -5)))


def read(text: str) -> Pass | Unreadable:
    """Return the pass a scanned text holds, or why it holds none; never raises."""
    cut, whole = _cut(text)
    if _UNPRINTED.search(cut):
        return Unreadable(Reason.HOSTILE)
    if not (whole and cut.isascii()):
        return Unreadable(Reason.FOREIGN)
    code = cut.upper()
    if code.startswith(_ENROL):
        return Unreadable(Reason.ENROLMENT)
    if not _OURS.fullmatch(code):
        return Unreadable(Reason.FOREIGN)
    return Pass(code) if _checked(code) else Unreadable(Reason.MISREAD)


def read_enrolment(text: str) -> EnrolmentCode | Unreadable:
    """Return the enrolment code a scanned text holds, or why it holds none; never raises."""
    cut, whole = _cut(text)
    found = _ENROLMENT.fullmatch(cut) if whole else None
    if found:
        address, pin, code = found.groups()
        return EnrolmentCode(address, "" if pin == "-" else pin, code)
    if whole and cut.startswith(_ENROL):
        return Unreadable(Reason.MISREAD)
    other = read(text)
    return other if isinstance(other, Unreadable) else Unreadable(Reason.FOREIGN)


def row_key(code: str) -> bytes:
    """Return the name of a pass's row in the day cache: SHA-256("row" ‖ pass), 32 bytes.

    `code` is the one spelling, as in `Pass.text`. With 100 random bits behind it a name cannot be
    turned back into a pass.
    """
    return hashlib.sha256(b"row" + code.encode("ascii")).digest()


def _cut(text: str) -> tuple[str, bool]:
    """Return the first 256 bytes without the space around them, and whether that was all."""
    data = text[: MAX_BYTES + 1].encode("utf-8", "replace")
    kept = data[:MAX_BYTES].decode("utf-8", "ignore")
    return kept.strip(_KEYBOARD_SPACE), len(data) <= MAX_BYTES


def _checked(code: str) -> bool:
    if len(code) != LENGTH or not all(character in _VALUE for character in code):
        return False
    return _checks(code[:-2]) == code[-2:]


def _times_alpha(value: int) -> int:
    """Multiply by a in GF(32) = GF(2)[a] / (a⁵ + a² + 1)."""
    return value << 1 ^ (0b100101 if value & 16 else 0)


def _checks(body: str) -> str:
    """Return body(x)·x² mod (x - a)(x - a²): division with g(x) = x² + (a + a²)x + a³."""
    high = low = 0
    for character in body:
        carry = high ^ _VALUE[character]
        doubled = _times_alpha(carry)
        fourfold = _times_alpha(doubled)
        high, low = low ^ doubled ^ fourfold, _times_alpha(fourfold)
    return ALPHABET[high] + ALPHABET[low]
