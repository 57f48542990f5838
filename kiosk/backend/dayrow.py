"""One row of the day cache: what a kiosk may know of an appointment without the desk.

A row is sealed with a key made from the pass itself, which is on no disk, and bound to its name,
so it says nothing without the code in hand. It holds no name, phone or need.
"""

import os
from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kiosk.domain import passcode
from kiosk.domain.appointment import AppointmentStatus
from kiosk.domain.eligibility import Slot
from kiosk.errors import Corrupt

_INFO = b"kiosk day row v1"
_NONCE = 12


class DayRow(BaseModel):
    """The row itself; `v` is the version of this format."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    v: Literal[1] = 1
    appointment: str
    birth_date: date | None = Field(default=None, repr=False)
    start: AwareDatetime
    minutes: Annotated[int, Field(ge=0)] = 0
    site: str
    status: AppointmentStatus
    revoked: bool = False
    language: str = ""
    modes: tuple[str, ...] = ()
    practitioner: str = ""
    location: str = ""

    @property
    def slot(self) -> Slot:
        """What eligibility looks at."""
        return Slot(self.start, self.site, self.status, self.revoked)


def lookup(pass_code: str) -> str:
    """Return the name of a pass's row, in hex; it cannot be turned back into the pass."""
    return passcode.row_key(pass_code).hex()


def seal_row(row: DayRow, pass_code: str, entropy: Callable[[int], bytes] = os.urandom) -> bytes:
    """Return the row sealed for whoever holds the pass: nonce (12), ciphertext and tag (16)."""
    nonce = entropy(_NONCE)
    plain = row.model_dump_json().encode()
    return nonce + _cipher(pass_code).encrypt(nonce, plain, passcode.row_key(pass_code))


def open_row(sealed: bytes, pass_code: str) -> DayRow:
    """Return the row; raises Corrupt when it is of another pass, altered or of another version."""
    try:
        about = passcode.row_key(pass_code)
        plain = _cipher(pass_code).decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
        return DayRow.model_validate_json(plain)
    except (InvalidTag, ValueError):  # ValidationError is a ValueError, and would quote the row
        raise Corrupt("a row of the day cache cannot be opened") from None


def _cipher(pass_code: str) -> AESGCM:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=_INFO)
    return AESGCM(derive.derive(pass_code.encode("ascii")))
