"""A kiosk without a window, to be killed: the product's own conversation, pressed by a list.

Arguments: the data folder, a file with one JSON [appointment, pass, birth date] a line, and a file
that already thanked appointments are appended to, each before the next person begins.
"""

import json
import sys
import time
from datetime import date
from pathlib import Path

from kiosk.bootstrap.conversation import Conversation
from kiosk.bootstrap.run import Station
from kiosk.clock import SystemClock
from kiosk.config import KioskSettings


def step(case: Conversation, *wanted: str) -> str:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        shown = case.tick().step
        if shown in wanted:
            return shown
        time.sleep(0.005)
    raise SystemExit(f"stuck on {case.view().step}, waiting for {wanted}")


def check_in(case: Conversation, code: str, born: date) -> bool:
    step(case, "welcome")
    case.scanned(code)
    step(case, "birth-date")
    for digit in f"{born:%d%m%Y}":
        case.press(f"key-{digit}")
    case.press("next")
    shown = step(case, "still-right", "needs", "done", "outcome", "fault")
    while shown in {"still-right", "needs"}:
        case.press("next")
        shown = step(case, *({"needs", "done", "fault"} - {shown}))
    case.press("finish")
    return shown == "done"


def main() -> None:
    folder, people, thanked = map(Path, sys.argv[1:])
    case = Station(KioskSettings(data=folder), SystemClock(), None).case()
    assert isinstance(case, Conversation)
    already = set(thanked.read_text().split()) if thanked.exists() else set()
    with thanked.open("a", buffering=1) as said:
        for line in people.read_text().splitlines():
            appointment, code, born = json.loads(line)
            if appointment not in already and check_in(case, code, date.fromisoformat(born)):
                said.write(appointment + "\n")


if __name__ == "__main__":
    main()
