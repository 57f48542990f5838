"""What `kiosk doctor` finds: a level, a sentence, and what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is; FAIL keeps patients from checking in, or their data from being safe."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what to do about it ("" when nothing)."""

    check: str
    level: Level
    text: str
    todo: str = ""
