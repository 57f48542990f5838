"""`kiosk keypad learn` and `kiosk keypad show`: get to know a keypad or switch. For IT."""

import argparse
import os
import time
import tomllib
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kiosk import config
from kiosk.devices import keypads
from kiosk.devices.hid import NODES, Attached, identity
from kiosk.devices.inputs import Device, Source
from kiosk.devices.jack import Jack, Socket, Sockets
from kiosk.devices.keypads import Profile, key_name
from kiosk.devices.strokes import GUARD, Stroke, Strokes, Verdict
from kiosk.errors import ConfigError, ResourceMissing
from kiosk.resources import shipped
from kiosk.tools.ear import Ear, terminal
from kiosk.tools.learn import Learned, learn, profile

_GRAB_S = 1.5
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Machine:
    """Where devices are looked for and opened."""

    nodes: Path = NODES
    files: Path = Path("/dev/input")
    attached: Callable[[Collection[str]], Source[Device]] = Attached
    sockets: Source[Socket] = field(default_factory=Sockets)


@dataclass(frozen=True, slots=True)
class Plugged:
    """A device with keys; one keypad may be several event nodes of one id."""

    id: str
    name: str
    paths: tuple[str, ...]


def main(argv: Sequence[str], machine: Machine | None = None) -> int:
    """Learn or show; returns 0, or 1 when what was learned is of no use.

    Raises ConfigError for a wrong choice, ResourceMissing when a device is missing or shut.
    """
    options = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace, Machine], int] = options.run
    return run(options, machine or Machine())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk keypad", description="Keypads and switches.")
    commands = parser.add_subparsers(required=True, metavar="learn | show")
    one = commands.add_parser("learn", help="ask for each key, then write a profile")
    one.add_argument("--device", metavar="ID", help="vendor:product; asked for when left out")
    one.add_argument("--name", default="our-keypad", help="of the profile (default: %(default)s)")
    one.add_argument("--out", type=Path, metavar="FILE.toml", help="default: printed")
    one.add_argument("--patience", type=float, default=15.0, metavar="S", help="s for each key")
    one.set_defaults(run=_learn)
    two = commands.add_parser("show", help="print what arrives until Ctrl-C")
    two.add_argument("--profile", metavar="NAME", help="a shipped profile, or the path of a file")
    two.add_argument("--device", metavar="ID", help="vendor:product; else the profile's own")
    two.add_argument("--seconds", type=float, metavar="S", help="end by itself")
    two.set_defaults(run=_show)
    return parser


def plugged(machine: Machine) -> list[Plugged]:
    """Return the devices that have keys, as the kernel tells in /sys; none is opened."""
    found: dict[str, Plugged] = {}
    for node in sorted(machine.nodes.glob("event*"), key=lambda node: (len(node.name), node.name)):
        id_ = identity(node)
        if id_ and _has_keys(node):
            before = found.get(id_, Plugged(id_, _text(node / "device" / "name"), ()))
            found[id_] = Plugged(id_, before.name, (*before.paths, str(machine.files / node.name)))
    return list(found.values())


def _text(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace").strip()
    return ""


def _has_keys(node: Path) -> bool:
    return bool(_text(node / "device" / "capabilities" / "key").replace("0", "").strip())


def _learn(options: argparse.Namespace, machine: Machine) -> int:
    if options.out and options.out.exists():
        raise ConfigError(f"{options.out} exists already; choose another name")
    config.parse({"name": options.name, "keys": {"1": "select"}, "scan": True}, Profile, "--name")
    ear = Ear(terminal())
    strokes = None
    try:
        device = _chosen(options.device, machine, ear)
        strokes = Strokes(machine.attached([device.id]), lambda stroke: _pass_on(stroke, ear))
        _listen(strokes, device.paths)
        print(f"\n{device.name} is listened to; what it sends reaches no other program now.")
        learned = learn(ear, options.patience)
    finally:
        if strokes:
            strokes.stop()
        ear.close()
    return _written(options, device, learned)


def _pass_on(stroke: Stroke, ear: Ear) -> None:
    if stroke.verdict is Verdict.TAKEN:
        ear.press(stroke.code)


def _chosen(wanted: str | None, machine: Machine, ear: Ear) -> Plugged:
    there = plugged(machine)
    if not there:
        raise ResourceMissing("no input device has keys here; plug the keypad in and try again")
    for number, device in enumerate(there, 1):
        print(f"{number:>3}  {device.id}  {device.name or '-'}  {' '.join(device.paths)}")
    if wanted is None:
        print("Which one? Number: ", end="", flush=True)
        answer = ear.line() or ""
        if not answer.isdecimal() or not 0 < int(answer) <= len(there):
            raise ConfigError("none was chosen; give a number of the list, or --device ID")
        return there[int(answer) - 1]
    for device in there:
        if device.id == wanted:
            return device
    raise ConfigError(f"no device {wanted} is plugged in; the list above shows those that are")


def _listen(strokes: Strokes, paths: Sequence[str]) -> None:
    """Start, and wait until a device is grabbed; raises ResourceMissing saying why it is not."""
    strokes.start()
    end = time.monotonic() + _GRAB_S
    while not strokes.live and time.monotonic() < end:
        time.sleep(_LOOK_S)
    if strokes.live:
        return
    shut = [path for path in paths if not os.access(path, os.R_OK)]
    if shut:
        raise ResourceMissing(
            f"{shut[0]} may not be read: run this as root, or as a user in the group input"
        )
    raise ResourceMissing(
        "another program holds this device; stop the kiosk first: systemctl stop checkin-kiosk"
    )


def _written(options: argparse.Namespace, device: Plugged, learned: Learned) -> int:
    if not learned.usable:
        print("\nNo key selects, so nobody could use the kiosk with this. Nothing is written.")
        return 1
    if learned.scan:
        print("\nNo key moves on: as one switch, the kiosk will move by itself (scan).")
    text = profile(options.name, device.id, device.name, learned)
    config.parse(tomllib.loads(text), Profile, options.name)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
        print(f'\n{options.out} is written. In kiosk.toml:\n\n[keypad]\nprofile = "{options.out}"')
    else:
        print(f"\n{text}", end="")
    return 0


def _show(options: argparse.Namespace, machine: Machine) -> int:
    known = keypads.read(options.profile, shipped("assets", "keypads")) if options.profile else None
    ids = _ids(options.device, known)
    there = [device for device in plugged(machine) if device.id in ids]
    if not there:
        raise ResourceMissing(f"no device {' or '.join(ids)} is plugged in")
    strokes = Strokes(
        machine.attached(ids),
        lambda stroke: print(line(stroke, known), flush=True),
        guard=known.double_ms / 1000 if known else GUARD,
        free=known.jack_codes if known else (),
    )
    jack = Jack(machine.sockets, lambda in_: print(f"sound card: headset {_end(in_)}", flush=True))
    try:
        _listen(strokes, [path for device in there for path in device.paths])
        jack.start()
        print("Press keys; Ctrl-C ends.", flush=True)
        _wait(options.seconds)
    finally:
        strokes.stop()
        jack.stop()
    return 0


def _ids(device: str | None, known: Profile | None) -> tuple[str, ...]:
    if known:
        return keypads.allowed(known, (device,) if device else ())
    if device:
        return (device,)
    raise ConfigError("name a device with --device ID, or a profile that knows its own")


def _wait(seconds: float | None) -> None:
    end = time.monotonic() + (seconds if seconds is not None else float("inf"))
    while time.monotonic() < end:
        time.sleep(_LOOK_S)


def _end(plugged_in: bool) -> str:
    return "in" if plugged_in else "out"


def line(stroke: Stroke, known: Profile | None) -> str:
    """Say in one line what a press is and what becomes of it."""
    head = f"{key_name(stroke.code):<18} {stroke.code:>3}  "
    if known and stroke.code in known.jack_codes:
        return f"{head}headset {_end(known.jack_codes[stroke.code])}"
    if stroke.verdict is Verdict.AGAIN:
        return f"{head}ignored: the same key again too soon"
    if stroke.verdict is Verdict.TOGETHER:
        return f"{head}ignored: another key is down"
    if known is None:
        return head.rstrip()
    return head + known.actions.get(stroke.code, "no action in this profile")
