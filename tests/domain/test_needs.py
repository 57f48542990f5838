"""The table of needs: what is shipped is whole, and what is broken is named."""

from pathlib import Path

import pytest

from kiosk.domain import needs
from kiosk.errors import ConfigError
from kiosk.resources import shipped

SHIPPED = needs.read(shipped("assets", "needs.toml"))
ROW = """
[[need]]
id = "quiet"
ask = "A quiet place to wait"
icon = "moon"
staff = "quiet place"
code = { system = "none" }
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "needs.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("need", SHIPPED.values(), ids=list(SHIPPED))
def test_each_need_has_words_for_both_sides_and_a_code_or_an_explicit_none(
    need: needs.Need,
) -> None:
    assert need.ask
    assert need.icon
    assert need.staff
    assert need.spoken == need.ask
    assert (need.code.system == "none") == (need.code.code == "")


def test_needs_keep_the_order_of_the_file(tmp_path: Path) -> None:
    both = ROW + ROW.replace("quiet", "calm")
    assert list(needs.read(written(tmp_path, both))) == ["quiet", "calm"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "need"),
        ("need = 3", "need"),
        ("need = [3]", "need.0"),
        ("[[need]", "needs.toml"),
        (b"\xff\xfe", "needs.toml"),
        (ROW.replace("quiet", "Quiet!"), "id"),
        (ROW.replace("icon", "ikon"), "ikon"),
        (ROW.replace('"none"', '"icd"'), "system"),
        (ROW + ROW, "two rows have the id quiet"),
        ("title = 'x'\n" + ROW, "title"),
    ],
)
def test_a_broken_table_is_named_with_its_place(
    tmp_path: Path, text: str | bytes, named: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        needs.read(written(tmp_path, text))
    assert named in str(refused.value)
    assert "needs.toml" in str(refused.value)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"needs\.toml"):
        needs.read(tmp_path / "needs.toml")
