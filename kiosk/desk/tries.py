"""Failures that were counted, so that guessing stays slow; functions for the writer's jobs."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.desk.tables import TRIES


def failed(conn: Connection, kind: str, key: str, at: datetime) -> None:
    """Count one failure."""
    conn.execute(TRIES.insert().values(kind=kind, key=key[:200], at=at))


def count(conn: Connection, kind: str, key: str, since: datetime) -> int:
    """Return how many failures happened at or after `since`."""
    found = sa.select(sa.func.count()).select_from(TRIES)
    return conn.execute(found.where(_about(kind, key), TRIES.c.at >= since)).scalar() or 0


def count_below(conn: Connection, kind: str, prefix: str, since: datetime) -> int:
    """Return how many failures with a key that begins so happened at or after `since`."""
    found = sa.select(sa.func.count()).select_from(TRIES)
    return conn.execute(found.where(_below(kind, prefix), TRIES.c.at >= since)).scalar() or 0


def latest(conn: Connection, kind: str, key: str, since: datetime) -> datetime | None:
    """Return when the newest failure since `since` happened."""
    found = sa.select(TRIES.c.at).where(_about(kind, key), TRIES.c.at >= since)
    return conn.execute(found.order_by(TRIES.c.at.desc())).scalars().first()


def clear(conn: Connection, kind: str, key: str) -> None:
    """Forget the failures after a success."""
    conn.execute(TRIES.delete().where(_about(kind, key)))


def clear_below(conn: Connection, kind: str, prefix: str) -> None:
    """Forget the failures with a key that begins so."""
    conn.execute(TRIES.delete().where(_below(kind, prefix)))


def forget(conn: Connection, before: datetime) -> None:
    """Delete everything counted before `before`."""
    conn.execute(TRIES.delete().where(TRIES.c.at < before))


def _about(kind: str, key: str) -> "sa.ColumnElement[bool]":
    return (TRIES.c.kind == kind) & (TRIES.c.key == key[:200])


def _below(kind: str, prefix: str) -> "sa.ColumnElement[bool]":
    return (TRIES.c.kind == kind) & TRIES.c.key.startswith(prefix, autoescape=True)
