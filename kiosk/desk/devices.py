"""Enrolled kiosks: how one gets in, how it is, and how it is thrown out."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from sqlalchemy.engine import Connection, RowMapping

from kiosk.backend.wire import EnrolmentRequest, Heartbeat
from kiosk.desk import counters, tries
from kiosk.desk.boardstate import Device
from kiosk.desk.tables import DEVICES, ENROLMENT_CODES
from kiosk.domain.passcode import ALPHABET
from kiosk.errors import Busy

CODE_LENGTH = 8
CODE_LIVES = timedelta(minutes=10)
MOST_TRIES = 5  # wrong codes that any living code survives
_FIND = sa.select(DEVICES).where(DEVICES.c.id == sa.bindparam("wanted"), ~DEVICES.c.revoked)
_TRUSTED = sa.select(DEVICES.c.id).where(
    DEVICES.c.id.in_(sa.bindparam("wanted", expanding=True)), ~DEVICES.c.revoked
)
_MOST_ATTEMPTS, _ATTEMPTS_SPAN = 20, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Code:
    """A living one-time code."""

    label: str
    site: str


def new_code(conn: Connection, label: str, site: str, now: datetime) -> str:
    """Make a one-time code for one kiosk; only its hash is kept."""
    conn.execute(ENROLMENT_CODES.delete().where(ENROLMENT_CODES.c.expires <= now))
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    values = {"hash": _hash(code), "label": label, "site": site, "expires": now + CODE_LIVES}
    conn.execute(ENROLMENT_CODES.insert().values(values))
    return code


def enrol(conn: Connection, request: EnrolmentRequest, now: datetime) -> Device | str:
    """Swap a code for a place at the desk; a refusal is its code.

    Every wrong code counts against all living ones: after five they are worthless. Raises Busy
    when too many were tried.
    """
    if tries.count(conn, "enrol", "", now - _ATTEMPTS_SPAN) >= _MOST_ATTEMPTS:
        raise Busy(_ATTEMPTS_SPAN.total_seconds())
    key = public_key(request.public_key)
    if key is None:
        return "bad-key"
    code = _take(conn, request.code.strip().upper(), now)
    if code is None:
        tries.failed(conn, "enrol", "", now)
        conn.execute(ENROLMENT_CODES.update().values(tries=ENROLMENT_CODES.c.tries + 1))
        return "bad-code"
    device = Device("k-" + secrets.token_hex(5), code.label or request.label, code.site, now)
    conn.execute(
        DEVICES.insert().values(
            id=device.id,
            public_key=key,
            label=device.label[:80],
            site=device.site,
            hardware=request.hardware[:200],
            version=request.version[:80],
            enrolled=now,
            health={},
        )
    )
    counters.next_change(conn)
    return device


def public_key(jwk: object) -> dict[str, str] | None:
    """Return the public half of an Ed25519 key, None for anything else."""
    if not isinstance(jwk, dict) or jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
        return None
    kept = {name: str(jwk.get(name, "")) for name in ("kty", "crv", "x")}
    try:
        OKPKey.import_key({**kept}).public_key.public_bytes_raw()
    except (JoseError, ValueError, TypeError, AttributeError):
        return None
    return kept


def listed(conn: Connection) -> list[Device]:
    """Return every kiosk that is still trusted."""
    rows = conn.execute(sa.select(DEVICES).where(~DEVICES.c.revoked).order_by(DEVICES.c.label))
    return [_device(row) for row in rows.mappings()]


def find(conn: Connection, device: str) -> tuple[Device, dict[str, str]] | None:
    """Return a kiosk that is still trusted, and its public key."""
    row = conn.execute(_FIND, {"wanted": device}).mappings().first()
    return (_device(row), row["public_key"]) if row else None


def trusted(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Return which of these kiosks are still trusted."""
    return set(conn.scalars(_TRUSTED, {"wanted": list(ids)}))


def revoke(conn: Connection, device: str) -> bool:
    """Trust a kiosk no more, from its next request on; whether there was one."""
    found = DEVICES.update().where(DEVICES.c.id == device, ~DEVICES.c.revoked)
    counters.next_change(conn)
    return conn.execute(found.values(revoked=True)).rowcount > 0


def heard(conn: Connection, device: str, beat: Heartbeat, now: datetime) -> None:
    """Keep how a kiosk is."""
    health = beat.model_dump(mode="json", exclude={"device"})
    if len(json.dumps(health)) > 4000:
        health.pop("screen", None)
    values = {"last_seen": now, "health": health, "version": beat.version[:80]}
    conn.execute(DEVICES.update().where(DEVICES.c.id == device).values(values))
    counters.next_change(conn)


def _take(conn: Connection, code: str, now: datetime) -> Code | None:
    """Use up a code, if it lives."""
    row = ENROLMENT_CODES.c.hash == _hash(code)
    alive = (ENROLMENT_CODES.c.expires > now) & (ENROLMENT_CODES.c.tries < MOST_TRIES)
    found = conn.execute(sa.select(ENROLMENT_CODES).where(row, alive)).mappings().first()
    if found is None:
        return None
    conn.execute(ENROLMENT_CODES.delete().where(row))
    return Code(found["label"], found["site"])


def _hash(code: str) -> bytes:
    return hashlib.sha256(b"enrol" + code.encode()).digest()


def _device(row: RowMapping) -> Device:
    health = row["health"] or {}
    return Device(
        id=row["id"],
        label=row["label"],
        site=row["site"],
        enrolled=row["enrolled"],
        last_seen=row["last_seen"],
        queue=int(health.get("queue", 0)),
        parked=int(health.get("parked", 0)),
    )
