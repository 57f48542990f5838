"""The screens and cameras that the kernel knows of, read from /sys and /proc."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_DRM, _PROC = Path("/sys/class/drm"), Path("/proc")


@dataclass(frozen=True, slots=True)
class Connected:
    """A screen as it is mounted at the plug: `pixels` and `mm` (None: it does not tell)."""

    name: str
    pixels: tuple[int, int]
    mm: tuple[int, int] | None


def screens(drm: Path = _DRM) -> Iterator[Connected]:
    """Yield the connected screens with their preferred size."""
    for status in sorted(drm.glob("card*-*/status")):
        modes = (status.parent / "modes").read_text(encoding="ascii").split()
        if status.read_text(encoding="ascii").strip() == "connected" and modes:
            width, height = modes[0].rstrip("i").split("x")
            yield Connected(status.parent.name, (int(width), int(height)), _mm(status.parent))


def _mm(connector: Path) -> tuple[int, int] | None:
    """Read the size from the first detailed timing of the EDID (VESA E-EDID 3.10.2)."""
    raw = (connector / "edid").read_bytes()
    if len(raw) < 128 or not raw[66] + raw[68]:
        return None
    return raw[66] + (raw[68] >> 4 << 8), raw[67] + ((raw[68] & 15) << 8)


def in_use(device: Path, proc: Path = _PROC) -> bool:
    """Tell whether another process holds a device open; only root sees everybody's."""
    real = device.resolve()
    mine = proc / "self"
    for link in proc.glob("[0-9]*/fd/*"):
        try:
            if link.readlink() == real and link.parent.parent != mine.resolve():
                return True
        except OSError:  # not ours to see, or gone meanwhile
            continue
    return False
