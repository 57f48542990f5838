"""The fake practice system's token endpoint: client secret, or SMART Backend Services."""

import base64
import binascii
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

_SCOPE = re.compile(r"system/(\*|[A-Z][A-Za-z]*)\.(c?r?u?d?s?)")
_MAX_LIFE_S = 300
_SKEW_S = 5


@dataclass(frozen=True, slots=True)
class FakeClient:
    """The one client the fake knows: with a secret, or with public keys."""

    id: str
    secret: str = field(repr=False, default="")
    keys: KeySet | None = field(repr=False, default=None)
    token_life_s: float = 3600.0


class FakeOAuth:
    """Grants and checks access tokens; `wall` and `monotonic` are its clocks in seconds."""

    def __init__(
        self,
        client: FakeClient,
        token_url: str,
        *,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._token_url = token_url
        self._wall = wall
        self._monotonic = monotonic
        self._tokens: dict[str, tuple[float, str]] = {}
        self._used: set[str] = set()

    def grant(self, form: Mapping[str, str], authorization: str) -> dict[str, object] | str:
        """Return the token answer, or the OAuth error code."""
        if form.get("grant_type") != "client_credentials":
            return "unsupported_grant_type"
        if not all(_SCOPE.fullmatch(part) for part in form.get("scope", "").split()):
            return "invalid_scope"
        if not self._known(form, authorization):
            return "invalid_client"
        token, life = secrets.token_urlsafe(24), self._client.token_life_s
        self._tokens[token] = (self._monotonic() + life, form.get("scope", ""))
        scope = form.get("scope", "")
        answer = {"access_token": token, "token_type": "bearer", "scope": scope}
        return {**answer, "expires_in": int(life)}

    def status(self, authorization: str, kind: str, letter: str) -> int:
        """Return 200, 401 or 403 for one of the interactions c, r, u, d, s on `kind`."""
        until, scope = self._tokens.get(authorization.removeprefix("Bearer "), (0.0, ""))
        if self._monotonic() >= until:
            return 401
        grants = _SCOPE.findall(scope)
        return 200 if any(g[0] in ("*", kind) and letter in g[1] for g in grants) else 403

    def _known(self, form: Mapping[str, str], authorization: str) -> bool:
        if self._client.keys is not None:
            return self._assertion_holds(form.get("client_assertion", ""), self._client.keys)
        pair = (form.get("client_id", ""), form.get("client_secret", ""))
        if authorization.startswith("Basic "):
            pair = _basic(authorization.removeprefix("Basic "))
        return secrets.compare_digest(repr(pair), repr((self._client.id, self._client.secret)))

    def _assertion_holds(self, assertion: str, keys: KeySet) -> bool:
        try:
            claims = jwt.decode(assertion, keys, algorithms=["ES384", "RS384"]).claims
        except (JoseError, ValueError, TypeError):
            return False
        expires, own_id = claims.get("exp"), claims.get("jti")
        if not isinstance(expires, int) or not isinstance(own_id, str) or own_id in self._used:
            return False
        self._used.add(own_id)
        alive = 0 < expires - self._wall() <= _MAX_LIFE_S + _SKEW_S
        named = claims.get("iss") == claims.get("sub") == self._client.id
        return alive and named and claims.get("aud") == self._token_url


def _basic(value: str) -> tuple[str, str]:
    try:
        name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(name), unquote_plus(secret)
