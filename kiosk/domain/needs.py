"""What a person needs today: rows of `assets/needs.toml`, checked when read."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

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


def read(path: Path) -> Mapping[str, Need]:
    """Read the needs table in its order; raises ConfigError naming the file and the row."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["need"]
        needs = [Need.model_validate(row) for row in rows]
    except (OSError, KeyError, tomllib.TOMLDecodeError, ValidationError) as fault:
        raise ConfigError(f"{path}: {fault}") from None
    return {need.id: need for need in needs}
