"""A patient's hands and eyes on the real window: XTEST touches, a phone held up, scenes read.

The one driver of the tour, the journeys by touch and the bench. It starts its own X server.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from Xlib import XK, X, display
from Xlib.ext import xtest

from kiosk.domain.action import Action
from kiosk.errors import ResourceMissing, Unreachable
from kiosk.tools.keys import Keys
from kiosk.tools.phone import Phone
from kiosk.tools.stage import Stage
from kiosk.ui.profile import PROFILES, Profile

_KEYS = {" ": "key-space", "+": "key-plus"}
PATIENCE_S = 40.0
_INK = 8  # colours that letters with smooth edges have at least
_SETTLE_S = 0.5  # a new window takes no touches in its first moments


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen as it was painted; `painted` is on the machine's monotonic clock, in s."""

    painted: float
    data: Mapping[str, Any] = field(repr=False)

    @property
    def step(self) -> str:
        """The id of the step or notice."""
        return str(self.data["step"])

    def node(self, name: str) -> Mapping[str, Any] | None:
        """Return a node by its id, None when the screen has none such."""
        return next((node for node in self.data["nodes"] if node["id"] == name), None)


class Screen:
    """An X server without a monitor, as large as a profile."""

    def __init__(self, profile: Profile) -> None:
        if shutil.which("Xvfb") is None:
            raise ResourceMissing("Xvfb is missing; install the package xvfb")
        read, write = os.pipe()
        size = f"{profile.width_px}x{profile.height_px}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
            pass_fds=(write,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read, encoding="ascii") as file:
            number = file.readline().strip()
        if not number:
            raise ResourceMissing("Xvfb does not start")
        self.name = f":{number}"
        self._display = display.Display(self.name)

    def tap(self, x: int, y: int) -> float:
        """Touch a pixel and let go; return when the finger was lifted (monotonic s)."""
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        xtest.fake_input(self._display, X.ButtonPress, 1)
        self._display.sync()
        time.sleep(0.03)
        lifted = time.monotonic()
        xtest.fake_input(self._display, X.ButtonRelease, 1)
        self._display.sync()
        return lifted

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Touch one pixel, slide to another, let go there."""
        xtest.fake_input(self._display, X.MotionNotify, x=start[0], y=start[1])
        xtest.fake_input(self._display, X.ButtonPress, 1)
        self._display.sync()
        for part in range(1, 6):
            x, y = (round(a + (b - a) * part / 5) for a, b in zip(start, end, strict=True))
            xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
            self._display.sync()
            time.sleep(0.03)
        xtest.fake_input(self._display, X.ButtonRelease, 1)
        self._display.sync()

    def keys(self, *names: str) -> None:
        """Press keys of a keyboard together, such as "Alt_L", "F4"."""
        codes = [self._display.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
        for code in codes:
            xtest.fake_input(self._display, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.sync()

    def picture(self) -> Image.Image:
        """Return what is on the glass."""
        root = self._display.screen().root
        size = root.get_geometry()
        raw = root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        return Image.frombuffer("RGB", (size.width, size.height), raw.data, "raw", "BGRX")

    def shown(self) -> bool:
        """Tell whether a window is on the glass and can be touched."""
        windows = self._display.screen().root.query_tree().children
        return any(one.get_attributes().map_state == X.IsViewable for one in windows)

    def close(self) -> None:
        """End the X server."""
        self._display.close()
        self._server.terminate()
        self._server.wait()


class Driver:
    """One kiosk on one screen, being used."""

    def __init__(self, stage: Stage, profile: str) -> None:
        self.profile = PROFILES[profile]
        camera = stage.folder / "camera"
        self.phone = Phone(camera)
        self._witness = stage.folder / f"scenes-{time.monotonic_ns()}.jsonl"
        self._witness.touch()
        self.keypad = Keys(self._witness.with_suffix(".keys"))
        self.heard: list[Mapping[str, Any]] = []  # what the voice did
        self.focus = ""
        self._read = 0
        self.scene = Scene(0.0, {"step": "", "nodes": []})
        self.rested: Callable[[Scene], None] = lambda _: None
        self._told: dict[str, Any] = {}
        self._resting = False
        self.screen = Screen(self.profile)
        self.started = time.monotonic()
        self.process = stage.kiosk(
            *("--profile", profile, "--camera", str(camera)),
            *("--witness", str(self._witness)),
            env={
                "DISPLAY": self.screen.name,
                "SDL_VIDEODRIVER": "x11",
                "LIBGL_ALWAYS_SOFTWARE": "1",
                "SDL_AUDIODRIVER": "dummy",
            },
        )

    def ready(self) -> Scene:
        """Wait until the first screen is on the glass and takes touches; return it."""
        self.wait(lambda scene: bool(scene.step), "the first screen")
        first = self.scene
        while not self.screen.shown():
            time.sleep(0.05)
        time.sleep(_SETTLE_S)
        return first

    # Eyes

    def _new(self) -> Iterator[dict[str, Any]]:
        with self._witness.open(encoding="utf-8") as file:
            file.seek(self._read)
            while (line := file.readline()).endswith("\n"):
                self._read = file.tell()
                yield json.loads(line)

    def look(self) -> Scene:
        """Take in what was painted since the last look; return the newest."""
        for data in self._new():
            if "heard" in data:
                self.heard.append(data["heard"])
            elif "focus" in data:
                self.focus = data["focus"]
            else:
                self._resting = "rested" in data
                if not self._resting:
                    self.scene = Scene(data.pop("painted"), data)
        return self.scene

    def wait(self, wanted: Callable[[Scene], bool], what: str = "") -> Scene:
        """Wait for a painted scene. Raises Unreachable naming what did not come."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if wanted(self.look()):
                return self.scene
            if self.process.poll() is not None:
                raise Unreachable("the kiosk ended; see kiosk.log")
            time.sleep(0.01)
        raise Unreachable(f"{what or 'the next screen'} did not come; it shows {self.scene.step}")

    def rest(self) -> Scene:
        """Wait until the screen stands still; tell `rested` of every new one."""
        self.wait(lambda _: self._resting, "a resting screen")
        place = {**self.scene.data, "nodes": None}
        if place != self._told:
            self._told = place
            self.rested(self.scene)
        return self.scene

    def photograph(self) -> Image.Image:
        """Return what is on the glass. Raises Unreachable when the heading is not really drawn."""
        picture = self.screen.picture()
        heading = self.scene.node("heading")
        if heading and heading["bounds_mm"]:
            x, y, w, h = (round(v * self.profile.px_per_mm) for v in heading["bounds_mm"])
            if len(picture.crop((x, y, x + w, y + h)).getcolors(1 << 16) or []) < _INK:
                raise Unreachable(f"{self.scene.step} is said to be drawn, but its heading is not")
        return picture

    # Hands

    def tap(self, name: str) -> float:
        """Touch a node, turning pages to it; return s from lifting the finger to the next paint."""
        for _ in range(12):
            node = self.rest().node(name)
            if node is None:
                raise Unreachable(f"there is no {name} on {self.scene.step}")
            if node["bounds_mm"]:
                return self._touch(node)
            self._turn(name)
        raise Unreachable(f"no page of {self.scene.step} shows {name}")

    def reach(self, name: str) -> None:
        """Go to a node by keys alone, without looking where it stands, and select it.

        Raises Unreachable when the focus goes round without coming to it.
        """
        for _ in range(len(self.rest().data["nodes"]) + 1):
            if self.focus == name:
                self._act(Action.SELECT, lambda s, at=self.scene.painted: s.painted > at)  # type: ignore[misc]
                return
            self._act(Action.NEXT, lambda _, at=self.focus: self.focus != at)  # type: ignore[misc]
        raise Unreachable(f"no key leads to {name} on {self.scene.step}")

    def _act(self, action: Action, done: Callable[[Scene], bool]) -> None:
        """Press a key of the keypad and wait for what it does."""
        self.keypad.press(action)
        self.wait(done, f"an answer to {action}")

    def leaf(self) -> None:
        """Turn through the pages of the screen that shows, to its last."""
        while self.rest().data["page"] < self.scene.data["pages"] - 1:
            self._turn("its last page")

    def _turn(self, name: str) -> None:
        page, pages = self.scene.data["page"], self.scene.data["pages"]
        back = self.scene.node("earlier") or self.scene.node("back")
        turn = self.scene.node("more") if page < pages - 1 else back
        if turn is None or not turn["bounds_mm"]:
            raise Unreachable(f"no page of {self.scene.step} shows {name}")
        self._touch(turn)

    def _touch(self, node: Mapping[str, Any]) -> float:
        before = self.scene.painted
        lifted = self.screen.tap(*self.place(str(node["id"])))
        self.wait(lambda scene: scene.painted > before and scene.painted >= lifted)
        return self.scene.painted - lifted

    def place(self, name: str) -> tuple[int, int]:
        """Return the pixel in the middle of a node. Raises Unreachable when it does not show."""
        node = self.rest().node(name)
        if node is None or not node["bounds_mm"]:
            raise Unreachable(f"{self.scene.step} does not show {name}")
        x, y, w, h = node["bounds_mm"]
        scale = self.profile.px_per_mm
        return round((x + w / 2) * scale), round((y + h / 2) * scale)

    def type(self, text: str) -> None:
        """Type letters or digits on the keyboard that shows, turning its pages and scripts."""
        for letter in text:
            key = _KEYS.get(letter, f"key-{letter}")
            for turn in ("page", "page", "page", "layout") * 4:
                if self.rest().node(key):
                    break
                self.tap(turn)
            self.tap(key)

    def close(self) -> None:
        """End the kiosk and its screen."""
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.keypad.close()
        self.screen.close()
