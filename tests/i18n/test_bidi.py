import pytest

from kiosk.errors import ResourceMissing
from kiosk.i18n.bidi import levels, load
from kiosk.i18n.languages import Direction


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("abc", "ltr", (0, 0, 0)),
        ("abc", "rtl", (2, 2, 2)),
        ("اب 12", "rtl", (1, 1, 1, 2, 2)),
        ("a اب", "ltr", (0, 0, 1, 1)),
        ("اب 10:30", "rtl", (1, 1, 1, 2, 2, 2, 2, 2)),
        ("د\u2068a b\u2069ب", "rtl", (1, 1, 2, 2, 2, 1, 1)),
        ("د(a)ب", "rtl", (1, 1, 2, 1, 1)),  # N0: a pair of brackets takes the outer direction
        ("", "rtl", ()),
    ],
)
def test_levels_follow_uax_9(text: str, direction: Direction, expected: tuple[int, ...]) -> None:
    assert levels(text, direction) == expected


def test_characters_beyond_the_basic_plane_count_once() -> None:
    assert levels("\U0001f600\U0001e900", "ltr") == (0, 1)


def test_a_missing_library_names_its_debian_package() -> None:
    with pytest.raises(ResourceMissing, match="libfribidi0"):
        load("libfribidi-absent.so.0")


def test_another_library_is_not_taken_for_fribidi() -> None:
    with pytest.raises(ResourceMissing, match="libfribidi0"):
        load("libc.so.6")
