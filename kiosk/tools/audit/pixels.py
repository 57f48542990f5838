"""What pictures of screens show: contrast of words and icons, the ring of the focus, motion."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kiosk.domain.mode import CONTRASTS
from kiosk.intake.view import StepView
from kiosk.tools.audit.found import Breach
from kiosk.ui.pieces import Box, Icon, Layout, Placed, Text
from kiosk.ui.profile import Profile

WORDS, WORDS_HIGH = 10.0, 20.0  # D-05
ICONS = 4.5
RING, RING_MM = 3.0, 2 * 25.4 / 96  # WCAG 2.4.13: 3:1, on as much as a line of 2 CSS px round it
BREATH = 0.8  # s: the corners beside the camera's picture are then furthest out
_LEAST_PX = 3  # pixels of ink; single ones are edges


class Easel(Protocol):
    """What draws; `ui.offscreen.Easel` is one."""

    @property
    def layout(self) -> Layout:
        """The page that shows."""
        ...

    def show(self, view: StepView) -> bool:
        """Show the first page of a view; tell whether it came in with a motion."""
        ...

    def turn(self) -> None:
        """Turn to the next page."""
        ...

    def ring(self, node: str) -> None:
        """Show the focus on a node, "" takes it away."""
        ...

    def breathe(self, seconds: float) -> None:
        """Let what moves stand as it does at a time."""
        ...

    def picture(self, box: Box | None = None) -> Image.Image:
        """Return what shows, or the part of it in a box."""
        ...

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """Return a box in whole pixels: left, top, right, bottom."""
        ...


@lru_cache(maxsize=1 << 16)
def luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, relative luminance)."""
    parts = (part / 255 for part in colour)
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(picture: Image.Image) -> float:
    """Return the contrast of the strongest ink in a picture with its most frequent colour."""
    found = picture.getcolors(picture.width * picture.height)
    if not found:
        return 1.0
    counted = [(count, luminance(tuple(colour))) for count, colour in found]  # type: ignore[arg-type]
    ground = max(counted)[1]
    best = sorted((_ratio(ground, light), count) for count, light in counted)
    seen = 0
    for ratio, count in reversed(best):
        seen += count
        if seen >= _LEAST_PX:
            return ratio
    return 1.0


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def faint(view: StepView, easel: Easel, picture: Image.Image) -> Iterator[Breach]:
    """Every word and icon of the page stands out from what is behind it, as it is painted."""
    strong = any(mode in view.modes for mode in CONTRASTS)
    for placed in easel.layout.placed:
        for piece in placed.pieces:
            if isinstance(piece, Icon) or (isinstance(piece, Text) and piece.text.strip()):
                words = isinstance(piece, Text)
                least = (WORDS_HIGH if strong else WORDS) if words else ICONS
                found = contrast(picture.crop(easel.pixels(piece.box)))
                if found < least - 0.05:
                    said = f"has {'words' if words else 'an icon'} of {found:.1f}:1, not {least:g}"
                    yield _at("D-05" if words else "D-04", "faint", placed, easel, said)


def ringless(easel: Easel, placed: Placed, profile: Profile) -> Iterator[Breach]:
    """The ring of the focus is there, on enough pixels that change enough."""
    around = placed.box.inset(-3, -3)
    easel.ring("")
    before = easel.picture(around)
    easel.ring(placed.node.id)
    after = easel.picture(around)
    easel.ring("")
    changed = int(np.count_nonzero(_ratios(before, after) >= RING))
    wanted = 2 * (placed.box.w + placed.box.h) * RING_MM * profile.px_per_mm**2
    if changed < wanted:
        said = f"has a ring of {changed} pixels, not {wanted:.0f}"
        yield _at("D-13", "ringless", placed, easel, said)


def _ratios(one: Image.Image, other: Image.Image) -> NDArray[np.float64]:
    light, dark = (_light(picture) + 0.05 for picture in (one, other))
    return np.maximum(light, dark) / np.minimum(light, dark)


def _light(picture: Image.Image) -> NDArray[np.float64]:
    part = np.asarray(picture, dtype=np.float64) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def restless(view: StepView, moved: bool, easel: Easel) -> Iterator[Breach]:
    """In calm nothing moves: no screen slides in, nothing breathes."""
    if "calm" not in view.modes:
        return
    if moved:
        yield Breach("D-07", "restless", "the screen slides in")
    for placed in easel.layout.placed:
        if placed.node.role == "camera" and _breathes(easel, placed.box):
            yield _at("D-07", "restless", placed, easel, "moves")


def _breathes(easel: Easel, box: Box) -> bool:
    easel.breathe(0.0)
    before = easel.picture(box).tobytes()
    easel.breathe(BREATH)
    return easel.picture(box).tobytes() != before


def uncovered(view: StepView, picture: Image.Image) -> Iterator[Breach]:
    """The curtain hides everything."""
    if "curtain" in view.modes and picture.getbbox() is not None:
        yield Breach("S-15", "uncovered", "something shows through the curtain")


def _at(rule: str, check: str, placed: Placed, easel: Easel, said: str) -> Breach:
    id_ = placed.node.id
    return Breach(rule, check, f"{id_} {said}", id_, easel.layout.page, placed.box)
