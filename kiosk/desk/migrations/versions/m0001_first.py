"""The first tables: schedule, passes, facts, devices, staff, and what waits to be passed on."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of the first release."""
    _schedule()
    _facts()
    _devices()
    _staff()
    _limits()


def _schedule() -> None:
    op.create_table("counters", _key("name"), _number("value"))
    op.create_table(
        "patients",
        _key("id"),
        *map(_text, ("family", "given")),
        sa.Column("birth_date", sa.Date),
        *map(_text, ("name_to_use", "phone", "language")),
        *map(_json, ("needs", "modes")),
    )
    op.create_table(
        "appointments",
        _key("id"),
        _to("patient", "patients.id", "fk_appointments_patient"),
        _moment("start"),
        sa.Column("day", sa.Date, nullable=False),
        _number("minutes"),
        *map(_text, ("site", "status", "visit", "practitioner", "location", "service", "origin")),
        _number("generation"),
        _flag("gone"),
        _number("changed"),
    )
    _index("appointments", "patient", "day", "changed")
    op.create_table(
        "passes",
        _hash("hash"),
        _to("appointment", "appointments.id", "fk_passes_appointment"),
        _number("generation"),
        _text("site"),
        _flag("revoked"),
    )
    _index("passes", "appointment")


def _facts() -> None:
    op.create_table(
        "events",
        _row(),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        *map(_text, ("type", "source")),
        sa.Column("subject", sa.Uuid, nullable=False),
        _moment("time"),
        _text("sequence"),
        sa.Column("clockoffset", sa.BigInteger, nullable=False),
        _moment("received"),
        *map(_text, ("appointment", "about")),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        _text("data"),
        sqlite_autoincrement=True,
    )
    _index("events", "subject", "received", "appointment", "about")
    op.create_table(
        "refusals", _row(), *map(_text, ("device", "type", "code")), _moment("received")
    )
    _index("refusals", "received")
    op.create_table(
        "passing_on",
        _key("appointment"),
        _text("wanted"),
        _number("version"),
        _text("state"),
        _number("tries"),
        _moment("next_try"),
        _text("code"),
    )


def _devices() -> None:
    op.create_table(
        "devices",
        _key("id", 64),
        _json("public_key"),
        *map(_text, ("label", "site", "hardware", "version")),
        _flag("revoked"),
        _moment("enrolled"),
        _moment("last_seen", optional=True),
        _json("health"),
    )
    op.create_table(
        "enrolment_codes",
        _hash("hash"),
        *map(_text, ("label", "site")),
        _moment("expires"),
        _number("tries"),
    )


def _staff() -> None:
    op.create_table("users", _key("name", 64), *map(_text, ("hash", "roles")), _flag("disabled"))
    op.create_table(
        "sessions",
        _hash("hash"),
        _to("user", "users.name", "fk_sessions_user", 64),
        _text("csrf"),
        _moment("expires"),
    )
    _index("sessions", "user")


def _limits() -> None:
    op.create_table(
        "tries",
        _row(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        _moment("at"),
    )
    _index("tries", "at")
    op.create_index("ix_tries_kind_key", "tries", ["kind", "key"])
    op.create_table("seen_tokens", _key("jti"), _moment("expires"))
    _index("seen_tokens", "expires")


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _key(name: str, length: int = 200) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(length), primary_key=True)


def _hash(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.LargeBinary(32), primary_key=True)


def _row() -> "sa.Column[Any]":
    return sa.Column("row", sa.Integer, primary_key=True, autoincrement=True)


def _to(name: str, target: str, constraint: str, length: int = 200) -> "sa.Column[Any]":
    key = sa.ForeignKey(target, name=constraint)
    return sa.Column(name, sa.String(length), key, nullable=False)


def _text(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _json(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.JSON, nullable=False)


def _number(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _flag(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def _moment(name: str, *, optional: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)
