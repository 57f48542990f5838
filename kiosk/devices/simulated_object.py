"""What is held up to the camera: a phone or a printed page with a code, and the hand that holds it.

Drawn flat, in millimetres around the middle of the code, as a picture with alpha.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.devices.simulated_lobby import Colour, Picture, person

Modules = NDArray[np.bool_]
"""The modules of a code, true where dark, without quiet zone."""

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
"""Left, top, width and height in mm."""

PX_PER_MM = 6
WIDE_MM, HIGH_MM = 200, 330
_MIDDLE = (WIDE_MM / 2, 130.0)
_QUIET = 4
_SHIFT = 4


class Medium(StrEnum):
    """What the code is shown on."""

    PHONE = "phone"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Wear:
    """What is wrong with it: strengths from 0 to 1, `cracks` counts lines from one impact."""

    dim: float = 0.0  # screen brightness turned down
    dark: bool = False  # dark mode: light modules on black
    glare: float = 0.0
    cracks: int = 0
    finger: float = 0.0  # part of the code's width under a thumb


class Shell(NamedTuple):
    """The phone or page: half its width, its top and its height in mm."""

    half: float
    top: float
    tall: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.tall


class Canvas:
    """Draws smooth shapes in millimetres from the middle of the code."""

    def __init__(self) -> None:
        size = (int(HIGH_MM * PX_PER_MM), int(WIDE_MM * PX_PER_MM))
        self.colour: Picture = np.zeros((*size, 3), np.float32)
        self.alpha: Picture = np.zeros(size, np.float32)

    @staticmethod
    def _px(*points: Point) -> NDArray[np.int32]:
        scaled = (np.array(points) + _MIDDLE) * PX_PER_MM * (1 << _SHIFT)
        return np.rint(scaled).astype(np.int32)

    def shape(self, points: list[Point], colour: Colour) -> None:
        """Fill a polygon and make it opaque."""
        for target, value in ((self.colour, colour), (self.alpha, 1.0)):
            cv2.fillPoly(target, [self._px(*points)], value, cv2.LINE_8, _SHIFT)

    def line(self, ends: tuple[Point, Point], wide: float, colour: Colour) -> None:
        """Draw a line with round ends."""
        thick = max(1, round(wide * PX_PER_MM))
        one, other = self._px(*ends).tolist()
        for target, value in ((self.colour, colour), (self.alpha, 1.0)):
            cv2.line(target, one, other, value, thick, cv2.LINE_8, _SHIFT)

    def box(self, at: Rectangle, colour: Colour, r: float = 0.1) -> None:
        """Fill a rectangle with corners of radius `r`."""
        x, y, w, h = at
        turns = np.linspace(0, np.pi / 2, 7)
        corners = ((x + w - r, y + r, 3), (x + w - r, y + h - r, 0), (x + r, y + h - r, 1))
        points = [
            (cx + r * np.cos(t + k * np.pi / 2), cy + r * np.sin(t + k * np.pi / 2))
            for cx, cy, k in (*corners, (x + r, y + r, 2))
            for t in turns
        ]
        self.shape(points, colour)

    def crop(self, at: Rectangle) -> tuple[slice, slice]:
        """Return the pixels of a rectangle."""
        x, y, w, h = at
        left, top = round((x + _MIDDLE[0]) * PX_PER_MM), round((y + _MIDDLE[1]) * PX_PER_MM)
        return slice(top, top + round(h * PX_PER_MM)), slice(left, left + round(w * PX_PER_MM))


def held(code: Modules, width_mm: float, medium: Medium, wear: Wear, seed: int) -> Canvas:
    """Return the object with a code `width_mm` wide, and the hand of the lobby's person."""
    canvas, chance = Canvas(), np.random.default_rng(seed)
    skin, sleeve = person(seed)
    white = width_mm * (1 + 2 * _QUIET / len(code))
    shell = _shell(white, medium)
    if medium is Medium.PHONE:
        _arm(canvas, skin, sleeve, shell)
        _phone(canvas, shell, wear)
        _code(canvas, code, (width_mm, white), wear, lit=1 - 0.82 * wear.dim)
        _cracks(canvas, shell, wear.cracks, chance)
        _grip(canvas, skin, shell)
    else:
        _arm(canvas, skin, sleeve, shell._replace(half=26))
        _page(canvas, shell)
        _code(canvas, code, (width_mm, white), wear, lit=0.95)
        _digit(canvas, skin, ((20, shell.bottom + 26), (4, shell.bottom - 16)), 19)
    _glare(canvas, white, wear.glare, chance)
    if wear.finger:
        edge = width_mm / 2
        tip = (edge - wear.finger * width_mm + 8, edge * 0.55)
        _digit(canvas, skin, ((shell.half + 22, edge + 16), tip), 16)
    return canvas


def _shell(white: float, medium: Medium) -> Shell:
    if medium is Medium.PHONE:
        half = max(36.0, white / 2 + 5)
        return Shell(half, -half * 1.75, half * 4.1)
    return Shell(max(52.0, white / 2 + 24), -74.0, 148.0)


def _phone(canvas: Canvas, shell: Shell, wear: Wear) -> None:
    half, top, tall = shell
    lit = 1 - 0.82 * wear.dim
    ground, ink, brand = (
        ((26, 23, 21), (120, 116, 112), (112, 104, 44))
        if wear.dark
        else ((248, 247, 244), (176, 166, 156), (75, 68, 10))
    )
    canvas.box((-half, top, 2 * half, tall), (52, 48, 46), 10)
    canvas.box((-half + 0.7, top + 0.7, 2 * half - 1.4, tall - 1.4), (20, 18, 17), 9.4)
    left, high, wide = -half + 2.6, top + 2.6, 2 * half - 5.2
    canvas.box((left, high, wide, tall - 5.2), _lit(ground, lit), 7.5)
    canvas.box((left, high + 12, wide, 12), _lit(brand, lit))
    canvas.box((left + 5, high + 16, wide * 0.42, 4), _lit((238, 240, 226), lit), 2)
    canvas.box((-8, high + 2.5, 16, 4.6), (12, 11, 11), 2.3)
    for row, share in enumerate((0.74, 0.5, 0.62)):
        y = top + tall * 0.73 + row * 8
        canvas.box((left + 6, y, (wide - 12) * share, 3.2), _lit(ink, lit), 1.6)


def _page(canvas: Canvas, shell: Shell) -> None:
    half, top, tall = shell
    canvas.box((-half, top, 2 * half, tall), (228, 235, 238), 0.6)
    canvas.box((-half + 9, top + 9, 42, 4.5), (92, 84, 30), 1)
    canvas.box((-half + 9, top + 16, 2 * half - 18, 0.7), (92, 84, 30))
    for row, share in enumerate((0.62, 0.42)):
        line = (-half + 9, top + 22 + row * 7, (2 * half - 18) * share, 2.6)
        canvas.box(line, (120, 116, 112), 1)
    for row, share in enumerate((0.9, 0.78, 0.84, 0.4)):
        y = top + tall - 38 + row * 6.5
        canvas.box((-half + 9, y, (2 * half - 18) * share, 2.2), (150, 146, 142), 1)


def _code(
    canvas: Canvas, code: Modules, sizes: tuple[float, float], wear: Wear, *, lit: float
) -> None:
    width, white = sizes
    dark, light = (14, 13, 12), (250, 250, 250)
    if wear.dark:
        dark, light = light, dark
    canvas.box((-white / 2, -white / 2, white, white), _lit(light, lit))
    rows, columns = canvas.crop((-width / 2, -width / 2, width, width))
    size = (columns.stop - columns.start, rows.stop - rows.start)
    large = np.kron(code.astype(np.uint8), np.ones((16, 16), np.uint8)) * np.float32(1)
    ink = cv2.resize(large, size, interpolation=cv2.INTER_AREA)[..., None]
    canvas.colour[rows, columns] = ink * _lit(dark, lit) + (1 - ink) * _lit(light, lit)


def _lit(colour: Colour, lit: float) -> Colour:
    """A screen turned down keeps the lobby's reflection of about 16 of 255."""
    blue, green, red = (int(16 + (part - 16) * lit) if part > 16 else part for part in colour)
    return blue, green, red


def _cracks(canvas: Canvas, shell: Shell, count: int, chance: np.random.Generator) -> None:
    half, top, tall = shell
    start = np.array([chance.uniform(-half, half) * 0.7, chance.uniform(-0.3, 0.5) * half])
    for _ in range(count):
        at, heading = start, chance.uniform(0, 2 * np.pi)
        for _ in range(14):
            heading += chance.normal(0, 0.3)
            to = at + chance.uniform(3, 8) * np.array([np.cos(heading), np.sin(heading)])
            if abs(to[0]) > half - 3 or not top + 3 < to[1] < top + tall - 3:
                break
            ends = (float(at[0]), float(at[1])), (float(to[0]), float(to[1]))
            canvas.line(ends, 0.5, (70, 68, 66))
            canvas.line(ends, 0.2, (214, 214, 212))
            at = to


def _glare(canvas: Canvas, white: float, glare: float, chance: np.random.Generator) -> None:
    if not glare:
        return
    spot = Canvas()
    x, y = chance.uniform(-0.4, 0.4, 2) * white
    wide, high = white * chance.uniform(0.25, 0.5), white * chance.uniform(0.15, 0.3)
    spot.box((x - wide / 2, y - high / 2, wide, high), (255, 255, 255), min(wide, high) / 2)
    light = np.asarray(cv2.GaussianBlur(spot.colour, (0, 0), 3.0 * PX_PER_MM), dtype=np.float32)
    canvas.colour += light * (glare * 1.3) * canvas.alpha[..., None]


def _digit(canvas: Canvas, skin: Colour, ends: tuple[Point, Point], wide: float) -> None:
    """Draw a finger from its root to its tip, rounded by light from above."""
    (ax, ay), (bx, by) = ends
    for step in range(9):
        share, bright, lift = 1 - step * 0.1, 0.76 + step * 0.034, -0.016 * step * wide
        blue, green, red = (min(255, int(part * bright)) for part in skin)
        canvas.line(((ax, ay + lift), (bx, by + lift)), wide * share, (blue, green, red))


def _arm(canvas: Canvas, skin: Colour, sleeve: Colour, shell: Shell) -> None:
    """Draw what is behind the object: the palm at its lower left, the wrist and the sleeve."""
    half, bottom = shell.half, shell.bottom
    blue, green, red = (int(part * 0.84) for part in skin)
    outline = (
        *((-half - 15, -26), (-half - 5, -40), (0, -50), (half, -30)),
        *((half - 4, 34), (-18, 34), (-half - 2, 4), (-half - 13, -12)),
    )
    palm = [(x, bottom + y) for x, y in outline]
    canvas.shape(palm, (blue, green, red))
    cuff = [(-26, bottom + 28), (half + 2, bottom + 24), (half + 16, HIGH_MM), (-30, HIGH_MM)]
    canvas.shape(cuff, sleeve)


def _grip(canvas: Canvas, skin: Colour, shell: Shell) -> None:
    half, low = shell.half, shell.bottom - 26
    for row in range(4):
        y = low - 58 + row * 18.5
        _digit(canvas, skin, ((half + 7, y + 3), (half - 0.5, y)), 15.5 - row * 0.6)
    _digit(canvas, skin, ((-half - 5, low + 6), (-half + 2.0, low - 34)), 17)
