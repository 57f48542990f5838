"""Keys, headset and voice as one kiosk has them: who is told, and that all of it ends."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("evdev")

from devices.pipe_keyboard import press

from kiosk.bootstrap.aids import Aids
from kiosk.config import Keypad, KioskSettings, Scanner, Speech
from kiosk.devices.fifo import Fifo
from kiosk.devices.speech import State, Told, Utterance
from kiosk.domain.action import Action
from kiosk.errors import ConfigError

_DOWN, _LOUDER = 108, 13  # KEY_DOWN, KEY_EQUAL
_PATIENCE = 20.0


class Person:
    """Remembers what it is told; `came` is set each time."""

    def __init__(self) -> None:
        self.actions: list[Action] = []
        self.plugged: list[bool] = []
        self.told: list[Told] = []
        self.came = threading.Event()

    def act(self, action: Action) -> None:
        self.actions.append(action)
        self.came.set()

    def headphones(self, plugged: bool) -> None:
        self.plugged.append(plugged)
        self.came.set()

    def heard(self, told: Told) -> None:
        self.told.append(told)
        if told.state is State.FINISHED:
            self.came.set()


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "keys"
    os.mkfifo(path)
    held = os.open(path, os.O_RDWR | os.O_NONBLOCK)  # what is pushed waits for its reader
    yield path
    os.close(held)


@pytest.fixture
def aids(keys: Path) -> Iterator[Aids]:
    made = Aids(KioskSettings(), keys)
    yield made
    made.stop()


def push(keys: Path, data: bytes) -> None:
    pipe = os.open(keys, os.O_RDWR | os.O_NONBLOCK)
    os.write(pipe, data)
    os.close(pipe)


def test_a_key_reaches_the_person(aids: Aids, keys: Path) -> None:
    person = Person()
    aids.start(person)
    push(keys, press(_DOWN, 1.0))
    assert person.came.wait(_PATIENCE)
    assert person.actions == [Action.NEXT]


def test_keys_before_anybody_is_there_are_lost_and_harm_nothing(aids: Aids, keys: Path) -> None:
    push(keys, press(_DOWN, 1.0))
    person = Person()
    aids.start(person)
    push(keys, press(_LOUDER, 2.0))
    assert person.came.wait(_PATIENCE)
    assert Action.LOUDER in person.actions or person.actions == [Action.NEXT]


def test_what_the_voice_does_is_told_to_the_person_and_to_a_witness(aids: Aids) -> None:
    person, seen = Person(), list[Told]()
    aids.witness = seen.append
    aids.start(person)
    aids.mouth.say([Utterance("heading", "Hello.", "en")])
    assert person.came.wait(_PATIENCE)
    assert [told.state for told in person.told] == [State.STARTED, State.FINISHED]
    assert person.told[0].id == "heading"
    assert seen == person.told


def test_t_02_only_languages_with_a_voice_may_be_read_aloud(aids: Aids) -> None:
    assert aids.speaks(["en", "es", "fil", "so", "ja"]) == {"en", "es"}


def test_one_switch_moves_by_itself_at_the_pace_that_was_set(keys: Path) -> None:
    for profile, pace in (("switch-1", 3.5), ("switches-2", None), ("keyboard", None)):
        aids = Aids(KioskSettings(keypad=Keypad(profile=profile, dwell_s=3.5)), keys)
        try:
            assert (aids.pace.dwell if aids.pace else None) == pace
        finally:
            aids.stop()


def test_a_keypad_that_is_also_a_scanner_is_refused() -> None:
    settings = KioskSettings(
        keypad=Keypad(profile="keyboard", devices=("0c2e:0b61",)),
        scanner=Scanner(hid=("0c2e:0b61",)),
        speech=Speech(enabled=False),
    )
    with pytest.raises(ConfigError, match=r"0c2e:0b61 is also a scanner"):
        Aids(settings)


def test_a_profile_nobody_ships_is_named() -> None:
    with pytest.raises(ConfigError, match="abacus"):
        Aids(KioskSettings(keypad=Keypad(profile="abacus"), speech=Speech(enabled=False)))


def test_a_pipe_that_is_not_there_is_no_keypad(tmp_path: Path) -> None:
    assert Fifo(tmp_path / "nothing").paths() == ()
    (tmp_path / "file").write_bytes(b"")
    assert Fifo(tmp_path / "file").paths() == ()
