"""The desk's tables, as SQLAlchemy sees them; `migrations/` holds how they came to be."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC also where the database knows no zones (SQLite)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; hand UTC to the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the time back as aware UTC."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC))


def _key(name: str, length: int = 200) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), primary_key=True)


def _text(name: str, *, index: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False, server_default="", index=index)


def _number(name: str, *, index: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, nullable=False, server_default="0", index=index)


def _flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def _moment(name: str, *, optional: bool = False, index: bool = False) -> "sa.Column[datetime]":
    return sa.Column(name, Moment, nullable=optional, index=index)


COUNTERS = sa.Table("counters", METADATA, _key("name"), _number("value"))

PATIENTS = sa.Table(
    "patients",
    METADATA,
    _key("id"),
    _text("family"),
    _text("given"),
    sa.Column("birth_date", sa.Date),
    _text("name_to_use"),
    _text("phone"),
    _text("language"),
    sa.Column("needs", sa.JSON, nullable=False),
    sa.Column("modes", sa.JSON, nullable=False),
)

APPOINTMENTS = sa.Table(
    "appointments",
    METADATA,
    _key("id"),  # the practice's own
    sa.Column("patient", sa.ForeignKey("patients.id"), nullable=False, index=True),
    _moment("start"),
    sa.Column("day", sa.Date, nullable=False, index=True),  # in the practice's zone
    _number("minutes"),
    _text("site"),
    _text("status"),  # what the schedule says
    _text("visit"),  # what the fold says, kept for the day list and for identifying
    _text("practitioner"),
    _text("location"),
    _text("service"),
    _text("origin"),  # file, sample or connector
    _number("generation"),  # of its pass
    _flag("gone"),  # pruned from the schedule
    _number("changed", index=True),  # value of the counter "book" at its last change
)

PASSES = sa.Table(
    "passes",
    METADATA,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),  # of the pass, which is never kept
    sa.Column("appointment", sa.ForeignKey("appointments.id"), nullable=False, index=True),
    _number("generation"),
    _text("site"),  # printed in it, also after the appointment moves elsewhere
    _flag("revoked"),
)

EVENTS = sa.Table(
    "events",
    METADATA,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Uuid, nullable=False, unique=True),
    _text("type"),
    _text("source"),
    sa.Column("subject", sa.Uuid, nullable=False, index=True),
    _moment("time"),
    _text("sequence"),
    sa.Column("clockoffset", sa.BigInteger, nullable=False),
    _moment("received", index=True),
    _text("appointment", index=True),  # of the data, when it names one
    _text("about", index=True),  # the session or event that a staff action is about
    sa.Column("digest", sa.LargeBinary(32), nullable=False),
    _text("data"),  # JSON, escaped to ASCII
    sqlite_autoincrement=True,
)

REFUSALS = sa.Table(
    "refusals",
    METADATA,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
    _text("device"),
    _text("type"),
    _text("code"),
    _moment("received", index=True),
)

DEVICES = sa.Table(
    "devices",
    METADATA,
    _key("id", 64),
    sa.Column("public_key", sa.JSON, nullable=False),
    _text("label"),
    _text("site"),
    _text("hardware"),
    _text("version"),
    _flag("revoked"),
    _moment("enrolled"),
    _moment("last_seen", optional=True),
    sa.Column("health", sa.JSON, nullable=False),
)

ENROLMENT_CODES = sa.Table(
    "enrolment_codes",
    METADATA,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),
    _text("label"),
    _text("site"),
    _moment("expires"),
    _number("tries"),
)

USERS = sa.Table(
    "users", METADATA, _key("name", 64), _text("hash"), _text("roles"), _flag("disabled")
)

SESSIONS = sa.Table(
    "sessions",
    METADATA,
    sa.Column("hash", sa.LargeBinary(32), primary_key=True),
    sa.Column("user", sa.ForeignKey("users.name"), nullable=False, index=True),
    _text("csrf"),
    _moment("expires"),
)

PASSING_ON = sa.Table(
    "passing_on",
    METADATA,
    _key("appointment"),
    _text("wanted"),  # FHIR R4 AppointmentStatus
    _number("version"),  # raised with each new wish, so that an old answer settles nothing
    _text("state"),  # waiting, done or parked
    _number("tries"),
    _moment("next_try"),
    _text("code"),
)

TRIES = sa.Table(
    "tries",
    METADATA,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("key", sa.String(200), nullable=False),
    _moment("at", index=True),
    sa.Index("ix_tries_kind_key", "kind", "key"),
)

SEEN_TOKENS = sa.Table("seen_tokens", METADATA, _key("jti"), _moment("expires", index=True))
