"""Seal small records at rest with AES-256-GCM and keys from a file (`domain.ports.Sealer`).

A sealed record is: key id (1 byte), nonce (12), ciphertext and tag (16). The key file holds one or
more keys, each an id byte and 32 bytes; the last one seals, all of them unseal, so a key can be
rotated by appending another.
"""

import contextlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.errors import Corrupt, StorageError

Entropy = Callable[[int], bytes]
_KEY = 32
_NONCE = 12
_ENTRY = 1 + _KEY


class KeyFileSealer:
    """A Sealer whose keys are held in memory, read once from a file."""

    def __init__(self, keys: Mapping[int, bytes], entropy: Entropy = os.urandom) -> None:
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._current = list(keys)[-1]
        self._entropy = entropy

    @classmethod
    def at(cls, path: Path, entropy: Entropy = os.urandom, mode: int = 0o600) -> "KeyFileSealer":
        """Open the key file, made with one fresh key and `mode` when there is none.

        Raises StorageError when it can be neither read nor made, Corrupt when it is no key file.
        """
        try:
            if not path.exists():
                _create(path, b"\x01" + entropy(_KEY), mode, entropy)
            raw = path.read_bytes()
        except OSError as fault:
            raise StorageError(f"{path}: {fault.strerror}") from None
        return cls(_parsed(raw, path), entropy)

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """Return `plain` sealed and bound to `about`."""
        nonce = self._entropy(_NONCE)
        sealed = self._ciphers[self._current].encrypt(nonce, plain, about)
        return bytes([self._current]) + nonce + sealed

    def unseal(self, sealed: bytes, about: bytes) -> bytes:
        """Return the plain record; raises Corrupt when altered or about something else."""
        cipher = self._ciphers.get(sealed[0]) if sealed else None
        if cipher is None or len(sealed) < 1 + _NONCE + 16:
            raise Corrupt("a sealed record has an unknown key or is too short")
        try:
            return cipher.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], about)
        except InvalidTag:
            raise Corrupt("a sealed record fails its seal") from None


def _parsed(raw: bytes, path: Path) -> dict[int, bytes]:
    if not raw or len(raw) % _ENTRY:
        raise Corrupt(f"{path}: not a key file")
    entries = [raw[at : at + _ENTRY] for at in range(0, len(raw), _ENTRY)]
    return {entry[0]: entry[1:] for entry in entries}


def _create(path: Path, content: bytes, mode: int, entropy: Entropy) -> None:
    """Make the file whole or not at all; of two processes that try, the first one wins."""
    draft = path.with_name(f"{path.name}.{entropy(8).hex()}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
