"""Screens drawn where nobody looks: the product's own surface, on a picture instead of a window.

`window.prepare` comes before the first import of this module, as before that of Kivy.
"""

from kivy.animation import Animation
from kivy.core.window import Window  # opens what the pictures are drawn with
from kivy.graphics import ClearBuffers, ClearColor, Fbo, ScissorPop, ScissorPush
from kivy.graphics.context import get_context
from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
from PIL import Image

from kiosk.intake.view import StepView
from kiosk.ui.page import MORE
from kiosk.ui.paragraph import Paragraphs
from kiosk.ui.pieces import Box, Layout
from kiosk.ui.profile import Profile
from kiosk.ui.surface import Surface

__all__ = ["Easel", "Window"]


class Easel:
    """One surface of a profile's size; what it shows can be had as a picture, pixel by pixel."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        size = profile.width_px, profile.height_px
        self._surface = Surface(profile, Paragraphs(profile.px_per_mm), lambda _: None)
        self._surface.size = size
        self._fbo = Fbo(size=size)
        self._new = False  # the whole page is drawn once before parts of it are

    @property
    def layout(self) -> Layout:
        """The page that shows. Raises ValueError before the first one."""
        if self._surface.layout is None:
            raise ValueError("nothing was shown yet")
        return self._surface.layout

    def show(self, view: StepView) -> bool:
        """Show the first page of a view as it rests; tell whether it came in with a motion."""
        self._new = True
        get_context().flush()  # textures that went out of use: no clock ticks here to free them
        self._surface.show(view)
        moved = self._surface.moving
        Animation.cancel_all(self._surface._shift)
        self._surface._shift.x = 0
        self._surface.ring("")
        return moved

    def turn(self) -> None:
        """Turn to the next page."""
        self._new = True
        self._surface.activate(MORE)

    def ring(self, node: str) -> None:
        """Show the focus on a node, "" takes it away."""
        self._surface.ring(node)

    def breathe(self, seconds: float) -> None:
        """Let what moves beside the camera's picture stand as it does at a time."""
        self._surface.preview.breathe(seconds)

    def picture(self, box: Box | None = None) -> Image.Image:
        """Return what shows (RGB); with a `box` in mm only that part of it."""
        whole = 0, 0, *self._fbo.size
        if box is None or self._new:
            self._new = False
            picture = self._read(*whole)
            return picture.crop(self.pixels(box)) if box else picture
        return self._read(*self.pixels(box))

    def _read(self, left: int, top: int, right: int, bottom: int) -> Image.Image:
        fbo, size, high = self._fbo, (right - left, bottom - top), self._fbo.size[1]
        fbo.clear()
        fbo.add(ScissorPush(x=left, y=high - bottom, width=size[0], height=size[1]))
        fbo.add(ClearColor(0, 0, 0, 1))
        fbo.add(ClearBuffers())
        fbo.add(self._surface.canvas)
        fbo.add(ScissorPop())
        fbo.draw()
        fbo.bind()
        data = glReadPixels(left, high - bottom, *size, GL_RGBA, GL_UNSIGNED_BYTE)
        fbo.release()
        picture = Image.frombytes("RGBA", size, data).convert("RGB")
        return picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """Return a box in whole pixels (left, top, right, bottom), cut at the picture's edges."""
        scale, (wide, high) = self._profile.px_per_mm, self._fbo.size
        edges = (box.x * scale, wide), (box.y * scale, high)
        ends = (box.right * scale, wide), (box.bottom * scale, high)
        left, top, right, bottom = (max(0, min(round(at), end)) for at, end in (*edges, *ends))
        return left, top, right, bottom
