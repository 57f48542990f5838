"""How a patient uses the kiosk: sees a screen, does the next sensible thing. For tour and bench."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kiosk.devices.simulate import Scene as Held
from kiosk.domain import needs
from kiosk.errors import Unreachable
from kiosk.resources import shipped
from kiosk.tools.driver import Driver, Scene

_END = {"done", "outcome"}


@dataclass(frozen=True, slots=True)
class Person:
    """Who checks in, and how they want the kiosk to be."""

    id: str
    code: str = field(repr=False)
    birth_date: date = field(repr=False)
    name: str = field(default="", repr=False)
    language: str = ""
    modes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    typed: bool = False


@dataclass(slots=True)
class Timings:
    """Milliseconds of the machine's own time, as they come."""

    scan: float | None = None
    taps: list[float] = field(default_factory=list)


class Patient:
    """One person's check-in on a driver, from the first screen to the last."""

    def __init__(self, driver: Driver, person: Person) -> None:
        self._driver, self._person = driver, person
        self.timings = Timings()
        self._acts: Mapping[str, Callable[[Scene], None]] = {
            "welcome": self._welcome,
            "name": self._name,
            "birth-date": self._born,
            "still-right": lambda _: self._tap("next"),
            "needs": self._needs,
            "who": lambda _: self._tap("answer-carer"),
            "keep-needs": lambda _: self._tap("answer-today"),
        }

    def check_in(self) -> Scene:
        """Go through the screens until the last; return it. Raises Unreachable when stuck."""
        scene = self._driver.wait(lambda s: s.step == "welcome", "the first screen")
        for _ in range(12):
            if scene.step in _END:
                return self._driver.rest()
            act = self._acts.get(scene.step)
            if act is None:
                raise Unreachable(f"a patient would not know what to do on {scene.step}")
            before = scene.step
            act(self._driver.rest())
            scene = self._driver.wait(lambda s, b=before: s.step not in {b, "one-moment"})  # type: ignore[misc]
        raise Unreachable("the check-in does not end")

    def leave(self) -> None:
        """Press Finish."""
        self._tap("finish")
        self._driver.wait(lambda s: s.step == "welcome", "the first screen")

    def _tap(self, node: str) -> None:
        self.timings.taps.append(self._driver.tap(node) * 1000)

    def _welcome(self, scene: Scene) -> None:
        if self._person.language and self._person.language != scene.data["language"]:
            if scene.node(f"language-{self._person.language}") is None:
                self._tap("language")
            self._tap(f"language-{self._person.language}")
        for mode in self._person.modes:
            self._tap("ways")
            self._tap(f"way-{mode}")
            self._tap("go-on")
        self._driver.rest()
        if self._person.typed:
            self._tap("no-code")
            return
        shown = self._driver.phone.present(self._person.code, Held(width_mm=34))
        after = self._driver.wait(
            lambda s: s.step not in {"welcome", "one-moment"}, "reading the code"
        )
        self.timings.scan = (after.painted - shown) * 1000
        self._driver.phone.withdraw()

    def _name(self, _: Scene) -> None:
        self._driver.type(self._person.name)
        self._tap("next")

    def _born(self, scene: Scene) -> None:
        born = self._person.birth_date
        digits = {"day": f"{born.day:02}", "month": f"{born.month:02}", "year": f"{born.year:04}"}
        order = [
            n["id"].removeprefix("field-") for n in scene.data["nodes"] if n["role"] == "field"
        ]
        for digit in "".join(digits[name] for name in order):
            self._tap(f"key-{digit}")
        self._tap("next")

    def _needs(self, _: Scene) -> None:
        table = needs.read(shipped("assets", "needs.toml"))
        for need in self._person.needs:
            self._tap(f"group-{table[need].group}")
            self._need(self._driver.rest().node(f"need-{need}"))
            self._tap("go-on")
        self._tap("next")

    def _need(self, card: Mapping[str, Any] | None) -> None:
        if card and "chosen" not in card["state"]:
            self._tap(str(card["id"]))
            if self._driver.rest().step != "group":  # the languages, or that help comes
                self._tap("go-on")
