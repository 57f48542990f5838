from math import inf

import pytest
from hypothesis import given, settings
from PIL import Image

from kiosk.i18n.fonts import Library, Weight
from kiosk.i18n.languages import SHIPPED, Language, language
from kiosk.i18n.raster import TALLEST, Block, Style, Typesetter

from .pixels import ink, places
from .samples import SAMPLES
from .texts import hostile

LIBRARY = Library()
SETTER = Typesetter(LIBRARY)


def style(tag: str, size: float = 40, weight: Weight = 400) -> Style:
    return Style(language(tag), size, weight)


def drawn(text: str, tag: str, size: float = 40, width: float = inf) -> Image.Image:
    return SETTER.picture(SETTER.block(text, width, style(tag, size)))


def top_and_bottom(picture: Image.Image) -> tuple[int, int]:
    box = picture.getchannel("A").getbbox()
    assert box is not None
    return box[1], box[3]


def advance(text: str, tag: str) -> float:
    return sum(line.width for line in SETTER.block(text, inf, style(tag)).lines)


@pytest.mark.parametrize("text", ["موعدك الساعة 10:30 صباحا", "10:30 موعدك", "موعدك 10:30"])
def test_a_time_looks_the_same_inside_an_arabic_line(text: str) -> None:
    time = ink(drawn("10:30", "ar"))
    assert len(places(time, drawn(text, "ar"))) == 1
    assert places(ink(drawn("03:01", "ar")), drawn(text, "ar")) == []


def test_a_latin_name_looks_the_same_inside_an_arabic_line() -> None:
    found = places(ink(drawn("Wei Chen", "ar")), drawn("د. Wei Chen", "ar"))
    assert len(found) == 1
    assert found[0][0] < 5  # the title is to its right


def test_the_second_arabic_line_keeps_the_latin_name_on_the_right() -> None:
    width = advance("موعدك مع الطبيب", "ar") + 20
    block = SETTER.block("موعدك مع الطبيب \u2068Wei Chen\u2069 هنا", width, style("ar"))
    picture = SETTER.picture(block)
    assert len(block.lines) == 2
    ((x, y),) = places(ink(drawn("Wei", "ar")), picture)
    assert x > picture.width / 3
    assert y > block.baselines[0]


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_no_letter_is_a_missing_glyph_box(row: Language, weight: Weight) -> None:
    look = Style(row, 40, weight)
    block = SETTER.block(SAMPLES[row.tag], inf, look)
    picture = SETTER.picture(block)
    for face in {run.font for line in block.lines for run in line.runs}:
        box = _missing_glyph(str(face.path), face.index)
        assert places(box, picture) == []


def test_the_test_for_boxes_would_find_one() -> None:
    face = LIBRARY.face("Noto Sans", 400)
    box = _missing_glyph(str(face.path), face.index)
    block = SETTER.block("a", inf, style("en"))
    run = block.lines[0].runs[0]
    forced = SETTER.picture(_with_shown(block, run.shown + "\u0378"))
    assert len(places(box, forced)) == 1


def test_a_devanagari_conjunct_is_one_shape() -> None:
    assert advance("क्ष", "hi") < advance("क", "hi") + advance("ष", "hi")
    assert ink(drawn("क्ष", "hi")).tobytes() != ink(drawn("क्\u200cष", "hi")).tobytes()


def test_arabic_letters_join() -> None:
    assert advance("سسس", "ar") < 3 * advance("س", "ar")


def test_a_narrow_no_break_space_is_a_space_in_every_script() -> None:
    for tag, before, after in (("en", "10:30", "AM"), ("hi", "क", "ख"), ("ar", "د", "ر")):
        narrow = advance(f"{before}\u202f{after}", tag)
        assert advance(f"{before}\u200b{after}", tag) < narrow
        assert narrow <= advance(f"{before} {after}", tag) + 0.1 * 40


def test_isolates_and_zero_width_spaces_leave_no_trace() -> None:
    assert drawn("a\u2068b\u2069\u200bc", "en").tobytes() == drawn("abc", "en").tobytes()


def test_all_fonts_of_a_line_stand_on_one_baseline() -> None:
    alone = drawn("Hx", "hi")
    mixed = drawn("कमल Hx", "hi")
    ((_, y),) = places(ink(alone), mixed)
    assert y == places(ink(alone), alone)[0][1]


@pytest.mark.parametrize("size", [24.0, 40.5, 70.0])
@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_nothing_is_clipped(row: Language, size: float) -> None:
    """A larger line height moves the lines apart: the ink must stay the same."""
    near = SETTER.block(SAMPLES[row.tag], inf, Style(row, size))
    far = SETTER.block(SAMPLES[row.tag], inf, Style(row, size, line_height=3))
    assert ink(SETTER.picture(near)).tobytes() == ink(SETTER.picture(far)).tobytes()


def test_no_nastaliq_word_is_clipped_or_meets_the_next_line() -> None:
    text = "آپ کی ملاقات 10:30 بجے Dr Chen کے ساتھ ہے پیچھے صحیح"
    near = SETTER.block(text, inf, Style(language("ur"), 60, line_height=0.5))
    far = SETTER.block(text, inf, Style(language("ur"), 60, line_height=2))
    assert ink(SETTER.picture(near)).tobytes() == ink(SETTER.picture(far)).tobytes()
    assert near.height > 0.5 * 2.4 * 60


def test_towers_of_marks_make_room_for_themselves() -> None:
    one = SETTER.block("n", inf, style("en"))
    tower = SETTER.block("n" + "\u0302" * 8, inf, style("en"))
    assert tower.height > one.height
    top, _ = top_and_bottom(SETTER.picture(tower))
    assert top >= 0
    two = SETTER.block("n\nn" + "\u0302" * 8, inf, style("en"))
    assert two.baselines[1] - two.baselines[0] > 1.3 * 40


def test_ink_that_reaches_out_sideways_is_kept() -> None:
    block = SETTER.block("j", inf, style("en", 200))
    assert block.left > 0
    assert SETTER.picture(block).width == block.left + block.width + block.right


def test_text_starts_on_the_side_of_its_direction() -> None:
    text = "Hello there\nyou"
    ltr = Style(language("en"), 40, direction="ltr")
    rtl = Style(language("en"), 40, direction="rtl")
    centred = Style(language("en"), 40, align="center")
    lefts = []
    for look in (ltr, centred, rtl):
        picture = SETTER.picture(SETTER.block(text, inf, look))
        ((x, _),) = places(ink(drawn("you", "en")), picture)
        lefts.append(x)
    assert lefts == sorted(set(lefts))


def test_lines_are_as_far_apart_as_the_language_asks() -> None:
    for row in SHIPPED:
        block = SETTER.block("a\na\na", inf, Style(row, 50))
        assert block.baselines[2] - block.baselines[0] == round(2 * row.line_height * 50)
        assert block.height == pytest.approx(3 * row.line_height * 50, abs=2)


def test_markup_is_text() -> None:
    assert advance("[b]x[/b]", "en") > advance("x", "en")


def test_an_emoji_that_no_font_has_is_a_replacement_character() -> None:
    assert drawn("\U0001fae0", "en").tobytes() == drawn("\ufffd", "en").tobytes()


def test_ten_thousand_characters_make_a_picture_of_bounded_size() -> None:
    block = SETTER.block("hello " * 1666, 400, style("en"))
    assert block.height > TALLEST
    assert SETTER.picture(block).height == TALLEST


def test_no_text_needs_no_room() -> None:
    block = SETTER.block("", 100, style("en"))
    assert (block.width, block.height, block.lines) == (0, 0, ())
    assert SETTER.picture(block).getchannel("A").getbbox() is None


def test_forgetting_keeps_the_result_the_same() -> None:
    before = drawn("again", "en").tobytes()
    SETTER.forget()
    assert drawn("again", "en").tobytes() == before


@settings(max_examples=150, deadline=None)
@given(hostile)
def test_any_text_can_be_drawn_within_its_width(text: str) -> None:
    for tag in ("en", "ar", "zh-Hans"):
        block = SETTER.block(text, 200, style(tag, 20))
        SETTER.picture(block)
        assert all(line.width <= 200 for line in block.lines)


def _missing_glyph(path: str, index: int) -> Image.Image:
    from PIL import ImageDraw, ImageFont

    font = ImageFont.FreeTypeFont(path, 40, index)
    mask = Image.new("L", (120, 120))
    ImageDraw.Draw(mask).text((20, 80), "\u0378", fill=255, font=font, anchor="ls")
    box = mask.getbbox()
    assert box is not None, "the font's missing glyph is visible"
    return mask.crop(box)


def _with_shown(block: Block, shown: str) -> Block:
    from dataclasses import replace

    line = block.lines[0]
    run = replace(line.runs[0], shown=shown)
    return replace(block, lines=(replace(line, runs=(run,)),), width=block.width + 80)
