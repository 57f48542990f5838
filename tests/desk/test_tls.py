"""The desk's own CA, served for real, and what is refused without one."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.courier.pin import pinned
from kiosk.desk import tls
from kiosk.desk.settings import DeskSettings
from kiosk.errors import ConfigError

from .support import free_port, process, settings_in

NOW = datetime.now(UTC)


def outside(folder: Path, **more: object) -> DeskSettings:
    port = free_port()
    public = {"public": [f"https://localhost:{port}"], "host": "0.0.0.0", "port": port}  # noqa: S104 - what is tested
    return settings_in(folder, **(public | more))


def test_this_machine_is_served_without_tls(tmp_path: Path) -> None:
    assert tls.certificates(settings_in(tmp_path), NOW) is None


def test_any_other_address_gets_a_certificate_of_the_desks_own_ca(tmp_path: Path) -> None:
    made = tls.certificates(outside(tmp_path), NOW)
    assert made
    chain = x509.load_pem_x509_certificates(made.chain.read_bytes())
    names = chain[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "localhost" in names.get_values_for_type(x509.DNSName)
    chain[0].verify_directly_issued_by(chain[1])
    spki = chain[1].public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert made.pin == hashlib.sha256(spki).hexdigest()
    for secret in (made.key, tmp_path / "desk" / "keys" / "ca.key"):
        assert secret.stat().st_mode & 0o077 == 0


def test_a_restart_keeps_it_and_its_end_or_another_name_renews_it(tmp_path: Path) -> None:
    settings = outside(tmp_path)
    first = tls.certificates(settings, NOW)
    assert first
    before = first.chain.read_bytes()
    assert tls.certificates(settings, NOW + timedelta(days=300)) == first
    assert first.chain.read_bytes() == before
    later = tls.certificates(settings, NOW + timedelta(days=340))
    assert later
    assert later.pin == first.pin
    assert first.chain.read_bytes() != before
    renewed = first.chain.read_bytes()
    other = settings.model_copy(update={"public": ("https://desk.example:8400",)})
    assert tls.certificates(other, NOW + timedelta(days=340))
    assert first.chain.read_bytes() != renewed


def test_an_address_nobody_can_verify_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="public"):
        tls.certificates(outside(tmp_path, public=[]), NOW)


def test_the_practices_own_certificate_is_used_and_a_broken_one_named(tmp_path: Path) -> None:
    own = tls.certificates(outside(tmp_path), NOW)
    assert own
    given = {"cert": str(own.chain), "key": str(own.key)}
    made = tls.certificates(outside(tmp_path, tls=given), NOW)
    assert made == own
    leaf = tmp_path / "leaf.pem"
    leaf.write_bytes(own.chain.read_bytes().split(b"-----END CERTIFICATE-----\n")[0])
    leaf.write_bytes(leaf.read_bytes() + b"-----END CERTIFICATE-----\n")
    public = tls.certificates(outside(tmp_path, tls=given | {"cert": str(leaf)}), NOW)
    assert public
    assert (public.ca_pem, public.pin) == ("", "")
    with pytest.raises(ConfigError, match="tls"):
        tls.certificates(outside(tmp_path, tls=given | {"cert": str(own.key)}), NOW)


def test_a_kiosk_finds_the_pinned_ca_in_what_the_desk_shows(tmp_path: Path) -> None:
    settings = outside(tmp_path)
    config = tmp_path / "desk.toml"
    config.write_text(
        f'data = "{settings.data}"\npractice = "practice.toml"\n'
        f'host = "0.0.0.0"\npublic = ["{settings.url}"]\n',
        encoding="utf-8",
    )
    own = tls.certificates(settings, NOW)
    assert own
    with process(["--config", str(config)], settings.port):
        pem = pinned(settings.url, own.pin)
        assert pem.decode() == own.ca_pem
        ca = tmp_path / "found.pem"
        ca.write_bytes(pem)
        answer = requests.get(f"{settings.url}/healthz", verify=str(ca), timeout=10)
        assert answer.ok
        assert answer.headers["Strict-Transport-Security"]
        page = requests.get(f"{settings.url}/ca", verify=str(ca), timeout=10)
        assert own.pin in page.text
        shown = requests.get(f"{settings.url}/ca.pem", verify=str(ca), timeout=10)
        assert shown.text == own.ca_pem
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(f"{settings.url}/healthz", timeout=10)
