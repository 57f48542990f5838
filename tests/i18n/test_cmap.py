from pathlib import Path

import pytest

from kiosk.errors import ResourceMissing
from kiosk.i18n import cmap
from kiosk.i18n.fonts import FOLDERS

FONTS = sorted(path for root in FOLDERS for path in root.rglob("Noto*.tt[fc]"))


def test_every_installed_font_is_read_as_another_library_reads_it() -> None:
    reader = pytest.importorskip("fontTools.ttLib")
    assert FONTS
    for path in FONTS:
        with reader.TTFont(path, fontNumber=0, lazy=True) as font:
            expected = set(font.getBestCmap())
        coverage = cmap.read(path)
        edges = {point + by for point in expected for by in (-1, 0, 1)}
        assert {point for point in edges if point in coverage} == expected, path.name


def test_only_code_points_can_be_covered() -> None:
    assert "A" not in cmap.Coverage([(65, 65)])
    assert 65 in cmap.Coverage([(65, 65)])


@pytest.mark.parametrize("content", [b"", b"not a font", b"ttcf", b"\0\1\0\0" + b"\xff" * 40])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "Broken.ttf"
    path.write_bytes(content)
    with pytest.raises(ResourceMissing, match=r"Broken\.ttf"):
        cmap.read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceMissing, match=r"None\.ttf"):
        cmap.read(tmp_path / "None.ttf")
