"""The one widget that draws words: any script, any mixture of directions, never markup."""

from collections import OrderedDict
from functools import cache
from math import inf

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.properties import ColorProperty, NumericProperty, OptionProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import language
from kiosk.i18n.raster import Block, Style, Typesetter

BUDGET = 48 * 1024 * 1024  # bytes of textures kept, about 20 screens full of words

Key = tuple[str, Style, float]


class _Cache:
    """Laid-out blocks and their textures, least recently used first; an evicted one is freed."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._used = 0
        self._blocks: OrderedDict[Key, Block] = OrderedDict()
        self._textures: OrderedDict[Key, Texture] = OrderedDict()

    def block(self, key: Key) -> Block:
        """Return the block of a text, laid out at most once while it is remembered."""
        if key not in self._blocks:
            text, style, width = key
            self._blocks[key] = typesetter().block(text, width, style)
            while len(self._blocks) > 1024:  # no pixels in them: the count is bound enough
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(key)
        return self._blocks[key]

    def texture(self, key: Key) -> Texture:
        """Return the texture of a text, drawn at most once while it is remembered."""
        if key not in self._textures:
            self._textures[key] = _upload(self.block(key))
            self._used += _bytes(self._textures[key])
            while self._used > self._budget and len(self._textures) > 1:
                self._used -= _bytes(self._textures.popitem(last=False)[1])
        self._textures.move_to_end(key)
        return self._textures[key]

    def clear(self) -> None:
        """Drop everything; a texture still on screen lives until its widget lets it go."""
        self._blocks.clear()
        self._textures.clear()
        self._used = 0

    def __len__(self) -> int:
        return len(self._textures)


_cache = _Cache(BUDGET)


@cache
def typesetter() -> Typesetter:
    """Return the process's typesetter, on the fonts of the system.

    Raises ResourceMissing naming the Debian package when text cannot be shaped.
    """
    return Typesetter(Library())


def forget() -> None:
    """Drop every remembered text, measure and texture: called when a session ends."""
    _cache.clear()
    typesetter().forget()


def block(key: Key) -> Block:
    """Return a text laid out, from the cache where it can be."""
    return _cache.block(key)


def texture(key: Key) -> Texture:
    """Return a text's texture, from the cache where it can be."""
    return _cache.texture(key)


def remembered() -> int:
    """Return how many textures are kept."""
    return len(_cache)


class Paragraph(Widget):
    """A text in one language and style, wrapped to `max_width` px, or if 0 to its own width.

    `direction` "" is the language's, `line_height` multiplies the language's own. Text starts at
    the side its direction starts from, or is centred, and hangs from the widget's top; `fit` tells
    the room it needs. Text is data: "[b]" is shown as it stands.
    """

    text = StringProperty("")
    language = StringProperty("en")
    direction = OptionProperty("", options=["", "ltr", "rtl"])
    size_px = NumericProperty(40.0)
    weight = OptionProperty(400, options=[400, 700])
    color = ColorProperty((0, 0, 0, 1))
    line_height = NumericProperty(1.0)
    align = OptionProperty("start", options=["start", "center"])
    max_width = NumericProperty(0.0)

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        with self.canvas:
            self._tint = Color(*self.color)
            self._picture = Rectangle(size=(0, 0))
        self._redraw = Clock.create_trigger(self.draw, -1)
        changes = ("text", "language", "direction", "size_px", "weight", "line_height", "align")
        self.bind(**dict.fromkeys((*changes, "max_width", "size", "pos"), self._redraw))
        self.bind(color=self._tinted)
        self._redraw()

    def fit(self, width: float = 0) -> tuple[int, int]:
        """Return the px (width, height) of the text wrapped to `width`, 0 meaning unbounded.

        Needs no window and no parent. Raises ResourceMissing when a font is not installed.
        """
        block = _cache.block(self._key(width))
        return block.width, block.height

    def draw(self, *_: object) -> None:
        """Show the text as it is now; happens by itself before the next frame after a change."""
        key = self._key(self.max_width or self.width)
        block = _cache.block(key)
        if not block.lines:
            self._picture.texture, self._picture.size = None, (0, 0)
            return
        texture = _cache.texture(key)
        self._picture.texture = texture
        self._picture.size = texture.size
        self._picture.pos = (
            round(self.x + self._indent(block) - block.left),
            round(self.top - texture.height),
        )

    def _key(self, width: float) -> Key:
        style = Style(
            language=language(self.language),
            size=self.size_px,
            weight=self.weight,
            direction=self.direction or None,
            align=self.align,
            line_height=self.line_height,
        )
        return self.text, style, width if width > 0 else inf

    def _indent(self, block: Block) -> float:
        spare = float(self.width - block.width)
        if self.align == "center":
            return spare / 2
        return spare if block.style.base == "rtl" else 0

    def _tinted(self, *_: object) -> None:
        self._tint.rgba = self.color


def _upload(block: Block) -> Texture:
    picture = typesetter().picture(block)
    texture = Texture.create(size=picture.size, colorfmt="luminance_alpha", mipmap=False)
    texture.blit_buffer(picture.tobytes(), colorfmt="luminance_alpha", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


def _bytes(texture: Texture) -> int:
    return int(texture.width * texture.height * 2)
