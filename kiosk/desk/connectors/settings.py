"""Settings of the link to the practice's own system: the `[connector]` table of `config/desk.toml`.

Secrets never stand in TOML: `secret_file` and `key_file` name files that only the desk can read.
"""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from kiosk.config import Settings

_SCOPE = re.compile(
    r"^(system|user|patient)/(\*|[A-Z][A-Za-z]*)\.(read|write|\*|c?r?u?d?s?)(\?\S+)?$"
)
_OTHER_SCOPE = re.compile(
    r"^([a-zA-Z_]+|launch/[a-z]+|(api|https)://\S+)$"
)  # Azure: https://…/.default


class NoAuth(Settings):
    """The practice's system asks for no credentials: only sensible on one machine."""

    kind: Literal["none"] = "none"


class _OAuth(Settings):
    """What both ways of OAuth 2.0 client credentials share (RFC 6749 §4.4)."""

    client_id: Annotated[str, Field(min_length=1)]
    token_url: str = ""  # empty: read from the server's /.well-known/smart-configuration
    scope: str = "system/Appointment.rus system/Patient.rs system/Practitioner.r system/Location.r"

    @field_validator("token_url")
    @classmethod
    def _token_url_is_safe(cls, value: str) -> str:
        return safe_url(value) if value else value

    @field_validator("scope")
    @classmethod
    def _scope_is_understood(cls, value: str) -> str:
        """Refuse letters out of c-r-u-d-s order: one real server then grants everything."""
        wrong = [part for part in value.split() if not _understood(part)]
        if wrong:
            raise ValueError(
                f"scope {' '.join(wrong)} is not a SMART scope; "
                "letters must stand in the order c, r, u, d, s"
            )
        return " ".join(value.split())


class SecretAuth(_OAuth):
    """A shared secret; `send` says where it goes (RFC 6749 §2.3.1)."""

    kind: Literal["client-secret"]
    secret_file: Path
    send: Literal["basic", "post"] = "basic"


class KeyAuth(_OAuth):
    """SMART Backend Services: a signed assertion instead of a secret (private_key_jwt)."""

    kind: Literal["private-key-jwt"]
    key_file: Path  # private key, JWK or PEM
    key_id: str = ""  # empty: the JWK's own `kid`
    algorithm: Literal["ES384", "RS384"] = "ES384"


SiteCode = Annotated[str, Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{2}$")]
Auth = Annotated[NoAuth | SecretAuth | KeyAuth, Field(discriminator="kind")]


class ConnectorSettings(Settings):
    """How the desk reaches the practice's own system, and how its ids and places map to ours."""

    kind: Literal["none", "fhir-r4"] = "none"
    base_url: str = ""
    auth: Auth = NoAuth()
    identifier_system: str = ""  # the practice's appointment id; empty: the FHIR logical id
    appointment_type: str = ""  # only this `appointment-type`, as code or system|code
    sites: dict[str, SiteCode] = Field(default_factory=dict)  # Location id or identifier → site
    default_site: Annotated[str, Field(pattern=r"^([0-9A-HJKMNP-TV-Z]{2})?$")] = ""
    poll_s: Annotated[int, Field(ge=5, le=3600)] = 60
    page_count: Annotated[int, Field(ge=1, le=1000)] = 100
    timeout_s: Annotated[float, Field(gt=0, le=120)] = 10.0
    ca_file: Path | None = None

    @field_validator("base_url")
    @classmethod
    def _base_url_is_safe(cls, value: str) -> str:
        return safe_url(value).rstrip("/") if value else value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind != "none" and not self.base_url:
            raise ValueError("base_url is missing")
        return self


def _understood(part: str) -> bool:
    match = _SCOPE.match(part)
    return bool(match and match[3]) or bool(_OTHER_SCOPE.match(part))


def safe_url(url: str) -> str:
    """Return `url` when it is https, or plain http to this very machine; else ValueError."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://host/fhir, without user or query")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError("must begin with https://; plain http is for this machine only")
    return url


def is_loopback(host: str) -> bool:
    """Say whether `host` names this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
