"""`kiosk keypad`: IT learns a keypad that is not known yet, and sees what arrives from one."""

import os
import queue
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from devices.pipe_keyboard import (
    PipeKeyboard,
    PipeKeyboards,
    PipeSocket,
    PipeSockets,
    down,
    press,
    up,
)

from kiosk import config
from kiosk.devices.keypads import Profile
from kiosk.devices.strokes import Stroke, Verdict
from kiosk.domain.action import Action
from kiosk.errors import ConfigError, ResourceMissing
from kiosk.tools import keypad
from kiosk.tools.ear import Ear
from kiosk.tools.keypad import Machine
from kiosk.tools.learn import ASKED, learn, profile

Out = pytest.CaptureFixture[str]
SKIP_ALL = "\n" * 20
KEYS = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"


def node(nodes: Path, number: int, name: str, id_: str, keys: str = KEYS) -> None:
    device = nodes / f"event{number}" / "device"
    (device / "id").mkdir(parents=True)
    (device / "capabilities").mkdir()
    (device / "name").write_text(name + "\n")
    (device / "capabilities" / "key").write_text(keys + "\n")
    for part, value in zip(("vendor", "product"), id_.split(":"), strict=True):
        (device / "id" / part).write_text(value + "\n")


@pytest.fixture
def nodes(tmp_path: Path) -> Path:
    node(tmp_path, 2, "Sample Keypad", "2047:0001")
    node(tmp_path, 10, "Sample Keypad Consumer Control", "2047:0001")
    node(tmp_path, 3, "Sample Keyboard", "046d:c31c")
    node(tmp_path, 4, "Sample Card Headphone", "0000:0000", keys="0")
    return tmp_path


def machine(nodes: Path, *keyboards: PipeKeyboard, socket: PipeSocket | None = None) -> Machine:
    named = {f"k{number}": keyboard for number, keyboard in enumerate(keyboards)}
    sockets = PipeSockets(**({"s": socket} if socket else {}))
    return Machine(nodes, nodes / "dev", lambda _: PipeKeyboards(**named), sockets)


@pytest.fixture
def type_(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Type into the terminal of the command."""
    ours, theirs = os.pipe()
    with os.fdopen(ours) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield lambda text: void(os.write(theirs, text.encode()))
    os.close(theirs)


def void(_: object) -> None:
    """Return nothing, whatever was returned."""


@contextmanager
def ear(*codes: int, typed: str = "") -> Iterator[Ear]:
    """An ear that hears these keys, and Enter when they are used up or as typed."""
    ours, theirs = os.pipe()
    os.write(theirs, typed.encode())
    os.close(theirs)
    hearing = Ear(ours)
    for code in codes:
        hearing.press(code)
    yield hearing
    hearing.close()
    os.close(ours)


def test_devices_with_keys_are_listed_by_id_with_all_their_nodes(nodes: Path) -> None:
    assert [(one.id, one.name, one.paths) for one in keypad.plugged(Machine(nodes))] == [
        ("2047:0001", "Sample Keypad", ("/dev/input/event2", "/dev/input/event10")),
        ("046d:c31c", "Sample Keyboard", ("/dev/input/event3",)),
    ]


def test_every_action_is_asked_for() -> None:
    assert list(ASKED) == list(Action)


def test_o_01_what_was_pressed_becomes_a_profile_that_can_be_read(capsys: Out) -> None:
    with ear(*range(30, 30 + len(Action)), 185, 186) as hearing:
        learned = learn(hearing, 0.01)
    text = profile("ours", "2047:0001", 'Keys "A"\n\x7f', learned)
    read = config.parse(tomllib.loads(text), Profile, "ours")
    assert read.actions == dict(zip(range(30, 30 + len(Action)), Action, strict=True))
    assert read.jack_codes == {185: True, 186: False}
    assert (read.devices, read.scan, read.about) == (("2047:0001",), False, 'Keys "A"')
    assert "next: to the next item … KEY_A" in capsys.readouterr().out


def test_a_key_that_has_a_meaning_already_is_refused_and_another_taken(capsys: Out) -> None:
    with ear(30, 30, 30, 48) as hearing:
        learned = learn(hearing, 0.01)
    assert learned.keys == {30: Action.NEXT, 48: Action.PREVIOUS}
    assert capsys.readouterr().out.count("KEY_A means next already") == 2


def test_enter_skips_an_action_and_so_does_waiting(capsys: Out) -> None:
    with ear(typed="\n\n") as hearing:
        hearing.line()
        assert hearing.key(60) is None
        assert hearing.key(0.01) is None
        assert not learn(hearing, 0.001).usable
    assert capsys.readouterr().out.count("skipped") == len(Action) + 2


def test_a_key_without_a_name_is_kept_by_its_number() -> None:
    with ear(701, 702, 703) as hearing:
        learned = learn(hearing, 0.01)
    read = tomllib.loads(profile("x", "0001:0002", "", learned))
    assert read["keys"] == {"701": "next", "702": "previous", "703": "select"}


def in_background(work: Callable[[], int]) -> "queue.Queue[object]":
    """Run a command beside the test; its status or its fault is put into the queue."""
    ended: queue.Queue[object] = queue.Queue()

    def run() -> None:
        try:
            ended.put(work())
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            ended.put(fault)

    threading.Thread(target=run, daemon=True).start()
    return ended


def test_learning_from_the_device_to_a_file(
    nodes: Path, tmp_path: Path, capsys: Out, type_: Callable[[str], None]
) -> None:
    keyboard, out = PipeKeyboard(), tmp_path / "ours.toml"
    keys = (188, 189, 190)  # previous is asked second: 188 is taken as "next"
    keyboard.press(b"".join(press(code, at=number) for number, code in enumerate(keys)))
    type_("1\n")
    argv = ["learn", "--out", str(out), "--name", "ours", "--patience", "60"]
    ended = in_background(lambda: keypad.main(argv, machine(nodes, keyboard)))
    said = wait_for("KEY_F20", capsys)
    type_(SKIP_ALL)
    assert ended.get(timeout=60) == 0
    read = config.load(out, Profile)
    assert read.actions == {188: Action.NEXT, 189: Action.PREVIOUS, 190: Action.SELECT}
    assert (read.devices, read.about) == (("2047:0001",), "Sample Keypad")
    assert keyboard.done == ["grab", "close"]
    said += capsys.readouterr().out
    assert f"1  2047:0001  Sample Keypad  {nodes}/dev/event2" in said
    assert f'profile = "{out}"' in said


def test_one_key_that_selects_becomes_one_switch(
    nodes: Path, capsys: Out, type_: Callable[[str], None]
) -> None:
    keyboard = PipeKeyboard()
    argv = ["learn", "--device", "2047:0001", "--patience", "60"]
    ended = in_background(lambda: keypad.main(argv, machine(nodes, keyboard)))
    type_("\n\n")  # next and previous
    wait_for("select: choose this item", capsys)
    keyboard.press(press(57))
    wait_for("KEY_SPACE", capsys)
    type_(SKIP_ALL)
    assert ended.get(timeout=60) == 0
    text = capsys.readouterr().out.partition("# Learned")[2]
    read = config.parse(tomllib.loads("#" + text), Profile, "x")
    assert (read.scan, read.actions) == (True, {57: Action.SELECT})


def wait_for(text: str, capsys: Out) -> str:
    said = ""
    while text not in said:
        said += capsys.readouterr().out
        time.sleep(0.01)
    return said


def test_learning_nothing_that_selects_writes_nothing(
    nodes: Path, tmp_path: Path, capsys: Out
) -> None:
    out = tmp_path / "ours.toml"
    argv = ["learn", "--device", "046d:c31c", "--patience", "0.001", "--out", str(out)]
    assert keypad.main(argv, machine(nodes, PipeKeyboard())) == 1
    assert not out.exists()
    assert "No key selects" in capsys.readouterr().out


def test_no_device_is_said(tmp_path: Path) -> None:
    with pytest.raises(ResourceMissing, match="no input device has keys here"):
        keypad.main(["learn"], machine(tmp_path))


def test_a_device_that_may_not_be_read_names_the_group(nodes: Path) -> None:
    with pytest.raises(ResourceMissing, match="group input"):
        keypad.main(["learn", "--device", "2047:0001"], machine(nodes, PipeKeyboard(busy=True)))


def test_a_device_that_somebody_else_holds_names_the_kiosk(nodes: Path) -> None:
    (nodes / "dev").mkdir()
    for name in ("event2", "event10"):
        (nodes / "dev" / name).touch()
    with pytest.raises(ResourceMissing, match="stop checkin-kiosk"):
        keypad.main(["learn", "--device", "2047:0001"], machine(nodes, PipeKeyboard(busy=True)))


@pytest.mark.parametrize("answer", ["", "0\n", "9\n", "x\n"])
def test_a_wrong_choice_is_refused(
    nodes: Path, answer: str, type_: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    if answer:
        type_(answer)
    else:
        monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(ConfigError, match="none was chosen"):
        keypad.main(["learn"], machine(nodes))


@pytest.mark.parametrize("argv", [["learn", "--device", "1111:2222"], ["learn", "--name", "Our 1"]])
def test_a_wrong_option_is_refused(nodes: Path, argv: list[str]) -> None:
    with pytest.raises(ConfigError):
        keypad.main(argv, machine(nodes))


def test_a_file_that_exists_is_not_overwritten(nodes: Path) -> None:
    with pytest.raises(ConfigError, match="exists already"):
        keypad.main(["learn", "--out", str(nodes)], machine(nodes))


def test_show_prints_keys_actions_and_what_is_ignored(nodes: Path, capsys: Out) -> None:
    keyboard, socket = PipeKeyboard(), PipeSocket(state=True)
    keyboard.press(press(189, at=1) + press(189, at=1.1) + press(30, at=2))
    keyboard.press(down(187, at=3) + press(190, at=3.1) + up(187, at=3.2) + press(185))
    argv = ["show", "--profile", "ez-access", "--device", "2047:0001", "--seconds", "0.6"]
    assert keypad.main(argv, machine(nodes, keyboard, socket=socket)) == 0
    said = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for line in (
        "KEY_F19 189 next",
        "KEY_F19 189 ignored: the same key again too soon",
        "KEY_A 30 no action in this profile",
        "KEY_F17 187 help",
        "KEY_F20 190 ignored: another key is down",
        "KEY_F15 185 headset in",
        "sound card: headset in",
    ):
        assert line in said
    assert keyboard.done == ["grab", "close"]


def test_show_without_a_profile_prints_names_and_numbers() -> None:
    assert keypad.line(Stroke(193, Verdict.TAKEN), None).split() == ["KEY_F23", "193"]


@pytest.mark.parametrize(
    ("argv", "fault", "said"),
    [
        (["show"], ConfigError, "--device"),
        (["show", "--profile", "ez-access"], ConfigError, "names no device"),
        (["show", "--profile", "nothing"], ConfigError, "there is no keypad profile"),
        (["show", "--device", "1111:2222"], ResourceMissing, "no device 1111:2222"),
    ],
)
def test_show_says_what_is_missing(
    nodes: Path, argv: list[str], fault: type[Exception], said: str
) -> None:
    with pytest.raises(fault, match=said):
        keypad.main(argv, machine(nodes))
