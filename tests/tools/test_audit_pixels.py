"""Pictures are looked at as eyes do: faint words, a missing ring, motion and light are found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest
from intake.screens import screens
from PIL import Image, ImageDraw

from kiosk.intake.view import StepView
from kiosk.tools.audit import pixels
from kiosk.tools.audit.ruler import Ruler
from kiosk.ui.arrange import arrange
from kiosk.ui.pieces import Box, Layout
from kiosk.ui.profile import PROFILES

PANEL = PROFILES["panel-7"]
MEASURE = Ruler(PANEL.px_per_mm).measure
WELCOME = dict(screens("en"))["welcome, live"]
INK, PAPER, GREY = "#000000", "#FFFFFF", "#888888"


@dataclass
class Paper:
    """An easel of paper: each word is a bar of ink, the ring a frame (`pixels.Easel`)."""

    ink: str = INK
    ring_colour: str = INK
    breathing: bool = False
    view: StepView = WELCOME
    ringed: str = ""
    seconds: float = 0.0
    shown: list[StepView] = field(default_factory=list)

    @property
    def layout(self) -> Layout:
        return arrange(self.view, PANEL, MEASURE)

    def show(self, view: StepView) -> bool:
        self.view = view
        return False

    def turn(self) -> None: ...

    def ring(self, node: str) -> None:
        self.ringed = node

    def breathe(self, seconds: float) -> None:
        self.seconds = seconds

    def picture(self, box: Box | None = None) -> Image.Image:
        made = Image.new("RGB", (PANEL.width_px, PANEL.height_px), PAPER)
        draw = ImageDraw.Draw(made)
        for placed in self.layout.placed:
            for piece in placed.pieces:
                left, top, right, bottom = self.pixels(piece.box)
                draw.line((left + 2, (top + bottom) / 2, right - 2, (top + bottom) / 2), self.ink)
            if placed.node.id == self.ringed:
                around = self.pixels(placed.box.inset(-1.5, -1.5))
                draw.rectangle(around, outline=self.ring_colour, width=6)
        if self.breathing and self.seconds:
            draw.rectangle(self.pixels(self.layout.bounds()["camera"]), fill=GREY)
        return made.crop(self.pixels(box)) if box else made

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        scale = PANEL.px_per_mm
        edges = (box.x, box.y, box.right, box.bottom)
        left, top, right, bottom = (max(0, round(edge * scale)) for edge in edges)
        return left, top, right, bottom


def faint(easel: Paper, view: StepView = WELCOME) -> set[str]:
    return {breach.rule for breach in pixels.faint(view, easel, easel.picture())}


def test_the_contrast_of_a_picture_is_that_of_its_ink() -> None:
    picture = Image.new("RGB", (40, 10), PAPER)
    assert pixels.contrast(picture) == 1.0
    ImageDraw.Draw(picture).line((0, 5, 20, 5), INK)
    assert pixels.contrast(picture) == pytest.approx(21.0)
    picture = Image.new("RGB", (40, 10), INK)
    ImageDraw.Draw(picture).line((0, 5, 20, 5), "#767676")
    assert pixels.contrast(picture) == pytest.approx(21 / 4.54, abs=0.02)


def test_d_05_words_that_are_hardly_there_are_found() -> None:
    assert faint(Paper()) == set()
    assert faint(Paper("#595959")) == {"D-05"}
    assert faint(Paper(GREY)) == {"D-05", "D-04"}
    assert faint(Paper(PAPER)) == {"D-05", "D-04"}


@pytest.mark.parametrize("mode", ["high-contrast", "high-contrast-dark"])
def test_d_05_high_contrast_asks_for_black_and_white(mode: str) -> None:
    view = replace(WELCOME, modes=(mode,))
    assert faint(Paper(), view) == set()
    assert faint(Paper("#222222"), view) == {"D-05"}


def test_d_13_a_ring_that_cannot_be_seen_is_found() -> None:
    placed = next(p for p in Paper().layout.placed if p.node.id == "no-code")
    seen: Sequence[tuple[str, bool]] = [(INK, False), (PAPER, True), ("#EEEEEE", True)]
    for colour, wrong in seen:
        found = [b.rule for b in pixels.ringless(Paper(ring_colour=colour), placed, PANEL)]
        assert found == (["D-13"] if wrong else []), colour


def test_d_07_motion_in_calm_is_found() -> None:
    calm = replace(WELCOME, modes=("calm",))
    restless: Callable[..., list[str]] = lambda view, moved, easel: [  # noqa: E731
        breach.rule for breach in pixels.restless(view, moved, easel)
    ]
    assert restless(calm, False, Paper(view=calm)) == []
    assert restless(calm, True, Paper(view=calm)) == ["D-07"]
    assert restless(calm, False, Paper(view=calm, breathing=True)) == ["D-07"]
    assert restless(WELCOME, True, Paper(breathing=True)) == []


def test_s_15_light_through_the_curtain_is_found() -> None:
    hidden = replace(WELCOME, modes=("curtain", "read-aloud"))
    dark = Image.new("RGB", (20, 20), INK)
    assert list(pixels.uncovered(hidden, dark)) == []
    assert [b.rule for b in pixels.uncovered(hidden, Paper().picture())] == ["S-15"]
    assert list(pixels.uncovered(WELCOME, Paper().picture())) == []
