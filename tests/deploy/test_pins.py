"""deploy/constraints.txt and the tool that picks its rows."""

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
CONSTRAINTS = (ROOT / "deploy/constraints.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]


def pins(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "deploy/pins.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def pinned(*words: str) -> dict[str, str]:
    rows = re.findall(r"^([a-z0-9.-]+)==(\S+)", pins(*words).stdout, re.MULTILINE)
    return dict(rows)


def test_every_row_has_a_version_and_hashes_and_no_address() -> None:
    rows = [row for row in re.split(r"\n(?=[a-z])", CONSTRAINTS)[1:] if row.strip()]
    assert len(rows) > 50
    assert all(re.match(r"[a-z0-9.-]+==[^\s;]+( ;.*)? \\\n    --hash=sha256:", row) for row in rows)
    assert "://" not in CONSTRAINTS
    assert "-index" not in CONSTRAINTS


@pytest.mark.parametrize("extra", ["", *EXTRAS])
def test_what_the_project_asks_for_is_pinned_to_a_version_it_accepts(extra: str) -> None:
    known = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", CONSTRAINTS, re.MULTILINE))
    for text in EXTRAS[extra] if extra else PROJECT["project"]["dependencies"]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(known[canonicalize_name(wanted.name)]), text


@pytest.mark.parametrize("extra", ["device", "desk", "tour", "dev"])
def test_the_rows_of_an_extra_are_complete(extra: str) -> None:
    rows = pinned(extra)
    for name in rows:
        try:
            asked = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another system or Python
        for requirement in map(Requirement, asked):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                assert canonicalize_name(requirement.name) in rows, f"{name} needs {requirement}"


def test_a_server_gets_no_screen_and_a_kiosk_no_server() -> None:
    assert not {"kivy", "pytest", "playwright"} & set(pinned("desk"))
    assert not {"fastapi", "sqlalchemy", "pytest"} & set(pinned("device"))


def test_a_package_can_be_left_out_with_what_only_it_needs() -> None:
    assert {"kivy", "kivy-garden"} <= set(pinned("device"))
    assert not {"kivy", "kivy-garden"} & set(pinned("--without", "kivy", "device"))


def test_an_unknown_extra_is_named() -> None:
    answer = pins("moon")
    assert answer.returncode == 2
    assert "moon" in answer.stderr
