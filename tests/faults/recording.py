"""A program that records events for ever and prints each batch's ids once they are committed."""

import sys
from pathlib import Path
from uuid import uuid4

from backend.clocks import RealClock
from outbox.hands import arrival, started

from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox


def main(folder: Path) -> None:
    sealer = KeyFileSealer.at(folder / "outbox.key")
    outbox = Outbox(folder / "outbox.db", sealer, "/kiosks/k1", RealClock())
    while True:
        ids = outbox.record(uuid4(), [started(), arrival()])
        sys.stdout.write(" ".join(map(str, ids)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
