"""Every fault the product raises on purpose, as one tree.

KioskError
├── ConfigError        a configuration file, key or value is wrong (exit status 2)
├── ResourceMissing    a file or system part the product needs is not installed
├── StorageError       the disk refused: full, read-only, broken
│   └── Corrupt        a stored record fails its seal or its shape
├── Unreachable        the other side did not answer in time; try again later
│   └── Busy           the other side asked to be left alone for some seconds
├── RefusedError       the other side answered "no"; trying again changes nothing
│   └── NotEnrolled    this device holds no credential the desk accepts
└── DeviceLost         a camera, scanner or keypad went away

Outcomes such as "too early" are values (`kiosk.domain.outcome`), never exceptions.
"""


class KioskError(Exception):
    """Base of every fault the product raises on purpose; its text never names a person."""


class ConfigError(KioskError):
    """A configuration file, key or value is wrong; the text names the file and the key."""


class ResourceMissing(KioskError):
    """A file or system part is not installed; the text says which and how to get it."""


class StorageError(KioskError):
    """The disk refused to keep or give a record."""


class Corrupt(StorageError):
    """A stored record fails its seal or its shape."""


class Unreachable(KioskError):
    """The other side did not answer in time; the same call may succeed later."""


class Busy(Unreachable):
    """The other side asked to be left alone for `after` seconds (HTTP Retry-After)."""

    def __init__(self, after: float, text: str = "") -> None:
        super().__init__(text or "busy")
        self.after = after


class RefusedError(KioskError):
    """The other side answered "no"; `code` is its machine-readable reason."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(text or code)
        self.code = code


class NotEnrolled(RefusedError):
    """This device holds no credential that the desk accepts."""


class DeviceLost(KioskError):
    """A camera, scanner or keypad went away."""
