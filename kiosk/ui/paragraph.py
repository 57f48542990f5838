"""The one place that turns words into pixels: any script, any direction, never markup."""

from collections import OrderedDict
from functools import cache

from kivy.graphics.texture import Texture
from PIL.Image import Image

from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import language
from kiosk.i18n.raster import Block, Style, Typesetter
from kiosk.ui.pieces import Text

BUDGET = 48 * 1024 * 1024  # bytes of textures kept, about 20 screens full of words
_BLOCKS = 1024  # laid-out texts; no pixels in them, so that the count is bound enough

Key = tuple[str, Style, float]


@cache
def typesetter() -> Typesetter:
    """Return the process's typesetter, on the fonts of the system.

    Raises ResourceMissing naming the Debian package when text cannot be shaped.
    """
    return Typesetter(Library())


class Paragraphs:
    """Measures and draws texts at a `scale` in px per mm; the least recently used are freed."""

    def __init__(self, scale: float, budget: int = BUDGET) -> None:
        self.scale = scale
        self._budget = budget
        self._used = 0
        self._blocks: OrderedDict[Key, Block] = OrderedDict()
        self._textures: OrderedDict[Key, Texture] = OrderedDict()

    def measure(self, text: Text) -> tuple[float, float]:
        """Return the width and height in mm of a text wrapped to its box's width."""
        block = self._block(self._key(text))
        return block.width / self.scale, block.height / self.scale

    def texture(self, text: Text) -> tuple[Texture | None, Block]:
        """Return a text's texture, None for an empty one, and its block in px.

        The texture is `block.left` px wider on the left than the block, for ink that reaches out.
        """
        key = self._key(text)
        block = self._block(key)
        return (self._picture(key, block) if block.lines else None), block

    def forget(self) -> None:
        """Drop every remembered text, measure and texture: called when a session ends."""
        self._blocks.clear()
        self._textures.clear()
        self._used = 0
        typesetter().forget()

    def __len__(self) -> int:
        return len(self._textures)

    def _key(self, text: Text) -> Key:
        style = Style(
            language=language(text.lang),
            size=round(text.size * self.scale),
            weight=700 if text.bold else 400,
            direction="rtl" if text.dir == "rtl" else "ltr",
            align="center" if text.centre else "start",
        )
        return text.text, style, float(int(text.box.w * self.scale + 0.01))

    def _block(self, key: Key) -> Block:
        if key not in self._blocks:
            text, style, width = key
            self._blocks[key] = typesetter().block(text, width, style)
            while len(self._blocks) > _BLOCKS:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(key)
        return self._blocks[key]

    def _picture(self, key: Key, block: Block) -> Texture:
        if key not in self._textures:
            self._textures[key] = upload(typesetter().picture(block))
            self._used += _bytes(self._textures[key])
            while self._used > self._budget and len(self._textures) > 1:
                self._used -= _bytes(self._textures.popitem(last=False)[1])
        self._textures.move_to_end(key)
        return self._textures[key]


def upload(picture: Image) -> Texture:
    """Return a picture (white on transparent, "LA", top row first) as a texture to be tinted."""
    texture = Texture.create(size=picture.size, colorfmt="luminance_alpha", mipmap=False)
    texture.blit_buffer(picture.tobytes(), colorfmt="luminance_alpha", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


def _bytes(texture: Texture) -> int:
    return int(texture.width * texture.height * 2)
