"""What courier and desk say to each other beside events and identify: one model per body.

Both sides read them leniently (a later version may add fields) and write them whole.
"""

import base64
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WrapValidator

from kiosk.backend.lenient import lenient
from kiosk.config import PracticeSettings

Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Body(BaseModel):
    """A frozen JSON body."""

    model_config = ConfigDict(frozen=True)


class EnrolmentRequest(Body):
    """POST /enrolments: a one-time code for the device's public key (JWK, OKP, Ed25519)."""

    code: str = Field(repr=False)
    public_key: dict[str, str]
    label: str
    hardware: str
    version: str


class Config(Body):
    """GET /config: the practice's policy, and who this device is."""

    practice: Annotated[PracticeSettings, WrapValidator(lenient)]
    site: str
    device: str
    label: str
    demo: bool = False


class Enrolled(Body):
    """The answer to an enrolment; `ca_pem` is empty where public CAs or plain http are used."""

    device: str
    site: str
    label: str
    ca_pem: str = ""
    config: Config


class SealedRow(Body):
    """One row of the day cache: `key` is `passcode.row_key` in hex, `sealed` is base64."""

    key: Hex
    sealed: str
    day: date

    @property
    def blob(self) -> bytes:
        """The sealed bytes; raises ValueError when they are not base64."""
        return base64.b64decode(self.sealed, validate=True)


class Schedule(Body):
    """GET /schedule: what changed since a cursor; `full` means replace everything."""

    cursor: str
    full: bool
    rows: tuple[SealedRow, ...] = ()
    gone: tuple[Hex, ...] = ()


class Heartbeat(Body):
    """POST /heartbeats: the device's health; ages in s, clocks in ms since 1970."""

    device: str
    version: str
    queue: int
    oldest_s: int
    parked: int
    camera: str
    clock_ms: int
    screen: dict[str, object] | None = None


class HeartbeatReply(Body):
    """The desk's clock, in ms since 1970."""

    clock_ms: int


class Problem(Body):
    """The body of every error the desk itself gives."""

    code: str
    message: str = ""
