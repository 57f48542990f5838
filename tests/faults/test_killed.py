"""SIGKILL at any moment: what was promised is there, and nothing is half there."""

import random
import time
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from backend.clocks import RealClock
from backend.little_desk import LittleDesk, serving
from outbox.hands import arrival

from kiosk.backend import folder
from kiosk.backend.folder import Folder
from kiosk.courier.enrol import enrol
from kiosk.outbox.sealer import KeyFileSealer
from kiosk.outbox.store import Outbox

from .programs import start

CLOCK = RealClock()


def _box(files: Folder) -> Outbox:
    sealer = KeyFileSealer.at(files.outbox_key)
    return Outbox(files.outbox, sealer, "/kiosks/k1", CLOCK)


def test_between_any_two_statements_an_operation_is_done_or_not_begun(tmp_path: Path) -> None:
    with start("dying", str(tmp_path)) as program:
        lines = (program.communicate()[0]).splitlines()
    assert program.returncode == 0
    assert [line for line in lines if "HALF" in line] == []
    ends = {line.split()[0]: line.split()[2] for line in lines}
    assert ends == dict.fromkeys(
        ("record", "close_open", "mark", "retry", "purge", "hurry"), "after"
    ) | {"hurry": ends["hurry"]}
    assert sum(line.endswith("before") for line in lines) > 20


@pytest.mark.slow
def test_every_event_whose_id_was_printed_survives_thirty_kills(tmp_path: Path) -> None:
    files, chance = Folder(tmp_path), random.Random(7)
    promised: list[str] = []
    for _ in range(30):
        with start("recording", str(tmp_path)) as program:
            assert program.stdout is not None
            promised += program.stdout.readline().split()
            time.sleep(chance.uniform(0, 0.2))
            program.kill()
            rest = program.stdout.read()
            promised += rest[: rest.rfind("\n") + 1].split()
    due = _box(files).due(CLOCK.now(), 1_000_000)
    kept = [str(each.id) for each in due]
    assert set(promised) <= set(kept)
    assert len(kept) == len(set(kept))
    assert len(kept) % 2 == 0  # two events a turn, never one of them
    assert len(kept) - len(promised) <= 2 * 30  # committed, but killed before it was said
    sequences = [each.sequence for each in due]
    assert sequences == sorted(set(sequences))
    assert _box(files).set_aside == ()


@pytest.mark.slow
def test_a_courier_killed_again_and_again_delivers_everything_exactly_once(tmp_path: Path) -> None:
    files, chance = Folder(tmp_path), random.Random(11)
    recorded: list[UUID] = []
    with serving(LittleDesk()) as desk:
        enrol(files, CLOCK, address=desk.address, ca_pin="", code="GOODCODE", label="Lobby")
        assert folder.device(files).device == "k1"
        box = _box(files)
        for _ in range(12):
            recorded += [id for _ in range(20) for id in box.record(uuid4(), [arrival()])]
            desk.modes["/events"].extend(chance.choices(["", "lost", "half", "500"], k=3))
            with start("carrying", str(tmp_path)) as program:
                time.sleep(chance.uniform(0.6, 1.6))
                program.kill()
        desk.modes.clear()
        with start("carrying", str(tmp_path)) as program:
            _until_empty(box)
            program.kill()
    assert set(map(UUID, desk.events)) == set(recorded)
    assert len(desk.events) == len(recorded) == 240
    assert box.counts(CLOCK.now()).parked == 0


def _until_empty(box: Outbox) -> None:
    for _ in range(400):
        if box.counts(CLOCK.now()).pending == 0:
            return
        time.sleep(0.05)
    pytest.fail("the queue never became empty")
