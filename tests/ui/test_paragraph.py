import gc
import os
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

for name, value in {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONSOLELOG": "1",
    "KIVY_NO_FILELOG": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "SDL_VIDEODRIVER": "offscreen",
}.items():
    os.environ.setdefault(name, value)  # before Kivy is imported, and not against who runs this

pytest.importorskip("kivy")
pytestmark = pytest.mark.screen

SCALE = 4.0
WIDE = 150.0  # mm


@pytest.fixture
def words() -> Iterator[Any]:
    """Paragraphs at 4 px per mm on a real graphics context."""
    from kivy.base import EventLoop
    from kivy.core.window import Window

    from kiosk.ui.paragraph import Paragraphs

    EventLoop.ensure_window()
    assert Window is not None
    made = Paragraphs(SCALE)
    yield made
    made.forget()


def text(said: str = "Hello", width: float = WIDE, size: float = 10.0, **more: Any) -> Any:
    from kiosk.ui.pieces import Box, Text

    return Text(Box(0, 0, width, 0), said, size, "#000000", **more)


def inked_columns(words: Any, said: Any) -> tuple[int, int, int]:
    """The first and last column with ink in it, and the width of the texture."""
    texture, _ = words.texture(said)
    width, height = texture.size
    alpha = texture.pixels[3::4]
    columns = [x for x in range(width) if any(alpha[x + y * width] for y in range(height))]
    return columns[0], columns[-1], width


def test_a_text_wraps_to_its_box(words: Any) -> None:
    long = "Please hold your code up to the camera"
    one, three = words.measure(text(long, 1000)), words.measure(text(long, 75))
    assert one[0] > 150
    assert three[0] <= 75
    assert three[1] == pytest.approx(3 * one[1], abs=1)


def test_a_larger_size_and_weight_need_more_room(words: Any) -> None:
    small = words.measure(text(size=7))
    assert words.measure(text(size=14))[1] > small[1]
    assert words.measure(text(size=7, bold=True))[0] > small[0]


def test_the_texture_is_the_picture_the_typesetter_made(words: Any) -> None:
    from kiosk.i18n.languages import language
    from kiosk.i18n.raster import Style
    from kiosk.ui.paragraph import typesetter

    said = "موعدك الساعة 10:30"
    setter = typesetter()
    picture = setter.picture(setter.block(said, WIDE * SCALE, Style(language("ar"), 40)))
    expected = picture.getchannel("A").getbbox()
    assert expected is not None
    first, last, _ = inked_columns(words, text(said, lang="ar", dir="rtl"))
    assert (first, last + 1) == (expected[0], expected[2])


def test_the_texture_stands_upright(words: Any) -> None:
    texture, _ = words.texture(text("'"))
    width, height = texture.size
    alpha = texture.pixels[3::4]
    inked = [y for y in range(height) if any(alpha[y * width : (y + 1) * width])]
    # an apostrophe is in the upper half; Kivy keeps textures bottom row first, tex_coords flip it
    flipped = texture.tex_coords[1] > texture.tex_coords[5]
    middle = sum(inked) / len(inked) / height
    assert (middle < 0.5) == flipped


def test_centred_lines_stand_in_the_middle_of_the_widest(words: Any) -> None:
    first, last, width = inked_columns(words, text("i\nwide line", centre=True))
    assert first == pytest.approx(width - last, abs=6)


def test_an_empty_text_has_no_texture(words: Any) -> None:
    texture, block = words.texture(text(""))
    assert texture is None
    assert (block.width, block.height) == (0, 0)


def test_markup_is_shown_as_it_stands(words: Any) -> None:
    assert words.measure(text("[b]x[/b]"))[0] > words.measure(text("x"))[0]


def test_equal_texts_share_one_texture_whatever_their_colour(words: Any) -> None:
    from dataclasses import replace

    words.texture(text("same"))
    words.texture(replace(text("same"), colour="#FFFFFF"))
    assert len(words) == 1
    words.texture(text("same", bold=True))
    assert len(words) == 2


def test_forgetting_frees_every_texture(words: Any) -> None:
    texture = weakref.ref(words.texture(text("private"))[0])
    words.forget()
    gc.collect()
    assert len(words) == 0
    assert texture() is None


def test_what_is_kept_is_bounded() -> None:
    from kiosk.ui.paragraph import Paragraphs

    budget = 1_000_000
    words = Paragraphs(SCALE, budget)
    for number in range(40):
        words.texture(text(f"{number} " + "long text " * 30))
    one = words.texture(text("x" + "long text " * 30))[0]
    assert one is not None
    assert 1 <= len(words) <= budget / (one.width * one.height * 2) + 1


@pytest.mark.parametrize(
    "said", ["\u202eevil\x00", "a" * 10_000, "n" + "\u0301" * 1000, "🙂\ud800"]
)
def test_hostile_text_is_drawn_within_the_width(words: Any, said: str) -> None:
    assert words.measure(text(said, lang="hi"))[0] <= WIDE
    assert words.texture(text(said, lang="hi"))[0] is not None
