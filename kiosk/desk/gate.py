"""How the desk knows a kiosk on every request: private-key JWT (RFC 7523, EdDSA)."""

import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry
from sqlalchemy.engine import Connection

from kiosk.desk import devices
from kiosk.desk.boardstate import Device
from kiosk.desk.database import Database
from kiosk.desk.tables import SEEN_TOKENS
from kiosk.errors import NotEnrolled

_LONGEST_TOKEN = timedelta(minutes=5)
_LEEWAY = timedelta(seconds=30)
_SAVE = SEEN_TOKENS.insert().prefix_with("OR IGNORE", dialect="sqlite")
_MOST_SEEN = 10_000  # tokens in memory before the expired ones are dropped
_ALGORITHMS = {"EdDSA", "Ed25519"}
_BROKEN = (JoseError, ValueError, TypeError, RecursionError)


class _OnlyEd25519(JWSRegistry):
    """Knows one algorithm by its two names (RFC 8037, RFC 9864); joserfc warns of the older."""

    def get_alg(self, name: str) -> Any:  # joserfc keeps the model's name to itself
        """Return the algorithm. Raises ValueError for any other."""
        if name not in _ALGORITHMS:
            raise ValueError("algorithm")
        return self.algorithms[name]


class Gate:
    """Knows kiosks by their private-key JWT: for this desk, at most 5 minutes, used once."""

    def __init__(self, database: Database, audiences: frozenset[str], now: datetime) -> None:
        self._database = database
        self._audiences = audiences
        self._lock = threading.Lock()
        self._unsaved: list[dict[str, object]] = []
        self._known: dict[str, tuple[Device, OKPKey]] = {}
        with database.read() as conn:
            found = conn.execute(sa.select(SEEN_TOKENS).where(SEEN_TOKENS.c.expires > now))
            self._seen = {row["jti"]: row["expires"] for row in found.mappings()}

    def admit(self, authorization: str, now: datetime) -> Device:
        """Return whose request this is. Raises NotEnrolled, StorageError."""
        device = self.signer(authorization, now)
        with self._database.read() as conn:
            if not devices.trusted(conn, [device.id]):
                raise NotEnrolled("not-enrolled")
        return device

    def signer(self, authorization: str, now: datetime) -> Device:
        """Return whose request this is, for those who look in their own transaction whether that
        kiosk is still trusted. Raises NotEnrolled, StorageError.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not 20 < len(token) < 4096:
            raise NotEnrolled("no-token")
        device, key = self._find(_issuer(token))
        try:
            claims = jwt.decode(token, key, registry=_OnlyEd25519()).claims
        except _BROKEN:
            raise NotEnrolled("bad-token") from None
        self._check(claims, device.id, now)
        return device

    def _find(self, device: str) -> tuple[Device, OKPKey]:
        """Look a kiosk up, once: its key, name and site stay as they were enrolled."""
        known = self._known.get(device)
        if known is None:
            with self._database.read() as conn:
                found = devices.find(conn, device)
            if found is None:
                raise NotEnrolled("not-enrolled")
            key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": found[1]["x"]})
            known = self._known[device] = found[0], key
        return known

    def _check(self, claims: dict[str, Any], device: str, now: datetime) -> None:
        if claims.get("sub") != device or claims.get("aud") not in self._audiences:
            raise NotEnrolled("bad-token")
        issued, expires = _moment(claims.get("iat")), _moment(claims.get("exp"))
        if expires <= now - _LEEWAY or issued > now + _LEEWAY or expires - issued > _LONGEST_TOKEN:
            raise NotEnrolled("token-time")
        jti = claims.get("jti")
        if not isinstance(jti, str) or not 8 <= len(jti) <= 128:
            raise NotEnrolled("bad-token")
        self._once(f"{device} {jti}", expires + _LEEWAY, now)

    def _once(self, jti: str, expires: datetime, now: datetime) -> None:
        """Remember a token until it expires anyway, over a restart too. Raises NotEnrolled."""
        with self._lock:
            if jti in self._seen:
                raise NotEnrolled("token-used")
            if len(self._seen) > _MOST_SEEN:
                self._seen = {one: until for one, until in self._seen.items() if until > now}
            self._seen[jti] = expires
            self._unsaved.append({"jti": jti, "expires": expires})
            first = len(self._unsaved) == 1
        if first:
            self._database.later(self._save)

    def _save(self, conn: Connection) -> None:
        with self._lock:
            unsaved, self._unsaved = self._unsaved, []
        if unsaved:
            conn.execute(_SAVE, unsaved)


def _issuer(token: str) -> str:
    """Read who claims to have signed; nothing is believed before the signature fits."""
    try:
        claims = json.loads(jws.extract_compact(token.encode()).payload)
    except _BROKEN:
        raise NotEnrolled("bad-token") from None
    return str(claims.get("iss", "")) if isinstance(claims, dict) else ""


def _moment(value: object) -> datetime:
    """Read a NumericDate (RFC 7519 §2). Raises NotEnrolled."""
    try:
        return datetime.fromtimestamp(float(str(value)), UTC)
    except (ValueError, OverflowError, OSError):
        raise NotEnrolled("bad-token") from None
