"""A step is a row of data: what is asked, when it applies, what counts as an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.intake.session import Session, Value


class Kind(StrEnum):
    """How a step is asked; one screen serves every step of a kind."""

    NOTICE = "notice"
    CHOICE = "choice"
    ENTRY = "entry"
    SCAN = "scan"
    REVIEW = "review"


class Input(StrEnum):
    """What an entry step takes."""

    TEXT = "text"
    DATE = "date"
    PHONE = "phone"


def always(_: Session) -> bool:
    """A step that applies to everybody."""
    return True


def anything(_: Value) -> None:
    """A check that accepts every value."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a flow; `ask` and `explain` are marked English, `check` gives an error code."""

    id: str
    kind: Kind
    ask: str = ""
    explain: str = ""
    when: Callable[[Session], bool] = always
    check: Callable[[Value], str | None] = anything
    input: Input = Input.TEXT
    part: str = ""
    private: bool = False
