"""Forget what the practice need not keep any longer."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.desk import ledger, tries
from kiosk.desk.policy import Policy
from kiosk.desk.tables import APPOINTMENTS, PASSES, PASSING_ON, PATIENTS, SEEN_TOKENS
from kiosk.log import fact


def tidy(conn: Connection, policy: Policy, retention_days: int, now: datetime) -> str:
    """Delete facts, appointments and patients older than the retention; returns a log line."""
    before = now - timedelta(days=retention_days)
    facts = ledger.forget(conn, before)
    tries.forget(conn, now - timedelta(days=2))
    conn.execute(SEEN_TOKENS.delete().where(SEEN_TOKENS.c.expires < now))
    day = policy.today(before)
    old = sa.select(APPOINTMENTS.c.id).where(APPOINTMENTS.c.day < day)
    conn.execute(PASSES.delete().where(PASSES.c.appointment.in_(old)))
    conn.execute(PASSING_ON.delete().where(PASSING_ON.c.appointment.in_(old)))
    gone = conn.execute(APPOINTMENTS.delete().where(APPOINTMENTS.c.day < day)).rowcount
    booked = sa.select(APPOINTMENTS.c.patient)
    conn.execute(PATIENTS.delete().where(PATIENTS.c.id.not_in(booked)))
    return fact("desk.tidy", facts=facts, appointments=gone)
