from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.i18n.bidi import levels
from kiosk.i18n.breaks import clusters
from kiosk.i18n.clean import clean
from kiosk.i18n.languages import Direction
from kiosk.i18n.wrap import Line, Setting, lay_out

from .texts import hostile, spoken


def by_count(shown: str, _font: str, _direction: Direction) -> float:
    """Every character is one wide."""
    return len(shown)


def two_fonts(text: str) -> list[str]:
    """ASCII from one font, the rest from another."""
    return ["plain" if ch.isascii() else "other" for ch in text]


COUNTED = Setting(by_count, two_fonts, levels)
PLAIN = Setting(by_count, lambda text: [""] * len(text), levels)

directions = st.sampled_from(["ltr", "rtl"])
widths = st.integers(1, 30)


def shown(line: Line[str]) -> list[str]:
    """What the eye meets from left to right."""
    return [run.shown for run in line.runs]


def pieces(text: str, width: float, direction: Direction = "ltr") -> list[str]:
    """The text of each line."""
    cleaned = clean(text)
    return [cleaned[line.start : line.end] for line in lay_out(text, width, COUNTED, direction)]


@given(hostile, widths, directions)
def test_every_character_is_in_exactly_one_line(
    text: str, width: int, direction: Direction
) -> None:
    cleaned = clean(text)
    covered = [at for line in lay_out(text, width, COUNTED, direction) for at in _range(line)]
    assert covered == [at for at, ch in enumerate(cleaned) if ch != "\n"]


@given(hostile, widths, directions)
def test_every_visible_character_is_in_exactly_one_run(
    text: str, width: int, direction: Direction
) -> None:
    cleaned = clean(text)
    for line in lay_out(text, width, COUNTED, direction):
        runs = sorted(line.runs, key=lambda run: run.start)
        assert all(before.end <= after.start for before, after in pairwise(runs))
        for run in runs:
            seen = run.shown.removesuffix("-") if cleaned[run.end - 1] == "\xad" else run.shown
            assert _subsequence(seen, cleaned[run.start : run.end])
        inside = {at for run in runs for at in range(run.start, run.end)}
        assert all(_hidden(cleaned[at]) for at in _range(line) if at not in inside)


@given(hostile, widths, directions)
def test_only_a_single_cluster_may_be_too_wide(text: str, width: int, direction: Direction) -> None:
    cleaned = clean(text)
    for line in lay_out(text, width, COUNTED, direction):
        visible = cleaned[line.start : max((run.end for run in line.runs), default=line.start)]
        assert line.width <= width or len(clusters(visible)) == 1


@given(spoken, widths, directions)
def test_a_line_laid_out_again_stays_one_line(text: str, width: int, direction: Direction) -> None:
    for piece in pieces(text, width, direction):
        assert piece == "" or len(pieces(piece, width, direction)) == 1


@given(spoken, directions)
def test_every_run_has_one_direction_and_one_font(text: str, direction: Direction) -> None:
    for line in lay_out(text, 12, COUNTED, direction):
        for run in line.runs:
            assert run.direction == ("rtl" if run.level % 2 else "ltr")
            assert set(two_fonts(clean(text)[run.start : run.end])) == {run.font}


def test_words_go_to_the_next_line_whole() -> None:
    assert pieces("Hold your code up", 10) == ["Hold your ", "code up"]


def test_the_space_at_the_end_of_a_line_takes_no_room() -> None:
    line, _ = lay_out("Hold your code", 9, COUNTED, "ltr")
    assert line.width == len("Hold your")


def test_a_newline_begins_a_paragraph() -> None:
    assert pieces("a\n\nb", 9) == ["a", "", "b"]


def test_nothing_has_no_lines() -> None:
    assert lay_out("", 9, COUNTED, "ltr") == ()


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    assert pieces("请将您的二维码。谢谢", 7) == ["请将您的二维", "码。谢谢"]


def test_a_zero_width_space_is_a_place_to_break() -> None:
    assert pieces("กกกก\u200bขขขข", 6) == ["กกกก\u200b", "ขขขข"]


def test_a_soft_hyphen_shows_only_where_it_breaks() -> None:
    lines = lay_out("Sprech\xadstun\xadde", 11, PLAIN, "ltr")
    assert [shown(line) for line in lines] == [["Sprechstun-"], ["de"]]


def test_a_word_without_breaks_is_cut_between_clusters() -> None:
    assert pieces("e\u0301e\u0301e\u0301", 4) == ["e\u0301e\u0301", "e\u0301"]


def test_a_time_in_arabic_keeps_its_order() -> None:
    (line,) = lay_out("موعدك الساعة 10:30 صباحا", 99, PLAIN, "rtl")
    assert shown(line) == [" صباحا", "10:30", "موعدك الساعة "]
    assert [run.direction for run in line.runs] == ["rtl", "ltr", "rtl"]


def test_a_latin_name_in_arabic_keeps_its_order() -> None:
    (line,) = lay_out("مع د. Wei Chen اليوم", 99, PLAIN, "rtl")
    assert shown(line) == [" اليوم", "Wei Chen", "مع د. "]


def test_a_wrapped_arabic_line_that_begins_with_latin_is_still_right_to_left() -> None:
    _, second = lay_out("موعدك مع الطبيب \u2068Wei Chen\u2069 في الطابق", 18, PLAIN, "rtl")
    assert shown(second) == [" في الطابق", "Wei Chen"]


def test_a_long_latin_name_breaks_inside_an_arabic_sentence() -> None:
    first, second = lay_out("الطبيب \u2068Wei Chen\u2069 هنا", 11, PLAIN, "rtl")
    assert shown(first) == ["Wei", "الطبيب "]
    assert shown(second) == [" هنا", "Chen"]


def test_isolated_phone_numbers_are_not_turned_round() -> None:
    (line,) = lay_out("هاتف \u2068+44 20 7946 0999\u2069", 99, PLAIN, "rtl")
    assert shown(line)[0] == "+44 20 7946 0999"


@pytest.mark.parametrize("evil", ["\u202e", "\u202d\u202e", "\u2067", "\u2069\u2069\u202e"])
def test_hostile_data_leaves_its_neighbours_in_place(evil: str) -> None:
    name = clean(f"a{evil}b")
    (line,) = lay_out(f"Hello \u2068{name}\u2069, come in", 99, PLAIN, "ltr")
    words = "".join(shown(line))
    assert words.startswith("Hello a")
    assert words.endswith(", come in")


@pytest.mark.parametrize("unit", ["a", "a ", "中", "\U0001f1e6", "(“", "אa", "\u2067", "\u200b"])
def test_ten_thousand_characters_are_laid_out(unit: str) -> None:
    text = unit * (10_000 // len(unit))
    lines = lay_out(text, 40, PLAIN, "rtl")
    assert lines[-1].end >= len(text.rstrip())


def _range(line: Line[str]) -> range:
    return range(line.start, line.end)


def _hidden(ch: str) -> bool:
    return ch.isspace() or ch in "\xad\u061c\u200b\u200e\u200f\u2066\u2067\u2068\u2069"


def _subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(ch in rest for ch in part)
