"""`kiosk voices`: an honest table, and what to record."""

from pathlib import Path

import pytest

from kiosk.devices.speech import Speech, clips
from kiosk.errors import ConfigError, ResourceMissing
from kiosk.i18n.languages import SHIPPED, language
from kiosk.tools import voices


@pytest.fixture
def silent(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(f'[speech]\nenabled = false\nclips = "{tmp_path}"\n', encoding="utf-8")
    return path


def test_every_language_has_a_line(silent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert voices.main(["--config", str(silent)]) == 0
    said = capsys.readouterr().out
    lines = [line.split() for line in said.splitlines() if not line.startswith("note:")]
    assert [line[0] for line in lines] == [row.tag for row in SHIPPED]
    assert {line[0]: line[1] for line in lines}.items() >= {
        ("en", "ok"),
        ("ar", "rough"),
        ("so", "none"),
    }
    assert "switched off" in said
    assert "nobody measured" in said


def test_recordings_are_listed_with_their_names(
    silent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert voices.main(["--config", str(silent), "--clips", "es"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert len(rows) > 50
    for state, name, sentence in rows:
        assert (state, name) == ("missing", f"es/{clips.name(sentence)}")
        assert "{" not in sentence


def test_a_recording_that_is_there_is_said_to_be(tmp_path: Path) -> None:
    first = next(iter(voices.recordings(Speech(clips=tmp_path), language("en")))).split("\t")
    path = tmp_path / first[1]
    path.parent.mkdir()
    path.touch()
    again = next(iter(voices.recordings(Speech(clips=tmp_path), language("en")))).split("\t")
    assert again == ["there", *first[1:]]


def test_nothing_is_said_without_sound(silent: Path) -> None:
    with pytest.raises(ResourceMissing, match="switched off"):
        voices.main(["--config", str(silent), "--say", "en"])


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text("[speech]\nspeaker_db = 500\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="speaker_db"):
        voices.main(["--config", str(path)])
