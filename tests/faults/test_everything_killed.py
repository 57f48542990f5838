"""Kiosk, courier and desk die at random; nobody who was thanked is missing or there twice."""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.desk import keys
from kiosk.passes.make import make
from kiosk.tools.stage import Stage

PEOPLE = 200
LOBBY = Path(__file__).with_name("lobby.py")
HEAD = "id,start,minutes,site,practitioner,patient_id,family,given,birth_date,language\n"


def schedule(now: datetime) -> str:
    start = now.replace(second=0, microsecond=0).isoformat()
    rows = (
        f"a{n},{start},15,MA,Dr. Test,p{n},Fiction-{n},Test,{born(n)},en\n" for n in range(PEOPLE)
    )
    return HEAD + "".join(rows)


def born(n: int) -> date:
    return date(1950, 1, 1) + timedelta(days=37 * n)


def write_people(stage: Stage, path: Path) -> None:
    key = keys.pass_key(stage.desk)
    rows = ([f"a{n}", make(key, f"a{n}", 0, "MA"), str(born(n))] for n in range(PEOPLE))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


class Lobby:
    """The three processes, started again each time one is killed."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.folder = stage, folder
        self.thanked = folder / "thanked"
        self.kiosk = self.start_kiosk()
        self.killed: Counter[str] = Counter()

    def start_kiosk(self) -> subprocess.Popen[bytes]:
        words = [str(LOBBY), str(self.stage.device), str(self.folder / "people"), str(self.thanked)]
        return subprocess.Popen([sys.executable, *words])

    def kill(self, name: str) -> None:
        self.killed[name] += 1
        if name == "kiosk":
            self.kiosk.kill()
            self.kiosk.wait()
            self.kiosk = self.start_kiosk()
        else:
            self.stage.restart(name)

    def finished(self) -> bool:
        if self.kiosk.poll() is None:
            return False
        assert self.kiosk.returncode == 0
        return True

    def end(self) -> None:
        self.kiosk.kill()
        self.kiosk.wait()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_arrival_that_was_thanked_for_is_on_the_board_exactly_once(tmp_path: Path) -> None:
    chance = random.Random(4711)
    stage = Stage(tmp_path / "stage", None, sample=False)  # the real time: people come now
    day = tmp_path / "day.csv"
    day.write_text(schedule(stage.clock.now()))
    lobby = None
    try:
        stage.take_in(day)
        stage.start()
        stage.wait_for_rows(PEOPLE)
        write_people(stage, tmp_path / "people")
        lobby = Lobby(stage, tmp_path)
        until = time.monotonic() + 400
        while not lobby.finished():
            assert time.monotonic() < until, "the check-ins do not end"
            time.sleep(chance.uniform(0.3, 1.5))
            lobby.kill(chance.choice(["kiosk", "kiosk", "courier", "desk"]))
        check(stage, lobby)
    finally:
        if lobby:
            lobby.end()
        stage.stop()


def check(stage: Stage, lobby: Lobby) -> None:
    thanked = lobby.thanked.read_text().split()
    assert len(thanked) == len(set(thanked)) == PEOPLE
    assert min(lobby.killed[name] for name in ("kiosk", "courier", "desk")) >= 2
    stage.wait_for_delivery()
    here = Counter(
        card["appointment"]
        for column in stage.reception.board()["columns"]
        for card in column["cards"]
        if card["status"] in {"arrived", "checked-in"}
    )
    missing = set(thanked) - set(here)
    doubled = {name for name, times in here.items() if times > 1}
    assert (missing, doubled) == (set(), set())
