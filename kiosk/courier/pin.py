"""Find the CA that an enrolment code names, in what the desk shows at the door."""

import hashlib
import socket
import ssl
from collections.abc import Sequence
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.errors import RefusedError, Unreachable

_WAIT = 5.0


def pinned(address: str, pin: str) -> bytes:
    """Return the certificate (PEM) at an https address whose public key has the SHA-256 `pin`.

    Nothing but the certificates is exchanged. Raises Unreachable, or RefusedError with code
    "wrong-ca" when none fits.
    """
    for found in map(x509.load_der_x509_certificate, _shown(address)):
        if _pin(found) == pin.lower():
            return found.public_bytes(Encoding.PEM)
    raise RefusedError("wrong-ca", "the desk's certificates are not those of the code")


def _pin(found: x509.Certificate) -> str:
    key = found.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(key).hexdigest()


def _shown(address: str) -> Sequence[bytes]:
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or 443
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # the pin decides; the request itself verifies fully
    try:
        with (
            socket.create_connection((host, port), timeout=_WAIT) as plain,
            context.wrap_socket(plain, server_hostname=host) as line,
        ):
            return _chain(line)
    except OSError as fault:
        raise Unreachable(type(fault).__name__) from None


def _chain(line: ssl.SSLSocket) -> Sequence[bytes]:
    """The chain as sent: public from Python 3.13, on the inner object before."""
    public = getattr(line, "get_unverified_chain", None)
    if public is not None:
        return list(public())
    inner = line._sslobj.get_unverified_chain()  # type: ignore[attr-defined]
    return [ssl.PEM_cert_to_DER_cert(each.public_bytes()) for each in inner]
