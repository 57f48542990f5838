"""OAuth 2.0 client credentials, with a secret or as SMART Backend Services (private_key_jwt).

https://hl7.org/fhir/smart-app-launch/backend-services.html, RFC 6749 §4.4, RFC 7523.
"""

import base64
import binascii
import json
import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import quote_plus, urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from kiosk.desk.connectors.fhir_errors import CredentialsRefused, TryLater, oauth_fault
from kiosk.desk.connectors.fhir_http import Transport
from kiosk.desk.connectors.fhir_json import obj, text
from kiosk.desk.connectors.settings import (
    ConnectorSettings,
    KeyAuth,
    NoAuth,
    SecretAuth,
    safe_url,
)
from kiosk.errors import ConfigError, RefusedError

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LIFE = timedelta(minutes=4)  # the standard allows five
_EARLY_S = 30.0
_NO_EXPIRY_S = 300.0  # the standard's upper advice, for servers that say nothing


class Credentials(Protocol):
    """Where the Authorization header comes from."""

    def header(self) -> str:
        """Return the header, or ""; raises TryLater or CredentialsRefused."""
        ...

    def forget(self, header: str) -> bool:
        """Drop a header that was refused; False when there is no other to try."""
        ...


class Nobody:
    """No credentials at all."""

    def header(self) -> str:
        """Return no header."""
        return ""

    def forget(self, header: str) -> bool:  # noqa: ARG002 - the port's name
        """Say that there is no other."""
        return False


class Tokens:
    """Access tokens, kept until 30 s before they expire; safe to share between threads."""

    def __init__(
        self,
        auth: SecretAuth | KeyAuth,
        base_url: str,
        transport: Transport,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._auth = auth
        self._base_url = base_url
        self._transport = transport
        self._now = now
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._token_url = auth.token_url
        self._header = ""
        self._until = 0.0
        _proof_is_usable(auth)

    def header(self) -> str:
        """Return a valid `Bearer …`; raises TryLater or CredentialsRefused."""
        with self._lock:
            if not self._header or self._monotonic() >= self._until:
                self._header = self._renewed()
            return self._header

    def forget(self, header: str) -> bool:
        """Drop a header that the server refused before its time."""
        with self._lock:
            if self._header == header:
                self._header = ""
            return True

    def _renewed(self) -> str:
        try:
            return self._fetch()
        except ConfigError:  # the file was good at start and is not any more
            raise CredentialsRefused("unreadable-file") from None

    def _fetch(self) -> str:
        url = self._discovered()
        form, basic = self._form(url)
        asked = self._monotonic()
        reply = self._transport.send(
            "POST",
            url,
            authorization=basic,
            body=urlencode(form).encode(),
            headers={
                "Accept": "application/json",
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        wrong = oauth_fault(reply.status, reply.document(), reply.retry_after_s)
        if wrong is not None:
            raise wrong
        token = text(obj(reply.document()), "access_token")
        if not token or not token.isascii() or not token.isprintable():
            raise TryLater("the token endpoint gave no token")
        self._until = asked + _seconds(obj(reply.document()).get("expires_in")) - _EARLY_S
        return f"Bearer {token}"

    def _form(self, url: str) -> tuple[dict[str, str], str]:
        """Return the token request's form, and the Authorization header that goes with it."""
        form = {"grant_type": "client_credentials", "scope": self._auth.scope}
        if isinstance(self._auth, KeyAuth):
            proof = assertion(self._auth, url, self._now())
            return form | {"client_assertion_type": _ASSERTION, "client_assertion": proof}, ""
        secret = _secret(self._auth.secret_file)
        if self._auth.send == "post":
            return form | {"client_id": self._auth.client_id, "client_secret": secret}, ""
        pair = f"{quote_plus(self._auth.client_id)}:{quote_plus(secret)}"
        return form, f"Basic {base64.b64encode(pair.encode()).decode()}"

    def _discovered(self) -> str:
        if not self._token_url:
            where = f"{self._base_url}/.well-known/smart-configuration"
            reply = self._transport.send("GET", where, headers={"Accept": "application/json"})
            try:
                reply.check()
                self._token_url = safe_url(text(obj(reply.document()), "token_endpoint"))
            except (RefusedError, ValueError):
                raise CredentialsRefused("no-token-endpoint") from None
        return self._token_url


def credentials(settings: ConnectorSettings, transport: Transport) -> Tokens | Nobody:
    """Return what `settings.auth` asks for; raises ConfigError when a secret can't be used."""
    if isinstance(settings.auth, NoAuth):
        return Nobody()
    return Tokens(settings.auth, settings.base_url, transport)


def assertion(auth: KeyAuth, token_url: str, now: datetime) -> str:
    """Return the signed assertion of RFC 7523, good for four minutes; raises ConfigError."""
    key, kid = _key(auth)
    claims: dict[str, object] = {
        "iss": auth.client_id,
        "sub": auth.client_id,
        "aud": token_url,
        "exp": int((now + _LIFE).timestamp()),
        "jti": secrets.token_urlsafe(24),
    }
    header = {"alg": auth.algorithm, "kid": kid, "typ": "JWT"}
    return jwt.encode(header, claims, key, algorithms=[auth.algorithm])


def _key(auth: KeyAuth) -> tuple[ECKey | RSAKey, str]:
    words = _secret(auth.key_file)
    try:
        document = json.loads(words) if words.startswith("{") else words
        of = ECKey if auth.algorithm == "ES384" else RSAKey
        key: ECKey | RSAKey = of.import_key(document)
    except (ValueError, TypeError, JoseError, binascii.Error):
        raise ConfigError(f"{auth.key_file}: not a key for {auth.algorithm}") from None
    if not key.is_private or (isinstance(key, ECKey) and key.curve_name != "P-384"):
        raise ConfigError(f"{auth.key_file}: not a private key for {auth.algorithm}")
    kid = auth.key_id or key.kid or ""
    if not kid:
        raise ConfigError(f"{auth.key_file}: the key has no kid; set key_id")
    return key, kid


def _proof_is_usable(auth: SecretAuth | KeyAuth) -> None:
    """Find a missing or wrong file when the desk starts, and not with the first patient."""
    if isinstance(auth, KeyAuth):
        _key(auth)
    else:
        _secret(auth.secret_file)


def _secret(path: Path) -> str:
    """Read a secret each time, so that a changed file needs no restart."""
    try:
        words = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path}: cannot be read: {type(fault).__name__}") from None
    if not words:
        raise ConfigError(f"{path}: is empty")
    return words


def _seconds(value: object) -> float:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(min(value, 86_400))
    return _NO_EXPIRY_S
