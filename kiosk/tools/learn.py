"""Learning a keypad: each action is asked for in turn, and the answers become a profile."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.devices.keypads import key_name
from kiosk.devices.strokes import GUARD
from kiosk.domain.action import Action
from kiosk.tools.ear import Ear

ASKED: Mapping[Action, str] = {
    Action.NEXT: "to the next item",
    Action.PREVIOUS: "to the item before",
    Action.SELECT: "choose this item",
    Action.BACK: "one screen back",
    Action.HELP: "help",
    Action.REPEAT: "say it again",
    Action.PAUSE: "pause and go on speaking",
    Action.LOUDER: "louder",
    Action.QUIETER: "quieter",
    Action.FASTER: "speak faster",
    Action.SLOWER: "speak slower",
    Action.LANGUAGE: "another language",
    Action.CURTAIN: "screen dark and back",
}
_JACK = {"in": "plug a headset in", "out": "pull it out again"}


@dataclass(slots=True)
class Learned:
    """The keys found so far, by code; the jack's under "in" and "out"."""

    keys: dict[int, Action] = field(default_factory=dict)
    jack: dict[int, str] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether somebody could use the kiosk with it: a way to select is the least."""
        return Action.SELECT in self.keys.values()

    @property
    def scan(self) -> bool:
        """Whether it is one switch: it selects and cannot move."""
        return self.usable and Action.NEXT not in self.keys.values()

    def meaning(self, code: int) -> str | None:
        """Return what a key means already."""
        return self.keys.get(code) or self.jack.get(code)


def learn(ear: Ear, patience: float) -> Learned:
    """Ask for the key of each action; Enter, or `patience` seconds of quiet, skips one."""
    learned = Learned()
    print(f"Press the key for each action. Enter skips one, so do {patience:g} s of quiet.")
    for action, words in ASKED.items():
        code = _key(f"{action}: {words}", ear, learned, patience)
        if code is not None:
            learned.keys[code] = action
    print("\nThe headphone jack, if the keypad has one (some report it as keys):")
    for end, words in _JACK.items():
        code = _key(words, ear, learned, patience)
        if code is not None:
            learned.jack[code] = end
    return learned


def _key(asked: str, ear: Ear, learned: Learned, patience: float) -> int | None:
    print(f"  {asked} … ", end="", flush=True)
    while (code := ear.key(patience)) is not None:
        known = learned.meaning(code)
        if known is None:
            print(key_name(code), flush=True)
            return code
        print(f"{key_name(code)} means {known} already, press another … ", end="", flush=True)
    print("skipped", flush=True)
    return None


def profile(name: str, device: str, about: str, learned: Learned) -> str:
    """Write the profile as TOML."""
    shown = "".join(ch for ch in about if ch.isprintable())
    lines = [
        "# Learned on this kiosk from the device itself: kiosk keypad learn.",
        f'name = "{name}"',
        f"about = {json.dumps(shown, ensure_ascii=False)}",
        f'devices = ["{device}"]',
        *(["scan = true                     # one switch"] if learned.scan else []),
        f"double_ms = {GUARD * 1000:.0f}                 # the same key again within is a slip",
        "",
        "[keys]",
        *(f'{key_name(code)} = "{action}"' for code, action in learned.keys.items()),
    ]
    if learned.jack:
        lines += ["", "[jack]"]
        lines += [f'{end} = "{key_name(code)}"' for code, end in learned.jack.items()]
    return "\n".join(lines) + "\n"
