"""Settings of the practice's server: `config/desk.toml`."""

import ipaddress
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from kiosk.config import Settings
from kiosk.desk.connectors.settings import ConnectorSettings


class Tls(Settings):
    """The practice's own certificate and key (PEM); without them the desk makes its own CA."""

    cert: Path | None = None
    key: Path | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.cert is None) != (self.key is None):
            raise ValueError("cert and key belong together")
        return self


class DeskSettings(Settings):
    """Where the desk keeps its data, where it listens, and what it is linked to."""

    data: Path = Path("/var/lib/checkin-desk")
    practice: Path | None = None  # relative to the folder of desk.toml; None: the shipped one
    site: Annotated[str, Field(pattern=r"^([0-9A-HJKMNP-TV-Z]{2})?$")] = ""  # "": the first site
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8400
    public: tuple[Annotated[str, Field(pattern=r"^https?://[^/\s]+$")], ...] = ()
    database: str = ""  # an SQLAlchemy URL; "": SQLite in the data folder
    retention_days: Annotated[int, Field(ge=30, le=3650)] = 30  # ids of events live this long too
    demo: bool = False
    tls: Tls = Tls()
    connector: ConnectorSettings = ConnectorSettings()

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the desk; only then is plain http served."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def url(self) -> str:
        """The address to print and to put into enrolment codes."""
        if self.public:
            return self.public[0]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'http' if self.loopback else 'https'}://{host}:{self.port}"

    @property
    def urls(self) -> frozenset[str]:
        """Every base address under which devices may know the desk."""
        names = {self.url, *self.public}
        if self.loopback:
            names |= {f"http://{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        return frozenset(names)

    @property
    def database_url(self) -> str:
        """The URL of the database in use."""
        return self.database or f"sqlite:///{self.data / 'desk.db'}"
