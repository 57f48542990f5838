"""What a person needs today: rows of `assets/needs.toml`, checked when read."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.errors import ConfigError

System = Literal["snomed", "loinc", "fhir", "none"]


class Code(BaseModel):
    """A code the practice's system understands, or an explicit none."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    system: System
    code: str = ""
    display: str = ""


class Need(BaseModel):
    """One need: what the patient reads, what the kiosk does now, what staff read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z][a-z-]*$")]
    ask: str  # the patient's words, English, translated like every other message
    icon: str
    staff: str  # the board's chip, in the staff's words
    modes: tuple[str, ...] = ()  # switched on at once when chosen
    code: Code

    @property
    def spoken(self) -> str:
        """What a voice says for the choice."""
        return self.ask


class Table(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    need: tuple[Need, ...]


def read(path: Path) -> Mapping[str, Need]:
    """Read the needs table in its order; raises ConfigError naming the file and the row."""
    try:
        table = Table.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as fault:  # also of TOML, of UTF-8 and of the models
        raise ConfigError(f"{path}: {fault}") from None
    found = {need.id: need for need in table.need}
    if len(found) < len(table.need):
        twice = sorted({need.id for need in table.need if found[need.id] is not need})
        raise ConfigError(f"{path}: need: two rows have the id {twice[0]}")
    return found
