from collections.abc import Iterator
from pathlib import Path

import pytest
from backend.clocks import RealClock
from backend.little_desk import LittleDesk, serving

from kiosk.backend import credential, folder
from kiosk.backend.desk import Desk
from kiosk.backend.folder import Device, Folder
from kiosk.courier.enrol import enrol
from kiosk.courier.pin import pinned
from kiosk.domain.identify import Query
from kiosk.errors import ConfigError, NotEnrolled, RefusedError, Unreachable

from .certificates import Authority, authority

CLOCK = RealClock()


@pytest.fixture
def ca(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def secure(ca: Authority) -> Iterator[LittleDesk]:
    with serving(LittleDesk(ca_pem=ca.pem), tls=ca.server) as desk:
        yield desk


def _enrol(files: Folder, desk: LittleDesk, pin: str = "", code: str = "GOODCODE") -> Device:
    return enrol(files, CLOCK, address=desk.address, ca_pin=pin, code=code, label="Lobby")


def _names(files: Folder) -> list[str]:
    return sorted(each.name for each in files.path.iterdir())


def _ask(files: Folder) -> None:
    device = folder.device(files)
    key = credential.load(device.device, files.device_key)
    ca = files.ca if files.ca.exists() else None
    Desk(device.address, key, CLOCK, ca=ca).identify(Query())


def test_a_code_makes_a_device_that_the_desk_knows(files: Folder, little: LittleDesk) -> None:
    device = _enrol(files, little)
    assert device == folder.device(files)
    assert (device.device, device.site, device.label) == ("k1", "H1", "Lobby")
    assert folder.policy(files).practice.name == "Example Practice"
    assert _names(files) == ["device.json", "device.key", "policy.json"]
    _ask(files)
    [asked] = little.enrolments
    assert set(asked) == {"code", "public_key", "label", "hardware", "version"}


def test_a_wrong_code_leaves_the_device_as_it_was(files: Folder, little: LittleDesk) -> None:
    with pytest.raises(NotEnrolled) as raised:
        _enrol(files, little, code="BADCODE7")
    assert raised.value.code == "unknown-code"
    assert _names(files) == []


def test_an_enrolled_device_is_not_taken_over(files: Folder, little: LittleDesk) -> None:
    _enrol(files, little)
    with pytest.raises(RefusedError, match="already-enrolled"):
        _enrol(files, little)


def test_the_desks_own_ca_is_trusted_by_its_pin_and_nothing_else(
    files: Folder, ca: Authority, secure: LittleDesk, tmp_path: Path
) -> None:
    _enrol(files, secure, pin=ca.pin.upper())
    assert ca.pem in files.ca.read_text()
    _ask(files)
    other = authority(tmp_path, "other")
    files.ca.write_text(other.pem)
    with pytest.raises(Unreachable):
        _ask(files)


def test_another_pin_stops_before_the_code_is_told(
    files: Folder, secure: LittleDesk, tmp_path: Path
) -> None:
    with pytest.raises(RefusedError) as raised:
        _enrol(files, secure, pin=authority(tmp_path, "other").pin)
    assert raised.value.code == "wrong-ca"
    assert secure.asked == []
    assert not files.device.exists()


def test_without_a_pin_only_public_authorities_count(files: Folder, secure: LittleDesk) -> None:
    with pytest.raises(Unreachable):
        _enrol(files, secure)
    assert secure.asked == []


def test_plain_http_over_a_network_is_refused(files: Folder) -> None:
    with pytest.raises(ConfigError):
        enrol(files, CLOCK, address="http://10.0.0.7", ca_pin="", code="GOODCODE", label="Lobby")


def test_nobody_there_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        pinned("https://127.0.0.1:9", "ab" * 32)


def test_a_server_that_speaks_no_tls_is_unreachable(little: LittleDesk) -> None:
    with pytest.raises(Unreachable):
        pinned(little.address.replace("http:", "https:"), "ab" * 32)
