"""TLS without a bought certificate: the desk's own CA, which kiosks pin and IT can trust.

Plain http is served on this machine only. With a certificate of the practice nothing is made here.
"""

import hashlib
import ipaddress
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.desk.keys import keep
from kiosk.desk.settings import DeskSettings
from kiosk.errors import ConfigError, StorageError

_CA_LIVES, _LIVES = timedelta(days=3650), timedelta(days=365)
_RENEW_BEFORE = timedelta(days=30)
_SKEW = timedelta(hours=1)  # so that a kiosk whose clock is a little behind can connect


@dataclass(frozen=True, slots=True)
class Certificates:
    """What the server serves with. `ca_pem` and `pin` are empty where public CAs are used."""

    chain: Path
    key: Path
    ca_pem: str = ""
    pin: str = ""  # SHA-256 of the CA's public key (SubjectPublicKeyInfo), hex


def certificates(settings: DeskSettings, now: datetime) -> Certificates | None:
    """Return what to serve with, made or renewed when needed; None for plain http on loopback.

    Raises ConfigError for a certificate that cannot be read or an address nobody can verify,
    StorageError when the data folder refuses.
    """
    if settings.tls.cert and settings.tls.key:
        return _given(settings.tls.cert, settings.tls.key)
    if settings.loopback:
        return None
    names = _names(settings)
    try:
        return _own(settings.data / "keys", names, now)
    except OSError as fault:
        raise StorageError(f"{settings.data}: {fault.strerror}") from None


def _given(cert: Path, key: Path) -> Certificates:
    try:
        chain = x509.load_pem_x509_certificates(cert.read_bytes())
        load_pem_private_key(key.read_bytes(), None)
    except (OSError, ValueError, TypeError) as fault:
        raise ConfigError(f"tls: {cert} or {key} cannot be used: {type(fault).__name__}") from None
    last = chain[-1]
    if len(chain) > 1 and last.issuer == last.subject:  # a private CA sent along: pin it
        return Certificates(cert, key, _pem(last), _pin(last))
    return Certificates(cert, key)


def _names(settings: DeskSettings) -> list[str]:
    """The names and addresses the certificate is good for."""
    hosts = [urlsplit(url).hostname or "" for url in settings.public]
    if settings.host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        if not hosts:
            raise ConfigError(
                'desk.toml: public: name the address, as ["https://desk.example:8400"]'
            )
    else:
        hosts.append(settings.host)
    return list(dict.fromkeys([*hosts, socket.gethostname(), "localhost", "127.0.0.1"]))


def _own(folder: Path, names: list[str], now: datetime) -> Certificates:
    ca_key, ca = _ca(folder, now)
    chain, key = folder / "server.pem", folder / "server.key"
    if not (key.exists() and _good(chain, ca, names, now)):
        fresh = ec.generate_private_key(ec.SECP256R1())
        keep(key, _private(fresh))
        cert = _server(fresh.public_key(), names, ca, ca_key, now)
        keep(chain, (_pem(cert) + _pem(ca)).encode())
    return Certificates(chain, key, _pem(ca), _pin(ca))


def _ca(folder: Path, now: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key_path, path = folder / "ca.key", folder / "ca.pem"
    if key_path.exists() and path.exists():
        key = load_pem_private_key(key_path.read_bytes(), None)
        cert = x509.load_pem_x509_certificate(path.read_bytes())
        if isinstance(key, ec.EllipticCurvePrivateKey) and cert.not_valid_after_utc > now + _LIVES:
            return key, cert
    fresh = ec.generate_private_key(ec.SECP256R1())
    cert = _signed(fresh, now)
    keep(key_path, _private(fresh))
    keep(path, _pem(cert).encode())
    return fresh, cert


def _good(chain: Path, ca: x509.Certificate, names: list[str], now: datetime) -> bool:
    if not chain.exists():
        return False
    cert = x509.load_pem_x509_certificates(chain.read_bytes())[0]
    found = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        list(found) == [_san(name) for name in names]
        and cert.issuer == ca.subject
        and cert.not_valid_after_utc > now + _RENEW_BEFORE
    )


def _signed(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    public = key.public_key()
    mark = hashlib.sha256(_spki(public)).hexdigest()[:8]
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Check-in desk CA {mark}")])
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        _builder(name, name, public, now, _CA_LIVES)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, SHA256())
    )


def _server(
    public: ec.EllipticCurvePublicKey,
    names: list[str],
    ca: x509.Certificate,
    ca_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    return (
        _builder(name, ca.subject, public, now, _LIVES)
        .add_extension(x509.SubjectAlternativeName(map(_san, names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issuer, critical=False)
        .sign(ca_key, SHA256())
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    now: datetime,
    lives: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + lives)
    )


def _san(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(cert: x509.Certificate) -> str:
    return cert.public_bytes(Encoding.PEM).decode()


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _spki(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _pin(cert: x509.Certificate) -> str:
    spki = cert.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).hexdigest()
