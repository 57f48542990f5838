"""Secrets that lie beside the database, never in it: files only the desk's user can read."""

import os
import secrets
from pathlib import Path

from kiosk.errors import StorageError
from kiosk.passes.make import KEY_BYTES


def pass_key(data: Path) -> bytes:
    """Return the key of the passes, made at the first start. Raises StorageError.

    A lost key makes every printed pass worthless: IT keeps a copy apart from the backups.
    """
    path = data / "keys" / "pass.key"
    try:
        if not path.exists():
            keep(path, secrets.token_bytes(KEY_BYTES))
        key = path.read_bytes()
    except OSError as fault:
        raise StorageError(f"{path}: {fault.strerror}") from None
    if len(key) != KEY_BYTES:
        raise StorageError(f"{path}: is not a key of {KEY_BYTES} bytes")
    return key


def keep(path: Path, content: bytes) -> None:
    """Write a secret so that it is whole or not there, readable by this user only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
