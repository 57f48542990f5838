import gc
import os
import weakref
from collections.abc import Callable, Iterator
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

Make = Callable[..., Any]


@pytest.fixture
def make() -> Iterator[Make]:
    """Give paragraphs of 600 by 200 px, already drawn; nothing is remembered before or after."""
    from kivy.base import EventLoop
    from kivy.core.window import Window

    from kiosk.ui import paragraph

    def made(text: str = "Hello", **properties: object) -> Any:
        widget = paragraph.Paragraph(
            text=text, size_hint=(None, None), size=(600, 200), **properties
        )
        widget.draw()
        return widget

    EventLoop.ensure_window()
    assert Window is not None
    paragraph.forget()
    yield made
    paragraph.forget()


def pixels(widget: Any) -> tuple[tuple[int, int], bytes]:
    """Size and RGBA of the widget as it is on screen, from the top row down."""
    image = widget.export_as_image().texture
    return image.size, image.pixels


def inked_columns(widget: Any) -> tuple[int, int]:
    """The first and last column with ink in it."""
    (width, height), data = pixels(widget)
    alpha = data[3::4]
    columns = [x for x in range(width) if any(alpha[x + y * width] for y in range(height))]
    return columns[0], columns[-1]


def test_fit_tells_the_room_before_the_widget_is_shown(make: Make) -> None:
    widget = make("Please hold your code up to the camera", size_px=40)
    wide, narrow = widget.fit(), widget.fit(300)
    assert wide[0] > 600
    assert narrow[0] <= 300
    assert narrow[1] == pytest.approx(3 * wide[1], abs=3)


def test_a_larger_size_and_weight_need_more_room(make: Make) -> None:
    small = make(size_px=30).fit()
    assert make(size_px=60).fit()[1] > small[1]
    assert make(size_px=30, weight=700).fit()[0] > small[0]


def test_the_words_are_drawn_in_their_colour(make: Make) -> None:
    _, data = pixels(make("██", color=(1, 0, 0, 1)))
    assert bytes((255, 0, 0, 255)) in {data[at : at + 4] for at in range(0, len(data), 4)}


def test_a_new_colour_needs_no_new_texture(make: Make) -> None:
    from kiosk.ui.paragraph import remembered

    widget = make()
    widget.color = (0, 1, 0, 1)
    widget.draw()
    assert remembered() == 1


def test_the_picture_on_screen_is_the_one_the_typesetter_made(make: Make) -> None:
    from kiosk.i18n.languages import language
    from kiosk.i18n.raster import Style
    from kiosk.ui.paragraph import typesetter

    widget = make("موعدك الساعة 10:30", language="ar", color=(1, 1, 1, 1))
    setter = typesetter()
    picture = setter.picture(setter.block(widget.text, 600, Style(language("ar"), 40)))
    expected = picture.getchannel("A").getbbox()
    assert expected is not None
    first, last = inked_columns(widget)
    assert last - first + 1 == expected[2] - expected[0]


def test_text_starts_at_the_side_of_its_direction(make: Make) -> None:
    left = inked_columns(make("Hello"))
    right = inked_columns(make("مرحبا", language="ar"))
    middle = inked_columns(make("Hello", align="center"))
    assert left[0] < 10
    assert right[1] > 590
    assert middle[0] == pytest.approx(600 - middle[1], abs=4)


def test_the_direction_can_differ_from_the_languages(make: Make) -> None:
    assert inked_columns(make("12", language="ar", direction="ltr"))[0] < 10


def test_a_change_shows_in_the_next_frame(make: Make) -> None:
    from kivy.clock import Clock

    widget = make("one")
    before = pixels(widget)
    widget.text = "two"
    Clock.tick()
    assert pixels(widget) != before


def test_an_empty_text_shows_nothing(make: Make) -> None:
    widget = make("one")
    widget.text = ""
    widget.draw()
    assert widget.fit() == (0, 0)
    assert not any(pixels(widget)[1][3::4])


def test_markup_is_shown_as_it_stands(make: Make) -> None:
    assert make("[b]x[/b]").fit()[0] > make("x").fit()[0]


def test_equal_texts_share_one_texture(make: Make) -> None:
    from kiosk.ui.paragraph import remembered

    make("same")
    make("same")
    assert remembered() == 1
    make("same", weight=700)
    assert remembered() == 2


def test_forgetting_empties_the_cache(make: Make) -> None:
    from kiosk.ui.paragraph import forget, remembered

    make("private")
    forget()
    assert remembered() == 0


def test_a_forgotten_texture_is_freed(make: Make) -> None:
    from kiosk.ui.paragraph import forget

    widget = make("private")
    texture = weakref.ref(widget.canvas.children[-1].texture)
    forget()
    widget.text = ""
    widget.draw()
    del widget
    gc.collect()
    assert texture() is None


def test_what_is_kept_is_bounded(make: Make) -> None:
    from kiosk.ui.paragraph import BUDGET, remembered

    for number in range(40):
        make(f"{number} " + "long text " * 60, size_px=70)
    one = make("x" + "long text " * 60, size_px=70).canvas.children[-1].texture
    assert remembered() <= BUDGET / (one.width * one.height * 2) + 1
    assert remembered() < 41


@pytest.mark.parametrize(
    "text", ["\u202eevil\x00", "a" * 10_000, "n" + "\u0301" * 1000, "🙂\ud800"]
)
def test_hostile_text_is_drawn_within_the_width(make: Make, text: str) -> None:
    widget = make(text, language="hi", size_px=30)
    assert widget.fit(600)[0] <= 600
