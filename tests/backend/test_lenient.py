"""A newer desk says more than this kiosk knows; files on disk stay closed."""

import json
import logging
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from kiosk import config
from kiosk.backend import folder
from kiosk.backend.folder import Folder
from kiosk.backend.wire import Config
from kiosk.config import KioskPolicy, PracticeSettings
from kiosk.errors import ConfigError, Corrupt

from .little_desk import CONFIG


def later(**more: Any) -> dict[str, Any]:
    """Return what a later desk says: known settings, and some nobody here has heard of."""
    told: dict[str, Any] = deepcopy(CONFIG)
    told["practice"] |= {
        "windows": {"early": 45, "sundays": {"early": 10}},
        "sites": [
            {"code": "H1", "name": "High Street", "floor": 2},
            {"code": "H2", "name": "Low Street", "floor": 0, "lift": True},
        ],
    }
    told["practice"] |= more
    return told


def test_settings_of_a_later_desk_are_passed_over_at_every_level() -> None:
    told = Config.model_validate_json(json.dumps(later(robots=["tea"])))
    assert told.practice.windows.early == 45
    assert [site.code for site in told.practice.sites] == ["H1", "H2"]
    KioskPolicy.model_validate(told.model_dump())  # what the kiosk makes of it


def test_a_policy_written_by_a_later_version_is_read_after_going_back(files: Folder) -> None:
    folder.write(files.policy, json.dumps(later(robots=1)).encode())
    assert folder.policy(files).practice.windows.early == 45


def test_unknown_keys_are_told_once_and_never_their_values(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        for value in ("Canary, Carla", "Canary, Carlo"):
            Config.model_validate(later(told_once=value))
    (line,) = caplog.messages
    assert line.startswith("policy.unknown-keys keys=")
    for key in ("told_once", "windows.sundays", "sites.0.floor", "sites.1.lift"):
        assert key in line
    assert "Canary" not in line


@pytest.mark.parametrize("wrong", [{"timezone": 5}, {"sites": []}, {"windows": {"early": -1}}])
def test_a_wrong_value_is_refused_beside_an_unknown_key_too(
    files: Folder, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        Config.model_validate(later(robots=1) | {"practice": later(robots=1, **wrong)["practice"]})
    folder.write(files.policy, json.dumps(later(robots=1, **wrong)).encode())
    with pytest.raises(Corrupt):
        folder.policy(files)


@pytest.mark.parametrize("strange", [7, [], "x", None])
def test_a_policy_of_another_shape_is_refused(strange: object) -> None:
    with pytest.raises(ValidationError):
        Config.model_validate(CONFIG | {"practice": strange})


def test_a_file_on_disk_stays_closed(tmp_path: Path) -> None:
    path = tmp_path / "practice.toml"
    path.write_text('name = "N"\nrobots = 1\nsites = [{ code = "H1", name = "H" }]\n')
    with pytest.raises(ConfigError, match="robots: there is no such setting"):
        config.load(path, PracticeSettings)
