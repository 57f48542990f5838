"""A program that kills a child of its own at every SQL statement of every operation.

For each operation and each of its statements: copy the prepared folder, fork, die by SIGKILL just
before that statement, and look at what a new process finds. Prints one line an attempt:
operation, statement number, events before, after, when done.
"""

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from outbox.hands import NOON, SESSION, HandClock, answers, arrival, started

from kiosk.domain.event import Reply
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox


class Mortal(sqlite3.Connection):
    """A connection that kills its process before a chosen statement."""

    left = 1_000_000

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        type(self).left -= 1
        if type(self).left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(sql, *values)  # type: ignore[arg-type]


def _open(folder: Path, kind: type[sqlite3.Connection] = sqlite3.Connection) -> Outbox:
    sealer = KeyFileSealer.at(folder / "outbox.key")
    return Outbox(folder / "outbox.db", sealer, "/kiosks/k1", HandClock(), connection=kind)


def _state(folder: Path) -> tuple[object, ...]:
    outbox = _open(folder)
    due = [str(each.id) for each in outbox.due(NOON + timedelta(hours=1), 100)]
    parked = [(str(each.id), each.code) for each in outbox.parked()]
    found = (len(due), len(parked), len(outbox.set_aside))
    outbox.close()
    with sqlite3.connect(folder / "outbox.db") as db:
        whole = db.execute("PRAGMA integrity_check").fetchone()[0]
        rows = db.execute("SELECT state, tries, code FROM event ORDER BY sequence").fetchall()
        opened = db.execute("SELECT count(*) FROM opened").fetchone()[0]
    db.close()
    return (*found, whole, tuple(rows), opened)


def _mark(outbox: Outbox) -> None:
    first, second = outbox.due(NOON, 2)
    refused = Reply(id=second.id, outcome="refused", code="no")
    outbox.mark([Reply(id=first.id, outcome="accepted"), refused], NOON)


def _retry(outbox: Outbox) -> None:
    ids = [each.id for each in outbox.due(NOON, 3)]
    outbox.retry_at(ids, NOON + timedelta(seconds=5), "status 500")


OPERATIONS: dict[str, Callable[[Outbox], object]] = {
    "record": lambda box: box.record(SESSION, [arrival("x"), answers(), arrival("y")]),
    "close_open": lambda box: box.close_open(NOON),
    "mark": _mark,
    "retry": _retry,
    "purge": lambda box: box.purge(NOON + timedelta(days=40)),
    "hurry": lambda box: box.hurry(),
}


def _die(folder: Path, name: str, at: int) -> bool:
    """Run one operation in a child that dies before statement `at`; whether it died."""
    child = os.fork()
    if child == 0:
        outbox = _open(folder, Mortal)
        Mortal.left = at
        OPERATIONS[name](outbox)
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def main(home: Path) -> None:
    base = home / "base"
    base.mkdir()
    outbox = _open(base)
    outbox.record(SESSION, [started(), arrival("a"), arrival("b"), arrival("c")])
    delivered = Reply(id=outbox.due(NOON, 1)[0].id, outcome="accepted")
    outbox.mark([delivered], NOON)
    outbox.close()
    before = _state(base)
    for name in OPERATIONS:
        done = home / f"{name}-done"
        shutil.copytree(base, done)
        _die(done, name, 1_000_000)
        after = _state(done)
        for at in range(1000):
            folder = home / f"{name}-{at}"
            shutil.copytree(base, folder)
            died = _die(folder, name, at)
            found = _state(folder)
            kind = {before: "before", after: "after"}.get(found, f"HALF {found}")
            sys.stdout.write(f"{name} {at} {kind}\n")
            if not died:
                break


if __name__ == "__main__":
    main(Path(sys.argv[1]))
