import shutil
from pathlib import Path

import pytest

from kiosk.errors import ResourceMissing
from kiosk.i18n.fonts import FOLDERS, UNKNOWN, Library
from kiosk.i18n.languages import SHIPPED, Language, language

LIBRARY = Library()


def families(text: str, tag: str) -> list[str]:
    """The family of each character."""
    return [face.family for face in LIBRARY.stack(language(tag), 400).faces(text)]


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_every_language_has_its_fonts_in_both_weights(row: Language, weight: int) -> None:
    stack = LIBRARY.stack(row, 700 if weight == 700 else 400)
    assert ("Bold" if weight == 700 else "Regular") in stack.main.path.name
    assert stack.readable(row.endonym) == row.endonym


def test_letters_and_the_digits_after_them_share_a_font() -> None:
    assert families("Dr 10:30", "ar") == ["Noto Sans"] * 8
    assert families("الساعة 10:30", "ar") == ["Noto Sans Arabic"] * 12


def test_a_latin_name_in_hindi_is_drawn_by_the_latin_font() -> None:
    assert set(families("डॉ.", "hi")) == {"Noto Sans Devanagari"}
    assert set(families("Chen", "hi")) == {"Noto Sans"}


def test_a_letter_and_its_marks_share_a_font() -> None:
    assert families("e\u0301", "ar") == ["Noto Sans"] * 2


@pytest.mark.parametrize(
    ("family", "region"), [("Noto Sans CJK SC", "SC"), ("Noto Sans CJK JP", "JP")]
)
def test_a_collection_gives_the_face_of_the_right_region(family: str, region: str) -> None:
    from PIL import ImageFont

    face = LIBRARY.face(family, 700)
    named = ImageFont.truetype(str(face.path), 20, index=face.index).getname()
    assert named == (f"Noto Sans CJK {region}", "Bold")


@pytest.mark.parametrize("text", ["ไทย", "Ελλάδα", "日本", "বাংলা", "ქართული", "አማርኛ", "ਪੰਜਾਬੀ"])
def test_a_name_in_another_script_finds_a_font(text: str) -> None:
    assert LIBRARY.stack(language("en"), 700).readable(text) == text


def test_what_no_font_has_becomes_the_replacement_character_and_never_a_box() -> None:
    stack = LIBRARY.stack(language("zh-Hans"), 400)
    assert stack.readable("a\U000f0000b\u0378\n") == f"a{UNKNOWN}b{UNKNOWN}\n"
    assert stack.readable(UNKNOWN) == UNKNOWN


def test_narrow_and_zero_width_spaces_need_no_glyph() -> None:
    text = "क\u202fख\u200bग\u2068"
    assert set(families(text, "hi")) == {"Noto Sans Devanagari"}


@pytest.mark.parametrize(
    ("tag", "package"), [("ar", "fonts-noto-core"), ("zh-Hans", "fonts-noto-cjk")]
)
def test_a_missing_font_is_named_with_its_debian_package(
    tmp_path: Path, tag: str, package: str
) -> None:
    with pytest.raises(ResourceMissing, match=package) as raised:
        Library([tmp_path]).stack(language(tag), 400)
    assert language(tag).families[0] in str(raised.value)


def test_one_font_is_enough_for_one_language(tmp_path: Path) -> None:
    path = LIBRARY.face("Noto Sans", 400).path
    shutil.copy(path, tmp_path)
    stack = Library([tmp_path]).stack(language("en"), 400)
    assert stack.readable("Ana 中") == f"Ana {UNKNOWN}"


def test_a_collection_without_the_face_is_named(tmp_path: Path) -> None:
    shutil.copy(LIBRARY.face("Noto Sans", 400).path, tmp_path / "NotoSansCJK-Regular.ttc")
    with pytest.raises(ResourceMissing, match="no face named Noto Sans CJK SC"):
        Library([tmp_path]).face("Noto Sans CJK SC", 400)


def test_fonts_are_looked_for_where_debian_puts_them() -> None:
    assert Path("/usr/share/fonts") in FOLDERS
