"""The systemd units: understood by systemd, hardened, and fed by the processes they start."""

import configparser
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "deploy/systemd"
UNITS = sorted(path.name for path in FOLDER.glob("*.service"))
THRESHOLD = 15  # tenths of systemd's exposure level, 0 (closed) to 100
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


class _Unit(configparser.RawConfigParser):
    """Keys may stand more than once in a unit; the last one is enough here."""

    def __init__(self, name: str) -> None:
        super().__init__(strict=False)
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read(FOLDER / name, encoding="utf-8")


def _analyze(*words: str | Path, units: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = os.environ | ({"SYSTEMD_UNIT_PATH": f"{units}:"} if units else {})
    command = ["systemd-analyze", "--no-pager", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_exposure_is_low(name: str) -> None:
    found = _analyze("security", "--offline=true", f"--threshold={THRESHOLD}", FOLDER / name)
    assert found.returncode == 0, found.stdout.splitlines()[-1]


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_every_line(name: str, tmp_path: Path) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    for program in ("/opt/checkin/current/bin/kiosk", "/usr/bin/cage"):
        text = text.replace(program, "/bin/true")
    for other in (*UNITS, "seatd.service"):
        (tmp_path / other).write_text("[Service]\nExecStart=/bin/true\n", encoding="utf-8")
    unit = tmp_path / name
    unit.write_text(text, encoding="utf-8")
    found = _analyze("verify", "--man=no", unit, units=tmp_path)
    assert found.returncode == 0, found.stderr
    assert name not in found.stderr


@pytest.mark.parametrize("name", UNITS)
def test_a_process_that_dies_or_hangs_is_restarted(name: str) -> None:
    service = _Unit(name)["Service"]
    assert service["Type"] == "notify"
    assert service["Restart"] == "always"
    assert service["RestartSec"] in {"500ms", "2"}
    assert int(service["WatchdogSec"]) <= 120
    assert _Unit(name)["Unit"]["StartLimitIntervalSec"] == "0"


@pytest.mark.parametrize("name", ["checkin-kiosk.service", "checkin-courier.service"])
def test_kiosk_and_courier_share_files_and_forget_what_they_freed(name: str) -> None:
    service = _Unit(name)["Service"]
    assert (service["Group"], service["UMask"]) == ("checkin", "0007")
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert "PYTHONMALLOC=malloc MALLOC_PERTURB_=" in text


def test_the_screen_has_no_network_and_stays_in_its_unit() -> None:
    service = _Unit("checkin-kiosk.service")["Service"]
    assert service["IPAddressDeny"] == "any"
    assert "IPAddressAllow" not in service
    assert service["RestrictAddressFamilies"] == "AF_UNIX AF_NETLINK"
    assert "PAMName" not in service  # logind would move it out: no watchdog, no IPAddressDeny


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(30)
        yield line


@pytest.mark.parametrize("command", ["courier", "desk"])
def test_the_process_says_that_it_is_ready_and_alive(
    command: str, tmp_path: Path, listening: socket.socket
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    port = ["--port", str(_free_port())] if command == "desk" else []
    started = subprocess.Popen(
        [sys.executable, "-m", "kiosk", command, "--data", str(data), *port],
        env=os.environ | {"NOTIFY_SOCKET": str(tmp_path / "notify")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        said = [listening.recv(100) for _ in range(2)]
    finally:
        started.terminate()
        started.wait(15)
    assert said == [b"READY=1", b"WATCHDOG=1"]


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])
