"""The live camera picture: one texture, reused, mirrored like a mirror, with breathing corners."""

import math
from typing import Any

from kivy.graphics import Color, Line, RoundedRectangle
from kivy.graphics.texture import Texture

from kiosk.ui.canvas import rgb

_CALM_S = 3.2  # one breath of the corners


class Preview:
    """Holds the texture and the instructions that show it; `frame` may come at any rate."""

    def __init__(self) -> None:
        self._texture: Texture | None = None
        self._picture: RoundedRectangle | None = None
        self._tint: Color | None = None
        self._corners: list[Line] = []
        self._place: tuple[float, float, float, float] = (0, 0, 0, 0)
        self._unit = 1.0
        self._still = False

    @property
    def shown(self) -> bool:
        """Tell whether the picture is on the screen."""
        return self._picture is not None

    def hide(self) -> None:
        """The screen has no place for the picture now."""
        self._picture = self._tint = None
        self._corners = []

    def draw(
        self,
        canvas: Any,
        place: tuple[int, int, int, int],
        state: str,
        *colours: str,
        unit: float,
        calm: bool = False,
    ) -> None:
        """Put the picture, or a dark stage until there is one, into a place (x, y, w, h) in px."""
        self._place, self._unit, self._still = place, unit, calm or state == "read"
        pos, size = place[:2], place[2:]
        ground, accent = colours
        live = self._texture is not None and state != "starting"
        with canvas:
            self._tint = Color(*((1, 1, 1, 1) if live else rgb(ground)))
            self._picture = RoundedRectangle(pos=pos, size=size, radius=[5 * unit])
            Color(*rgb(accent))
            self._corners = [Line(width=max(1.2, 0.7 * unit), cap="round") for _ in range(4)]
            if state == "read":
                self._tick(unit)
        self._fit()
        self.breathe(0.0)

    def _tick(self, unit: float) -> None:
        x, y, w, h = self._place
        side = min(w, h) * 0.16
        cx, cy = x + w / 2, y + h / 2
        Color(*rgb("#0F4626"))
        RoundedRectangle(pos=(cx - side, cy - side), size=(2 * side, 2 * side), radius=[side])
        Color(1, 1, 1, 1)
        points = [
            cx - side * 0.45,
            cy,
            cx - side * 0.1,
            cy - side * 0.35,
            cx + side * 0.5,
            cy + side * 0.35,
        ]
        Line(points=points, width=max(2.0, unit * 1.4), cap="round", joint="round")

    def frame(self, pixels: bytes, width: int, height: int) -> None:
        """Show the newest frame (BGR, top row first)."""
        if self._texture is None or self._texture.size != (width, height):
            self._texture = Texture.create(size=(width, height), colorfmt="rgb")
        self._texture.blit_buffer(pixels, colorfmt="bgr", bufferfmt="ubyte")
        self._fit()

    def _fit(self) -> None:
        """Fill the place, cutting what is too much, mirrored left to right."""
        if self._picture is None or self._texture is None or self._tint is None:
            return
        _, _, w, h = self._place
        tw, th = self._texture.size
        scale = max(w / tw, h / th)
        u, v = w / scale / tw / 2, h / scale / th / 2
        left, right, low, high = 0.5 + u, 0.5 - u, 0.5 + v, 0.5 - v
        self._tint.rgba = (1, 1, 1, 1)
        self._picture.texture = self._texture
        self._picture.tex_coords = (left, low, right, low, right, high, left, high)

    def breathe(self, seconds: float) -> None:
        """Move the four corners slowly in and out; still once a code was read."""
        if not self._corners:
            return
        x, y, w, h = self._place
        swing = 0.0 if self._still else math.sin(seconds / _CALM_S * 2 * math.pi)
        side = min(w, h) * (0.36 + 0.012 * swing)
        arm, cx, cy = side * 0.34, x + w / 2, y + h / 2
        for line, (sx, sy) in zip(self._corners, ((-1, 1), (1, 1), (1, -1), (-1, -1)), strict=True):
            px, py = cx + sx * side, cy + sy * side
            line.points = [px - sx * arm, py, px, py, px, py - sy * arm]

    def forget(self) -> None:
        """Paint the texture over: the last face seen must not stay in it."""
        if self._texture is not None:
            blank = bytes(self._texture.width * self._texture.height * 3)
            self._texture.blit_buffer(blank, colorfmt="rgb", bufferfmt="ubyte")
