"""Make the pass of an appointment, and the names under which the desk and the day cache keep it."""

import hashlib
import hmac

from kiosk.domain.passcode import from_digest, row_key

__all__ = ["KEY_BYTES", "make", "row_key", "stored_hash"]

KEY_BYTES = 32
"""Length of the desk's pass key, which lies outside the database and its backup."""


def make(key: bytes, appointment: str, generation: int, site: str) -> str:
    """Return the pass of an appointment: the same for the same generation, so it can be reprinted.

    Revoking or replacing a pass raises the generation. Raises ValueError for a key that is not 32
    bytes, a negative generation, or a site that is not two base-32 characters.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"the pass key is {KEY_BYTES} bytes")
    if generation < 0:
        raise ValueError("generations count from 0")
    about = f"{appointment}\x1f{generation}".encode()
    return from_digest(site, hmac.digest(key, about, hashlib.sha256))


def stored_hash(code: str) -> bytes:
    """Return what the desk's database keeps in place of a pass: SHA-256("desk" ‖ pass), 32 bytes.

    It finds the appointment of a pass that is shown, and proves nothing to anybody else: a pass
    cannot be made from it, and it is another hash than the day cache's `row_key`, so a copied
    database does not tell which sealed row of a kiosk is whose.
    """
    return hashlib.sha256(b"desk" + code.encode("ascii")).digest()
