"""Find shipped files, in a checkout or in an installed wheel."""

from pathlib import Path

from kiosk.errors import ResourceMissing

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_data"
ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent


def shipped(*parts: str) -> Path:
    """Return the path of a shipped file, such as `shipped("assets", "needs.toml")`.

    Raises ResourceMissing when the installation is incomplete.
    """
    path = ROOT.joinpath(*parts)
    if not path.exists():
        raise ResourceMissing(f"{path} is missing; install the package again")
    return path
