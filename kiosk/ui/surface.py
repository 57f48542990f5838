"""The one widget: shows a scene, feels touches, and says which node was meant."""

from collections.abc import Callable
from typing import Any

from kivy.animation import Animation
from kivy.core.window import Window
from kivy.graphics import (
    Canvas,
    ClearBuffers,
    ClearColor,
    Color,
    Fbo,
    PopMatrix,
    PushMatrix,
    Rectangle,
    Translate,
)
from kivy.uix.widget import Widget

from kiosk.intake.view import StepView
from kiosk.ui.arrange import arrange
from kiosk.ui.canvas import Brush, rgb
from kiosk.ui.page import EARLIER, MORE
from kiosk.ui.paragraph import Paragraphs
from kiosk.ui.pieces import Layout, Stage
from kiosk.ui.preview import Preview
from kiosk.ui.profile import Profile
from kiosk.ui.theme import theme

SLIDE_S = 0.18  # look.md: motion
SLIDE_MM = 14.0
_DARK = "#000000"


class Surface(Widget):
    """Draws views on a screen profile and calls `on_node` with the id of an activated node."""

    def __init__(self, profile: Profile, words: Paragraphs, on_node: Callable[[str], None]) -> None:
        super().__init__()
        self._profile, self._words, self._on_node = profile, words, on_node
        self._view: StepView | None = None
        self._layout: Layout | None = None
        self._page = 0
        self._down = ""
        self._ring = ""
        self.on_turn: Callable[[], None] = lambda: None
        self.on_touch: Callable[[], None] = lambda: None
        self.preview = Preview()
        with self.canvas:
            self._fbo = Fbo(size=(1, 1))
            PushMatrix()
            self._shift = Translate(0, 0)
            Color(1, 1, 1, 1)
            self._sheet = Rectangle(texture=self._fbo.texture)
            self._press_canvas = Canvas()
            self._stage_canvas = Canvas()
            self._ring_canvas = Canvas()
            self.canvas.add(self._press_canvas)
            self.canvas.add(self._stage_canvas)
            self.canvas.add(self._ring_canvas)
            PopMatrix()
        self.bind(size=lambda *_: self.redraw())

    @property
    def layout(self) -> Layout | None:
        """The page that shows."""
        return self._layout

    @property
    def view(self) -> StepView | None:
        """The view that shows."""
        return self._view

    def show(self, view: StepView) -> None:
        """Show a view; a new step slides in, unless motion is unwanted."""
        before, self._view = self._view, view
        new = before is None or before.step != view.step
        if new or before is None or before.modes != view.modes or _news(before, view):
            self._page = 0
        self.redraw()
        if new and before is not None and "calm" not in view.modes:
            self._slide(-1 if view.direction == "rtl" else 1)

    @property
    def moving(self) -> bool:
        """Tell whether a new step is still sliding in."""
        return bool(self._shift.x)

    def _slide(self, sign: int) -> None:
        Animation.cancel_all(self._shift)
        self._shift.x = sign * SLIDE_MM * self._profile.px_per_mm
        Animation(x=0, d=SLIDE_S, t="out_cubic").start(self._shift)

    def redraw(self) -> None:
        """Arrange and draw the current view again."""
        if self._view is None or self.height < 2:
            return
        scale = self.width / self._profile.width_mm
        self._words.scale = scale
        self._layout = arrange(self._view, self._profile, self._words.measure, self._page)
        self._page = self._layout.page
        palette = theme(self._profile, set(self._view.modes)).palette
        brush = Brush(self._words, scale, self.height)
        self._draw_page(brush, _DARK if self.curtain else palette.paper)
        self._draw_press(brush)
        self._draw_stage(brush, palette.stage, palette.accent)
        self._draw_ring(brush)

    def _draw_page(self, brush: Brush, paper: str) -> None:
        """Draw the page into a picture of its own: frames of the camera need not draw it again."""
        if self._layout is None:
            return
        size = round(self.width), round(self.height)
        if self._fbo.size != size:
            self._fbo.size = size
        Window.clearcolor = rgb(paper)
        self._fbo.clear()
        with self._fbo:
            ClearColor(*rgb(paper))
            ClearBuffers()
        if not self.curtain:
            brush.draw(self._fbo, self._layout)
        self._sheet.texture, self._sheet.size = self._fbo.texture, size

    def _draw_press(self, brush: Brush) -> None:
        self._press_canvas.clear()
        if self._layout and self._down:
            brush.shade(self._press_canvas, self._layout, self._down)

    def _draw_stage(self, brush: Brush, ground: str, accent: str) -> None:
        pieces = (
            (p for placed in self._layout.placed for p in placed.pieces) if self._layout else ()
        )
        stage = next((piece for piece in pieces if isinstance(piece, Stage)), None)
        self._stage_canvas.clear()
        if stage is None or self.curtain:
            self.preview.hide()
            return
        pos, size = brush.rect(stage.box)
        unit = self.width / self._profile.width_mm
        calm = self._view is not None and "calm" in self._view.modes
        self.preview.draw(
            self._stage_canvas, (*pos, *size), stage.state, ground, accent, unit=unit, calm=calm
        )

    def _draw_ring(self, brush: Brush) -> None:
        self._ring_canvas.clear()
        box = self._layout.bounds().get(self._ring) if self._layout else None
        if box is not None and self._view is not None and not self.curtain:
            brush.ring(self._ring_canvas, box, theme(self._profile, set(self._view.modes)).palette)

    @property
    def curtain(self) -> bool:
        """Tell whether the screen is dark on purpose; the voice goes on (508 405.1)."""
        return self._view is not None and "curtain" in self._view.modes

    def ring(self, node: str) -> None:
        """Show the focus on a node, on whichever page it is; "" takes it away."""
        self._ring = node
        page = self._page_of(node)
        if page != self._page:
            self._page = page
            self.redraw()
        else:
            self._draw_ring(Brush(self._words, self.width / self._profile.width_mm, self.height))

    def _page_of(self, node: str) -> int:
        view, layout = self._view, self._layout
        if view is None or layout is None or node not in layout.others:
            return self._page
        for page in range(layout.pages):
            if node in arrange(view, self._profile, self._words.measure, page).bounds():
                return page
        return self._page

    def on_touch_down(self, touch: Any) -> bool:
        """Feel for a node; it shows as pressed until the finger leaves it."""
        if getattr(touch, "is_mouse_scrolling", False):
            return True
        self.on_touch()
        if not self.curtain:
            self._press(self._at(touch))
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """A finger that slides off a node lets go of it (VVSG 7.2-H)."""
        if self._down and self._at(touch) != self._down:
            self._press("")
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Activate on release, inside the node that was touched first."""
        meant = self._down if self._down and self._at(touch) == self._down else ""
        self._down = ""
        self._press_canvas.clear()
        if meant:
            self.activate(meant)
        return True

    def _at(self, touch: Any) -> str:
        if self._layout is None:
            return ""
        scale = self.width / self._profile.width_mm
        node = self._layout.at(touch.x / scale, (self.height - touch.y) / scale)
        return node.id if node else ""

    def _press(self, node: str) -> None:
        if node != self._down:
            self._down = node
            scale = self.width / self._profile.width_mm
            self._draw_press(Brush(self._words, scale, self.height))

    def activate(self, node: str) -> None:
        """Do what a node means: turn a page here, everything else is decided elsewhere."""
        if node == MORE:
            self._turn(1)
        elif node in {"back", EARLIER} and self._page:
            self._turn(-1)
        else:
            self._on_node(node)

    def _turn(self, by: int) -> None:
        self._page += by
        self.redraw()
        self.on_turn()

    def forget(self) -> None:
        """Drop every word and picture of the person who left."""
        self._words.forget()
        self.preview.forget()


def _news(before: StepView, view: StepView) -> bool:
    """Tell whether a note came up: it stands on the first page."""
    note = view.node("note")
    return note is not None and note != before.node("note")
