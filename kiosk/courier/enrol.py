"""Enrolment: a one-time code and a fresh key for a place at the desk."""

import logging
import os
import platform
from collections.abc import Callable
from urllib.parse import urlsplit

from kiosk import __version__
from kiosk.backend import credential, folder
from kiosk.backend.desk import Desk, checked
from kiosk.backend.folder import Device, Folder
from kiosk.backend.wire import Enrolled, EnrolmentRequest
from kiosk.courier.pin import pinned
from kiosk.domain.ports import Clock
from kiosk.errors import RefusedError
from kiosk.log import fact

log = logging.getLogger(__name__)


def enrol(
    files: Folder,
    clock: Clock,
    *,
    address: str,
    ca_pin: str,
    code: str,
    label: str,
    again: bool = False,
    entropy: Callable[[int], bytes] = os.urandom,
) -> Device:
    """Enrol this device; the arguments are those of `domain.passcode.EnrolmentCode`.

    Writes device.key, ca.pem, policy.json and, last of all, device.json: with it the device counts
    as enrolled. Raises ConfigError for an address that is neither https nor this machine,
    RefusedError ("already-enrolled" unless `again`, "wrong-ca", or the desk's code), Unreachable
    or StorageError; then the device is as it was.
    """
    if files.device.exists() and not again:
        raise RefusedError("already-enrolled")
    base = checked(address)
    draft = files.path / "ca.pem.new"
    certificates = pinned(base, ca_pin) if ca_pin and urlsplit(base).scheme == "https" else b""
    if certificates:
        folder.write(draft, certificates)
    try:
        desk = Desk(base, None, clock, ca=draft if certificates else None, entropy=entropy)
        key = credential.fresh()
        found = desk.enrol(_request(code, credential.public(key), label))
        desk.close()
    finally:
        draft.unlink(missing_ok=True)
    credential.save(key, files.device_key)
    return _keep(files, base, found, certificates)


def _request(code: str, public_key: dict[str, str], label: str) -> EnrolmentRequest:
    return EnrolmentRequest(
        code=code,
        public_key=public_key,
        label=label,
        hardware=f"{platform.machine()} {platform.system()} {platform.release()}",
        version=__version__,
    )


def _keep(files: Folder, base: str, found: Enrolled, certificates: bytes) -> Device:
    """Write what the desk told; a second CA it names is trusted as well, for rotation."""
    trusted = certificates + (found.ca_pem.encode() if certificates else b"")
    if trusted:
        folder.write(files.ca, trusted)
    else:
        files.ca.unlink(missing_ok=True)
    folder.write(files.policy, found.config.model_dump_json(indent=1).encode())
    device = Device(device=found.device, address=base, site=found.site, label=found.label)
    folder.write(files.device, device.model_dump_json(indent=1).encode())
    log.info(fact("device.enrolled", device=device.device))
    return device
