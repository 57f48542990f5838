"""Print the rows of constraints.txt that some extras of the project need, for `pip install -r`.

    python3 deploy/pins.py build            what building the package takes
    python3 deploy/pins.py device desk      the core, and what these extras add
    python3 deploy/pins.py --without kivy device desk tour dev

The rows say by `# via` who needs them, so nothing is resolved here and nothing is asked from
anybody. Standard library only: it runs before anything is installed.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = "build"
_TOOLS = ("editables", "setuptools")
"""An editable install asks for the first, evdev, which has no wheel for ARM, for the second."""
_NAME = re.compile(r"^[A-Za-z0-9._-]+")
_VIA = re.compile(r"^ +#(?: via)? +(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """One pinned package: its lines as they stand, and the packages that ask for it."""

    name: str
    text: str
    via: frozenset[str]


def canonical(requirement: str) -> str:
    """Return the normalised name of a requirement (PEP 503), without version and extras."""
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0] if found else "").lower()


def rows(constraints: str) -> list[Row]:
    """Return the rows of a hashed requirements file."""
    blocks = re.split(r"\n(?=[^\s#])", "\n" + constraints)[1:]
    return [
        Row(canonical(block), block.rstrip("\n"), frozenset(_VIA.findall(block)))
        for block in blocks
    ]


def roots(project: Mapping[str, Mapping[str, object]], extras: Iterable[str]) -> set[str]:
    """Return what pyproject.toml names for the core and these extras, or for building.

    Raises KeyError for an extra the project does not have.
    """
    named: dict[str, list[str]] = dict(project["project"]["optional-dependencies"])  # type: ignore[call-overload]
    core: list[str] = project["project"]["dependencies"]  # type: ignore[assignment]
    build: list[str] = [*project["build-system"]["requires"], *_TOOLS]  # type: ignore[misc]
    found: list[str] = []
    for extra in extras:
        found += build if extra == BUILD else [*core, *named[extra]]
    return {canonical(requirement) for requirement in found}


def needed(pins: Iterable[Row], wanted: set[str], without: set[str]) -> list[Row]:
    """Return the wanted rows and all that they ask for, in the file's order."""
    every = list(pins)
    names = wanted - without
    while grown := {row.name for row in every if row.via & names} - names - without:
        names |= grown
    return [row for row in every if row.name in names]


def main() -> int:
    """Print the rows; exit status 1 names what no row pins, 2 an unknown extra."""
    parser = argparse.ArgumentParser(description="Rows of constraints.txt for some extras.")
    parser.add_argument("extras", nargs="*", default=[], metavar="EXTRA")
    parser.add_argument("--without", action="append", default=[], metavar="PACKAGE")
    options = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    without = {canonical(name) for name in options.without}
    try:
        wanted = roots(project, options.extras) - without
    except KeyError as unknown:
        parser.error(f"the project has no extra {unknown}")
    found = needed(rows((ROOT / "deploy/constraints.txt").read_text("utf-8")), wanted, without)
    if lost := wanted - {row.name for row in found}:
        sys.stderr.write(f"constraints.txt pins no {', '.join(sorted(lost))}; renew it\n")
        return 1
    sys.stdout.write("".join(f"{row.text}\n" for row in found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
