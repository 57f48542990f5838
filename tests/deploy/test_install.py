"""The scripts that put the product onto a machine, as far as they can run without changing it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534
needs_debian = pytest.mark.skipif(
    shutil.which("dpkg-query") is None, reason="this machine is no Debian"
)


def run(*words: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*words], capture_output=True, text=True, check=False, env=os.environ | (env or {}), cwd="/"
    )


@pytest.fixture
def checkout() -> Iterator[Path]:
    """The scripts in a folder with a space in its name that every user can read."""
    with tempfile.TemporaryDirectory(prefix="check in ") as folder:
        home = Path(folder)
        home.chmod(0o755)
        shutil.copytree(ROOT / "deploy", home / "deploy")
        shutil.copy(ROOT / "pyproject.toml", home)
        yield home


def _need(checkout: Path, package: str) -> None:
    (checkout / "deploy/packages.txt").write_text(f"demo {package} why\n", encoding="utf-8")


def _as_nobody(checkout: Path, script: str) -> subprocess.CompletedProcess[str]:
    become = ["setpriv", f"--reuid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    return run(*become, "bash", "-c", f'. "$0/deploy/setup"; {script}', checkout)


@needs_debian
def test_a_user_without_rights_is_told_the_one_line_to_run(checkout: Path) -> None:
    _need(checkout, "no-such-package")
    answer = _as_nobody(checkout, "packages demo")
    assert answer.returncode == 1
    assert "apt-get install -y --no-install-recommends no-such-package" in answer.stderr


@needs_debian
def test_packages_that_are_there_are_left_alone(checkout: Path) -> None:
    _need(checkout, "bash")
    answer = _as_nobody(checkout, "packages demo")
    assert (answer.returncode, answer.stderr) == (0, "")


@needs_debian
def test_only_the_packages_of_a_role_are_asked_for(checkout: Path) -> None:
    _need(checkout, "no-such-package")
    assert _as_nobody(checkout, "missing desk").stdout == ""
    assert _as_nobody(checkout, "missing desk demo").stdout == "no-such-package\n"


def test_an_old_python_is_named_with_what_to_do(checkout: Path) -> None:
    old = checkout / "python3"
    old.write_text("#!/bin/sh\n[ $1 = -V ] && echo Python 3.9.2\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    script = f'PYTHON="{old}"; python_is_new_enough'
    answer = run("bash", "-c", f'. "$0/deploy/setup"; {script}', checkout)
    assert answer.returncode == 1
    assert "3.9.2" in answer.stderr
    assert "Python 3.11" in answer.stderr


def test_a_dry_run_says_everything_and_does_nothing() -> None:
    before = Path("/opt/checkin").exists(), Path("/etc/checkin").exists()
    answer = run(ROOT / "deploy/install", "--dry-run", "device", "desk")
    assert answer.returncode == 0, answer.stderr
    for unit in ("checkin-kiosk", "checkin-courier", "checkin-desk"):
        assert f"{unit}.service" in answer.stderr
    for file in ("kiosk.toml", "desk.toml", "practice.toml", "60-checkin.conf", "90-checkin.rules"):
        assert file in answer.stderr
    assert before == (Path("/opt/checkin").exists(), Path("/etc/checkin").exists())


def test_a_role_decides_what_is_installed() -> None:
    answer = run(ROOT / "deploy/install", "--dry-run", "desk")
    assert "checkin-desk.service" in answer.stderr
    assert "checkin-kiosk.service" not in answer.stderr


@pytest.mark.parametrize("words", [(), ("moon",)])
def test_without_a_known_role_it_explains_itself(words: tuple[str, ...]) -> None:
    answer = run(ROOT / "deploy/install", "--dry-run", *words)
    assert answer.returncode == 2
    assert "sudo deploy/install device" in answer.stderr


@pytest.mark.parametrize("script", ["setup", "demo", "check", "install", "../.ci/run"])
def test_every_script_is_a_program_and_parses(script: str) -> None:
    path = ROOT / "deploy" / script
    assert os.access(path, os.X_OK)
    assert run("bash", "-n", path).returncode == 0
