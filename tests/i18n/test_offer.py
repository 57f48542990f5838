"""A language that cannot be shown is not offered, and the reason is said."""

import shutil
from pathlib import Path

import pytest

from kiosk.i18n.catalog import Catalogue, path_of
from kiosk.i18n.fonts import Library
from kiosk.i18n.languages import SHIPPED
from kiosk.i18n.offer import offer, translated
from kiosk.resources import shipped

LIBRARY = Library()
LOCALE = shipped("assets", "locale")


def words(folder: Path) -> Catalogue:
    return Catalogue(folder, "Europe/London", "GB")


def test_what_a_practice_wants_and_can_have_is_offered_in_its_order() -> None:
    found = offer(("zh-Hans", "en", "ar", "en"), words(LOCALE), LIBRARY)
    assert found.tags == ("zh-Hans", "en", "ar")
    assert found.problems == ()


def test_a_language_without_a_catalogue_is_not_offered(tmp_path: Path) -> None:
    shutil.copytree(LOCALE / "es", tmp_path / "es")
    found = offer(("es", "ar", "tlh"), words(tmp_path), LIBRARY)
    assert found.tags == ("es",)
    missing, unknown = found.problems
    assert missing.startswith("ar: ")
    assert "ar/LC_MESSAGES/kiosk.po is missing" in missing
    assert unknown.startswith("tlh: there is no language 'tlh'")


def test_a_language_with_a_broken_catalogue_is_not_offered(tmp_path: Path) -> None:
    path = path_of(tmp_path, "es")
    path.parent.mkdir(parents=True)
    path.write_text('msgid "a"\nmsgs', encoding="utf-8")
    found = offer(("es",), words(tmp_path), LIBRARY)
    assert found.tags == ("en",)
    assert "not a catalogue" in found.problems[0]


@pytest.mark.parametrize("missing", ["Regular", "Bold"])
def test_a_language_without_its_fonts_is_not_offered(tmp_path: Path, missing: str) -> None:
    for style in {"Regular", "Bold"} - {missing}:
        shutil.copy(f"/usr/share/fonts/truetype/noto/NotoSansArabic-{style}.ttf", tmp_path)
    for style in ("Regular", "Bold"):
        shutil.copy(f"/usr/share/fonts/truetype/noto/NotoSans-{style}.ttf", tmp_path)
    found = offer(("en", "ar"), words(LOCALE), Library([tmp_path]))
    assert found.tags == ("en",)
    assert f"ar: NotoSansArabic-{missing}.ttf (Noto Sans Arabic) is missing" in found.problems[0]
    assert "fonts-noto-core" in found.problems[0]


def test_languages_with_a_catalogue_are_those_of_the_folder(tmp_path: Path) -> None:
    assert translated(tmp_path) == ()
    shutil.copytree(LOCALE / "es", tmp_path / "es")
    (tmp_path / "tlh").mkdir()
    assert [row.tag for row in translated(tmp_path)] == ["es"]
    assert {row.tag for row in translated(LOCALE)} <= {row.tag for row in SHIPPED}
