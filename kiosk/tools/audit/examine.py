"""One language on one profile, mode by mode: what is broken, and what it looks like."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from PIL import Image

from kiosk.intake.keyboards import offered
from kiosk.intake.view import StepView
from kiosk.tools.audit import glyphs, listening, pixels, reading, walks
from kiosk.tools.audit.album import Album, Shot
from kiosk.tools.audit.found import Breach, Combination
from kiosk.tools.audit.order import help_bar
from kiosk.tools.audit.ruler import Ruler
from kiosk.tools.audit.rules import RULES
from kiosk.tools.audit.screens import Screen, distinct, screens
from kiosk.tools.audit.seen import Seen, seen, texts
from kiosk.tools.audit.world import World
from kiosk.ui.pieces import Layout, Placed
from kiosk.ui.profile import Profile
from kiosk.ui.theme import DEFAULT, theme

WHOLE = "a whole check-in"  # where no single screen is to blame
Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One screen of a combination: what is broken, and its pictures where they are kept."""

    name: str
    breaches: tuple[Breach, ...]
    shots: tuple[Shot, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One combination; the last of `screens` is WHOLE."""

    where: Combination
    screens: tuple[Shown, ...]


class Examiner:
    """Looks at combinations of one language and profile; what looks alike is looked at once."""

    def __init__(
        self, world: World, profile: Profile, easel: pixels.Easel, out: Path | None = None
    ) -> None:
        self._world, self._profile, self._easel, self._out = world, profile, easel, out
        self._measure = Ruler(profile.px_per_mm).measure
        self._known: dict[Key, list[Breach]] = {}
        self._arranged: dict[Key, Sequence[Layout]] = {}
        self._ringed: set[Key] = set()

    def examine(self, where: Combination) -> Result:
        """Look at every screen of a combination, then check in, every way there is."""
        album = Album(self._out, where, self._profile) if self._out else None
        spoken = dict(self._screens(where.spoken if self._voiced else where.modes))
        bars: dict[object, str] = {}
        shown = []
        for name, view in self._screens(where.modes):
            try:
                shown.append(self._screen((name, view), spoken[name], bars, album))
            except Exception as fault:  # noqa: BLE001 - what cannot be drawn is a violation, too
                said = f"cannot be drawn: {type(fault).__name__} {fault}"
                shown.append(Shown(name, (Breach("D-08", "undrawn", said),)))
        return Result(where, (*shown, Shown(WHOLE, tuple(self._whole(where.mode, bars)))))

    @property
    def _voiced(self) -> bool:
        return self._world.speaks(self._world.language)

    def _screens(self, modes: frozenset[str]) -> Iterator[Screen]:
        world = self._world
        keyboards = offered(world.language, world.policy.practice.language)
        return distinct(screens(world.setting(modes, self._profile), keyboards))

    def _screen(
        self, screen: Screen, spoken: StepView, bars: dict[object, str], album: Album | None
    ) -> Shown:
        name, view = screen
        one = self._seen(view)
        bar = help_bar(one.pages[0])
        if bar:
            bars.setdefault(bar, name)
        pictures: list[Image.Image] = []
        found = [
            *self._once(self._shape(view, "placed"), lambda: _placed(one)),
            *self._once(self._shape(spoken, "heard"), lambda: self._heard(one, spoken)),
            *self._painted(one, pictures, keep=album is not None),
        ]
        found = [_found_on(one, breach) for breach in found]
        shots = album.keep(name, pictures, found) if album else []
        return Shown(name, tuple(found), tuple(shots))

    def _seen(self, view: StepView) -> Seen:
        """Arrange a view, or find it arranged: places depend on neither colours nor voice."""
        key = self._shape(view, "placed")
        if key not in self._arranged:
            self._arranged[key] = seen(view, self._profile, self._measure).pages
        return Seen(view, self._arranged[key], self._profile, self._measure)

    def _once(self, key: Key, look: Callable[[], Iterator[Breach]]) -> list[Breach]:
        if key not in self._known:
            self._known[key] = list(look())
        return self._known[key]

    def _shape(self, view: StepView, what: str, *, coloured: bool = False) -> Key:
        """What tells screens apart for a kind of look; that a mode is on changes only a line."""
        look = theme(self._profile, set(view.modes))
        look = look if coloured else replace(look, palette=DEFAULT, thick=0)
        if what == "heard":
            return what, view.step, view.language, view.nodes, "read-aloud" in view.modes
        marks = tuple(mode for mode in ("low-reach", "curtain", "calm") if mode in view.modes)
        nodes = tuple(replace(n, state=tuple(s for s in n.state if s != "on")) for n in view.nodes)
        return what, view.step, view.language, nodes, look, marks

    def _heard(self, one: Seen, spoken: StepView) -> Iterator[Breach]:
        drawn: dict[str, list[str]] = {}
        for page in one.pages:
            for placed in page.placed:
                words = [text.text for text in texts(placed)]
                drawn.setdefault(placed.node.id, []).extend(words)
        world = self._world
        heard = listening.listen(
            spoken, world.words, world.speaks, lambda node: drawn.get(node, ())
        )
        for check in listening.CHECKS.values():
            yield from check(heard)

    def _painted(self, one: Seen, pictures: list[Image.Image], *, keep: bool) -> list[Breach]:
        key = self._shape(one.view, "painted", coloured=True)
        if keep or key not in self._known:
            self._known[key] = list(self._paint(one, pictures))
        return self._known[key]

    def _paint(self, one: Seen, pictures: list[Image.Image]) -> Iterator[Breach]:
        easel, view = self._easel, one.view
        yield from pixels.restless(view, easel.show(view), easel)
        for page in range(len(one.pages)):
            if page:
                easel.turn()
            pictures.append(easel.picture())
            if "curtain" in view.modes:
                yield from pixels.uncovered(view, pictures[-1])
                continue
            yield from pixels.faint(view, easel, pictures[-1])
            for placed in easel.layout.placed:
                if placed.node.focusable and self._new_ring(view, placed):
                    yield from pixels.ringless(easel, placed, self._profile)

    def _new_ring(self, view: StepView, placed: Placed) -> bool:
        """Rings of nodes that look alike are alike."""
        node, palette = placed.node, theme(self._profile, set(view.modes)).palette
        key = palette, node.role, node.region, node.look, node.state
        new = key not in self._ringed
        self._ringed.add(key)
        return new

    def _whole(self, mode: str, bars: dict[object, str]) -> Iterator[Breach]:
        for way in walks.ways(self._world):
            walk = walks.walk(self._world, mode, self._profile, way, self._measure)
            yield from walk.breaches
        first, *others = bars.values() or ("",)
        for other in others:
            yield Breach("O-11", "bar", f"the help bar of {other} is not where {first} has it")


def _placed(one: Seen) -> Iterator[Breach]:
    for rule in RULES.values():
        yield from rule(one)
    yield from glyphs.missing(one)
    yield from reading.hard(one.view)
    yield from reading.long(one.view)


def _found_on(one: Seen, breach: Breach) -> Breach:
    """Return a breach with the page and place of its node, where it does not know them."""
    if breach.box is not None or not breach.node:
        return breach
    pages: Sequence[dict[str, Placed]] = [
        {placed.node.id: placed for placed in page.placed} for page in one.pages
    ]
    for number, page in enumerate(pages):
        if breach.node in page:
            return replace(breach, page=number, box=page[breach.node].box)
    return breach
