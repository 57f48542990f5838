"""The device's data folder: what lies where, and files that are whole or not there at all."""

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.backend.wire import Config
from kiosk.errors import Corrupt, NotEnrolled, StorageError


class Device(BaseModel):
    """device.json: who this device is, and where its desk is; made by enrolment."""

    model_config = ConfigDict(frozen=True)
    device: str
    address: str
    site: str
    label: str

    @property
    def source(self) -> str:
        """The CloudEvents source of everything recorded here."""
        return f"/kiosks/{self.device}"


@dataclass(frozen=True, slots=True)
class Folder:
    """The names of the files, shared by `kiosk run` and `kiosk courier`."""

    path: Path

    @property
    def outbox(self) -> Path:
        """Events that wait, sealed."""
        return self.path / "outbox.db"

    @property
    def outbox_key(self) -> Path:
        """What they are sealed with."""
        return self.path / "outbox.key"

    @property
    def daycache(self) -> Path:
        """The days' appointments, each row sealed with its pass; the courier writes."""
        return self.path / "daycache.db"

    @property
    def tries(self) -> Path:
        """Wrong birth dates per pass and day, by hash; whoever answers without the desk writes."""
        return self.path / "tries.db"

    @property
    def socket(self) -> Path:
        """The courier's door for `kiosk run`."""
        return self.path / "courier.sock"

    @property
    def lock(self) -> Path:
        """Held by the one courier."""
        return self.path / "courier.lock"

    @property
    def device(self) -> Path:
        """Who this device is; its presence means enrolled."""
        return self.path / "device.json"

    @property
    def device_key(self) -> Path:
        """The device's private key, for the courier only."""
        return self.path / "device.key"

    @property
    def ca(self) -> Path:
        """The certificates (PEM) that the desk's must come from; absent: public CAs."""
        return self.path / "ca.pem"

    @property
    def policy(self) -> Path:
        """The practice's settings as last told by the desk."""
        return self.path / "policy.json"


def device(folder: Folder) -> Device:
    """Read device.json. Raises NotEnrolled when there is none, StorageError or Corrupt."""
    raw = _read(folder.device)
    try:
        return Device.model_validate_json(raw)
    except ValidationError:
        raise Corrupt(f"{folder.device}: not what enrolment writes") from None


def policy(folder: Folder) -> Config:
    """Read policy.json. Raises NotEnrolled when there is none, StorageError or Corrupt."""
    raw = _read(folder.policy)
    try:
        return Config.model_validate_json(raw)
    except ValidationError:
        raise Corrupt(f"{folder.policy}: not what the desk sends") from None


def write(path: Path, content: bytes, mode: int = 0o640) -> None:
    """Put a file in place as a whole, on disk before the name shows it. Raises StorageError."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync(path.parent)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise StorageError(f"{path}: {fault.strerror}") from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotEnrolled("not-enrolled", f"{path} is missing: enrol this device") from None
    except OSError as fault:
        raise StorageError(f"{path}: {fault.strerror}") from None


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
