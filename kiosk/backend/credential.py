"""The device's key, and the short-lived token it signs for every request (private-key JWT)."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from kiosk.backend import folder
from kiosk.errors import Corrupt, NotEnrolled, StorageError

ALGORITHM = "EdDSA"
LIFETIME = 120
"""Seconds a token is good for; the desk takes 5 minutes at most."""


class _OnlyEdDSA(JWSRegistry):
    """Knows the one algorithm both sides speak; joserfc warns of the name, not of the signature."""

    def get_alg(self, name: str) -> Any:  # noqa: ARG002 - joserfc's signature
        """Return the algorithm, whatever is asked for."""
        return self.algorithms[ALGORITHM]


@dataclass(frozen=True, slots=True)
class Credential:
    """A device id and its Ed25519 key."""

    device: str
    key: OKPKey = field(repr=False)

    def bearer(self, audience: str, now: datetime, jti: str) -> str:
        """Return a token for one request to `audience`, issued at the aware time `now`."""
        issued = int(now.timestamp())
        claims = {
            "iss": self.device,
            "sub": self.device,
            "aud": audience,
            "iat": issued,
            "exp": issued + LIFETIME,
            "jti": jti,
        }
        header = {"alg": ALGORITHM, "kid": self.key.thumbprint()}
        return jwt.encode(header, claims, self.key, registry=_OnlyEdDSA())


def fresh() -> OKPKey:
    """Make a new Ed25519 key."""
    return OKPKey.generate_key("Ed25519")


def public(key: OKPKey) -> dict[str, str]:
    """Return the public half as a JWK."""
    return {name: str(value) for name, value in key.as_dict(private=False).items()}


def save(key: OKPKey, path: Path) -> None:
    """Write the private key, readable by this user only. Raises StorageError."""
    folder.write(path, key.as_pem(private=True), mode=0o600)


def load(device: str, path: Path) -> Credential:
    """Read the device's key. Raises NotEnrolled when there is none, StorageError, Corrupt."""
    try:
        return Credential(device, OKPKey.import_key(path.read_bytes()))
    except FileNotFoundError:
        raise NotEnrolled("not-enrolled", f"{path} is missing: enrol this device") from None
    except OSError as fault:
        raise StorageError(f"{path}: {fault.strerror}") from None
    except (JoseError, ValueError):
        raise Corrupt(f"{path}: not a private key") from None
