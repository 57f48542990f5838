"""Three numbers of the database: changes in all (the board's version), changes in the book, and the
number drawn when the database was made. Functions take the connection of a running transaction.
"""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.desk.tables import COUNTERS

_NAME = COUNTERS.c.name == sa.bindparam("wanted")
_READ = sa.select(COUNTERS.c.value).where(_NAME)
_RAISE = (
    COUNTERS.update().where(_NAME).values(value=COUNTERS.c.value + 1).returning(COUNTERS.c.value)
)


def next_change(conn: Connection) -> int:
    """Raise the counter of all changes and return it: the board's version."""
    return _raise(conn, "changes")


def next_row(conn: Connection) -> int:
    """Raise the counter of changes in the book, which are changes too, and return it."""
    next_change(conn)
    return _raise(conn, "book")


def changes(conn: Connection) -> int:
    """Return the counter of all changes."""
    return _read(conn, "changes")


def position(conn: Connection) -> int:
    """Return the counter of changes in the book: what kiosks' day lists follow."""
    return _read(conn, "book")


def run(conn: Connection) -> int:
    """Return the number drawn when this database was made, 0 before `mark`."""
    return _read(conn, "run")


def mark(conn: Connection, number: int) -> None:
    """Give a new database its number, so that kiosks notice another one behind an address."""
    if run(conn) == 0:
        conn.execute(COUNTERS.insert().values(name="run", value=number))


def _raise(conn: Connection, name: str) -> int:
    raised = conn.execute(_RAISE, {"wanted": name}).scalar()
    if raised is None:
        conn.execute(COUNTERS.insert().values(name=name, value=1))
    return raised or 1


def _read(conn: Connection, name: str) -> int:
    return int(conn.execute(_READ, {"wanted": name}).scalar() or 0)
