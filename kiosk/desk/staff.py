"""Staff: who they are, how they log in, and how long a login lasts."""

import hashlib
import re
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy.engine import Connection

from kiosk.desk import guesses
from kiosk.desk.database import Database
from kiosk.desk.guesses import Locked
from kiosk.desk.tables import SESSIONS, USERS
from kiosk.domain.passcode import ALPHABET
from kiosk.errors import ConfigError

ROLES = ("front-desk", "manager", "it")
FIRST_USER = "front-desk"
SHORTEST = 10  # characters of a password (NIST SP 800-63B asks for 8 or more)
LIVES = timedelta(hours=12)
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")  # it becomes part of an event's source
_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Member:
    """A logged-in member of staff; `csrf` must come back in X-CSRF-Token with every change."""

    user: str
    roles: frozenset[str]
    csrf: str


@dataclass(frozen=True, slots=True)
class Login:
    """A fresh login: the cookie's value, shown once, and who it is."""

    token: str
    member: Member


# Each hash takes 64 MiB: a flood of logins must not take the memory that check-ins need.
_HASHING = threading.BoundedSemaphore(2)
_PATIENCE = 3.0  # s


def knock(database: Database, user: str, address: str, now: datetime) -> Locked | float:
    """Return for how many seconds to hold `login` back, or Locked. Raises StorageError."""
    return database.write(lambda conn: guesses.reserve(conn, _name(user), address, now))


def login(
    database: Database, user: str, password: str, address: str, now: datetime
) -> Login | Locked | None:
    """Open a session for who came from `address` and knocked.

    None for a wrong name or password, which take the same time. Raises StorageError.
    """
    name = _name(user)
    with database.read() as conn:
        row = conn.execute(sa.select(USERS).where(USERS.c.name == name, ~USERS.c.disabled))
        found = row.mappings().first()
    if not _HASHING.acquire(timeout=_PATIENCE):
        return Locked(1)
    try:
        right = verified(found["hash"] if found else _nobody(), password)
    finally:
        _HASHING.release()
    if found is None or not right:
        return None
    roles = frozenset(found["roles"].split(","))

    def opened(conn: Connection) -> Login:
        guesses.forget(conn, name, address)
        return open_session(conn, name, roles, now)

    return database.write(opened)


def verified(stored: str, password: str) -> bool:
    """Whether the password is the one that was stored (argon2id, about 50 ms)."""
    try:
        return _HASHER.verify(stored, password[:1000])
    except (Argon2Error, InvalidHashError):
        return False


def open_session(conn: Connection, name: str, roles: frozenset[str], now: datetime) -> Login:
    """Open a session for somebody whose identity is proven."""
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    conn.execute(SESSIONS.delete().where(SESSIONS.c.expires <= now))
    values = {"hash": _hash(token), "user": name, "csrf": csrf, "expires": now + LIVES}
    conn.execute(SESSIONS.insert().values(values))
    return Login(token, Member(name, roles, csrf))


def member(conn: Connection, token: str, now: datetime) -> Member | None:
    """Return whose cookie this is."""
    found = (
        sa.select(SESSIONS, USERS.c.roles)
        .join_from(SESSIONS, USERS)
        .where(SESSIONS.c.hash == _hash(token), SESSIONS.c.expires > now, ~USERS.c.disabled)
    )
    row = conn.execute(found).mappings().first()
    return Member(row["user"], frozenset(row["roles"].split(",")), row["csrf"]) if row else None


def logout(conn: Connection, token: str) -> None:
    """Close a session."""
    conn.execute(SESSIONS.delete().where(SESSIONS.c.hash == _hash(token)))


def put(conn: Connection, user: str, password: str, roles: tuple[str, ...] = ()) -> None:
    """Add a user, or give one a new password, which closes all of their sessions.

    Raises ConfigError for a name, password or role that will not do.
    """
    name = user.strip().lower()
    if not _NAME.fullmatch(name):
        raise ConfigError("a user's name is letters, digits, dot, dash and underscore, at most 64")
    if len(password) < SHORTEST:
        raise ConfigError(f"a password has at least {SHORTEST} characters")
    if not set(roles) <= set(ROLES):
        raise ConfigError(f"roles are {', '.join(ROLES)}")
    values = {"hash": _HASHER.hash(password)}
    if roles:
        values["roles"] = ",".join(roles)
    if conn.execute(USERS.update().where(USERS.c.name == name).values(values)).rowcount == 0:
        conn.execute(USERS.insert().values({"roles": FIRST_USER} | values | {"name": name}))
    conn.execute(SESSIONS.delete().where(SESSIONS.c.user == name))
    guesses.forget_all(conn, name)


def exists(conn: Connection, user: str = "") -> bool:
    """Whether there is this user, or any at all."""
    found = sa.select(USERS.c.name).limit(1)
    return conn.execute(found.where(USERS.c.name == user) if user else found).first() is not None


def new_password() -> str:
    """Make a password that can be read out: four groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4)).lower()


@cache
def _nobody() -> str:
    """What the password of an unknown name is checked against, so that it takes as long."""
    return _HASHER.hash(secrets.token_urlsafe(16))


def _name(user: str) -> str:
    return user.strip().lower()[:64]


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
